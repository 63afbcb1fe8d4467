"""What did Chinese cities and provinces emit by the accounts of CEADs: CO2 where the fuel was burned?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells, guard
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, provisional_id, unresolved
from citytandem.sources.crosswalks import read_rows
from citytandem.sources.delimited import ROW, missing_columns, read_delimited
from citytandem.sources.delivery import Ids, deliver
from citytandem.sources.reading import Reading, Remark, calendar_year, shape
from citytandem.sources.recount import judge
from citytandem.sources.workbook import header_row, heading, read_workbook
from citytandem.tables import Balance, City, Line
from citytandem.units import factor_to

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.sources.city_match import Resolve
    from citytandem.sources.workbook import Sheet

CITIES, PROVINCES = "ceads-cities", "ceads-provinces"
MOST_ROWS = 50_000
"""Twelve times the city-years of the publication; what is beyond is no such workbook."""
CITY_HEADINGS = ("ID", "city", "year", "emission")
PROVINCE_COLUMNS = ("province", "year", "sector", "fuel", "unit", "value")
_METHOD = {"method": "ceads", "gwp": "co2_only", "upstream": "no", "electricity": "none", "weather_corrected": False}


def fits(sheets: Mapping[str, Sheet]) -> bool:
    """Is this the workbook of city totals?"""
    return any(header_row(sheet, CITY_HEADINGS) is not None for sheet in sheets.values())


def fits_header(header: Sequence[str]) -> bool:
    """Are these the headings of the provinces by sector and fuel?"""
    return set(PROVINCE_COLUMNS) <= set(header)


def read(raw: bytes, *, where: str = "ceads", resolve: Resolve = unresolved) -> Reading:
    """Read the totals of cities (xlsx, Mt CO2) or the provinces by sector and fuel (CSV, Mt CO2).

    Both book scope 1 at the plant: power stations count where they stand and electricity is not booked to its users.
    Provinces get the id of their national code, such as CN-130000.
    """
    if guard.is_zip(raw):
        return _read_cities(raw, where=where, resolve=resolve)
    return _read_provinces(raw, where=where)


def _read_cities(raw: bytes, *, where: str, resolve: Resolve) -> Reading:
    sheets, findings = read_workbook(raw, where=where)
    name = next((name for name, sheet in sheets.items() if header_row(sheet, CITY_HEADINGS) is not None), None)
    if name is None:
        page = Page(where, findings)
        if sheets:
            page.say(Code.SHEET_MISSING, sheet="emission vector")
        return deliver({}, page=page, raw=raw, sources=[CITIES])
    page = Page(f"{where}: {name}", findings)
    sheet = sheets[name]
    if len(sheet) > MOST_ROWS:
        page.findings.append(guard.too_large(page.where, part="rows", size=len(sheet), limit=MOST_ROWS))
        return deliver({}, page=page, raw=raw, sources=[CITIES])
    top = header_row(sheet, CITY_HEADINGS) or 0
    at = {heading(cell): column for column, cell in enumerate(sheet[top])}
    places, ids = Places(resolve, page, CITIES), Ids(page)
    rows: list[dict[str, Any]] = []
    for number, row in enumerate(sheet[top + 1 :], start=top + 2):
        if cells.is_empty(row[at["city"]]):
            continue
        year = page.year(row[at["year"]], row=number, column="year")
        value = page.number(row[at["emission"]], row=number, column="emission", low=0, high=1e4)
        if year is None:
            page.say(Code.YEAR_NOT_STATED, row=number)
        elif value is not None:
            city = _find_city(row[at["city"]], places=places)
            balance = ids.take(f"{city}.{year}.{CITIES}", row=number)
            tonnes = value * factor_to("emissions", "Mt")
            rows.append({"balance": balance, "city": city, "year": year, "reported_t": tonnes, "emissions_t": tonnes})
    tables: dict[str, pl.DataFrame] = {}
    if rows:
        frame = pl.DataFrame(rows).with_columns(*calendar_year())
        tables["balance"] = shape(frame, Balance, boundary="prefecture_level", top_down=True, source=CITIES, **_METHOD)
        tables["line"] = shape(frame, Line, view="total", item="Total", sector="total", carrier="all", scope="1", source=CITIES)
    return deliver(tables | places.tables(), page=page, raw=raw, sources=[CITIES])


def _find_city(name: object, *, places: Places) -> str:
    """The city behind a name that begins with its province; the four cities that are provinces are named alone."""
    text = "".join(str(name).split())[:40]
    province = next((row["name_zh"] for row in read_rows("china_provinces") if text.startswith(row["name_zh"])), "")
    short = text.removeprefix(province) or text
    for called in (f"{short}市", short):
        found = places.resolve(called, country="CN", locode=None)
        if found:
            return found
    return places.find(text, country="CN", boundary="prefecture_level")


def _read_provinces(raw: bytes, *, where: str) -> Reading:
    frame, findings = read_delimited(raw, where=where)
    page = Page(where, findings)
    if frame.is_empty():
        return deliver({}, page=page, raw=raw, sources=[PROVINCES])
    frame, missing = missing_columns(frame, PROVINCE_COLUMNS, where=where)
    findings += missing
    frame = _numbers(frame, page=page)
    frame = _mapped(frame, page=page)
    is_sum = (pl.col("our_sector") == "total") | (pl.col("carrier") == "all")
    totals = frame.filter((pl.col("our_sector") == "total") & (pl.col("carrier") == "all"))
    parts, twice = _distinct(frame.filter(~is_sum), page=page)
    heads = frame.select("balance", "city", "name", "year").unique(maintain_order=True)
    heads = heads.join(
        totals.group_by("balance").agg(pl.col("emissions_t").first().alias("reported_t")), on="balance", how="left"
    )
    tables = {
        "balance": shape(
            heads.with_columns(*calendar_year()), Balance, boundary="province", top_down=True, source=PROVINCES, **_METHOD
        ),
        "line": shape(parts, Line, view="sector", scope="1", source=PROVINCES),
        "city": shape(heads.select("city", "name").unique("city"), City, country="CN", boundary="unknown", source=PROVINCES),
        "recount": _recount(parts, heads),
    }
    remarks = [
        *twice,
        *_gaps(tables["recount"], where=where),
        Remark(
            code="zero_cells_left_out",
            rule="absent_row_is_zero_in_this_table",
            where=where,
            source=PROVINCES,
            reason="The table was published with zeros and re-tabulated without them: a sector and fuel without a row is zero.",
        ),
    ]
    return deliver(tables, page=page, raw=raw, sources=[PROVINCES], remarks=remarks)


def _numbers(frame: pl.DataFrame, *, page: Page) -> pl.DataFrame:
    """Emissions in tonnes, from cells in megatonnes; what is no number or no such unit is reported and left out."""
    plain = pl.all_horizontal(
        pl.col("value").str.contains(r"^\d{1,4}(\.\d+)?([eE]-\d{1,2})?$"),
        pl.col("year").str.contains(r"^(19|20)\d\d$"),
        pl.col("unit") == "Mt CO2",
    ).fill_null(value=False)
    odd = []
    for number, cell, unit, year in frame.filter(~plain).select(ROW, "value", "unit", "year").iter_rows():
        value = page.number(cell, row=number, column="value", low=0, high=1e4)
        if value is not None and unit != "Mt CO2":
            page.say(Code.UNIT_UNKNOWN, row=number, column="unit", value=cells.shown(unit))
            value = None
        odd.append((number, value, page.year(year, row=number, column="year")))
    mended = pl.DataFrame(odd, schema={ROW: pl.Int32, "value": pl.Float64, "year": pl.Int16}, orient="row")
    typed = frame.with_columns(pl.col("value").cast(pl.Float64, strict=False), pl.col("year").cast(pl.Int16, strict=False))
    joined = typed.join(mended, on=ROW, how="left", suffix="_mended").with_columns(
        pl.when(plain_row).then(pl.col(name)).otherwise(pl.col(f"{name}_mended")).alias(name)
        for plain_row in [~pl.col(ROW).is_in(mended[ROW].implode())]
        for name in ("value", "year")
    )
    return joined.with_columns((pl.col("value") * factor_to("emissions", "Mt")).alias("emissions_t")).drop_nulls(
        ["emissions_t", "year"]
    )


def _mapped(frame: pl.DataFrame, *, page: Page) -> pl.DataFrame:
    """Our id, sector and carrier for the words of the table; words that are not known are reported."""
    sectors = {row["name"]: row["sector"] for row in read_rows("ceads_sectors")}
    fuels = {row["name"]: row["carrier"] for row in read_rows("ceads_fuels")}
    same = {row["name"]: row["same_as"] for row in read_rows("ceads_fuels") if row["same_as"]}
    codes = {row["name"]: row["code"] for row in read_rows("china_provinces")}
    frame = frame.with_columns(pl.col("province", "sector", "fuel").fill_null("unnamed"))
    for column, known in (("sector", sectors), ("fuel", fuels), ("province", codes)):
        for number, word in (
            frame.filter(~pl.col(column).is_in(list(known))).select(ROW, column).unique(column).sort(ROW).iter_rows()
        ):
            page.say(Code.CATEGORY_UNKNOWN, row=number, column=column, value=cells.shown(word))
    ids = {
        name: f"CN-{codes[name]}" if name in codes else provisional_id(name, country="CN")
        for name in frame["province"].unique().to_list()
    }
    process = pl.col("carrier") == "none"
    mapped = frame.with_columns(
        pl.col("province").replace_strict(ids, return_dtype=pl.String).alias("city"),
        pl.col("province").alias("name"),
        pl.col("sector").replace_strict(sectors, default="other", return_dtype=pl.String).alias("our_sector"),
        pl.col("fuel").replace_strict(fuels, default="other", return_dtype=pl.String).alias("carrier"),
        pl.col("fuel").replace(same).alias("fuel"),
    ).with_columns(
        pl.when(process & (pl.col("our_sector") != "total"))
        .then(pl.lit("industry_process"))
        .otherwise("our_sector")
        .alias("our_sector"),
        pl.concat_str("city", pl.lit("."), pl.col("year").cast(pl.String), pl.lit(f".{PROVINCES}")).alias("balance"),
        pl.concat_str("sector", "fuel", separator=" / ").alias("item"),
    )
    return mapped.with_columns(pl.col("our_sector").alias("sector"))


def _distinct(parts: pl.DataFrame, *, page: Page) -> tuple[pl.DataFrame, list[Remark]]:
    """Each row once: one given twice with the same value counts once, with another value it is kept apart."""
    key = ["balance", "item"]
    order = pl.int_range(pl.len()).over(key)
    repeats = parts.filter(order > 0)
    if repeats.is_empty():
        return parts, []
    exact = parts.unique([*key, "emissions_t"], keep="first", maintain_order=True)
    apart = exact.with_columns(
        pl.when(order > 0)
        .then(pl.concat_str("item", pl.lit(" ("), (order + 1).cast(pl.String), pl.lit(")")))
        .otherwise("item")
        .alias("item")
    )
    for number, item in repeats.select(ROW, "item").iter_rows():
        page.say(Code.ROW_GIVEN_TWICE, row=number, key=item)
    return apart, [
        Remark(
            code="row_given_twice",
            rule="same_row_counts_once",
            where=page.where,
            source=PROVINCES,
            before=f"{repeats.height} rows",
            after=f"{parts.height - exact.height} left out",
            reason="A row given again with the same value is the same row; with another value it is kept beside the first.",
        )
    ]


def _recount(parts: pl.DataFrame, heads: pl.DataFrame) -> pl.DataFrame:
    """Published totals beside the sum of their sectors and fuels."""
    summed = parts.group_by("balance").agg(pl.col("emissions_t").sum().alias("lines_t"), pl.len().alias("n_lines"))
    both = heads.drop_nulls("reported_t").join(summed, on="balance")
    named = both.with_columns(
        pl.lit("Total / Scope 1 Total").alias("figure"),
        pl.col("reported_t").alias("published_t"),
        (1e-5 * pl.col("reported_t").abs() + 10).alias("rounding_t"),
    )
    return judge(named.sort("city", "year"), source=PROVINCES)


def _gaps(counted: pl.DataFrame, *, where: str) -> list[Remark]:
    """Published totals that sectors and fuels do not add up to."""
    return [
        Remark(
            code="lines_miss_total",
            rule="keep_lines_and_total_as_published",
            where=f"{where}: Total",
            city=row["city"],
            year=row["year"],
            before=f"total {row['published_t']:.0f} t",
            after=f"lines {row['lines_t']:.0f} t, difference {row['difference_t']:.0f} t",
            reason="Sectors and fuels do not add up to the published total; both are kept, nothing is scaled.",
            source=PROVINCES,
        )
        for row in counted.filter(pl.col("verdict") == "differs").iter_rows(named=True)
    ]
