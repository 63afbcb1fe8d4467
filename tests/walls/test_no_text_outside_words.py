"""Every text a person reads comes from the words: templates hold none, and a page in a language nobody speaks shows none."""

from __future__ import annotations

import html
import re
from functools import cache as cache_once
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils.html import strip_tags

from citytandem.atlas import load
from citytandem.words.speech import Speech

TEMPLATES = sorted(Path("src/citytandem/web/templates").glob("**/*.html"))
NAMES = {
    "CityTandem",
    "CSV",
    "SVG",
    "PNG",
    "PDF",
    "ZIP",
    "TOML",
    "XLSX",
    "JSON",
    "Parquet",
    "XML",
    "iCalendar",
    "api",
    "K",
    "P",
    "S",
    "est",
    "eCRF",
}
"""What is the same in every language: the name of the house and of forms of files."""
SPOKEN = re.compile(r"\b[^\W\d_]{2,}\b")
NOT_TEXT = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<(script|style|code)\b.*?</\1>", re.DOTALL)
SPOKEN_ATTRIBUTES = re.compile(r'\s(?:aria-label|title|alt|placeholder|aria-description|content)="([^"]*)"')
NOT_SPOKEN_CONTENT = {"width=device-width, initial-scale=1", "light dark"}
PAGES = [
    "/en/",
    "/en/cities/",
    "/en/privacy/",
    "/en/nothing/",
    "/en/cities/XX-1/",
    "/en/invitation/",
    "/en/account/login/",
    "/en/account/password/reset/",
    "/en/method/",
    "/en/method/methods/bisko/",
    "/en/method/measures/B01/",
    "/en/method/factors/?country=DE&year=2019",
    "/en/method/powers/?country=DK",
    "/en/method/indicators/",
    "/en/method/releases/",
    "/en/method/validation/",
    "/en/cities/DE-08221000/",
]
KEPT = re.compile(r"⟦.*?⟧", re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path).split("templates/")[1])
def test_no_template_holds_a_text_of_its_own(template):
    text = template.read_text(encoding="utf-8")
    bare = re.sub(r' class="[\w -]*"', "", NOT_TEXT.sub(" ", text))
    spoken = [value for value in SPOKEN_ATTRIBUTES.findall(bare) if "=" not in value]
    between = re.sub(r"<[^>]*>", " ", bare)
    words = [
        word for part in (between, *spoken) for word in SPOKEN.findall(html.unescape(part)) if part not in NOT_SPOKEN_CONTENT
    ]

    assert [word for word in words if word not in NAMES] == []


def forget_pages() -> None:
    for one in caches.all():
        one.clear()
    caches["pages"].clear()


@pytest.fixture
def nothing_remembered():
    """No page that was made in a language people speak is shown here, and none made here is shown to others."""
    atlas = load()
    remembered = dict(atlas.kept)
    forget_pages()
    atlas.kept.clear()
    yield
    forget_pages()
    atlas.kept.clear()
    atlas.kept.update(remembered)


@pytest.mark.django_db
@pytest.mark.usefixtures("nothing_remembered")
@pytest.mark.parametrize("address", PAGES)
def test_a_page_in_a_language_nobody_speaks_shows_no_english_of_its_own(address, monkeypatch):
    """Each word of the words is put in brackets; what is left outside must be data: names, titles, laws, keys, numbers."""
    monkeypatch.setattr(Speech, "translate", lambda _, message: f"⟦{message.replace('{', '⟧{').replace('}', '}⟦')}⟧")
    shown = Client(raise_request_exception=True).get(address).content.decode()
    outside = KEPT.sub(" ", _read(shown))
    for known in _data():
        outside = outside.replace(known, " ")
    english = [line for line in outside.splitlines() if _is_sentence(line)]

    assert english == []


def _read(shown: str) -> str:
    """The text of a page as a person meets it, without what is marked as kept in English and without pictures' own letters."""
    body = re.sub(r"<(script|style|code|svg)\b.*?</\1>", " ", shown, flags=re.DOTALL)
    body = re.sub(r'<(\w+)[^>]*\blang="[^"]*"[^>]*>.*?</\1>', " ", body[body.index("<body") :], flags=re.DOTALL)
    return html.unescape(strip_tags(re.sub(r"</(?:p|td|th|li|dt|dd|h\d|div|option|a|label|button|caption|summary)>", "\n", body)))


@cache_once
def _data() -> list[str]:
    """Texts that are data, in the language of whoever wrote them: titles of measures, publications and methods."""
    facts = load().facts
    columns = [facts.measure_title["title"], load().stage["title"], load().stage["evidence"]]
    columns += [
        frame[name] for frame in (facts.source, load().source) for name in ("title", "publisher", "attribution", "licence")
    ]
    columns += [facts.power["law"], facts.evidence["year"], facts.criterion["title"], facts.network["name"]]
    found = {str(text) for column in columns for text in column.drop_nulls().to_list()}
    found |= {text for method in facts.methods.values() for text in (method.title, method.short)}
    return sorted(found, key=len, reverse=True)


COMMON = frozenset(
    {
        "the",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "is",
        "are",
        "was",
        "not",
        "no",
        "your",
        "you",
        "this",
        "that",
        "it",
        "be",
        "can",
        "cannot",
        "from",
        "by",
        "at",
        "as",
        "per",
        "page",
        "row",
        "show",
        "all",
    }
)
"""Little words that make English English; data such as names of cities and titles of laws hold few of them."""


def _is_sentence(line: str) -> bool:
    words = [word.lower() for word in SPOKEN.findall(line)]
    return sum(word in COMMON for word in words) >= 2
