"""Powers, assets, routes and networks: who may do what, and who already works together."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.action import DIMENSIONS, ROUTES
from citytandem.tables.balance import CARRIERS, SECTORS

INFLUENCE = ("ours", "influence")


class Tier(dy.Schema):
    """One row per kind of local government of a country, and the tier whose powers stand in for missing rows."""

    country = dy.String(regex=base.COUNTRY, primary_key=True, description="ISO 3166-1 alpha-2 code")
    tier = base.key("Kind of local government", primary_key=True)
    base_tier = base.key("Tier of the country whose rows are used where this one has none", nullable=False)
    complete = dy.Bool(nullable=False, description="Are own and rule assessed for every asset?")
    mark = base.mark()
    source = base.source()


class Asset(dy.Schema):
    """One row per thing a local government may own, rule, pay for or give direction to."""

    asset = base.key("Key used in the powers table", primary_key=True)
    title = base.text("The asset in plain English", nullable=False)
    mark = base.mark()
    source = base.source()


class Power(dy.Schema):
    """One row per country, tier, state, asset and dimension that was assessed. No row means not assessed, never zero."""

    country = dy.String(regex=base.COUNTRY, nullable=False, description="ISO 3166-1 alpha-2 code")
    tier = base.key("Kind of local government", nullable=False)
    state = base.text("State or region the row is for; null is the default of the country", nullable=True)
    asset = base.key("Asset", nullable=False)
    dimension = dy.Enum(DIMENSIONS, nullable=False, description="own and operate, rule, budget, vision")
    level = dy.Int8(
        nullable=False,
        min=0,
        max=3,
        description="0 none, 1 limited, 2 partial, 3 full; our judgement",
        metadata={"unit": "level"},
    )
    reason = base.text("Why this level", nullable=False)
    law = base.text("Law or document behind it", nullable=True)
    law_date = base.text("Year or date of the law as known", nullable=True)
    confidence = dy.Enum(("high", "medium", "low"), nullable=False, description="How sure the level is")
    inherited_from = base.key("Base tier whose row this repeats because no difference was found", nullable=True)
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def each_power_is_assessed_once(cls):  # type: ignore[no-untyped-def]
        return cls.level.col.count().over("country", "tier", "state", "asset", "dimension") == 1


class PowerCorrection(dy.Schema):
    """One row per asset and dimension of which a city says itself what it may do; it comes before every row of the facts."""

    city = base.city(primary_key=True)
    asset = base.key("Asset", primary_key=True)
    dimension = dy.Enum(DIMENSIONS, primary_key=True, description="own and operate, rule, budget, vision")
    level = dy.Int8(nullable=False, min=0, max=3, description="0 none, 1 limited, 2 partial, 3 full", metadata={"unit": "level"})
    reason = base.text("Why, in the city's words", nullable=False)
    law = base.text("Law or document behind it", nullable=True)
    date = base.text("Year or date of the law", nullable=True)
    source = base.source()


class Route(dy.Schema):
    """One row per route by which a city can bring a measure about, in the order in which they are tested."""

    route = dy.Enum(ROUTES, primary_key=True, description="do, rule, pay, shape, ask")
    order = dy.Int8(nullable=False, min=1, max=5, description="Tested first to last", metadata={"unit": "count"})
    dimension = dy.Enum(DIMENSIONS, nullable=True, description="Power it needs; null where it needs none")
    minimum_level = dy.Int8(nullable=True, min=0, max=3, description="Level from which it is open", metadata={"unit": "level"})
    factor = base.quantity("fraction", "Share of the depth this route can bring about", low=0, high=1, nullable=False)
    mark = base.mark()
    source = base.source()


class Scope(dy.Schema):
    """One row per sector, carrier and power that puts these emissions into the hands or the influence of a city.

    Emissions are *ours to decide* if one row of that kind is met, else *ours to influence* if one row of that kind
    is met, else *outside our reach*. Where no row is met but a power is not assessed, the answer is unknown.
    A carrier of its own comes before ``all``.
    """

    sector = dy.Enum(SECTORS, primary_key=True, description="Sector")
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Carrier; all for those without a row of their own")
    asset = base.key("Asset", primary_key=True)
    dimension = dy.Enum(DIMENSIONS, primary_key=True, description="Dimension of power")
    minimum_level = dy.Int8(primary_key=True, min=1, max=3, description="Level from which it counts", metadata={"unit": "level"})
    influence = dy.Enum(INFLUENCE, nullable=False, description="ours to decide, or ours to influence")
    reason = base.text("Why", nullable=False)
    mark = base.mark()
    source = base.source()


class Network(dy.Schema):
    """One row per network or programme and year of a count."""

    network = base.key("Key of the network", nullable=False)
    name = base.text("Name", nullable=False)
    abbreviation = base.text("Abbreviation", nullable=True)
    kind = dy.Enum(("city network", "programme", "agency", "institute"), nullable=False, description="Kind")
    founded = base.year("Founded", nullable=True)
    members = dy.Int32(nullable=True, min=1, max=1_000_000, description="Members", metadata={"unit": "count"})
    members_year = base.year("Year of the count", nullable=True)
    members_note = base.text("What the source says of the count where it is no plain number", nullable=True)
    classes = base.text("Classes of members and offices", nullable=True)
    bodies = base.text("Thematic bodies", nullable=True)
    pairing = base.text("On what cities are paired", nullable=True)
    duration = base.text("How long a pairing lasts", nullable=True)
    outputs = base.text("What comes of it", nullable=True)
    note = base.text("Note", nullable=True)
    mark = base.mark()
    source = base.source()


class NetworkPart(dy.Schema):
    """One row per class of members, office or body of a network, as a source tells it for a year."""

    network = base.key("Key of the network", nullable=False)
    part = dy.Enum(("class", "office", "body"), nullable=False, description="What it is")
    title = base.text("What it is called", nullable=False)
    text = base.text("What the source says of it", nullable=True)
    holder = base.text("Who holds the office or sits in the body, as the source names them", nullable=True)
    year_from = base.year("Since when, where the source says so", nullable=True)
    year_until = base.year("Until when, where the source says so", nullable=True)
    year = base.year("Year the source speaks of", nullable=True)
    mark = base.mark()
    source = base.source()
