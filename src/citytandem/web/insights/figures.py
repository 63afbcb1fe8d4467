"""Figures of a city's pages: a picture or a table whose every number can be followed to its row, source and release."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from citytandem.charts.chart import Chart, Column, Twin

NOT_FIGURES = (
    "year",
    "from_year",
    "to_year",
    "target_year",
    "baseline_year",
    "since",
    "base_year",
    "number",
    "latitude",
    "longitude",
)
"""Columns of numbers that name or place a thing rather than measure it."""


LONG = 15
"""Rows from which a table without a picture is folded away on a screen; on paper it is open."""


@dataclass(frozen=True)
class Origin:
    """Where one number comes from; what is None is not stated, and is said so.

    Parameters
    ----------
    table, row
        Table of the release or of the answer, and the keys of the rows in it.
    sources
        Keys of the source table.
    year, method, grade
        Year the number is about; method of the balance; quality as graded by its publisher.
    low, high
        90 % interval in the unit of the number.
    mark
        S read, K recalled, P proposed.
    """

    table: str
    row: str
    sources: tuple[str, ...] = ()
    year: int | None = None
    method: str | None = None
    grade: str | None = None
    low: float | None = None
    high: float | None = None
    mark: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not stated about this number."""
        said = {
            "source": bool(self.sources), "year": self.year is not None, "method": bool(self.method),
            "quality": bool(self.grade), "interval": self.low is not None and self.high is not None,
        }  # fmt: skip
        return tuple(name for name, is_said in said.items() if not is_said)


@dataclass(frozen=True)
class Number:
    """One number of a figure, with where it comes from."""

    what: str
    value: float
    unit: str
    origin: Origin


@dataclass(frozen=True)
class Figure:
    """A picture with its table, or a table alone, under a key by which it is linked, downloaded and traced.

    ``trace`` gives for one row of the data and the name of a column where the number comes from; ``label`` names the column
    by which a row is called.
    """

    template: ClassVar[str] = "insights/parts/figure.html"

    key: str
    twin: Twin
    trace: Callable[[dict[str, Any], str], Origin]
    chart: Chart | None = None
    label: str = "name"
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the figure shows."""
        return self.chart.title if self.chart else self.twin.caption

    @property
    def is_long(self) -> bool:
        """A table that is folded away until it is asked for."""
        return self.chart is None and self.twin.rows.height > LONG

    @property
    def has_numbers(self) -> bool:
        """Is there anything to follow to its source?"""
        return any(True for _ in self.columns())

    def columns(self) -> Iterator[str]:
        """Columns that hold figures."""
        data = self.twin.data
        for name, kind in zip(data.columns, data.dtypes, strict=True):
            if kind.is_numeric() and name not in NOT_FIGURES and not name.startswith("_"):
                yield name

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every number of the figure with its origin, row by row; unknown ones are no numbers."""
        return tuple(self._follow())

    def _follow(self) -> Iterator[Number]:
        heads = {column.name: column for column in self.twin.columns}
        names = list(self.columns())
        for place, row in enumerate(self.twin.data.iter_rows(named=True)):
            printed = self.twin.rows.row(place, named=True) if place < self.twin.rows.height else row
            for name in names:
                if row[name] is not None:
                    what = f"{_call(printed, self.label, row=row)}: {_head(heads, name)}"
                    unit = self.units.get(name) or (heads[name].unit if name in heads else None) or "–"
                    yield Number(what, float(row[name]), str(unit), self.trace(row, name))


def _call(printed: Mapping[str, Any], label: str, *, row: Mapping[str, Any]) -> str:
    return str(printed.get(label) or row.get(label) or next(iter(printed.values())))


def _head(heads: Mapping[str, Column], name: str) -> str:
    return heads[name].label if name in heads else name.replace("_", " ")


@dataclass(frozen=True)
class Pick:
    """Links to the choices of one question of the address; the one that is shown is marked."""

    template: ClassVar[str] = "insights/parts/pick.html"

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Facts:
    """Short labelled facts; a value may be a link."""

    template: ClassVar[str] = "insights/parts/facts.html"

    title: str
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Include:
    """A template of another room, with the values it needs."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """One question of a city's pages: the answer in a sentence, then what shows it, then how we know."""

    key: str
    question: str
    answer: str
    blocks: Sequence[Any]
    how: tuple[str, ...] = ()

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures of the section by key."""
        found = [block if isinstance(block, Figure) else getattr(block, "figure", None) for block in self.blocks]
        return {figure.key: figure for figure in found if figure is not None}


def join_sources(*keys: object) -> tuple[str, ...]:
    """Keys of sources, each once and in order; a text may join several with +.

    >>> join_sources("moe-japan+geonames", None, "geonames")
    ('moe-japan', 'geonames')
    """
    return tuple(dict.fromkeys(part for key in keys if key for part in str(key).split("+")))


def column_of(frame: pl.DataFrame, name: str) -> tuple[str, ...]:
    """The different values of a column as text; none where there is no such column."""
    return tuple(sorted({str(value) for value in frame[name].drop_nulls()})) if name in frame.columns else ()
