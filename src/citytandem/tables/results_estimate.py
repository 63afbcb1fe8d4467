"""The answer for a city without a balance: a first estimate of what it emits, and on which carriers it lives."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS
from citytandem.tables.results_benchmark import OUTCOMES

_PER_HEAD = "t CO2e / (people year)"


class Estimate(dy.Schema):
    """One row per outcome: a first estimate, learned from other cities. It is no balance and never anybody's peer."""

    outcome = dy.Enum(OUTCOMES, primary_key=True, description="What is estimated")
    year = base.year("Year the estimate is about", nullable=False)
    per_head_t = base.quantity(_PER_HEAD, "To be expected per inhabitant", low=0, high=1e6, nullable=True)
    low = base.quantity(_PER_HEAD, "Lower end of the 90 % interval", low=0, high=1e6, nullable=True)
    high = base.quantity(_PER_HEAD, "Upper end of the 90 % interval", low=0, high=1e6, nullable=True)
    emissions_t = base.quantity("t CO2e / year", "To be expected of the whole city", low=0, high=1e10, nullable=True)
    emissions_low_t = base.quantity("t CO2e / year", "Lower end of the 90 % interval", low=0, high=1e11, nullable=True)
    emissions_high_t = base.quantity("t CO2e / year", "Upper end of the 90 % interval", low=0, high=1e11, nullable=True)
    share = base.quantity("fraction", "Usual share of the core in the cities learned from", low=0, high=1, nullable=True)
    share_low = base.quantity("fraction", "Lower end of the 90 % interval of the share", low=0, high=1, nullable=True)
    share_high = base.quantity("fraction", "Upper end of the 90 % interval of the share", low=0, high=1, nullable=True)
    basis = dy.Enum(
        ("structure", "mean", "national"),
        nullable=True,
        description="Structure of published cities of the same country or state, their mean, or the country's total alone",
    )
    n_cities = dy.Int32(min=0, max=10**6, nullable=False, description="Cities learned from", metadata={"unit": "count"})
    n_countries = dy.Int16(min=0, max=300, nullable=False, description="Countries learned from", metadata={"unit": "count"})
    context = base.key("Local fact that moved the estimate; null for none", nullable=True)
    learned_methods = base.text("Methods of the balances learned from, with commas", nullable=True)
    method = dy.Enum(("estimate",), nullable=False, description="Never the method of a balance")
    mark = base.mark()
    source = base.source()
    status = dy.Enum(("complete", "refused"), nullable=False, description="Can this outcome be estimated honestly?")

    @dy.rule()
    def what_is_given_lies_in_its_interval(cls):  # type: ignore[no-untyped-def]
        known = cls.per_head_t.col.is_not_null()
        inside = (cls.low.col <= cls.per_head_t.col) & (cls.per_head_t.col <= cls.high.col)
        return ~known | inside.fill_null(False)


class CarrierEstimate(dy.Schema):
    """One row per part and carrier: a first estimate of energy and emissions. The carriers of a part add up to its estimate."""

    part = dy.Enum(
        ("households", "buildings", "industry", "stationary", "transport"), primary_key=True, description="Estimated part"
    )
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Energy carrier")
    year = base.year("Year the estimate is about", nullable=False)
    emissions_t = base.quantity("t CO2e / year", "To be expected", low=0, high=1e10, nullable=False)
    emissions_low_t = base.quantity("t CO2e / year", "Lower end of a wide interval", low=0, high=1e11, nullable=False)
    emissions_high_t = base.quantity("t CO2e / year", "Upper end of a wide interval", low=0, high=1e11, nullable=False)
    energy_mwh = base.quantity(
        "MWh / year", "Final energy to be expected; null where no factor is known", low=0, high=1e11, nullable=True
    )
    energy_low_mwh = base.quantity("MWh / year", "Lower end of a wide interval", low=0, high=1e12, nullable=True)
    energy_high_mwh = base.quantity("MWh / year", "Upper end of a wide interval", low=0, high=1e12, nullable=True)
    share = base.quantity("fraction", "Share of the emissions of the part", low=0, high=1 + 1e-9, nullable=False)
    share_low = base.quantity("fraction", "Lower end of a wide interval of the share", low=0, high=1, nullable=False)
    share_high = base.quantity("fraction", "Upper end of a wide interval of the share", low=0, high=1 + 1e-9, nullable=False)
    factor_kg_per_mwh = base.quantity(
        "kg CO2e / MWh", "Direct factor between the two; null if unknown", low=0, high=2500, nullable=True
    )
    basis = dy.Enum(
        ("cities", "country", "country_with_local_heat"),
        nullable=False,
        description="Published balances of the same country or state, the whole country, or that with the city's district heat",
    )
    n_cities = dy.Int32(min=0, max=10**6, nullable=False, description="Cities learned from", metadata={"unit": "count"})
    mix_year = base.year("Year the carriers are known for", nullable=False)
    steps = base.text("Named steps in their order, with commas", nullable=False)
    method = dy.Enum(("estimate",), nullable=False, description="Never the method of a balance")
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def what_is_given_lies_in_its_interval(cls):  # type: ignore[no-untyped-def]
        slack = 1 + 1e-9
        emissions = (cls.emissions_low_t.col <= cls.emissions_t.col * slack) & (
            cls.emissions_t.col <= cls.emissions_high_t.col * slack
        )
        energy = (cls.energy_low_mwh.col <= cls.energy_mwh.col * slack) & (cls.energy_mwh.col <= cls.energy_high_mwh.col * slack)
        return emissions & energy.fill_null(True)


RESULTS = {"estimate": Estimate, "carriers": CarrierEstimate}
"""The tables of an estimate, by name."""
