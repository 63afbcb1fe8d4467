"""Pilot buildings: what they are, their figures by convention, meter readings, climate zones and limits of standards."""

from typing import Any

import dataframely as dy

from citytandem.tables import _base as base

MAIN_ZONES = ("severe_cold", "cold", "hot_summer_cold_winter", "hot_summer_warm_winter", "temperate")
ZONES = (
    *MAIN_ZONES,
    "severe_cold_a",
    "severe_cold_b",
    "severe_cold_c",
    "cold_a",
    "cold_b",
    "hot_summer_cold_winter_a",
    "hot_summer_cold_winter_b",
    "hot_summer_warm_winter_a",
    "hot_summer_warm_winter_b",
    "temperate_a",
    "temperate_b",
)
"""Thermal zones of GB 50176: five main zones and their parts."""
USES = ("residential", "office", "school", "kindergarten", "hotel", "exhibition", "health", "shop", "industry", "mixed", "other")
DWELLINGS = ("residential",)
AREAS = ("chinese_built", "phpp_treated", "usable", "conditioned", "gross_external", "not_stated")
"""Conventions of floor area; two of them are never taken for one another."""
CONVENTIONS = ("phpp", "chinese_standard", "metered", "other", "not_stated")
"""How a figure was worked out."""
STATES = ("designed", "tested", "measured", "required", "claimed", "reference")
"""What a figure says: designed, tested on site, measured in use, required by a standard, claimed in a text, of the reference."""
PHASES = ("planned", "under_construction", "completed", "not_stated")
CARRIERS = ("electricity", "district_heat", "district_cooling", "natural_gas", "lpg", "heating_oil", "coal", "biomass", "other")
INDICATORS: dict[str, tuple[str, float, float, float, float]] = {
    # indicator: unit, impossible below, unusual below, unusual above, impossible above [P]
    "heating_demand": ("kWh/m2a", 0, 2, 250, 1_000),
    "cooling_demand": ("kWh/m2a", 0, 0, 200, 1_000),
    "total_final": ("kWh/m2a", 0, 5, 500, 3_000),
    "primary_energy": ("kWh/m2a", 0, 10, 900, 6_000),
    "heating_load": ("W/m2", 0, 2, 150, 500),
    "cooling_load": ("W/m2", 0, 2, 200, 500),
    "u_wall": ("W/m2K", 0.03, 0.07, 2, 6),
    "u_roof": ("W/m2K", 0.03, 0.06, 2, 6),
    "u_floor": ("W/m2K", 0.03, 0.07, 3, 6),
    "u_window": ("W/m2K", 0.2, 0.5, 4, 7),
    "g_value": ("share", 0, 0.15, 0.8, 1),
    "n50": ("1/h", 0.02, 0.1, 10, 50),
    "heat_recovery": ("share", 0, 0.5, 0.95, 1),
    "ventilation_rate": ("1/h", 0, 0.1, 3, 30),
    "room_height": ("m", 1.8, 2.2, 6, 30),
    "photovoltaics": ("kWp", 0, 0, 5_000, 200_000),
    "cost": ("CNY", 0, 100_000, 1e10, 1e12),
    "extra_cost": ("CNY/m2", -5_000, 0, 3_000, 50_000),
    "saving": ("percent", -300, 0, 95, 100),
    "heat_share_of_requirement": ("percent", 0, 5, 100, 1_000),
    "indoor_temperature": ("degC", -20, 14, 30, 50),
    "indoor_co2": ("ppm", 250, 380, 2_000, 20_000),
    "indoor_pm25": ("ug/m3", 0, 0, 150, 2_000),
    "occupants": ("people", 0, 0, 20_000, 1_000_000),
    "electricity": ("kWh/m2a", 0, 0, 300, 3_000),
    "district_heat": ("kWh/m2a", 0, 0, 300, 3_000),
    "district_cooling": ("kWh/m2a", 0, 0, 300, 3_000),
    "natural_gas": ("kWh/m2a", 0, 0, 300, 3_000),
    "heating_oil": ("kWh/m2a", 0, 0, 300, 3_000),
    "coal": ("kWh/m2a", 0, 0, 300, 3_000),
    "biomass": ("kWh/m2a", 0, 0, 300, 3_000),
}
"""Each indicator with its unit and the bounds of what is unusual and what cannot be; the bounds are ours [P]."""
PER_AREA = tuple(name for name, bounds in INDICATORS.items() if bounds[0] in {"kWh/m2a", "W/m2", "CNY/m2"})
"""Indicators that stand on a floor area, so that its convention decides."""


def building(description: str = "Building the row is about", **more: Any) -> dy.String:
    """A building key, such as xingfubao-urumqi."""
    return base.key(description, **more)


class Building(dy.Schema):
    """One row per pilot building, or per estate where a source speaks of it as one."""

    building = building("Key of the building", primary_key=True)
    name = base.text("Name", nullable=False)
    country = dy.String(regex=base.COUNTRY, nullable=False, description="Country, two letters")
    province = base.text("Province or state", nullable=True)
    city = base.text("City or county", nullable=False)
    latitude = base.quantity("degree_north", "Latitude, WGS 84", low=-90, high=90, nullable=True)
    longitude = base.quantity("degree_east", "Longitude, WGS 84", low=-180, high=180, nullable=True)
    zone = dy.Enum(ZONES, nullable=True, description="Thermal climate zone of GB 50176; null outside China or where open")
    zone_mark = dy.Enum(base.MARKS, nullable=True, description="How sure the zone is")
    use = dy.Enum(USES, nullable=False, description="Main use")
    use_text = base.text("Use in the words of the source", nullable=True)
    works = dy.Enum(("new", "retrofit"), nullable=True, description="Newly built or retrofitted")
    phase = dy.Enum(PHASES, nullable=False, description="How far it was when the source was written")
    floors = dy.Int16(min=1, max=200, nullable=True, description="Floors above ground", metadata={"unit": "1"})
    gross_area_m2 = base.quantity("m ** 2", "Gross floor area", low=0, high=5e6, nullable=True)
    gross_convention = dy.Enum(AREAS, nullable=True, description="Convention of the gross floor area")
    treated_area_m2 = base.quantity("m ** 2", "Treated or usable floor area", low=0, high=5e6, nullable=True)
    treated_convention = dy.Enum(AREAS, nullable=True, description="Convention of the treated floor area")
    size_mark = dy.Enum(base.MARKS, nullable=True, description="How sure floors and areas are")
    size_source = base.key("Source of floors and areas; null for that of the row", nullable=True)
    year_planned = base.year("Year of the plan or the decision", nullable=True)
    year_completed = base.year("Year of completion", nullable=True)
    year_certified = base.year("Year of the certificate", nullable=True)
    partners = base.text("Owner, planners, quality assurance", nullable=True)
    standard = base.text("Standard it follows", nullable=True)
    standard_class = base.text("Class within the standard", nullable=True)
    certificates = base.text("Certificates and awards", nullable=True)
    technique = base.text("Envelope, ventilation and systems as the source tells them", nullable=True)
    note = base.text("Remarks", nullable=True)
    mark = base.mark()
    source = base.source()


class BuildingValue(dy.Schema):
    """One row per figure of a building: two conventions, two periods or two sources are two rows, never one."""

    building = building(primary_key=True)
    indicator = dy.Enum(tuple(INDICATORS), primary_key=True, description="What the figure is about")
    state = dy.Enum(STATES, primary_key=True, description="Designed, tested, measured, required, claimed, or of the reference")
    convention = dy.Enum(CONVENTIONS, primary_key=True, description="How it was worked out")
    area_convention = dy.Enum(AREAS, primary_key=True, description="Floor area it is divided by; not_stated where none is")
    period = dy.String(
        regex=r"^(not_stated|\d{4}(-\d{2})?(/\d{4}(-\d{2})?)?)$", primary_key=True, description="Year or months it is for"
    )
    value = base.quantity("by unit", "The figure as published", low=-1e6, high=1e13, nullable=False)
    unit = base.text("Unit of the figure", nullable=False)
    grade = dy.Enum(("A", "B", "C", "D"), nullable=True, description="Grade of the data: A metered to D told; null if open")
    note = base.text("Remarks", nullable=True)
    mark = base.mark()
    source = base.key("Key of the source table: who published this row", primary_key=True)


class MeterReading(dy.Schema):
    """One row per building, carrier and billing period: energy delivered, as read."""

    building = building(primary_key=True)
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Carrier the meter counts")
    starts = dy.Date(primary_key=True, description="First day of the period")
    ends = dy.Date(nullable=False, description="First day after the period")
    energy_kwh = base.quantity("kWh", "Energy delivered in the period", low=0, high=1e10, nullable=False)
    kind = dy.Enum(("read", "estimated"), nullable=False, description="Read from the meter, or estimated by the supplier")

    @dy.rule()
    def ends_after_it_starts(cls):  # type: ignore[no-untyped-def]
        return cls.starts.col < cls.ends.col


class OutdoorTemperature(dy.Schema):
    """One row per period: mean outdoor temperature at the building, of the time metered or of a reference year."""

    series = dy.Enum(("metered", "reference"), primary_key=True, description="Of the time metered, or of a reference year")
    starts = dy.Date(primary_key=True, description="First day of the period")
    ends = dy.Date(nullable=False, description="First day after the period")
    temperature_mean = base.quantity("degC", "Mean outdoor air temperature", low=-60, high=60, nullable=False)

    @dy.rule()
    def ends_after_it_starts(cls):  # type: ignore[no-untyped-def]
        return cls.starts.col < cls.ends.col


class ClimateZone(dy.Schema):
    """One row per thermal zone: the bounds that make it one. Degree days are to 18 and above 26 °C."""

    zone = dy.Enum(ZONES, primary_key=True, description="Zone of GB 50176")
    part_of = dy.Enum(MAIN_ZONES, nullable=False, description="Main zone; a main zone is its own")
    coldest_month_from = base.quantity("degC", "Mean of the coldest month, above", low=-60, high=40, nullable=True)
    coldest_month_to = base.quantity("degC", "Mean of the coldest month, up to", low=-60, high=40, nullable=True)
    hottest_month_from = base.quantity("degC", "Mean of the hottest month, above", low=-60, high=50, nullable=True)
    hottest_month_to = base.quantity("degC", "Mean of the hottest month, up to", low=-60, high=50, nullable=True)
    heating_degree_days_from = base.quantity("kelvin * day", "Heating degree days, from", low=0, high=20_000, nullable=True)
    heating_degree_days_below = base.quantity("kelvin * day", "Heating degree days, below", low=0, high=20_000, nullable=True)
    cooling_degree_days_above = base.quantity("kelvin * day", "Cooling degree days, above", low=0, high=5_000, nullable=True)
    cooling_degree_days_to = base.quantity("kelvin * day", "Cooling degree days, up to", low=0, high=5_000, nullable=True)
    note = base.text("Remarks", nullable=True)
    mark = base.mark()
    source = base.source()


class BuildingLimit(dy.Schema):
    """One row per limit of a standard: what a building, or the fit of a model, must keep."""

    standard = base.key("Key of the standard", primary_key=True)
    standard_class = base.key("Class or path within it", primary_key=True)
    zone = dy.Enum((*MAIN_ZONES, "any"), primary_key=True, description="Main zone it is for")
    use = dy.Enum(("residential", "public", "any"), primary_key=True, description="Dwellings, other buildings, or any")
    indicator = dy.Enum((*INDICATORS, "cv_rmse", "bias"), primary_key=True, description="What is limited")
    bound = dy.Enum(("at_most", "at_least"), nullable=False, description="Which way it limits")
    value = base.quantity("by unit", "The limit", low=-1e6, high=1e6, nullable=False)
    unit = base.text("Unit of the limit", nullable=False)
    convention = dy.Enum(CONVENTIONS, nullable=False, description="How the figure has to be worked out")
    area_convention = dy.Enum(AREAS, nullable=False, description="Floor area it is divided by; not_stated where none is")
    note = base.text("Remarks", nullable=True)
    mark = base.mark()
    source = base.source()
