"""The pages on method in a real browser: nobody is shut out, nothing is wider than a telephone, a number leads to its source."""

import pytest

pytestmark = pytest.mark.xdist_group("site")
PAGES = [
    "/method/",
    "/method/methods/bisko/",
    "/method/measures/B01/",
    "/method/powers/?country=DK&tier=kommune",
    "/method/words/",
]


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ja", "dark")])
def test_no_page_on_method_has_a_barrier(visit, language, theme):
    visitor = visit(color_scheme=theme)
    barriers = {}
    for path in PAGES:
        visitor.open(f"/{language}{path}")
        barriers[path] = visitor.find_barriers()

    assert {path: found for path, found in barriers.items() if found} == {}


def test_no_page_on_method_is_wider_than_a_small_telephone(visit):
    visitor = visit(viewport={"width": 320, "height": 640})
    widths = {path: visitor.open(f"/de{path}").evaluate("document.documentElement.scrollWidth") for path in PAGES}

    assert {path: width for path, width in widths.items() if width > 320} == {}


def test_from_a_measure_to_the_source_of_its_evidence(visit):
    page = visit().open("/en/method/")
    page.get_by_role("link", name="Measures").click()
    page.get_by_label("Search in these tables").fill("own buildings")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Energy management in own buildings").click()
    page.locator("#sheet-evidence").locator("xpath=..").locator("tbody a").first.click()

    assert "/method/sources/?q=" in page.url
    assert page.locator("tbody tr").count() >= 1
