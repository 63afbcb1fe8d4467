"""LMDI-I of many cities: ours beside plain NumPy and a loop in Python."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.race import OURS, Contest
from citytandem.science.kernels.lmdi import decompose_change


def generate(cities: int, *, terms: int = 20, factors: int = 4, seed: int = 20261122):
    """Two years of positive factors, changed by about 30 %; every thousandth value did not change."""
    rng = np.random.default_rng(seed)
    start = rng.lognormal(size=(factors, cities, terms))
    end = start * rng.lognormal(0.0, 0.3, size=start.shape) ** (rng.random(start.shape) > 0.001)
    return start, end


def by_numpy(start, end):
    logs = np.log(end / start)
    before, after = start.prod(axis=0), end.prod(axis=0)
    change = np.log(after / before)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(change == 0.0, before, (after - before) / change)
    return (logs * weight).sum(axis=2).T


def by_python(start, end):
    factors, cities, terms = start.shape
    old, new = start.tolist(), end.tolist()
    effects = [[0.0] * factors for _ in range(cities)]
    for city in range(cities):
        for term in range(terms):
            before = math.prod(old[f][city][term] for f in range(factors))
            after = math.prod(new[f][city][term] for f in range(factors))
            weight = before if before == after else (after - before) / math.log(after / before)
            for f in range(factors):
                effects[city][f] += weight * math.log(new[f][city][term] / old[f][city][term])
    return np.array(effects)


def agree(ours, theirs, name):
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9 * np.abs(ours).max(), err_msg=name)


def contests(scale: float) -> list[Contest]:
    cities = max(50, int(30_000 * scale))
    start, end = generate(cities)
    return [
        Contest(
            "LMDI-I, additive",
            f"{cities:,} cities x 20 terms x 4 factors",
            {
                OURS: lambda: decompose_change(start, end, engine="compiled"),
                "NumPy": lambda: by_numpy(start, end),
                "Python loop": lambda: by_python(start, end),
            },
            agree,
            "each effect within 1e-9 of the largest",
            {"NumPy": 5.0},
        )
    ]
