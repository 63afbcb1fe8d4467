"""Nobody is shut out: axe finds no barrier on any page, in both themes and all languages."""

import pytest

pytestmark = pytest.mark.xdist_group("site")
LANGUAGES = ["en", "de", "ja", "zh-hans", "da"]
PUBLIC = ["/", "/nothing/"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_has_a_barrier(visit, language, theme):
    visitor = visit(color_scheme=theme)
    barriers = {}
    for path in PUBLIC:
        visitor.open(f"/{language}{path}")
        barriers[path] = visitor.find_barriers()
    visitor.complaints = [said for said in visitor.complaints if "404" not in said]

    assert {path: found for path, found in barriers.items() if found} == {}


@pytest.mark.parametrize("path", PUBLIC)
def test_no_page_is_wider_than_a_small_telephone(visit, path):
    visitor = visit(viewport={"width": 320, "height": 640})
    page = visitor.open(f"/de{path}")
    visitor.complaints = [said for said in visitor.complaints if "404" not in said]

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
