"""A call: its deadline on every clock, its rules as data, who may write it, and what everybody sees of it."""

import datetime as dt
import html

import pytest
from django.utils import timezone

from citytandem import load
from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.programmes import actions, applying
from citytandem.web.programmes.eligibility import check_rules
from citytandem.web.programmes.models import Application, Contact, Programme, State
from citytandem.web.programmes.zones import NoSuchTime, set_deadline, tell_clocks, tell_deadline
from citytandem.words import Speech
from tests.web.programmes import answers, apply_for, make_call, make_network, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LAST_OF_MARCH = dt.datetime(2027, 3, 31, 21, 59, tzinfo=dt.UTC)


@pytest.fixture
def network(db) -> Organisation:
    return make_network()


@pytest.fixture
def coordinator(person, network):
    return person(Role.COORDINATOR, network, name="Kim Sample")


def written(**more) -> dict[str, str]:
    values = {
        "version": "0", "title": "Zwillinge", "form": "tandem", "text": "Zwei Städte lernen.", "language": "de", "months": "18",
        "opens": "2027-01-10", "closes_day": "2027-03-31", "closes_time": "23:59", "zone": "Europe/Berlin", "answer_days": "21",
        "keep_until": "2029-01-01",
    }  # fmt: skip
    return values | more


def test_the_deadline_is_told_on_the_clocks_of_two_places_with_their_days():
    zones = ("Europe/Berlin", "UTC", "Asia/Tokyo")

    assert tell_deadline(LAST_OF_MARCH, zones=zones, speech=Speech("en")).startswith(
        "The deadline is March 31, 2027, 23:59 in Berlin"
    )
    assert [(clock.place, clock.time) for clock in tell_clocks(LAST_OF_MARCH, zones=zones, speech=Speech("de"))] == [
        ("Berlin", "23:59"), ("UTC", "21:59"), ("Tokio", "06:59"),
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "hour"), [(dt.date(2027, 3, 27), 22), (dt.date(2027, 3, 28), 21)])
def test_the_last_minute_of_a_day_moves_with_summer_time(day, hour):
    assert set_deadline(day, time=dt.time(23, 59), zone="Europe/Berlin").hour == hour


def test_a_time_the_clocks_skip_is_refused_and_one_they_show_twice_is_the_later():
    with pytest.raises(NoSuchTime):
        set_deadline(dt.date(2027, 3, 28), time=dt.time(2, 30), zone="Europe/Berlin")

    assert set_deadline(dt.date(2027, 10, 31), time=dt.time(2, 30), zone="Europe/Berlin").hour == 1


def test_a_coordinator_writes_a_call_from_a_template_and_opens_it(browser_of, coordinator, network):
    browser, stranger = browser_of(coordinator), browser_of(None)
    room = f"/de/workspace/{network.pk}/programmes/"
    template = browser.get(f"{room}new/?form=mentoring").status_code
    browser.post(f"{room}new/", written())
    own = Programme.objects.get()
    hidden = stranger.get(f"/de/programmes/{own.pk}/").status_code
    browser.post(f"{room}{own.pk}/state/open/", {"version": "1"})
    page = stranger.get(f"/de/programmes/{own.pk}/")

    assert (template, hidden, page.status_code) == (200, 404, 200)
    assert own.closes == LAST_OF_MARCH
    assert own.created_by == coordinator
    assert "01. April 2027" in page.content.decode() or "1. April 2027" in page.content.decode()
    assert page.cookies == {}
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == ["programme.written", "programme.open"]


@pytest.mark.parametrize(
    "wrong",
    [{"closes_day": "2027-03-28", "closes_time": "02:30"}, {"closes_day": "2027-01-01"}, {"zone": "Mars/Olympus"},
     {"form": "ranking"},
     {"population_low": "500", "population_high": "100"}, {"countries": ["XX"]}, {"keep_until": "2027-02-01"}, {"title": ""}],
)  # fmt: skip
def test_a_call_that_cannot_be_is_refused(browser_of, coordinator, network, wrong):
    told = browser_of(coordinator).post(f"/de/workspace/{network.pk}/programmes/new/", written(**wrong))

    assert told.status_code == 422
    assert not Programme.objects.exists()


def test_what_is_not_asked_for_is_not_taken_from_the_form_of_a_call(browser_of, coordinator, network):
    other = Organisation.objects.create(kind=Kind.NETWORK, name="Other", network="other")
    more = {"state": "running", "organisation": str(other.pk), "is_invented": "", "rules": "{}", "created_by": "99"}
    browser_of(coordinator).post(f"/de/workspace/{network.pk}/programmes/new/", written(**more))
    own = Programme.objects.get()

    assert (own.state, own.organisation, own.created_by, own.is_invented) == ("draft", network, coordinator, True)


def test_two_coordinators_on_one_form_are_told(browser_of, coordinator, network):
    browser, room = browser_of(coordinator), f"/de/workspace/{network.pk}/programmes/"
    browser.post(f"{room}new/", written())
    own = Programme.objects.get()
    browser.post(f"{room}{own.pk}/edit/", written(version="1", title="Erste"))
    late = browser.post(f"{room}{own.pk}/edit/", written(version="1", title="Zweite"))

    assert late.status_code == 409
    assert Programme.objects.get().title == "Erste"


def test_a_call_takes_nothing_after_its_deadline_and_closes_by_itself(network):
    own = make_call(network)
    Programme.objects.update(closes=timezone.now() - dt.timedelta(minutes=1))
    own.refresh_from_db()
    with pytest.raises(actions.NotAllowedNow):
        applying.write_application(user=None, programme=own, organisation=make_team("DK-0751"), values=answers(), contacts=[])
    closed = actions.close_overdue()

    assert (closed, actions.close_overdue()) == (1, 0)
    assert Programme.objects.get().state == State.MATCHING
    assert AuditEntry.objects.filter(action="programme.close", by_site=True).exists()


def said_of(programme: Programme, team: Organisation, **more) -> dict[str, str]:
    own = Application(programme=programme, organisation=team, **{"actor": "city", **more})
    return {check.code: check.said for check in check_rules(own, atlas=load())}


def test_the_rules_of_a_call_are_checked_one_by_one(network):
    own = Programme(organisation=network, countries=["DE"], population_low=100_000, population_high=200_000)

    assert said_of(own, make_team("DE-08221000")) == {"actor": "met", "country": "met", "people": "met"}
    assert said_of(own, make_team("DK-0751")) == {"actor": "met", "country": "broken", "people": "broken"}
    assert said_of(own, make_team("DE-08221000"), actor="business")["actor"] == "broken"


def test_what_is_not_known_is_held_against_nobody(network):
    own = Programme(organisation=network, countries=["DE"], population_low=100_000, members_only=True)
    civic = Organisation(kind=Kind.CIVIC, name="Repair Café")

    assert said_of(own, civic, actor="civic") == {"actor": "met", "country": "unknown", "people": "unknown", "member": "unknown"}
    assert said_of(own, civic, actor="civic", country="FR")["country"] == "broken"


def test_contacts_are_forgotten_after_their_day(network):
    own = make_call(network)
    apply_for(own, team=make_team("DK-0751"))
    before = actions.forget_contacts()
    Programme.objects.update(keep_until=timezone.now().date() - dt.timedelta(days=1))

    assert before == 0
    assert actions.forget_contacts() == 1
    assert not Contact.objects.exists()


def test_the_public_page_shows_text_as_text(browser_of, network):
    own = make_call(network, title="<script>alert(1)</script>")
    pages = [browser_of(None).get(address).content.decode() for address in ("/de/programmes/", f"/de/programmes/{own.pk}/")]

    assert all(html.escape(own.title) in page and "<script>alert" not in page for page in pages)


def test_a_network_without_programmes_says_what_one_would_bring(browser_of, coordinator, network):
    page = browser_of(coordinator).get(f"/en/workspace/{network.pk}/programmes/").content.decode()

    assert Speech("en").label("web.programmes.mine_empty") in page
    assert Speech("en").label("web.programmes.empty") in browser_of(None).get("/en/programmes/").content.decode()
