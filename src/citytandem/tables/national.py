"""What whole countries use and emit, by sector and carrier."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS, SECTORS


class NationalUse(dy.Schema):
    """One row per country, sector and carrier: final energy, or emissions where only those are published."""

    country = dy.String(regex=base.COUNTRY, primary_key=True, description="ISO country")
    year = base.year("Year the figures are for", primary_key=True)
    sector = dy.Enum(SECTORS, primary_key=True, description="Our sector")
    carrier = dy.Enum(CARRIERS, primary_key=True, description="Energy carrier")
    energy_mwh = base.quantity("MWh / year", "Final energy of the country", low=0, high=1e11, nullable=True)
    emissions_t = base.quantity(
        "t CO2e / year",
        "Emissions of the country; carbon dioxide alone where the source says no more",
        low=0,
        high=1e11,
        nullable=True,
    )
    place = base.text("Where in the source: row, column, sheet, and what was added up", nullable=False)
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def energy_or_emissions_is_given(cls):  # type: ignore[no-untyped-def]
        return cls.energy_mwh.col.is_null() != cls.emissions_t.col.is_null()
