"""A token asks in a person's name: shown once, at most what that person may do now, and gone when it is taken back."""

import datetime as dt
import io

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from citytandem.web import live
from citytandem.web.accounts.models import AuditEntry, Kind, Membership, Organisation, Role
from citytandem.web.accounts.personal import erase_person, gather_personal_data
from citytandem.web.api.models import Token
from citytandem.web.api.tokens import AT_MOST, Scope, find_token, make_token, revoke_token
from citytandem.web.balances.actions import bring_file
from citytandem.web.balances.models import BalanceSet, State, Visibility
from citytandem.web.balances.publishing import check, publish

pytestmark = pytest.mark.django_db
PHRASE = "a long enough phrase"
BALANCES = "/api/v1/cities/DE-08221000/balances"
SOUND = b"""Sektor;Energie MWh;Emissionen t
Haushalte;2000000;412345
Gewerbe;1500000;330000
Industrie;400000;90000
Verkehr;900000;250000
Summe;4800000;1082345
"""


@pytest.fixture(autouse=True)
def _afresh(settings):
    settings.API_REQUESTS_PER_MINUTE = settings.API_REQUESTS_PER_MINUTE_WITH_TOKEN = 10**6
    cache.clear()
    live.forget()
    yield
    live.forget()


@pytest.fixture
def officer(person, heidelberg):
    user = person(Role.EDITOR, heidelberg, email="officer@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    return user


@pytest.fixture
def browser(officer):
    """Signed in, and has confirmed once more who it is."""
    client = Client()
    client.post("/en/account/login/", {"login": officer.email, "password": PHRASE})
    client.post("/en/account/reauthenticate/", {"password": PHRASE})

    return client


def bearer(user, *scopes):
    """A browserless client with a token."""
    _, text = make_token(user=user, name="script", scopes=scopes or [Scope.READ], days=30)
    return Client(headers={"Authorization": f"Bearer {text}"})


def bring(client, organisation, *, raw=SOUND, **more):
    file = {"file": SimpleUploadedFile("bilanz 2023.csv", raw)} if raw is not None else {}
    given = {"licence": "CC BY 4.0", "title": "From our tool", **file, **more}
    return client.post(f"/api/v1/workspace/{organisation.pk}/balances", given)


def published(officer, heidelberg, *, visibility):
    own = bring_file(user=officer, organisation=heidelberg, raw=SOUND, name="bilanz 2023.csv", title="", licence="CC BY 4.0")
    BalanceSet.objects.filter(pk=own.pk).update(visibility=visibility)
    own.refresh_from_db()
    own = check(user=officer, balance_set=own, version=own.version)
    publish(user=officer, balance_set=own, version=own.version)


def years(client):
    return {one["year"] for one in client.get(BALANCES).json()["answer"]["balances"]}


def test_a_token_is_shown_once_and_only_its_hash_is_kept(browser, officer):
    given = {"name": "our tool", "scopes": ["read", "write:drafts"], "days": "30"}
    page = browser.post("/en/account-tokens/new/", given)
    text = page.content.decode().split("Bearer ")[1].split("<")[0]
    token = Token.objects.get(user=officer)
    listed = browser.get("/en/account-tokens/").content.decode()

    assert find_token(f"Bearer {text}") == token
    assert text not in str(Token.objects.values())
    assert text not in listed
    assert token.begins in listed
    assert "our tool" in listed
    assert "no-store" in page["Cache-Control"]
    assert token.scope_list == ["read", "write:drafts"]
    assert timedelta_days(token) == 30
    assert AuditEntry.objects.filter(action="token.made", user=officer, subject=f"token:{token.pk}").exists()
    assert text not in str(AuditEntry.objects.values())


def timedelta_days(token):
    return round((token.expires - token.created).total_seconds() / 86_400)


def test_making_a_token_asks_who_it_is(browser_of, officer):
    assert "reauthenticate" in browser_of(officer).get("/en/account-tokens/new/")["Location"]
    assert "login" in Client().get("/en/account-tokens/")["Location"]
    assert "login" in Client().post("/en/account-tokens/new/", {"name": "x", "scopes": ["read"], "days": "30"})["Location"]


@pytest.mark.parametrize(
    "given",
    [
        {"name": "", "scopes": ["read"], "days": "30"},
        {"name": "x", "days": "30"},
        {"name": "x", "scopes": ["everything"], "days": "30"},
        {"name": "x", "scopes": ["read"], "days": "9999"},
    ],
)
def test_a_token_has_a_name_a_purpose_and_an_end(browser, given):
    assert browser.post("/en/account-tokens/new/", given).status_code == 422
    assert not Token.objects.exists()


def test_nobody_has_more_tokens_than_they_can_look_after(browser, officer):
    for _ in range(AT_MOST):
        make_token(user=officer, name="script", scopes=[Scope.READ], days=30)
    browser.post("/en/account-tokens/new/", {"name": "x", "scopes": ["read"], "days": "30"})

    assert Token.objects.count() == AT_MOST


def test_a_token_taken_back_no_longer_works(browser, officer):
    client = bearer(officer)
    token = Token.objects.get()
    before = client.get(BALANCES).status_code
    browser.post(f"/en/account-tokens/{token.pk}/revoke/")

    assert [before, client.get(BALANCES).status_code] == [200, 401]
    assert AuditEntry.objects.filter(action="token.revoked", subject=f"token:{token.pk}").exists()


def test_nobody_takes_back_the_token_of_another(browser_of, person, officer):
    make_token(user=officer, name="script", scopes=[Scope.READ], days=30)
    token = Token.objects.get()

    assert browser_of(person()).post(f"/en/account-tokens/{token.pk}/revoke/").status_code == 404
    assert browser_of(officer).get(f"/en/account-tokens/{token.pk}/revoke/").status_code == 405
    assert Token.objects.exists()


def test_a_token_ends_by_itself_and_with_its_person(officer):
    client = bearer(officer)
    Token.objects.update(expires=timezone.now() - dt.timedelta(seconds=1))
    ended = client.get(BALANCES).status_code
    Token.objects.update(expires=timezone.now() + dt.timedelta(days=1))
    officer.is_active = False
    officer.save()

    assert [ended, client.get(BALANCES).status_code] == [401, 401]


def test_when_a_token_was_used_is_seen(officer):
    client = bearer(officer)
    unused = Token.objects.get().last_used
    client.get(BALANCES)

    assert unused is None
    assert Token.objects.get().last_used is not None


def test_tokens_are_among_my_data_without_their_hash_and_go_with_me(officer):
    make_token(user=officer, name="our tool", scopes=[Scope.READ], days=30)
    told = gather_personal_data(officer)["api.token.user"]
    erase_person(officer)

    assert [one["name"] for one in told] == ["our tool"]
    assert "token_sha256" not in told[0]
    assert not Token.objects.exists()


def test_the_words_of_the_record_are_there(officer, heidelberg):
    from citytandem.words.labels import LABELS

    token, _ = make_token(user=officer, name="our tool", scopes=[Scope.READ], days=30)
    revoke_token(token=token, by=officer)
    actions = AuditEntry.objects.values_list("action", flat=True)

    assert {f"audit.{action}" for action in actions} <= set(LABELS)


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.NETWORK])
def test_a_token_sees_what_its_person_may_see_and_no_longer(officer, heidelberg, person, visibility):
    Membership.objects.filter(user=officer).update(role=Role.PUBLISHER)
    published(officer, heidelberg, visibility=visibility)
    client, writer, stranger = bearer(officer), bearer(officer, Scope.WRITE_DRAFTS), bearer(person())
    seen = [2023 in years(one) for one in (client, writer, stranger, Client())]
    releases = [len(one.get("/api/v1/releases").json()["answer"]["releases"]) for one in (client, stranger, Client())]
    Membership.objects.all().delete()

    assert seen == [True, False, False, False]
    assert releases == [2, 1, 1]
    assert 2023 not in years(client)


def test_a_program_brings_a_draft_and_people_publish_it(officer, heidelberg):
    client = bearer(officer, Scope.WRITE_DRAFTS, Scope.READ)
    response = bring(client, heidelberg)
    told = response.json()["answer"]["draft"]
    again = client.get(response["Location"])
    own = BalanceSet.objects.get()

    assert response.status_code == 201
    assert [own.state, own.created_by, own.organisation] == [State.DRAFT, officer, heidelberg]
    assert [told["state"], told["stage"], told["title"], told["is_sound"]] == ["draft", "read", "From our tool", True]
    assert again.json()["answer"]["draft"] == told
    assert Client().get(BALANCES).json()["answer"]["total"] == 2
    assert AuditEntry.objects.filter(action="balance.bring", user=officer).exists()


def test_what_was_found_in_a_draft_is_told(officer, heidelberg):
    response = bring(bearer(officer, Scope.WRITE_DRAFTS), heidelberg, raw=SOUND.replace(b"Emissionen t", b"Emissionen mt"))
    told = response.json()

    assert response.status_code == 201
    assert told["answer"]["draft"]["questions"] == 1
    assert told["findings"][0]["message"]


def test_only_a_token_for_drafts_brings_drafts(officer, heidelberg, browser_of):
    without, wrong = bring(Client(), heidelberg), bring(bearer(officer), heidelberg)
    session = bring(browser_of(officer), heidelberg)

    assert [without.status_code, session.status_code, wrong.status_code] == [401, 401, 403]
    assert wrong.json()["findings"][0]["code"] == "api_scope_missing"
    assert not BalanceSet.objects.exists()


def test_a_token_may_do_no_more_than_its_person(person, heidelberg):
    viewer, stranger = person(Role.VIEWER, heidelberg), person()
    answers = [bring(bearer(one, Scope.WRITE_DRAFTS), heidelberg) for one in (viewer, stranger)]

    assert [answer.status_code for answer in answers] == [403, 404]
    assert answers[0].json()["findings"][0]["code"] == "api_role_missing"
    assert not BalanceSet.objects.exists()


def test_a_draft_of_another_organisation_does_not_exist(officer, heidelberg, person):
    other = Organisation.objects.create(kind=Kind.CITY, name="Stadt Münster (invented)", city="DE-05515000")
    bring(bearer(officer, Scope.WRITE_DRAFTS), heidelberg)
    own = BalanceSet.objects.get()
    stranger = bearer(person(Role.ADMIN, other))

    assert stranger.get(f"/api/v1/workspace/{heidelberg.pk}/balances/{own.pk}").status_code == 404
    assert stranger.get(f"/api/v1/workspace/{other.pk}/balances/{own.pk}").status_code == 404
    assert bearer(officer, Scope.WRITE_DRAFTS).get(f"/api/v1/workspace/{heidelberg.pk}/balances/{own.pk}").status_code == 403


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"licence": "mine"}, 422, "unknown_choice"),
        ({"licence": ""}, 422, "unknown_choice"),
        ({"title": "a" * 121}, 422, "api_parameter_invalid"),
        ({"raw": None}, 422, "api_parameter_invalid"),
        ({"raw": b""}, 422, "api_parameter_invalid"),
    ],
)
def test_a_draft_that_cannot_be_taken_is_refused(officer, heidelberg, more, status, code):
    response = bring(bearer(officer, Scope.WRITE_DRAFTS), heidelberg, **more)

    assert [response.status_code, response.json()["findings"][0]["code"]] == [status, code]
    assert not BalanceSet.objects.exists()


def test_a_file_beyond_the_bound_is_let_go(officer, heidelberg, monkeypatch):
    monkeypatch.setattr("citytandem.web.balances.receiving.UPLOAD_BYTES", 1000)
    response = bring(bearer(officer, Scope.WRITE_DRAFTS), heidelberg, raw=io.BytesIO(b"a;b\n" * 100_000).getvalue())

    assert [response.status_code, response.json()["findings"][0]["code"]] == [413, "file_too_large"]
    assert not BalanceSet.objects.exists()


def test_only_a_city_brings_balances(person):
    network = Organisation.objects.create(kind=Kind.NETWORK, name="A network (invented)", network="race_to_zero")
    client = bearer(person(Role.COORDINATOR, network), Scope.WRITE_DRAFTS)

    assert bring(client, network).status_code == 404
