"""Pages of pilot programmes: what an office writes, what everybody reads, what the demo shows, what is forgotten."""

import re

import pytest
from django.urls import reverse

from citytandem.web.accounts.models import Role
from citytandem.web.accounts.personal import erase_person, gather_personal_data
from citytandem.web.demo.people import load_people
from citytandem.web.demo.pilots import load_pilots
from citytandem.web.pilots.models import Certificate, Lesson, PilotCity, PilotProgramme
from tests.web.pilots import YIXING, make_office, make_pilot, make_programme, make_team, today

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def chief(person, office):
    return person(Role.PUBLISHER, office, email="chief@example.org")


@pytest.fixture
def browser(browser_of, chief):
    return browser_of(chief)


def test_a_programme_begins_with_five_stages_in_the_language_it_is_written_in(browser, office):
    told = {
        "version": 0, "title": "Pilotstädte", "language": "de", "framework": "sino_german_2018", "starts": str(today()),
        "months_valid": 36,
    }  # fmt: skip
    answer = browser.post(reverse("pilot_begin", args=[office.pk]), told)
    made = PilotProgramme.objects.get()

    assert answer.url.endswith(f"/pilots/{made.pk}/")
    assert made.stages.count() == 5
    assert made.state == "draft"
    assert made.is_invented


def test_a_known_pilot_city_is_linked_to_the_atlas_and_its_team_is_found(browser, office, chief):
    team, programme = make_team(), make_programme(office, chief)
    told = {"version": 0, "known_as": "yixing", "joined": str(today()), "is_shown": "on"}
    browser.post(reverse("pilot_new_city", args=[office.pk, programme.pk]), told)
    own = PilotCity.objects.get()

    assert (own.city, own.country, own.organisation) == (YIXING, "CN", team)


def test_a_place_that_is_not_in_the_atlas_is_taken_in_by_its_name(browser, office, chief):
    programme = make_programme(office, chief)
    told = {"version": 0, "known_as": "qilin", "joined": str(today()), "is_shown": "on"}
    browser.post(reverse("pilot_new_city", args=[office.pk, programme.pk]), told)
    own = PilotCity.objects.get()
    page = browser.get(reverse("pilot_city", args=[office.pk, programme.pk, own.pk])).content.decode()

    assert (own.city, own.within) == ("", "CN-G1799962")
    assert "Qilin" in own.place
    assert "cannot be assessed here" in page


@pytest.mark.parametrize("told", [{}, {"city": "Nirgendwo am See"}])
def test_a_city_that_is_named_by_nothing_is_asked_for_again(browser, office, chief, told):
    programme = make_programme(office, chief)
    answer = browser.post(
        reverse("pilot_new_city", args=[office.pk, programme.pk]), {"version": 0, "joined": str(today()), **told}
    )

    assert answer.status_code == 422
    assert not PilotCity.objects.exists()


def test_a_city_takes_part_once(browser, office, chief):
    programme = make_programme(office, chief)
    make_pilot(programme, chief)
    told = {"version": 0, "known_as": "yixing", "joined": str(today())}
    answer = browser.post(reverse("pilot_new_city", args=[office.pk, programme.pk]), told)

    assert answer.status_code == 422
    assert programme.cities.count() == 1


@pytest.mark.parametrize("kind", ["milestone", "visit", "finding"])
def test_an_office_writes_rows_and_a_city_does_not(browser, browser_of, person, office, chief, kind):
    team = make_team()
    pilot = make_pilot(make_programme(office, chief), chief, organisation=team)
    officer = person(Role.PUBLISHER, team, email="officer@example.org")
    told = {
        "version": 0, "title": "Leitbild", "due": str(today()), "on": str(today()), "assessors": "A, B", "language": "de",
        "graveness": "minor", "text": "Etwas fehlt.",
    }  # fmt: skip
    here = [pilot.programme_id, pilot.pk, kind]
    mine = browser.post(reverse("pilot_new_row", args=[office.pk, *here]), told)
    theirs = browser_of(officer).post(reverse("pilot_new_row", args=[team.pk, *here]), told)

    assert (mine.status_code, theirs.status_code) == (302, 403)


def test_a_lesson_becomes_a_case_of_this_city(browser, office, chief):
    pilot = make_pilot(make_programme(office, chief), chief)
    told = {
        "version": 0, "policy": "Zähler in Schulen", "title": "Management", "region_type": "heavy_industry", "phase": "renewal",
        "first_year": 2024, "instrument": "Energiemanagement", "happened": "Gemessen.", "evidence": "report", "mark": "K",
        "language": "de",
    }  # fmt: skip
    answer = browser.post(reverse("pilot_lesson", args=[office.pk, pilot.programme_id, pilot.pk]), told)
    lesson = Lesson.objects.get()

    assert answer.status_code == 302
    assert (lesson.case.city, lesson.case.state) == (YIXING, "draft")


def test_a_contact_is_told_what_is_known_of_them_and_forgotten_with_their_account(person, office, chief):
    contact = person(email="contact@example.org")
    pilot = make_pilot(make_programme(office, chief), chief, contact_name="Erfunden", contact_email="contact@example.org")
    told = gather_personal_data(contact)
    erase_person(contact)
    pilot.refresh_from_db()

    assert told["pilots.contact"][0]["contact_name"] == "Erfunden"
    assert (pilot.contact_name, pilot.contact_email) == ("", "")


def test_real_pilot_cities_are_listed_with_their_sources(browser_of):
    page = browser_of(None).get("/zh-hans/pilots/").content.decode()

    assert "宜兴" in page
    assert "https://www.dena.de/" in page


@pytest.fixture
def demo(db):
    load_people()
    load_pilots()
    return PilotProgramme.objects.get()


def test_the_demo_shows_cities_at_different_stages_and_says_that_it_is_invented(demo, browser_of):
    page = browser_of(None).get(f"/en/pilots/{demo.pk}/").content.decode()
    names = re.findall(r'/cities/\d+/">([^<]+)</a></th>', page)

    assert demo.is_invented
    assert len({one.stage_id for one in demo.cities.all()}) == 5
    assert names == sorted(names)
    assert page.count("expired") == 1


def test_a_second_load_of_the_demo_adds_nothing(demo):
    before = (PilotCity.objects.count(), Certificate.objects.count())
    load_pilots()

    assert (PilotCity.objects.count(), Certificate.objects.count()) == before


@pytest.mark.parametrize("language", ["de", "zh-hans"])
def test_every_public_page_of_the_demo_answers_without_a_cookie(demo, browser_of, language):
    city, number = demo.cities.first(), Certificate.objects.first().number
    pages = [
        "", f"{demo.pk}/", f"{demo.pk}/portfolio/", f"{demo.pk}/portfolio/csv/", f"{demo.pk}/cities/{city.pk}/",
        "certificates/", f"certificates/{number}/",
    ]  # fmt: skip
    answers = [browser_of(None).get(f"/{language}/pilots/{page}") for page in pages]

    assert [one.status_code for one in answers] == [200] * len(pages)
    assert not any(one.cookies for one in answers)
