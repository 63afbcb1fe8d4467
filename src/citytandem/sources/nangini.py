"""What do 343 cities report as a total, by scope? Reads the data set of Nangini et al. (2019)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources import checks
from citytandem.sources.reading import Reading, Remark, calendar_year, keep_columns, read_text_table, shape
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Balance, Line

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "nangini"
PROTOCOLS = (
    ("Global Protocol", "gpc"), ("Community - GPC", "community_gpc"), ("Community", "community"),
    ("2006 IPCC", "ipcc_2006"), ("U.S. Community Protocol", "us_community_protocol"),
    ("International Emissions Analysis Protocol", "ieap"),
)  # fmt: skip
_NUMBERS = {
    "Scope-1 GHG emissions [tCO2 or tCO2-eq]": "scope_1", "Scope-2 (CDP) [tCO2-eq]": "scope_2",
    "Total emissions (CDP) [tCO2-eq]": "total", "Year of emission": "year",
    "Latitude (others) [degrees]": "latitude", "Longitude (others) [degrees]": "longitude",
    "Population (CDP)": "people_cdp", "Population year (CDP)": "year_cdp",
    "Population (carbonn)": "people_carbonn", "Population year (carbonn)": "year_carbonn",
    "Urban population (PKU)": "people_pku",
    "City area (CDP) [km2]": "area_cdp", "City area (others) [km2]": "area_others",
    "City area source year (others)": "area_year",
    "GDP-PPP/capita (others) [USD/capita]": "gdp_ppp", "GDP-PPP year (others)": "gdp_year",
}  # fmt: skip
_TEXT = {
    "City name": "name", "Country": "country_name", "Emissions protocol": "protocol", "Definition (CDP)": "definition",
    "Definition (carbonn)": "kind", "Scope-1 source dataset": "dataset", "Scope-1 GHG emissions units": "unit",
}  # fmt: skip
_SAME_AREA = 1.25
FAR_FROM_TOTAL = 0.05
NEAR_YEARS = 3
"""A population stated for a year this near counts for the balance; its own year stands in the structure table."""


def method_of(protocol: str | None) -> str:
    """Method id for a protocol as the data set names it.

    >>> method_of("Community - GPC"), method_of("Other: Hestia Project")
    ('nangini_community_gpc', 'nangini_other')
    """
    for start, slug in PROTOCOLS:
        if protocol and protocol.startswith(start):
            return f"nangini_{slug}"
    return "nangini_other"


def read_places(raw: bytes, *, countries: Mapping[str, str], where: str = "D_FINAL") -> Reading:
    """Read the rows as they are, in our column names, with the ISO code of the country; table ``row``."""
    frame, findings = read_text_table(raw, where=where)
    frame, missing = keep_columns(frame, [*_NUMBERS, *_TEXT], where=where)
    frame, wrong = cast_numbers(frame, _NUMBERS, where=where)
    rows = frame.with_row_index("row", offset=2).rename(_NUMBERS | _TEXT)
    rows = rows.select("row", *_NUMBERS.values(), *_TEXT.values()).with_columns(
        pl.col("country_name").replace_strict(dict(countries), default=None).alias("country"),
        pl.col("name").map_elements(_plain_name, return_dtype=pl.String),
    )
    return Reading(tables={"row": rows}, findings=[*findings, *missing, *wrong])


def _plain_name(name: str) -> str:
    return re.split(r", | \(", name)[0].removesuffix(" Kommune").strip()


def read(rows: pl.DataFrame, *, where: str = "D_FINAL") -> Reading:
    """Make balances, lines, populations and areas of rows that carry a ``city`` id."""
    known = rows.filter(pl.col("city").is_not_null() & pl.col("year").is_not_null()).with_columns(pl.col("year").cast(pl.Int16))
    known, remarks = _mend_units(known.with_columns(*_population(), *calendar_year()), where)
    known, impossible = _without_impossible(known, where)
    has_figure = pl.any_horizontal(pl.col("scope_1", "scope_2", "total").is_not_null())
    known = known.with_columns(pl.format("{}.{}.{}", "city", "year", pl.lit(SOURCE)).alias("balance"))
    known, twice = _first_of_repeats(known.filter(has_figure | pl.col("people").is_not_null()), where)
    emitted = known.filter(has_figure)
    areas, doubts = _areas(known, where)
    tables = {
        "balance": _balances(emitted),
        "line": _lines(emitted),
        "population": known.drop_nulls("people").select("city", year="people_year", value="people"),
        "area": areas,
        "gdp": _gdp(known),
    }
    return Reading(tables=tables, remarks=[*remarks, *impossible, *twice, *doubts, *_gaps(emitted, where)])


def _population() -> list[pl.Expr]:
    return [
        pl.coalesce("people_cdp", "people_carbonn", "people_pku").alias("people"),
        pl.when(pl.col("people_cdp").is_not_null()).then(pl.col("year_cdp"))
        .when(pl.col("people_carbonn").is_not_null()).then(pl.col("year_carbonn"))
        .otherwise(pl.col("year").cast(pl.Float64)).fill_null(pl.col("year").cast(pl.Float64))
        .cast(pl.Int16).alias("people_year"),
    ]  # fmt: skip


def _mend_units(rows: pl.DataFrame, where: str) -> tuple[pl.DataFrame, list[Remark]]:
    figure = pl.coalesce("total", "scope_1").alias("figure")
    slips = checks.find_per_head_slips(rows.with_columns(figure), total="figure", population="people")
    wrong = pl.col("row").is_in(slips["row"].to_list())
    rows = rows.with_columns(
        *(pl.when(wrong).then(pl.col(c) * 1000).otherwise(pl.col(c)).alias(c) for c in ("scope_1", "scope_2", "total")),
        wrong.alias("mended"),
    )
    remarks = [
        Remark(
            code="unit_slip", rule="kilotonnes_read_as_tonnes_per_head_check", where=f"{where}: emissions", row=row["row"],
            city=row["city"], year=row["year"], before=f"{row['figure']:g} t", after=f"{row['figure'] * 1000:g} t", source=SOURCE,
            reason=(
                f"{row['figure'] / row['people']:.4f} t a head is impossible for a city, 1,000 times as much is usual: the "
                "figure is in kilotonnes. The total as published is not carried as a total; the line holds the reading."
            ),
        )
        for row in slips.iter_rows(named=True)
    ]  # fmt: skip
    return rows, remarks


def _without_impossible(rows: pl.DataFrame, where: str) -> tuple[pl.DataFrame, list[Remark]]:
    figure = pl.coalesce("total", "scope_1").alias("figure")
    wrong = checks.find_impossible_per_head(rows.with_columns(figure), total="figure", population="people")
    remarks = [
        Remark(
            code="impossible_per_head", rule="impossible_per_head_left_out", where=f"{where}: emissions", row=row["row"],
            city=row["city"], year=row["year"], before=f"{row['figure']:.0f} t for {row['people']:.0f} people", source=SOURCE,
            reason=(
                f"{row['figure'] / row['people']:.0f} t a head is more than any large city emits; "
                "no other reading is confirmed."
            ),
        )
        for row in wrong.iter_rows(named=True)
    ]  # fmt: skip
    return rows.join(wrong.select("row"), on="row", how="anti", maintain_order="left"), remarks


def _first_of_repeats(rows: pl.DataFrame, where: str) -> tuple[pl.DataFrame, list[Remark]]:
    repeats = checks.find_repeats(rows, by=["balance"], value="row")
    remarks = [
        Remark(
            code="row_given_twice", rule="keep_first_of_repeats", where=where, row=row["row"], city=row["city"],
            year=row["year"], before=row["name"], source=SOURCE,
            reason="Two rows lead to the same city and year; the first is kept.",
        )
        for row in repeats.iter_rows(named=True)
    ]  # fmt: skip
    return rows.unique("balance", keep="first", maintain_order=True), remarks


def _balances(rows: pl.DataFrame) -> pl.DataFrame:
    urban = pl.col("definition").str.contains("metropolitan").fill_null(value=False)
    near = (pl.col("people_year") - pl.col("year")).abs() <= NEAR_YEARS
    same_year = pl.when(near).then(pl.col("people"))
    heads = rows.with_columns(
        pl.col("protocol").map_elements(method_of, return_dtype=pl.String, skip_nulls=False).alias("method"),
        pl.when(~pl.col("mended")).then(pl.col("total")).alias("reported_t"),
        pl.when(pl.col("unit") == "tCO2").then(pl.lit("co2_only")).otherwise(pl.lit("unknown")).alias("gwp"),
        pl.when(urban).then(pl.lit("urban_area")).when(pl.col("definition").str.contains("(?i)administrative|municipal"))
        .then(pl.lit("municipality")).otherwise(pl.lit("unknown")).alias("boundary"),
        same_year.alias("population"),
        pl.col("dataset").alias("version"),
    )  # fmt: skip
    return shape(
        heads, Balance, upstream="unknown", electricity="unknown", top_down=False, weather_corrected=False, source=SOURCE
    )


def _lines(rows: pl.DataFrame) -> pl.DataFrame:
    # only a total, or scopes far from it: one line; otherwise the scopes are the parts
    far = (_scopes() - pl.col("total")).abs() > FAR_FROM_TOTAL * pl.col("total")
    only_total = pl.col("total").is_not_null() & (pl.col("scope_1").is_null() | far)
    parts = rows.filter(~only_total).unpivot(
        on=["scope_1", "scope_2"], index="balance", variable_name="item", value_name="emissions_t"
    )
    parts = parts.drop_nulls("emissions_t").with_columns(pl.col("item").str.slice(6).alias("scope"))
    scope = pl.when(pl.col("scope_1").is_null()).then(pl.lit("1+2")).otherwise(pl.lit("none"))
    totals = rows.filter(only_total).select("balance", item=pl.lit("total"), emissions_t="total", scope=scope)
    lines = pl.concat([parts.select(totals.columns), totals]).with_columns(pl.col("emissions_t").round(3))
    return shape(lines, Line, view="total", sector="total", carrier="all", source=SOURCE)


def _areas(rows: pl.DataFrame, where: str) -> tuple[pl.DataFrame, list[Remark]]:
    both = pl.col("area_cdp").is_not_null() & pl.col("area_others").is_not_null()
    times = pl.max_horizontal("area_cdp", "area_others") / pl.min_horizontal("area_cdp", "area_others")
    apart = rows.filter(both & (times > _SAME_AREA))
    agreed = rows.filter(both & (times <= _SAME_AREA) & (pl.col("area_cdp") > 0))
    municipal = agreed.filter(~pl.col("definition").str.contains("metropolitan").fill_null(value=False))
    year = pl.coalesce(pl.col("area_year"), pl.col("year").cast(pl.Float64)).cast(pl.Int16)
    remarks = [
        Remark(
            code="areas_disagree", rule="area_left_unknown", where=f"{where}: City area", row=row["row"], city=row["city"],
            before=f"{row['area_cdp']:g} and {row['area_others']:g} km2", source=SOURCE,
            reason="Two stated areas differ by more than a quarter: the boundary of the figures is not clear.",
        )
        for row in apart.iter_rows(named=True)
    ]  # fmt: skip
    return municipal.select("city", year.alias("year"), pl.col("area_cdp").alias("value")), remarks


def _gdp(rows: pl.DataFrame) -> pl.DataFrame:
    known = rows.filter(pl.col("gdp_ppp").is_between(500, 250_000) & pl.col("gdp_year").is_not_null())
    return known.select("city", pl.col("gdp_year").cast(pl.Int16).alias("year"), value="gdp_ppp")


def _scopes() -> pl.Expr:
    return pl.col("scope_1") + pl.col("scope_2").fill_null(0)


def _gaps(rows: pl.DataFrame, where: str) -> list[Remark]:
    gap = ((_scopes() - pl.col("total")).abs() / pl.col("total")).alias("gap")
    wrong = rows.with_columns(gap).filter((pl.col("gap") > 0.005) & pl.col("scope_1").is_not_null())
    rules = {False: "keep_parts_and_total_as_published", True: "total_carried_where_scopes_are_far_from_it"}
    return [
        Remark(
            code="parts_miss_total", rule=rules[row["gap"] > FAR_FROM_TOTAL], where=f"{where}: scopes", row=row["row"],
            city=row["city"], year=row["year"], source=SOURCE,
            before=f"scope 1 {row['scope_1']:g} t, scope 2 {row['scope_2'] or 0:g} t, total {row['total']:g} t",
            reason="The scopes do not add up to the stated total. Beyond 5 % only the total is carried; nothing is scaled.",
        )
        for row in wrong.iter_rows(named=True)
    ]  # fmt: skip
