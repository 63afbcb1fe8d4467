"""The interface keeps its bounds: so many requests, only reading for strangers, and never a page where a program asks."""

import gzip
import json

import pytest
from django.core.cache import cache
from django.test import Client

from citytandem.web.api.limits import count_request
from citytandem.web.api.tokens import Scope, make_token

pytestmark = pytest.mark.django_db
CITIES = "/api/v1/cities?limit=1"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def test_who_asks_too_often_is_told_when_to_go_on(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    answers = [client.get(CITIES) for _ in range(5)]
    refused = next(answer for answer in answers if answer.status_code == 429)
    told = refused.json()["findings"][0]

    assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
    assert told["code"] == "api_too_many_requests"
    assert told["facts"]["limit"] == 3
    assert 1 <= int(refused["Retry-After"]) == told["facts"]["seconds"] <= 60


def test_each_address_has_a_count_of_its_own(settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    here, there = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    assert [here.get(CITIES).status_code, there.get(CITIES).status_code] == [200, 200]


def test_nobody_gets_a_fresh_count_by_inventing_an_address(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    client.get(CITIES, headers={"X-Forwarded-For": "192.0.2.1"})

    assert client.get(CITIES, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 429


def test_a_token_has_a_count_of_its_own(client, settings, person):
    settings.API_REQUESTS_PER_MINUTE, settings.API_REQUESTS_PER_MINUTE_WITH_TOKEN = 0, 2
    _, text = make_token(user=person(), name="script", scopes=[Scope.READ], days=30)
    codes = [client.get(CITIES, headers={"Authorization": f"Bearer {text}"}).status_code for _ in range(3)]

    assert codes == [200, 200, 429]
    assert client.get(CITIES).status_code == 429


def test_guessing_tokens_counts_for_the_address(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    codes = [client.get(CITIES, headers={"Authorization": f"Bearer ctk_{guess}"}).status_code for guess in range(4)]

    assert codes == [401, 401, 429, 429]


def test_the_count_begins_again_with_the_next_minute(rf, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 1
    monkeypatch.setattr("citytandem.web.api.limits.time.time", lambda: 6000.0)
    count_request(rf.get("/"), None)
    monkeypatch.setattr("citytandem.web.api.limits.time.time", lambda: 6060.0)
    count_request(rf.get("/"), None)

    assert len(cache._cache) == 1
    assert "127.0.0.1" not in str(list(cache._cache))


def test_any_page_on_the_web_may_read_what_is_public(client):
    response = client.get(CITIES, headers={"Origin": "https://example.org"})
    asked = client.options(CITIES, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" not in asked["Access-Control-Allow-Headers"]


def test_no_page_of_another_site_reads_with_a_token(client, person):
    _, text = make_token(user=person(), name="script", scopes=[Scope.READ], days=30)
    response = client.get(CITIES, headers={"Origin": "https://example.org", "Authorization": f"Bearer {text}"})

    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response
    assert response["Cache-Control"].startswith("private")
    assert "Authorization" in response["Vary"]


def test_a_session_of_the_site_means_nothing_here(browser_of, person, heidelberg):
    from citytandem.web.accounts.models import Role

    browser = browser_of(person(Role.ADMIN, heidelberg))
    response = browser.get(f"/api/v1/workspace/{heidelberg.pk}/balances/1")

    assert response.status_code == 401
    assert not response.cookies


def test_reading_sets_no_cookie(client):
    assert not client.get(CITIES).cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_can_only_be_read_says_so(client, method):
    response = getattr(client, method)(CITIES)

    assert response.status_code == 405
    assert response.json()["findings"][0]["code"] == "api_method_not_allowed"
    assert response["Allow"] == "GET"


def test_an_answer_is_packed_for_who_can_unpack_it(client):
    plain = client.get("/api/v1/measures?limit=200")
    packed = client.get("/api/v1/measures?limit=200", headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3


def test_the_head_of_an_answer_is_that_of_the_answer(client):
    whole, head = client.get(CITIES), client.head(CITIES)

    assert head.content == b""
    assert head.status_code == 200
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


def test_a_fault_of_ours_is_told_without_its_insides(client, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("the inside of the house")

    monkeypatch.setattr("citytandem.web.api.cities.find_cities", fail)
    response = Client(raise_request_exception=False).get(CITIES)

    assert response.status_code == 500
    assert json.loads(response.content) == {"status": "failed", "answer": None, "findings": []}


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "Bearer nothing", "ctk_x", "Bearer " + "x" * 5000])
def test_a_token_that_is_none_is_refused(client, header):
    response = client.get(CITIES, headers={"Authorization": header})

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["findings"][0]["code"] == "api_token_invalid"
