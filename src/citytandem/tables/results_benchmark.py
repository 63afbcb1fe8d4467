"""The answers of a benchmark: outcomes, gate, peers, position, trend, drivers and role models."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS, GRADES, SECTORS

OUTCOMES = (
    "households",
    "buildings",
    "industry",
    "stationary",
    "transport",
    "waste",
    "core_no_industry",
    "core",
    "core_waste",
    "full",
)
QUESTIONS = ("overall", "buildings", "transport", "industry", "waste")
MAIN_OUTCOMES = {
    "overall": ("core_no_industry", "core"),
    "buildings": ("buildings", "households"),
    "transport": ("transport",),
    "industry": ("industry",),
    "waste": ("waste",),
}
"""What a question is mainly about, and what stands in where that is not published."""
ASPECTS = (
    "year",
    "scope",
    "sectors",
    "gwp",
    "upstream",
    "electricity",
    "boundary",
    "period",
    "top_down",
    "weather",
    "gases",
)
GATE = ("comparable", "after_step", "not")
VERDICTS = ("less", "usual", "more", "cannot_tell")
TREND_STATES = ("complete", "method_break", "too_few_years")
DRIVER_KINDS = ("spatial", "temporal")
DRIVER_LEVELS = ("sector", "sector_energy", "carrier", "sector_carrier")
DRIVER_FACTORS = (
    "population",
    "per_head",
    "energy_per_head",
    "carrier_mix",
    "emission_factor",
    "difference",
)

_PER_HEAD = "t CO2e / (people year)"
_LOW, _HIGH = -1e5, 1e6


def _per_head(description: str, *, nullable: bool = True) -> dy.Float64:
    return base.quantity(_PER_HEAD, description, low=_LOW, high=_HIGH, nullable=nullable)


def _share(description: str, *, nullable: bool = False) -> dy.Float64:
    return base.quantity("fraction", description, low=0.0, high=1.0 + 1e-9, nullable=nullable)


class Outcome(dy.Schema):
    """One row per balance and outcome: what the balance says per head, or which sectors are missing."""

    balance = base.key("Balance the figures come from", primary_key=True)
    outcome = dy.Enum(OUTCOMES, primary_key=True, description="What is compared")
    city = base.city(nullable=False)
    year = base.year("Year of the emissions", nullable=False)
    emissions_t = base.quantity("t CO2e / year", "Emissions as published", low=-1e9, high=1e10, nullable=True)
    per_head_t = _per_head("Emissions per head")
    low_t_per_head = _per_head("Lower end of the 90 % interval")
    high_t_per_head = _per_head("Upper end of the 90 % interval")
    electricity_low_t_per_head = _per_head("Of it made with the factor of a grid, at least")
    electricity_high_t_per_head = _per_head("Of it made with the factor of a grid, at most: its error is shared by all of them")
    population = base.quantity("people", "Population divided by", low=1, high=1e8, nullable=True)
    population_year = base.year("Year of that population", nullable=True)
    population_source = base.key("Who published the population", nullable=True)
    missing = base.text("Sectors the balance does not separate or state, with commas", nullable=True)
    grade = dy.Enum(GRADES, nullable=True, description="Worst quality grade among the lines; null where none is stated")
    method = base.key("Method of the balance", nullable=False)
    source = base.source()


class Gate(dy.Schema):
    """One row per outcome, other balance and aspect: may the two be compared, and if not, why?"""

    outcome = dy.Enum(OUTCOMES, primary_key=True, description="What is compared")
    other = base.key("The other balance", primary_key=True)
    aspect = dy.Enum(ASPECTS, primary_key=True, description="What was looked at")
    city = base.city("City of the other balance", nullable=False)
    status = dy.Enum(GATE, nullable=False, description="comparable, comparable after a step, or not comparable")
    code = base.key("Code of the reason; null where there is nothing to say", nullable=True)
    own = base.text("What the own balance says", nullable=True)
    theirs = base.text("What the other balance says", nullable=True)
    cure = base.key("Code of the step that would cure it", nullable=True)


class Peer(dy.Schema):
    """One row per peer, most similar first."""

    peer = base.city("The peer", primary_key=True)
    country = dy.String(regex=base.COUNTRY, nullable=False, description="Country of the peer")
    distance = base.quantity("fraction", "Distance in structure: 0 alike, 1 unlike in everything", low=0, high=10, nullable=False)
    weight = _share("Weight by similarity; the weights of all peers add up to one")
    stability = _share("Share of weightings, each changed by up to 20 %, in which the city stays a peer")
    known_share = _share("Share of the weight of variables known on both sides")
    added = dy.Bool(nullable=False, description="Added by hand")


class PeerReason(dy.Schema):
    """One row per peer and structure variable: how alike the two are in it."""

    peer = base.city("The peer", primary_key=True)
    variable = base.key("Structure variable", primary_key=True)
    own = base.text("Own value or class", nullable=True)
    other = base.text("The peer's value or class", nullable=True)
    own_value = dy.Float64(nullable=True, min=-1e12, max=1e12, description="Own value", metadata={"unit": "by variable"})
    other_value = dy.Float64(nullable=True, min=-1e12, max=1e12, description="The peer's value", metadata={"unit": "by variable"})
    contribution = _share("Part of the peer's distance that this variable makes")
    unlikeness = _share("How unlike the two are in this variable: 0 alike, 1 at opposite ends")
    direction = dy.Enum(
        ("alike", "more", "less", "other", "unknown"),
        nullable=False,
        description="The peer beside us: alike, more, less, another class, or not known",
    )


class Position(dy.Schema):
    """One row per outcome: the own value among the peers. Never a place in an order."""

    outcome = dy.Enum(OUTCOMES, primary_key=True, description="What is compared")
    value = _per_head("Own value")
    low = _per_head("Lower end of the own 90 % interval")
    high = _per_head("Upper end of the own 90 % interval")
    p10 = _per_head("Tenth of the peers lie below, weighted by similarity")
    p25 = _per_head("Quarter of the peers lie below, weighted by similarity")
    median = _per_head("Half of the peers lie below, weighted by similarity")
    p75 = _per_head("Three quarters of the peers lie below, weighted by similarity")
    p90 = _per_head("Nine tenths of the peers lie below, weighted by similarity")
    n_peers = dy.Int16(min=0, max=100, nullable=False, description="Peers the gate lets through", metadata={"unit": "count"})
    expected = _per_head("Value to be expected for a city built like this one")
    expected_low = _per_head("Lower end of its 90 % interval")
    expected_high = _per_head("Upper end of its 90 % interval")
    expected_n = dy.Int32(min=0, max=10**6, nullable=True, description="Cities it was learned from", metadata={"unit": "count"})
    gap = _per_head("Own value less the middle of the peers")
    gap_low = _per_head("Lower end of its 90 % interval; an error that own city and peers share counts once")
    gap_high = _per_head("Upper end of that interval")
    points = base.quantity(
        "point", "Points on a fixed scale from 0 to 10; null where there is no anchor", low=0, high=10, nullable=True
    )
    verdict = dy.Enum(VERDICTS, nullable=False, description="Less, as usual, more, or cannot tell: by overlap of intervals")
    year = base.year("Year of the own balance", nullable=False)
    method = base.key("Method of the own balance", nullable=False)
    grade = dy.Enum(GRADES, nullable=True, description="Worst quality grade of the own lines")
    source = base.source()
    status = dy.Enum(("complete", "partial", "refused"), nullable=False, description="Can this outcome be answered?")


class Strip(dy.Schema):
    """One row per outcome and peer: the dots of a strip."""

    outcome = dy.Enum(OUTCOMES, primary_key=True, description="What is compared")
    peer = base.city("The peer", primary_key=True)
    value = _per_head("The peer's value")
    low = _per_head("Lower end of its 90 % interval")
    high = _per_head("Upper end of its 90 % interval")
    year = base.year("Year of the peer's balance", nullable=False)
    balance = base.key("The peer's balance", nullable=False)
    method = base.key("Method of the peer's balance", nullable=False)
    source = base.source()
    status = dy.Enum(GATE, nullable=False, description="What the gate says about the pair")


class Trend(dy.Schema):
    """One row per outcome: the robust rate of change of one city."""

    outcome = dy.Enum(OUTCOMES, primary_key=True, description="What changes")
    city = base.city(nullable=False)
    basis = dy.Enum(
        ("per_head", "total"), nullable=False, description="Per head where every year states its own population, else total"
    )
    slope_per_year = base.quantity(
        "fraction / year", "Median rate of change: -0.02 for 2 % less a year", low=-10, high=10, nullable=True
    )
    low = base.quantity("fraction / year", "Lower end of the 90 % interval", low=-10, high=10, nullable=True)
    high = base.quantity("fraction / year", "Upper end of the 90 % interval", low=-10, high=10, nullable=True)
    from_year = base.year("First year used", nullable=True)
    to_year = base.year("Last year used", nullable=True)
    n_years = dy.Int16(min=0, max=500, nullable=False, description="Years used", metadata={"unit": "count"})
    breaks = base.text("Years in which the method changes, with commas", nullable=True)
    status = dy.Enum(TREND_STATES, nullable=False, description="Complete, crossing a break of method, or too few years")


class TrendPoint(dy.Schema):
    """One row per outcome and year of the own series."""

    outcome = dy.Enum(OUTCOMES, primary_key=True, description="What changes")
    year = base.year("Year of the balance", primary_key=True)
    balance = base.key("Balance of that year", nullable=False)
    emissions_t = base.quantity("t CO2e / year", "Emissions as published", low=-1e9, high=1e10, nullable=True)
    per_head_t = _per_head("Emissions per head")
    low = _per_head("Lower end of the 90 % interval")
    high = _per_head("Upper end of the 90 % interval")
    method = base.key("Method of the balance", nullable=False)
    source = base.source()


class Driver(dy.Schema):
    """One row per kind, sector, carrier and factor: how much of a difference this factor makes."""

    kind = dy.Enum(DRIVER_KINDS, primary_key=True, description="Against the peers, or against the own base year")
    level = dy.Enum(DRIVER_LEVELS, primary_key=True, description="The identity used")
    sector = dy.Enum((*SECTORS, "all"), primary_key=True, description="Sector; all where only carriers are known")
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Carrier; all where not separated")
    factor = dy.Enum(DRIVER_FACTORS, primary_key=True, description="Factor of the identity")
    effect_t = base.quantity(
        "t CO2e / year", "Its part of the difference, own less reference", low=-1e10, high=1e10, nullable=False
    )
    effect_t_per_head = _per_head("The same per own inhabitant", nullable=False)
    low_t_per_head = _per_head("Lower end of its 90 % interval; null where energy and factors are told apart")
    high_t_per_head = _per_head("Upper end of that interval")
    from_value = dy.Float64(
        nullable=True, min=-1e12, max=1e12, description="Factor in the reference", metadata={"unit": "by factor"}
    )
    to_value = dy.Float64(
        nullable=True, min=-1e12, max=1e12, description="Factor in the own balance", metadata={"unit": "by factor"}
    )
    reference = base.text("The reference: peers, or the balance of the base year", nullable=False)


class RoleModel(dy.Schema):
    """One row per peer that emits less in the chosen direction, and compared outcome; most similar peer first."""

    peer = base.city("The peer", primary_key=True)
    outcome = dy.Enum(OUTCOMES, primary_key=True, description="What is compared")
    direction = dy.Enum(OUTCOMES, nullable=False, description="Where the city wants to improve")
    own_value = _per_head("Own value", nullable=False)
    peer_value = _per_head("The peer's value", nullable=False)
    gain_t_per_head = _per_head("Own value less the peer's", nullable=False)
    gain_low = _per_head("Lower end of its 90 % interval; an error that both share counts once", nullable=False)
    gain_high = _per_head("Upper end of that interval", nullable=False)
    dominates = dy.Bool(nullable=False, description="Less in the direction and not more in any compared outcome")
    top_down = dy.Bool(nullable=False, description="The peer's balance is allocated from larger totals: no proof of a measure")
    distance = base.quantity("fraction", "Distance in structure", low=0, high=10, nullable=False)


class StructureView(dy.Schema):
    """One row per structure variable: the own value beside the peers' range."""

    variable = base.key("Structure variable", primary_key=True)
    own_value = dy.Float64(nullable=True, min=-1e12, max=1e12, description="Own value", metadata={"unit": "by variable"})
    own_category = base.text("Own class", nullable=True)
    year = base.year("Year of the own value", nullable=True)
    source = base.key("Who published the own value", nullable=True)
    p10 = dy.Float64(
        nullable=True, min=-1e12, max=1e12, description="Tenth of the peers lie below", metadata={"unit": "by variable"}
    )
    median = dy.Float64(
        nullable=True, min=-1e12, max=1e12, description="Half of the peers lie below", metadata={"unit": "by variable"}
    )
    p90 = dy.Float64(
        nullable=True, min=-1e12, max=1e12, description="Nine tenths of the peers lie below", metadata={"unit": "by variable"}
    )
    n_known = dy.Int16(min=0, max=100, nullable=False, description="Peers for which it is known", metadata={"unit": "count"})


RESULTS = {
    schema.__name__.lower(): schema
    for schema in (Outcome, Gate, Peer, PeerReason, Position, Strip, Trend, TrendPoint, Driver, RoleModel, StructureView)
}
"""The tables of a benchmark, by name."""
