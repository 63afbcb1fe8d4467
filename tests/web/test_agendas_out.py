"""How an agenda leaves the site: pages, frames, calendars, schedules for apps, papers, and answers for programs."""

import json
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from icalendar import Calendar

from citytandem.web.accounts.models import Role
from citytandem.web.agendas import plan_actions, publishing
from citytandem.web.agendas.models import Feed, Plan, Session, Speaker
from citytandem.web.agendas.tasks import solve_plan
from tests.web.agenda_event import fill_event, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(person, heidelberg):
    return person(Role.PUBLISHER, heidelberg)


@pytest.fixture
def event(heidelberg, publisher):
    made = make_event(heidelberg)
    fill_event(made, user=publisher)
    publish(made, publisher)
    return made


@pytest.fixture
def guest(event, person):
    """The first guest, who speaks, with an account."""
    own = event.registrations.get(name="Guest 0 (invented)")
    own.user, own.language = person(email="guest@example.org"), "de"
    own.save()
    return own


def publish(event, user) -> Plan:
    asked = plan_actions.ask_plan(user=user, event=event, seconds=5)
    solve_plan.func(asked.pk)
    return publishing.publish_plan(user=user, plan=Plan.objects.get(pk=asked.pk))


def address(name: str, *args) -> str:
    return reverse(name, args=args)


def entries_in(raw: bytes) -> list:
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def test_the_public_agenda_tells_days_zone_and_topics_in_words_and_sets_no_cookie(browser_of, event):
    answer = browser_of(None).get(address("agenda", event.pk).replace("/de/", "/en/"))
    page = answer.content.decode()

    assert "Heat from the river" in page
    assert "Central European Summer Time" in page
    assert "Energy supply" in page
    assert answer.cookies == {}


def test_the_public_agenda_is_narrowed_down_by_its_address(browser_of, event):
    Session.objects.filter(kind="talk").update(topic="waste")
    hall = event.rooms.get(name="Hall").pk
    browser = browser_of(None)

    assert "Cycle streets" in browser.get(address("agenda", event.pk) + "?topic=energy").content.decode()
    assert browser.get(address("agenda", event.pk) + f"?room={hall}&topic=nonsense").status_code == 200


def test_a_draft_event_has_no_agenda_for_anybody(browser_of, event):
    event.state = "draft"
    event.save()
    session = event.sessions.first().pk
    browser = browser_of(None)
    places = [
        address("agenda", event.pk), address("agenda_embedded", event.pk), address("agenda_calendar", event.pk),
        address("agenda_schedule", event.pk, "json"), address("agenda_session", event.pk, session),
        f"/api/v1/events/{event.pk}/agenda",
    ]  # fmt: skip

    assert {browser.get(place).status_code for place in places} == {404}


def test_only_the_bare_page_may_stand_in_a_frame_of_another_site(browser_of, event):
    browser = browser_of(None)
    bare = browser.get(address("agenda_embedded", event.pk))
    others = [browser.get(address(name, event.pk)) for name in ("agenda", "agenda_calendar", "event")]

    assert "X-Frame-Options" not in bare
    assert "frame-ancestors *" in bare["Content-Security-Policy"]
    assert "default-src 'none'" in bare["Content-Security-Policy"]
    assert "frame-ancestors 'none'" not in bare["Content-Security-Policy"]
    assert {one["X-Frame-Options"] for one in others} == {"DENY"}
    assert all("frame-ancestors 'none'" in one["Content-Security-Policy"] for one in others)
    assert "<form" not in bare.content.decode()


def test_the_bare_page_bears_nothing_of_who_reads_it(browser_of, event, publisher):
    signed_in = browser_of(publisher).get(address("agenda_embedded", event.pk)).content
    stranger = browser_of(None).get(address("agenda_embedded", event.pk)).content

    assert signed_in == stranger


def test_a_calendar_is_read_by_an_independent_parser_with_the_zone_right(browser_of, event):
    raw = browser_of(None).get(address("agenda_calendar", event.pk)).content
    found = entries_in(raw)

    assert len(found) == 3
    assert {one["SEQUENCE"] for one in found} == {0}
    assert {str(one["DTSTART"].params["TZID"]) for one in found} == {"Europe/Berlin"}
    assert {one.decoded("dtstart").utcoffset().total_seconds() for one in found} == {7200}
    assert len({str(one["UID"]) for one in found}) == 3


def test_a_changed_plan_raises_the_sequence_of_what_changed_alone(browser_of, event, publisher):
    before = entries_in(browser_of(None).get(address("agenda_calendar", event.pk)).content)
    talk = event.sessions.get(kind="talk")
    talk.titles = {"en": "Heat from the sea"}
    talk.save()
    plan = publish(event, publisher)
    after = {str(one["UID"]): one for one in entries_in(browser_of(None).get(address("agenda_calendar", event.pk)).content)}
    raised = {uid: one["SEQUENCE"] for uid, one in after.items() if one["SEQUENCE"]}

    assert plan.edition == 2
    assert {str(one["UID"]) for one in before} == set(after)
    assert [str(after[uid]["SUMMARY"]) for uid in raised] == ["Heat from the sea"]
    assert set(raised.values()) == {1}


def test_a_cancelled_session_is_told_to_calendars_as_cancelled(browser_of, event, publisher):
    Session.objects.filter(kind="dialogue").update(is_cancelled=True)
    publish(event, publisher)
    found = entries_in(browser_of(None).get(address("agenda_calendar", event.pk)).content)
    states = {str(one["SUMMARY"]): str(one["STATUS"]) for one in found}

    assert states["Who decides?"] == "CANCELLED"
    assert set(states.values()) == {"CANCELLED", "CONFIRMED"}


def test_one_session_is_a_calendar_of_its_own(browser_of, event):
    talk = event.sessions.get(kind="talk")
    found = entries_in(browser_of(None).get(address("agenda_session_calendar", event.pk, talk.pk)).content)

    assert [str(one["SUMMARY"]) for one in found] == ["Heat from the river"]


def test_a_schedule_for_apps_is_there_as_json_and_as_xml(browser_of, event):
    Speaker.objects.update(is_confirmed=True)
    browser = browser_of(None)
    told = json.loads(browser.get(address("agenda_schedule", event.pk, "json")).content)["schedule"]
    root = ET.fromstring(  # noqa: S314 - our own file
        browser.get(address("agenda_schedule", event.pk, "xml")).content
    )
    persons = [person.text for person in root.iter("person")]

    assert told["version"] == "1"
    assert told["conference"]["time_zone_name"] == "Europe/Berlin"
    assert len(list(root.iter("event"))) == 3
    assert persons == ["Guest 0 (invented)"]
    assert browser.get(address("agenda_schedule", event.pk, "csv")).status_code == 404


def test_a_speaker_is_named_in_public_only_after_they_confirmed(browser_of, event):
    places = [address("agenda", event.pk), address("agenda_schedule", event.pk, "json"), f"/api/v1/events/{event.pk}/agenda"]
    browser = browser_of(None)

    def named() -> list[bool]:
        return ["Guest 0" in browser.get(place).content.decode() for place in places]

    before = named()
    Speaker.objects.update(is_confirmed=True)

    assert before == [False] * 3
    assert named() == [True] * 3


def test_programs_read_events_and_agendas(browser_of, event):
    browser = browser_of(None)
    events = browser.get("/api/v1/events").json()["answer"]["events"]
    agenda = browser.get(f"/api/v1/events/{event.pk}/agenda?lang=de").json()["answer"]
    missing = browser.get("/api/v1/events/99999/agenda")
    table = browser.get(f"/api/v1/events/{event.pk}/agenda?format=csv").content.decode()

    assert [one["event"] for one in events] == [event.pk]
    assert agenda["edition"] == 1
    assert "Heat from the river (de)" in {one["title"] for one in agenda["sessions"]}
    assert missing.status_code == 404
    assert table.startswith("session,")


# a guest's own calendar


def open_feed(browser, guest) -> str:
    page = browser.post(address("open_feed", guest.pk)).content.decode()
    return page.split('id="address"')[1].split('value="')[1].split('"')[0].removeprefix("http://testserver")


def test_a_secret_address_gives_the_guests_own_calendar_without_a_cookie(browser_of, event, guest):
    feed = open_feed(browser_of(guest.user), guest)
    answer = browser_of(None).get(feed)
    found = entries_in(answer.content)

    assert [str(one["SUMMARY"]) for one in found] == ["Heat from the river (de)"]
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]


def test_of_the_secret_only_a_hash_is_kept_and_a_new_one_ends_the_old(browser_of, event, guest):
    browser = browser_of(guest.user)
    old = open_feed(browser, guest)
    kept = Feed.objects.get().token_sha256
    new = open_feed(browser, guest)
    reader = browser_of(None)

    assert kept not in old
    assert old.split("/")[-2] != kept
    assert (reader.get(old).status_code, reader.get(new).status_code) == (404, 200)


def test_a_closed_address_is_not_there_any_more(browser_of, event, guest):
    browser = browser_of(guest.user)
    feed = open_feed(browser, guest)
    browser.post(address("close_feed", guest.pk))

    assert browser_of(None).get(feed).status_code == 404


def test_who_gave_the_seat_back_has_no_calendar(browser_of, event, guest):
    feed = open_feed(browser_of(guest.user), guest)
    guest.seat = "cancelled"
    guest.save()

    assert browser_of(None).get(feed).status_code == 404


@pytest.mark.parametrize("name", ["my_agenda", "my_wishes", "my_meetings", "my_calendar", "my_paper"])
def test_nobody_else_reads_what_is_a_guests_own(browser_of, event, guest, person, publisher, name):
    other = person(email="other@example.org")
    place = address(name, guest.pk)
    answers = [browser_of(user).get(place).status_code for user in (None, other, publisher)]

    assert answers == [404, 404, 404]
    assert browser_of(guest.user).get(place).status_code == 200


def test_a_guests_paper_is_a_pdf_and_so_are_badges(browser_of, event, guest, publisher):
    mine = browser_of(guest.user).get(address("my_paper", guest.pk))
    plan = Plan.objects.get()
    badges = browser_of(publisher).get(address("agenda_paper", event.organisation_id, event.pk, plan.number, "badges"))
    lists = browser_of(publisher).get(address("agenda_paper", event.organisation_id, event.pk, plan.number, "delegations"))

    assert mine.content.startswith(b"%PDF")
    assert badges.content.startswith(b"%PDF")
    assert lists.content.startswith(b"PK")
