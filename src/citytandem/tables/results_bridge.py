"""The answers about one balance beside another: steps of a bridge, views of electricity, rules kept, buckets."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS, SCOPES, SECTORS

STEPS = (
    "period",
    "boundary",
    "booking",
    "factor",
    "activity",
    "electricity_view",
    "upstream",
    "chp_allocation",
    "gwp_set",
    "heating_value",
    "aviation",
    "other_transport",
    "industry",
    "energy_industry",
    "land",
    "waste",
    "coverage",
    "unexplained",
)
"""Every step a bridge can have, in the order in which it is walked."""
STEP_BASES = ("lines", "trend", "method", "bounded", "not_known")
"""Computed from published lines; from other years of the same publication; stated equal by both; only bounded; not to be sized
from what is published."""
ELECTRICITY_VIEWS = ("reported", "national", "common", "regional", "production_mix", "residual_mix")
BUCKETS = ("boundary", "factor", "activity")
RULE_VERDICTS = ("kept", "broken", "cannot_tell")
COMPILED = ("priced", "zero", "notation", "no_activity", "no_factor")

_T = "t CO2e / year"


def _tonnes(description: str, *, nullable: bool = True) -> dy.Float64:
    return base.quantity(_T, description, low=-1e10, high=1e10, nullable=nullable)


class BridgeStep(dy.Schema):
    """One row per step from one balance to another. The changes that are known add up to the difference, to the tonne."""

    number = dy.Int16(primary_key=True, min=1, description="Number of the step on the way", metadata={"unit": "count"})
    step = dy.Enum(STEPS, nullable=False, description="Name of the step")
    part = base.key("Part of the balance it changes: sectors of ours joined by +, total, or not_itemised", nullable=False)
    scope = dy.Enum(SCOPES, nullable=False, description="Scope it changes; none where not told apart")
    change_t = _tonnes("Change of the total; null where it cannot be sized, and is then inside what is unexplained")
    low_t = _tonnes("Lower end of the 90 % interval, or of the bound")
    high_t = _tonnes("Upper end of the 90 % interval, or of the bound")
    basis = dy.Enum(STEP_BASES, nullable=False, description="What the size rests on")
    mark = dy.Enum(base.MARKS, nullable=True, description="How sure the cause is: S read, K recalled, P ours; null where unknown")
    code = base.key("Code of the finding that says what would size or explain it", nullable=True)
    source = base.text("Keys of the source table, with +", nullable=False)


class ElectricityView(dy.Schema):
    """One row per view: the electricity of one balance under one factor. The energy is the same in every row."""

    view = dy.Enum(ELECTRICITY_VIEWS, primary_key=True, description="Which factor")
    activity_mwh = base.quantity("MWh / year", "Electricity used, never changed by a view", low=0, high=1e10, nullable=True)
    factor_kg_per_mwh = base.quantity("kg CO2e / MWh", "The factor", low=0, high=5000, nullable=True)
    emissions_t = _tonnes("Electricity under this factor; null where energy or factor is not known")
    low_t = _tonnes("Lower end of the 90 % interval")
    high_t = _tonnes("Upper end of the 90 % interval")
    content = base.key("What is inside the factor: direct, life_cycle, ...", nullable=True)
    year = base.year("Year of the factor", nullable=True)
    region = base.text("Grid region of the factor", nullable=True)
    mark = dy.Enum(base.MARKS, nullable=True, description="How sure the factor is")
    source = base.key("Key of the source table", nullable=True)


class RuleCheck(dy.Schema):
    """One row per rule of BISKO: kept, broken, or cannot be told from what is published. Never a certificate."""

    number = dy.Int16(primary_key=True, min=1, max=7, description="Number of the rule", metadata={"unit": "count"})
    rule = base.key("Name of the rule", nullable=False)
    verdict = dy.Enum(RULE_VERDICTS, nullable=False, description="Kept, broken, or cannot tell")
    why = base.key("Reason, as a key of the words", nullable=False)
    found = base.text("What was found: sectors, carriers or choices", nullable=True)
    source = base.source()


class Bucket(dy.Schema):
    """One row per single cause that could stand behind a difference between a balance and a published total."""

    bucket = dy.Enum(BUCKETS, primary_key=True, description="Boundary, factor or activity")
    cause = base.key("What would have to differ", primary_key=True)
    change_t = _tonnes("What it would change; null where it cannot be sized")
    closes = dy.Bool(nullable=False, description="Would it alone close the difference within the tolerance?")
    remedy = base.key("What to do, as a key of the words", nullable=False)
    source = base.text("Keys of the source table, with +", nullable=False)


class CompiledLine(dy.Schema):
    """One row per activity: energy times a pinned factor, and what stands in the way where there is no product."""

    sector = dy.Enum(SECTORS, nullable=False, description="Our sector")
    carrier = dy.Enum(CARRIERS, nullable=False, description="Our carrier")
    activity_mwh = base.quantity("MWh / year", "Final energy", low=-1e9, high=1e10, nullable=True)
    factor_kg_per_mwh = base.quantity("kg CO2e / MWh", "Pinned factor", low=0, high=5000, nullable=True)
    version = base.text("Source and view of the pinned factor", nullable=True)
    emissions_t = _tonnes("Activity times factor")
    status = dy.Enum(COMPILED, nullable=False, description="Priced, zero, a notation key, or what is missing")
