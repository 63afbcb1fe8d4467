"""How far are first estimates off? Cities with published balances are held out and estimated as if they had none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from citytandem.science.benchmark.structure import Floats
from citytandem.science.estimate.answer import Material, Pool, learn
from citytandem.science.estimate.guess import BASES, Guess
from citytandem.science.estimate.interval import FEWEST
from citytandem.tables.results_benchmark import OUTCOMES

FOLDS = 20
"""Families with fewer cities are held out one city at a time."""
HELD_OUT = {
    "outcome": pl.String,
    "family": pl.String,
    "n": pl.Int64,
    "structure": pl.Float64,
    "covered": pl.Float64,
    "error": pl.Float64,
    "error_mean_alone": pl.Float64,
    "error_shuffled": pl.Float64,
    "width": pl.Float64,
}
COUNTRIES = {
    "outcome": pl.String,
    "countries": pl.Int64,
    "n": pl.Int64,
    "covered": pl.Float64,
    "covered_countries": pl.Float64,
    "error": pl.Float64,
    "width": pl.Float64,
}


def hold_out_cities(material: Material, *, year: int, seed: int) -> pl.DataFrame:
    """Estimate each twentieth of the cities from the others, with intervals, and compare with what they publish.

    Parameters
    ----------
    material
        From :func:`~citytandem.science.estimate.answer.gather`.
    year
        Year of the estimates.
    seed
        Deals the cities of each family into parts, and shuffles for the control.

    Returns
    -------
    One row per outcome and family (a country, or a state that is a family of its own) with at least five cities estimated:
    ``n`` cities, ``structure`` (share of guesses that stand on structure, not on the mean),
    ``covered`` (share within the 90 % interval), ``error`` (median of the absolute error as a share of the published
    figure), ``error_mean_alone`` (the same for the family's mean without structure), ``error_shuffled`` (the same where the model
    learns from figures shuffled within families), ``width`` (median of upper over lower end).
    """
    lesson, pool = learn(material, year=year)
    random = np.random.default_rng(seed)
    frames = []
    for outcome, ratio in _ratios(lesson, pool):
        families = np.array(pool.families(ratio))
        fold = _deal(ratio, families=families, random=random)
        found = _guess_folds(pool, ratio=ratio, fold=fold, outcome=outcome)
        mixed = _guess_folds(pool, ratio=_shuffle(ratio, families=families, random=random), fold=fold, outcome=outcome)
        mean = _mean_folds(ratio, families=families, fold=fold)
        for name in sorted(set(families)):
            here = (families == name) & ~np.isnan(ratio) & (found.basis != BASES[2]) & ~np.isnan(found.low)
            if here.sum() < FEWEST:
                continue
            others = [_error(guessed, ratio, here) for guessed in (mean, mixed.centre)]
            leaning = float((found.basis[here] == BASES[0]).mean())
            told = (leaning, _covered(found, ratio, here), _error(found.centre, ratio, here), *others, _width(found, here))
            frames.append((outcome, name, int(here.sum()), *told))
    return pl.DataFrame(frames, schema=HELD_OUT, orient="row")


def hold_out_countries(material: Material, *, year: int) -> pl.DataFrame:
    """Estimate the cities of each country as if none of them published, from its national total alone.

    Returns
    -------
    One row per outcome: how many ``countries`` and ``n`` cities were held out, ``covered`` (share of cities within the 90 %
    interval), ``covered_countries`` (the same with each country weighing one), ``error`` (median of the absolute error as a share
    of the published figure, each country weighing one), ``width``. Shares and width are null where too few countries publish the
    outcome to promise an interval, so that no estimate is given.
    """
    lesson, pool = learn(material, year=year)
    places = np.array(pool.countries)
    rows = []
    for outcome, ratio in _ratios(lesson, pool):
        known = ~np.isnan(ratio)
        names = sorted(set(places[known]))
        if len(names) < 2:
            continue
        held = _guess_nations(pool, ratio=ratio, places=places, names=names, outcome=outcome)
        by_country = [known & (places == name) for name in names]
        told = bool(np.isfinite(held.low[known]).all())
        rows.append(
            (
                outcome,
                len(names),
                int(known.sum()),
                _covered(held, ratio, known) if told else None,
                float(np.mean([_covered(held, ratio, here) for here in by_country])) if told else None,
                float(np.median([_error(held.centre, ratio, here) for here in by_country])),
                _width(held, known) if told else None,
            )
        )
    return pl.DataFrame(rows, schema=COUNTRIES, orient="row")


def _ratios(lesson: pl.DataFrame, pool: Pool) -> Iterator[tuple[str, Floats]]:
    for outcome in OUTCOMES:
        part = lesson.filter(pl.col("outcome") == outcome)
        if part.height:
            yield outcome, pool.spread(part, "ratio")


def _deal(ratio: Floats, *, families: NDArray[np.str_], random: np.random.Generator) -> NDArray[np.int64]:
    """The part of each city: each family is dealt out evenly."""
    fold = np.zeros(ratio.size, dtype=np.int64)
    for name in sorted(set(families)):
        here = np.flatnonzero((families == name) & ~np.isnan(ratio))
        fold[here] = random.permutation(here.size) % FOLDS
    return fold


def _guess_folds(pool: Pool, *, ratio: Floats, fold: NDArray[np.int64], outcome: str) -> Guess:
    """Of each city the guess made without its part."""
    parts = [pool.guess(np.where(fold == part, np.nan, ratio), outcome=outcome) for part in range(FOLDS)]
    return _pick(parts, fold)


def _guess_nations(pool: Pool, *, ratio: Floats, places: NDArray[np.str_], names: list[str], outcome: str) -> Guess:
    """Of each city the guess made without its country."""
    # without its country a city has no family: only the national part of the guess is left
    found = [pool.guess(np.where(places == name, np.nan, ratio), outcome=outcome) for name in names]
    number = {name: at for at, name in enumerate(names)}
    return _pick(found, np.array([number.get(place, 0) for place in places]))


def _pick(parts: list[Guess], which: NDArray[np.int64]) -> Guess:
    at = np.arange(which.size)

    def pick(name: str) -> NDArray[np.generic]:
        return np.stack([getattr(part, name) for part in parts])[which, at]

    return Guess(*(pick(name) for name in ("centre", "low", "high", "basis", "cities", "countries", "error", "local")))  # type: ignore[arg-type]


def _mean_folds(ratio: Floats, *, families: NDArray[np.str_], fold: NDArray[np.int64]) -> Floats:
    """Of each city the mean logarithm of its family in the other parts."""
    found = np.full(ratio.size, np.nan)
    for part in range(FOLDS):
        for name in set(families):
            taught = (families == name) & (fold != part) & ~np.isnan(ratio)
            if taught.any():
                found[(families == name) & (fold == part)] = np.log(ratio[taught]).mean()
    return found


def _shuffle(ratio: Floats, *, families: NDArray[np.str_], random: np.random.Generator) -> Floats:
    mixed = ratio.copy()
    for name in sorted(set(families)):
        here = np.flatnonzero((families == name) & ~np.isnan(ratio))
        mixed[here] = ratio[random.permutation(here)]
    return mixed


def _covered(found: Guess, ratio: Floats, here: NDArray[np.bool_]) -> float:
    value = np.log(ratio[here])
    return float(((found.low[here] <= value) & (value <= found.high[here])).mean())


def _error(centre: Floats, ratio: Floats, here: NDArray[np.bool_]) -> float:
    return float(np.nanmedian(np.abs(np.exp(centre[here]) / ratio[here] - 1)))


def _width(found: Guess, here: NDArray[np.bool_]) -> float:
    return float(np.median(np.exp(found.high[here] - found.low[here])))
