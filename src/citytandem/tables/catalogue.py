"""The measure catalogue: what cities can do, what is known about its effect, and what it needs."""

import dataframely as dy

from citytandem.tables import _base as column
from citytandem.tables.action import DIMENSIONS, EVIDENCE_KINDS
from citytandem.tables.balance import CARRIERS, SECTORS
from citytandem.tables.city import LANGUAGES

FIELDS = ("governance", "buildings", "energy", "transport", "waste", "land", "industry")
MODES = ("own-operation", "supply", "regulation", "incentive", "information", "planning", "enabling")
DRIVERS = ("activity", "intensity", "mix", "factor", "enabling", "reach")
ORDERS = ("enable", "avoid", "shift", "improve", "supply")
COSTS = ("saves", "L", "M", "H")
PARTS = ("reach", "reach_per_year", "depth", "attribution", "realisation", "persistence", "other")
LEVELS = ("reached", "stock", "piece", "all_causes", "unknown")
WIDTH_REASONS = ("unknown", "single_value", "one_range", "several_rows", "only_upper_end", "no_effect_by_definition")
MEASURE = r"^[GBETWLS]\d{2}$"


def measure_id(description: str = "Measure of our catalogue", **more: object) -> dy.String:
    """A measure id such as B01: letter of the field, running number."""
    return dy.String(regex=MEASURE, description=description, **more)  # type: ignore[arg-type]


class Measure(dy.Schema):
    """One row per measure of the catalogue. The classification is our judgement (mark P)."""

    measure = measure_id(primary_key=True)
    field = dy.Enum(FIELDS, nullable=False, description="Field of action")
    role = dy.String(
        regex=r"^[CSRA](;[CSRA])*$",
        nullable=False,
        description="Roles of the city: C consume and set an example, S supply, R plan and regulate, A advise and motivate",
    )
    mode = dy.Enum(MODES, nullable=False, description="Main way in which it works")
    driver = dy.Enum(DRIVERS, nullable=False, description="Term of the emission identity it moves")
    order = dy.Enum(ORDERS, nullable=False, description="Place in the order in which effects are applied")
    influence = dy.Enum(("direct", "indirect"), nullable=False, description="Does the city cause it, or must others decide?")
    visible = dy.Enum(("yes", "partly", "no"), nullable=False, description="Would an energy-based territorial balance show it?")
    cost_low = dy.Enum(COSTS, nullable=False, description="Programme cost, low end: L < 10, M 10-50, H > 50 EUR per inhabitant")
    cost_high = dy.Enum(COSTS, nullable=False, description="Programme cost, high end")
    revenue = dy.Bool(nullable=False, description="Does it bring money to the city?")
    target_sector = column.text("Where the effect arises, in plain words", nullable=False)
    target_carrier = column.text("What carries the emissions, in plain words", nullable=False)
    required_asset = column.text("What the city must own or control, in plain words; null where nothing special", nullable=True)
    lifetime_years = dy.Int16(nullable=False, min=1, max=100, description="Planning assumption", metadata={"unit": "year"})
    mark = column.mark()
    source = column.source()


class MeasureTitle(dy.Schema):
    """One row per measure and language: its title."""

    measure = measure_id(primary_key=True)
    language = dy.Enum(LANGUAGES, primary_key=True, description="Language of the title")
    title = column.text("Title", nullable=False)
    mark = column.mark()
    source = column.source()


class Target(dy.Schema):
    """One row per measure and part of a balance it acts on: our sector and carrier."""

    measure = measure_id(primary_key=True)
    sector = dy.Enum(SECTORS, primary_key=True, description="Sector in which the effect arises")
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Carrier it acts on; all for every carrier, none for no energy")
    share_low = column.quantity("fraction", "Smallest share of these emissions it can address", low=0, high=1, nullable=True)
    share_high = column.quantity("fraction", "Largest share of these emissions it can address", low=0, high=1, nullable=True)
    reason = column.text("Why this share", nullable=True)
    mark = column.mark()
    source = column.source()

    @dy.rule()
    def share_low_is_not_above_share_high(cls):  # type: ignore[no-untyped-def]
        return cls.share_low.col.fill_null(0) <= cls.share_high.col.fill_null(1)


class Lever(dy.Schema):
    """One row per measure, asset and dimension of power through which a city can carry it out."""

    measure = measure_id(primary_key=True)
    asset = column.key("Asset of the powers table", primary_key=True)
    dimension = dy.Enum(DIMENSIONS, primary_key=True, description="Dimension of power")
    main = dy.Bool(nullable=False, description="Named by the catalogue as required; otherwise a way around")
    mark = column.mark()
    source = column.source()


class Enabling(dy.Schema):
    """One row per measure that raises the reach of another."""

    measure = measure_id(primary_key=True)
    enables = measure_id("Measure whose reach it raises", primary_key=True)
    mark = column.mark()
    source = column.source()

    @dy.rule()
    def nothing_enables_itself(cls):  # type: ignore[no-untyped-def]
        return cls.measure.col != cls.enables.col


class Exclusion(dy.Schema):
    """One row per group of measures that compete for the same thing, and member. Never add effects inside a group."""

    group = column.key("Group", primary_key=True)
    measure = measure_id(primary_key=True)
    subject = column.text("What the members compete for", nullable=False)
    mark = column.mark()
    source = column.source()


class Evidence(dy.Schema):
    """One row per published figure about a measure. Rows can only be compared when their base is the same."""

    evidence = dy.String(regex=r"^[GBETWLS]\d{2}-\d{2}$", primary_key=True, description="Measure and running number")
    measure = measure_id(nullable=False)
    quantity = column.key("What is counted", nullable=False)
    part = dy.Enum(PARTS, nullable=False, description="Part of the effect it speaks about")
    low = dy.Float64(nullable=True, min=-1e9, max=1e12, description="Low end as published", metadata={"unit": "by unit"})
    central = dy.Float64(
        nullable=True, min=-1e9, max=1e12, description="Single or mean value as published", metadata={"unit": "by unit"}
    )
    high = dy.Float64(nullable=True, min=-1e9, max=1e12, description="High end as published", metadata={"unit": "by unit"})
    unit = column.text("Unit; fraction for shares from 0 to 1", nullable=True)
    base = column.key("Key of the base table: what the number is a share of", nullable=True)
    country = column.text("Where it was found: country codes, EU or world", nullable=True)
    year = column.text("Year or years the figure is about", nullable=True)
    kind = dy.Enum(EVIDENCE_KINDS, nullable=False, description="How the figure came about")
    mark = column.mark()
    source = column.source()
    self_reported = dy.Bool(nullable=False, description="Figure of those who run the programme, without a check from outside")
    note = column.text("What to keep in mind", nullable=True)

    @dy.rule()
    def low_central_high_are_in_order(cls):  # type: ignore[no-untyped-def]
        low, central, high = cls.low.col, cls.central.col, cls.high.col
        return (
            (low.is_null() | high.is_null() | (low <= high))
            & (low.is_null() | central.is_null() | (low <= central))
            & (central.is_null() | high.is_null() | (central <= high))
        )

    @dy.rule()
    def shares_of_a_whole_stay_within_one(cls):  # type: ignore[no-untyped-def]
        share = (cls.unit.col == "fraction") & cls.part.col.is_in(["reach", "depth", "attribution"])
        inside = [c.col.is_null() | c.col.is_between(-1, 1) for c in (cls.low, cls.central, cls.high)]
        return ~share.fill_null(False) | (inside[0] & inside[1] & inside[2])

    @dy.rule()
    def a_row_without_a_figure_says_why(cls):  # type: ignore[no-untyped-def]
        figure = cls.low.col.is_not_null() | cls.central.col.is_not_null() | cls.high.col.is_not_null()
        return figure | cls.note.col.is_not_null()


class EvidenceBase(dy.Schema):
    """One row per base a figure is a share of, and whether it speaks of territorial emissions."""

    base = column.key("Key used in the evidence table", primary_key=True)
    text = column.text("The base in words", nullable=False)
    group = column.key("Bases of one group say the same in other words; rows are only joined inside a group", nullable=False)
    level = dy.Enum(
        LEVELS,
        nullable=False,
        description="reached: the treated part; stock: everything addressed, reach inside; piece: a piece of what is addressed; "
        "all_causes: a fall that holds other causes too, an upper end only",
    )
    subject = dy.Enum(
        ("emissions", "energy", "activity", "material", "money", "other"), nullable=False, description="What the base counts"
    )
    territorial = dy.Enum(
        ("yes", "no", "unknown"), nullable=False, description="Would a change of it show in an energy-based territorial balance?"
    )
    mark = column.mark()
    source = column.source()


class Effect(dy.Schema):
    """One row per measure and part of its effect, built from evidence rows of one base by the rule of ``effects``."""

    measure = measure_id(primary_key=True)
    part = dy.Enum(PARTS[:-1], primary_key=True, description="Part of the effect")
    low = column.quantity("by part", "Low end after widening; null where no row gives one", low=0, high=200, nullable=True)
    central = column.quantity("by part", "Only where a single row gives it", low=0, high=200, nullable=True)
    high = column.quantity("by part", "High end after widening; null where nothing is known", low=0, high=200, nullable=True)
    group = column.key("Group of bases the range is a share of", nullable=True)
    level = dy.Enum(LEVELS, nullable=True, description="Does the base hold reach, a piece or other causes?")
    territorial = dy.Enum(("yes", "no", "unknown"), nullable=True, description="Would it show in a territorial balance?")
    kind = dy.Enum(EVIDENCE_KINDS, nullable=True, description="Weakest kind among the rows")
    mark = dy.Enum(column.MARKS, nullable=True, description="Weakest mark of the rows; K and P are planning ranges")
    is_evidence = dy.Bool(nullable=False, description="All rows were read in their source")
    n_rows = dy.Int16(nullable=False, min=0, max=100, description="Rows behind it", metadata={"unit": "count"})
    rows = dy.List(dy.String(), nullable=False, description="Evidence rows behind it")
    width_factor = column.quantity("1", "Largest factor used to widen", low=1, high=10, nullable=True)
    width_reason = dy.Enum(WIDTH_REASONS, nullable=False, description="Why the range is as wide as it is")

    @dy.rule()
    def only_rows_read_in_their_source_are_evidence(cls):  # type: ignore[no-untyped-def]
        return ~cls.is_evidence.col | (cls.mark.col == "S").fill_null(False)


class Width(dy.Schema):
    """One row per kind of evidence and mark: how much its range is widened before it is used."""

    kind = dy.Enum(EVIDENCE_KINDS, primary_key=True, description="How the figure came about")
    mark = dy.Enum(column.MARKS, primary_key=True, description="Mark of the evidence row the factor is for")
    factor = column.quantity("1", "Factor on both ends: low divided by it, high multiplied", low=1, high=10, nullable=False)
    priority = dy.Int8(nullable=False, min=1, max=9, description="Which kind is preferred; 1 first", metadata={"unit": "count"})
    reason = column.text("Why", nullable=False)
    factor_mark = column.mark()
    source = column.source()
