"""A matching on paper and for programs: groups, pairs and cards as files; and empty files of a programme to fill in."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from citytandem.science.partners.programme import Matching

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_files(
    matching: Matching, *, cards: Sequence[Mapping[str, Any]], text: str, name: Callable[[str], str]
) -> dict[str, bytes]:
    """The files of a matching by name: ``groups.csv``, ``pairs.csv``, ``cards.json`` and ``cards.txt``.

    Parameters
    ----------
    matching
        The answer.
    cards
        Each card as plain values, with its lines in the reader's language.
    text
        All cards as text.
    name
        Gives the name of a participant by its key.
    """
    groups = matching.groups.select("group", "participant", pl.col("part").cast(pl.String))
    pairs = matching.pairs.cast({pl.Enum: pl.String}).with_columns(pl.col("languages").list.join(" "))
    return {
        "groups.csv": _write_table(groups, name=name),
        "pairs.csv": _write_table(pairs, name=name),
        "cards.json": json.dumps(list(cards), ensure_ascii=False, indent=1).encode(),
        "cards.txt": text.encode(),
    }


def write_template(columns: Mapping[str, Sequence[str]], *, explained: str) -> dict[str, bytes]:
    """Empty tables of a programme by file name, with a text that explains every column."""
    tables = {f"{table}.csv": _write_rows([names]) for table, names in columns.items()}
    return {**tables, "README.txt": explained.encode()}


def _write_table(frame: pl.DataFrame, *, name: Callable[[str], str]) -> bytes:
    """The rows of a frame, each participant with its name beside its key."""
    heads: list[str] = []
    for column in frame.columns:
        heads += [column, f"{column}_name"] if column in {"participant", "other"} else [column]
    rows: list[list[Any]] = [heads]
    for row in frame.iter_rows(named=True):
        named = {f"{column}_name": name(str(row[column])) for column in ("participant", "other") if column in row}
        rows.append([(row | named)[head] for head in heads])
    return _write_rows(rows)


def _write_rows(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as CSV in UTF-8 with the mark that lets a spreadsheet read every letter."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _plain(cell: object) -> object:
    """A cell no spreadsheet takes for a formula; empty for unknown.

    >>> _plain("=1+1"), _plain(-0.5), _plain(None)
    ("'=1+1", -0.5, '')
    """
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
