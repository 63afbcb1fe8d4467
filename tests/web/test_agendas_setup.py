"""Setting an agenda up: rooms, slots, sessions by forms and by a sheet, people, wishes, talks of two; and who may."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.agendas.forgetting import tell_guest
from citytandem.web.agendas.models import Feed, Interpreter, MeetingRequest, Room, Session, Speaker, Wish
from citytandem.web.agendas.problem import write_problem
from citytandem.web.agendas.storing import problem_as_json, problem_from_json
from citytandem.web.events.forgetting import forget_registration
from citytandem.web.events.models import OutlineItem
from tests.web.agenda_event import fill_event, make_event, make_guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(person, heidelberg):
    return person(Role.EDITOR, heidelberg)


@pytest.fixture
def event(heidelberg):
    return make_event(heidelberg, days=3)


def to(name: str, event, **more) -> str:
    return reverse(name, kwargs={"organisation": event.organisation_id, "event": event.pk, **more})


def session_values(**more) -> dict[str, object]:
    return {"version": 0, "title_en": "Heat", "title_de": "Wärme", "kind": "talk", "slots": 1, "languages": ["en"], **more}


def upload(browser, event, raw: bytes, name: str = "sessions.csv"):
    return browser.post(to("agenda_import", event), {"file": SimpleUploadedFile(name, raw)})


def test_a_room_and_the_slots_of_all_days_are_laid_by_two_forms(browser_of, editor, event):
    browser = browser_of(editor)
    browser.post(to("agenda_rooms", event), {"name": "Hall", "seats": 40, "accessible": "on", "equipment": ["beamer"]})
    days = ["2027-05-03", "2027-05-04"]
    times = {"begins": "09:00", "ends": "17:00", "minutes": 60, "pause": 15, "rest_from": "12:30", "rest_until": "13:30"}
    browser.post(to("agenda_slots", event), {"days": days, **times})
    again = browser.post(to("agenda_slots", event), {"days": days, **times}, follow=True)

    assert Room.objects.get().equipment == ["beamer"]
    assert event.slots.count() == 12
    assert "Slots laid: 0." in again.content.decode()
    assert {one.day.isoformat() for one in event.slots.all()} == set(days)


@pytest.mark.parametrize("wrong", [{"ends": "08:00"}, {"minutes": 0}, {"rest_until": ""}, {"days": ["2031-01-01"]}, {"days": []}])
def test_slots_that_cannot_be_are_refused(browser_of, editor, event, wrong):
    values = {"days": ["2027-05-03"], "begins": "09:00", "ends": "17:00", "minutes": 60, "pause": 0, "rest_from": "12:00"}
    answer = browser_of(editor).post(to("agenda_slots", event), {**values, "rest_until": "13:00", **wrong})

    assert answer.status_code == 422
    assert event.slots.count() == 0


def test_a_session_is_written_in_the_languages_of_the_event_with_its_speakers(browser_of, editor, event):
    one = make_guest(event, "Guest 7 (invented)")
    browser_of(editor).post(to("agenda_session_new", event), session_values(speakers=[one.pk], topic="energy"))
    own = Session.objects.get()

    assert own.titles == {"en": "Heat", "de": "Wärme"}
    assert [speaker.registration for speaker in own.speakers.all()] == [one]
    assert AuditEntry.objects.filter(action="agenda.session_written").count() == 1


def test_two_people_on_one_session_are_told(browser_of, editor, event):
    browser = browser_of(editor)
    browser.post(to("agenda_session_new", event), session_values())
    own = Session.objects.get()
    place = to("agenda_session_of", event, number=own.pk)
    browser.post(place, session_values(version=1, title_en="First"))
    late = browser.post(place, session_values(version=1, title_en="Second"))

    assert late.status_code == 409
    assert Session.objects.get().titles["en"] == "First"


def test_guests_and_rooms_of_another_event_cannot_be_chosen(browser_of, editor, event):
    other = make_event(event.organisation)
    stranger, room = make_guest(other, "Guest 9 (invented)"), Room.objects.create(event=other, name="Elsewhere")
    browser = browser_of(editor)
    answers = [
        browser.post(to("agenda_session_new", event), session_values(speakers=[stranger.pk])).status_code,
        browser.post(to("agenda_session_new", event), session_values(fixed_room=room.pk)).status_code,
        browser.post(to("agenda_drop", event, part="room", number=room.pk)).status_code,
        browser.post(to("agenda_room_of", event, number=room.pk), {"name": "Mine", "seats": 1}).status_code,
    ]

    assert answers == [422, 422, 404, 404]
    assert Room.objects.get().name == "Elsewhere"


def test_the_drafted_outline_becomes_sessions_once(browser_of, editor, event):
    OutlineItem.objects.create(event=event, order=1, title="Opening", kind="plenary", minutes=60)
    OutlineItem.objects.create(event=event, order=2, title="Walk", kind="excursion", minutes=180)
    browser = browser_of(editor)
    browser.post(to("agenda_outline", event))
    browser.post(to("agenda_outline", event))

    assert [(one.kind, one.slots) for one in Session.objects.all()] == [("plenary", 1), ("excursion", 3)]


def test_a_sheet_brings_its_sound_rows_and_tells_of_the_others(browser_of, editor, event):
    make_guest(event, "Guest 7 (invented)")
    raw = (
        "title;title_de;kind;topic;slots;languages;speakers\n"
        "Heat;Wärme;talk;energy;1;en,de;Guest 7 (invented)\n"
        "Walk;;stroll;energy;99;xx;Nobody\n"
        ";;talk;;;;\n"
    ).encode()
    answer = upload(browser_of(editor), event, raw)
    page = answer.content.decode()

    assert [one.titles for one in Session.objects.all()] == [{"en": "Heat", "de": "Wärme"}]
    assert Speaker.objects.count() == 1
    assert "1 of 3 rows" in page
    assert page.count("Not taken:") == 5


def test_a_workbook_is_read_as_well(browser_of, editor, event):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Title", "Slots", "Seats"], ["Heat", 2, 30]):
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    upload(browser_of(editor), event, raw.getvalue(), name="sessions.xlsx")

    assert [(one.slots, one.seats) for one in Session.objects.all()] == [(2, 30)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\x02",
        b"%PDF-1.7",
        b"PK\x03\x04nonsense",
        b"name of nothing\n1\n",
        b"title\n" + b"x\n" * 501,
        b"\xff\xfe" * 40,
    ],
)
def test_a_hostile_file_brings_nothing_and_breaks_nothing(browser_of, editor, event, raw):
    answer = upload(browser_of(editor), event, raw)

    assert answer.status_code == 422
    assert Session.objects.count() == 0


def test_what_a_sheet_says_is_shown_as_text(browser_of, editor, event):
    browser = browser_of(editor)
    upload(
        browser, event, b"title,kind\n<script>alert(1)</script>,<img src=x onerror=alert(2)>\n<script>alert(3)</script>,talk\n"
    )
    shown = [browser.get(to(name, event)).content.decode() for name in ("agenda_sessions", "agenda_people")]
    shown.append(upload(browser, event, b"title,kind\n<script>alert(4)</script>,<img src=x>\n").content.decode())

    assert Session.objects.count() == 1
    assert not any("<script>alert" in page or "<img src=x" in page for page in shown)


def test_a_file_larger_than_the_bound_is_refused(browser_of, editor, event):
    answer = upload(browser_of(editor), event, b"title\n" + b"x" * 1_000_001)

    assert answer.status_code == 422
    assert Session.objects.count() == 0


def test_an_interpreter_is_named_by_languages_and_let_go_by_none(browser_of, editor, event):
    one = make_guest(event, "Guest 7 (invented)")
    browser = browser_of(editor)
    browser.post(to("agenda_people", event), {"form": "interpreter", "person": one.pk, "between": ["de", "en", "ja"]})
    pairs = Interpreter.objects.get().pairs
    browser.post(to("agenda_people", event), {"form": "interpreter", "person": one.pk})

    assert sorted(map(sorted, pairs)) == [["de", "en"], ["de", "ja"], ["en", "ja"]]
    assert not Interpreter.objects.exists()


def test_a_problem_is_kept_as_it_was_given_to_the_solver(event, editor):
    fill_event(event, user=editor)
    problem = write_problem(event)
    again = problem_from_json(problem_as_json(problem))

    assert again.settings == problem.settings
    assert all(getattr(again, name).equals(getattr(problem, name)) for name in ("sessions", "rooms", "slots", "wishes", "people"))


# guests


@pytest.fixture
def guests(event, editor, person):
    """Two guests with accounts of an event that is set up."""
    found = fill_event(event, user=editor)[:2]
    for number, one in enumerate(found):
        one.user = person(email=f"g{number}@example.org")
        one.save()
    return found


def test_wishes_are_kept_in_order_and_none_counts_twice(browser_of, event, guests):
    talk, workshop, dialogue = event.sessions.order_by("pk")
    browser, place = browser_of(guests[1].user), reverse("my_wishes", args=[guests[1].pk])
    browser.post(place, {"wish_1": dialogue.pk, "wish_3": talk.pk})
    twice = browser.post(place, {"wish_1": workshop.pk, "wish_2": workshop.pk})
    kept = list(Wish.objects.filter(registration=guests[1]).values_list("turn", "session"))

    assert kept == [(1, dialogue.pk), (2, talk.pk)]
    assert twice.status_code == 422


def test_a_talk_needs_a_yes_of_both(browser_of, event, guests):
    one, other = guests
    browser_of(one.user).post(reverse("my_meetings", args=[one.pk]), {"other": other.pk, "note": "Heat"})
    asked = write_problem(event).meetings.height
    meeting = MeetingRequest.objects.get()
    browser_of(other.user).post(reverse("answer_meeting", args=[other.pk, meeting.pk]), {"says": "yes"})

    assert asked == 0
    assert write_problem(event).meetings.height == 1


def test_nobody_answers_for_others_or_asks_who_is_not_on_the_list(browser_of, event, guests, person):
    one, other = guests
    third = make_guest(event, "Guest 17 (invented)", user=person(email="third@example.org"), consents=[])
    browser_of(one.user).post(reverse("my_meetings", args=[one.pk]), {"other": other.pk})
    meeting = MeetingRequest.objects.get()
    foreign = browser_of(third.user).post(reverse("answer_meeting", args=[third.pk, meeting.pk]), {"says": "no"})
    unlisted = browser_of(one.user).post(reverse("my_meetings", args=[one.pk]), {"other": third.pk})

    assert (foreign.status_code, unlisted.status_code) == (404, 422)
    assert MeetingRequest.objects.get().other_says == "open"


def test_who_is_forgotten_leaves_no_wish_no_talk_no_calendar_and_no_name(browser_of, editor, event, guests):
    from citytandem.web.agendas import plan_actions

    one, other = guests
    browser_of(one.user).post(reverse("my_meetings", args=[one.pk]), {"other": other.pk})
    browser_of(other.user).post(reverse("open_feed", args=[other.pk]))
    plan = plan_actions.ask_plan(user=editor, event=event)
    plan.findings = [{"code": "demand_lunch", "severity": "error", "where": "", "row": None, "facts": {"person": other.name}}]
    plan.save()
    told = json.dumps(tell_guest(other))
    forget_registration(other, by=None)
    plan.refresh_from_db()

    assert "Heat from the river" in told
    assert not Wish.objects.filter(registration=other).exists()
    assert not MeetingRequest.objects.exists()
    assert not Feed.objects.exists()
    assert "Guest 1" not in json.dumps([plan.findings, plan.problem])


# who may


def test_each_role_reaches_what_it_may(browser_of, person, heidelberg, event):
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus", city="DK-0751")
    people = {
        person(Role.VIEWER, heidelberg): (200, 403, 403),
        person(Role.EDITOR, heidelberg): (200, 200, 403),
        person(Role.PUBLISHER, heidelberg): (200, 200, 404),
        person(Role.ADMIN, other, email="other@example.org"): (404, 404, 404),
        None: (302, 302, 302),
    }

    def reach(who) -> tuple[int, int, int]:
        browser = browser_of(who)
        return (
            browser.get(to("agenda_room", event)).status_code,
            browser.get(to("agenda_rooms", event)).status_code,
            browser.post(to("agenda_publish", event, number=77)).status_code,
        )

    assert {who: reach(who) for who in people} == people


def test_every_page_of_the_room_stands_while_nothing_is_set_up(browser_of, editor, event):
    browser = browser_of(editor)
    names = (
        "agenda_room",
        "agenda_rooms",
        "agenda_slots",
        "agenda_sessions",
        "agenda_session_new",
        "agenda_people",
        "agenda_meetings",
    )

    assert {name: browser.get(to(name, event)).status_code for name in names} == dict.fromkeys(names, 200)
