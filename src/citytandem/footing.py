"""What an answer about one city stands on: its place, its balance, its powers, and how alike other cities are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.readiness import prepare_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from citytandem.atlas import Atlas
    from citytandem.science.action.answer import OwnBalance, Place
    from citytandem.science.benchmark.prepare import Prepared
    from citytandem.science.benchmark.structure import Features


def closeness(atlas: Atlas, *, city: str, question: str = "overall") -> pl.DataFrame:
    """How alike every city with a balance or with published stages is to one; most alike first is up to the reader."""
    from citytandem.science.benchmark.closeness import measure_closeness

    prepared = prepare_for(atlas, city=city)
    seen = read_structure(atlas, prepared, cities=[city], year=_newest(prepared, city=city), question=question)
    return measure_closeness(seen, city=city, profile=prepared.profiles[question])


def compare_all(
    atlas: Atlas, prepared: Prepared, *, cities: Collection[str], question: str = "overall"
) -> dict[str, pl.DataFrame]:
    """How alike the cities are among themselves: for each one an answer as of :func:`closeness`, from shared readings."""
    from citytandem.science.benchmark.closeness import measure_closeness

    seen: dict[int, Features] = {}
    found = {}
    for city in sorted(set(cities)):
        year = _newest(prepared, city=city)
        if year not in seen:
            seen[year] = read_structure(atlas, prepared, cities=cities, year=year, question=question)
        found[city] = measure_closeness(seen[year], city=city, profile=prepared.profiles[question], among=cities)
    return found


def read_structure(atlas: Atlas, prepared: Prepared, *, cities: Collection[str], year: int, question: str) -> Features:
    """Structure near a year of the cities asked about and of every city with a balance or with published stages."""
    from citytandem.science.benchmark.structure import features

    wanted = sorted({*prepared.rows_of, *atlas.stage["city"].unique().to_list(), *cities})
    return features(
        atlas.structure.filter(pl.col("city").is_in(wanted)),
        cities=wanted,
        year=year,
        variables=list(prepared.profiles[question]),
        scale=prepared.scale,
    )


def _newest(prepared: Prepared, *, city: str) -> int:
    years = [int(prepared.years[row]) for row in prepared.rows_of.get(city, [])]
    return max(years, default=int(prepared.years.max()))


def place_of(atlas: Atlas, city: str) -> Place:
    """Country, tier and state of a city, as far as its powers need them."""
    from citytandem.science.action.answer import Place

    row = atlas.city.filter(pl.col("city") == city).to_dicts()[0]
    return Place(city=city, country=row["country"], tier=row["tier"], state=row["state"])


def corrections_of(atlas: Atlas, city: str) -> pl.DataFrame | None:
    """What a city has published of its own powers; None for nothing."""
    own = atlas.power_correction.filter(pl.col("city") == city).drop("city")
    return own if own.height else None


def standing_of(
    atlas: Atlas, city: str, *, year: int | None, candidates: Collection[str], prepared: Prepared | None = None
) -> pl.DataFrame:
    """What the city and the candidates emit per head beside what is expected of them; empty without a balance."""
    from citytandem.science.benchmark.answer import Question, choose_balance
    from citytandem.science.partners.standing import SCHEMA, read_standing

    prepared = prepared or prepare_for(atlas, city=city, year=year)
    if city not in prepared.rows_of:
        return pl.DataFrame(schema=SCHEMA)
    row = choose_balance(prepared, city=city, year=year, asked=Question())
    return read_standing(prepared, row=row, cities=candidates)


def balance_of(
    atlas: Atlas, city: str, *, year: int | None, seen_from: str | None = None, prepared: Prepared | None = None
) -> OwnBalance | None:
    """The balance an advice stands on: the newest that separates the most; None when there is none.

    ``seen_from`` is the city asked about, whose prepared release serves for the others too.
    """
    from citytandem.ends import read_errors
    from citytandem.science.action.answer import OwnBalance
    from citytandem.science.benchmark.answer import Question, choose_balance

    prepared = prepared or prepare_for(atlas, city=seen_from or city, year=None if seen_from else year)
    if city not in prepared.rows_of:
        return None
    row = choose_balance(prepared, city=city, year=year, asked=Question())
    header = {name: column[row] for name, column in prepared.columns.items()}
    keep = ("balance", "year", "method", "electricity", "top_down", "source")
    errors = read_errors(atlas.facts, top_down=bool(header["top_down"]))
    return OwnBalance(**{name: header[name] for name in keep}, line=prepared.lines_of(row), errors=errors)
