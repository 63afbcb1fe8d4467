"""A tour as it comes out: solved, in conflict, with its marks; published, as a calendar, a table and on paper."""

import datetime as dt
import io

import icalendar
import polars as pl
import pytest
from django.urls import reverse

from citytandem.web.accounts.models import Role
from citytandem.web.agendas.desk import remind_of_agendas
from citytandem.web.demo.gatherings import load_route
from citytandem.web.events.models import Registration
from citytandem.web.tours.bringing import take_example
from citytandem.web.tours.desk import remind_of_tours
from citytandem.web.tours.drawing import Words, draw_day, frame_points, shorten
from citytandem.web.tours.models import Leg, Opening, Party, Site, Stage, TourPlan
from citytandem.web.tours.plan_actions import NotSetUp, ask_tour
from citytandem.web.tours.publishing import NotReady, publish_tour
from citytandem.web.tours.route import DayRoute, Stop, add_costs, lay_route
from tests.web.tour_event import DAY, fill_tour, make_site, make_tour_event, solve

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(person, heidelberg):
    return person(Role.PUBLISHER, heidelberg)


@pytest.fixture
def event(heidelberg):
    made = make_tour_event(heidelberg)
    fill_tour(made)
    return made


@pytest.fixture
def plan(event, publisher) -> TourPlan:
    return solve(event, user=publisher)


def to(name: str, event, **more) -> str:
    return reverse(name, kwargs={"organisation": event.organisation_id, "event": event.pk, **more})


def calendar(browser, event) -> dict[str, icalendar.Event]:
    raw = browser.get(reverse("tour_calendar", args=[event.pk])).content
    return {str(one["uid"]): one for one in icalendar.Calendar.from_ical(raw).walk("VEVENT")}


def test_a_tour_is_asked_for_and_solved_with_proof(browser_of, publisher, event, django_capture_on_commit_callbacks):
    browser = browser_of(publisher)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(to("tour_ask", event))
    plan = TourPlan.objects.get()
    page = browser.get(to("tour_plan", event, number=1)).content.decode()

    assert (plan.stage, plan.proof, plan.worth, plan.bound) == (Stage.READY, "optimal", 17.0, 17.0)
    assert "It is proven that no tour of these sites, days and wishes is worth more" in page
    assert page.index("Colliery") > 0


def test_a_tour_that_waits_says_so(browser_of, publisher, event):
    ask_tour(user=publisher, event=event)
    browser = browser_of(publisher)
    page = browser.get(to("tour_plan", event, number=1)).content.decode()
    progress = browser.get(to("tour_progress", event, number=1))

    assert "is being computed" in page
    assert "waits for its turn" in progress.content.decode()
    assert "HX-Refresh" not in progress


def test_what_is_missing_is_told_and_no_tour_is_asked_for(browser_of, publisher, heidelberg):
    empty = make_tour_event(heidelberg)
    page = browser_of(publisher).post(to("tour_ask", empty), follow=True).content.decode()

    assert "Name at least one site" in page
    assert not TourPlan.objects.exists()
    with pytest.raises(NotSetUp):
        ask_tour(user=publisher, event=empty)


def test_musts_that_exclude_each_other_are_named_and_no_more(browser_of, publisher, event):
    hours = {"opens": dt.time(10), "closes": dt.time(11)}
    for key in ("forge", "kiln"):
        make_site(event, key, choice="must", hours=hours)
    Site.objects.filter(key="river").update(choice="must")
    plan = solve(event, user=publisher)
    page = browser_of(publisher).get(to("tour_plan", event, number=1)).content.decode()

    assert plan.stage == Stage.FAILED
    assert plan.findings[0]["code"] == "tour_musts_conflict"
    assert plan.findings[0]["facts"]["sites"] == "Forge, Kiln"
    assert "Forge, Kiln" in page


def test_a_must_that_is_never_open_is_told_with_the_reason(publisher, event):
    Site.objects.filter(key="river").update(choice="must")
    Opening.objects.filter(site__key="river").delete()
    plan = solve(event, user=publisher)

    assert plan.stage == Stage.FAILED
    assert plan.findings[0]["facts"] == {"site": "River", "unmet": "not_open"}


def test_sites_and_wishes_left_out_come_with_their_reason(browser_of, publisher, event):
    make_site(event, "museum", topics=["history"])
    make_site(event, "quarry", topics=["stone"], choice="leave_out")
    event.tour_wishes.create(topic="stone", weight=3)
    plan = solve(event, user=publisher)
    page = browser_of(publisher).get(to("tour_plan", event, number=1)).content.decode()

    assert {one["site"]: one["reason"] for one in plan.result["left"]} == {"museum": "not_wished", "quarry": "left_out"}
    assert plan.result["unmet"] == [{"topic": "stone", "site": None, "reason": "left_out"}]
    assert "nobody wished for its topics" in page


def test_a_tour_is_kept_as_it_was_when_the_set_up_changes(publisher, event, plan):
    before = (plan.problem, plan.result)
    Site.objects.filter(key="river").update(name="Another river")
    solve(event, user=publisher, number=2)
    plan.refresh_from_db()

    assert (plan.problem, plan.result) == before
    assert {stop.name for day in lay_route(plan) for stop in day.visits} == {"Colliery", "River"}


def test_the_same_set_up_gives_the_same_tour(publisher, event, plan):
    again = solve(event, user=publisher, number=2)

    assert again.result == plan.result


def test_nothing_estimated_recalled_or_unknown_stands_without_its_mark(browser_of, publisher, event, plan):
    publish_tour(user=publisher, plan=plan)
    page = browser_of(None).get(reverse("tour", args=[event.pk])).content.decode()
    ways = sum(stop.has_way for day in lay_route(plan) for stop in day.stops)

    assert page.count("coach (est.)") == 2 * ways
    assert page.count("K, recalled, not evidence") >= 2
    assert page.count("P, our proposal; written by the organisers") >= 2
    assert "cost not known" in page
    assert "not known: entry and guide (sites: 1)" in page
    assert "invented example" in page


def test_ways_that_were_looked_up_are_not_called_estimated(publisher, event):
    for start, end in (("hotel", "colliery"), ("colliery", "river"), ("river", "hotel")):
        Leg.objects.create(event=event, start=start, end=end, minutes=20, km=6, mode="tram", cost_eur=3.2)
    plan = solve(event, user=publisher)
    days = lay_route(plan)
    costs = add_costs(plan, days=days)

    assert {stop.leg_estimated for stop in days[0].stops} == {False}
    assert costs.ways_unknown == 0
    assert costs.eur == pytest.approx(95 + 5 + 3 * 3.2)


def test_a_group_that_needs_no_step_is_told_where_access_is_not_known(publisher, event):
    Party.objects.create(event=event, people=5, step_free=True)
    Site.objects.filter(key="colliery").update(accessible=True)
    plan = solve(event, user=publisher)

    assert plan.result["left"] == [{"site": "river", "reason": "access_unknown"}]


def test_a_tour_is_published_once_and_then_seen_by_all_without_a_cookie(browser_of, publisher, event, plan):
    stranger = browser_of(None)
    before = stranger.get(reverse("tour", args=[event.pk]))
    missing = stranger.get(reverse("tour_calendar", args=[event.pk]))
    browser_of(publisher).post(to("tour_publish", event, number=1))
    after = stranger.get(reverse("tour", args=[event.pk]))
    told = stranger.get(reverse("event", args=[event.pk])).content.decode()

    assert "not published yet" in before.content.decode()
    assert missing.status_code == 404
    assert "Colliery" in after.content.decode()
    assert not after.cookies
    assert reverse("tour", args=[event.pk]) in told
    with pytest.raises(NotReady):
        publish_tour(user=publisher, plan=plan)


def test_only_publishers_publish_and_drafts_show_no_tour(browser_of, person, publisher, heidelberg, event, plan):
    editor = person(Role.EDITOR, heidelberg)
    refused = browser_of(editor).post(to("tour_publish", event, number=1))
    publish_tour(user=publisher, plan=plan)
    event.state = "draft"
    event.save()

    assert refused.status_code == 403
    assert browser_of(None).get(reverse("tour", args=[event.pk])).status_code == 404
    assert browser_of(None).get(reverse("tour_csv", args=[event.pk])).status_code == 404


def test_a_calendar_keeps_uids_and_raises_the_sequence_of_what_moved(browser_of, publisher, event, plan):
    publish_tour(user=publisher, plan=plan)
    browser = browser_of(None)
    first = calendar(browser, event)
    Opening.objects.filter(site__key="river").update(opens=dt.time(15, 30))
    Opening.objects.filter(site__key="colliery").delete()
    publish_tour(user=publisher, plan=solve(event, user=publisher, number=2))
    second = calendar(browser, event)
    river, colliery = (f"event-{event.pk}-tour-visit-{key}@testserver" for key in ("river", "colliery"))

    assert set(first) == set(second)
    assert {int(one["sequence"]) for one in first.values()} == {0}
    assert (int(second[river]["sequence"]), str(second[river]["status"])) == (1, "CONFIRMED")
    assert (int(second[colliery]["sequence"]), str(second[colliery]["status"])) == (1, "CANCELLED")
    assert second[river].decoded("dtstart").hour == 15
    assert str(second[river].decoded("dtstart").tzinfo) == "Europe/Berlin"


def test_a_tour_published_again_without_a_change_raises_nothing(browser_of, publisher, event, plan):
    publish_tour(user=publisher, plan=plan)
    again = publish_tour(user=publisher, plan=solve(event, user=publisher, number=2))

    assert again.edition == 2
    assert {one["sequence"] for one in again.entries} == {0}


def test_a_cancelled_event_cancels_its_calendar(browser_of, publisher, event, plan):
    publish_tour(user=publisher, plan=plan)
    event.state = "cancelled"
    event.save()
    found = calendar(browser_of(None), event).values()

    assert {(str(one["status"]), int(one["sequence"])) for one in found} == {("CANCELLED", 1)}


def test_the_table_of_a_tour_says_what_is_estimated_and_leaves_the_unknown_empty(browser_of, publisher, event, plan):
    publish_tour(user=publisher, plan=plan)
    raw = browser_of(None).get(reverse("tour_csv", args=[event.pk])).content
    table = pl.read_csv(io.BytesIO(raw), infer_schema=False)
    visits = {row["place"]: row for row in table.to_dicts() if row["kind"] == "visit"}

    assert (visits["river"]["visit_eur"], visits["colliery"]["visit_eur"]) == (None, "5.0")
    assert set(table["way_is_estimated"].drop_nulls()) == {"true"}
    assert {row["mark"] for row in visits.values()} == {"K"}


def test_a_guest_gets_the_tour_on_paper_and_nobody_else_does(browser_of, person, publisher, event, plan):
    publish_tour(user=publisher, plan=plan)
    guest = person(email="guest@example.org")
    own = Registration.objects.create(
        event=event, user=guest, name="Guest 1 (invented)", email="guest@example.org", language="de", languages=["de"],
        seat="coming", is_invented=True,
    )  # fmt: skip
    address = reverse("my_tour_paper", args=[own.pk])
    paper = browser_of(guest).get(address)

    assert paper.content.startswith(b"%PDF")
    assert browser_of(publisher).get(address).status_code == 404
    assert browser_of(None).get(address).status_code == 404
    assert address in browser_of(guest).get(reverse("event", args=[event.pk])).content.decode()


def test_the_desk_asks_for_a_tour_then_for_its_publication_then_for_nothing(publisher, event, heidelberg):
    on = DAY - dt.timedelta(days=30)
    none = [one.title for one in remind_of_tours(heidelberg, on=on)]
    plan = solve(event, user=publisher)
    waits = [one.title for one in remind_of_tours(heidelberg, on=on)]
    publish_tour(user=publisher, plan=plan)

    assert none == ["Old works (invented): no tour yet"]
    assert waits == ["Old works (invented): a tour waits to be published"]
    assert remind_of_tours(heidelberg, on=on) == []


def test_a_study_tour_with_a_tour_is_not_asked_for_an_agenda(publisher, event, heidelberg):
    on = DAY - dt.timedelta(days=30)
    before = [one.title for one in remind_of_agendas(heidelberg, on=on)]
    solve(event, user=publisher)

    assert before == ["Old works (invented): no agenda yet"]
    assert remind_of_agendas(heidelberg, on=on) == []


def test_a_map_draws_hostile_names_as_text():
    point, moment = (51.5, 7.0), dt.datetime.combine(DAY, dt.time(10))
    stop = Stop(kind="visit", key="a", name='<script>"&', begins=moment, ends=moment, point=(51.6, 7.2), number=1)
    day = DayRoute(date=moment.date(), start="Hotel", start_point=point, stops=(stop,))
    svg = draw_day(day, others=[], frame=frame_points([point, (51.6, 7.2)]), words=Words("Start", "End", "Both"))

    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


@pytest.mark.parametrize("points", [[(51.5, 7.0)], [(-89.9, 179.0), (89.9, -179.0)], [(0.0, 0.0), (0.0, 0.0)]])
def test_a_map_has_a_frame_wherever_its_points_lie(points):
    frame = frame_points(points)
    placed = [frame.place(one) for one in points]

    assert all(0 <= x <= 640 and 0 <= y <= frame.height for x, y in placed)


def test_names_on_a_map_are_short():
    assert shorten("A" * 90) == "A" * 25 + "…"


def test_the_demo_publishes_the_example_of_the_ruhr(browser_of, publisher, heidelberg):
    made = make_tour_event(heidelberg, days=4)
    plan = load_route(made, user=publisher)
    again = load_route(made, user=publisher)
    page = browser_of(None).get(reverse("tour", args=[made.pk])).content.decode()

    assert (plan.proof, plan.edition, again.pk) == ("optimal", 1, plan.pk)
    assert "Zollverein mine and coking plant" in page
    assert page.count("K, recalled, not evidence") >= 12


def test_the_example_counts_what_it_does_not_know(publisher, heidelberg):
    made = make_tour_event(heidelberg)
    take_example(user=publisher, event=made)
    plan = solve(made, user=publisher)
    costs = add_costs(plan, days=lay_route(plan))

    assert costs.sites_unknown == 6
    assert costs.ways_unknown > 0
    assert costs.eur == costs.nights_eur == 190
