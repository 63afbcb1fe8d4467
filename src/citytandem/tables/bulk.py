"""Tables of work on every city at once: activity and factors in, emissions by city, year and sector out."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS, SECTORS


class Activity(dy.Schema):
    """One row per amount of energy a city used in a year; several rows of one sector and carrier add up."""

    city = base.city(nullable=False)
    year = base.year(nullable=False)
    country = dy.String(regex=base.COUNTRY, nullable=False, description="ISO country whose factors apply")
    sector = dy.Enum(SECTORS, nullable=False, description="Our sector")
    carrier = dy.Enum(CARRIERS, nullable=False, description="Energy carrier")
    activity_mwh = base.quantity("MWh / year", "Final energy; null where not known", low=-1e9, high=1e10, nullable=True)


class PinnedFactor(dy.Schema):
    """One row per country, year and carrier: the one factor chosen for it."""

    country = dy.String(regex=base.COUNTRY, primary_key=True, description="ISO country")
    year = base.year("Year the factor is for", primary_key=True)
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Energy carrier")
    kg_per_mwh = base.quantity(
        "kg CO2e / MWh", "Emissions per final energy, lower heating value", low=0, high=2500, nullable=True
    )


class Compiled(dy.Schema):
    """One row per city, year and sector: emissions, and how much of them could be worked out."""

    city = base.city(primary_key=True)
    year = base.year(primary_key=True)
    sector = dy.Enum(SECTORS, primary_key=True, description="Our sector")
    emissions_t = base.quantity(
        "t CO2e / year", "Sum over all rows; null unless every row has an amount and a factor", low=-1e9, high=1e10, nullable=True
    )
    known_t = base.quantity("t CO2e / year", "Sum over the rows with an amount and a factor", low=-1e9, high=1e10, nullable=False)
    rows = dy.Int64(nullable=False, min=1, description="Rows of activity", metadata={"unit": "count"})
    rows_unknown = dy.Int64(
        nullable=False, min=0, description="Rows among them without amount or factor", metadata={"unit": "count"}
    )

    @dy.rule()
    def emissions_only_where_every_row_is_known(cls):  # type: ignore[no-untyped-def]
        return cls.emissions_t.col.is_null() == (cls.rows_unknown.col > 0)


class Cube(dy.Schema):
    """One row per city, year, sector and carrier: activity added up, ready to be priced with any factors."""

    city = base.city(primary_key=True)
    year = base.year(primary_key=True)
    country = dy.String(regex=base.COUNTRY, primary_key=True, description="ISO country whose factors apply")
    sector = dy.Enum(SECTORS, primary_key=True, description="Our sector")
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Energy carrier")
    activity_mwh = base.quantity("MWh / year", "Sum over the rows with an amount", low=-1e9, high=1e10, nullable=False)
    rows = dy.Int64(nullable=False, min=1, description="Rows of activity", metadata={"unit": "count"})
    rows_with_energy = dy.Int64(
        nullable=False, min=0, description="Rows among them whose amount is known and not zero", metadata={"unit": "count"}
    )
    rows_without_amount = dy.Int64(
        nullable=False, min=0, description="Rows among them whose amount is not known", metadata={"unit": "count"}
    )
