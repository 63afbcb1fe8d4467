"""Pictures of twelve pages in five languages on a desk and on a telephone, kept to be looked at; what can be checked, is."""

import re

import pytest

pytestmark = pytest.mark.xdist_group("site")
LANGUAGES = ["en", "de", "ja", "zh-hans", "da"]
WIDTHS = [1200, 360]
PAGES = {
    "home": "/",
    "search": "/cities/?q=münster",
    "profile": "/cities/DE-08221000/profile/",
    "balance": "/cities/DE-05515000/balance/",
    "comparable": "/cities/DE-11000000/comparable/",
    "position": "/cities/JP-14100/position/",
    "measures": "/cities/DE-05515000/measures/",
    "partners": "/cities/DE-08221000/partners/",
    "compare": "/compare/?city=DE-08221000&city=JP-14100",
    "method": "/method/measures/",
    "programme": "/programmes/1/",
    "agenda": "/events/1/agenda/",
}
KEY = re.compile(r"\b(?:web|chart|briefing|cli|finding|step|outcome|sector)\.[a-z_]+(?:\.[a-z_]+)*\b|\{[a-z_]+\}")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_look_whole(visit, language, width):
    visitor = visit(viewport={"width": width, "height": 800})
    wrong = []
    for name, path in PAGES.items():
        page = visitor.open(f"/{language}{path}")
        visitor.shoot(f"{name}-{language}-{width}")
        text = page.locator("body").inner_text()
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{name} is wider than the window")
        wrong += [f"{name} shows the key {found}" for found in KEY.findall(text)]

    assert wrong == []
