"""Does structure explain emissions at all? Back-tests on cities held out, and a control with shuffled emissions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from citytandem.science.benchmark.expected import expect, explained_share, learnable, ridge
from citytandem.science.benchmark.peers import CUTOFF, NEEDED, USUAL, similarity
from citytandem.science.benchmark.prepare import COLUMN, Prepared, Window
from citytandem.science.benchmark.structure import Floats

FOLDS = 5
FEWEST = 20
TESTED = ("households", "buildings", "industry", "stationary", "transport", "waste", "core_no_industry", "core")
GUESSES = ("structure_peers", "population_peers", "all_countries_peers", "ridge")


def negative_control(prepared: Prepared, *, year: int, seed: int, draws: int = 20) -> pl.DataFrame:
    """Share of variance the expected-value model explains on held-out cities, as published and with outcomes shuffled.

    Parameters
    ----------
    prepared
        A release.
    year
        Cities with a balance within three years of it.
    seed, draws
        Shuffles among all cities with the outcome.

    Returns
    -------
    One row per outcome: ``outcome``, ``n``, ``explained``, and ``shuffled_mean``, ``shuffled_most`` over the shuffles. With the
    outcomes shuffled nothing can be explained, so both must be about zero or below.
    """
    window = prepared.window(year)
    random = np.random.default_rng(seed)
    rows = []
    for outcome in TESTED:
        value = prepared.value[window.rows, COLUMN[outcome]]
        at = learnable(value)
        if at.size < FEWEST:
            continue
        target = np.log(value[at])
        shuffled = [ridge(window.design[at], target=random.permutation(target)).explained for _ in range(draws)]
        found = expect(window.design, value=value, families=window.families)
        rows.append((outcome, at.size, None if found is None else found.explained, float(np.mean(shuffled)), max(shuffled)))
    names = ("outcome", "n", "explained", "shuffled_mean", "shuffled_most")
    return pl.DataFrame(rows, schema=dict(zip(names, [pl.String, pl.Int64, *[pl.Float64] * 3], strict=True)), orient="row")


def back_test(prepared: Prepared, *, year: int, seed: int, question: str = "overall") -> pl.DataFrame:
    """How well do others guess the emissions per head of cities held out, against the mean of their country?

    Cities are dealt into five parts; those of one part are guessed from the other four: by the mean of their country (the
    baseline), by the similarity-weighted mean of their structure peers in their country, of their nearest by population alone,
    of structure peers in all countries, and by ridge regression.

    Parameters
    ----------
    prepared
        A release.
    year
        Cities with a balance within three years of it.
    seed
        Deals the cities.
    question
        Whose profile of structure is used.

    Returns
    -------
    One row per country, outcome and guess: ``country``, ``outcome``, ``n`` (cities guessed by all of them), ``guess``, and
    ``explained``: one less its squared error over that of the country mean. Below zero it is worse than the mean.
    """
    window = prepared.window(year)
    fold = np.random.default_rng(seed).integers(FOLDS, size=len(window.rows))
    apart = _distances(prepared, window, question)
    alone = _population_gaps(window)
    families = np.array(window.families)
    frames = []
    for outcome in TESTED:
        value = prepared.value[window.rows, COLUMN[outcome]]
        guesses = _guesses(window, value=value, fold=fold, apart=apart, alone=alone)
        frames += _scores(outcome, value=value, guesses=guesses, families=families)
    schema = {"country": pl.String, "outcome": pl.String, "n": pl.Int64, "guess": pl.String, "explained": pl.Float64}
    return pl.DataFrame(frames, schema=schema, orient="row").sort("country", "outcome", "guess")


def _scores(
    outcome: str, *, value: Floats, guesses: dict[str, Floats], families: NDArray[np.str_]
) -> list[tuple[str, str, int, str, float]]:
    rows = []
    told = ~np.isnan(np.stack([value, *guesses.values()])).any(axis=0)
    for country in sorted(set(families[told])):
        here = told & (families == country)
        if here.sum() < FEWEST:
            continue
        base = guesses["country_mean"][here]
        for name in GUESSES:
            share = explained_share(value[here], predicted=guesses[name][here], baseline=base)
            rows.append((str(country), outcome, int(here.sum()), name, share))
    return rows


def _distances(prepared: Prepared, window: Window, question: str) -> Floats:
    """Distance in structure between all pairs of cities of the window."""
    found = window.features
    profile = prepared.profiles[question]
    weights = np.array([profile.get(name, 0.0) for name in found.variables]) * found.usable
    return np.stack([found.unlikeness(city) @ (weights / weights.sum()) for city in found.cities])


def _population_gaps(window: Window) -> Floats:
    column = window.features.variables.index("population")
    size = window.features.scaled[:, column]
    return np.abs(size[:, None] - size[None, :])


def _guesses(window: Window, *, value: Floats, fold: NDArray[np.int64], apart: Floats, alone: Floats) -> dict[str, Floats]:
    families = np.array(window.families)
    found = {name: np.full(value.size, np.nan) for name in ("country_mean", *GUESSES)}
    for part in range(FOLDS):
        known = ~np.isnan(value) & (fold != part)
        guessed = np.flatnonzero(~np.isnan(value) & (fold == part))
        model = learnable(np.where(known, value, np.nan))
        if model.size < FEWEST:
            continue
        fit = ridge(window.design[model], target=np.log(value[model]))
        # the mean of the logarithms is below the logarithm of the mean; the smearing factor of Duan (1983) makes up for it
        smear = float(np.exp(fit.held_out_error).mean())
        found["ridge"][guessed] = np.exp(fit.predict(window.design[guessed])) * smear
        for at in guessed:
            home = np.flatnonzero(known & (families == families[at]))
            if home.size < NEEDED:
                continue
            found["country_mean"][at] = value[home].mean()
            found["structure_peers"][at] = _peer_mean(value, apart[at], among=home, cutoff=CUTOFF)
            found["population_peers"][at] = _peer_mean(value, alone[at], among=home, cutoff=np.inf)
            found["all_countries_peers"][at] = _peer_mean(value, apart[at], among=np.flatnonzero(known), cutoff=CUTOFF)
    return found


def _peer_mean(value: Floats, distance: Floats, *, among: NDArray[np.int64], cutoff: float) -> float:
    """The similarity-weighted mean of the nearest twelve within the cut-off; unknown with fewer than five."""
    near = among[np.argsort(distance[among], kind="stable")[:USUAL]]
    near = near[distance[near] <= cutoff]
    if near.size < NEEDED:
        return float("nan")
    return float(similarity(distance[near]) @ value[near])


def summary(found: pl.DataFrame, *, guesses: Sequence[str] = GUESSES) -> pl.DataFrame:
    """One row per country and outcome with a column per guess."""
    return found.pivot(on="guess", index=["country", "outcome", "n"], values="explained").select(
        "country", "outcome", "n", *guesses
    )
