"""The tables of a city's own balance that are no table of a release: its years, its sectors over time, its quality."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.balance import SECTORS, Balance


class SectorYear(dy.Schema):
    """One row per year and sector of one publication: the sum of the lines of one view."""

    year = base.year("Year of the emissions", primary_key=True)
    sector = dy.Enum(SECTORS, primary_key=True, description="Sector")
    emissions_t = base.quantity("t CO2e / year", "Emissions as published", low=-1e9, high=1e10, nullable=True)
    population = base.quantity("people", "Population the publisher states for that year", low=1, high=1e8, nullable=True)


class BalanceYear(dy.Schema):
    """One row per balance of the city: year, method and who published it."""

    year = base.year("Year of the emissions", nullable=False)
    balance = base.key("Balance id", primary_key=True)
    method = base.key("Method of the balance", nullable=False)
    source = base.source()
    top_down = dy.Bool(nullable=False, description="Allocated from larger totals: cannot credit a local measure")


class EnergyQuality(dy.Schema):
    """One row per balance: its grades weighted by energy."""

    balance = base.key("Balance id", primary_key=True)
    energy_mwh = base.quantity("MWh / year", "Energy of the lines that state any", low=0, high=1e12, nullable=True)
    graded_share = base.quantity("fraction", "Share of that energy that carries a grade", low=0, high=1 + 1e-9, nullable=True)
    quality = base.quantity(
        "fraction", "BISKO: A 1, B 0.5, C 0.25, D 0 over the energy graded so", low=0, high=1 + 1e-9, nullable=True
    )
    share_h = base.quantity("fraction", "Share of the graded energy that is graded H", low=0, high=1 + 1e-9, nullable=True)
    share_m = base.quantity("fraction", "Share of the graded energy that is graded M", low=0, high=1 + 1e-9, nullable=True)
    share_l = base.quantity("fraction", "Share of the graded energy that is graded L", low=0, high=1 + 1e-9, nullable=True)


class ReadBalance(Balance):
    """The header of the balance an answer stands on, and how it books electricity and heat."""

    user_based = dy.Bool(nullable=True, description="Electricity and heat are booked where they are used; null where unknown")
