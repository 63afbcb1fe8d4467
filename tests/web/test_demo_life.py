"""The demo's network is alive on the first start: real cities, invented people who say so, nothing made twice."""

import pytest

from citytandem.web.accounts.models import Organisation, User
from citytandem.web.agendas.models import Plan
from citytandem.web.agreements.models import Agreement
from citytandem.web.demo.life import compute_life, load_life
from citytandem.web.demo.pairs import read_asks
from citytandem.web.demo.people import load_people
from citytandem.web.events.models import Event, Registration
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.programmes.models import Programme, Tandem

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def alive():
    load_people()
    load_life()


def test_everything_the_teams_ask_for_is_in_the_catalogue_and_every_city_in_the_atlas():
    from citytandem.atlas import load

    measures, cities = set(title_measures("en")), set(load().city["city"])
    asked = read_asks()

    assert {measure for one in asked for measure in (*one.learns_measures, *one.offers_measures)} <= measures
    assert {one.city for one in asked} <= cities


def test_people_programmes_events_and_guests_say_that_they_are_invented(alive):
    assert Registration.objects.filter(is_invented=False).count() == 0
    assert Event.objects.filter(is_invented=False).count() == 0
    assert Programme.objects.filter(is_invented=False).count() == 0
    assert Organisation.objects.filter(is_invented=False).count() == 0
    assert User.objects.filter(is_invented=False).count() == 0
    assert all("invented" in one.title for one in [*Event.objects.all(), *Programme.objects.all()])


def test_a_second_start_adds_nothing(alive):
    before = [model.objects.count() for model in (User, Organisation, Programme, Event, Registration)]
    load_people()
    load_life()

    assert [model.objects.count() for model in (User, Organisation, Programme, Event, Registration)] == before


def test_the_solvers_pair_the_cities_and_place_the_conference(alive):
    compute_life.call()
    tandems = Tandem.objects.prefetch_related("sides")
    plan = Plan.objects.get()

    assert {one.state for one in tandems} >= {"agreed", "running", "proposed"}
    assert sum(one.sides.count() for one in tandems) >= 12
    assert Agreement.objects.get().state == "signed"
    assert plan.edition == 1
    assert plan.worst_share > 0
