"""Joins a release, its facts and local facts into what first estimates are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code
from citytandem.gazetteer import find_city
from citytandem.readiness import prepare_all

if TYPE_CHECKING:
    from pathlib import Path

    from citytandem.atlas import Atlas
    from citytandem.science.estimate.answer import Material


@dataclass(frozen=True)
class Placed:
    """A city that was asked about: its id, and the tables of cities and structure with it inside; local facts if any."""

    city: str
    cities: pl.DataFrame
    structure: pl.DataFrame
    context: pl.DataFrame | None


def place_city(atlas: Atlas, *, city: str, context: Path | None) -> Placed:
    """Find a city in the release, or among the municipalities of the context.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN, CITY_AMBIGUOUS, CONTEXT_UNREADABLE.
    """
    if context is None:
        return Placed(find_city(atlas, city), atlas.city, atlas.structure, None)
    from citytandem.sources.german_context import (
        attach_context,
        find_municipality,
        read_german_context,
        table_of_municipality,
    )

    read = read_german_context(context)
    facts = attach_context(read, city=atlas.city, structure=atlas.structure)
    try:
        return Placed(find_city(atlas, city), atlas.city, atlas.structure, facts)
    except CannotCompute as refused:
        found = find_municipality(read, city) if refused.finding.code == Code.CITY_UNKNOWN else None
        if found is None:
            raise
    place, structure = table_of_municipality(read, found)
    return Placed(found, _append(atlas.city, place), _append(atlas.structure, structure), facts)


def gather_material(atlas: Atlas, placed: Placed | None = None) -> Material:
    """The material for estimates; with a city placed, its tables and local facts."""
    from citytandem.science.estimate.answer import Tables, gather

    facts = atlas.facts
    return gather(
        prepare_all(atlas),
        city=atlas.city if placed is None else placed.cities,
        structure=atlas.structure if placed is None else placed.structure,
        series=atlas.series,
        tables=Tables(facts.national_use, facts.factor, facts.fuel_factor),
        context=None if placed is None else placed.context,
    )


def _append(table: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows below a table; columns they do not have stay unknown."""
    known = rows.with_columns(pl.col(name).cast(table.schema[name]) for name in rows.columns)
    return pl.concat([table, known], how="diagonal")
