"""A coordinator sees the members of a network, puts two of them side by side, and stays out of other organisations' rooms."""

import re

import pytest

pytestmark = pytest.mark.xdist_group("site")
EMAIL = "coordinator@network.example"


def test_from_the_desk_to_two_members_side_by_side(visit):
    coordinator = visit()
    coordinator.sign_in(EMAIL)
    coordinator.page.locator("main a[href$='/network/']").click()
    page = coordinator.page
    page.wait_for_load_state()

    assert page.locator("main .map svg").count() == 1
    assert page.locator("main table").first.locator("tbody tr").count() == 14
    assert coordinator.find_barriers() == []

    coordinator.shoot("network-room-en-1200")
    for city in ("DE-08221000", "JP-14100"):
        page.locator(f"input[name=city][value={city}]").check()
    page.locator("main form[action$='/compare/'] button").click()
    page.wait_for_url(re.compile(r"/compare/\?city="))

    assert {"DE-08221000", "JP-14100"} == set(re.findall(r"city=([\w-]+)", page.url))
    assert page.locator("section.question").count() > 2


def test_a_public_network_leads_to_a_comparison_as_well(visit):
    reader = visit(locale="de-DE")
    page = reader.open("/de/networks/")
    page.locator("main a[href$='/networks/race_to_zero/']").click()
    page.wait_for_load_state()
    reader.shoot("network-de-1200")

    assert page.locator("main .map svg").count() == 1
    assert page.locator("input[name=city]").count() > 100


@pytest.mark.parametrize("room", ["", "people/", "balances/", "profile/", "replies/", "listings/", "record/", "network/"])
def test_the_rooms_of_other_organisations_are_not_there(visit, room):
    coordinator = visit()
    coordinator.sign_in(EMAIL)
    answers = [coordinator.page.goto(f"{coordinator.site.address}/en/workspace/{number}/{room}").status for number in (1, 2, 5)]
    coordinator.complaints[:] = [said for said in coordinator.complaints if "404" not in said]

    assert answers == [404, 404, 404]
