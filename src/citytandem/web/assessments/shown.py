"""A framework as pages show it: categories, criteria with their levels, evidence and marks, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.atlas import load
from citytandem.charts.framework_names import name_category, name_criterion, name_framework, tell_level
from citytandem.tables.assessment import WHOLE
from citytandem.web.profiles.catalogue import title_measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.science.assessment.framework import Framework
    from citytandem.words import Speech


@dataclass(frozen=True)
class ShownLevel:
    """What a level means and which evidence it asks for."""

    level: int
    meaning: str
    evidence: str | None
    mark: str


@dataclass(frozen=True)
class ShownCriterion:
    """One criterion; ``levels`` are its own or those of the framework."""

    key: str
    title: str
    mark: str
    source: str
    weighing_mark: str
    is_knock_out: bool
    threshold: int | None
    weight_low: float
    weight_high: float
    applies_to: str
    measures: tuple[str, ...]
    levels: tuple[ShownLevel, ...]
    has_own_levels: bool


@dataclass(frozen=True)
class ShownCategory:
    """One category with its criteria."""

    key: str
    title: str
    mark: str
    criteria: tuple[ShownCriterion, ...]


@dataclass(frozen=True)
class ShownFramework:
    """A framework for a page."""

    framework: Framework
    title: str
    categories: tuple[ShownCategory, ...]
    levels: tuple[ShownLevel, ...]

    @property
    def criteria(self) -> list[ShownCriterion]:
        """All criteria, in order."""
        return [one for category in self.categories for one in category.criteria]

    @property
    def knock_outs(self) -> list[ShownCriterion]:
        """Those nothing makes up for."""
        return [one for one in self.criteria if one.is_knock_out]

    @property
    def recalled(self) -> int:
        """How many criteria are recalled and not re-read."""
        return sum(one.mark == "K" for one in self.criteria)

    @property
    def titles(self) -> dict[str, str]:
        """Titles of criteria by key."""
        return {one.key: one.title for one in self.criteria}

    @property
    def sources(self) -> list[dict[str, Any]]:
        """What it rests on, as our facts know these sources."""
        framework = self.framework
        named = {framework.source, *framework.criterion["source"].to_list(), *framework.level["source"].to_list()}
        return load().facts.source.filter(pl.col("source").is_in(list(named))).sort("source").to_dicts()

    def category(self, key: str) -> ShownCategory | None:
        """One category."""
        return next((one for one in self.categories if one.key == key), None)


def show(framework: Framework, speech: Speech) -> ShownFramework:
    """The framework in a language."""
    common = framework.level.filter(pl.col("criterion") == WHOLE)
    first = str(framework.criterion["criterion"][0])
    own = set(framework.level["criterion"].to_list()) - {WHOLE}
    plain = next((key for key in framework.criterion["criterion"].to_list() if key not in own), first)
    levels = _levels(framework, plain, speech=speech, is_common=True) if common.height else ()
    return ShownFramework(
        framework,
        name_framework(framework, speech),
        tuple(
            ShownCategory(
                row["category"], name_category(framework, row["category"], speech=speech), str(row["mark"]),
                _criteria(framework, row["category"], own=own, speech=speech),
            )
            for row in framework.category.iter_rows(named=True)
        ),
        levels,
    )  # fmt: skip


def _criteria(framework: Framework, category: str, *, own: set[str], speech: Speech) -> tuple[ShownCriterion, ...]:
    titles = title_measures(speech.language)
    under: dict[str, list[str]] = {}
    for criterion, measure in framework.criterion_measure.select("criterion", "measure").iter_rows():
        under.setdefault(criterion, []).append(f"{measure} {titles.get(measure, '')}".strip())
    return tuple(
        ShownCriterion(
            key=row["criterion"],
            title=name_criterion(framework, row["criterion"], speech=speech),
            mark=str(row["mark"]),
            source=row["source"],
            weighing_mark=str(row["weighing_mark"]),
            is_knock_out=str(row["role"]) == "knock_out",
            threshold=row["threshold"],
            weight_low=row["weight_low"],
            weight_high=row["weight_high"],
            applies_to=str(row["applies_to"]),
            measures=tuple(sorted(under.get(row["criterion"], ()))),
            levels=_levels(framework, row["criterion"], speech=speech),
            has_own_levels=row["criterion"] in own or bool(row["evidence"]),
        )
        for row in framework.criterion.filter(pl.col("category") == category).iter_rows(named=True)
    )


def _levels(framework: Framework, criterion: str, *, speech: Speech, is_common: bool = False) -> tuple[ShownLevel, ...]:
    """The levels of a criterion; with ``is_common`` without what the criterion asks for beside them."""
    rows: Sequence[dict[str, Any]] = framework.levels_of(criterion).to_dicts()
    bare = framework
    if is_common:
        bare = replace(framework, criterion=framework.criterion.with_columns(pl.lit(None, dtype=pl.String).alias("evidence")))
    return tuple(
        ShownLevel(row["level"], *tell_level(bare, criterion, level=row["level"], speech=speech), mark=str(row["mark"]))
        for row in rows
    )
