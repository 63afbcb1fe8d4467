"""What the framework of a programme is called, its criteria and its levels, in the language of the reader."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from citytandem.atlas import load
from citytandem.charts.chart import name_key
from citytandem.science.assessment.framework import pick_framework
from citytandem.tables.assessment import WHOLE

if TYPE_CHECKING:
    from citytandem.science.assessment.framework import Framework
    from citytandem.words import Speech


@cache
def find_frame(key: str) -> Framework:
    """The shipped framework of a programme. Raises ``CannotCompute`` for one that is not shipped."""
    return pick_framework(load().facts, key)


@cache
def frame_keys() -> tuple[str, ...]:
    """The frameworks a programme can follow, by their keys."""
    return tuple(sorted(load().facts.framework["framework"].to_list()))


def name_frame(key: str, *, speech: Speech) -> str:
    """What a framework is called."""
    return name_key(speech, "framework", key=key)


def name_category(key: str, *, category: str, speech: Speech) -> str:
    """What a category of a framework is called."""
    return name_key(speech, f"framework.{key}.category", key=category)


def name_criterion(key: str, *, criterion: str, speech: Speech) -> str:
    """What a criterion of a framework is called; empty for none."""
    return name_key(speech, f"framework.{key}.criterion", key=criterion) if criterion else ""


def name_level(key: str, *, level: int | None, speech: Speech) -> str:
    """A level in the framework's own terms; empty where none was named."""
    return name_key(speech, f"framework.{key}.level", key=str(level)) if level is not None else ""


def levels_of(key: str) -> list[int]:
    """The levels a framework has for a city as a whole; none where it names them by criterion only."""
    rows = find_frame(key).level.filter(pl.col("criterion") == WHOLE)
    return sorted(int(level) for level in rows["level"].unique().to_list())


def criteria_of(key: str) -> list[str]:
    """The criteria of a framework in its own order."""
    return [str(one) for one in find_frame(key).criterion["criterion"].to_list()]


def categories_of(key: str) -> list[str]:
    """The categories of a framework in its own order."""
    return [str(one) for one in find_frame(key).category["category"].to_list()]


def known_cities(key: str) -> pl.DataFrame:
    """The real pilot cities of a framework whose names were found, by name."""
    rows = load().facts.pilot_city.filter(pl.col("framework") == key)
    return rows.join(load().facts.source.select("source", "title", "publisher", "url"), on="source", how="left").sort("name")
