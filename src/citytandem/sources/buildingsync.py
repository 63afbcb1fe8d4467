"""What does a BuildingSync file say of its buildings? Records, figures, meters and weather, in our units.

BuildingSync (schema 2.x, buildingsync.net) is the exchange form of energy audits: Facilities, Sites, Buildings with
FloorAreas, and Scenarios with ResourceUses and TimeSeries. It counts in square feet and often in kBtu.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import dataframely as dy
import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.sources.markup import Element, read_markup
from citytandem.sources.validate import validate
from citytandem.tables import building as tables

if TYPE_CHECKING:
    from collections.abc import Iterator

SQUARE_FOOT_M2 = 0.09290304
KWH = {"kWh": 1.0, "MWh": 1e3, "kBtu": 0.29307107, "MMBtu": 293.07107, "therms": 29.307107, "GJ": 1e3 / 3.6, "MJ": 1 / 3.6}
"""Kilowatt hours in one unit of a resource."""
CARRIERS = {
    "Electricity": "electricity",
    "Natural gas": "natural_gas",
    "Propane": "lpg",
    "Liquid propane": "lpg",
    "Fuel oil": "heating_oil",
    "Fuel oil no 2": "heating_oil",
    "District steam": "district_heat",
    "District hot water": "district_heat",
    "District chilled water": "district_cooling",
    "Coal": "coal",
    "Wood": "biomass",
}
USES = {
    "Multifamily": "residential", "Multifamily individual unit": "residential", "Residential": "residential",
    "Single family": "residential", "Office": "office", "Education": "school", "Education-Primary": "school",
    "Education-Secondary": "school", "Education-Higher": "school", "Lodging": "hotel", "Health care": "health",
    "Retail": "shop", "Mixed-use commercial": "mixed", "Industrial": "industry", "Assembly-Cultural entertainment": "exhibition",
}  # fmt: skip
AREAS = {"Gross": "gross_external", "Conditioned": "conditioned", "Heated and Cooled": "conditioned"}
STEPS = {"Day": 1, "Week": 7}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MIDNIGHT = re.compile(r"(T00:00(:00(\.0+)?)?)?(Z|[+-]\d{2}:\d{2})?")


def looks_like_xml(content: bytes, *, name: str) -> bool:
    """Whether a file is to be read as XML: by its name or its first sign."""
    return name.lower().endswith((".xml", ".xml.gz")) or content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read_buildingsync(raw: bytes, *, where: str) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Read the buildings of a BuildingSync file.

    Returns
    -------
    ``buildings``, ``values``, ``meters`` and ``weather`` as rows of :mod:`citytandem.tables.building`, and findings about
    what was left out: units and resources without a meaning here, readings without a period, records that break a rule.
    """
    root, findings = read_markup(raw, where=where)
    if root is None:
        return {}, findings
    if root.name != "BuildingSync":
        return {}, [*findings, Finding(Code.BUILDINGSYNC_FOREIGN, {"file": where, "found": root.name[:60]}, where=where)]
    found = list(root.walk("Building"))
    records = [one for one in found if one.attributes.get("ID")]
    if not records:
        return {}, [*findings, Finding(Code.BUILDINGSYNC_EMPTY, {"file": where}, where=where)]
    buildings = [_read_building(one, root=root) for one in records]
    only = buildings[0]["building"] if len(buildings) == 1 else None
    meters: list[dict[str, Any]] = []
    weather: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for scenario in root.walk("Scenario"):
        if scenario.find("ScenarioType", "CurrentBuilding") is None:
            continue
        linked = [link.attributes.get("IDref") for link in scenario.walk("LinkedBuildingID")]
        key = _key(str(linked[0])) if len(linked) == 1 else only
        if key is None:
            findings.append(_left_out(where, what="Scenario", said=scenario.attributes.get("ID", "")))
            continue
        meters += _read_meters(scenario, building=key, where=where, findings=findings)
        weather += _read_weather(scenario)
        values += _read_intensity(scenario, building=key)
    values += _read_leakage(root, building=only)
    rows = {"buildings": buildings, "values": values, "meters": meters, "weather": weather}
    return {name: _fill(given, name=name, where=where, findings=findings) for name, given in rows.items()}, findings


def _fill(rows: list[dict[str, Any]], *, name: str, where: str, findings: list[Finding]) -> pl.DataFrame:
    schema: type[dy.Schema] = {
        "buildings": tables.Building,
        "values": tables.BuildingValue,
        "meters": tables.MeterReading,
        "weather": tables.OutdoorTemperature,
    }[name]
    columns = {key: pl.String if isinstance(column, dy.Enum) else column.dtype for key, column in schema.columns().items()}
    good, broken = validate(pl.DataFrame(rows, schema=columns, strict=False), schema, where=f"{where}, {name}", first_row=1)
    findings += broken
    return good


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._+:/-]", "-", text).lstrip("._+:/-") or "building"


def _read_building(one: Element, *, root: Element) -> dict[str, Any]:
    areas = {
        (area.say("FloorAreaType") or ""): number * SQUARE_FOOT_M2
        for area in one.find_all("FloorAreas", "FloorArea")
        if (number := _number(area.say("FloorAreaValue"))) is not None
    }
    treated = next((name for name in ("Conditioned", "Heated and Cooled") if name in areas), None)
    address = one.find("Address") or next(iter(root.walk("Address")), None)
    place = {name: address.say(name) if address else None for name in ("City", "State", "Country")}
    country = place["Country"] if re.fullmatch("[A-Z]{2}", place["Country"] or "") else "US"
    floors, year = _number(one.say("FloorsAboveGrade")), _number(one.say("YearOfConstruction"))
    return {
        "building": _key(one.attributes["ID"]),
        "name": one.say("PremisesName") or one.attributes["ID"],
        "country": country,
        "province": place["State"],
        "city": place["City"] or "not stated",
        "latitude": _number(one.say("Latitude")),
        "longitude": _number(one.say("Longitude")),
        "use": USES.get(one.say("OccupancyClassification") or "", "other"),
        "use_text": one.say("OccupancyClassification"),
        "phase": "not_stated",
        "floors": int(floors) if floors and 1 <= floors <= 200 else None,
        "gross_area_m2": areas.get("Gross"),
        "gross_convention": "gross_external" if "Gross" in areas else None,
        "treated_area_m2": areas[treated] if treated else None,
        "treated_convention": AREAS[treated] if treated else None,
        "year_completed": int(year) if year and 1700 <= year <= 2100 else None,
        "mark": "P",
        "source": "own",
    }


def _read_meters(scenario: Element, *, building: str, where: str, findings: list[Finding]) -> Iterator[dict[str, Any]]:
    resources: dict[str, tuple[str, float]] = {}
    for use in scenario.walk("ResourceUse"):
        said, unit = use.say("EnergyResource") or "", use.say("ResourceUnits") or ""
        if said in CARRIERS and unit in KWH:
            resources[use.attributes.get("ID", "")] = (CARRIERS[said], KWH[unit])
        else:
            findings.append(_left_out(where, what="ResourceUse", said=f"{said}, {unit}"))
    for series in scenario.walk("TimeSeries"):
        link = series.find("ResourceUseID")
        resource = resources.get(link.attributes.get("IDref", "")) if link else None
        if resource is None or series.say("ReadingType") not in {"Total", None}:
            continue
        days, number = _days(series), _number(series.say("IntervalReading"))
        if days is None or number is None:
            findings.append(_left_out(where, what="TimeSeries", said=series.attributes.get("ID", "")))
            continue
        starts, ends = days
        energy = number * resource[1]
        yield {
            "building": building, "carrier": resource[0], "starts": starts, "ends": ends, "energy_kwh": energy, "kind": "read"
        }  # fmt: skip


def _read_weather(scenario: Element) -> Iterator[dict[str, Any]]:
    """Dry-bulb temperatures; BuildingSync counts them in °F."""
    for series in scenario.walk("TimeSeries"):
        quantity = series.say("TimeSeriesReadingQuantity") or series.say("ReadingQuantity")
        if quantity != "Dry Bulb Temperature" or series.say("ReadingType") not in {"Average", None}:
            continue
        days, number = _days(series), _number(series.say("IntervalReading"))
        if days is not None and number is not None:
            mean = (number - 32) / 1.8
            yield {"series": "metered", "starts": days[0], "ends": days[1], "temperature_mean": mean}


def _read_intensity(scenario: Element, *, building: str) -> Iterator[dict[str, Any]]:
    """Site energy per gross floor area in kBtu per square foot."""
    for total in scenario.walk("AllResourceTotal"):
        number = _number(total.say("SiteEnergyUseIntensity"))
        if number is not None and total.say("EndUse") in {"All end uses", None}:
            yield _value(
                building, "total_final", number * KWH["kBtu"] / SQUARE_FOOT_M2, unit="kWh/m2a", area="gross_external",
                note=f"{number:g} kBtu/ft2",
            )  # fmt: skip
            return


def _read_leakage(root: Element, *, building: str | None) -> Iterator[dict[str, Any]]:
    for system in root.walk("AirInfiltrationSystem"):
        number = _number(system.say("AirInfiltrationValue"))
        if building and number is not None and system.say("AirInfiltrationValueUnits") == "ACH50":
            yield _value(building, "n50", number, unit="1/h", area="not_stated", note="ACH50") | {"state": "tested"}
            return


def _value(building: str, indicator: str, value: float, *, unit: str, area: str, note: str) -> dict[str, Any]:
    return {
        "building": building, "indicator": indicator, "state": "measured", "convention": "metered", "area_convention": area,
        "period": "not_stated", "value": value, "unit": unit, "note": note, "mark": "P", "source": "own",
    }  # fmt: skip


def _days(series: Element) -> tuple[dt.date, dt.date] | None:
    """First day and the first day after; the end stated if there is one, else by the length of the interval."""
    starts = _day(series.say("StartTimestamp"))
    if starts is None:
        return None
    stated = series.say("EndTimestamp")
    ends, frequency = _day(stated), series.say("IntervalFrequency")
    if ends is not None and MIDNIGHT.fullmatch((stated or "")[10:]):
        return (starts, ends) if ends > starts else None
    if ends is not None:  # an end within a day, such as 23:59, counts that day
        return (starts, ends + dt.timedelta(days=1)) if ends >= starts else None
    if frequency in STEPS:
        return starts, starts + dt.timedelta(days=STEPS[frequency])
    if frequency == "Month" and starts.day == 1:
        return starts, (starts + dt.timedelta(days=32)).replace(day=1)
    return None


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text and DAY.match(text) else None
    except ValueError:
        return None


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e15 else None


def _left_out(where: str, *, what: str, said: str) -> Finding:
    facts = {"file": where, "element": what, "value": said[:80]}
    return Finding(Code.BUILDINGSYNC_LEFT_OUT, facts, where=where, severity=Severity.WARNING)
