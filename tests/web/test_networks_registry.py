"""A network's registry: memberships open what is shared only with the city's word; classes, offices, bodies with sources."""

import datetime as dt

import pytest
from django.test import Client

from citytandem import load
from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.insights.networks import list_parts
from citytandem.web.live import networks_listed, networks_of
from citytandem.web.networks.models import Body, MemberClass, NetworkMember, Office, Registry
from citytandem.web.networks.sight import listed_of, sees_of
from tests.web.networks import AARHUS, HEIDELBERG, YOKOHAMA, add_member, day, set_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(person, browser_of):
    return set_scene(person, browser_of)


@pytest.fixture
def unconfirmed(person, browser_of):
    return set_scene(person, browser_of, confirmed=False)


def test_what_a_network_records_counts_for_sharing_only_once_the_city_has_confirmed_it(unconfirmed):
    own = NetworkMember.objects.get(city=HEIDELBERG)
    before = networks_of().get(HEIDELBERG, frozenset())
    unconfirmed.german.post(f"/en/workspace/{unconfirmed.heidelberg.pk}/ties/memberships/{own.pk}/confirm/", {"version": 1})
    after = networks_of()[HEIDELBERG]

    assert "demo" not in before
    assert "demo" in after
    assert "demo" not in networks_of().get(YOKOHAMA, frozenset())


def test_a_membership_that_has_not_begun_or_has_ended_opens_nothing(scene):
    NetworkMember.objects.filter(city=HEIDELBERG).update(since=day(5))
    NetworkMember.objects.filter(city=YOKOHAMA).update(until=day(0))

    assert "demo" not in networks_of().get(HEIDELBERG, frozenset())
    assert "demo" in networks_of(on=day(6))[HEIDELBERG]
    assert "demo" not in networks_of().get(YOKOHAMA, frozenset())
    assert "demo" in networks_of(on=day(-1))[YOKOHAMA]


def test_a_membership_that_ended_takes_a_city_out_though_an_older_list_names_it(db):
    city = load().membership.filter(network="race_to_zero")["city"].sort()[0]
    network = Organisation.objects.create(kind=Kind.NETWORK, name="R", network="race_to_zero", is_invented=True)
    before = networks_of()[city]
    add_member(network, city, until=day(-1))

    assert "race_to_zero" in before
    assert "race_to_zero" not in networks_of()[city]
    assert city not in listed_of(network, atlas=load(), on=day(0))
    assert "race_to_zero" in networks_listed()[city]


def test_a_city_that_declines_is_out_at_once_and_can_be_asked_again(scene):
    own = NetworkMember.objects.get(city=HEIDELBERG)
    scene.german.post(f"/en/workspace/{scene.heidelberg.pk}/ties/memberships/{own.pk}/decline/", {"version": 1})
    again = scene.coordinator.post(
        f"/en/workspace/{scene.network.pk}/network/members/new/",
        {"version": 0, "city": "Heidelberg", "since": day(0).isoformat(), "source": "letter"},
    )

    assert "demo" not in networks_of().get(HEIDELBERG, frozenset())
    assert again.status_code == 302
    assert "demo" not in networks_of().get(HEIDELBERG, frozenset())


def test_a_city_answers_only_for_itself(scene):
    other = NetworkMember.objects.get(city=YOKOHAMA)
    answer = scene.german.post(f"/en/workspace/{scene.heidelberg.pk}/ties/memberships/{other.pk}/decline/", {"version": 1})
    other.refresh_from_db()

    assert answer.status_code == 404
    assert other.declined is None


def test_longer_days_than_the_city_confirmed_need_its_word_again(scene):
    own = NetworkMember.objects.get(city=HEIDELBERG)
    address = f"/en/workspace/{scene.network.pk}/network/members/{own.pk}/"
    scene.coordinator.post(address, {"version": 1, "since": "2020-01-01", "capacity": 3, "source": "letter"})
    own.refresh_from_db()
    same_days = own.confirmed
    scene.coordinator.post(address, {"version": 2, "since": "2019-01-01", "capacity": 3, "source": "letter"})
    own.refresh_from_db()

    assert same_days is not None
    assert (own.since, own.confirmed, own.capacity) == (dt.date(2019, 1, 1), None, 3)


def test_memberships_of_a_city_never_overlap(scene):
    answer = scene.coordinator.post(
        f"/en/workspace/{scene.network.pk}/network/members/new/",
        {"version": 0, "city": HEIDELBERG, "since": "2018-01-01", "until": "2020-06-01", "source": "letter"},
    )

    assert answer.status_code == 422
    assert NetworkMember.objects.filter(city=HEIDELBERG).count() == 1


def test_two_people_on_one_membership_are_told(scene):
    own = NetworkMember.objects.get(city=HEIDELBERG)
    address = f"/en/workspace/{scene.network.pk}/network/members/{own.pk}/"
    form = {"version": 1, "since": "2020-01-01", "source": "letter"}
    first, second = scene.coordinator.post(address, form), scene.coordinator.post(address, form)

    assert (first.status_code, second.status_code) == (302, 409)


def test_a_network_reads_and_changes_only_its_own_registry(scene, person, browser_of):
    other = Organisation.objects.create(kind=Kind.NETWORK, name="Other (invented)", network="other", is_invented=True)
    stranger = browser_of(person(Role.COORDINATOR, other, email="o@example.org"))
    own = NetworkMember.objects.get(city=HEIDELBERG)
    made = MemberClass.objects.create(network=scene.network, title="Full", source="statute")
    addresses = [f"network/members/{own.pk}/", f"network/structure/class/{made.pk}/"]

    assert [stranger.get(f"/en/workspace/{scene.network.pk}/{one}").status_code for one in addresses] == [404, 404]
    assert [stranger.get(f"/en/workspace/{other.pk}/{one}").status_code for one in addresses] == [404, 404]
    assert stranger.post(f"/en/workspace/{other.pk}/network/structure/class/{made.pk}/drop/", {"version": 1}).status_code == 404
    assert MemberClass.objects.filter(pk=made.pk).exists()


def test_a_class_of_another_network_cannot_be_given(scene):
    other = Organisation.objects.create(kind=Kind.NETWORK, name="Other (invented)", network="other", is_invented=True)
    foreign = MemberClass.objects.create(network=other, title="Theirs", source="statute")
    own = NetworkMember.objects.get(city=HEIDELBERG)
    form = {"version": 1, "member_class": foreign.pk, "since": "2020-01-01", "source": "letter"}
    answer = scene.coordinator.post(f"/en/workspace/{scene.network.pk}/network/members/{own.pk}/", form)

    assert answer.status_code == 422


def test_classes_offices_and_bodies_are_written_changed_and_taken_out(scene):
    here = f"/en/workspace/{scene.network.pk}/network/structure/"
    scene.coordinator.post(f"{here}class/new/", {"version": 0, "title": "Full", "text": "all", "source": "statute"})
    scene.coordinator.post(
        f"{here}office/new/", {"version": 0, "title": "Chair", "city": "Aarhus", "since": "2025-01-01", "source": "minutes"}
    )
    body = {"version": 0, "kind": "forum", "title": "Heat", "cities": "Heidelberg\nJP-14100", "source": "minutes"}
    scene.coordinator.post(f"{here}body/new/", body)
    page = scene.coordinator.get(here).content.decode()
    made = MemberClass.objects.get()
    twice = scene.coordinator.post(f"{here}class/new/", {"version": 0, "title": "Full", "source": "statute"})
    scene.coordinator.post(f"{here}class/{made.pk}/drop/", {"version": 1})

    assert Office.objects.get().city == AARHUS
    assert Body.objects.get().cities == [HEIDELBERG, YOKOHAMA]
    assert all(text in page for text in ("Full", "Chair", "Heat", "minutes"))
    assert twice.status_code == 422
    assert not MemberClass.objects.exists()
    assert AuditEntry.objects.filter(action="registry.memberclass_dropped").count() == 1


def test_an_office_names_its_holder_and_ends_after_it_begins(scene):
    here = f"/en/workspace/{scene.network.pk}/network/structure/office/new/"
    nobody = scene.coordinator.post(here, {"version": 0, "title": "Chair", "source": "minutes"})
    backwards = {"version": 0, "title": "Chair", "holder": "x", "since": "2025-01-01", "until": "2024-01-01", "source": "m"}

    assert nobody.status_code == 422
    assert scene.coordinator.post(here, backwards).status_code == 422


def test_the_registry_is_public_only_when_the_network_says_so_and_names_only_confirmed_members(db):
    network = Organisation.objects.create(kind=Kind.NETWORK, name="C (invented)", network="c40", is_invented=True)
    Body.objects.create(network=network, kind="forum", title="Forum of heat", source="minutes")
    add_member(network, HEIDELBERG, confirmed=True)
    add_member(network, AARHUS, confirmed=False)
    before = Client().get("/en/networks/c40/").content.decode()
    Registry.objects.create(network=network, is_public=True)
    after = Client().get("/en/networks/c40/?again").content.decode()

    assert "Forum of heat" not in before
    assert "Forum of heat" in after
    assert f"/en/cities/{HEIDELBERG}/" in after
    assert f"/en/cities/{AARHUS}/" not in after


def test_classes_offices_and_bodies_of_networks_stand_with_source_and_mark():
    parts = list_parts(load(), "c40")
    page = Client().get("/en/networks/c40/").content.decode()

    assert {one.part for one in parts} == {"class", "office", "body"}
    assert all(one.source and one.mark in {"S", "K", "P"} for one in parts)
    assert "Innovator city" in page
    assert "read in its source" in page
    assert {one.title for one in list_parts(load(), "eurocities")} >= {"Full member", "Executive committee"}


def test_a_network_sees_ties_of_cities_that_agreed_or_that_nobody_here_speaks_for(unconfirmed):
    add_member(unconfirmed.network, AARHUS, confirmed=False)

    assert sees_of(unconfirmed.network, cities=[HEIDELBERG, AARHUS]) == {AARHUS}
