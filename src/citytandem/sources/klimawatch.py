"""What have German cities published as balance series? Reads the klimawatch files, one per city and method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources import checks
from citytandem.sources.reading import Reading, Remark, calendar_year, keep_columns, read_text_table, shape
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Balance, Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.findings import Finding

SOURCE = "klimawatch"
CITIES = {
    "berlin_quellenbilanz": "Berlin", "berlin_verursacherbilanz": "Berlin", "bielefeld": "Bielefeld", "bonn": "Bonn",
    "chemnitz": "Chemnitz", "dortmund": "Dortmund", "duesseldorf": "Düsseldorf", "ffm": "Frankfurt am Main",
    "hamburg": "Hamburg", "karlsruhe": "Karlsruhe", "koeln": "Köln", "landau": "Landau in der Pfalz",
    "leipzig": "Leipzig", "moers": "Moers", "muenchen": "München", "muenster": "Münster", "paderborn": "Paderborn",
    "ulm": "Ulm",
}  # fmt: skip
METHODS = {"berlin_quellenbilanz": "quellenbilanz", "berlin_verursacherbilanz": "verursacherbilanz", "karlsruhe": "bico2bw"}
SECTORS = {
    "Private Haushalte": "households", "Haushalte": "households", "Haushalt und Konsum": "households",
    "Gewerbe": "services", "Gewerbe+Sonstiges": "services", "Gewerbe/Handel/Dienstleistung": "services",
    "Gewerbe; Handel; Dienstleistungen (GHD)": "services",
    "Gewerbe / Handel / Dienstleistungen / Industrie / verarbeitendes Gewerbe": "services_and_industry",
    "Wirtschaft": "services_and_industry", "Industrie": "industry_energy", "PHH/GHD": "buildings", "Gebäude": "buildings",
    "Energie": "energy_industry", "Verkehr": "transport", "Verkehr (Kraftstoffe)": "transport",
    "Kommunale Einrichtungen": "municipal", "Städtische Einrichtungen": "municipal", "Kommunale Verwaltung": "municipal",
    "kommunale Verwaltungen": "municipal", "Kommune": "municipal", "Stadt": "municipal", "Kommunale Flotte": "municipal",
    "Wärme": "heat_use", "Wärme (witterungsbereinigt)": "heat_use", "Strom": "electricity_use", "Sonstiges": "other",
}  # fmt: skip
_TOTAL = "Gesamt"


def read(files: Mapping[str, bytes], *, codes: Mapping[str, str]) -> Reading:
    """Read the files by stem; ``codes`` gives the city id for each city name."""
    findings: list[Finding] = []
    frames = []
    for stem in sorted(set(files) & set(CITIES)):
        frame, problems = read_text_table(files[stem], where=f"{stem}.csv")
        columns = ["year", "category", "type", "co2", "note"]
        frame, missing = keep_columns(frame, columns, where=f"{stem}.csv")
        frame, wrong = cast_numbers(frame, ["year", "co2"], where=f"{stem}.csv")
        findings += [*problems, *missing, *wrong]
        if frame.height:
            known = frame.select(columns).with_row_index("row", offset=2)
            frames.append(known.with_columns(pl.lit(stem).alias("file"), pl.lit(codes[CITIES[stem]]).alias("city")))
    rows = pl.concat(frames).drop_nulls(["year", "co2"]).with_columns(pl.col("year").cast(pl.Int16))
    people = rows.filter(pl.col("type") == "Einwohner").select("city", "year", value="co2", file="file")
    real, remarks = _clean(rows.filter(pl.col("type") == "real"))
    tables = {
        "balance": _balances(real, people),
        "line": _lines(real),
        "population": people.select("city", "year", "value").unique().sort("city", "year"),
    }
    return Reading(tables=tables, remarks=[*remarks, *_planned(rows)], findings=findings)


def _clean(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    steps = (_drop_repeats, _mend_slips, _mark_inside, _note_gaps, _drop_partial_years)
    remarks: list[Remark] = []
    rows = rows.with_columns(pl.lit(None, pl.String).alias("notation"))
    for step in steps:
        rows, found = step(rows)
        remarks += found
    return rows.sort("file", "row"), remarks


def _remark(row: dict[str, object], *, code: str, rule: str, reason: str, after: str | None = None) -> Remark:
    number = row.get("row")
    value = row.get("co2")
    return Remark(
        code=code, rule=rule, reason=reason, source=SOURCE, where=f"{row['file']}.csv: co2",
        row=number if isinstance(number, int) else None, city=str(row["city"]), year=int(str(row["year"])),
        before=None if value is None else f"{row.get('category', _TOTAL)}: {value} kt", after=after,
    )  # fmt: skip


def _drop_repeats(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    repeats = checks.find_repeats(rows, by=["file", "year", "category"], value="co2")
    reason = {
        True: "The same row is given twice with the same value; counted once.",
        False: "One key has two values; the first is kept and the second shown here.",
    }
    remarks = [
        _remark(row, code="row_given_twice", rule="keep_first_of_repeats", reason=reason[row["same"]])
        for row in repeats.iter_rows(named=True)
    ]
    return rows.join(repeats.select("file", "row"), on=["file", "row"], how="anti"), remarks


def _mend_slips(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    remarks: list[Remark] = []
    for slip in checks.find_unit_slips(rows, by=["file", "category"], value="co2").iter_rows(named=True):
        here = (pl.col("file") == slip["file"]) & (pl.col("year") == slip["year"])
        year = rows.filter(here)
        total = float(year.filter(pl.col("category") == _TOTAL)["co2"].sum())
        mended = slip["co2"] * slip["times"]
        others = float(year.filter(~pl.col("category").is_in([_TOTAL, slip["category"]]))["co2"].sum())
        confirmed = slip["category"] != _TOTAL and abs(others + mended - total) <= checks.SAME_TOTAL * total
        this = here & (pl.col("row") == slip["row"])
        rows = rows.with_columns(pl.when(this).then(mended if confirmed else None).otherwise(pl.col("co2")).alias("co2"))
        reason = (
            "A thousands mark was read as a decimal point: 1,000 times the value fits the other years, and only with it "
            "do the parts add up to the published total."
            if confirmed
            else "The value is about 1,000 times away from its own series and no total confirms a reading; it is left out."
        )
        rule = "thousands_mark_confirmed_by_total" if confirmed else "unit_slip_left_out"
        after = f"{mended:g} kt" if confirmed else None
        remarks.append(_remark(slip, code="unit_slip", rule=rule, reason=reason, after=after))
    return rows.filter(pl.col("co2").is_not_null()), remarks


def _parts(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    is_total = pl.col("category") == _TOTAL
    named = rows.rename({"co2": "value"})
    return named.filter(~is_total & pl.col("notation").is_null()), named.filter(is_total)


def _mark_inside(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    parts, totals = _parts(rows)
    on = ["file", "year"]
    gaps = checks.find_gaps_to_total(parts, totals, on=on, tolerance=checks.SAME_TOTAL)
    inside = checks.find_parts_inside_others(parts, gaps, on=on, name="row")
    # one year alone could be chance: the same category has to be inside in most years it has a total
    hits = rows.join(inside.select("file", "year", "row"), on=["file", "year", "row"])
    often = hits.group_by("file", "category").len().filter(pl.col("len") >= 2)
    marked = rows.join(often, on=["file", "category"])
    remarks = [
        _remark(
            row, code="part_inside_another", rule="part_already_counted_is_noted_as_IE", after="IE",
            reason="Without this part the others add up to the published total, year after year: it is counted in another row.",
        )
        for row in marked.iter_rows(named=True)
    ]  # fmt: skip
    hit = pl.struct("file", "row").is_in(marked.select(pl.struct("file", "row")).to_series().implode())
    return rows.with_columns(pl.when(hit).then(pl.lit("IE")).otherwise(pl.col("notation")).alias("notation")), remarks


def _note_gaps(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    parts, totals = _parts(rows)
    cities = rows.select("file", "city").unique()
    gaps = checks.find_gaps_to_total(parts, totals, on=["file", "year"], tolerance=checks.SAME_TOTAL).join(cities, on="file")
    return rows, [
        Remark(
            code="parts_miss_total", rule="keep_parts_and_total_as_published", source=SOURCE, where=f"{gap['file']}.csv: co2",
            reason="The published parts do not add up to the published total. Both are kept; nothing is spread or scaled.",
            city=gap["city"], year=gap["year"], before=f"parts {gap['parts_sum']:.3f} kt, total {gap['total']:.3f} kt",
            after=f"gap {gap['gap']:.3f} kt shown",
        )
        for gap in gaps.iter_rows(named=True)
    ]  # fmt: skip


def _drop_partial_years(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    parts, totals = _parts(rows)
    absent = checks.find_years_without(parts, group="file", sector="category", value="value")
    absent = absent.join(totals.select("file", "year"), on=["file", "year"], how="anti")
    material = absent.filter(pl.col("share") >= checks.MATERIAL_SHARE)
    cities = rows.select("file", "city").unique()
    remarks = [
        Remark(
            code="sector_missing", rule="year_without_sector_left_out", source=SOURCE, where=f"{row['file']}.csv: category",
            reason=f"The year has no {row['category']}, usually {row['share']:.0%} of the total, and no published total.",
            city=row["city"], year=row["year"], before="year without the sector",
        )
        for row in material.join(cities, on="file").iter_rows(named=True)
    ]  # fmt: skip
    return rows.join(material.select("file", "year").unique(), on=["file", "year"], how="anti"), remarks


def _planned(rows: pl.DataFrame) -> list[Remark]:
    planned = rows.filter(pl.col("type") == "geplant")
    reason = "Planned values are targets, not balances; they are not carried as emissions."
    return [
        Remark(code="planned_value", rule="plans_are_not_balances", where="klimawatch: type", reason=reason, source=SOURCE,
               before=f"{planned.height} rows of type geplant")
    ]  # fmt: skip


def _key() -> list[pl.Expr]:
    suffix = pl.when(pl.col("file").str.starts_with("berlin_")).then("-" + pl.col("file").str.strip_prefix("berlin_"))
    name = pl.concat_str("city", pl.lit("."), pl.col("year").cast(pl.String), pl.lit("." + SOURCE), suffix.otherwise(pl.lit("")))
    return [name.alias("balance")]


def _balances(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    is_total = pl.col("category") == _TOTAL
    heads = rows.group_by("file", "city", "year").agg(
        (pl.col("co2").filter(is_total).first() * 1000).round(3).alias("reported_t"),
        pl.col("note").filter(pl.col("note").is_not_null() & (pl.col("note") != "last_emissions")).first().alias("version"),
        pl.col("category").str.contains("witterungsbereinigt").any().alias("weather_corrected"),
    )
    heads = heads.join(people.select("file", "year", population="value"), on=["file", "year"], how="left")
    heads = heads.with_columns(
        *_key(), *calendar_year(), pl.col("file").replace_strict(METHODS, default="unknown").alias("method")
    )
    return shape(
        heads, Balance, gwp="unknown", upstream="unknown", electricity="unknown", boundary="municipality",
        top_down=False, source=SOURCE,
    )  # fmt: skip


def _lines(rows: pl.DataFrame) -> pl.DataFrame:
    is_total = pl.col("category") == _TOTAL
    rows = rows.filter(~is_total | is_total.all().over("file", "year"))
    by_use = pl.col("category").str.contains("Strom|Wärme").any().over("file")
    rows = rows.with_columns(
        *_key(),
        pl.col("category").replace_strict(SECTORS, default="other").alias("sector"),
        pl.col("category").alias("item"),
        pl.when(pl.col("notation").is_null()).then((pl.col("co2") * 1000).round(4)).alias("emissions_t"),
        pl.when(pl.col("file") == "berlin_quellenbilanz").then(pl.lit("1"))
        .when(pl.col("file") == "berlin_verursacherbilanz").then(pl.lit("1+2"))
        .otherwise(pl.lit("none")).alias("scope"),
        pl.when(is_total).then(pl.lit("total")).when(by_use).then(pl.lit("application")).otherwise(pl.lit("sector")).alias("view"),
    )  # fmt: skip
    rows = rows.with_columns(
        pl.when(is_total).then(pl.lit("total")).otherwise(pl.col("sector")).alias("sector"),
        pl.when(pl.col("category") == "Strom").then(pl.lit("electricity")).otherwise(pl.lit("all")).alias("carrier"),
    )
    return shape(rows, Line, source=SOURCE)
