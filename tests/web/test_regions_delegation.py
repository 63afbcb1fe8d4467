"""One step from a region's page to a drafted delegation: who may, what is drafted, and what is not there."""

import pytest
from django.test import Client

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.events.models import Event

pytestmark = pytest.mark.django_db

PAGE = "/en/regions/taiyuan/"


def address(organisation, region: str = "taiyuan") -> str:
    return f"/en/workspace/{organisation.pk}/regions/{region}/delegation/"


def test_an_editor_lands_on_a_drafted_delegation_with_questions_and_sites(browser_of, person, heidelberg):
    answer = browser_of(person(Role.EDITOR, heidelberg)).post(address(heidelberg), {"to": "pittsburgh"})
    event = Event.objects.get()

    assert answer["Location"] == f"/en/workspace/{heidelberg.pk}/events/{event.pk}/"
    assert (event.kind, event.state, event.place) == ("delegation", "draft", "Pittsburgh metropolitan area")
    assert "Taiyuan" in event.title
    assert "?" in event.questions
    assert "Pittsburgh" in event.text
    assert event.outline.exists()
    assert [site.name for site in event.tour_sites.all()] == ["Pittsburgh"]
    assert {"event.drafted", "tour.site_written"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_a_delegation_to_the_ruhr_begins_with_its_known_sites(browser_of, person, heidelberg):
    browser_of(person(Role.EDITOR, heidelberg)).post(address(heidelberg), {"to": "ruhr"})
    event = Event.objects.get()

    assert event.tour_sites.filter(key="zollverein").exists()
    assert (event.starts.weekday(), event.zone) == (0, "Europe/Berlin")


@pytest.mark.parametrize("to", ["", "taiyuan", "nation-DE", "CN-650000", "atlantis"])
def test_a_place_nobody_proposed_is_not_there(browser_of, person, heidelberg, to):
    answer = browser_of(person(Role.EDITOR, heidelberg)).post(address(heidelberg), {"to": to})

    assert answer.status_code == 404
    assert not Event.objects.exists()


def test_who_may_only_read_cannot_draft(browser_of, person, heidelberg):
    answer = browser_of(person(Role.VIEWER, heidelberg)).post(address(heidelberg), {"to": "ruhr"})

    assert answer.status_code == 403
    assert not Event.objects.exists()


def test_nobody_drafts_for_the_team_of_another_city(browser_of, person, heidelberg):
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus (invented team)", city="DK-0751", is_invented=True)
    answer = browser_of(person(Role.ADMIN, other)).post(address(heidelberg), {"to": "ruhr"})

    assert answer.status_code == 404
    assert not Event.objects.exists()


def test_an_address_that_changes_something_cannot_be_read(browser_of, person, heidelberg):
    assert browser_of(person(Role.EDITOR, heidelberg)).get(address(heidelberg)).status_code == 405


def test_the_page_offers_the_step_to_editors_and_says_how_to_everybody_else(browser_of, person, heidelberg):
    editor, viewer = person(Role.EDITOR, heidelberg), person(Role.VIEWER, heidelberg)
    texts = [client.get(PAGE).content.decode() for client in (browser_of(editor), browser_of(viewer), Client())]

    assert [address(heidelberg) in text for text in texts] == [True, False, False]
    assert "may not edit for a city or a network" in texts[1]
    assert "/account/login/?next=" in texts[2]
    assert "csrfmiddlewaretoken" not in texts[2]
