"""Programs are told of pilot programmes and certificates what everybody may see, as it stands now, and nothing more."""

import datetime as dt
import json

import jsonschema
import pytest
from django.core.cache import cache
from django.utils import timezone

from citytandem.web.accounts.models import Role
from citytandem.web.assessments import settling
from citytandem.web.assessments.models import Assessment
from citytandem.web.pilots.models import Certificate, Decision, PilotAssessment, PilotCity, PilotProgramme, ProgrammeState, Stage
from citytandem.web.pilots.numbering import write_number
from tests.web.assessing import a_person, an_agency, an_assessment

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROOT = "/api/v1"
TODAY = timezone.now().date()
LEVELS = {"organisation": 3, "mobility": 2}


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    cache.clear()


def ask(client, address, *, described=""):
    """What is told; held against its own description where that is named."""
    told = json.loads(client.get(f"{ROOT}/{address}").content)
    if described:
        whole = client.get(f"{ROOT}/openapi.json").json()
        schema = whole["paths"][f"{ROOT}/{described}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(told, {**schema, "components": whole["components"]})
    return told


def a_programme(**more):
    values = {
        "title": "Eco-cities (invented)", "language": "en", "framework": "sino_german_2018", "starts": dt.date(2026, 1, 1),
        "state": ProgrammeState.RUNNING, "is_invented": True,
    }  # fmt: skip
    return PilotProgramme.objects.create(organisation=an_agency(), **(values | more))


def a_city(programme, place, **more):
    return PilotCity.objects.create(programme=programme, place=place, country="CN", joined=dt.date(2026, 2, 1), **more)


def certify(pilot, *, count=1, days=(-30, 300), level=None):
    decision = Decision.objects.create(pilot=pilot, outcome="certify", reasons="all met", on=TODAY)
    begins, ends = (TODAY + dt.timedelta(days=day) for day in days)
    number = write_number(programme=pilot.programme_id, year=2026, count=count)
    return Certificate.objects.create(
        pilot=pilot, decision=decision, number=number, issued=TODAY, valid_from=begins, valid_until=ends, level=level
    )


@pytest.mark.parametrize(
    ("days", "withdrawn", "state"),
    [((-30, 300), None, "valid"), ((-60, -1), None, "expired"), ((5, 300), None, "later"), ((-30, 300), TODAY, "withdrawn")],
)
def test_a_certificate_says_how_it_stands_today(client, days, withdrawn, state):
    own = certify(a_city(a_programme(), "Rizhao"), days=days)
    Certificate.objects.filter(pk=own.pk).update(withdrawn=withdrawn)
    response = client.get(f"{ROOT}/certificates/{own.number}")
    told = response.json()["answer"]["certificate"]

    assert response["Cache-Control"] == "no-cache"
    assert [told["state"], told["on"]] == [state, TODAY.isoformat()]
    assert [told["name"], told["framework"], told["is_invented"]] == ["Rizhao", "sino_german_2018", True]
    assert client.get(told["page"]).status_code in {200, 302}


def test_a_number_may_be_typed_with_blanks(client):
    own = certify(a_city(a_programme(), "Rizhao"))

    told = ask(client, f"certificates/ {own.number} ", described="certificates/{number}")

    assert told["answer"]["certificate"]["number"] == own.number


@pytest.mark.parametrize("hidden", ["draft", "not_shown"])
def test_what_is_not_for_everybody_is_not_told(client, hidden):
    programme = a_programme(state=ProgrammeState.DRAFT if hidden == "draft" else ProgrammeState.RUNNING)
    own = certify(a_city(programme, "Rizhao", is_shown=hidden != "not_shown"))
    listed = ask(client, "pilots")["answer"]["pilots"]

    assert client.get(f"{ROOT}/certificates/{own.number}").status_code == 404
    assert "Rizhao" not in json.dumps(listed)
    if hidden == "draft":
        assert listed == []
        assert client.get(f"{ROOT}/pilots/{programme.pk}").status_code == 404
    else:
        assert listed[0]["cities"] == 0
        assert ask(client, f"pilots/{programme.pk}")["answer"]["cities"] == []


def test_a_programme_tells_stages_cities_by_name_and_certificates(client):
    programme = a_programme()
    first = Stage.objects.create(programme=programme, order=1, title="Plan")
    for place, level in (("Zhuzhou", 4), ("Dalian", 1), ("Qingdao", 3)):
        certify(a_city(programme, place, stage=first), count=level, level=level)
    answer = ask(client, f"pilots/{programme.pk}", described="pilots/{programme}")["answer"]

    assert [row["name"] for row in answer["cities"]] == ["Dalian", "Qingdao", "Zhuzhou"]
    assert [row["name"] for row in answer["certificates"]] == ["Dalian", "Qingdao", "Zhuzhou"]
    assert answer["stages"] == [{"stage": first.pk, "title": "Plan", "demanded": None, "reached": 0, "here": 3}]
    assert "contact" not in json.dumps(answer)


def judge(programme, *, publish):
    """One city of the programme, judged by two assessors; the result is published if both sides say so."""
    own = an_assessment(first=LEVELS, second=LEVELS, finished=True)
    pilot = PilotCity.objects.create(programme=programme, city=own.city, joined=dt.date(2026, 2, 1))
    PilotAssessment.objects.create(pilot=pilot, assessment=own)
    Assessment.objects.filter(pk=own.pk).update(reply_until=TODAY - dt.timedelta(days=1))
    if publish:
        own.refresh_from_db()
        head = a_person("publisher", of=own.organisation, role=Role.ADMIN)
        settling.agree_to_publish(assessment=own, by=head, as_city=False)
        settling.agree_to_publish(assessment=own, by=head, as_city=True)
    return own


@pytest.mark.parametrize("publish", [True, False])
def test_levels_are_told_with_intervals_once_both_sides_published_them(client, publish):
    programme = a_programme()
    own = judge(programme, publish=publish)
    told = ask(client, f"pilots/{programme.pk}", described="pilots/{programme}")["answer"]["cities"][0]["judged"]
    listed = ask(client, f"cities/{own.city}/assessments", described="cities/{city}/assessments")["answer"]["assessments"]

    assert len(told) == len(listed) == int(publish)
    for span in [span for one in [*told, *listed] for span in one["spans"]]:
        assert span["low"] <= span["high"]
        assert span["level"] is None or span["low"] <= span["level"] <= span["high"]
        assert span["called"]
    if publish:
        assert [listed[0]["framework"], listed[0]["settled"], listed[0]["outside"]] == ["sino_german_2018", True, True]
        assert "assessor" not in json.dumps(listed)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("pilots/12345", 404, "api_nothing_here"),
        ("pilots/soon", 422, "api_parameter_invalid"),
        ("pilots?sort=level", 422, "unknown_choice"),
        ("certificates/004-2026-012-5", 404, "api_nothing_here"),
        ("cities/Nowhereville/assessments", 404, "city_unknown"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(client, address, status, code):
    response = client.get(f"{ROOT}/{address}")

    assert response.status_code == status
    assert response.json()["findings"][0]["code"] == code
