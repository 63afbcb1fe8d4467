"""How far can this be trusted? The published checks, as the commands wrote them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.web.insights.method.sheets import MethodPage, Says, Sheet

if TYPE_CHECKING:
    from citytandem.web.insights.method.sheets import Asked
    from citytandem.words import Speech

PROOFS = ("validation", "estimates", "totals")


@cache
def read_page(name: str) -> dict[str, Any]:
    """One published page as data: its sections, each with its paragraphs and tables; see ``tools/published.py``."""
    read: dict[str, Any] = json.loads((files("citytandem") / "data" / "published" / f"{name}.json").read_text(encoding="utf-8"))
    return read


def write_validation(asked: Asked) -> MethodPage:
    """The checks that are published whatever comes out, with their figures."""
    speech = asked.speech
    told = [(name, number, section) for name in PROOFS for number, section in enumerate(read_page(name)["sections"])]
    sheets = [
        _sheet(table, key=f"{name}-{number}-{place}", title=section["title"], note=" ".join(section["text"]), speech=speech)
        for name, number, section in told
        for place, table in enumerate(section["tables"])
    ]
    texts = tuple(text for _, _, section in told if not section["tables"] for text in section["text"])
    return MethodPage(
        "validation",
        speech.label("web.method.validation.title"),
        speech.label("web.method.validation.answer"),
        tuple(sheets),
        notes=(speech.label("web.method.validation.made"), speech.label("web.method.english")),
        english=texts,
    )


def _sheet(table: dict[str, Any], *, key: str, title: str, note: str, speech: Speech) -> Sheet:
    names = [f"column_{place}" for place in range(len(table["heads"]))]
    rows = pl.DataFrame(table["rows"], schema=dict.fromkeys(names, pl.String), orient="row")
    columns = tuple(
        Says(name, label_of(head), prefix="outcome" if head == "what" else "", kind="english" if head != "what" else "text")
        for name, head in zip(names, table["heads"], strict=True)
    )
    rows = rows.with_columns(pl.col(one.name).str.replace_all(" ", "_") for one in columns if one.prefix)
    return Sheet(key, speech.label(label_of(title, prefix="proof.section")), rows, columns, note)


def label_of(text: str, *, prefix: str = "proof.head") -> str:
    """The key of the words for a heading of a published page.

    >>> label_of("high / low, with")
    'proof.head.high_over_low_with'
    """
    told = text.lower().replace("/", " over ").replace("−", " minus ")
    plain = "".join(letter if letter.isalnum() else " " for letter in told)
    return f"{prefix}.{'_'.join(plain.split())}"
