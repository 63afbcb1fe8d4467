"""What the self-check asks: the fields of action as screens, each with its measures under the rows of the profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from citytandem.atlas import load
from citytandem.science.action.profile import fold_stages
from citytandem.science.assessment.framework import ACTIVITY, pick_framework
from citytandem.tables.catalogue import FIELDS

if TYPE_CHECKING:
    from citytandem.words import Language

MINUTES_EACH = 1
"""What one measure takes a team that knows its city, so that all of them stay under two hours."""


@dataclass(frozen=True)
class Row:
    """One row of the profile, with the measures that count under it."""

    criterion: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Screen:
    """One field of action: what is asked on one page."""

    field: str
    rows: tuple[Row, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """All measures of the page."""
        return tuple(measure for row in self.rows for measure in row.measures)


@dataclass(frozen=True)
class Published:
    """What the release says of a measure of a city, and from where it knows."""

    stage: int
    year: int | None
    item: str
    source: str


@cache
def list_screens() -> tuple[Screen, ...]:
    """The pages of the self-check in the order of the catalogue."""
    facts = load().facts
    profile = pick_framework(facts, ACTIVITY)
    asked = (
        facts.measure.select("measure", pl.col("field").cast(pl.String))
        .join(profile.criterion_measure.select("criterion", "measure").unique(), on="measure")
        .join(profile.criterion.select("criterion", "order"), on="criterion")
        .sort("order", "measure")
    )
    found: dict[str, dict[str, list[str]]] = {field: {} for field in FIELDS}
    for row in asked.iter_rows(named=True):
        found[row["field"]].setdefault(row["criterion"], []).append(row["measure"])
    return tuple(
        Screen(field, tuple(Row(criterion, tuple(measures)) for criterion, measures in rows.items()))
        for field, rows in found.items()
    )


@cache
def field_of(measure: str) -> str:
    """The field of action of a measure; empty for a measure that is none."""
    return next((screen.field for screen in list_screens() if measure in screen.measures), "")


@cache
def title_measures(language: Language) -> dict[str, str]:
    """What the measures are called; in English where a language has no title yet."""
    titles = load().facts.measure_title
    own, english = (
        dict(titles.filter(pl.col("language").cast(pl.String) == tag).select("measure", "title").iter_rows())
        for tag in (language, "en")
    )
    return {**english, **own}


@cache
def published_stages(city: str) -> dict[str, Published]:
    """The stages that the release knows for a city, by measure."""
    own = load().stage.filter(pl.col("city") == city)
    if own.is_empty():
        return {}
    folded = fold_stages(own).filter(pl.col("stage").is_not_null())
    years = dict(own.group_by("measure").agg(pl.col("year").max()).iter_rows())
    sources = dict(own.group_by("measure").agg(pl.col("source").first()).iter_rows())
    return {
        row["measure"]: Published(
            row["stage"], years.get(row["measure"]), row["lead_item"] or "", row["source"] or sources[row["measure"]]
        )
        for row in folded.iter_rows(named=True)
    }
