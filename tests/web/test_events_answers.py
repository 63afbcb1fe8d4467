"""What guests say months later: counted for the organisers, quoted by consent, taken along, and nobody else's."""

import csv
import io

import pytest

from citytandem.web.accounts.models import Role
from citytandem.web.events.follow import answer_questions
from citytandem.web.events.forgetting import forget_registration
from citytandem.web.events.models import Registration
from tests.web.events import an_event, days, network

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(person):
    return person(Role.COORDINATOR, network())


@pytest.fixture
def event(organiser):
    return an_event(organiser.memberships.get().organisation, state="held", starts=days(-400), ends=days(-399))


def said(event, name, *, months=3, consents=("contact_after",), **words):
    guest = Registration.objects.filter(event=event, name=name).first() or Registration.objects.create(
        event=event, name=name, email=f"{name}@example.org", seat="coming", attended=True, language="de", consents=list(consents)
    )
    values = {"begun": "", "still_open": "", "in_touch": "", **words}
    answer_questions(registration=guest, by=None, months=months, values=values)
    return guest


def address(event, end=""):
    return f"/en/workspace/{event.organisation_id}/events/{event.pk}/answers/{end}"


def test_answers_are_counted_and_quoted_only_of_those_who_agreed(browser_of, event, organiser):
    said(event, "Erika", begun="We built the heat network", in_touch="Aarhus")
    said(event, "Erika", months=12, still_open="Who pays?")
    said(event, "Max", consents=(), begun="Nobody reads this")
    said(event, "Nobody")
    page = browser_of(organiser).get(address(event)).content.decode()

    assert "Answers of guests so far: 3." in page
    assert "We built the heat network" in page
    assert "Who pays?" in page
    assert "Nobody reads this" not in page
    assert "do not agree to be asked: 1." in page


def test_the_sheet_holds_what_the_page_quotes_and_no_formula(browser_of, event, organiser):
    said(event, "Erika", begun='=HYPERLINK("http://x")')
    said(event, "Max", consents=(), begun="Nobody reads this")
    answer = browser_of(organiser).get(address(event, "csv/"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert [(row["months"], row["name"]) for row in rows] == [("3", "Erika")]
    assert rows[0]["begun"].startswith("'=")


def test_answers_go_with_the_guest_and_with_the_consent(browser_of, event, organiser):
    gone, changed = said(event, "Erika", begun="forgotten words"), said(event, "Max", begun="words taken back")
    forget_registration(gone, by=None)
    Registration.objects.filter(pk=changed.pk).update(consents=[])
    page = browser_of(organiser).get(address(event)).content.decode()

    assert "Answers of guests so far: 1." in page
    assert "forgotten words" not in page
    assert "words taken back" not in page


def test_answers_are_not_for_viewers_nor_for_others(browser_of, event, organiser, person, heidelberg):
    said(event, "Erika", begun="We built it")
    viewer = person(Role.VIEWER, organiser.memberships.get().organisation)
    stranger = person(Role.PUBLISHER, heidelberg)

    assert browser_of(viewer).get(address(event)).status_code in {403, 404}
    assert browser_of(stranger).get(address(event)).status_code == 404
    assert browser_of(stranger).get(address(event, "csv/")).status_code == 404


def test_nobody_has_answered_yet_is_said(browser_of, event, organiser):
    page = browser_of(organiser).get(address(event)).content.decode()

    assert "No guest has answered yet." in page
    assert "csv/" not in page
