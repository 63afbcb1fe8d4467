"""Sources, factors and national series: what the other tables lean on."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS, GWP_SETS

VIEWS = ("direct", "life_cycle", "production_mix", "residual_mix", "upstream_included", "basic", "adjusted")


class Source(dy.Schema):
    """One row per publication a figure can come from."""

    source = base.key("Key used in the source column of the other tables", primary_key=True)
    title = base.text("Title", nullable=False)
    publisher = base.text("Publisher", nullable=False)
    year = base.text("Year or years of the publication or its data", nullable=True)
    licence = base.text("Licence or terms under which it is carried", nullable=False)
    attribution = base.text("Words to print with its figures", nullable=False)
    url = base.text("Where it is published", nullable=True)
    sha256 = dy.String(regex=r"^[0-9a-f]{64}$", nullable=True, description="Hash of the raw file read at the build")


class Factor(dy.Schema):
    """One row per emission factor: carrier, place, year and what is inside."""

    carrier = dy.Enum(CARRIERS, primary_key=True, description="Energy carrier")
    country = dy.String(regex=r"^([A-Z]{2}|WORLD)$", primary_key=True, description="ISO country or WORLD")
    region = base.text("Grid region, province or state; national where it is for the whole country", primary_key=True)
    year = base.year("Year the factor is for", primary_key=True)
    view = dy.Enum(
        VIEWS,
        primary_key=True,
        description="What is inside the factor; basic and adjusted are the two views of Japanese suppliers",
    )
    source = base.key("Key of the source table", primary_key=True)
    kg_per_mwh = base.quantity(
        "kg CO2e / MWh", "Emissions per final energy, lower heating value", low=0, high=2500, nullable=False
    )
    gwp = dy.Enum(GWP_SETS, nullable=False, description="Global warming potentials inside; co2_only for CO2 alone")
    mark = base.mark()


class GridRegion(dy.Schema):
    """One row per state or city and region of the grid it can lie in. Several regions for one state: nothing decides which."""

    country = dy.String(regex=r"^[A-Z]{2}$", primary_key=True, description="ISO country")
    state = base.key("State or province as in the table of cities", primary_key=True)
    city = base.key("One city of it; all where the row is for the whole state", primary_key=True)
    kind = dy.Enum(("province", "grid"), primary_key=True, description="A province of its own factor, or a region of the grid")
    region = base.text("Region as in the factors", primary_key=True)
    mark = base.mark()
    source = base.source()


class Series(dy.Schema):
    """One row per area, indicator and year."""

    area = base.key("ISO country or region", primary_key=True)
    indicator = base.key("What is measured, with its unit at the end", primary_key=True)
    year = base.year(primary_key=True)
    value = dy.Float64(nullable=False, min=-1e16, max=1e17, description="Value", metadata={"unit": "by indicator"})
    source = base.source()


class Note(dy.Schema):
    """One row per thing a check found in the raw data and what was done about it."""

    note = dy.Int32(primary_key=True, min=1, description="Running number", metadata={"unit": "count"})
    code = base.key("Code of the finding", nullable=False)
    rule = base.key("Named rule that handled it", nullable=False)
    where = base.text("File and column", nullable=False)
    row = dy.Int32(nullable=True, min=1, description="Row of the raw file", metadata={"unit": "count"})
    city = base.city(nullable=True)
    year = base.year(nullable=True)
    before = base.text("What the source says", nullable=True)
    after = base.text("What the release holds instead; null where the value was left out", nullable=True)
    reason = base.text("Why the rule is right", nullable=False)
    source = base.source()
