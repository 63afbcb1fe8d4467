"""What a chart is: a Vega-Lite description, and the table that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    import polars as pl

    from citytandem.words import Speech


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table twin: which column of the frame, its heading, its unit, its decimals.

    ``digits`` is None for words; years and counts that are never grouped have ``plain``. ``unknown`` is what stands in a
    cell without a value.
    """

    name: str
    label: str
    unit: str | None = None
    digits: int | None = None
    plain: bool = False
    unknown: str = "–"

    @property
    def is_number(self) -> bool:
        """Numbers are set flush right in tabular numerals."""
        return self.digits is not None or self.plain

    @property
    def heading(self) -> str:
        """Label and unit as printed."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True)
class Twin:
    """The table that says what a picture shows: a frame, and how its columns are printed.

    ``rows`` may hold more columns than are printed: the keys a program needs. Where numbers are printed as words, because
    each row has its own unit, ``exact`` holds them as numbers.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    exact: pl.DataFrame | None = None

    @property
    def data(self) -> pl.DataFrame:
        """The same for a program: numbers with every digit, and keys beside words."""
        return self.rows if self.exact is None else self.exact

    @property
    def shared_unit(self) -> str | None:
        """The unit of every column that has one, where it is the same; it then stands once, beside the caption."""
        units = {column.unit for column in self.columns if column.unit}
        return units.pop() if len(units) == 1 else None

    @property
    def heading(self) -> str:
        """The caption, with the unit that all columns share."""
        return f"{self.caption} ({self.shared_unit})" if self.shared_unit else self.caption

    @property
    def heads(self) -> list[str]:
        """Headings of the columns; without a unit where the caption already says it."""
        return [column.label if self.shared_unit else column.heading for column in self.columns]

    def cells(self, speech: Speech) -> list[list[str]]:
        """Every cell as printed in one language; a dash for unknown."""
        rows = self.rows.iter_rows(named=True)
        return [[_print_cell(row[column.name], column=column, speech=speech) for column in self.columns] for row in rows]


@dataclass(frozen=True)
class Chart:
    """A picture: its Vega-Lite description, its words for those who cannot see it, and its table twin.

    ``more`` holds further tables where one cannot hold all that is shown.
    """

    key: str
    title: str
    description: str
    spec: dict[str, Any]
    twin: Twin
    more: tuple[Twin, ...] = ()


def name_key(speech: Speech, prefix: str, *, key: str | None) -> str:
    """The label of a key such as ``households`` under ``sector``; a key without a label is shown as it is.

    >>> from citytandem.words import Speech
    >>> name_key(Speech("en"), "sector", key="rail"), name_key(Speech("en"), "sector", key="tidal_power")
    ('Rail', 'tidal power')
    """
    if key is None:
        return "–"
    full = f"{prefix}.{key}"
    return speech.label(full) if full in LABELS else key.replace("_", " ")


def write_number(value: float, *, digits: int, speech: Speech) -> str:
    """A number as charts write it: a true minus sign, and no minus before zero.

    >>> from citytandem.words import Speech
    >>> write_number(-0.001, digits=2, speech=Speech("de")), write_number(-1.5, digits=1, speech=Speech("de"))
    ('0,00', '−1,5')
    """
    return speech.number(round(value, digits) + 0.0, digits=digits).replace("-", "−")


def _print_cell(value: Any, *, column: Column, speech: Speech) -> str:
    if value is None:
        return column.unknown
    if column.digits is not None:
        return write_number(float(value), digits=column.digits, speech=speech)
    return str(value)
