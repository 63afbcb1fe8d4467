"""What would help most: what each measure could still save, on three axes that stay apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from citytandem.science.action.playbook import NO_CREDIT_GROUP
from citytandem.science.action.profile import LEAD_STAGE
from citytandem.tables.results_action import AdviceRow, DoneBy

if TYPE_CHECKING:
    import dataframely as dy
    from numpy.typing import NDArray

    from citytandem.science.action.playbook import Playbook

    Array: TypeAlias = NDArray[np.float64]

LEAST = 0.01
"""What an end of zero counts as in a draw, as a share of the other end. Our proposal (mark P)."""
FIRST = 5
"""How many measures a council reads first; ``holds_share`` asks who is among them."""
LOCATION_BASED = ("national", "regional", "local", "unknown")
"""Electricity by a common factor of a grid; where the balance does not say, nothing is credited either."""


def size_measures(
    playbook: Playbook, *, addressed: pl.DataFrame, routes: pl.DataFrame, done: pl.DataFrame, electricity: str, top_down: bool
) -> pl.DataFrame:
    """What every measure could still save in one city, as an interval with all its parts.

    remaining = addressed emissions x depth x route x (1 - done), each from its low to its high end.
    A part that is not known is as wide as it can be; without any published depth, or without a published
    line to act on, there is no number at all (basis ``effect_not_known``).

    Parameters
    ----------
    playbook
        The catalogue; ``effect`` holds depth_low, depth_high as shares of what is addressed.
    addressed, routes, done
        Answers of ``bound_addressed``, ``find_routes`` and ``bound_done``.
    electricity
        Electricity rule of the balance: a location-based one gives green tariffs no credit.
    top_down
        A balance allocated from larger totals: no measure is visible in it.

    Returns
    -------
    The columns of :class:`~citytandem.tables.results_action.AdviceRow` except ``holds_share``; t CO2e a year;
    one row per measure, sorted by id. The ends of what remains hold the errors of the lines addressed, so that an error of the
    grid factor widens every measure that acts on electricity.
    """
    joined = (
        playbook.measure.select(
            "measure",
            "field",
            "sector",
            "carrier",
            "exclusion_group",
            "enables",
            "cost_low",
            "cost_high",
            pl.col("order").alias("step"),
            pl.col("influence").alias("direct_or_indirect"),
            (pl.lit("no") if top_down else pl.col("visible").cast(pl.String)).alias("visible_in_inventory"),
        )
        .join(playbook.effect, on="measure", how="left", maintain_order="left")
        .join(addressed, on="measure", how="left", maintain_order="left")
        .join(
            routes.select(
                "measure", "route", pl.col("factor").alias("route_factor"), pl.col("factor_high").alias("route_factor_high")
            ),
            on="measure",
            how="left",
            maintain_order="left",
        )
        .join(done, on="measure", how="left", maintain_order="left")
    )
    no_credit = pl.col("exclusion_group").list.contains(NO_CREDIT_GROUP) & pl.lit(electricity in LOCATION_BASED)
    at_least = (pl.col("addressed_low_t") - pl.col("addressed_error_low_t")).clip(lower_bound=0.0)
    at_most = pl.col("addressed_high_t") + pl.col("addressed_error_high_t")
    low = at_least * pl.col("depth_low") * pl.col("route_factor") * (1 - pl.col("implemented_high"))
    high = at_most * pl.col("depth_high") * pl.col("route_factor_high") * (1 - pl.col("implemented_low"))
    middle = pl.col("addressed_high_t") * pl.col("depth_central") * pl.col("route_factor") * (1 - pl.col("implemented_low"))
    exact = (
        (pl.col("addressed_low_t") == pl.col("addressed_high_t"))
        & (pl.col("route_factor") == pl.col("route_factor_high"))
        & (pl.col("implemented_low") == pl.col("implemented_high"))
    )
    return (
        joined.with_columns((~no_credit).alias("credited"), _tell_addressed().alias("addressed_basis"))
        .with_columns(
            _if_credited(low).alias("remaining_low_t"),
            _if_credited(high).alias("remaining_high_t"),
            pl.when(exact).then(_if_credited(middle)).alias("remaining_t"),
        )
        .with_columns(_tell_basis().alias("basis"))
        .with_columns(pl.when(pl.col("basis") == "numbers").then(pl.col(name)).alias(name) for name in _REMAINING)
    )


_REMAINING = ("remaining_low_t", "remaining_t", "remaining_high_t")


def _tell_addressed() -> pl.Expr:
    """A measure with targets, none of which this kind of balance shows, acts outside of it."""
    elsewhere = (pl.col("addressed_basis") == "no_target") & (pl.col("sector").list.len() > 0)
    return pl.when(elsewhere).then(pl.lit("not_in_balance")).otherwise("addressed_basis")


def _tell_basis() -> pl.Expr:
    """A number needs an effect that speaks of emissions on the territory, and something in the balance to act on."""
    effect = pl.col("depth_high").is_not_null() & (pl.col("territorial").cast(pl.String) != "no").fill_null(value=True)
    shown = pl.col("addressed_high_t").is_not_null() & (pl.col("addressed_basis") != "not_shown")
    return (
        pl.when(~effect)
        .then(pl.lit("effect_not_known"))
        .when(~shown)
        .then(pl.lit("target_not_known"))
        .otherwise(pl.lit("numbers"))
    )


def _if_credited(remaining: pl.Expr) -> pl.Expr:
    return pl.when(remaining.is_not_null() & ~pl.col("credited")).then(0.0).otherwise(remaining)


def weigh_order(sized: pl.DataFrame, *, draws: int, seed: int) -> pl.DataFrame:
    """How often each measure is among the first five, over weightings of the axes and draws within the intervals.

    Each draw takes every part anywhere between its ends, evenly in orders of magnitude, as parts are multiplied (an end of
    zero counts as a hundredth of the other: ignorance must not lift a measure). It weighs the three axes (depth in tonnes, route,
    what is left to do) by a Dirichlet draw, as exponents that add up to three: equal weights give the product
    itself. The draw only tells how firm the order is; it puts no figure on any measure.

    Parameters
    ----------
    sized
        Answer of :func:`size_measures`.
    draws, seed
        Number of weightings, and the seed that makes them repeatable. The order of rows plays no part.

    Returns
    -------
    Measure, holds_share; null where there is no number. Equal scores are kept in the order of the ids.
    """
    counted = sized.filter((pl.col("basis") == "numbers") & (pl.col("remaining_high_t") > 0)).sort("measure")
    held = np.zeros(counted.height)
    if counted.height:
        scores = _draw_scores(counted, draws=draws, seed=seed)
        first = np.argsort(-scores, axis=1, kind="stable")[:, :FIRST]
        held = np.bincount(first.ravel(), minlength=counted.height) / draws
    shares = pl.DataFrame({"measure": counted.get_column("measure"), "holds_share": held})
    numbered = sized.select("measure", "basis").join(shares, on="measure", how="left", maintain_order="left")
    zero = pl.when(pl.col("basis") == "numbers").then(pl.col("holds_share").fill_null(0.0))
    return numbered.select("measure", zero.alias("holds_share"))


def _draw_scores(counted: pl.DataFrame, *, draws: int, seed: int) -> Array:
    random = np.random.default_rng(seed)
    weights = 3 * random.dirichlet(np.ones(3), size=draws)

    def between(low: Array, high: Array) -> Array:
        """Logarithms of draws between the ends."""
        floor = np.log(np.maximum(low, LEAST * high))
        return np.asarray(floor + random.random((draws, counted.height)) * (np.log(high) - floor))

    def ends(name: str, unit: str = "") -> tuple[Array, Array]:
        pair = counted.select(f"{name}_low{unit}", f"{name}_high{unit}").cast(pl.Float64).to_numpy()
        return pair[:, 0], pair[:, 1]

    done_low, done_high = ends("implemented")
    factor = counted.select("route_factor", "route_factor_high").cast(pl.Float64).to_numpy()
    depth = between(*ends("addressed", "_t")) + between(*ends("depth"))
    axes = (depth, between(factor[:, 0], factor[:, 1]), between(1 - done_high, 1 - done_low))
    parts = [axis * weights[:, [place]] for place, axis in enumerate(axes)]
    return np.asarray(parts[0] + parts[1] + parts[2])


def finish_advice(sized: pl.DataFrame, *, held: pl.DataFrame) -> dy.DataFrame[AdviceRow]:
    """The advice in the order a council would read it: firmest first, then by id; without a number last."""
    joined = sized.join(held, on="measure", how="left", maintain_order="left")
    return AdviceRow.cast(
        joined.sort("holds_share", "measure", descending=[True, False], nulls_last=True).select(AdviceRow.column_names())
    )


def find_done_by(stages: pl.DataFrame, *, city: str, closeness: pl.DataFrame | None = None) -> dy.DataFrame[DoneBy]:
    """Cities that have done a measure: stage 3 or 4 of an item with evidence in its source; the most alike first.

    Parameters
    ----------
    stages
        All cities' rows of ``fold_stages``.
    city
        The city asking; it is left out.
    closeness
        City, similarity (0 to 1), differs (structure variables in which the two differ most), seen from the
        city asking. A city missing here stays in, with unknown similarity.
    """
    done = stages.filter((pl.col("city") != city) & (pl.col("lead_stage") >= LEAD_STAGE))
    near = closeness if closeness is not None else _NOBODY
    joined = done.join(near.select("city", "similarity", "differs"), on="city", how="left").with_columns(
        pl.col("differs").fill_null([]),
        pl.col("lead_stage").alias("stage"),
        pl.col("lead_item").alias("item"),
        pl.col("lead_evidence").alias("evidence"),
    )
    ordered = joined.sort("measure", "similarity", "city", descending=[False, True, False], nulls_last=True)
    return DoneBy.cast(ordered.select(DoneBy.column_names()))


_NOBODY = pl.DataFrame(schema={"city": pl.String, "similarity": pl.Float64, "differs": pl.List(pl.String)})
