"""What an advice holds: powers, routes, the split of emissions, the profile, the measures and the portfolio."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.action import DIMENSIONS, EVIDENCE_KINDS, ROUTES
from citytandem.tables.balance import CARRIERS, SECTORS
from citytandem.tables.catalogue import COSTS, ORDERS

PARTS = ("decide", "influence", "outside", "open")
MATCHES = ("correction", "state", "tier", "base_tier")
BASES = ("separated", "not_separated", "own_operations", "not_shown", "not_published", "not_in_balance", "no_target")
LEFT_OUT = (
    "chosen",
    "excluded_by_group",
    "over_limit",
    "cost_not_known",
    "staff_not_known",
    "effect_not_known",
    "target_not_known",
    "saves_nothing",
)
BASIS_OF_ORDER = ("numbers", "effect_not_known", "target_not_known")

T = "t CO2e / year"


def a_share(description: str, **more: object) -> dy.Float64:
    """A share of one: 0.07 is 7 per cent."""
    return base.quantity("fraction", description, low=0, high=1, **more)


def a_tonnes(description: str, **more: object) -> dy.Float64:
    """Emissions or reductions of a year; land use may absorb."""
    return base.quantity(T, description, low=-1e10, high=1e10, **more)


def a_level(description: str, **more: object) -> dy.Int8:
    """How much a local government may do: 0 none, 1 limited, 2 partial, 3 full."""
    return dy.Int8(min=0, max=3, description=description, metadata={"unit": "level"}, **more)  # type: ignore[arg-type]


def a_stage(description: str, **more: object) -> dy.Int8:
    """How far a measure has come: 0 none to 4 complete and monitored."""
    return dy.Int8(min=0, max=4, description=description, metadata={"unit": "stage"}, **more)  # type: ignore[arg-type]


def a_count(description: str, **more: object) -> dy.Int32:
    """A number of things."""
    return dy.Int32(min=0, description=description, metadata={"unit": "count"}, **more)  # type: ignore[arg-type]


class PowerAnswer(dy.Schema):
    """One row per asset and dimension: what this local government may do, and which rule of which law says so."""

    asset = base.key("What is governed, such as heat_network", primary_key=True)
    dimension = dy.Enum(DIMENSIONS, primary_key=True, description="own, rule, budget or vision")
    level = a_level("0 none, 1 limited, 2 partial, 3 full; null not assessed", nullable=True)
    matched = dy.Enum(MATCHES, nullable=True, description="Which row of the powers table answered; null when none did")
    inherited = dy.Bool(nullable=False, description="The row repeats another tier because no difference was found")
    reason = base.text("Reason in English, as in the powers table", nullable=True)
    law = base.text("Law behind it", nullable=True)
    date = base.text("Year or date of the law", nullable=True)
    mark = dy.Enum(base.MARKS, nullable=True, description="How sure the row is; null when not assessed")
    source = base.text("Source of the row; null when recalled without one", nullable=True)


class Route(dy.Schema):
    """One row per measure: the strongest way open to this city, tested in the order do, rule, pay, shape, ask."""

    measure = base.key("Measure of our catalogue", primary_key=True)
    route = dy.Enum(ROUTES, nullable=False, description="Strongest way that is open")
    factor = a_share("How far the route carries, our proposal", nullable=False)
    factor_mark = base.mark()
    certain = dy.Bool(nullable=False, description="No stronger route could be hiding behind a power that was not assessed")
    factor_high = a_share("Factor of the strongest route that is not ruled out", nullable=False)
    asset = base.key("Asset whose power opens the route; null for ask", nullable=True)
    dimension = dy.Enum(DIMENSIONS, nullable=True, description="Dimension whose level opens the route; null for ask")
    level = a_level("Level found there; null for ask", nullable=True)
    law = base.text("Law behind it", nullable=True)
    date = base.text("Year or date of the law", nullable=True)
    mark = dy.Enum(base.MARKS, nullable=True, description="Mark of the powers row; null for ask")
    source = base.text("Source of the powers row", nullable=True)


class ScopeSplit(dy.Schema):
    """One row per line of the balance and part: whose decision these emissions are.

    ``emissions_t`` of all parts adds up exactly to the total; ``open`` is what the balance and the
    powers cannot place, so ``high`` of a part is its own plus the open share that may belong to it.
    """

    sector = dy.Enum(SECTORS, primary_key=True, description="Sector of the balance")
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Carrier of the balance")
    part = dy.Enum(PARTS, primary_key=True, description="decide, influence, outside, or open where it cannot be told")
    emissions_t = a_tonnes("Emissions that certainly belong to the part", nullable=False)
    low_t = a_tonnes("At least this much", nullable=False)
    high_t = a_tonnes("At most this much", nullable=False)
    reason = base.key("Why: key of the rule", nullable=False)
    asset = base.key("Asset whose power decided; null for none", nullable=True)
    level = a_level("Level of the strongest power that touches the whole line; null for other parts or unknown", nullable=True)
    mark = base.mark()


class Profile(dy.Schema):
    """One row per row of the activity profile. What is unknown is left out of the value and of what it is divided by."""

    field = base.key("Field of the profile", primary_key=True)
    row = base.key("Row of the profile; all for the field itself", primary_key=True)
    stage = base.quantity("stage", "Mean stage over the measures known; null when none is", low=0, high=4, nullable=True)
    stage_low = base.quantity("stage", "The same with the least advanced items", low=0, high=4, nullable=True)
    stage_high = base.quantity("stage", "The same with the most advanced items", low=0, high=4, nullable=True)
    known = a_count("Measures of the row with a known stage", nullable=False)
    measures = a_count("Measures of the row", nullable=False)
    coverage = a_share("Known measures as a share of all", nullable=False)


class MeasureStage(dy.Schema):
    """One row per measure a city has items for: its stage, from the least to the most advanced item."""

    city = base.city(primary_key=True)
    measure = base.key("Measure of our catalogue", primary_key=True)
    stage = a_stage("Lower median over the rated items; null when none is rated", nullable=True)
    stage_low = a_stage("Least advanced rated item", nullable=True)
    stage_high = a_stage("Most advanced rated item", nullable=True)
    items = a_count("Items of the city that map to the measure", nullable=False)
    rated = a_count("Items with a stage", nullable=False)
    lead_stage = a_stage("Stage of the most advanced item with evidence in its source", nullable=True)
    lead_item = base.text("Title of the most advanced item with evidence", nullable=True)
    lead_evidence = base.text("What its source says", nullable=True)
    mark = dy.Enum(base.MARKS, nullable=True, description="Mark of that item")
    source = base.text("Source of that item", nullable=True)


class AdviceRow(dy.Schema):
    """One row per measure: what it could still save, the three axes apart, and what the figure stands on."""

    measure = base.key("Measure of our catalogue", primary_key=True)
    field = base.key("Field of the measure", nullable=False)
    basis = dy.Enum(BASIS_OF_ORDER, nullable=False, description="Does the measure carry a number, or what is missing?")
    sector = dy.List(dy.String(), nullable=False, description="Sectors it targets")
    carrier = dy.List(dy.String(), nullable=False, description="Carriers it targets")
    addressed_low_t = a_tonnes("Emissions it certainly addresses", nullable=True)
    addressed_high_t = a_tonnes("Emissions it addresses at most; null when the balance has no such sector", nullable=True)
    addressed_error_low_t = a_tonnes(
        "90 % half-width of what it certainly addresses, from the errors of the lines", nullable=True
    )
    addressed_error_high_t = a_tonnes("90 % half-width of what it addresses at most", nullable=True)
    addressed_basis = dy.Enum(BASES, nullable=False, description="How well the balance separates what is addressed")
    depth_low = a_share(
        "Wirkungstiefe at least: saving on what is addressed, times reach and attribution as known", nullable=True
    )
    depth_high = a_share("Wirkungstiefe at most; null when no evidence gives it", nullable=True)
    reach_known = dy.Bool(nullable=False, description="Is there evidence for the share reached? If not it may be anything")
    route = dy.Enum(ROUTES, nullable=False, description="Handlungsspielraum: strongest way open to the city")
    route_factor = a_share("How far the route carries, our proposal", nullable=False)
    route_factor_high = a_share("The same if powers not assessed turn out in favour", nullable=False)
    stage = a_stage("Aktivitaet: stage reached; null unknown", nullable=True)
    implemented_low = a_share("Share done at least", nullable=False)
    implemented_high = a_share("Share done at most; unknown stages have the widest range", nullable=False)
    remaining_low_t = a_tonnes("What it could still save at least", nullable=True)
    remaining_t = a_tonnes("Central value; null unless every part has one in its source", nullable=True)
    remaining_high_t = a_tonnes("What it could still save at most", nullable=True)
    holds_share = a_share("Share of weightings under which it is among the first five; null without a number", nullable=True)
    evidence_mark = dy.Enum(base.MARKS, nullable=True, description="Weakest mark of the evidence behind the depth")
    evidence_kind = dy.Enum(EVIDENCE_KINDS, nullable=True, description="Weakest kind of the evidence behind the depth")
    is_evidence = dy.Bool(nullable=False, description="False when the depth is recalled or proposed, not read in a source")
    evidence_rows = dy.List(dy.String(), nullable=False, description="Rows of the evidence table behind the depth")
    direct_or_indirect = dy.Enum(("direct", "indirect"), nullable=False, description="Does the city cause the change itself?")
    visible_in_inventory = dy.Enum(("yes", "partly", "no"), nullable=False, description="Would an energy balance show it?")
    credited = dy.Bool(nullable=False, description="False where a location-based balance gives it no credit")
    cost_low = dy.Enum(COSTS, nullable=False, description="Programme cost, low end: L < 10, M 10-50, H > 50 EUR per inhabitant")
    cost_high = dy.Enum(COSTS, nullable=False, description="Programme cost, high end")
    exclusion_group = dy.List(dy.String(), nullable=False, description="Measures that compete for the same saving")
    enables = dy.List(dy.String(), nullable=False, description="Measures whose reach this one raises")
    step = dy.Enum(ORDERS, nullable=False, description="Place in the order in which effects are applied")


class DoneBy(dy.Schema):
    """One row per measure and city that has done it (stage 3 or 4 with evidence); cities like ours first."""

    measure = base.key("Measure of our catalogue", primary_key=True)
    city = base.city("City that has done it", primary_key=True)
    stage = a_stage("Most advanced stage with evidence", nullable=False)
    item = base.text("The city's own title of the item", nullable=False)
    evidence = base.text("What its source says", nullable=False)
    similarity = a_share("How alike the cities are; null where it cannot be told", nullable=True)
    differs = dy.List(dy.String(), nullable=False, description="Structure variables in which they differ most")
    mark = base.mark()
    source = base.source()


class PortfolioStep(dy.Schema):
    """One row per measure of the plan, applied to what the steps before it leave: avoid, shift, improve, supply.

    Low and high bound each step on its own; the bounds of steps do not add up, those of the plan are in its total.
    """

    measure = base.key("Measure of our catalogue", primary_key=True)
    step = dy.Enum(ORDERS, nullable=False, description="Place in the order in which effects are applied")
    order = a_count("Order in which the step is applied; null when left out", nullable=True)
    status = dy.Enum(LEFT_OUT, nullable=False, description="chosen, or why it was left out")
    because = base.text("Measure or group that kept it out", nullable=True)
    before_low_t = a_tonnes("Emissions before the step if all before it work best", nullable=True)
    before_high_t = a_tonnes("Emissions before the step if all before it work least", nullable=True)
    reduction_low_t = a_tonnes("Reduction at least", nullable=True)
    reduction_high_t = a_tonnes("Reduction at most", nullable=True)
    after_low_t = a_tonnes("Emissions after the step if all work best", nullable=True)
    after_high_t = a_tonnes("Emissions after the step if all work least", nullable=True)
    group = dy.List(dy.String(), nullable=False, description="Exclusion groups of the measure")
