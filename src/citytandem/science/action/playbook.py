"""Everything about measures that is the same for every city, prepared once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.action.addressed import include_targets
from citytandem.science.action.depth import effects, gather_effects
from citytandem.science.assessment.framework import ACTIVITY, pick_framework

if TYPE_CHECKING:
    from citytandem.science.action.addressed import Inclusion
    from citytandem.tables.facts import Facts

NO_CREDIT_GROUP = "X-POWER"
"""Green tariffs and certificates: a location-based balance gives them no credit."""
COMMON_FACTOR = ("national", "regional", "unknown")
"""Electricity counted with the factor of a grid shared with others; where the balance does not say, nothing is credited."""


@dataclass(frozen=True)
class Playbook:
    """The catalogue with its targets, effects, levers and groups; measures sorted by id.

    ``measure`` has one row per measure with its lists (sectors, carriers, exclusion_group, enables) joined;
    ``effect`` one row per measure with its depth, in the same order. ``remembered`` keeps powers and routes by country,
    tier and state, as most cities share them.
    """

    measure: pl.DataFrame
    effect: pl.DataFrame
    inclusion: Inclusion
    inclusion_common: Inclusion
    lever: pl.DataFrame
    route: pl.DataFrame
    power: pl.DataFrame
    tier: pl.DataFrame
    scope: pl.DataFrame
    sector_part: pl.DataFrame
    criterion: pl.DataFrame
    criterion_measure: pl.DataFrame
    implemented_share: pl.DataFrame
    remembered: dict[tuple[str, str | None, str | None], tuple[pl.DataFrame, pl.DataFrame]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def include(self, electricity: str) -> Inclusion:
        """What each measure acts on in a balance with this electricity rule.

        Where electricity is counted with the factor of a common grid, what a city changes about how its electricity is made
        does not show: a photovoltaic plant or the end of its coal plant moves the national mix by a hair. Only use counts.
        """
        return self.inclusion_common if electricity in COMMON_FACTOR else self.inclusion

    def base_tier(self, country: str) -> str | None:
        """The tier of the country whose rows stand in for missing ones; None for a country without powers."""
        tiers = self.tier.filter(pl.col("country") == country).get_column("base_tier")
        return str(tiers[0]) if tiers.len() else None


def prepare_playbook(facts: Facts) -> Playbook:
    """Join the catalogue and lay out its targets.

    Parameters
    ----------
    facts
        The reference facts; tables are read when they are asked for.
    """
    sectors = _lists(facts.target, "sector", name="sector").join(_lists(facts.target, "carrier", name="carrier"), on="measure")
    joined = (
        facts.measure.join(sectors, on="measure", how="left")
        .join(_lists(facts.exclusion, "group", name="exclusion_group"), on="measure", how="left")
        .join(_lists(facts.enabling, "enables", name="enables"), on="measure", how="left")
        .with_columns(pl.col("sector", "carrier", "exclusion_group", "enables").fill_null([]))
        .sort("measure")
    )
    parts = effects(facts.evidence, facts.measure.get_column("measure"), base=facts.evidence_base, width=facts.width)
    effect = gather_effects(parts, facts.measure).with_columns(pl.col("reach_known").fill_null(value=False))
    measures = joined.get_column("measure").to_list()
    activity = pick_framework(facts, ACTIVITY)
    return Playbook(
        measure=joined,
        effect=joined.select("measure").join(effect, on="measure", how="left", maintain_order="left"),
        inclusion=include_targets(facts.target, measures=measures, sector_part=facts.sector_part),
        inclusion_common=include_targets(_without_generation(facts), measures=measures, sector_part=facts.sector_part),
        lever=facts.lever,
        route=facts.route,
        power=facts.power,
        tier=facts.tier,
        scope=facts.scope,
        sector_part=facts.sector_part,
        criterion=activity.criterion,
        criterion_measure=activity.criterion_measure,
        implemented_share=facts.implemented_share,
    )


def _without_generation(facts: Facts) -> pl.DataFrame:
    """Targets without the electricity of measures that change how it is made."""
    making = facts.measure.filter(pl.col("driver").cast(pl.String) == "factor").get_column("measure").to_list()
    return facts.target.filter(~((pl.col("carrier").cast(pl.String) == "electricity") & pl.col("measure").is_in(making)))


def _lists(frame: pl.DataFrame, column: str, *, name: str) -> pl.DataFrame:
    return frame.group_by("measure").agg(pl.col(column).cast(pl.String).unique().sort().alias(name))
