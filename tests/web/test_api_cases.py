"""Programs are told of cases of the house and of teams alike, with mark and source; drafts of teams are nobody's business."""

import json

import pytest
from django.core.cache import cache

from citytandem.sources.facts import load_facts
from citytandem.web.lessons.models import Case, Shown

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    cache.clear()


@pytest.fixture
def a_case(heidelberg):
    def make(**more):
        values = {
            "language": "en", "title": "Renewal (invented)", "region": "ruhr", "region_type": "coal", "phase": "renewal",
            "first_year": 2001, "policy": "A heat network from pits (invented)", "instrument": "subsidy",
            "happened": "It was built.", "transfer": "Pits with warm water\nA buyer of heat", "evidence": "report",
            "measures": ["S01"], "mark": "S", "source": "Report of the team", "state": Shown.PUBLISHED,
        }  # fmt: skip
        return Case.objects.create(organisation=heidelberg, **(values | more))

    return make


def ask(client, address):
    return json.loads(client.get(f"{ROOT}/{address}").content)


def test_cases_of_the_house_come_with_mark_source_and_years(client):
    rows = ask(client, "cases?limit=1000")["answer"]["cases"]

    assert {row["case"] for row in rows} == set(load_facts().case["case"])
    assert all(row["mark"] in "SKP" and row["source"] and row["first_year"] for row in rows)


def test_a_published_case_of_a_team_stands_beside_them_and_a_draft_does_not(client, a_case):
    own = a_case()
    a_case(state=Shown.DRAFT, policy="A secret (invented)")
    rows = ask(client, "cases?region=Ruhrgebiet&limit=1000")["answer"]["cases"]
    told = next(row for row in rows if row["case"] == f"team-{own.pk}")

    assert [told["organisation"], told["is_invented"]] == ["Stadt Heidelberg (invented team)", True]
    assert told["conditions"] == ["Pits with warm water", "A buyer of heat"]
    assert "A secret (invented)" not in {row["policy"] for row in rows}
    assert {row["region"] for row in rows} == {"ruhr"}


def test_a_case_that_is_taken_back_is_gone_at_once(client, a_case):
    own = a_case()
    before = ask(client, "cases?region=ruhr&limit=1000")["answer"]["total"]
    Case.objects.filter(pk=own.pk).update(state=Shown.DRAFT)

    assert ask(client, "cases?region=ruhr&limit=1000")["answer"]["total"] == before - 1


def test_cases_are_found_by_the_measure_they_resemble(client):
    rows = ask(client, "cases?measure=S01&limit=1000")["answer"]["cases"]

    assert rows
    assert all("S01" in row["measures"] for row in rows)


def test_cases_are_in_the_order_of_what_was_tried(client):
    rows = ask(client, "cases?limit=1000")["answer"]["cases"]

    assert [row["policy"].casefold() for row in rows] == sorted(row["policy"].casefold() for row in rows)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("cases?region=Nowhere", 404, "region_unknown"),
        ("cases?city=Nowhereville", 404, "city_unknown"),
        ("cases?measure=beauty", 422, "unknown_choice"),
        ("cases?order=year", 422, "unknown_choice"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(client, address, status, code):
    response = client.get(f"{ROOT}/{address}")

    assert response.status_code == status
    assert response.json()["findings"][0]["code"] == code
