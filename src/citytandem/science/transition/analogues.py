"""Which region and period does a region resemble now, how surely, and from what distance on is it chance?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.kernels.alike import align, find_alike, measure_all
from citytandem.science.kernels.engine import runs_compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from citytandem.science.transition.trajectories import Paths

    Floats = npt.NDArray[np.float64]

LEAST_YEARS, MOST_YEARS = 8, 60
LEAST_LAG = 10
"""An analogue lies so many years back, so that it is known what came next there. [P]"""
BAND_SHARE = 1 / 6
"""How far the alignment may stretch or shrink, as a share of the window: 5 of 30 years. [P]"""
CONTROLS = 99
CHANCE = 0.1
"""A fit counts that fewer than one in ten shuffled histories reach. [P]"""
BLOCK = 3
"""Years that stay together when a history is shuffled."""
NEAR = 1.15
"""Windows of a region that fit nearly as well (up to 15 % further) make its lag a band. [P]"""


ANALOGUE: dict[str, Any] = {
    "region": pl.String, "first": pl.Int64, "last": pl.Int64, "lag": pl.Int64, "low_lag": pl.Int64, "high_lag": pl.Int64,
    "fit": pl.Float64, "low_fit": pl.Float64, "high_fit": pl.Float64, "traits": pl.List(pl.String),
    "now": pl.Int64, "low_now": pl.Int64, "high_now": pl.Int64, "stability": pl.Float64,
}  # fmt: skip
"""Columns of the analogues."""


@dataclass(frozen=True)
class Query:
    """What is asked: region, window, traits and their weights, how far back at least."""

    region: str
    first: int
    last: int
    traits: tuple[str, ...] | None = None
    weights: tuple[float, ...] | None = None
    k: int = 5
    least_lag: int = LEAST_LAG
    band: int | None = None


@dataclass(frozen=True)
class Found:
    """The analogues within the limit, what was searched, and the nearest even if it is beyond.

    ``analogues``: region, first, last, lag, low_lag, high_lag, fit, low_fit, high_fit (mean gap a year as a share), traits (those
    compared), now, low_now, high_now (years there that resemble the last year here), stability.
    """

    analogues: pl.DataFrame
    nearest: pl.DataFrame
    limit: float
    traits: tuple[str, ...]
    regions: int
    windows: int


def find_analogues(paths: Paths, *, query: Query, seed: int, controls: int = CONTROLS, engine: str = "auto") -> Found:
    """Regions and periods that a region resembles in a window.

    Parameters
    ----------
    paths
        Paths of regions. Values are compared as logarithms less their mean over the window, so units, own peak and level fall
        out; what stays is how they rise and fall.
    query
        What is asked.
    seed
        Shuffles the years of the controls.
    controls
        Number of shuffled histories; 0 for no limit.
    engine
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    Found: at most k regions, each with its nearest window, nearest first.

    Raises
    ------
    CannotCompute
        REGION_WITHOUT_PATH: no trait of the region is known in every year of the window.
    NothingFits
        ANALOGUE_NOTHING_FITS: the nearest is no nearer than shuffled histories come.

    Notes
    -----
    Fit is the root mean square gap a year and trait along the best alignment, as a share: 0.05 is 5 % apart. Regions that lack
    traits are compared by the others, at least half of them; ``low_fit`` counts the missing ones as perfect, ``high_fit`` as far
    as the limit (or the own fit where that is further). The limit is the tenth of the best fits that shuffled histories of the
    region find in the same library: the yearly changes of each trait in blocks of three, in another order.
    """
    search = prepare(paths, query)
    work = 30.0 * max(controls, 1) * search.library.shape[0] * search.library.shape[2] * search.asked.size
    engine = "compiled" if runs_compiled(engine, work=work * search.band, repays_from=5e9) else "plain"
    nearest = _search(search, query, k=query.k, engine=engine)
    limit = _limit(search, query, seed=seed, controls=controls, engine=engine) if controls and nearest.height else np.inf
    kept = nearest.filter(pl.col("fit") <= limit)
    windows = int(np.isfinite(_windows(search)).sum())
    if kept.is_empty():
        nothing = Found(pl.DataFrame(schema=ANALOGUE), nearest, float(limit), search.traits, len(search.regions), windows)
        raise NothingFits(_refuse(query, nearest, limit), nothing)
    held = _hold(paths, query, kept, engine=engine)
    described = _describe(search, kept, limit=limit).with_columns(pl.Series("stability", held, dtype=pl.Float64))
    return Found(described.select(*ANALOGUE), nearest, float(limit), search.traits, len(search.regions), windows)


class NothingFits(CannotCompute):
    """No window lies within the limit; ``found`` holds the nearest and no analogue."""

    def __init__(self, finding: Finding, found: Found) -> None:
        super().__init__(finding)
        self.found = found


@dataclass(frozen=True)
class Search:
    """A query made ready: logarithms of the asked window and of all paths, weighted, cut off where the lag would be too short."""

    asked: Floats
    library: Floats
    regions: tuple[str, ...]
    traits: tuple[str, ...]
    weights: Floats
    first_year: int
    band: int


def prepare(paths: Paths, query: Query) -> Search:
    """Logarithms of what is compared; see :func:`find_analogues` for parameters and refusals."""
    wished = query.traits or paths.traits
    size = query.last - query.first + 1
    begin = query.first - paths.first_year
    known: tuple[str, ...] = ()
    if query.region in paths.regions and begin >= 0:
        own = paths.values[paths.regions.index(query.region)]
        window = own[:, begin : begin + size]
        whole = window.shape[1] == size
        known = tuple(
            trait for trait in wished if whole and trait in paths.traits and np.isfinite(window[paths.traits.index(trait)]).all()
        )
    if not known:
        raise CannotCompute(_without_path(paths, query))
    at = [paths.traits.index(trait) for trait in known]
    weights = dict(zip(wished, query.weights or (1.0,) * len(wished), strict=True))
    scale = np.array([weights[trait] for trait in known])
    scale = np.sqrt(scale / scale.mean())
    others = [number for number, region in enumerate(paths.regions) if region != query.region]
    until = max(query.last - query.least_lag - paths.first_year + 1, 0)
    library = np.log(paths.values[others][:, at, :until]) * scale[:, None]
    asked = np.log(own[at, begin : begin + size]) * scale[:, None]
    band = query.band if query.band is not None else max(1, round(size * BAND_SHARE))
    return Search(asked, library, tuple(paths.regions[number] for number in others), known, scale, paths.first_year, band)


def nearest_windows(search: Search, query: Query, *, asked: Floats, engine: str = "auto") -> pl.DataFrame:
    """The nearest k windows of k regions, for a window that need not be the query's own: shuffled, for example.

    Parameters
    ----------
    search, query
        As made by :func:`prepare`.
    asked
        Shape (traits, years).
    engine
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    region, first, last, lag, fit, traits, known and all (numbers of traits).
    """
    return _search(search, query, k=query.k, engine=engine, asked=asked)


def _search(search: Search, query: Query, *, k: int, engine: str, asked: Floats | None = None) -> pl.DataFrame:
    """The nearest window of each region, for all groups of regions that know the same traits."""
    asked = search.asked if asked is None else asked
    size, count = asked.shape[1], len(search.traits)
    told: list[dict[str, Any]] = []
    for known, members in _groups(search):
        found = find_alike(
            search.library[members][:, known], query=asked[known], k=k, band=search.band, one_per_path=True, engine=engine
        )
        for path, start, distance in zip(*(part.tolist() for part in found), strict=True):
            first = search.first_year + start
            fit = float(distance / np.sqrt(size * len(known)))
            traits = [search.traits[number] for number in known]
            told.append(
                {"region": search.regions[members[path]], "first": first, "last": first + size - 1, "lag": query.first - first}
                | {"fit": fit, "traits": traits, "known": len(known), "all": count}
            )
    schema = {"region": pl.String, "first": pl.Int64, "last": pl.Int64, "lag": pl.Int64, "fit": pl.Float64}
    schema |= {"traits": pl.List(pl.String), "known": pl.Int64, "all": pl.Int64}  # type: ignore[dict-item]
    return pl.DataFrame(told, schema=schema).sort("fit", "region").head(k)


def _groups(search: Search) -> list[tuple[list[int], list[int]]]:
    """Regions that know the same traits anywhere; at least half of those asked, and two of them if two are asked."""
    have: npt.NDArray[np.bool_] = np.isfinite(search.library).any(axis=2).reshape(len(search.regions), -1)
    needed = max(min(2, len(search.traits)), -(-len(search.traits) // 2))
    groups: dict[tuple[int, ...], list[int]] = {}
    for number, row in enumerate(have):
        known = tuple(np.flatnonzero(row).tolist())
        if len(known) >= needed:
            groups.setdefault(known, []).append(number)
    return [(list(known), members) for known, members in sorted(groups.items())]


def _windows(search: Search) -> Floats:
    """Sum of each window over traits and years; infinite or unknown where it cannot be searched."""
    size = search.asked.shape[1]
    if search.library.shape[2] < size:
        return np.empty((0, 0))
    told: Floats = np.full((len(search.regions), search.library.shape[2] - size + 1), np.nan)
    for known, members in _groups(search):
        views = np.lib.stride_tricks.sliding_window_view(search.library[members][:, known], size, axis=2)
        told[members] = views.sum(axis=(1, 3))
    return told


def _limit(search: Search, query: Query, *, seed: int, controls: int, engine: str) -> float:
    """The fit that one in ten shuffled histories of the region reach."""
    rng = np.random.default_rng(seed)
    best = []
    for _ in range(controls):
        found = _search(search, query, k=1, engine=engine, asked=shuffle(search.asked, rng=rng))
        best.append(float(found["fit"][0]))
    return float(np.quantile(best, CHANCE))


def shuffle(asked: Floats, *, rng: np.random.Generator) -> Floats:
    """The same history with its yearly changes in another order, in blocks of three, for each trait by itself.

    >>> shuffle(np.array([[0.0, 1.0, 2.0, 3.0]]), rng=np.random.default_rng(0)).tolist()
    [[0.0, 1.0, 2.0, 3.0]]
    """
    changes = np.diff(asked, axis=1)
    blocks = -(-changes.shape[1] // BLOCK)
    shuffled = np.zeros_like(asked)
    for trait, row in enumerate(changes):
        order = rng.permutation(blocks)
        moved = np.concatenate([row[block * BLOCK : (block + 1) * BLOCK] for block in order])
        shuffled[trait, 1:] = moved.cumsum()
    return shuffled


def _describe(search: Search, kept: pl.DataFrame, *, limit: float) -> pl.DataFrame:
    """Bands of lag, of fit, and of the years there that resemble the last year here."""
    told = []
    for row in kept.to_dicts():
        number = search.regions.index(row["region"])
        known = [search.traits.index(trait) for trait in row["traits"]]
        size = search.asked.shape[1]
        every = measure_all(search.library[number][known][None], query=search.asked[known], band=search.band)[0]
        every = every / np.sqrt(size * len(known))
        start = row["first"] - search.first_year
        low, high = _stretch(every, start, most=NEAR * row["fit"] + 1e-12)
        window = search.library[number][known][:, start : start + size]
        path = align(search.asked[known], window, band=search.band)
        recent = path[path[:, 0] >= size - max(3, size // 4)]
        ahead = recent[:, 1] - recent[:, 0]
        missing = row["all"] - row["known"]
        far = max(limit if np.isfinite(limit) else row["fit"], row["fit"])
        parts = (row["known"] * row["fit"] ** 2, missing * far**2)
        lows = {"low_lag": row["lag"] - (high - start), "high_lag": row["lag"] + (start - low)}
        lows |= {"low_fit": float(np.sqrt(parts[0] / row["all"])), "high_fit": float(np.sqrt(sum(parts) / row["all"]))}
        now = {"now": row["last"], "low_now": row["last"] - (start - low) + min(0, int(ahead.min()))}
        now |= {"high_now": row["last"] + (high - start) + max(0, int(ahead.max()))}
        told.append({name: value for name, value in row.items() if name not in {"known", "all"}} | lows | now)
    return pl.DataFrame(told)


def _stretch(every: Floats, start: int, *, most: float) -> tuple[int, int]:
    """First and last window around the nearest one that fit nearly as well without a gap."""
    low = high = start
    while low > 0 and every[low - 1] <= most:
        low -= 1
    while high + 1 < len(every) and every[high + 1] <= most:
        high += 1
    return low, high


def vary(query: Query, traits: Sequence[str]) -> list[Query]:
    """The same question asked a little otherwise: one trait less, one counted double, other windows, other bands."""
    size = query.last - query.first + 1
    asked = replace(query, traits=tuple(traits), weights=None)
    fewer = (
        [replace(asked, traits=tuple(kept for kept in traits if kept != trait)) for trait in traits] if len(traits) > 1 else []
    )
    double = [replace(asked, weights=tuple(2.0 if kept == trait else 1.0 for kept in traits)) for trait in traits]
    shorter = [(2, 0), (0, 2), (4, 0)] if size - 4 >= LEAST_YEARS else []
    windows = [replace(asked, first=query.first + left, last=query.last - right) for left, right in shorter]
    bands = [replace(asked, band=max(1, round(size * share))) for share in (BAND_SHARE / 2, BAND_SHARE * 1.5)]
    return list(chain(fewer, double if len(traits) > 1 else [], windows, bands))


def _hold(paths: Paths, query: Query, kept: pl.DataFrame, *, engine: str) -> list[float]:
    """In which share of the variations each region is still among the k, with an overlapping period."""
    traits = prepare(paths, query).traits
    periods = [(row["region"], row["first"], row["last"]) for row in kept.to_dicts()]
    stays = np.zeros(len(periods))
    varied = vary(query, traits)
    for other in varied:
        found = {row["region"]: row for row in _search(prepare(paths, other), other, k=query.k, engine=engine).to_dicts()}
        for number, (region, first, last) in enumerate(periods):
            row = found.get(region)
            stays[number] += row is not None and row["first"] <= last and first <= row["last"]
    share: list[float] = (stays / max(len(varied), 1)).tolist()
    return share


def align_peaks(paths: Paths, *, query: Query, trait: str = "industry") -> pl.DataFrame:
    """The plain alternative: regions at the same distance from the peak of a trait, each as a share of its own peak.

    Parameters
    ----------
    paths, query
        As for :func:`find_analogues`; only values up to the end of the window are used for the region itself.
    trait
        What peaks.

    Returns
    -------
    region, peak_year, years (since the peak that both know), year (there that lies as long after its peak), gap (mean points
    apart, each peak = 100), nearest k first. Empty where the region's own peak is not known or lies in the last year.
    """
    schema = {"region": pl.String, "peak_year": pl.Int64, "years": pl.Int64, "year": pl.Int64, "gap": pl.Float64}
    if query.region not in paths.regions or trait not in paths.traits:
        return pl.DataFrame(schema=schema)
    at = paths.traits.index(trait)
    last = query.last - paths.first_year + 1
    own = paths.values[paths.regions.index(query.region), at, :last]
    if not np.isfinite(own).any() or (size := len(own) - 1 - int(np.nanargmax(own))) < 3 or not np.isfinite(own[-1]):
        return pl.DataFrame(schema=schema)
    fall = own[-size - 1 :] / np.nanmax(own)
    told = []
    for number, region in enumerate(paths.regions):
        line = paths.values[number, at, : max(last - query.least_lag, 0)]
        if region == query.region or not np.isfinite(line).any():
            continue
        peak = int(np.nanargmax(line))
        there = line[peak : peak + size + 1] / line[peak]
        if len(there) == size + 1 and np.isfinite(there).all():
            year = paths.first_year + peak
            gap = float(100 * np.nanmean(np.abs(there - fall)))
            told.append({"region": region, "peak_year": year, "years": size, "year": year + size, "gap": gap})
    return pl.DataFrame(told, schema=schema).sort("gap", "region").head(query.k)


def _refuse(query: Query, nearest: pl.DataFrame, limit: float) -> Finding:
    facts: dict[str, Any] = {"region": query.region, "first": query.first, "last": query.last, "nearest": None, "fit": None}
    if nearest.height:
        row = nearest.row(0, named=True)
        facts |= {"nearest": f"{row['region']} {row['first']}-{row['last']}", "fit": round(100 * row["fit"], 1)}
    return Finding(Code.ANALOGUE_NOTHING_FITS, facts | {"limit": round(100 * limit, 1) if np.isfinite(limit) else None})


def _without_path(paths: Paths, query: Query) -> Finding:
    years = paths.points.filter(pl.col("region") == query.region)["year"]
    known = "-".join(str(year) for year in (years.sort()[0], years.sort()[-1])) if years.len() else None
    return Finding(Code.REGION_WITHOUT_PATH, {"region": query.region, "first": query.first, "last": query.last, "known": known})
