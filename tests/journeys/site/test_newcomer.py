"""A newcomer finds a city, understands where it stands, sees where a number comes from, and sends the view on."""

import re

import pytest

pytestmark = pytest.mark.xdist_group("site")


def test_from_the_first_page_to_the_source_of_a_number(visit):
    visitor = visit(locale="de-DE")
    page = visitor.open("/")
    assert re.search(r"/de/$", page.url)

    page.locator("main [name=q]").fill("heidelberg")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/de/cities/"))
    if "/cities/DE-08221000" not in page.url:
        page.locator("main a[href*='DE-08221000']").first.click()
    page.wait_for_url(re.compile(r"/cities/DE-08221000/"))
    assert page.locator("h1").inner_text() == "Heidelberg"

    answer = page.locator("section#position .answer").first.inner_text()
    assert re.search(r"t pro Kopf", answer)
    assert re.search(r"üblich", answer)

    page.locator("section#position a[href*='/figures/']").first.click()
    page.wait_for_url(re.compile(r"/figures/"))
    assert "Datenstand" in page.locator("main").inner_text()
    assert visitor.page.context.cookies() == []


def test_everything_works_by_keyboard_alone(visit):
    page = visit(locale="en-GB").open("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("Yokohama")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cities/"))

    assert "Yokohama" in page.locator("main").inner_text()


def test_a_view_that_is_sent_on_shows_the_same(visit):
    path = "/ja/cities/DE-08221000/position/?question=transport"
    mine, theirs = visit().open(path), visit(locale="da-DK").open(path)

    assert mine.locator("section#position").inner_text() == theirs.locator("section#position").inner_text()


def test_pages_are_whole_without_scripts(visit):
    visitor = visit(java_script_enabled=False)
    page = visitor.open("/en/cities/DE-08221000/")

    assert page.locator("figure svg").count() >= 6
    assert page.locator("table").count() >= 6


def test_twice_the_size_of_letters_cuts_nothing(visit):
    """200 % zoom of a 1280 px window is a window of 640 px."""
    page = visit(viewport={"width": 640, "height": 512}, reduced_motion="reduce").open("/de/cities/DE-08221000/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
