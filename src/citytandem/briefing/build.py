"""Builds the briefing of a city: the same pages as a web page and as a PDF."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from citytandem.briefing.document import Document
from citytandem.briefing.pages import PAGES
from citytandem.briefing.pages.page import call_city
from citytandem.briefing.write_html import render_html
from citytandem.briefing.write_pdf import render_pdf
from citytandem.words import Speech

if TYPE_CHECKING:
    from pathlib import Path

    from citytandem.briefing.answers import Answers
    from citytandem.words import Language

LABELS = ("briefing.table", "briefing.how", "briefing.contents")


def build(answers: Answers, *, language: Language, out: Path) -> list[Path]:
    """Write ``briefing-<city>-<language>.html`` and ``.pdf`` into ``out`` and return both paths.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING when the addition that draws and prints is not installed; nothing is written then.
    """
    document = compose(answers, language=language)
    page, sheets = render_html(document), render_pdf(document)
    out.mkdir(parents=True, exist_ok=True)
    stem = f"briefing-{_slug(answers)}-{language}"
    pdf, html = out / f"{stem}.pdf", out / f"{stem}.html"
    pdf.write_bytes(sheets)
    html.write_text(page, encoding="utf-8")
    return [html, pdf]


def compose(answers: Answers, *, language: Language) -> Document:
    """The briefing in one language, before it is written on anything."""
    speech = Speech(language)
    city = call_city(answers, speech)
    year = answers.year
    subtitle = speech.sentence("briefing.subtitle_year", year=str(year)) if year else speech.label("briefing.subtitle")
    return Document(
        title=speech.sentence("briefing.title", city=city),
        subtitle=subtitle,
        city=city,
        language=language,
        footer=speech.sentence("briefing.footer", city=city, release=answers.provenance.release),
        pages=tuple(write(answers, speech) for write in PAGES),
        labels={key: speech.label(key) for key in LABELS},
    )


def _slug(answers: Answers) -> str:
    """A file name every system can hold: the Latin name without accents, or the id."""
    plain = unicodedata.normalize("NFKD", answers.name_city(answers.city, language="").replace("ø", "o").replace("ß", "ss"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-") or answers.city.lower()
