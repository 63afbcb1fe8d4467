"""Ties between cities, memberships in networks, and targets."""

import dataframely as dy

from citytandem.tables import _base as base

TIE_KINDS = ("partnership", "friendship", "contact", "project")


class Tie(dy.Schema):
    """One row per tie between two cities; the city with the smaller id comes first."""

    city = base.city("City with the alphabetically smaller id", primary_key=True)
    other = base.city("City with the larger id", primary_key=True)
    kind = dy.Enum(TIE_KINDS, primary_key=True, description="Kind of the tie")
    since = base.year("Year it began; null where the source gives none", nullable=True)
    reciprocal = dy.Bool(nullable=True, description="Listed from both sides in the source; null where it cannot say")
    source = base.source()

    @dy.rule()
    def smaller_id_first(cls):  # type: ignore[no-untyped-def]
        return cls.city.col < cls.other.col


class Membership(dy.Schema):
    """One row per city and network or programme."""

    city = base.city(primary_key=True)
    network = base.key("Key of the network", primary_key=True)
    year = base.year("Year of the list", primary_key=True)
    source = base.source()


class Target(dy.Schema):
    """One row per emission target of a city."""

    city = base.city(primary_key=True)
    kind = base.key("Kind of the target as published, such as net_zero", primary_key=True)
    target_year = base.year("Year by which it is to be met", primary_key=True)
    baseline_year = base.year("Baseline year", nullable=True)
    reduction = base.quantity("fraction", "Reduction aimed at: 0.55 for 55 %", low=0, high=2, nullable=True)
    status = base.text("How firm it is, as published", nullable=True)
    source = base.source()
