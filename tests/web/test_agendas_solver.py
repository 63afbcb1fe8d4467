"""From a set-up to a plan, by hand and by the solver, to an edition; and on to the next when somebody fails."""

import datetime as dt

import pytest
from django.urls import reverse

from citytandem.web.accounts.models import Role
from citytandem.web.agendas.entries import entries_of, read_entries
from citytandem.web.agendas.models import Plan, Session, Slot, Stage, Way
from citytandem.web.agendas.solving import warn_of
from tests.web.agenda_event import fill_event, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(person, heidelberg):
    return person(Role.PUBLISHER, heidelberg)


@pytest.fixture
def event(heidelberg, publisher):
    made = make_event(heidelberg)
    fill_event(made, user=publisher)
    return made


@pytest.fixture
def plan(browser_of, publisher, event, django_capture_on_commit_callbacks) -> Plan:
    with django_capture_on_commit_callbacks(execute=True):
        browser_of(publisher).post(to("agenda_ask", event), {"seconds": 5})
    return Plan.objects.get()


def to(name: str, event, **more) -> str:
    return reverse(name, kwargs={"organisation": event.organisation_id, "event": event.pk, **more})


def entry(plan: Plan, kind: str):
    return next(one for one in entries_of(plan) if one.kind == kind)


def test_the_solver_places_every_session_and_says_how_good_the_plan_is(browser_of, publisher, event, plan):
    page = browser_of(publisher).get(to("agenda_plan", event, number=plan.number)).content.decode()

    assert plan.stage == Stage.READY
    assert len(entries_of(plan)) == 3
    assert (plan.worst_share, plan.worst_bound) == (1.0, 1.0)
    assert warn_of(plan) == ()
    assert "Heat from the river" in page


def test_a_plan_is_published_as_an_edition_everybody_sees(browser_of, publisher, event, plan):
    before = browser_of(None).get(reverse("agenda", args=[event.pk])).content.decode()
    browser_of(publisher).post(to("agenda_publish", event, number=plan.number))
    after = browser_of(None).get(reverse("agenda", args=[event.pk])).content.decode()
    plan.refresh_from_db()

    assert plan.edition == 1
    assert ("Cycle streets" in before, "Cycle streets" in after) == (False, True)


def test_a_speaker_who_fails_leads_to_a_plan_with_least_change_and_a_raised_sequence(
    browser_of, publisher, event, plan, django_capture_on_commit_callbacks
):
    browser = browser_of(publisher)
    browser.post(to("agenda_publish", event, number=plan.number))
    talk = entry(plan, "talk")
    slot = Slot.objects.get(event=event, starts=talk.starts)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(
            to("agenda_replan", event, number=plan.number),
            {"who": f"p{talk.speakers[0]}", "slots": [slot.pk], "reason": "the train"},
        )
    new = Plan.objects.get(way=Way.REPLANNED)
    browser.post(to("agenda_publish", event, number=new.number))
    plan.refresh_from_db()
    new.refresh_from_db()
    sequences = {one.session: one.sequence for one in read_entries(new.agenda)}

    assert new.stage == Stage.READY
    assert entry(new, "talk").starts != talk.starts
    assert (plan.edition, new.edition) == (1, 2)
    assert sequences[talk.session] == 1
    assert {one["what"] for one in new.changes} <= {"moved", "room"}
    assert talk.session in {one["session"] for one in new.changes}


def test_a_move_into_a_taken_room_is_refused_and_told(browser_of, publisher, event, plan):
    talk, workshop = entry(plan, "talk"), entry(plan, "workshop")
    slot = Slot.objects.get(event=event, starts=talk.starts)
    answer = browser_of(publisher).post(
        to("agenda_move", event, number=plan.number), {"session": workshop.session, "slot": slot.pk, "room": talk.room}
    )

    assert answer.status_code == 422
    assert "Two sessions would be in one room at the same time" in answer.content.decode()
    assert Plan.objects.count() == 1


def test_a_move_to_a_free_cell_makes_a_new_plan_and_tells_its_cost(browser_of, publisher, event, plan):
    talk = entry(plan, "talk")
    taken = {one.starts for one in entries_of(plan)}
    free = next(slot for slot in event.slots.all() if slot.starts not in taken)
    answer = browser_of(publisher).post(
        to("agenda_move", event, number=plan.number),
        {"session": talk.session, "cell": f"{free.starts.timestamp():.0f}.{talk.room}"},
        follow=True,
    )
    moved = Plan.objects.get(way=Way.MOVED)

    assert entry(moved, "talk").starts == free.starts
    assert entry(plan, "talk").starts == talk.starts
    assert (moved.before, moved.edition) == (plan, None)
    assert "Moved." in answer.content.decode()


def test_a_locked_session_is_moved_by_nobody(browser_of, publisher, event, plan):
    talk = entry(plan, "talk")
    browser = browser_of(publisher)
    browser.post(to("agenda_lock", event, number=plan.number, session=talk.session), {"lock": "yes"})
    free = next(slot for slot in event.slots.all() if slot.starts != talk.starts)
    answer = browser.post(
        to("agenda_move", event, number=plan.number), {"session": talk.session, "slot": free.pk, "room": talk.room}
    )

    assert answer.status_code == 422
    assert Session.objects.get(pk=talk.session).fixed_slot.starts == talk.starts


def test_what_cannot_be_met_together_is_explained(browser_of, publisher, event, django_capture_on_commit_callbacks):
    slot = event.slots.first()
    event.rooms.exclude(name="Hall").delete()
    Session.objects.filter(kind__in=["talk", "workshop"]).update(fixed_slot=slot)
    browser = browser_of(publisher)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(to("agenda_ask", event), {"seconds": 5})
    plan = Plan.objects.get()
    page = browser.get(to("agenda_plan", event, number=plan.number))

    assert plan.stage == Stage.FAILED
    assert len(plan.findings) > 0
    assert page.status_code == 200


def test_a_speaker_who_says_later_that_they_are_away_is_warned_of(browser_of, publisher, event, plan):
    talk = entry(plan, "talk")
    slot = Slot.objects.get(event=event, starts=talk.starts)
    browser_of(publisher).post(
        to("agenda_people", event), {"form": "absence", "who": f"p{talk.speakers[0]}", "slots": [slot.pk], "reason": ""}
    )

    page = browser_of(publisher).get(to("agenda_plan", event, number=plan.number)).content.decode()

    assert len(warn_of(plan)) == 1
    assert "Guest 0 (invented) must be there for “Heat from the river” and is away at that time" in page


def test_a_session_that_is_cancelled_stays_in_calendars_as_cancelled(
    browser_of, publisher, event, plan, django_capture_on_commit_callbacks
):
    browser = browser_of(publisher)
    browser.post(to("agenda_publish", event, number=plan.number))
    Session.objects.filter(kind="dialogue").update(is_cancelled=True)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(to("agenda_ask", event), {"seconds": 5})
    new = Plan.objects.get(number=2)
    browser.post(to("agenda_publish", event, number=2))
    new.refresh_from_db()
    dialogue = next(one for one in read_entries(new.agenda) if one.kind == "dialogue")

    assert (dialogue.state, dialogue.sequence) == ("cancelled", 1)
    assert "cancelled" in {one["what"] for one in new.changes}


def test_two_plans_are_told_apart(browser_of, publisher, event, plan, django_capture_on_commit_callbacks):
    browser = browser_of(publisher)
    alone = browser.get(to("agenda_compare", event, number=1)).status_code
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(to("agenda_ask", event), {"seconds": 5})
    page = browser.get(to("agenda_compare", event, number=2) + "?with=1")

    assert (alone, page.status_code) == (200, 200)
    assert "All sessions lie where they were" in page.content.decode()


def test_slots_follow_the_clock_of_the_place_in_summer_and_in_winter(heidelberg, publisher):
    from zoneinfo import ZoneInfo

    from citytandem.web.agendas.actions import Day, lay_slots

    day = Day(begins=dt.time(9), ends=dt.time(10), minutes=60)
    begins = [
        lay_slots(date, day=day, zone=ZoneInfo("Europe/Berlin"))[0][0].hour for date in (dt.date(2027, 1, 4), dt.date(2027, 7, 5))
    ]

    assert begins == [8, 7]
