"""Where does a bridge begin and end? Finds the balances, methods and variants of the core that a person names."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citytandem.atlas import Atlas
    from citytandem.science.balance.bridge_target import Target
    from citytandem.science.balance.parts import Side
    from citytandem.science.balance.quality import LineErrors, SharedErrors
    from citytandem.science.balance.regions import Regions
    from citytandem.tables.facts import Facts

QUALITY = "bisko_gpc_2026"
SAME = ("city", "source", "method", "boundary", "gwp", "upstream", "electricity")
"""What two years of one series have in common."""
NEARBY_YEARS = 5
"""Other years of a publication further away than this are not asked about change over time."""
REACH_YEARS = 3
"""The other end may lie this many years away; then part of the difference is time, and the bridge says so."""


def find_start(atlas: Atlas, *, city: str, year: int | None, asked: str | None) -> Side:
    """The balance a bridge begins with: of the year asked for, else the newest; the one that separates most.

    Raises
    ------
    CannotCompute
        CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE, BRIDGE_END_UNKNOWN, BRIDGE_WITHOUT_TOTAL.
    """
    own = atlas.balance.filter(pl.col("city") == city)
    if not own.height:
        raise CannotCompute(Finding(Code.CITY_WITHOUT_BALANCE, {"city": city}))
    among = own if year is None else own.filter(pl.col("year") == year)
    if not among.height:
        years = ", ".join(str(known) for known in sorted(own["year"].unique().to_list()))
        raise CannotCompute(Finding(Code.YEAR_WITHOUT_BALANCE, {"city": city, "year": year, "years": years}))
    named = among if asked is None else _named(among, asked)
    if not named.height:
        _refuse(city, asked=asked, among=among, further=())
    ordered = _most_telling_first(atlas, named)
    return _read(atlas, ordered.row(0, named=True), among=among)


def find_end(atlas: Atlas, own: Side, *, asked: str) -> Side | Target:
    """The other end: another publication of the city near that year, else a method or a variant of the core.

    Raises
    ------
    CannotCompute
        BRIDGE_END_UNKNOWN, BRIDGE_WITHOUT_TOTAL.
    """
    from citytandem.science.balance.bridge_target import CORE_VARIANTS, target_of_core, target_of_method

    key, facts, city, year = _plain(asked), atlas.facts, str(own.header["city"]), int(own.header["year"])
    if key in CORE_VARIANTS:
        return target_of_core(facts.sector, variant=key)
    others = atlas.balance.filter((pl.col("city") == city) & (pl.col("balance") != own.header["balance"]))
    gap = (pl.col("year").cast(pl.Int32) - year).abs()
    near = others.filter((gap <= REACH_YEARS) | (pl.col("balance") == asked)).with_columns(gap.alias("gap"))
    found = _named(near if key not in facts.methods else near.filter(pl.col("gap") == 0), asked)
    if found.height:
        nearest = found.filter(pl.col("gap") == pl.col("gap").min()).drop("gap")
        return _read(atlas, _most_telling_first(atlas, nearest).row(0, named=True), among=others)
    if key in facts.methods and facts.methods[key].sectors:
        return target_of_method(facts.methods[key])
    _refuse(
        city, asked=asked, among=near, further=(*CORE_VARIANTS, *(name for name, one in facts.methods.items() if one.sectors))
    )
    raise AssertionError  # never reached: the line above refuses


@cache
def read_rules(facts: Facts) -> dict[str, Any]:
    """What every bridge needs of the facts: contents of sectors, factors, their bounds, the share of other gases."""
    from citytandem.science.balance.factors import price_fuels
    from citytandem.science.balance.parts import read_contents

    fossil = price_fuels(facts.fuel_factor, facts.gwp, gwp_set="AR5").filter(~pl.col("biogenic") & (pl.col("co2_kg_per_mwh") > 0))
    most = fossil.select((pl.col("kg_per_mwh") / pl.col("co2_kg_per_mwh") - 1.0).max()).item()
    return {"contents": read_contents(facts.sector_part), "bound": facts.bound, "other_gases": float(most)}


def read_widths(facts: Facts) -> dict[str, float]:
    """Relative 90 % half-width by grade."""
    return dict(
        facts.quality.filter(pl.col("profile") == QUALITY).select(pl.col("grade").cast(pl.String), "half_width").iter_rows()
    )


@cache
def read_shared(facts: Facts) -> SharedErrors:
    """Errors of factors that lines, and cities of one grid, have together."""
    from citytandem.science.balance.quality import read_shared_errors

    return read_shared_errors(facts.shared_error, facts.electricity_share)


def read_errors(facts: Facts, *, top_down: bool) -> LineErrors:
    """How sure the lines of a balance are."""
    from citytandem.science.balance.quality import LineErrors

    return LineErrors(read_widths(facts), shared=read_shared(facts), top_down=top_down)


def locate(facts: Facts, place: Mapping[str, Any]) -> Regions:
    """The regions of the grid a city lies in, from its row of the table of cities."""
    from citytandem.science.balance.regions import find_regions

    return find_regions(facts.grid_region, country=place["country"], state=place["state"], city=place["city"])


def read_balance(
    facts: Facts, header: Mapping[str, Any], *, line: pl.DataFrame, country: str, place: Mapping[str, Any] | None = None
) -> Side | None:
    """One balance as an end of a bridge; None where it states no total. ``place`` is the row of its city, where there is one."""
    from citytandem.science.balance.parts import read_side
    from citytandem.science.balance.regions import NOWHERE

    return read_side(
        header,
        line,
        method=facts.methods.get(str(header["method"]), facts.methods["unknown"]),
        width=read_widths(facts),
        contents=read_rules(facts)["contents"],
        country=country,
        regions=NOWHERE if place is None else locate(facts, place),
        shared=read_shared(facts),
    )


def add_nearby(
    facts: Facts, sides: tuple[Side, Side], *, tables: Iterable[tuple[pl.DataFrame, pl.DataFrame]]
) -> tuple[Side, Side]:
    """Both ends with the other years of their publications, where they are not of the same period.

    ``tables`` are pairs of the tables Balance and Line in which these may be.
    """
    days = [(side.header.get("period_start"), side.header.get("period_end")) for side in sides]
    if days[0] == days[1]:
        return sides
    years = [int(side.header["year"]) for side in sides]
    known = list(tables)
    first, second = (_add_years(facts, side, tables=known, first=min(years), last=max(years)) for side in sides)
    return first, second


def _add_years(facts: Facts, side: Side, *, tables: list[tuple[pl.DataFrame, pl.DataFrame]], first: int, last: int) -> Side:
    """A balance with those of the same publication and method that lie near."""
    same = pl.all_horizontal(pl.col(name).cast(pl.String) == str(side.header[name]) for name in SAME)
    same &= pl.col("weather_corrected") == side.header["weather_corrected"]
    year = pl.col("year").cast(pl.Int32)
    near = same & (pl.col("balance") != side.header["balance"]) & year.is_between(first - NEARBY_YEARS, last + NEARBY_YEARS)
    found = [
        read_balance(facts, header, line=line.filter(pl.col("balance") == header["balance"]), country=side.country)
        for balance, line in tables
        for header in balance.filter(near).sort("balance").iter_rows(named=True)
    ]
    return replace(side, nearby=tuple(one for one in found if one is not None))


def look_closer(atlas: Atlas, header: Mapping[str, Any], *, line: pl.DataFrame) -> dict[str, Any]:
    """What is told about one balance beside its figures: electricity in its views, quality, and rules of BISKO in Germany.

    Each table is empty where nothing is stated that it could be made of.
    """
    from citytandem.science.balance.compile import roll_up_quality
    from citytandem.science.balance.electricity import price_electricity, read_electricity
    from citytandem.science.balance.rules import check_rules
    from citytandem.science.balance.views import energy_view

    place = atlas.city.filter(pl.col("city") == header["city"]).row(0, named=True)
    found: dict[str, Any] = {}
    if read_electricity(line)[0] is not None:
        found["electricity"] = price_electricity(
            line,
            factor=find_factors(atlas),
            country=place["country"],
            year=int(header["year"]),
            source=str(header["source"]),
            regions=(regions := locate(atlas.facts, place)),
            width=read_shared(atlas.facts).electricity,
        )
        if regions.possible and "regional" not in found["electricity"]["view"].to_list():
            facts = {"city": str(header["city"]), "choices": ", ".join(regions.possible)}
            found["findings"] = (Finding(Code.GRID_REGION_OPEN, facts=facts, severity=Severity.NOTE),)
    view = energy_view(line)
    if view is not None and line["grade"].null_count() < line.height:
        found["quality"] = roll_up_quality(line.filter(pl.col("view").cast(pl.String) == view))
    if place["country"] == "DE":
        method = atlas.facts.methods.get(str(header["method"]), atlas.facts.methods["unknown"])
        found["rules"] = check_rules(header, line, method=method)
    return found


def find_factors(atlas: Atlas) -> pl.DataFrame:
    """Grid factors of the facts and of the release in one table."""
    columns = ["carrier", "country", "region", "year", "view", "source", "kg_per_mwh", "mark"]
    texts = [pl.col(name).cast(pl.String) for name in ("carrier", "view", "mark")]
    return pl.concat([frame.select(columns).with_columns(texts) for frame in (atlas.facts.factor, atlas.factor)])


def _read(atlas: Atlas, header: dict[str, Any], *, among: pl.DataFrame) -> Side:
    line = atlas.line.filter(pl.col("balance") == header["balance"])
    place = atlas.city.filter(pl.col("city") == header["city"]).row(0, named=True)
    side = read_balance(atlas.facts, header, line=line, country=str(place["country"]), place=place)
    if side is None:
        raise CannotCompute(Finding(Code.BRIDGE_WITHOUT_TOTAL, {"balance": header["balance"], "choices": _choices(among)}))
    return side


def _most_telling_first(atlas: Atlas, headers: pl.DataFrame) -> pl.DataFrame:
    """Newest first, then by how many sectors have a number, then by id."""
    told = atlas.line.filter(pl.col("balance").is_in(headers["balance"].to_list()) & pl.col("emissions_t").is_not_null())
    counts = told.group_by("balance").agg(pl.col("sector").n_unique().alias("told"))
    joined = headers.join(counts, on="balance", how="left").with_columns(pl.col("told").fill_null(0))
    return joined.sort("year", "told", "balance", descending=[True, True, False]).drop("told")


def _named(headers: pl.DataFrame, asked: str) -> pl.DataFrame:
    """Balances by id, by method or by publication; a part of the name of the method will do where nothing fits whole."""
    key = _plain(asked)
    exact = headers.filter(pl.col("balance") == asked)
    if exact.height:
        return exact
    method, source = (pl.col(name).str.replace_all("-", "_", literal=True).str.to_lowercase() for name in ("method", "source"))
    whole = headers.filter((method == key) | (source == key))
    return whole if whole.height else headers.filter(method.str.contains(key, literal=True) | source.str.starts_with(key))


def _plain(asked: str) -> str:
    return asked.strip().lower().replace("-", "_")


def _choices(headers: pl.DataFrame) -> str:
    return ", ".join(sorted(headers["balance"].to_list()))


def _refuse(city: str, *, asked: str | None, among: pl.DataFrame, further: tuple[str, ...]) -> None:
    choices = ", ".join(part for part in (_choices(among), ", ".join(further)) if part)
    raise CannotCompute(Finding(Code.BRIDGE_END_UNKNOWN, {"asked": asked, "city": city, "choices": choices}))
