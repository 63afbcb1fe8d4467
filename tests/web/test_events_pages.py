"""Pages of events: what everybody sees, what only the team sees, and a draft from a gap in one step."""

import html

import pytest

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.events.formats import DAY_MINUTES, FORMATS
from citytandem.web.events.models import Event, Registration, Seat
from citytandem.words import Speech
from citytandem.words.labels import LABELS
from tests.web.events import an_event, days, network, who

pytestmark = pytest.mark.django_db


def said(key: str, **facts) -> str:
    return html.escape(Speech("en").sentence(key, **facts), quote=False)


@pytest.fixture
def organiser(person):
    return person(Role.COORDINATOR, network())


@pytest.fixture
def team(organiser):
    return organiser.memberships.get().organisation


@pytest.mark.parametrize("layout", FORMATS)
def test_a_format_has_words_and_fits_its_days(layout):
    chosen = FORMATS[layout]
    keys = [f"event.format.{layout}", f"event.output.{layout}", f"event.when.{layout}"]

    assert [key for key in [*keys, *(f"event.part.{part.key}" for part in chosen.outline)] if key not in LABELS] == []
    assert {part.day for part in chosen.outline} == set(range(1, chosen.days + 1))
    assert all(
        sum(part.minutes for part in chosen.outline if part.day == day) <= DAY_MINUTES for day in range(1, chosen.days + 1)
    )


@pytest.mark.parametrize("layout", FORMATS)
def test_a_gap_becomes_a_drafted_event_in_one_step(browser_of, organiser, team, layout):
    browser = browser_of(organiser)
    address = f"/en/workspace/{team.pk}/events/new/?city=DE-08221000&measure=E04"
    page = browser.get(address)
    answer = browser.post(address, {"layout": layout, "starts": days(60).isoformat()}, follow=True)
    own = Event.objects.get()

    assert page.status_code == 200
    assert answer.status_code == 200
    assert (own.state, own.measure, own.about, own.topic) == ("draft", "E04", "DE-08221000", "energy")
    assert "Heidelberg" in own.text
    assert own.outline.count() == len(FORMATS[layout].outline)
    assert (own.ends - own.starts).days == FORMATS[layout].days - 1
    assert AuditEntry.objects.filter(action="event.drafted").count() == 1


@pytest.mark.parametrize("start", ["city=XX-1", "measure=Z99", "programme=1", "tandem=1", "programme=abc"])
def test_an_event_starts_from_nothing_that_is_not_theirs(browser_of, organiser, team, start):
    assert browser_of(organiser).get(f"/en/workspace/{team.pk}/events/new/?{start}").status_code == 404


def test_a_draft_is_seen_by_its_team_alone(browser_of, organiser, team):
    own = an_event(team, state="draft")
    public = browser_of(None).get(f"/en/events/{own.pk}/")
    listed = browser_of(None).get("/en/events/").content.decode()
    inside = browser_of(organiser).get(f"/en/workspace/{team.pk}/events/{own.pk}/")

    assert public.status_code == 404
    assert own.title not in listed
    assert inside.status_code == 200


def test_the_list_shows_what_comes_and_what_was_and_narrows_down(browser_of, team):
    an_event(team, title="Soon")
    an_event(team, title="Later", kind="study_tour", starts=days(90), ends=days(92))
    an_event(team, title="Long ago", starts=days(-90), ends=days(-89), state="held")
    page = browser_of(None).get("/en/events/").content.decode()
    tours = browser_of(None).get("/en/events/?kind=study_tour&network=nobody").content.decode()

    assert page.index("Soon") < page.index("Later") < page.index("Long ago")
    assert ("Soon" in tours, "Later" in tours) == (False, True)


def test_a_page_for_everybody_sets_no_cookie_and_names_only_who_agreed(browser_of, team):
    own = an_event(team)
    for name, consents in (("Agreed Person", ["participant_list"]), ("Silent Person", ["photos"])):
        Registration.objects.create(event=own, name=name, seat=Seat.COMING, consents=consents, diet="nuts", access=["hearing"])
    answer = browser_of(None).get(f"/en/events/{own.pk}/")
    page = answer.content.decode()

    assert not answer.cookies
    assert ("Agreed Person" in page, "Silent Person" in page) == (True, False)
    assert "nuts" not in page
    assert said("event.page.left", left=1, seats=3) in page


def test_nobody_of_another_team_changes_an_event(browser_of, person, team):
    other = Organisation.objects.create(kind=Kind.NETWORK, name="Other (invented)", network="other", is_invented=True)
    stranger = browser_of(person(Role.COORDINATOR, other, email="stranger@example.org"))
    own = an_event(team)
    pages = (
        "",
        "edit/",
        "outline/",
        "guests/",
        "shares/",
        "budget/",
        "travel/",
        "tasks/",
        "letters/",
        "letters/own/",
        "guests/csv/",
    )
    mine = [stranger.get(f"/en/workspace/{other.pk}/events/{own.pk}/{page}").status_code for page in pages]
    theirs = [stranger.get(f"/en/workspace/{team.pk}/events/{own.pk}/{page}").status_code for page in pages]

    assert set(mine) | set(theirs) == {404}


def test_civic_groups_hold_no_events_here(browser_of, person):
    civic = Organisation.objects.create(kind=Kind.CIVIC, name="Civic (invented)", is_invented=True)

    assert browser_of(person(Role.ADMIN, civic)).get(f"/en/workspace/{civic.pk}/events/").status_code == 404


def test_only_named_fields_of_a_form_change_anything(browser_of, organiser, team):
    own = an_event(team)
    form = {
        "version": "1", "title": "Neu", "kind": "workshop", "text": "x", "language": "de", "languages": ["de"],
        "zone": "Asia/Tokyo", "starts": days(50).isoformat(), "ends": days(50).isoformat(), "city": "Aarhus",
        "seats": "9999", "state": "held",
        "organisation": "1", "is_invented": "",
    }  # fmt: skip
    answer = browser_of(organiser).post(f"/en/workspace/{team.pk}/events/{own.pk}/edit/", form)
    own.refresh_from_db()

    assert answer.status_code == 302
    assert (own.title, own.city, own.zone) == ("Neu", "DK-0751", "Asia/Tokyo")
    assert (own.seats, own.state, own.organisation_id, own.is_invented) == (3, "open", team.pk, True)


def test_who_changes_an_older_version_is_told_and_loses_nothing(browser_of, organiser, team):
    own = an_event(team, version=4)
    form = {
        "version": "3", "title": "Mine", "kind": "workshop", "text": "x", "language": "de", "languages": ["de"], "zone": "UTC",
        "starts": days(50).isoformat(), "ends": days(50).isoformat(),
    }  # fmt: skip
    answer = browser_of(organiser).post(f"/en/workspace/{team.pk}/events/{own.pk}/edit/", form)

    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode()
    assert Event.objects.get().title == "Abwärme nutzen"


def test_an_event_goes_through_its_states(browser_of, organiser, team):
    own = an_event(team, state="draft")
    browser, here = browser_of(organiser), f"/en/workspace/{team.pk}/events/{own.pk}/move/"
    states = []
    for step in ("open", "close", "open", "hold", "cancel", "draft", "nothing"):
        browser.post(f"{here}{step}/", {"version": Event.objects.get().version})
        states.append(Event.objects.get().state)

    assert states == ["open", "closed", "open", "open", "cancelled", "draft", "draft"]


def test_the_outline_is_moved_changed_and_shortened(browser_of, organiser, team):
    own = an_event(team)
    browser, here = browser_of(organiser), f"/en/workspace/{team.pk}/events/{own.pk}/outline/"
    for title in ("A", "B", "C"):
        browser.post(here, {"title": title, "day": "1", "kind": "talk", "minutes": "30"})
    items = {one.title: one.pk for one in own.outline.all()}
    browser.post(f"{here}{items['C']}/up/")
    browser.post(f"{here}{items['A']}/drop/")
    browser.post(f"{here}?item={items['B']}", {"title": "B2", "day": "2", "kind": "workshop", "minutes": "45"})

    assert [(one.title, one.day, one.minutes) for one in own.outline.all()] == [("C", 1, 30), ("B2", 2, 45)]


def test_budgets_add_up_by_currency_and_person(browser_of, organiser, team):
    own = an_event(team)
    Registration.objects.create(event=own, name="A", seat=Seat.COMING, companion="B")
    browser, here = browser_of(organiser), f"/en/workspace/{team.pk}/events/{own.pk}/budget/"
    browser.post(here, {"what": "Lunch", "amount": "20.50", "currency": "EUR", "is_per_person": "on"})
    browser.post(here, {"what": "Hall", "amount": "100", "currency": "EUR", "is_spent": "on"})
    browser.post(here, {"what": "Print", "amount": "7", "currency": "DKK"})
    wrong = browser.post(here, {"what": "x", "amount": "-1", "currency": "euro"})
    page = browser.get(here).content.decode()

    assert wrong.status_code == 422
    assert said("event.budget.sum", planned="41.00", spent="100.00", currency="EUR") in page
    assert said("event.budget.sum", planned="7.00", spent="0.00", currency="DKK") in page


def test_tasks_lie_on_the_desk_when_they_are_near(browser_of, organiser, team):
    own = an_event(team)
    browser = browser_of(organiser)
    form = {"title": "Write to Aarhus", "owner": organiser.pk, "due": days(3).isoformat()}
    browser.post(f"/en/workspace/{team.pk}/events/{own.pk}/tasks/", form)
    before = browser.get(f"/en/workspace/{team.pk}/").content.decode()
    browser.post(f"/en/workspace/{team.pk}/events/{own.pk}/tasks/{own.tasks.get().pk}/done/")
    after = browser.get(f"/en/workspace/{team.pk}/").content.decode()

    assert ("Task: Write to Aarhus" in before, "Task: Write to Aarhus" in after) == (True, False)


def test_a_stranger_is_no_owner_of_a_task(browser_of, organiser, team, person):
    own = an_event(team)
    form = {"title": "x", "owner": person(email="other@example.org").pk}

    assert browser_of(organiser).post(f"/en/workspace/{team.pk}/events/{own.pk}/tasks/", form).status_code == 422


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_every_page_of_an_event_opens_in_every_language(browser_of, organiser, team, language):
    own = an_event(team, begins_at="09:00", ends_at="17:00")
    guest = Registration.objects.create(event=own, name="A", user=organiser, seat=Seat.COMING, asked=own.created, country="DE")
    browser, room = browser_of(organiser), f"/{language}/workspace/{team.pk}/events/"
    one = f"{room}{own.pk}/"
    pages = [
        f"/{language}/events/", f"/{language}/events/{own.pk}/", f"/{language}/events/seats/{guest.pk}/", room,
        f"{room}new/", one, *(f"{one}{page}/" for page in ("edit", "outline", "guests", "shares", "attendance", "budget")),
        f"{one}travel/", f"{one}tasks/",
        f"{one}letters/", f"{one}guests/{guest.pk}/", f"{one}letters/own/", f"{one}letters/reminder/",
        *(f"/{language}/events/seats/{guest.pk}/{part}/" for part in ("person", "needs", "travel", "consents", "erase", "data")),
        f"/{language}/events/seats/{guest.pk}/after/3/",
    ]  # fmt: skip

    assert {page: code for page in pages if (code := browser.get(page).status_code) != 200} == {}


def test_registering_needs_an_account_or_an_invitation(browser_of, team):
    own = an_event(team)
    answer = browser_of(None).post(f"/en/events/{own.pk}/register/", who())

    assert "/account/login/" in answer["Location"]
    assert not Registration.objects.exists()
