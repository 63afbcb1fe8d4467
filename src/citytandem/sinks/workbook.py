"""How does a person take a balance along? A workbook with its lines, what can be compared, and who published it."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.science.benchmark.own_balance import BalanceAnswer
    from citytandem.words.speech import Speech

_HEAD = (
    "year", "method", "version", "gwp", "upstream", "electricity", "boundary", "period_start", "period_end", "top_down",
    "weather_corrected", "population", "reported_t", "tool", "verification",
)  # fmt: skip
_LINE = (
    "view", "sector", "carrier", "scope", "item", "activity_mwh", "factor_kg_per_mwh", "emissions_t", "notation", "grade",
    "source",
)  # fmt: skip
_OUTCOME = ("outcome", "per_head_t", "low_t_per_head", "high_t_per_head", "emissions_t", "missing", "grade", "source")
_SOURCE = ("source", "title", "publisher", "year", "licence", "attribution", "url")
_NUMBERS = {
    "activity_mwh": "#,##0", "factor_kg_per_mwh": "#,##0.0", "emissions_t": "#,##0", "per_head_t": "0.00",
    "low_t_per_head": "0.00", "high_t_per_head": "0.00", "population": "#,##0", "reported_t": "#,##0",
}  # fmt: skip
_SAID = {
    "sector": "sector", "carrier": "carrier", "outcome": "outcome", "gwp": "said", "upstream": "said", "electricity": "said",
    "boundary": "said",
}  # fmt: skip
"""Columns whose keys have a word in every language, and where it stands."""


def write(answer: BalanceAnswer, speech: Speech, *, city: str) -> bytes:
    """Write the balance of one city and year as a workbook in the language of the reader.

    Parameters
    ----------
    answer
        The balance, as the verb ``balance`` gives it.
    speech
        The language.
    city
        Name of the city in that language.

    Returns
    -------
    A workbook with the sheets balance, lines, outcomes and sources. Numbers are numbers; unknown is an empty cell and
    zero is zero. No cell is a formula, whatever its text begins with.
    """
    import xlsxwriter  # slow import

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = answer.balance.row(0, named=True)
    rows: list[list[Any]] = [[speech.label("workbook.city"), f"{city} ({answer.city})"]]
    rows += [[speech.label(f"workbook.{name}"), _say(name, head[name], speech=speech)] for name in _HEAD]
    if answer.provenance is not None:
        rows.append([speech.label("workbook.release"), f"{answer.provenance.release} {answer.provenance.release_sha256}"])
    notes = [[speech.label("workbook.note"), speech.say(finding)] for finding in answer.findings]
    _sheet(book, speech.label("workbook.balance"), [[city, str(answer.year)], *rows, *notes], names=())
    for title, frame, names in (
        ("workbook.lines", answer.line, _LINE),
        ("workbook.outcomes", answer.outcome, _OUTCOME),
        ("workbook.sources", answer.source, _SOURCE),
    ):
        titles = [speech.label(f"workbook.{name}") for name in names]
        body = [[_say(name, row[name], speech=speech) for name in names] for row in frame.iter_rows(named=True)]
        _sheet(book, speech.label(title), [titles, *body], names=names)
    book.close()
    return stream.getvalue()


def _say(name: str, value: Any, *, speech: Speech) -> Any:
    """A value as a person reads it; numbers stay numbers."""
    if value is None:
        return None
    if isinstance(value, bool):
        return speech.label("workbook.yes" if value else "workbook.no")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return value
    key = f"{_SAID[name]}.{value}" if name in _SAID else ""
    if name == "missing":
        parts = (part.strip() for part in str(value).split(","))
        return speech.join(speech.label(f"sector.{part}") if f"sector.{part}" in LABELS else part for part in parts)
    return speech.label(key) if key in LABELS else str(value)


def _sheet(book: Any, title: str, rows: Sequence[Sequence[Any]], *, names: Sequence[str]) -> None:
    sheet = book.add_worksheet(title[:31])
    bold, plain = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True, "valign": "top"})
    formats = {name: book.add_format({"num_format": form}) for name, form in _NUMBERS.items()}
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, max(len(rows[0]) - 1, 1), 30 if len(rows[0]) < 3 else 20)
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, int | float):
                sheet.write_number(
                    number, at, cell, formats.get(names[at]) if names else formats["population"] if cell > 9999 else None
                )
            else:
                sheet.write_string(number, at, str(cell), bold if number == 0 else plain)
