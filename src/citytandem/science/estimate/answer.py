"""What a city without a balance may emit: a first estimate, with how it is known and what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.balance.totals import POPULATION_DRIFT
from citytandem.science.benchmark.expected import design
from citytandem.science.benchmark.prepare import Prepared, populations
from citytandem.science.benchmark.structure import Features, Floats, Scale, features
from citytandem.science.estimate.carriers import split_parts
from citytandem.science.estimate.context import facts_of, share_of_heat, spread_context
from citytandem.science.estimate.guess import BASES, Guess, guess
from citytandem.science.estimate.interval import FEWEST, span_errors
from citytandem.science.estimate.lean import lean
from citytandem.science.estimate.lessons import collect_lessons, find_national, name_families, national_per_head
from citytandem.science.estimate.limits import limits, limits_of_carriers, limits_of_context
from citytandem.science.estimate.mix import PARTS, factors_of, mix_of_cities, mix_of_country, published_mixes
from citytandem.tables.provenance import Provenance
from citytandem.tables.results_benchmark import OUTCOMES
from citytandem.tables.results_estimate import Estimate

SHARED = ("households", "buildings", "industry", "stationary", "transport")
"""Outcomes that are parts of the core, and so have a share of it."""
SOURCE = "citytandem-2026"


@dataclass(frozen=True)
class Tables:
    """Reference facts that carriers are known from: national use, factors of countries and of fuels."""

    national_use: pl.DataFrame
    factor: pl.DataFrame
    fuel_factor: pl.DataFrame


@dataclass(frozen=True)
class Material:
    """What estimates are made from: the outcomes of a release, and the tables around them."""

    outcome: pl.DataFrame
    balance: pl.DataFrame
    city: pl.DataFrame
    structure: pl.DataFrame
    series: pl.DataFrame
    scale: Mapping[str, Scale]
    variables: Sequence[str]
    line: pl.DataFrame
    tables: Tables
    context: pl.DataFrame | None = None

    @cached_property
    def national(self) -> pl.DataFrame:
        """Fossil CO2 per head by country and year."""
        return national_per_head(self.series)

    @cached_property
    def usual_year(self) -> int:
        """The newest of the years with most balances."""
        counts = self.balance.group_by("year").len().sort("len", "year")
        return int(counts["year"][-1])


@dataclass(frozen=True)
class Estimated:
    """A first estimate for one city.

    ``estimate`` and ``carriers`` are as in ``tables.results_estimate``; ``context`` are the local facts of the city that were
    known; ``national_per_head_t`` is the fossil CO2 per head of the country in ``national_year``, beside which everything was
    learned.
    """

    city: str
    name: str
    country: str
    year: int
    population: float
    population_year: int
    population_source: str
    national_per_head_t: float
    national_year: int
    estimate: pl.DataFrame
    carriers: pl.DataFrame
    context: Mapping[str, float]
    findings: tuple[Finding, ...]
    provenance: Provenance | None = None


@dataclass(frozen=True)
class Pool:
    """Cities with lessons, and those asked about: structure, and where each lies."""

    features: Features
    countries: tuple[str, ...]
    states: tuple[str | None, ...]
    context: Mapping[str, Floats]

    def families(self, ratio: Floats) -> list[str]:
        """The family of each city for one outcome."""
        return name_families(self.countries, states=self.states, known=(~np.isnan(ratio)).tolist())

    def spread(self, lesson: pl.DataFrame, column: str) -> Floats:
        """A column of lessons of one outcome with a row per city; nan where unknown."""
        values = np.full(len(self.features.cities), np.nan)
        values[[self.features.row[city] for city in lesson["city"]]] = lesson[column].fill_null(np.nan).to_numpy()
        return values

    def guess(self, ratio: Floats, *, outcome: str) -> Guess:
        """Guesses for all cities with an unknown ratio, moved by local facts where these help."""
        families = self.families(ratio)
        found = guess(design(self.features, families=families), ratio=ratio, families=families, countries=self.countries)
        return lean(found, families=families, context=self.context, outcome=outcome)


def gather(
    prepared: Prepared,
    *,
    city: pl.DataFrame,
    structure: pl.DataFrame,
    series: pl.DataFrame,
    tables: Tables,
    context: pl.DataFrame | None = None,
) -> Material:
    """The material for estimates out of a release made ready, its tables of all cities, and local facts where there are any."""
    variables = tuple(dict.fromkeys(name for weights in prepared.profiles.values() for name in weights))
    return Material(
        outcome=prepared.outcome,
        balance=prepared.balance,
        city=city,
        structure=structure,
        series=series,
        scale=prepared.scale,
        variables=variables,
        line=prepared.line,
        tables=tables,
        context=context,
    )


def learn(material: Material, *, year: int, also: Sequence[str] = ()) -> tuple[pl.DataFrame, Pool]:
    """The lessons for a year, and the structure of all who teach, beside some who do not."""
    lesson = collect_lessons(
        material.outcome, balance=material.balance, city=material.city, national=material.national, year=year
    )
    cities = sorted({*lesson["city"].to_list(), *also})
    found = features(material.structure, cities=cities, year=year, variables=list(material.variables), scale=material.scale)
    places = {row[0]: row[1:] for row in material.city.select("city", "country", "state").iter_rows()}
    countries, states = zip(*(places[name] for name in found.cities), strict=True)
    return lesson, Pool(found, countries, states, spread_context(material.context, cities=found.cities))


def answer(material: Material, *, city: str, year: int | None = None, provenance: Provenance | None = None) -> Estimated:
    """Estimate the outcomes of a city from those of others.

    Nothing of the city's own balances is used, if it has any.

    Parameters
    ----------
    material
        From :func:`gather`.
    city
        Id of the city.
    year
        Year of the estimate; the one with most balances if None.
    provenance
        Release and code, carried into the answer.

    Raises
    ------
    CannotCompute
        CITY_WITHOUT_POPULATION, COUNTRY_WITHOUT_TOTAL.
    """
    chosen = material.usual_year if year is None else year
    name, country = material.city.filter(pl.col("city") == city).select("name", "country").row(0)
    people = _count_people(material, city=city, year=chosen)
    national = find_national(material.national, country=country, year=chosen)
    if national is None:
        raise CannotCompute(Finding(Code.COUNTRY_WITHOUT_TOTAL, {"city": city, "country": country, "year": chosen}))
    lesson, pool = learn(material, year=chosen, also=[city])
    others = lesson.filter(pl.col("city") != city)
    drift = POPULATION_DRIFT * abs(people["population_year"] - chosen)
    rows = [
        _estimate_one(others.filter(pl.col("outcome") == name), pool=pool, city=city, national=national[0], name=name)
        | {"outcome": name, "year": chosen}
        for name in OUTCOMES
    ]
    frame = _finish(pl.DataFrame(rows, infer_schema_length=None), people=people["population"], drift=drift)
    carriers = split_parts(frame, mix_for(material, pool=pool, lesson=others, city=city, country=country, year=chosen))
    return Estimated(
        city=city,
        name=name,
        country=country,
        year=chosen,
        population=people["population"],
        population_year=people["population_year"],
        population_source=people["population_source"],
        national_per_head_t=national[0],
        national_year=national[1],
        estimate=frame,
        carriers=carriers,
        context=facts_of(material.context, city=city),
        findings=(
            *limits(frame, balance=material.balance, others=others, city=city, country=country, people=people["population"]),
            *limits_of_carriers(frame, carriers=carriers, country=country),
            *limits_of_context(material.context, estimate=frame, carriers=carriers, city=city, country=country),
        ),
        provenance=provenance,
    )


def _count_people(material: Material, *, city: str, year: int) -> dict[str, Any]:
    asked = pl.DataFrame(
        {"balance": ["asked"], "city": [city], "year": [year], "population": [None], "source": ["asked"]},
        schema={"balance": pl.String, "city": pl.String, "year": pl.Int16, "population": pl.Float64, "source": pl.String},
    )
    found = populations(asked, structure=material.structure.filter(pl.col("city") == city)).to_dicts()[0]
    if found["population"] is None:
        raise CannotCompute(Finding(Code.CITY_WITHOUT_POPULATION, {"city": city, "year": year}))
    return found


def _estimate_one(lesson: pl.DataFrame, *, pool: Pool, city: str, national: float, name: str) -> dict[str, Any]:
    """One outcome of one city, per head and as a share; nothing where no interval can be promised."""
    ratio = pool.spread(lesson, "ratio")
    guessed, at = pool.guess(ratio, outcome=name), pool.features.row[city]
    ends = [float(np.exp(part[at]) * national) for part in (guessed.centre, guessed.low, guessed.high)]
    if np.isnan(ends).any():
        return {"n_cities": 0, "n_countries": 0, "status": "refused"}
    basis = str(guessed.basis[at])
    families = np.array(pool.families(ratio))
    learned = ~np.isnan(ratio) & ((families == families[at]) | (basis == BASES[2]))
    cities = [pool.features.cities[row] for row in np.flatnonzero(learned)]
    methods = lesson.filter(pl.col("city").is_in(cities))["method"].unique().sort()
    shares = pool.spread(lesson, "share")[learned] if basis != BASES[2] and lesson["outcome"][0] in SHARED else np.empty(0)
    return {
        "per_head_t": ends[0],
        "low": ends[1],
        "high": ends[2],
        **_span_shares(shares),
        "basis": basis,
        "n_cities": int(guessed.cities[at]),
        "n_countries": int(guessed.countries[at]),
        "learned_methods": ", ".join(methods),
        "context": str(guessed.local[at]) or None,
        "status": "complete",
    }


def _span_shares(shares: Floats) -> dict[str, float]:
    """The usual share of the core and its 90 % interval, on the scale of log odds."""
    inside = shares[(shares > 0) & (shares < 1)]
    if inside.size < FEWEST:
        return {}
    odds = np.log(inside / (1 - inside))
    middle = float(odds.mean())
    ends = span_errors((odds - middle) * odds.size / (odds.size - 1))
    if ends is None:
        return {}
    low, central, high = (1 / (1 + np.exp(-(middle + end))) for end in (ends[0], 0.0, ends[1]))
    return {"share": float(central), "share_low": float(low), "share_high": float(high)}


def _finish(rows: pl.DataFrame, *, people: float, drift: float) -> pl.DataFrame:
    """Totals of the whole city, and the columns every row has."""
    types = {name: column.dtype for name, column in Estimate.columns().items()}
    absent = [pl.lit(None).alias(name) for name in types if name not in rows.columns]
    whole = rows.with_columns(absent).with_columns(
        (pl.col("per_head_t") * people).alias("emissions_t"),
        (pl.col("low") * people * (1 - drift)).alias("emissions_low_t"),
        (pl.col("high") * people * (1 + drift)).alias("emissions_high_t"),
        pl.lit("estimate").alias("method"),
        pl.lit("P").alias("mark"),
        pl.lit(SOURCE).alias("source"),
    )
    return Estimate.validate(whole.select(list(types)), cast=True)


def mix_for(
    material: Material, *, pool: Pool, lesson: pl.DataFrame, city: str, country: str, year: int, own_heat: bool = True
) -> pl.DataFrame:
    """The carriers of each part for one city: as published in its family where enough cities do, else as in its country.

    Parameters
    ----------
    material, pool, lesson
        As from :func:`learn`; nothing of the city itself may be among the lessons.
    city, country, year
        Where and when.
    own_heat
        Shift district heat by the local fact, where it is known.
    """
    tables = material.tables
    factors = factors_of(country, year=year, factor=tables.factor, fuel_factor=tables.fuel_factor)
    published = published_mixes(material.line, outcome=material.outcome, balance=material.balance, year=year)
    frames = []
    for part in PARTS:
        families = pool.families(pool.spread(lesson.filter(pl.col("outcome") == part), "ratio"))
        here = families[pool.features.row[city]]
        near = [name for name, family in zip(pool.features.cities, families, strict=True) if family == here and name != city]
        frames.append(mix_of_cities(published.filter(pl.col("part") == part), cities=near, factors=factors))
    close = pl.concat(frames)
    heat = share_of_heat(material.context, city=city) if own_heat else None
    whole = mix_of_country(tables.national_use, country=country, factors=factors, heat=heat)
    return pl.concat([close, whole.filter(~pl.col("part").is_in(close["part"].unique().implode()))])
