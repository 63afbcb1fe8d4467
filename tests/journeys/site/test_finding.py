"""Somebody finds a city in their own script, chooses its peers with the keyboard, and sends the view to a colleague."""

import pytest

pytestmark = pytest.mark.xdist_group("site")


def test_a_city_is_found_while_its_name_is_typed(visit):
    somebody = visit()
    somebody.open("/ja/")
    somebody.page.fill("#q", "横滨")
    somebody.page.wait_for_selector(".suggested a")

    assert somebody.page.locator(".suggested a").all_inner_texts() == ["横浜町", "横浜市"]
    assert somebody.page.locator("#found-told").inner_text()
    assert somebody.find_barriers() == []


def test_a_slider_moves_the_peers_and_the_address_shows_them_again(visit):
    somebody = visit()
    somebody.open("/en/cities/DE-08212000/peers/")
    somebody.page.focus("#weight-population")
    somebody.page.keyboard.press("End")
    somebody.page.wait_for_url("**/peers/?weight-population=5")
    chosen = somebody.page.locator(".peer-list li > div:first-child > a").all_inner_texts()
    focused = somebody.page.evaluate("document.activeElement.id")
    somebody.page.reload()

    assert focused == "weight-population"
    assert somebody.page.locator(".peer-list li > div:first-child > a").all_inner_texts() == chosen
    assert somebody.find_barriers() == []


def test_cities_side_by_side_have_no_barriers(visit):
    somebody = visit()
    somebody.open("/de/compare/?city=DE-08212000&city=DE-08221000")

    assert somebody.page.locator("section.question").count() == 7
    assert somebody.find_barriers() == []
