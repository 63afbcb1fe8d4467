"""What does a balance say per head, by the outcomes that can be compared?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import Any

import narwhals as nw

from citytandem.science.balance.quality import MIXED_CARRIERS, NOTHING_SHARED, WHOLE_VIEW, SharedErrors
from citytandem.tables.balance import GRADES

_BUILDINGS = ("households", "services", "municipal", "buildings")
_STATIONARY = (*_BUILDINGS, "industry_energy", "agriculture_energy", "services_and_industry", "stationary")
_TRANSPORT = ("road", "rail", "transport")
_WASTE = ("waste", "wastewater")
_APPLICATIONS = ("heat_use", "electricity_use")

PARTS: dict[str, tuple[str, ...]] = {
    "households": ("households",),
    "buildings": _BUILDINGS,
    "industry": ("industry_energy",),
    "stationary": _STATIONARY,
    "transport": _TRANSPORT,
    "waste": _WASTE,
    "core_no_industry": (*_BUILDINGS, *_TRANSPORT),
    "core": (*_STATIONARY, *_TRANSPORT, *_APPLICATIONS),
    "core_waste": (*_STATIONARY, *_TRANSPORT, *_WASTE, *_APPLICATIONS),
}
"""Sectors that are added up for each outcome; a balance holds either the parts or their combination."""

POPULATION_DRIFT = 0.01
"""A population of another year widens the interval by one per cent for each year between them. [P]"""

_SECTORS = tuple(dict.fromkeys((*_STATIONARY, *_TRANSPORT, *_WASTE, *_APPLICATIONS)))
_UNSPLIT = "services_and_industry"


@nw.narwhalify
def outcomes(
    line: Any,
    *,
    balance: Any,
    population: Any,
    width: Mapping[str, float],
    shared: SharedErrors = NOTHING_SHARED,
) -> Any:
    """Emissions per head by outcome, with the 90 % interval and what is missing.

    One view is read of each balance: ``sector`` before ``application`` before ``total``, the first in which
    emissions are stated; views are never added. A sector counts as known if each of its lines has a number; the notation
    key NO is
    zero, and NE, IE and C leave the sector unknown. An outcome is null unless every sector it needs is known.

    The error of each line is its own and averages out; the error of a grid factor hits all electricity of the balance at once,
    and that of a heat network all its heat, so they are added as they are. Where a line does not say how much of it is
    electricity, the most it can be counts, and never more than another view of the same balance leaves room for: unknown
    widens. A published total (``full``) has no lines and keeps the one width of its quality.

    Parameters
    ----------
    line, balance
        Tables :class:`~citytandem.tables.Line` and :class:`~citytandem.tables.Balance`, of any engine
        Narwhals speaks; all three frames of the same one.
    population
        One row per balance: ``balance``, ``population``, ``population_year``, ``population_source``.
    width
        Relative 90 % half-width by grade, with ``none`` for ungraded lines and ``top_down``.
    shared
        Errors of factors that lines have together, and how much electricity a line of all carriers can hold.

    Returns
    -------
    Rows as in :class:`~citytandem.tables.results_benchmark.Outcome`, in no particular order.
    """
    chosen = _chosen_view(line, balance=balance, width=width, shared=shared)
    wide = _wide(_by_sector(chosen))
    heads = balance.join(wide, on="balance", how="left").join(_full(line), on="balance", how="left")
    heads = heads.join(_room_for_electricity(line, shared=shared, wide=wide), on="balance", how="left")
    heads = _with_completeness(heads.join(population, on="balance", how="left"))
    parts = [_one_outcome(heads, outcome=name, shared=shared) for name in PARTS]
    return _per_head(nw.concat([*parts, _full_outcome(heads, width=width)], how="vertical"))


def _electric_share(shared: SharedErrors) -> tuple[Any, Any]:
    """The share of a line that is electricity, at least and at most; see ``SharedErrors.electric_share``."""
    carrier, sector, scope = (nw.col(name).cast(nw.String) for name in ("carrier", "sector", "scope"))
    ends = []
    for end in (0, 1):
        bound = nw.lit(0.0)
        for value in sorted({ends[end] for ends in shared.share.values()} - {0.0}):
            names = [name for name, ends in shared.share.items() if ends[end] == value]
            bound = nw.when(sector.is_in(names)).then(nw.lit(value)).otherwise(bound)
        if end:
            bound = nw.when((scope == "2") & sector.is_in(list(shared.share))).then(nw.lit(1.0)).otherwise(bound)
        mixed = carrier.is_in(list(MIXED_CARRIERS)) & (scope != "1")
        ends.append(nw.when(carrier == "electricity").then(nw.lit(1.0)).when(mixed).then(bound).otherwise(nw.lit(0.0)))
    return ends[0], ends[1]


def _room_for_electricity(line: Any, *, shared: SharedErrors, wide: Any) -> Any:
    """The most electricity each balance can hold by any one of its views that is complete: ``room``."""
    value = nw.col("emissions_t").fill_null(0.0)
    views = (
        line.with_columns((value * _electric_share(shared)[1]).alias("electric"), value.alias("known"))
        .group_by("balance", nw.col("view").cast(nw.String).alias("of_view"))
        .agg(nw.col("electric").sum(), nw.col("known").sum())
    )
    core = wide.select("balance", nw.sum_horizontal(nw.col(*(f"v_{name}" for name in PARTS["core"]))).alias("compared"))
    whole = views.join(core, on="balance", how="inner").filter(nw.col("known") >= nw.col("compared") * WHOLE_VIEW)
    return whole.group_by("balance").agg(nw.col("electric").min().alias("room"))


def _chosen_view(line: Any, *, balance: Any, width: Mapping[str, float], shared: SharedErrors) -> Any:
    """Lines of the view that separates most, with their error and grade as numbers."""
    view = nw.col("view").cast(nw.String)
    order = nw.when(view == "sector").then(nw.lit(0)).when(view == "application").then(nw.lit(1)).otherwise(nw.lit(2))
    seen = line.filter(view != "carrier").with_columns(order.alias("order"))
    stated = ~nw.col("emissions_t").is_null() | ~nw.col("notation").is_null()
    best = seen.filter(stated).group_by("balance").agg(nw.col("order").min().alias("best"))
    lines = seen.join(best, on="balance", how="inner").filter(nw.col("order") == nw.col("best"))
    lines = lines.join(balance.select("balance", "top_down"), on="balance", how="inner")
    grade = nw.col("grade").cast(nw.String)
    half, grade_number = nw.lit(float(width["none"])), nw.lit(0)
    for number, name in enumerate(GRADES, 1):
        half = nw.when(grade == name).then(nw.lit(float(width[name]))).otherwise(half)
        grade_number = nw.when(grade == name).then(nw.lit(number)).otherwise(grade_number)
    half = nw.when(nw.col("top_down")).then(nw.lit(float(width["top_down"]))).otherwise(half)
    zero = nw.col("emissions_t").is_null() & (nw.col("notation").cast(nw.String) == "NO").fill_null(False)
    value = nw.when(zero).then(nw.lit(0.0)).otherwise(nw.col("emissions_t"))
    least, most = _electric_share(shared)
    return lines.select(
        "balance",
        nw.col("sector").cast(nw.String),
        least.alias("least"),
        most.alias("most"),
        (nw.col("carrier").cast(nw.String) == "district_heat").alias("is_heat"),
        value.alias("value"),
        half.alias("half"),
        grade_number.alias("grade_number"),
    )


def _by_sector(lines: Any) -> Any:
    known = nw.col("value").fill_null(0.0)
    return (
        lines.with_columns(
            known.alias("known"),
            (known * known * nw.col("half") * nw.col("half")).alias("square"),
            (known * nw.col("least")).alias("least"),
            (known * nw.col("most")).alias("most"),
            nw.when(nw.col("is_heat")).then(known).otherwise(nw.lit(0.0)).alias("heat"),
            nw.when(nw.col("value").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("unknown"),
        )
        .group_by("balance", "sector")
        .agg(
            nw.col("known").sum().alias("value"),
            nw.col("square").sum().alias("square"),
            nw.col("least").sum().alias("least"),
            nw.col("most").sum().alias("most"),
            nw.col("heat").sum().alias("heat"),
            nw.col("unknown").sum().alias("unknown"),
            nw.col("grade_number").max().alias("grade_number"),
        )
    )


def _wide(sums: Any) -> Any:
    """One row per balance; for each sector its value, square of error, electricity, heat, grade, and if it is known."""
    columns = []
    for name in _SECTORS:
        here = nw.col("sector") == name
        for short, source in _SHORT.items():
            columns.append(nw.when(here).then(nw.col(source)).otherwise(nw.lit(0)).alias(f"{short}_{name}"))
        columns.append(nw.when(here & (nw.col("unknown") == 0)).then(nw.lit(1)).otherwise(nw.lit(0)).alias(f"k_{name}"))
    summed = (f"{short}_{name}" for short in _SHORT for name in _SECTORS)
    known = (f"k_{name}" for name in _SECTORS)
    # one expression for many columns: writing each of its own takes longer than reckoning it
    return sums.select("balance", *columns).group_by("balance").agg(nw.col(*summed).sum(), nw.col(*known).max())


_SHORT = {"v": "value", "q": "square", "l": "least", "m": "most", "h": "heat", "g": "grade_number"}


def _full(line: Any) -> Any:
    """The published total line, and the sum of the sector view, which is the total where none is printed."""
    view = nw.col("view").cast(nw.String)
    is_total = (view == "total") & (nw.col("sector").cast(nw.String) == "total")
    in_sectors = view == "sector"
    value = nw.col("emissions_t")
    return (
        line.with_columns(
            nw.when(is_total).then(value).otherwise(nw.lit(0.0)).fill_null(0.0).alias("total_line"),
            nw.when(is_total & ~value.is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("has_total"),
            nw.when(in_sectors).then(value).otherwise(nw.lit(0.0)).fill_null(0.0).alias("sector_sum"),
            nw.when(in_sectors & ~value.is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("has_sectors"),
        )
        .group_by("balance")
        .agg(
            nw.col("total_line").sum(),
            nw.col("has_total").sum(),
            nw.col("sector_sum").sum(),
            nw.col("has_sectors").sum(),
        )
    )


def _with_completeness(heads: Any) -> Any:
    """For each need of an outcome a flag: is it known?"""
    known = {name: nw.col(f"k_{name}").fill_null(0) == 1 for name in _SECTORS}
    split = nw.col(f"k_{_UNSPLIT}").fill_null(0) == 0
    households = known["households"] | known["buildings"]
    stationary = (
        known["stationary"]
        | (households & known[_UNSPLIT])
        | ((known["buildings"] | (known["households"] & known["services"])) & known["industry_energy"])
    )
    return heads.with_columns(
        known["households"].alias("need_households"),
        ((known["services"] & split) | known["buildings"]).alias("need_services"),
        (known["industry_energy"] & split).alias("need_industry"),
        stationary.alias("need_stationary"),
        # heat and electricity of all users are the same energy, cut the other way
        (stationary | (known["heat_use"] & known["electricity_use"])).alias("need_energy"),
        households.alias("need_homes"),
        (known["road"] | known["transport"]).alias("need_transport"),
        known["waste"].alias("need_waste"),
    )


_NEEDS: dict[str, tuple[str, ...]] = {
    "households": ("households",),
    "buildings": ("homes", "services"),
    "industry": ("industry",),
    "stationary": ("stationary",),
    "transport": ("transport",),
    "waste": ("waste",),
    "core_no_industry": ("homes", "services", "transport"),
    "core": ("energy", "transport"),
    "core_waste": ("energy", "transport", "waste"),
}
_MISSING_NAME = {"homes": "households", "industry": "industry_energy", "energy": "stationary"}


def _one_outcome(heads: Any, *, outcome: str, shared: SharedErrors) -> Any:
    parts, needs = PARTS[outcome], _NEEDS[outcome]
    complete = reduce(and_, (nw.col(f"need_{name}") for name in needs))
    value, square, least, most, heat = (nw.sum_horizontal(nw.col(*(f"{short}_{name}" for name in parts))) for short in "vqlmh")
    most = nw.min_horizontal(most, nw.col("room").fill_null(float("inf")))
    electric, warm = most * shared.electricity, heat * shared.heat
    unknown = nw.lit(None, nw.Float64)
    missing = [
        nw.when(~nw.col(f"need_{name}")).then(nw.lit(_MISSING_NAME.get(name, name))).otherwise(nw.lit(None, nw.String))
        for name in needs
    ]
    # a zero beside it, because Spark takes the greatest of two or more only
    grade_number = nw.max_horizontal(nw.col(*(f"g_{name}" for name in parts)), nw.lit(0))
    return _shape(
        heads,
        outcome=outcome,
        value=nw.when(complete).then(value).otherwise(unknown),
        half=nw.when(complete).then((square + electric * electric + warm * warm).sqrt()).otherwise(unknown),
        electricity=(nw.when(complete).then(least).otherwise(unknown), nw.when(complete).then(most).otherwise(unknown)),
        missing=nw.concat_str(missing, separator=",", ignore_nulls=True),
        grade_number=nw.when(complete).then(grade_number).otherwise(nw.lit(0)),
    )


def _full_outcome(heads: Any, *, width: Mapping[str, float]) -> Any:
    """The total as published: stated in the header, else its own line, else the sum of all sectors."""
    value = (
        nw.when(~nw.col("reported_t").is_null())
        .then(nw.col("reported_t"))
        .when(nw.col("has_total").fill_null(0) == 1)
        .then(nw.col("total_line"))
        .when(nw.col("has_sectors").fill_null(0) > 0)
        .then(nw.col("sector_sum"))
        .otherwise(nw.lit(None, nw.Float64))
    )
    half = nw.when(nw.col("top_down")).then(nw.lit(float(width["top_down"]))).otherwise(nw.lit(float(width["none"])))
    missing = nw.when(value.is_null()).then(nw.lit("total")).otherwise(nw.lit("", nw.String))
    nothing = nw.lit(None, nw.Float64)
    return _shape(
        heads,
        outcome="full",
        value=value,
        half=value.abs() * half,
        electricity=(nothing, nothing),
        missing=missing,
        grade_number=nw.lit(0),
    )


def _shape(
    heads: Any, *, outcome: str, value: Any, half: Any, electricity: tuple[Any, Any], missing: Any, grade_number: Any
) -> Any:
    return heads.select(
        "balance",
        nw.lit(outcome).alias("outcome"),
        "city",
        "year",
        value.cast(nw.Float64).alias("emissions_t"),
        half.cast(nw.Float64).alias("half"),
        electricity[0].cast(nw.Float64).alias("least"),
        electricity[1].cast(nw.Float64).alias("most"),
        nw.col("population"),
        "population_year",
        "population_source",
        missing.alias("missing"),
        grade_number.cast(nw.Int64).alias("grade_number"),
        "method",
        "source",
    )


def _per_head(rows: Any) -> Any:
    grade = nw.lit(None, nw.String)
    for number, name in enumerate(GRADES, 1):
        grade = nw.when(nw.col("grade_number") == number).then(nw.lit(name)).otherwise(grade)
    people = nw.col("population")
    drift = (
        nw.col("emissions_t") * (nw.col("year").cast(nw.Float64) - nw.col("population_year").cast(nw.Float64)) * POPULATION_DRIFT
    )
    half = (nw.col("half") * nw.col("half") + drift * drift).sqrt()
    rows = rows.with_columns(
        (nw.col("emissions_t") / people).alias("per_head_t"),
        ((nw.col("emissions_t") - half) / people).alias("low_t_per_head"),
        ((nw.col("emissions_t") + half) / people).alias("high_t_per_head"),
        (nw.col("least") / people).alias("electricity_low_t_per_head"),
        (nw.col("most") / people).alias("electricity_high_t_per_head"),
        nw.when(nw.col("missing") == "").then(nw.lit(None, nw.String)).otherwise(nw.col("missing")).alias("missing"),
        grade.alias("grade"),
    )
    return rows.select(*COLUMNS)


COLUMNS = (
    "balance",
    "outcome",
    "city",
    "year",
    "emissions_t",
    "per_head_t",
    "low_t_per_head",
    "high_t_per_head",
    "electricity_low_t_per_head",
    "electricity_high_t_per_head",
    "population",
    "population_year",
    "population_source",
    "missing",
    "grade",
    "method",
    "source",
)
