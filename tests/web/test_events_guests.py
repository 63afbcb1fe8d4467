"""Guests: personal links, who reads what of them, what they take along, and being forgotten."""

import csv
import io
import json
from datetime import date, time

import pytest
from django.core import mail

from citytandem.web.accounts.models import AuditEntry, Role
from citytandem.web.accounts.personal import erase_person, gather_personal_data
from citytandem.web.events import seats
from citytandem.web.events.forgetting import forget_due, forget_registration
from citytandem.web.events.links import address_of, token_of
from citytandem.web.events.models import Event, Registration, Seat
from citytandem.web.events.times import begins, tell_clocks
from tests.web.events import an_event, days, network, who

pytestmark = pytest.mark.django_db
NEEDS = {"diet": "no peanuts at all", "access": ["wheelchair"], "access_text": "a ramp please", "languages": ["de"]}


@pytest.fixture
def organiser(person):
    return person(Role.COORDINATOR, network())


@pytest.fixture
def event(organiser):
    return an_event(organiser.memberships.get().organisation)


@pytest.fixture
def guest(event, organiser):
    return seats.invite_guest(by=organiser, event=event, name="Erika", email="erika@example.org", language="de")


def test_a_guest_without_an_account_answers_changes_and_withdraws(browser_of, event, guest):
    browser = browser_of(None)
    opened = browser.get(address_of(guest))
    here = opened["Location"]
    browser.post(f"{here}person/", who(name="Erika M."))
    coming = Registration.objects.get().seat
    browser.post(f"{here}needs/", NEEDS)
    browser.post(f"{here}consents/", {"consents": ["participant_list"]})
    page = browser.get(here).content.decode()
    browser.post(f"{here}withdraw/")
    own = Registration.objects.get()

    assert token_of(guest) not in here
    assert coming == "coming"
    assert "no peanuts at all" in page
    assert (own.seat, own.access, own.consents) == ("cancelled", ["wheelchair"], ["participant_list"])


def test_a_link_opens_one_registration_alone(browser_of, event, guest, organiser):
    other = seats.invite_guest(by=organiser, event=event, name="Other", email="other@example.org", language="de")
    browser = browser_of(None)
    browser.get(address_of(guest))
    pages = ("", "person/", "needs/", "data/", "erase/", "after/3/")

    assert {browser.get(f"/de/events/seats/{other.pk}/{page}").status_code for page in pages} == {404}
    assert browser.post(f"/de/events/seats/{other.pk}/withdraw/").status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 64, "0", "-" * 64])
def test_a_guessed_link_opens_nothing(browser_of, guest, token):
    assert browser_of(None).get(f"/de/events/guest/{token}/").status_code == 404


def test_the_database_keeps_no_link(guest):
    assert token_of(guest) not in str(list(Registration.objects.values()))


def test_links_end_when_they_are_replaced_or_the_time_is_over(browser_of, event, guest, organiser):
    browser, old = browser_of(None), address_of(guest)
    here = browser.get(old)["Location"]
    renewed = seats.end_links(registration=guest, by=organiser)
    after = (browser.get(old).status_code, browser.get(here).status_code, browser.get(address_of(renewed)).status_code)
    Registration.objects.update(keep_until=days(-1))

    assert after == (404, 404, 302)
    assert browser.get(address_of(renewed)).status_code == 404


def test_needs_and_passports_are_read_by_organisers_and_the_guest_alone(browser_of, person, event, guest, organiser):
    Registration.objects.update(**NEEDS, passport_name="ERIKA GEHEIM", visa_letter=True, seat=Seat.COMING)
    Registration.objects.update(consents=["participant_list"])
    viewer = person(Role.VIEWER, event.organisation, email="viewer@example.org")
    addresses = [
        f"/en/events/{event.pk}/", "/en/events/", f"/en/workspace/{event.organisation_id}/events/{event.pk}/",
        f"/en/workspace/{event.organisation_id}/events/{event.pk}/travel/",
    ]  # fmt: skip
    others = [browser_of(one).get(url).content.decode() for one in (None, viewer) for url in addresses]
    closed = browser_of(viewer).get(f"/en/workspace/{event.organisation_id}/events/{event.pk}/guests/{guest.pk}/")
    inside = browser_of(organiser).get(f"/en/workspace/{event.organisation_id}/events/{event.pk}/guests/{guest.pk}/")

    assert [page for page in others if "peanuts" in page or "GEHEIM" in page or "ramp" in page] == []
    assert closed.status_code == 403
    assert "no peanuts at all" in inside.content.decode()


def test_guests_change_nothing_but_what_they_say(browser_of, event, guest):
    browser = browser_of(None)
    here = browser.get(address_of(guest))["Location"]
    wrong = {
        "seat": "coming", "attended": "on", "user": "1", "event": "99", "email": "x@x.example", "keep_until": "2999-01-01",
        "version": "0", "asked": "2000-01-01", "diet": "nothing",
    }  # fmt: skip
    Event.objects.update(seats=0)
    browser.post(f"{here}person/", {**who(), **wrong})
    own = Registration.objects.get()

    assert (own.seat, own.attended, own.user_id, own.event_id, own.email) == (
        "waiting",
        None,
        None,
        event.pk,
        "erika@example.org",
    )
    assert (own.diet, own.keep_until) == ("", days(41 + 400))


@pytest.mark.parametrize(
    "wrong", [{"country": "XX"}, {"role": "queen"}, {"language": "tlh"}, {"name": ""}, {"organisation_kind": "x"}]
)
def test_what_cannot_be_is_refused(browser_of, guest, wrong):
    browser = browser_of(None)
    here = browser.get(address_of(guest))["Location"]

    assert browser.post(f"{here}person/", who(**wrong)).status_code == 422
    assert Registration.objects.get().seat == "invited"


def test_who_signs_in_takes_up_the_invitation_to_their_address(browser_of, person, event, guest):
    user = person(email="erika@example.org")
    browser_of(user).post(f"/de/events/{event.pk}/register/", who())
    own = Registration.objects.get()

    assert (own.user, own.email, own.seat) == (user, "", "coming")


def test_a_passport_is_asked_for_a_letter_and_forgotten_without_one(browser_of, guest):
    browser = browser_of(None)
    here = browser.get(address_of(guest))["Location"]
    unnamed = browser.post(f"{here}travel/", {"visa_letter": "on"})
    browser.post(f"{here}travel/", {"visa_letter": "on", "passport_name": "ERIKA", "nationality": "JP", "departure": "Aarhus"})
    kept = Registration.objects.values_list("passport_name", "nationality", "departure").get()
    browser.post(f"{here}travel/", {"passport_name": "ERIKA", "nationality": "JP"})

    assert unnamed.status_code == 422
    assert kept == ("ERIKA", "JP", "DK-0751")
    assert Registration.objects.values_list("passport_name", "nationality").get() == ("", "")


def test_guests_take_their_data_along_without_what_opens_them(browser_of, guest):
    browser = browser_of(None)
    here = browser.get(address_of(guest))["Location"]
    browser.post(f"{here}person/", who())
    told = json.loads(browser.get(f"{here}data/").content)

    assert (told["name"], told["email"], told["seat"]) == ("Erika Muster", "erika@example.org", "coming")
    assert "token_sha256" not in told


def test_who_is_forgotten_leaves_no_trace_and_a_free_seat(browser_of, person, event, guest):
    Event.objects.update(seats=1)
    browser = browser_of(None)
    here = browser.get(address_of(guest))["Location"]
    browser.post(f"{here}person/", who())
    browser.post(f"{here}needs/", NEEDS)
    waiting = seats.register(user=person(email="next@example.org"), event=event, values=who(name="Next"))
    browser.post(f"{here}erase/")
    rows = str(list(Registration.objects.filter(pk=guest.pk).values())) + str(list(AuditEntry.objects.values()))
    waiting.refresh_from_db()

    assert [word for word in ("Erika", "erika", "peanuts", "ramp", "Stadt") if word in rows] == []
    assert waiting.seat == "coming"
    assert browser.get(here).status_code == 404


def test_what_is_due_is_forgotten_and_what_is_not_stays(event, organiser):
    for name, keep in (("Old", days(-1)), ("New", days(1))):
        Registration.objects.create(event=event, name=name, email=f"{name}@example.org", keep_until=keep, seat=Seat.COMING)

    assert forget_due(on=days(0)) == 1
    assert set(event.registrations.values_list("name", flat=True)) == {"–", "New"}


def test_names_of_passports_are_forgotten_when_the_event_is_over(event):
    Registration.objects.create(
        event=event, name="A", passport_name="A B", nationality="JP", keep_until=days(400), seat=Seat.COMING
    )
    Event.objects.update(starts=days(-2), ends=days(-1))
    forget_due(on=days(0))

    assert Registration.objects.values_list("name", "passport_name", "nationality").get() == ("A", "", "")


def test_an_account_that_goes_takes_its_registrations_along(person, event):
    user = person(email="gone@example.org")
    seats.register(user=user, event=event, values=who(name="Gone Person"))
    Registration.objects.create(event=event, name="Gone Too", email="GONE@example.org", seat=Seat.INVITED)
    told = gather_personal_data(user)
    erase_person(user)

    assert {one["name"] for one in told["events.guest"]} == {"Gone Person", "Gone Too"}
    assert set(Registration.objects.values_list("name", "email")) == {("–", "")}


def test_forgetting_twice_forgets_once(event, guest):
    forget_registration(guest, by=None)
    count = AuditEntry.objects.filter(action="registration.forgotten").count()

    assert (count, forget_due(on=days(900))) == (1, 0)


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@x", "\t=1", " =1+1"])
def test_no_cell_of_an_export_is_a_formula(browser_of, event, organiser, name):
    Registration.objects.create(event=event, name=name, diet=name, seat=Seat.COMING)
    answer = browser_of(organiser).get(f"/en/workspace/{event.organisation_id}/events/{event.pk}/guests/csv/")
    rows = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))

    assert all(not cell.lstrip(" \t").startswith(("=", "+", "-", "@")) for cell in rows[1])
    assert "passport_name" not in rows[0]


def test_guests_are_invited_line_by_line_in_their_language(browser_of, event, organiser):
    here = f"/en/workspace/{event.organisation_id}/events/{event.pk}/guests/invite/"
    wrong = browser_of(organiser).post(here, {"guests": "A, a@example.org\nnobody", "language": "ja", "role": "mayor"})
    nobody = Registration.objects.count()
    lines = {"guests": "見本 花子, a@example.org\nb@example.org\n\nA, A@EXAMPLE.org", "language": "ja", "role": "mayor"}
    browser_of(organiser).post(here, lines)

    assert (wrong.status_code, nobody) == (422, 0)
    assert Registration.objects.count() == 2
    assert sorted(one.to[0] for one in mail.outbox) == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2027, 3, 27), 1), (date(2027, 3, 28), 2), (date(2027, 10, 30), 2), (date(2027, 10, 31), 1)]
)
def test_hours_are_told_right_on_the_days_clocks_change(event, day, offset):
    event.starts = event.ends = day
    event.begins_at, event.ends_at = time(9), time(17)
    moment = begins(event)
    clocks = {clock.zone: clock for clock in tell_clocks(event, language="en")}

    assert moment is not None
    assert moment.utcoffset().total_seconds() == offset * 3600
    assert clocks["Asia/Tokyo"].begins.endswith(f"{9 + 9 - offset}:00")
    assert clocks["Europe/Berlin"].begins.endswith("09:00")
    assert f"UTC+{offset}" in clocks["Europe/Berlin"].place


@pytest.mark.parametrize("paper", ["badges", "delegation"])
def test_papers_of_all_are_made_for_organisers(browser_of, event, organiser, paper):
    Registration.objects.create(event=event, name="見本 花子", seat=Seat.COMING, languages=["ja"], is_invented=True)
    answer = browser_of(organiser).get(f"/de/workspace/{event.organisation_id}/events/{event.pk}/papers/{paper}/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_certificate_is_for_those_who_were_there(browser_of, guest):
    browser = browser_of(None)
    here = browser.get(address_of(guest))["Location"]
    before = browser.get(f"{here}papers/certificate/").status_code
    Registration.objects.update(seat=Seat.COMING, attended=True)

    assert before == 404
    assert browser.get(f"{here}papers/certificate/").content.startswith(b"%PDF")


def test_journeys_are_added_up_with_interval_and_sources(browser_of, event, organiser):
    here = f"/en/workspace/{event.organisation_id}/events/{event.pk}/travel/"
    empty = browser_of(organiser).get(here).content.decode()
    for name, city, mode in (("A", "DK-0751", "train"), ("B", "JP-14100", "flight"), ("C", "", "")):
        Registration.objects.create(event=event, name=name, departure=city, mode=mode, seat=Seat.COMING)
    page = browser_of(organiser).get(here).content.decode()

    assert "No guest has said yet" in empty
    assert "2 of 3 guests" in page
    assert "aeroplane" in page
    assert "read in the source" in page
