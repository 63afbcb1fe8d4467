"""What do the inventory tables of the Climate City Contracts of Heidelberg and Mannheim say?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources.reading import Reading, Remark, calendar_year, keep_columns, read_text_table, shape
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Balance, Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.findings import Finding

SOURCE = "climate-city-contract"
_SCOPES = {"c1": "1", "c2": "2", "c3": "3"}
_EMISSIONS = {
    "Transport": ("transport", "all"), "Buildings & Heating": ("heat_use", "all"),
    "Electricity": ("electricity_use", "electricity"), "Waste*": ("waste", "none"), "Waste": ("waste", "none"),
    "Agricultural, Forestry and Land Use (AFOLU)": ("agriculture", "none"),
    "Industrial Process and Product Use (IPPU)": ("industry_process", "none"),
    # the template's "Buildings" holds all stationary energy: Heidelberg's carrier table under the same heading does
    "Buildings": ("stationary", "all"),
}  # fmt: skip
_ENERGY_SECTORS = {
    "Residential buildings": "households",
    "Commercial & institutional buildings and facilities": "services",
    "Manufacturing industries and construction": "industry_energy",
    "Energy industries": "energy_industry",
    "Agriculture, forestry and fishing activities": "agriculture_energy",
    "Non-specified sources": "other",
    "On-road": "road",
    "Rail": "rail",
    "Waterborne navigation": "navigation",
    "Aviation": "aviation",
    "Off-road": "off_road",
}
_CARRIERS = {
    "Electricity": "electricity", "Oil": "heating_oil", "Heating oil": "heating_oil", "Natural gas": "natural_gas",
    "District heating": "district_heat", "Coal": "hard_coal", "Heat from renewable sources": "ambient_heat",
    "Renewables": "other", "Gasoline fossil": "petrol", "Petrol": "petrol", "Gasoline bio": "biofuel",
    "Biopetrol": "biofuel", "Diesel oil fossil": "diesel", "Diesel": "diesel", "Diesel oil bio": "biofuel",
    "Biodiesel": "biofuel", "Biogas": "biogas", "LPG": "lpg", "Others": "motor_fuel",
}  # fmt: skip
_GROUPS = {"Buildings": "stationary", "Buildings total": "stationary", "Transport": "transport", "Transport total": "transport"}
_FACTOR = r"^(Natural gas|Oil|Coal|Electricity|District heating|Heating oil)( \(g/kWh\))?$"


@dataclass(frozen=True, slots=True)
class _City:
    name: str
    city: str
    year: int

    @property
    def balance(self) -> str:
        return f"{self.city}.{self.year}.{SOURCE}"


def read(raw: bytes, *, codes: Mapping[str, str], where: str = "ccc_tables_long") -> Reading:
    """Read the tables A-1.1 to A-1.4 kept as one long table; ``codes`` gives the city id for each name.

    Business-as-usual tables of later years are projections and not read.
    """
    frame, findings = read_text_table(raw, where=where)
    frame, missing = keep_columns(frame, ["city", "table_no", "table", "row", "c1", *_SCOPES, "c2", "c4"], where=where)
    findings += missing
    balances, lines, remarks = [], [], []
    for name in frame["city"].unique(maintain_order=True).drop_nulls().to_list():
        own = frame.filter(pl.col("city") == name).with_row_index("at")
        city = _City(name=name, city=codes[name], year=_base_year(own))
        total, emitted, problems = _emissions(own, city, where=where)
        energy, unclear = _energy(own, city, where=where)
        head = {"balance": city.balance, "city": city.city, "year": city.year, "reported_t": total}
        balances.append(head | {"upstream": _upstream(_factors(own))})
        lines += [*emitted, *energy]
        findings += [*problems, *unclear]
        remarks += _gap_between_tables(pl.DataFrame(energy, infer_schema_length=None), city, where=where)
    heads = pl.DataFrame(balances, schema_overrides={"year": pl.Int16}).with_columns(*calendar_year())
    balance = shape(
        heads, Balance, method="ccc_bisko_type", gwp="unknown", electricity="unknown",
        boundary="municipality", top_down=False, weather_corrected=False, source=SOURCE,
    )  # fmt: skip
    line = shape(pl.DataFrame(lines, infer_schema_length=None), Line, source=SOURCE)
    return Reading(tables={"balance": balance, "line": line}, remarks=remarks, findings=findings)


def _base_year(own: pl.DataFrame) -> int:
    cells = own.filter(pl.col("c1").str.starts_with("Base year"))
    found = cells.select(
        pl.concat_str("c1", "c2", separator=" ", ignore_nulls=True).str.extract(r"Base year (\d{4})")
    ).to_series()
    return int(found.drop_nulls()[0])


def _numbers(rows: pl.DataFrame, columns: list[str], *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    clean = rows.with_columns(
        pl.col(column).str.replace_all(",", "", literal=True).str.replace(r"^-$", "").str.strip_chars() for column in columns
    )
    return cast_numbers(clean, columns, where=where)


def _emissions(own: pl.DataFrame, city: _City, *, where: str) -> tuple[float | None, list[dict[str, object]], list[Finding]]:
    rows = own.filter(
        pl.col("table").str.contains("GHG emissions by source sectors?") & ~pl.col("table").str.contains("economic case")
    )
    rows = rows.filter(pl.col("c1").is_in([*_EMISSIONS, "Total"]))
    rows, findings = _numbers(rows, ["c2", "c3", "c4", "c5"], where=where)
    total = None
    lines: list[dict[str, object]] = []
    uses = rows["c1"].is_in(["Buildings & Heating", "Electricity"]).any()
    for row in rows.iter_rows(named=True):
        if row["c1"] == "Total":
            total = row["c5"]
            continue
        sector, carrier = _EMISSIONS[row["c1"]]
        for column, scope in zip(("c2", "c3", "c4"), ("1", "2", "3"), strict=True):
            if row[column] is not None:
                lines.append({
                    "balance": city.balance, "view": "application" if uses else "sector", "item": f"{row['c1']} / scope {scope}",
                    "sector": sector, "carrier": carrier, "scope": scope, "emissions_t": row[column],
                })  # fmt: skip
    return total, lines, findings


def _energy(own: pl.DataFrame, city: _City, *, where: str) -> tuple[list[dict[str, object]], list[Finding]]:
    rows = own.filter(pl.col("table").str.starts_with("A-1.1") & (pl.col("c1") != "Unit") & (pl.col("c1") != "Base year"))
    figure = pl.any_horizontal(pl.col(c).str.contains(r"^[\d,]+$").fill_null(value=False) for c in ("c2", "c3", "c4"))
    rows, findings = _numbers(rows.filter(figure), ["c2", "c3", "c4"], where=where)
    factors = _factors(own)
    lines: list[dict[str, object]] = []
    group = ""
    for row in rows.iter_rows(named=True):
        name = row["c1"]
        group = _GROUPS.get(name, group)
        if name in _ENERGY_SECTORS:
            head: dict[str, object] = {"view": "sector", "sector": _ENERGY_SECTORS[name], "carrier": "all"}
        elif name in _CARRIERS and name not in _GROUPS:
            carrier = _CARRIERS[name]
            # factors are stated for stationary energy only
            factor = factors.get(carrier) if group == "stationary" else None
            head = {"view": "carrier", "sector": group, "carrier": carrier, "factor_kg_per_mwh": factor}
        else:
            continue
        for column, scope in zip(("c2", "c3", "c4"), ("1", "2", "3"), strict=True):
            if row[column] is not None and not (scope != "1" and row[column] == 0):
                item = f"{group} / {name} / scope {scope}" if head["view"] == "carrier" else f"{name} / scope {scope}"
                lines.append({"balance": city.balance, "item": item, "scope": scope, "activity_mwh": row[column], **head})
    return lines, findings


def _factors(own: pl.DataFrame) -> dict[str, float]:
    rows = own.filter(pl.col("table").str.starts_with("A-1.2"))
    long = pl.concat([rows.select(name="c1", value="c2"), rows.select(name="c2", value="c3")])
    found = long.filter(pl.col("name").str.contains(_FACTOR)).with_columns(
        pl.col("value").cast(pl.Float64, strict=False), pl.col("name").str.contains("g/kWh").alias("in_grams")
    )
    return {
        # g/kWh equals kg/MWh; t/MWh is 1,000 times larger
        _CARRIERS[row["name"].removesuffix(" (g/kWh)")]: row["value"] if row["in_grams"] else round(row["value"] * 1000, 6)
        for row in found.drop_nulls("value").iter_rows(named=True)
    }


def _upstream(factors: Mapping[str, float]) -> str:
    # burning natural gas alone is 202 kg/MWh; with its upstream chain about 245 (domain notes, section 3.11)
    gas = factors.get("natural_gas")
    if gas is None:
        return "unknown"
    return "yes" if gas > 225 else "no"


def _gap_between_tables(energy: pl.DataFrame, city: _City, *, where: str) -> list[Remark]:
    sums = dict(energy.group_by("view").agg(pl.col("activity_mwh").sum()).iter_rows())
    by_sector, by_carrier = sums.get("sector"), sums.get("carrier")
    if not by_sector or not by_carrier or abs(by_sector - by_carrier) <= 0.005 * by_sector:
        return []
    return [
        Remark(
            code="views_disagree", rule="keep_each_view_as_published", where=f"{where}: A-1.1", city=city.city, year=city.year,
            before=f"{by_sector:.0f} MWh by sector, {by_carrier:.0f} MWh by carrier", source=SOURCE,
            reason="Two tables of one document give different energy; both are kept as views and never mixed.",
        )
    ]  # fmt: skip
