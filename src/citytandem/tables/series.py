"""Regions, their indicators over years, breaks in them, phases of structural change, and coded cases."""

from typing import Any

import dataframely as dy

from citytandem.tables import _base as base

KINDS = ("coalfield", "steel_region", "metropolitan", "city", "nuts2", "province", "state", "country", "country_part")
REGION_TYPES = ("coal", "steel", "coal_and_steel", "heavy_industry")
PHASES = ("rise", "plateau", "crisis", "collapse", "managed_decline", "renewal", "phase_out", "whole_period")
"""Phases of structural change, comparable between regions: the words of the source stand beside them. [P]"""
INDICATORS = (
    "employment_share_agriculture",
    "employment_share_industry",
    "employment_share_services",
    "gdp_share_primary",
    "gdp_share_secondary",
    "gdp_share_tertiary",
    "gdp",
    "gdp_per_head",
    "gdp_per_head_to_median_province",
    "industry_value_added",
    "coal_coke_power_metals_share",
    "population",
    "population_change",
    "employment",
    "urban_employment",
    "manufacturing_employment",
    "jobs_change",
    "unemployed",
    "unemployment_rate",
    "coal_employment",
    "coal_output",
    "coal_capacity",
    "coal_capacity_cut",
    "coal_mines",
    "coal_mines_closed",
    "coal_subsidy",
    "coal_share_of_world",
    "iron_mines",
    "iron_capacity_cut",
    "coking_enterprises",
    "steel_employment",
    "steel_jobs_cut",
    "steel_output",
    "steel_output_change",
    "steel_capacity",
    "steel_capacity_cut",
    "steel_share_of_nation",
    "steel_enterprises",
    "steel_co2",
    "co2",
    "pm25",
    "pm25_change",
    "pm10",
    "so2",
    "nox",
)
DIFFERENCES = ("ownership", "migration", "state_capacity", "speed", "climate_target")
"""What decides whether a lesson travels, after the literature on the Ruhr and Hebei. [P]"""
STATES = ("measured", "capacity", "announced", "closed", "change", "planned")
"""What a figure says: measured (operating, output, jobs), capacity, announced (targets, caps), closed, change, planned."""


def _region(description: str = "Region the row is about", **more: Any) -> dy.String:
    """A region key: a national code such as CN-130000, a NUTS-2 code such as DEA5, or a plain word such as ruhr."""
    return base.key(description, **more)


class Region(dy.Schema):
    """One row per region: a place larger than a city that changes as one."""

    region = _region("Key of the region", primary_key=True)
    name = base.text("Name in English or as the region writes it in Latin letters", nullable=False)
    name_de = base.text("Name in German", nullable=True)
    name_zh = base.text("Name in Chinese", nullable=True)
    name_ja = base.text("Name in Japanese", nullable=True)
    name_da = base.text("Name in Danish", nullable=True)
    kind = dy.Enum(KINDS, nullable=False, description="What it is")
    country = dy.String(regex=base.COUNTRY, nullable=False, description="Country, two letters")
    part_of = _region("Region it lies in, wholly or for the most part", nullable=True)
    nuts = base.text("NUTS codes of the source, joined by +", nullable=True)
    latitude = base.quantity("degree_north", "Latitude, WGS 84", low=-90, high=90, nullable=True)
    longitude = base.quantity("degree_east", "Longitude, WGS 84", low=-180, high=180, nullable=True)
    note = base.text("What the borders leave out or include", nullable=True)
    mark = base.mark()
    source = base.source()


class RegionSeries(dy.Schema):
    """One row per region, indicator, definition, source and year; two definitions or two sources are two series, never one."""

    region = _region(primary_key=True)
    indicator = dy.Enum(INDICATORS, primary_key=True, description="What is counted")
    definition = base.key("How it is counted: series with other definitions are never joined", primary_key=True)
    state = dy.Enum(STATES, nullable=False, description="Measured, capacity, announced, closed, change or planned")
    year = base.year(primary_key=True)
    value = base.quantity("by unit", "Value as published", low=-1e9, high=1e12, nullable=False)
    unit = base.text("Unit of the value", nullable=False)
    note = base.text("Definition and remarks of the source", nullable=True)
    mark = base.mark()
    source = base.key("Key of the source table: who published this row", primary_key=True)


class Break(dy.Schema):
    """One row per year from which a series is counted otherwise, or a border lies elsewhere."""

    region = _region(primary_key=True)
    indicator = dy.Enum(INDICATORS, nullable=True, description="Series it touches; null for all of the region")
    year = base.year("First year counted the new way", primary_key=True)
    what = base.text("What changed", nullable=False)
    mark = base.mark()
    source = base.source()


class Phase(dy.Schema):
    """One row per phase of a region's structural change."""

    region = _region(primary_key=True)
    phase = dy.Enum(PHASES, nullable=False, description="Kind of phase, comparable between regions")
    title = base.text("The phase in our words", primary_key=True)
    first_year = base.year("From", nullable=False)
    last_year = base.year("To; null while it lasts", nullable=True)
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def ends_after_it_begins(cls):  # type: ignore[no-untyped-def]
        return cls.last_year.col.is_null() | (cls.first_year.col <= cls.last_year.col)


class Case(dy.Schema):
    """One row per thing that was tried in a region: what happened, what failed, and what would have to hold elsewhere."""

    case = base.key("Key of the case", primary_key=True)
    region = _region()
    region_type = dy.Enum(
        ("coal", "steel", "coal_and_steel", "heavy_industry"), nullable=False, description="What the region lived on"
    )
    phase = dy.Enum(PHASES, nullable=False, description="Kind of phase, comparable between regions")
    title = base.text("The phase or topic in our words", nullable=False)
    first_year = base.year("From", nullable=False)
    last_year = base.year("To; null while it lasts or where the source does not say", nullable=True)
    policy = base.text("What was tried", nullable=False)
    instrument = base.text("Kind of instrument", nullable=False)
    actors = base.text("Who acted, as far as the source says", nullable=True)
    happened = base.text("What happened", nullable=False)
    failed = base.text("What failed or cost; null where the source does not say", nullable=True)
    transfer = base.text("What would have to hold elsewhere: our reading, also in rows marked S", nullable=True)
    evidence = dy.Enum(("evaluation", "figures", "report"), nullable=False, description="What the case rests on")
    measures = base.text("Measures of our catalogue it resembles, joined by ; [P]", nullable=True)
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def ends_after_it_begins(cls):  # type: ignore[no-untyped-def]
        return cls.last_year.col.is_null() | (cls.first_year.col <= cls.last_year.col)


class Trait(dy.Schema):
    """One row per region and thing that differs between regions: what carries a lesson over, or does not."""

    region = _region(primary_key=True)
    trait = dy.Enum(DIFFERENCES, primary_key=True, description="What differs")
    text = base.text("What a source says of it, in our words", nullable=False)
    mark = base.mark()
    source = base.source()


class RegionCity(dy.Schema):
    """One row per rule that says which cities of the atlas lie in a region: all of a state, or all whose id begins so."""

    region = _region(primary_key=True)
    by = dy.Enum(("state", "id"), primary_key=True, description="What the value is: a state of table city, or how ids begin")
    value = base.text("State, or beginning of the ids of cities", primary_key=True)
    country = dy.String(regex=base.COUNTRY, nullable=False, description="Country, two letters")
    note = base.text("What the rule stands for", nullable=True)
    mark = base.mark()
    source = base.source()
