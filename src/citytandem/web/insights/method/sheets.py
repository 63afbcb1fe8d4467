"""What is a table of the method pages made of? Rows, how each column is said, and where a cell leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl
from django.urls import reverse

from citytandem.charts.chart import name_key
from citytandem.narration import name_country

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from citytandem.atlas import Atlas
    from citytandem.words import Speech

OWN_SOURCE = "citytandem-2026"


@dataclass(frozen=True, slots=True)
class Says:
    """How one column is said.

    Parameters
    ----------
    name
        Column of the rows.
    label
        Key of its heading.
    prefix
        Prefix of the keys its values are called by; values may be several, joined by ``;``.
    kind
        ``text``, ``number``, ``year``, ``country``, ``yes_no``, or ``english`` for words kept in English as they were written.
    to
        Column with the address a cell leads to; it is not part of the file.
    """

    name: str
    label: str
    prefix: str = ""
    kind: str = "text"
    to: str = ""

    @property
    def is_number(self) -> bool:
        """Set flush right."""
        return self.kind in {"number", "year"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell."""

    text: str
    is_number: bool = False
    is_english: bool = False
    address: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table: its key in the address of its file, its caption, its rows, and how its columns are said."""

    key: str
    caption: str
    rows: pl.DataFrame
    columns: tuple[Says, ...]
    note: str = ""

    @property
    def data(self) -> pl.DataFrame:
        """The rows for a program: keys and every digit, without addresses of pages."""
        addresses = [column.to for column in self.columns if column.to and column.to in self.rows.columns]
        kept = self.rows.drop(addresses)
        lists = [name for name, dtype in kept.schema.items() if isinstance(dtype, pl.List)]
        return kept.with_columns(pl.col(name).list.join(" ") for name in lists)

    def heads(self, speech: Speech) -> list[tuple[str, bool]]:
        """Headings of the columns, and whether numbers stand below."""
        return [(speech.label(column.label), column.is_number) for column in self.columns]

    def cells(self, speech: Speech) -> list[list[Cell]]:
        """Every cell as printed in one language; a dash for unknown."""
        return [[_print(row, column, speech=speech) for column in self.columns] for row in self.rows.iter_rows(named=True)]


@dataclass(frozen=True)
class Choice:
    """A list to choose from above the tables: what is asked in the address, and what may be asked."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True)
class MethodPage:
    """One page: its question, the sentence that answers it, facts in short, and its tables."""

    key: str
    title: str
    answer: str
    sheets: tuple[Sheet, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    is_searched: bool = True


@dataclass(frozen=True)
class Asked:
    """What a page is made from: the atlas, the language, and what the address asks for."""

    atlas: Atlas
    speech: Speech
    query: QueryDict
    item: str = ""
    known: Mapping[str, str] = field(default_factory=dict)

    def choose(self, name: str, *, label: str, options: list[tuple[str, str]]) -> Choice:
        """A list to choose from; an answer that is none of the options counts as no choice."""
        asked = self.query.get(name, "")
        return Choice(name, self.speech.label(label), tuple(options), asked if asked in dict(options) else "")

    def countries(self, codes: pl.Series) -> list[tuple[str, str]]:
        """Countries to choose from, by name."""
        return sorted(
            ((code, name_country(code, self.speech)) for code in codes.unique().to_list() if code), key=lambda one: one[1]
        )


def show_source(address: str = "source_address") -> Says:
    """The column that leads to the publication."""
    return Says("source", "chart.source", to=address)


def show_mark(name: str = "mark") -> Says:
    """The column that says in words how sure a row is."""
    return Says(name, "briefing.measures.mark", prefix="mark")


def link_sources(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the address of the page on their source."""
    page = reverse("method_page", args=["sources"])
    return rows.with_columns(source_address=pl.lit(f"{page}?q=") + pl.col("source").cast(pl.String))


def link_measures(rows: pl.DataFrame, *, titles: Mapping[str, str], column: str = "measure") -> pl.DataFrame:
    """Rows with the title of a measure and the address of its page."""
    keys = rows[column].to_list()
    return rows.with_columns(
        pl.Series("title", [titles.get(key, key) for key in keys], dtype=pl.String),
        pl.Series("measure_address", [reverse("measure", kwargs={"measure": key}) for key in keys], dtype=pl.String),
    )


def name_measures(asked: Asked) -> dict[str, str]:
    """The title of every measure in the language of the page; the English one where there is none."""
    titles = asked.atlas.facts.measure_title.with_columns(pl.col("language").cast(pl.String))
    found = dict(titles.filter(pl.col("language") == "en").select("measure", "title").iter_rows())
    return found | dict(titles.filter(pl.col("language") == asked.speech.language).select("measure", "title").iter_rows())


def keep_found(sheet: Sheet, *, text: str, speech: Speech) -> Sheet:
    """The rows in which a text is found, as they are printed; all rows for no text."""
    words = text.casefold().split()
    if not words:
        return sheet
    cells = sheet.cells(speech)
    raw = sheet.data.select(pl.concat_str(pl.all().cast(pl.String), separator=" ", ignore_nulls=True)).to_series().to_list()
    printed = [f"{' '.join(cell.text for cell in row)} {keys}".casefold() for row, keys in zip(cells, raw, strict=True)]
    found = [all(word in text for word in words) for text in printed]
    return Sheet(sheet.key, sheet.caption, sheet.rows.filter(pl.Series(found, dtype=pl.Boolean)), sheet.columns, sheet.note)


def say_key(value: object, *, prefix: str, speech: Speech) -> str:
    """A value, or several joined by ``;``, in words; a dash for unknown."""
    if value is None or value == "":
        return "–"
    keys = value if isinstance(value, list | tuple) else str(value).split(";")
    return speech.join(name_key(speech, prefix, key=str(key)) if prefix else str(key) for key in keys)


def write_exact(value: float, *, speech: Speech) -> str:
    """A number with the digits it has, at most four behind the first that counts.

    >>> from citytandem.words import Speech
    >>> write_exact(56100.0, speech=Speech("de")), write_exact(0.00125, speech=Speech("en"))
    ('56.100', '0.00125')
    """
    text = f"{value:,.0f}" if abs(value) >= 10_000 or float(value).is_integer() else f"{value:.4g}"
    return speech.localise(text).replace("-", "−")


def _print(row: dict[str, Any], column: Says, *, speech: Speech) -> Cell:
    value = row[column.name]
    address = row.get(column.to) or "" if column.to else ""
    if value is None or value == "":
        return Cell("–", column.is_number)
    return Cell(_say(value, column, speech=speech), column.is_number, column.kind == "english", address)


def _say(value: Any, column: Says, *, speech: Speech) -> str:
    if column.prefix:
        return say_key(value, prefix=column.prefix, speech=speech)
    if column.kind == "number":
        return write_exact(float(value), speech=speech)
    if column.kind == "country":
        return speech.label("web.method.world") if value == "WORLD" else name_country(str(value), speech)
    if column.kind == "yes_no":
        return speech.label("said.yes" if value else "said.no")
    return speech.join(value) if isinstance(value, list) else str(value)
