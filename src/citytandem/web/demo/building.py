"""One building of the demo with a year of readings: invented from the first figure to the last, and labelled so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from citytandem.sources.building_files import DEFAULTS, TABLES
from citytandem.tables.building import INDICATORS
from citytandem.web.accounts.models import Organisation, User
from citytandem.web.buildings.actions import bring_buildings, publish_building
from citytandem.web.buildings.models import OwnBuilding
from citytandem.web.buildings.reading import check_tables
from citytandem.web.buildings.rows import sort_rows

OWNER, CITY, KEY = "officer@essen.example", "DE-05113000", "office-example"
YEAR = 2025
RECORD = {
    "name": "Beispielhaus (invented)", "country": "DE", "province": "Nordrhein-Westfalen", "city": "Essen",
    "latitude": 51.4566, "longitude": 7.0116, "use": "office", "use_text": "office for sixty people (invented)", "works": "new",
    "phase": "completed", "floors": 4, "gross_area_m2": 2_050.0, "gross_convention": "chinese_built", "treated_area_m2": 1_600.0,
    "treated_convention": "phpp_treated", "size_mark": "P", "year_planned": 2020, "year_completed": 2022, "year_certified": 2023,
    "partners": "Essen (invented team)", "standard": "Passive House", "standard_class": "Classic",
    "technique": "heat-recovery ventilation; triple glazing; district heat (invented)",
    "note": "Invented example: no such building stands.",
}  # fmt: skip
AREA = {"phpp": "phpp_treated", "chinese_standard": "chinese_built"}
FIGURES: tuple[tuple[str, str, str, float], ...] = (
    ("heating_demand", "designed", "phpp", 14.5),
    ("heating_demand", "designed", "chinese_standard", 10.8),
    ("cooling_demand", "designed", "phpp", 4.0),
    ("heating_load", "designed", "phpp", 9.6),
    ("primary_energy", "designed", "phpp", 104.0),
    ("total_final", "designed", "phpp", 48.0),
    ("u_wall", "designed", "not_stated", 0.13),
    ("u_roof", "designed", "not_stated", 0.1),
    ("u_floor", "designed", "not_stated", 0.15),
    ("u_window", "designed", "not_stated", 0.8),
    ("g_value", "designed", "not_stated", 0.5),
    ("n50", "designed", "not_stated", 0.5),
    ("n50", "tested", "not_stated", 0.7),
    ("heat_recovery", "designed", "not_stated", 0.85),
    ("heat_recovery", "tested", "not_stated", 0.78),
    ("ventilation_rate", "designed", "not_stated", 0.4),
    ("room_height", "designed", "not_stated", 2.8),
    ("photovoltaics", "designed", "not_stated", 30.0),
    ("indoor_temperature", "designed", "not_stated", 20.0),
    ("indoor_temperature", "measured", "metered", 21.3),
    ("indoor_co2", "measured", "metered", 720.0),
    ("occupants", "measured", "not_stated", 58.0),
)
METERED = (1.9, 3.4, 7.2, 10.9, 14.1, 18.8, 20.1, 19.0, 15.2, 11.0, 5.8, 3.6)
REFERENCE = (2.4, 3.0, 6.1, 10.0, 14.2, 17.2, 19.0, 18.6, 15.0, 10.6, 6.2, 3.3)
"""Mean outdoor temperatures by month, invented to look like the Ruhr."""
POWER = (128, 117, 126, 115, 124, 119, 127, 112, 121, 125, 118, 123)
HEAT = (309, 288, 187, 121, 40, 21, 26, 19, 33, 101, 241, 262)
"""Electricity and heat by month in kWh a day, invented."""


@transaction.atomic
def load_building() -> OwnBuilding | None:
    """Let the invented team of Essen bring and publish the building, once."""
    owner = User.objects.filter(email=OWNER, is_invented=True).first()
    team = Organisation.objects.filter(city=CITY, is_invented=True).first()
    if owner is None or team is None or OwnBuilding.objects.filter(organisation=team, key=KEY).exists():
        return None
    tables = write_tables()
    warnings = {KEY: len(check_tables({KEY: tables}))}
    (made,) = bring_buildings(user=owner, organisation=team, tables={KEY: tables}, files="office-example.xlsx", warnings=warnings)
    return publish_building(user=owner, building=made, version=made.version, owner_name=team.name, licence="CC0 1.0")


def write_tables() -> dict[str, Any]:
    """The tables of the building as they are kept."""
    values = [
        _row("values", indicator=name, state=state, convention=how, area_convention=AREA.get(how, "not_stated"), value=value,
             unit=INDICATORS[name][0], grade="D", period=str(YEAR) if state == "measured" else "not_stated", building=KEY)
        for name, state, how, value in FIGURES
    ]  # fmt: skip
    months = [(dt.date(YEAR, month, 1), dt.date(YEAR + month // 12, month % 12 + 1, 1)) for month in range(1, 13)]
    meters = [
        _row("meters", building=KEY, carrier=carrier, starts=str(starts), ends=str(ends),
             energy_kwh=float(a_day * (ends - starts).days))
        for carrier, by_day in (("electricity", POWER), ("district_heat", HEAT))
        for (starts, ends), a_day in zip(months, by_day, strict=True)
    ]  # fmt: skip
    weather = [
        _row("weather", series=series, starts=str(starts), ends=str(ends), temperature_mean=mean)
        for series, means in (("metered", METERED), ("reference", REFERENCE))
        for (starts, ends), mean in zip(months, means, strict=True)
    ]
    return {
        "buildings": _row("buildings", building=KEY, **RECORD),
        "values": sort_rows("values", rows=values),
        "meters": sort_rows("meters", rows=meters),
        "weather": sort_rows("weather", rows=weather),
    }


def _row(table: str, **told: Any) -> dict[str, Any]:
    return {**dict.fromkeys(TABLES[table].column_names()), **DEFAULTS[table], **told}
