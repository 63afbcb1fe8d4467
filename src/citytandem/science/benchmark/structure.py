"""What is each city like in the things it cannot change soon, and how unlike are two cities?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BASES = {"municipality": 0, "place": 1, "urban_area": 2, "state": 3, "country": 4}
GRID = 101
UNKNOWN_QUANTILE = 0.75
"""An unknown value counts as unlike as the less alike quarter of all pairs of cities. [P]"""
ROBUST = (0.10, 0.90)
"""Two cities at these quantiles of all cities are unlike by 1; further apart counts no more, so no variable can drown
the others. [P]"""
FEWEST_KNOWN = 0.5
"""A variable known for less of the pool is left out for everybody, and said so: it would sort cities by who has data. [P]"""


@dataclass(frozen=True)
class Scale:
    """How a variable is compared: by difference, by ratio, or as a class; ``span`` counts as unlike by 1."""

    kind: str
    span: float = 1.0
    plus_one: bool = False

    def place(self, values: Floats) -> Floats:
        """Values on the scale: a gap of 1 is unlike by 1; what cannot be placed is unknown."""
        if self.kind == "category":
            return values.copy()
        if self.kind == "linear":
            return values / self.span
        moved = values + 1.0 if self.plus_one else values
        placed = np.full_like(values, np.nan)
        np.log(moved, out=placed, where=moved > 0)
        return placed / self.span


@dataclass(frozen=True)
class Features:
    """Structure of many cities for one year: one row per city (sorted by id), one column per variable.

    ``raw`` holds values as published (nan unknown), ``scaled`` the same on the scale they are
    compared on (a gap of 1 is unlike by 1), and for classes the number of the class.
    """

    cities: tuple[str, ...]
    variables: tuple[str, ...]
    raw: Floats
    scaled: Floats
    years: NDArray[np.int32]
    classes: Mapping[str, tuple[str, ...]]

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of each city."""
        return {city: number for number, city in enumerate(self.cities)}

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Is the value known? Shape of ``raw``."""
        return ~np.isnan(self.scaled)

    @cached_property
    def unknown_unlikeness(self) -> Floats:
        """What an unknown value counts as, by variable: a high quantile of the unlikeness between all pairs."""
        found = np.ones(len(self.variables))
        for column, variable in enumerate(self.variables):
            values = np.sort(self.scaled[self.known[:, column], column])
            if values.size:
                grid = values[np.linspace(0, values.size - 1, GRID).round().astype(int)]
                pairs = self._unlike(variable, grid[:, None], grid[None, :])
                found[column] = np.quantile(pairs, UNKNOWN_QUANTILE)
        return found

    def unlikeness(self, city: str) -> Floats:
        """How unlike each city is to this one in each variable: 0 alike, 1 at opposite ends; shape of ``raw``."""
        own = self.scaled[self.row[city]]
        columns = [self._unlike(name, self.scaled[:, i], own[i]) for i, name in enumerate(self.variables)]
        unlike = np.stack(columns, axis=1) if columns else np.empty((len(self.cities), 0))
        return np.where(np.isnan(unlike), self.unknown_unlikeness, unlike)

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Variables known for enough cities to count in a distance; shape (variables,)."""
        return np.asarray(self.known.mean(axis=0) >= FEWEST_KNOWN)

    def said(self, city: str, variable: str) -> str | None:
        """The value as text: the class, or the number with six figures; None if unknown."""
        value = self.raw[self.row[city], self.variables.index(variable)]
        if np.isnan(value):
            return None
        return self.classes[variable][int(value)] if variable in self.classes else f"{value:.6g}"

    def _unlike(self, variable: str, one: Floats, other: Floats | float) -> Floats:
        if variable in self.classes:
            return _class_unlikeness(self.classes[variable], one, other)
        return np.minimum(np.abs(one - other), 1.0)


def scales(structure: pl.DataFrame, *, variable: pl.DataFrame) -> dict[str, Scale]:
    """The scale of each variable over all cities of a release, so that it hardly moves when one is added.

    Parameters
    ----------
    structure
        Table :class:`~citytandem.tables.Structure` of all cities.
    variable
        Facts ``variable``: ``variable``, ``scale`` (linear, log or category).
    """
    found = {}
    known = structure.select("variable", "value").drop_nulls("value")
    parts = {str(name): part["value"].to_numpy() for (name,), part in known.group_by("variable")}
    for name, kind in variable.select("variable", "scale").iter_rows():
        bare = Scale(kind=str(kind), plus_one=name == "coast_km")
        placed = bare.place(parts.get(str(name), np.empty(0)).astype(float))
        placed = placed[~np.isnan(placed)]
        low, high = np.quantile(placed, ROBUST) if placed.size else (0.0, 1.0)
        found[str(name)] = Scale(bare.kind, float(high - low) or 1.0, bare.plus_one)
    return found


def features(
    structure: pl.DataFrame, *, cities: Sequence[str], year: int, variables: Sequence[str], scale: Mapping[str, Scale]
) -> Features:
    """Read the structure of cities as it was nearest to a year.

    Parameters
    ----------
    structure
        Table :class:`~citytandem.tables.Structure`.
    cities
        Cities wanted; each gets a row, known or not.
    year
        The nearest year counts, the later of two equally near; a value for the municipality goes before one for a wider area.
    variables
        Variables wanted, in this order.
    scale
        From :func:`scales`.
    """
    rows = nearest(structure, cities=cities, year=year, variables=variables)
    order = tuple(sorted(set(cities)))
    city_row = {city: number for number, city in enumerate(order)}
    classes = _classes(rows)
    raw = np.full((len(order), len(variables)), np.nan)
    years = np.zeros(raw.shape, np.int32)
    for column, variable in enumerate(variables):
        part = rows.filter(pl.col("variable") == variable)
        at = [city_row[city] for city in part["city"]]
        years[at, column] = part["year"].to_numpy()
        raw[at, column] = _numbers(part, classes.get(variable))
    placed = [scale[name].place(raw[:, column]) for column, name in enumerate(variables)]
    scaled = np.stack(placed, axis=1) if placed else raw
    return Features(order, tuple(variables), raw, scaled, years, classes)


def nearest(structure: pl.DataFrame, *, cities: Sequence[str], year: int, variables: Sequence[str]) -> pl.DataFrame:
    """The one row of each city and variable that is nearest to a year."""
    wanted = structure.filter(
        pl.col("city").is_in(list(cities)) & pl.col("variable").cast(pl.String).is_in(list(variables))
    ).with_columns(
        pl.col("variable").cast(pl.String),
        (pl.col("year").cast(pl.Int32) - year).abs().alias("gap"),
        pl.col("basis").cast(pl.String).replace_strict(BASES, return_dtype=pl.Int8).alias("width"),
    )
    ordered = wanted.sort("city", "variable", "width", "gap", pl.col("year").cast(pl.Int32) * -1)
    return ordered.unique(["city", "variable"], keep="first", maintain_order=True)


def _classes(rows: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    named = rows.filter(pl.col("category").is_not_null()).select("variable", "category").unique().sort("variable", "category")
    return {str(variable): tuple(part["category"]) for (variable,), part in named.group_by("variable", maintain_order=True)}


def _numbers(part: pl.DataFrame, classes: tuple[str, ...] | None) -> Floats:
    if classes is None:
        return part["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    numbers = {name: float(number) for number, name in enumerate(classes)}
    return part["category"].replace_strict(numbers, default=None, return_dtype=pl.Float64).fill_null(np.nan).to_numpy()


def _class_unlikeness(classes: tuple[str, ...], one: Floats, other: Floats | float) -> Floats:
    """Unlikeness of classes: none if equal, half if they share the first letter (Cfa and Cfb), else 1."""
    table = np.array([[_letters_apart(a, b) for b in (*classes, "")] for a in (*classes, "")])
    unknown = len(classes)
    left = np.where(np.isnan(one), unknown, one).astype(int)
    right = np.where(np.isnan(other), unknown, other).astype(int)
    found = table[left, right]
    return np.where((left == unknown) | (right == unknown), np.nan, found)


def _letters_apart(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 0.5 if one[:1] == other[:1] else 1.0
