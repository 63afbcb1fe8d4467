"""Balances and their lines: one city-year under one method, as published."""

import dataframely as dy

from citytandem.tables import _base as base

SECTORS = (
    "households",
    "services",
    "municipal",
    "industry_energy",
    "agriculture_energy",
    "energy_industry",
    "road",
    "rail",
    "navigation",
    "aviation",
    "off_road",
    "industry_process",
    "waste",
    "wastewater",
    "agriculture",
    "land_use",
    "other",
    # publications that do not separate; see the sector crosswalk for what each contains
    "buildings",
    "services_and_industry",
    "stationary",
    "transport",
    "heat_use",
    "electricity_use",
    "total",
)
CARRIERS = (
    "all",
    "none",
    "electricity",
    "district_heat",
    "natural_gas",
    "lpg",
    "heating_oil",
    "heavy_oil",
    "petrol",
    "diesel",
    "jet",
    "hard_coal",
    "lignite",
    "coke",
    "biomass",
    "biogas",
    "biofuel",
    "solar_thermal",
    "ambient_heat",
    "waste",
    "hydrogen",
    "motor_fuel",
    "other_fossil",
    "other",
)
SCOPES = ("1", "2", "3", "1+2", "1+2+3", "none")
VIEWS = ("sector", "carrier", "application", "total")
NOTATION = ("NO", "NE", "IE", "C")
GRADES = ("A", "B", "C", "D", "H", "M", "L")
GWP_SETS = ("SAR", "AR4", "AR5", "AR6", "co2_only", "unknown")
ELECTRICITY = ("national", "local", "regional", "user_unspecified", "none", "unknown")


class Balance(dy.Schema):
    """One row per balance: a city-year under one method, as its publisher gives it."""

    balance = base.key("Balance id: city, year and publication", primary_key=True)
    city = base.city(nullable=False)
    year = base.year("Year of the emissions; the starting year of a fiscal year", nullable=False)
    method = base.key("Method id as in facts/methods", nullable=False)
    version = base.text("Edition of the publication or method", nullable=True)
    gwp = dy.Enum(GWP_SETS, nullable=False, description="Global warming potentials used")
    upstream = dy.Enum(("yes", "no", "unknown"), nullable=False, description="Are upstream chains of energy inside?")
    electricity = dy.Enum(ELECTRICITY, nullable=False, description="Factor behind the electricity lines")
    period_start = dy.Date(nullable=False, description="First day of the period")
    period_end = dy.Date(nullable=False, description="Last day of the period")
    boundary = base.key("What area is counted: see City.boundary", nullable=False)
    top_down = dy.Bool(nullable=False, description="Allocated from larger totals: cannot credit a local measure")
    weather_corrected = dy.Bool(nullable=False, description="Heat already corrected for weather by the publisher")
    population = base.quantity("people", "Population the publisher states for that year", low=1, high=1e8, nullable=True)
    reported_t = base.quantity(
        "t CO2e / year", "Total as the publisher states it, over the sectors of the method", low=-1e9, high=1e10, nullable=True
    )
    tool = base.text("Tool the balance was made with", nullable=True)
    verification = base.text("Who checked it", nullable=True)
    source = base.source()

    @dy.rule()
    def period_runs_forward(cls):  # type: ignore[no-untyped-def]
        return cls.period_end.col > cls.period_start.col


class Line(dy.Schema):
    """One row of a balance. Lines of one view add up to the total; views are never added to each other."""

    balance = base.key("Balance the line belongs to", primary_key=True)
    view = dy.Enum(VIEWS, primary_key=True, description="Which breakdown of the balance the line belongs to")
    item = base.text("The row as its publisher names it", primary_key=True)
    sector = dy.Enum(SECTORS, nullable=False, description="Our sector; the crosswalk says what it contains")
    carrier = dy.Enum(CARRIERS, nullable=False, description="Energy carrier; all where not separated, none for no energy")
    scope = dy.Enum(SCOPES, nullable=False, description="GPC scope; 1+2 where not separated, none where not stated")
    activity_mwh = base.quantity("MWh / year", "Final energy", low=-1e9, high=1e10, nullable=True)
    factor_kg_per_mwh = base.quantity("kg CO2e / MWh", "Factor as published", low=0, high=5000, nullable=True)
    emissions_t = base.quantity("t CO2e / year", "Emissions as published", low=-1e9, high=1e10, nullable=True)
    notation = dy.Enum(NOTATION, nullable=True, description="Notation key instead of a number: NO, NE, IE, C")
    grade = dy.Enum(GRADES, nullable=True, description="Data quality: A-D (BISKO) or H/M/L (GPC); null where not stated")
    source = base.source()

    @dy.rule()
    def number_or_notation(cls):  # type: ignore[no-untyped-def]
        return cls.emissions_t.col.is_not_null() | cls.activity_mwh.col.is_not_null() | cls.notation.col.is_not_null()

    @dy.rule()
    def only_land_and_credits_may_absorb(cls):  # type: ignore[no-untyped-def]
        absorbing = cls.sector.col.is_in(["land_use", "total", "waste", "agriculture"])
        return absorbing | (cls.emissions_t.col.fill_null(0) >= 0)
