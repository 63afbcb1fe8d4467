"""Networks: alphabetical lists, who is tied to whom, what is missing; the coordinator's room shows whom to invite."""

import csv
import datetime as dt
import re

import pytest
from django.test import Client

from citytandem import load
from citytandem.gazetteer import fold
from citytandem.web.accounts.actions import record
from citytandem.web.accounts.models import Kind, Organisation, Role
from citytandem.web.insights.networks import describe, list_networks, members_of, read_told, tabulate_members
from citytandem.words import Speech

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
KEY = "race_to_zero"


@pytest.fixture
def network(db) -> Organisation:
    return Organisation.objects.create(kind=Kind.NETWORK, name="Network (invented)", network=KEY, is_invented=True)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_members_stand_in_the_order_of_the_alphabet_of_the_page(language):
    atlas = load()
    circle = describe(atlas, members_of(atlas, KEY), speech=Speech(language))

    assert [one.name for one in circle.members] == sorted((one.name for one in circle.members), key=fold)
    assert circle.counts["members"] == len(members_of(atlas, KEY)) > 100


def test_every_tie_is_between_two_members_and_the_others_are_named_as_without_one():
    atlas = load()
    members = set(members_of(atlas, KEY))
    circle = describe(atlas, members, speech=Speech("en"))
    tied = {city for bond in circle.bonds for city in (bond.city, bond.other)}

    assert tied <= members
    assert {one.city for one in circle.alone} == members - tied
    assert sum(one.ties for one in circle.members) == 2 * len({(bond.city, bond.other) for bond in circle.bonds})


def test_nobody_is_counted_as_having_what_is_not_known():
    atlas = load()
    circle = describe(atlas, members_of(atlas, KEY), speech=Speech("en"))
    known = set(atlas.balance["city"])

    assert {one.city for one in circle.without_balance} == {one.city for one in circle.members} - known
    assert {one.city for one in circle.without_stages} == {one.city for one in circle.members} - set(atlas.stage["city"])


def test_the_newest_balance_of_a_member_is_its_newest():
    atlas = load()
    yokohama = describe(atlas, ["JP-14100"], speech=Speech("en")).members[0]

    assert yokohama.year == atlas.balance.filter(city="JP-14100")["year"].max()
    assert yokohama.method


def test_the_list_of_networks_is_alphabetical_and_says_only_what_was_read_in_a_source():
    atlas = load()
    networks = list_networks(atlas)
    recalled = set(atlas.facts.network["network"]) - set(atlas.facts.network.filter(mark="S")["network"])

    assert [one.name for one in networks] == sorted((one.name for one in networks), key=fold)
    assert {one.key for one in networks} & recalled == set()
    assert {one.known for one in networks if one.key == KEY} == {len(members_of(atlas, KEY))}


def test_the_newest_count_of_members_goes_with_its_year_and_source():
    told = read_told(load(), "c40")

    assert (told.members, told.year, told.founded) == (96, 2023, 2005)
    assert told.source


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_both_pages_answer_without_a_cookie(language):
    for path in (f"/{language}/networks/", f"/{language}/networks/{KEY}/", f"/{language}/networks/c40/"):
        answer = Client().get(path)

        assert answer.status_code == 200
        assert answer.cookies == {}


def test_the_page_offers_every_member_for_a_look_side_by_side():
    page = Client().get(f"/en/networks/{KEY}/").content.decode()

    assert len(re.findall(r'<input type="checkbox" name="city" value="', page)) == len(members_of(load(), KEY))
    assert 'action="/en/compare/"' in page
    assert "Team here" not in page


def test_a_network_without_a_list_says_what_a_list_would_open():
    page = Client().get("/en/networks/c40/").content.decode()

    assert "no list of the members" in page
    assert "(2023)" in page


def test_a_network_nobody_knows_is_not_there():
    assert Client().get("/en/networks/moon/").status_code == 404
    assert Client().get("/en/networks/moon/members.csv").status_code == 404


def test_the_file_holds_the_members_of_the_page_and_where_they_come_from():
    text = Client().get(f"/de/networks/{KEY}/members.csv").content.decode()
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))

    assert len(rows) == len(members_of(load(), KEY))
    assert "# source: " in text
    assert "sha256" in text
    assert list(rows[0]) == tabulate_members(describe(load(), [], speech=Speech("en"))).columns


def test_a_coordinator_sees_who_has_a_team_and_when_it_last_did_something(network, person, browser_of):
    team = Organisation.objects.create(kind=Kind.CITY, name="Yokohama (invented team)", city="JP-14100", is_invented=True)
    record(user=None, organisation=team, action="balance.published")
    browser = browser_of(person(Role.COORDINATOR, network))
    page = browser.get(f"/en/workspace/{network.pk}/network/").content.decode()
    row = re.search(r"<tr><th[^>]*><a href=\"/en/cities/JP-14100/\".*?</tr>", page, re.DOTALL)[0]

    assert f"/en/workspace/{network.pk}/network/" in browser.get(f"/en/workspace/{network.pk}/").content.decode()
    assert "<td>yes</td>" in row
    assert str(dt.datetime.now(dt.UTC).year) in row
    assert page.count("<td>not yet</td>") == len(members_of(load(), KEY)) - 1


def test_the_members_of_an_invented_network_without_a_list_are_the_invented_teams(heidelberg, person, browser_of):
    own = Organisation.objects.create(kind=Kind.NETWORK, name="Demo (invented)", network="demo", is_invented=True)
    page = browser_of(person(Role.COORDINATOR, own)).get(f"/en/workspace/{own.pk}/network/").content.decode()

    assert f"/en/cities/{heidelberg.city}/" in page
    assert "This network is invented" in page


def test_a_real_network_without_a_list_is_given_no_members(heidelberg, person, browser_of):
    own = Organisation.objects.create(kind=Kind.NETWORK, name="Real one", network="unlisted")
    page = browser_of(person(Role.COORDINATOR, own)).get(f"/en/workspace/{own.pk}/network/").content.decode()

    assert heidelberg.city not in page
    assert "No members are known" in page


def test_the_room_is_only_there_for_networks_and_for_their_own_people(network, heidelberg, person, browser_of):
    admin = browser_of(person(Role.ADMIN, heidelberg))

    assert admin.get(f"/en/workspace/{heidelberg.pk}/network/").status_code == 404
    assert admin.get(f"/en/workspace/{network.pk}/network/").status_code == 404
    assert Client().get(f"/en/workspace/{network.pk}/network/").status_code == 302
