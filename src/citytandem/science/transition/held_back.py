"""Are a region's analogues closer to its next ten years than chance, than regions of the same level, than going on as before?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.findings import CannotCompute
from citytandem.science.transition.analogues import Query, Search, nearest_windows, prepare, shuffle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from citytandem.science.transition.trajectories import Paths

    Floats = npt.NDArray[np.float64]

YEARS = 20
AHEAD = 10
FIRSTS = 5
LEVEL = 2.0
"""Points of industry's share by which a region of the same level may differ. [P]"""
WAYS = ("analogues", "shuffled", "level", "persistence", "no_change")


@dataclass(frozen=True)
class Ahead:
    """Industry's share by region and year, and how it changed over the ten years after, as logarithms."""

    level: Floats
    change: Floats


def hold_back(
    paths: Paths, *, known_until: Callable[[int], Paths], cuts: Sequence[int], seed: int, engine: str = "auto"
) -> pl.DataFrame:
    """Look for analogues with what was known up to a year, and compare what came after them with what came.

    Parameters
    ----------
    paths
        Paths of regions, with the trait industry.
    known_until
        The same, made only from what is published up to a year: a straight line must not lead to a later value.
    cuts
        Years after which everything is held back.
    seed
        Draws regions of the same level and shuffles histories.
    engine
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    region, cut, basis, actual (logarithm of industry's share ten years on over that of the cut), and for every one of
    :data:`WAYS` the absolute error of its guess. Guesses are means over five regions; analogues, shuffled and level use nothing
    after the cut.
    """
    rng = np.random.default_rng(seed)
    at = paths.traits.index("industry")
    basis = dict(paths.points.filter(pl.col("trait") == "industry").select("region", "basis").unique("region").iter_rows())
    told = []
    for cut in cuts:
        now = cut - paths.first_year
        if now < YEARS or now + AHEAD >= paths.values.shape[2]:
            continue
        known = known_until(cut)
        ahead = _ahead(known, at=at)
        points = paths.points.filter((pl.col("trait") == "industry") & pl.col("year").is_in([cut, cut + AHEAD]))
        published = set(points.filter(pl.len().over("region") == 2)["region"]) & set(known.regions)
        for number, region in enumerate(paths.regions):
            value = paths.values[number, at]
            if region not in published or not np.isfinite(value[[now - AHEAD, now, now + AHEAD]]).all():
                continue
            actual = float(np.log(value[now + AHEAD] / value[now]))
            guesses = _guess(known, ahead, region=region, cut=cut, rng=rng, engine=engine)
            if guesses is None:
                continue
            guesses |= {"persistence": float(np.log(value[now] / value[now - AHEAD])), "no_change": 0.0}
            row = {"region": region, "cut": cut, "basis": basis.get(region), "actual": actual}
            told.append(row | {way: abs(guesses[way] - actual) for way in WAYS})
    return pl.DataFrame(told)


def _ahead(paths: Paths, *, at: int) -> Ahead:
    """What was known at the cut of the ten years after earlier years."""
    values = paths.values[:, at]
    change = np.full_like(values, np.nan)
    change[:, :-AHEAD] = np.log(values[:, AHEAD:] / values[:, :-AHEAD])
    return Ahead(values, change)


def _guess(
    known: Paths, ahead: Ahead, *, region: str, cut: int, rng: np.random.Generator, engine: str
) -> dict[str, float] | None:
    query = Query(region, cut - YEARS + 1, cut, k=FIRSTS, least_lag=AHEAD)
    try:
        search = prepare(known, query)
    except CannotCompute:
        return None
    own = known.regions.index(region)
    guesses = {
        "analogues": _after(search, query, known, ahead, asked=search.asked, engine=engine),
        "shuffled": _after(search, query, known, ahead, asked=shuffle(search.asked, rng=rng), engine=engine),
    }
    near = np.isfinite(ahead.change) & (np.abs(ahead.level - ahead.level[own, -1]) <= LEVEL)
    near[own] = False
    choices = ahead.change[near]
    if len(choices) < FIRSTS or not np.isfinite(list(guesses.values())).all():
        return None
    guesses["level"] = float(rng.choice(choices, size=FIRSTS, replace=False).mean())
    return guesses


def _after(search: Search, query: Query, known: Paths, ahead: Ahead, *, asked: Floats, engine: str) -> float:
    found = nearest_windows(search, query, asked=asked, engine=engine)
    changes = [
        ahead.change[known.regions.index(row["region"]), row["last"] - known.first_year]
        for row in found.select("region", "last").to_dicts()
    ]
    known_changes = [change for change in changes if np.isfinite(change)]
    return float(np.mean(known_changes)) if known_changes else np.nan


def sum_up(held: pl.DataFrame, *, seed: int, draws: int = 1000) -> pl.DataFrame:
    """Mean errors, and by how much those of analogues are smaller, with 90 % intervals over regions drawn anew.

    Parameters
    ----------
    held
        Rows of :func:`hold_back`.
    seed, draws
        Draw the regions, each with all its years.

    Returns
    -------
    basis, way, n, regions, error, gain (error of the way less that of the analogues), low, high, closer (share of rows in which
    the analogues are closer).
    """
    rng = np.random.default_rng(seed)
    told = []
    for (basis,), part in held.group_by("basis", maintain_order=True):
        _, member = np.unique(part["region"].to_numpy(), return_inverse=True)
        count = int(member.max()) + 1
        weights = np.stack([np.bincount(rng.integers(0, count, count), minlength=count) for _ in range(draws)])[:, member]
        ours = part["analogues"].to_numpy()
        for way in WAYS:
            theirs = part[way].to_numpy()
            gains = (weights * (theirs - ours)).sum(axis=1) / weights.sum(axis=1)
            low, high = np.quantile(gains, [0.05, 0.95])
            told.append(
                {"basis": basis, "way": way, "n": part.height, "regions": count, "error": float(theirs.mean())}
                | {"gain": float((theirs - ours).mean()), "low": float(low), "high": float(high)}
                | {"closer": float((ours < theirs).mean())}
            )
    return pl.DataFrame(told)
