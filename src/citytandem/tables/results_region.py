"""The tables of an answer about regions: what was found, which past resembles a region now, and how it went from the peak."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.series import INDICATORS, STATES, Case, Phase, Region


def _region() -> dy.String:
    return base.key("Region the row is about", primary_key=True)


def _lag(description: str) -> dy.Int64:
    return dy.Int64(min=0, max=400, nullable=False, description=description, metadata={"unit": "year"})


def _fit(description: str) -> dy.Float64:
    return base.quantity("fraction", description, low=0, high=100, nullable=False)


class FoundRegion(Region):
    """One row per region that fits a search, alphabetical, with what we know of it."""

    called = base.text("Name in the language asked for; in English where it has none", nullable=False)
    series = dy.Int64(min=0, max=100_000, nullable=False, description="Series we have", metadata={"unit": "count"})
    points = dy.Int64(min=0, max=10_000_000, nullable=False, description="Figures in them", metadata={"unit": "count"})
    first_year = base.year("First year with a figure", nullable=True)
    last_year = base.year("Last year with a figure", nullable=True)


class SeriesHead(dy.Schema):
    """One row per series of a region: an indicator, counted one way, by one publication."""

    indicator = dy.Enum(INDICATORS, primary_key=True, description="What is counted")
    definition = base.key("How it is counted: series with other definitions are never joined", primary_key=True)
    source = base.key("Key of the source table: who published it", primary_key=True)
    state = dy.Enum(STATES, primary_key=True, description="Measured, capacity, announced, closed, change or planned")
    unit = base.text("Unit of the values", primary_key=True)
    points = dy.Int64(min=1, max=100_000, nullable=False, description="Figures", metadata={"unit": "count"})
    first_year = base.year("First year", nullable=False)
    last_year = base.year("Last year", nullable=False)


class Analogue(dy.Schema):
    """One row per region whose past resembles the window asked for, nearest first. It says whom to ask, not what will come."""

    region = _region()
    name = base.text("Name in the language asked for", nullable=False)
    first = base.year("First year there", nullable=False)
    last = base.year("Last year there", nullable=False)
    lag = _lag("Years back")
    low_lag = _lag("Years back, at least, over windows that fit nearly as well")
    high_lag = _lag("Years back, at most, over windows that fit nearly as well")
    fit = _fit("Mean gap a year and indicator along the best alignment")
    low_fit = _fit("Fit with missing indicators counted as perfect")
    high_fit = _fit("Fit with missing indicators counted as far as the limit")
    traits = dy.List(dy.String(nullable=False), nullable=False, description="Indicators that could be compared")
    now = base.year("Year there that lies beside the last year here", nullable=False)
    low_now = base.year("The earliest such year", nullable=False)
    high_now = base.year("The latest such year", nullable=False)
    stability = base.quantity("fraction", "Share of variations in which it stays", low=0, high=1, nullable=False)


class NearestWindow(dy.Schema):
    """One row per region that comes nearest, even if no nearer than chance."""

    region = _region()
    name = base.text("Name in the language asked for", nullable=False)
    first = base.year("First year there", nullable=False)
    last = base.year("Last year there", nullable=False)
    lag = _lag("Years back")
    fit = _fit("Mean gap a year and indicator along the best alignment")


class PeakAligned(dy.Schema):
    """One row per region in the plain alternative: as many years after its own peak of industry as the region asked for."""

    region = _region()
    name = base.text("Name in the language asked for", nullable=False)
    peak_year = base.year("Year of the highest share of industry", nullable=False)
    years = _lag("Years since the peak")
    year = base.year("Year there as long after the peak", nullable=False)
    gap = base.quantity("percent", "Mean gap of the shares of the own peak, in points", low=0, high=1_000, nullable=False)


class NamedPhase(Phase):
    """One row per phase of structural change in the years that count, with the name of the region."""

    name = base.text("Name in the language asked for", nullable=False)


class FoundCase(Case):
    """One row per case: what was tried, what happened, what failed, and why it is listed."""

    because = dy.Enum(
        ("analogue", "phase"), nullable=False, description="Tried there in those years, or elsewhere in such a phase"
    )
    name = base.text("Name of the region in the language asked for", nullable=False)


class TrajectoryPoint(dy.Schema):
    """One row per region, indicator and year: the published value beside its own peak, by years since the peak of industry."""

    region = _region()
    trait = base.key("Indicator that is compared", primary_key=True)
    basis = base.key("What the share is of: employment or gdp", nullable=False)
    year = base.year(primary_key=True)
    since_peak = dy.Int64(min=-400, max=400, nullable=True, description="Years since the peak", metadata={"unit": "year"})
    value = base.quantity("by unit", "As published, or worked out from two such values", low=-1e9, high=1e12, nullable=False)
    of_peak = base.quantity("percent", "Share of its own peak", low=-1e6, high=100.01, nullable=True)
    unit = base.text("Unit of the value", nullable=False)
    is_break = dy.Bool(nullable=False, description="Whether a border or a definition changed since the value before")
    source = base.source()
