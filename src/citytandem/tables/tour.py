"""Study tours: sites and when they are open, legs, days, wishes, guests; and what comes out."""

import dataframely as dy

from citytandem.tables import _base as base

CHOICES = ("open", "must", "leave_out")
MODES = ("train", "coach", "car", "ship", "flight")
REASONS = (
    "no_site",
    "left_out",
    "not_accessible",
    "access_unknown",
    "group_too_large",
    "not_open",
    "too_far",
    "over_budget",
    "no_time",
)


def _latitude(*, nullable: bool = False) -> dy.Float64:
    return base.quantity("degree_north", "Latitude, WGS 84", low=-90, high=90, nullable=nullable)


def _longitude(*, nullable: bool = False) -> dy.Float64:
    return base.quantity("degree_east", "Longitude, WGS 84", low=-180, high=180, nullable=nullable)


def _minutes(description: str) -> dy.Int32:
    return dy.Int32(min=0, max=1440, nullable=False, description=description, metadata={"unit": "minute"})


def _euro(description: str, *, nullable: bool = True) -> dy.Float64:
    return base.quantity("EUR", description, low=0, high=1_000_000, nullable=nullable)


class Site(dy.Schema):
    """One row per site that a study tour may visit."""

    site = base.key("Key of the site", primary_key=True)
    name = base.text("Name", nullable=False)
    latitude = _latitude()
    longitude = _longitude()
    topics = dy.List(dy.String(min_length=1), nullable=False, description="What can be learned there, as keys of topics")
    minutes = _minutes("How long a visit takes")
    accessible = dy.Bool(nullable=True, description="Can every part of the visit be reached without a step? null is unknown")
    group_limit = dy.Int32(nullable=True, min=1, max=10_000, description="Most people at once", metadata={"unit": "count"})
    cost_eur = _euro("Entry and guide per person; null is unknown")
    choice = dy.Enum(CHOICES, nullable=False, description="open: if it is worth it; must: in any case; leave_out: not this time")
    mark = base.mark()
    source = base.source()


class Opening(dy.Schema):
    """One row per time in which a site can be visited on a day; a site without a row that day is closed."""

    site = base.key("Site", nullable=False)
    day = dy.Date(nullable=False, description="Day")
    opens = dy.Time(nullable=False, description="From, local time")
    closes = dy.Time(nullable=False, description="Until, local time; a visit ends by then")
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def opens_before_it_closes(cls):  # type: ignore[no-untyped-def]
        return cls.opens.col < cls.closes.col


class Stay(dy.Schema):
    """One row per place where days begin and end: a hotel, a station."""

    stay = base.key("Key of the place, other than that of any site", primary_key=True)
    name = base.text("Name", nullable=False)
    latitude = _latitude()
    longitude = _longitude()
    source = base.source()


class TourDay(dy.Schema):
    """One row per day: when and where it begins and ends, its rest, and what the night after it costs."""

    day = dy.Date(primary_key=True, description="Day")
    starts = dy.Time(nullable=False, description="Earliest departure, local time")
    ends = dy.Time(nullable=False, description="Latest arrival, local time")
    starts_at = base.key("Stay at which it begins", nullable=False)
    ends_at = base.key("Stay at which it ends", nullable=False)
    rest_from = dy.Time(nullable=True, description="Lunch and rest begin at the earliest")
    rest_to = dy.Time(nullable=True, description="Lunch and rest end at the latest")
    rest_minutes = _minutes("How long lunch and rest take; 0 for none")
    night_eur = _euro("The night after it, per person; null is unknown")

    @dy.rule()
    def starts_before_it_ends(cls):  # type: ignore[no-untyped-def]
        return cls.starts.col < cls.ends.col

    @dy.rule()
    def rest_has_a_window(cls):  # type: ignore[no-untyped-def]
        return (cls.rest_minutes.col == 0) | (cls.rest_from.col.is_not_null() & cls.rest_to.col.is_not_null())


class Leg(dy.Schema):
    """One row per way between two sites or stays; it holds both ways unless the way back has its own row."""

    start = base.key("Site or stay it begins at", primary_key=True)
    end = base.key("Site or stay it ends at", primary_key=True)
    minutes = _minutes("Door to door")
    km = base.quantity("km", "Length", low=0, high=20_000, nullable=True)
    mode = base.key("How one goes", nullable=False)
    cost_eur = _euro("Per person; null is unknown")
    source = base.source()


class TourWish(dy.Schema):
    """One row per topic the group wants to see."""

    topic = base.text("Topic", primary_key=True)
    weight = dy.Int16(nullable=False, min=1, max=100, description="How much it is wished for", metadata={"unit": "count"})


class TourGroup(dy.Schema):
    """One row: who travels together, and what they can spend."""

    title = base.text("What the tour is called", nullable=False)
    people = dy.Int32(nullable=False, min=1, max=10_000, description="How many come along", metadata={"unit": "count"})
    step_free = dy.Bool(nullable=False, description="Does anyone need every visit without a step?")
    budget_eur = _euro("For visits, ways and nights, per person; null for no limit")
    mode = dy.Enum(MODES, nullable=False, description="How the group goes where no leg is given")
    zone = base.text("Time zone of the sites, an IANA name such as Europe/Berlin", nullable=False)
    online_from_t = base.quantity(
        "t CO2e / year",
        "Emissions of coming, counted for its year, from which a note tells of other ways",
        low=0,
        high=1e6,
        nullable=True,
    )


class Guest(dy.Schema):
    """One row per person who comes, from where and how."""

    guest = base.key("Key of the person", primary_key=True)
    origin = base.text("Where the journey begins", nullable=True)
    latitude = _latitude(nullable=True)
    longitude = _longitude(nullable=True)
    mode = dy.Enum(MODES, nullable=True, description="How they come; null is unknown")
    is_invented = dy.Bool(nullable=False, description="Is this person invented, to show how it works?")


class TravelFactor(dy.Schema):
    """One row per mode and range of distance: what one person emits on one km."""

    mode = dy.Enum(MODES, nullable=False, description="Mode")
    from_km = base.quantity("km", "From this length of a journey one way", low=0, high=50_000, nullable=False)
    to_km = base.quantity("km", "Below this length", low=0, high=50_000, nullable=False)
    kg_per_km = base.quantity("kg CO2e / km", "CO2e per person and km", low=0, high=5, nullable=False)
    low_kg_per_km = base.quantity("kg CO2e / km", "At least, by the sources of the note", low=0, high=5, nullable=False)
    high_kg_per_km = base.quantity("kg CO2e / km", "At most", low=0, high=5, nullable=False)
    year = base.year("Year the factor is for", nullable=False)
    country = base.text("Area the factor is for", nullable=False)
    view = base.text("What is counted", nullable=False)
    note = base.text("What the interval stands on", nullable=True)
    mark = base.mark()
    source = base.source()
    range_source = base.key("Source of the end of the interval that lies further off", nullable=False)


class TravelWay(dy.Schema):
    """One row per mode: how much longer than the great circle it goes, how fast, and what it costs."""

    mode = dy.Enum(MODES, primary_key=True, description="Mode")
    detour = base.quantity("fraction", "Length of the way per great-circle distance", low=1, high=5, nullable=False)
    low_detour = base.quantity("fraction", "At least", low=1, high=5, nullable=False)
    high_detour = base.quantity("fraction", "At most", low=1, high=5, nullable=False)
    km_per_hour = base.quantity("km / hour", "Mean speed door to door, waiting left out", low=1, high=1000, nullable=False)
    wait_minutes = _minutes("Getting on and off")
    low_eur_per_km = base.quantity("EUR / km", "Fare per person and km, at least", low=0, high=10, nullable=False)
    high_eur_per_km = base.quantity("EUR / km", "At most", low=0, high=10, nullable=False)
    note = base.text("Why", nullable=False)
    mark = base.mark()
    source = base.source()


class Stop(dy.Schema):
    """One row per thing the group does, in time order: a visit, lunch and rest, the way to the place where the day ends."""

    day = dy.Date(nullable=False, description="Day")
    order = dy.Int16(nullable=False, min=1, max=200, description="First to last of the day", metadata={"unit": "count"})
    kind = dy.Enum(("visit", "rest", "end"), nullable=False, description="What is done")
    place = base.key("Site or stay", nullable=False)
    begins = dy.Datetime(nullable=False, description="Begins, local time")
    ends = dy.Datetime(nullable=False, description="Ends, local time")
    leg_from = base.key("Where the way there begins; null if one is there already", nullable=True)
    leg_minutes = _minutes("The way there")
    leg_km = base.quantity("km", "Length of the way there", low=0, high=20_000, nullable=True)
    leg_mode = base.key("How one goes", nullable=True)
    leg_estimated = dy.Bool(nullable=False, description="Is the way estimated from the great circle?")
    cost_eur = _euro("Visit and way per person, as far as known", nullable=False)


class Unmet(dy.Schema):
    """One row per wish that the tour does not meet, and why."""

    topic = base.text("Topic; null for a site asked for by name", nullable=True)
    site = base.key("Site; null for a topic", nullable=True)
    reason = dy.Enum(REASONS, nullable=False, description="Why")


class Coming(dy.Schema):
    """One row per guest: the journey there and back, its emissions and cost; null is unknown."""

    guest = base.key("Person", primary_key=True)
    origin = base.text("Where the journey begins", nullable=True)
    mode = dy.Enum(MODES, nullable=True, description="Mode")
    km = base.quantity("km", "Both ways", low=0, high=100_000, nullable=True)
    emissions_kg = base.quantity("kg CO2e", "Both ways", low=0, high=500_000, nullable=True)
    low_emissions_kg = base.quantity("kg CO2e", "At least", low=0, high=500_000, nullable=True)
    high_emissions_kg = base.quantity("kg CO2e", "At most", low=0, high=500_000, nullable=True)
    low_cost_eur = _euro("Fares both ways, at least")
    high_cost_eur = _euro("At most")
    is_invented = dy.Bool(nullable=False, description="Is this person invented?")
    mark = dy.Enum(base.MARKS, nullable=True, description="How sure the factor is")
    source = base.key("Source of the factor", nullable=True)
