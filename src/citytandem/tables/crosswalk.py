"""Crosswalks and physical constants: sectors, carriers, warming potentials, fuel factors and their bounds."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS, SECTORS
from citytandem.tables.reference import VIEWS

GROUPS = ("households", "services", "industry", "transport", "waste", "agriculture", "land", "combined")
VARIANTS = ("core_no_industry", "core", "core_waste", "full")
CARRIER_GROUPS = (
    "electricity", "district_heat", "gas", "oil", "coal", "motor_fuel",
    "renewable", "waste", "hydrogen", "other", "all", "none",
)  # fmt: skip
GASES = (
    "CO2", "CH4", "CH4_fossil", "CH4_biogenic", "N2O", "SF6", "NF3",
    "HFC-23", "HFC-32", "HFC-125", "HFC-134a", "HFC-143a", "CF4", "C2F6",
)  # fmt: skip


def _membership(variant: str) -> dy.Enum:
    return dy.Enum(("in", "out", "partly"), nullable=False, description=f"Is it inside {variant}? partly where it mixes")


class SectorRow(dy.Schema):
    """One row per sector of ours: what it contains, what others call it, and which variants of the core hold it."""

    sector = dy.Enum(SECTORS, primary_key=True, description="Our sector")
    group = dy.Enum(GROUPS, nullable=False, description="Group for charts and questions")
    combined = dy.Bool(nullable=False, description="Mixes several sectors that its publication does not separate")
    contains = base.text("What it contains, in plain words", nullable=False)
    gpc = base.text("GPC reference", nullable=True)
    bisko = base.text("Name in BISKO", nullable=True)
    japan = base.text("Name in the Japanese area manual", nullable=True)
    us_cp = base.text("Name in the US Community Protocol", nullable=True)
    ceads = base.text("Name in CEADs", nullable=True)
    uk = base.text("Name in the UK local-authority statistics", nullable=True)
    denmark = base.text("Name in the Danish energy and CO2 accounts", nullable=True)
    core_no_industry = _membership("core without industry")
    core = _membership("core")
    core_waste = _membership("core with waste")
    full = _membership("full")
    mark = base.mark()
    source = base.source()


class SectorPart(dy.Schema):
    """One row per combined sector and sector of ours inside it."""

    sector = dy.Enum(SECTORS, primary_key=True, description="Combined sector")
    part = dy.Enum(SECTORS, primary_key=True, description="Sector inside it")
    mark = base.mark()
    source = base.source()


class CarrierRow(dy.Schema):
    """One row per carrier of ours: group, names elsewhere, and the ratio of its heating values."""

    carrier = dy.Enum(CARRIERS, primary_key=True, description="Our carrier")
    group = dy.Enum(CARRIER_GROUPS, nullable=False, description="Group for charts and questions")
    fossil = dy.Enum(("yes", "no", "mixed", "unknown"), nullable=False, description="Is its carbon fossil?")
    contains = base.text("What it contains, in plain words", nullable=False)
    bisko = base.text("Name in BISKO", nullable=True)
    japan = base.text("Name in Japan", nullable=True)
    ipcc_fuel = base.key("Fuel of the IPCC table that stands for it", nullable=True)
    lhv_per_hhv = base.quantity("1", "Lower divided by higher heating value", low=0.8, high=1, nullable=True)
    mark = base.mark()
    source = base.source()


class Gwp(dy.Schema):
    """One row per gas and set: global warming potential over 100 years."""

    gwp_set = dy.Enum(("SAR", "AR4", "AR5", "AR6"), primary_key=True, description="IPCC assessment report")
    gas = dy.Enum(GASES, primary_key=True, description="Gas; CH4 is of unspecified origin")
    gwp100 = base.quantity("kg CO2e / kg", "Global warming potential over 100 years", low=1, high=30000, nullable=False)
    mark = base.mark()
    source = base.source()


class FuelFactor(dy.Schema):
    """One row per fuel, use and gas: IPCC default per energy (lower heating value)."""

    fuel = base.key("Fuel as the IPCC names it", primary_key=True)
    use = base.key("Where it is burned", primary_key=True)
    gas = dy.Enum(GASES, primary_key=True, description="Gas")
    carrier = dy.Enum(CARRIERS, nullable=False, description="Our carrier")
    biogenic = dy.Bool(nullable=False, description="CO2 of biomass: a memo item, never added")
    kg_per_tj = base.quantity("kg / TJ", "Emissions per energy, lower heating value", low=0, high=200_000, nullable=False)
    ncv_tj_per_gg = base.quantity("TJ / Gg", "Net calorific value", low=1, high=150, nullable=True)
    mark = base.mark()
    source = base.source()


class Bound(dy.Schema):
    """One row per carrier and view: between which values a factor can be true."""

    carrier = dy.Enum(CARRIERS, primary_key=True, description="Our carrier")
    view = dy.Enum(VIEWS, primary_key=True, description="What is inside the factor")
    low = base.quantity("kg CO2e / MWh", "No true factor is lower", low=0, high=3000, nullable=False)
    high = base.quantity("kg CO2e / MWh", "No true factor is higher", low=0, high=3000, nullable=False)
    reason = base.text("Why", nullable=False)
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def low_is_not_above_high(cls):  # type: ignore[no-untyped-def]
        return cls.low.col <= cls.high.col
