"""Everything of a release that a benchmark needs, worked out once for all cities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from citytandem.science.balance.gate import Header, Told
from citytandem.science.balance.quality import NOTHING_SHARED, SharedErrors
from citytandem.science.balance.totals import outcomes
from citytandem.science.benchmark.expected import Expectation, design
from citytandem.science.benchmark.grids import number_grids
from citytandem.science.benchmark.position import Anchor
from citytandem.science.benchmark.structure import BASES, Features, Floats, Scale, features, scales
from citytandem.tables.results_benchmark import OUTCOMES

POPULATION_WINDOW = 10
"""A population further away in time than this is not divided by. [P]"""
WINDOW_YEARS = 3
COLUMN = {name: number for number, name in enumerate(OUTCOMES)}
_SPLIT = [COLUMN[name] for name in OUTCOMES if name != "full"]


@dataclass(frozen=True)
class Window:
    """Cities with a balance near a year: the balance chosen for each, their structure, and the same as numbers."""

    year: int
    rows: NDArray[np.int64]
    features: Features
    families: tuple[str, ...]
    design: Floats
    expectations: dict[tuple[int, str], Expectation | None] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of the chosen balance by city."""
        return dict(zip(self.features.cities, (int(row) for row in self.rows), strict=True))


@dataclass(frozen=True)
class Prepared:
    """A release made ready for benchmarks. Rows of ``balance``, ``value``, ``low``, ``high`` and ``missing`` are balances,
    sorted by id.

    ``value``, ``low`` and ``high`` are t CO2e per head by outcome (columns as OUTCOMES), nan where unknown; so are
    ``electricity_low`` and ``electricity_high``, what of it is made with the factor of a grid. ``grid`` numbers these factors,
    ``grid_known`` says where it is known to be the national one.
    """

    balance: pl.DataFrame
    outcome: pl.DataFrame
    structure: pl.DataFrame
    line: pl.DataFrame
    value: Floats
    low: Floats
    high: Floats
    electricity_low: Floats
    electricity_high: Floats
    electricity_width: float
    grid: NDArray[np.int64]
    grid_known: NDArray[np.bool_]
    emissions: Floats
    missing: tuple[tuple[str | None, ...], ...]
    line_range: NDArray[np.int64]
    kind: NDArray[np.int64]
    country: Mapping[str, str]
    profiles: Mapping[str, Mapping[str, float]]
    anchors: Mapping[str, Anchor]
    scale: Mapping[str, Scale]
    population: Floats
    own_population: NDArray[np.bool_]
    has_energy: NDArray[np.bool_]
    judged: dict[tuple[int, int, str], dict[str, Told]] = field(default_factory=dict, compare=False, repr=False)
    windows: dict[tuple[int, int], Window] = field(default_factory=dict, compare=False, repr=False)

    def __repr__(self) -> str:
        return f"Prepared({self.balance.height:,} balances of {len(self.rows_of):,} cities)"

    @cached_property
    def rows_of(self) -> dict[str, list[int]]:
        """Rows of balances by city, oldest first."""
        found: dict[str, list[int]] = {}
        order = np.argsort(self.years, kind="stable")
        cities = self.columns["city"]
        for row in order.tolist():
            found.setdefault(cities[row], []).append(row)
        return found

    @cached_property
    def row_of_balance(self) -> dict[str, int]:
        """Row by balance id."""
        return {name: row for row, name in enumerate(self.columns["balance"])}

    @cached_property
    def years(self) -> NDArray[np.int64]:
        """Year by row."""
        return self.balance["year"].cast(pl.Int64).to_numpy()

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        """Columns of the balances as lists, for look-ups."""
        return self.balance.to_dict(as_series=False)

    def header(self, row: int) -> Header:
        """What the gate needs to know about one balance."""
        given = {name: self.columns[name][row] for name in HEADER}
        return Header(**given, missing=dict(zip(OUTCOMES, self.missing[row], strict=True)))

    def lines_of(self, row: int) -> pl.DataFrame:
        """Lines of one balance."""
        start, stop = self.line_range[row]
        return self.line.slice(int(start), int(stop - start))

    def structure_source(self, city: str) -> dict[tuple[str, int | None], str]:
        """Who published the structure of a city, by variable and year."""
        start, count = self._structure_range.get(city, (0, 0))
        part = self.structure.slice(start, count).select(pl.col("variable").cast(pl.String), "year", "source")
        return {(variable, year): source for variable, year, source in part.iter_rows()}

    @cached_property
    def _structure_range(self) -> dict[str, tuple[int, int]]:
        """First row and number of rows of each city; the structure is sorted by city."""
        counts = self.structure.group_by("city", maintain_order=True).len()
        starts = (counts["len"].cum_sum() - counts["len"]).to_list()
        return dict(zip(counts["city"], zip(starts, counts["len"].to_list(), strict=True), strict=True))

    def known(self, row: int, outcome: str) -> bool:
        """Is an outcome known per head?"""
        return self._is_known[row][COLUMN[outcome]]

    @cached_property
    def _is_known(self) -> list[list[bool]]:
        found: list[list[bool]] = (~np.isnan(self.value)).tolist()
        return found

    @cached_property
    def series(self) -> pl.DataFrame:
        """The outcomes of all balances, as a row of a series."""
        return self.outcome.select(
            "outcome", "year", "balance", "emissions_t", "per_head_t", pl.col("low_t_per_head").alias("low"),
            pl.col("high_t_per_head").alias("high"), "method", "source",
        )  # fmt: skip

    def window(self, year: int, *, reach: int = WINDOW_YEARS) -> Window:
        """Cities with a balance within ``reach`` years; worked out once for each year."""
        if (year, reach) not in self.windows:
            self.windows[year, reach] = _window(self, year, reach)
        return self.windows[year, reach]


HEADER = (
    "balance", "city", "year", "method", "gwp", "upstream", "electricity", "boundary",
    "period_start", "period_end", "top_down", "weather_corrected", "user_based",
)  # fmt: skip
GRIDS = (
    "per_head_t", "low_t_per_head", "high_t_per_head", "electricity_low_t_per_head", "electricity_high_t_per_head", "emissions_t",
)  # fmt: skip
_KIND = ("method", "gwp", "upstream", "electricity", "boundary", "top_down", "weather_corrected", "user_based")


def prepare(
    *,
    city: pl.DataFrame,
    structure: pl.DataFrame,
    balance: pl.DataFrame,
    line: pl.DataFrame,
    variable: pl.DataFrame,
    profile: pl.DataFrame,
    anchor: pl.DataFrame,
    quality: pl.DataFrame,
    booking: Mapping[str, str] | None = None,
    electricity: Mapping[str, str] | None = None,
    shared: SharedErrors = NOTHING_SHARED,
    profile_name: str = "structure_2026",
    quality_name: str = "bisko_gpc_2026",
) -> Prepared:
    """Work out the outcomes of every balance and set the frames up for quick look-ups.

    Parameters
    ----------
    city, structure, balance, line
        Tables of a release.
    variable, profile, anchor, quality
        Facts of the same names.
    booking
        By method where its electricity is booked: ``user``, ``producer``, else unknown; counts where the lines do not say.
    electricity
        By method which factor stands behind its electricity; counts where the balance does not say.
    shared
        Errors of factors that lines, and cities of one grid, have together.
    profile_name, quality_name
        Named profiles to use.
    """
    heads = balance.sort("balance")
    lines = line.join(heads.select("balance").with_row_index("row"), on="balance", how="inner").sort("row", maintain_order=True)
    heads = heads.with_columns(_booked(heads, lines, booking or {}))
    relevant = structure.join(heads.select("city").unique(), on="city", how="semi").sort("city", "variable", "year")
    width = dict(quality.filter(pl.col("profile") == quality_name).select("grade", "half_width").iter_rows())
    # numbers are joined and grouped several times faster than ids
    numbered = heads.rename({"balance": "id"}).with_row_index("balance")
    long = (
        outcomes(
            lines.drop("balance").rename({"row": "balance"}).lazy(),
            balance=numbered.drop("population").lazy(),
            population=populations(numbered, structure=relevant).lazy(),
            width=width,
            shared=shared,
        )
        .collect()
        .with_columns(pl.col("outcome").cast(pl.Enum(OUTCOMES)), pl.col("year").cast(pl.Int16))
        .sort("balance", "outcome")
    )
    grid = {name: _grid(long, name) for name in GRIDS}
    country = dict(city.select("city", "country").iter_rows())
    number, is_known = number_grids(heads, country=country, electricity=electricity or {})
    people = long.gather_every(len(OUTCOMES)).select(
        pl.col("population").fill_null(np.nan), (pl.col("population_year") == pl.col("year")).fill_null(False).alias("own")
    )
    energy = lines.filter(pl.col("activity_mwh").is_not_null())["row"].unique().to_numpy()
    named = long.join(numbered.select("balance", "id"), on="balance").drop("balance").rename({"id": "balance"})
    return Prepared(
        balance=heads,
        outcome=named.select(long.columns),
        structure=relevant,
        line=lines.drop("row"),
        value=grid["per_head_t"],
        low=grid["low_t_per_head"],
        high=grid["high_t_per_head"],
        electricity_low=grid["electricity_low_t_per_head"],
        electricity_high=grid["electricity_high_t_per_head"],
        electricity_width=shared.electricity,
        grid=number,
        grid_known=is_known,
        emissions=grid["emissions_t"],
        missing=_missing(long),
        line_range=_ranges(lines, heads.height),
        kind=_kinds(heads),
        country=country,
        profiles=_profiles(profile, profile_name),
        anchors=_anchors(anchor),
        scale=scales(structure, variable=variable),
        population=people["population"].to_numpy(),
        own_population=people["own"].to_numpy(),
        has_energy=np.isin(np.arange(heads.height), energy),
    )


def populations(balance: pl.DataFrame, *, structure: pl.DataFrame) -> pl.DataFrame:
    """The population each balance is divided by: its own, else that of the city of the nearest year.

    Parameters
    ----------
    balance
        Table Balance.
    structure
        Table Structure.

    Returns
    -------
    One row per balance: ``balance``, ``population``, ``population_year``, ``population_source``; null
    where none is known within ten years. A figure for the municipality goes before one for a place.
    """
    known = structure.filter((pl.col("variable").cast(pl.String) == "population") & (pl.col("value") >= 1)).select(
        "city",
        pl.col("value").alias("found"),
        pl.col("year").cast(pl.Int32).alias("found_year"),
        pl.col("source").alias("found_source"),
        pl.col("basis").cast(pl.String).replace_strict(BASES, return_dtype=pl.Int8).alias("width"),
    )
    year = pl.col("year").cast(pl.Int32)
    nearest = (
        balance.select("balance", "city", "year")
        .join(known, on="city", how="inner")
        .with_columns((pl.col("found_year") - year).abs().alias("gap"))
        .filter(pl.col("gap") <= POPULATION_WINDOW)
        .sort("balance", "width", "gap", "found_year", descending=[False, False, False, True])
        .unique("balance", keep="first", maintain_order=True)
    )
    own = pl.col("population").is_not_null()
    joined = balance.select("balance", "population", "year", "source").join(
        nearest.select("balance", "found", "found_year", "found_source"), on="balance", how="left"
    )
    return joined.select(
        "balance",
        pl.coalesce("population", "found").alias("population"),
        pl.when(own).then(year).otherwise("found_year").alias("population_year"),
        pl.when(own).then("source").otherwise("found_source").alias("population_source"),
    )


def _booked(heads: pl.DataFrame, lines: pl.DataFrame, booking: Mapping[str, str]) -> pl.Series:
    """Is electricity booked to its users? From the scopes of the lines, else from the method, else unknown."""
    scope = pl.col("scope").cast(pl.String)
    seen = lines.group_by("row").agg(
        scope.is_in(["2", "1+2", "1+2+3"]).any().alias("two"),
        (scope == "1").any().alias("one"),
        (scope == "none").any().alias("unstated"),
    )
    joined = heads.with_row_index("row").join(seen, on="row", how="left").sort("row")
    by_method = pl.col("method").replace_strict(
        {name: {"user": True, "producer": False}.get(kind) for name, kind in booking.items()},
        default=None,
        return_dtype=pl.Boolean,
    )
    by_lines = pl.when(pl.col("two")).then(True).when(pl.col("one") & ~pl.col("unstated")).then(False)
    return joined.select(pl.coalesce(by_method, by_lines).alias("user_based")).to_series()


def _grid(long: pl.DataFrame, column: str) -> Floats:
    return long[column].fill_null(np.nan).to_numpy().reshape(-1, len(OUTCOMES)).copy()


def _missing(long: pl.DataFrame) -> tuple[tuple[str | None, ...], ...]:
    """Missing sectors by balance and outcome; ``population`` where the emissions are known and the people are not."""
    said = pl.when(pl.col("per_head_t").is_null()).then(pl.coalesce("missing", pl.lit("population")))
    flat = long.select(said.alias("said"))["said"].to_list()
    step = len(OUTCOMES)
    return tuple(tuple(flat[at : at + step]) for at in range(0, len(flat), step))


def _ranges(lines: pl.DataFrame, count: int) -> NDArray[np.int64]:
    rows = lines["row"].to_numpy()
    numbers = np.arange(count)
    return np.stack([np.searchsorted(rows, numbers), np.searchsorted(rows, numbers, side="right")], axis=1)


def _kinds(heads: pl.DataFrame) -> NDArray[np.int64]:
    """Number of the kind of each balance: those made alike, which the gate judges alike."""
    span = (pl.col("period_end") - pl.col("period_start")).dt.total_days() // 30
    parts = heads.select(
        *(pl.col(name).cast(pl.String) for name in _KIND), pl.col("period_start").dt.month(), span.alias("months")
    )
    return parts.select(pl.struct(pl.all()).rank("dense")).to_series().cast(pl.Int64).to_numpy()


def _profiles(profile: pl.DataFrame, name: str) -> dict[str, dict[str, float]]:
    rows = profile.filter(pl.col("profile") == name).select("question", "variable", "weight")
    found: dict[str, dict[str, float]] = {}
    for question, variable, weight in rows.iter_rows():
        found.setdefault(str(question), {})[str(variable)] = float(weight)
    return found


def _anchors(anchor: pl.DataFrame) -> dict[str, Anchor]:
    ends = {
        str(name): (float(bad), float(target))
        for name, bad, target in anchor.select("indicator", "at_zero", "at_ten").iter_rows()
    }
    return {name: Anchor(*ends[f"{name}_t_per_head"]) for name in OUTCOMES if f"{name}_t_per_head" in ends}


def _window(prepared: Prepared, year: int, reach: int) -> Window:
    """Of each city the balance that states any sector, then the nearest in time, then the fullest, then the first by id."""
    near = np.flatnonzero(np.abs(prepared.years - year) <= reach)
    split = (~np.isnan(prepared.value[near][:, _SPLIT])).sum(axis=1)
    frame = (
        prepared.balance[near.tolist()]
        .select("city", "balance")
        .with_columns(
            pl.Series("row", near),
            pl.Series("split", split > 0),
            pl.Series("gap", np.abs(prepared.years[near] - year)),
            pl.Series("full", split),
        )
    )
    best = frame.sort("city", "split", "gap", "full", "balance", descending=[False, True, False, True, False]).unique(
        "city", keep="first", maintain_order=True
    )
    variables = list(dict.fromkeys(name for weights in prepared.profiles.values() for name in weights))
    found = features(prepared.structure, cities=best["city"].to_list(), year=year, variables=variables, scale=prepared.scale)
    families = tuple(prepared.country[name] for name in found.cities)
    return Window(year, best["row"].to_numpy(), found, families, design(found, families=families))
