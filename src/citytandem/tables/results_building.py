"""The tables of an answer about a building: limits of standards, similar buildings, and the gap by term."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.building import INDICATORS, STATES

VERDICTS = ("kept", "not_kept", "other_convention")
GAP_TERMS = ("weather", "setpoint", "airtightness", "heat_recovery", "unexplained")


class HeldLimit(dy.Schema):
    """One row per figure and limit of a standard; a figure worked out another way is not held against it."""

    standard = base.key("Key of the standard", primary_key=True)
    standard_class = base.key("Class or path within it", primary_key=True)
    indicator = dy.Enum(tuple(INDICATORS), primary_key=True, description="What is limited")
    state = dy.Enum(STATES, primary_key=True, description="Designed, tested or measured")
    value = base.quantity("by unit", "The figure, on the floor area of the limit", low=-1e6, high=1e13, nullable=False)
    value_mark = dy.Enum(base.MARKS, nullable=False, description="How sure the figure is")
    value_source = base.key("Who published the figure", primary_key=True)
    limit = base.quantity("by unit", "The limit", low=-1e6, high=1e6, nullable=False)
    unit = base.text("Unit of both", nullable=False)
    verdict = dy.Enum(VERDICTS, nullable=False, description="Kept, not kept, or worked out by another convention")
    limit_mark = dy.Enum(base.MARKS, nullable=False, description="How sure the limit is")
    limit_source = base.key("Who published the limit", nullable=False)


class SimilarRange(dy.Schema):
    """One row per figure: where similar buildings lie, from five of them on. Nobody's place among them is told."""

    indicator = dy.Enum(tuple(INDICATORS), primary_key=True, description="What the figure is about")
    state = dy.Enum(STATES, primary_key=True, description="Designed, tested or measured")
    unit = base.text("Unit of the figures", nullable=False)
    value = base.quantity("by unit", "The figure of this building", low=-1e6, high=1e13, nullable=False)
    buildings = dy.Int64(min=0, max=100_000, nullable=False, description="Similar buildings", metadata={"unit": "count"})
    low = base.quantity("by unit", "Below it lie 10 % of them; null below five", low=-1e6, high=1e13, nullable=True)
    middle = base.quantity("by unit", "Below it lies half of them; null below five", low=-1e6, high=1e13, nullable=True)
    high = base.quantity("by unit", "Above it lie 10 % of them; null below five", low=-1e6, high=1e13, nullable=True)


class GapTerm(dy.Schema):
    """One row per term of measured less designed use; together they are exactly the difference."""

    term = dy.Enum(GAP_TERMS, primary_key=True, description="What explains it")
    value = base.quantity("kWh / m ** 2 / year", "Its part; null where it is not known", low=-1e6, high=1e6, nullable=True)
    mark = dy.Enum(base.MARKS, nullable=False, description="P our reading of the model, K where a recalled constant enters")


class HeldFit(dy.Schema):
    """One row per limit that the fit of a change-point model has to keep."""

    path = base.key("Path within ASHRAE Guideline 14", primary_key=True)
    indicator = base.key("What is limited", primary_key=True)
    found = base.quantity("percent", "What the fit has", low=-1e6, high=1e6, nullable=False)
    limit = base.quantity("percent", "The limit", low=0, high=1_000, nullable=False)
    kept = dy.Bool(nullable=False, description="Whether it is kept")
    mark = base.mark()
    source = base.source()


class MeteredPeriod(dy.Schema):
    """One row per period: energy as read beside the outdoor temperature."""

    starts = dy.Date(primary_key=True, description="First day of the period")
    ends = dy.Date(nullable=False, description="First day after the period")
    days = dy.Int64(min=1, max=1_000, nullable=False, description="Days of the period", metadata={"unit": "day"})
    temperature_mean = base.quantity("degC", "Mean outdoor air temperature", low=-60, high=60, nullable=True)
    energy_kwh = base.quantity("kWh", "Energy delivered, all carriers together", low=0, high=1e11, nullable=False)
    kwh_per_day = base.quantity("kWh / day", "Energy a day", low=0, high=1e10, nullable=False)


class FittedPeriod(MeteredPeriod):
    """One row per period, with what the model says."""

    fitted_kwh_per_day = base.quantity("kWh / day", "Energy a day by the model", low=-1e10, high=1e10, nullable=False)
