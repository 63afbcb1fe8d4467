"""The peer panel: every choice changes what it should and stands in the address; what is none is refused with the choices."""

import re

import pytest
from django.test import Client

from citytandem import load
from citytandem.readiness import prepare_all
from citytandem.web.insights.peers_choices import PeerChoices
from citytandem.web.insights.peers_panel import ask_peers

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/en/cities/DE-08212000/peers/"


def open_panel(query: str = "", **headers: str):
    return Client().get(f"{PAGE}{query}", headers=headers)


def peers_on(page: str) -> list[str]:
    return re.findall(r'<li><div><a href="/en/cities/([^/]+)/">', page)


def test_the_panel_shows_peers_with_reason_and_how_firmly_they_are_peers():
    page = open_panel().content.decode()
    peers = peers_on(page)

    assert len(peers) == 12
    assert "DE-08222000" in peers
    assert page.count("stays a peer under") == 12
    assert "Alike in Population" in page
    assert "What never enters: outcomes" in page
    assert '<svg class="strips"' in page


def test_peers_stand_in_the_order_of_likeness_and_nothing_else():
    page = open_panel("?sort=emissions").content.decode()
    shares = [int(share) for share in re.findall(r"Alike (\d+)%", page)]

    assert len(shares) == 12
    assert shares == sorted(shares, reverse=True)


def test_a_weight_changes_the_peers_and_stands_in_the_address():
    usual = peers_on(open_panel().content.decode())
    answer = open_panel("?of=overall&weight-population=5&weight-hdd=0&weight-koppen=0.5", **{"HX-Request": "true"})
    page = answer.content.decode()

    assert peers_on(page) != usual
    assert answer["HX-Push-Url"] == f"{PAGE}?weight-population=5&weight-hdd=0"
    assert "<html" not in page
    assert 'hx-swap-oob="true"' in page


def test_the_address_alone_shows_the_same_to_a_colleague():
    changed = open_panel("?weight-population=5&weight-hdd=0", **{"HX-Request": "true"}).content.decode()
    opened = open_panel("?weight-population=5&weight-hdd=0").content.decode()

    assert peers_on(changed) == peers_on(opened)
    assert "<html" in opened


def test_weights_of_another_question_are_forgotten():
    answer = open_panel("?of=overall&question=transport&weight-hdd=1.5&weight-population=1.5", **{"HX-Request": "true"})

    assert answer["HX-Push-Url"] == f"{PAGE}?question=transport"


def test_a_peer_can_be_left_out_and_taken_back():
    page = open_panel("?remove=DE-08222000").content.decode()

    assert "DE-08222000" not in peers_on(page)
    assert f'href="{PAGE}"' in page
    assert "Left out by you" in page


def test_a_city_can_be_added_by_name_and_is_marked():
    page = open_panel("?more=Yokohama-shi").content.decode()
    added = open_panel("?add=JP-14100").content.decode()

    assert "JP-14100" in peers_on(added)
    assert "added by you" in added
    assert 'name="add" value="JP-14100"' in added
    assert 'id="peer-panel"' in page


def test_a_name_that_is_not_known_is_told_beside_the_peers():
    answer = open_panel("?more=qqqqqqq")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "We do not know a city" in page
    assert len(peers_on(page)) == 12


def test_limits_leave_only_what_they_allow():
    japan = peers_on(open_panel("?country=JP").content.decode())
    network = peers_on(open_panel("?network=race_to_zero&reach=wider").content.decode())
    members = set(load().membership["city"])

    assert {peer[:2] for peer in japan} == {"JP"}
    assert set(network) <= members


def test_the_number_of_peers_is_as_asked():
    assert len(peers_on(open_panel("?k=8").content.decode())) == 8


def test_too_few_true_peers_are_said_and_ways_out_offered():
    page = open_panel("?country=FR").content.decode()

    assert "no true peers" in page
    assert peers_on(page) == []
    assert f'href="{PAGE}"' in page
    assert f'href="{PAGE}?reach=elsewhere&amp;country=FR"' in page


def test_role_models_elsewhere_are_shown_as_cities_that_differ():
    page = open_panel("?country=US&reach=elsewhere").content.decode()

    assert len(peers_on(page)) >= 5
    assert "Not all of these are true peers" in page


def test_peers_can_be_held_over_time():
    then = ask_peers(load(), city="DE-08212000", choices=PeerChoices(year=2018))
    held = ask_peers(load(), city="DE-08212000", choices=PeerChoices(year=2015, held=2018))

    assert held.year == 2015
    assert set(held.peers.peer["peer"]) <= set(then.peers.peer["peer"])
    assert held.peers.peer.height >= 5


def test_more_cities_may_be_added_than_there_is_room_for():
    many = ask_peers(load(), city="DE-08212000", choices=PeerChoices(k=15)).peers.peer["peer"].to_list()
    found = ask_peers(load(), city="DE-08212000", choices=PeerChoices(k=8, add=tuple(many)))

    assert sorted(found.peers.peer["peer"]) == sorted(many)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("weight-population=-1", 422), ("weight-population=nan", 422), ("weight-population=9", 422), ("weight-emissions=1", 422),
        ("k=3", 422), ("window=99", 422), ("reach=far", 422), ("question=joy", 422), ("country=ZZ", 422), ("network=moon", 422),
        ("year=1850", 422), ("held=1850", 422), ("add=qqqqqqq", 404), ("remove=qqqqqqq", 404),
    ],
)  # fmt: skip
def test_a_choice_that_is_none_is_refused_with_the_choices(query, status):
    assert open_panel(f"?{query}").status_code == status


def test_no_weight_at_all_says_what_could_have_one():
    variables = prepare_all(load()).profiles["overall"]
    page = open_panel("?" + "&".join(f"weight-{name}=0" for name in variables)).content.decode()

    assert "is not a choice for weight" in page
    assert peers_on(page) == []


def test_a_city_without_a_balance_is_told_what_is_missing():
    page = Client().get("/en/cities/FR-G2992166/peers/").content.decode()

    assert 'class="notice' in page
    assert peers_on(page) == []


def test_nothing_typed_becomes_part_of_the_page():
    page = open_panel("?more=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()

    assert "<script>alert" not in page


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_the_panel_stands_on_the_page_of_the_position_too(language):
    page = Client().get(f"/{language}/cities/DE-08212000/position/").content.decode()

    assert 'id="peer-panel"' in page
    assert "{" not in re.sub(r"content='\{.*?\}'", "", page)


def test_a_name_in_the_address_leads_to_the_id():
    answer = Client().get("/de/cities/Karlsruhe/peers/?k=8")

    assert (answer.status_code, answer["Location"]) == (302, "/de/cities/DE-08212000/peers/?k=8")
