"""Monte Carlo of city totals: ours beside NumPy."""

from __future__ import annotations

import numpy as np

from benchmarks.race import OURS, Contest
from citytandem.science.kernels.draws import draw_shared_totals, draw_totals


def generate(cities: int, *, cells: int = 50, seed: int = 20261122):
    rng = np.random.default_rng(seed)
    return rng.lognormal(3.0, 1.0, (cities, cells)), rng.uniform(0.02, 0.5, cells)


def by_numpy(values, relative_sd, draws, *, dtype, generator):
    """One city at a time, so that the draws stay in the cache."""
    rng = np.random.Generator(generator(1))
    spread = np.sqrt(np.log1p(relative_sd**2)).astype(dtype)[:, None]
    totals = np.empty((len(values), draws), dtype)
    for row, cells in enumerate(values.astype(dtype)):
        errors = np.exp(spread * rng.standard_normal((cells.size, draws), dtype) - spread * spread / 2)
        totals[row] = cells @ errors
    return totals


def shared_by_numpy_loop(amounts, errors):
    """Draw after draw: every amount times its factor's error, summed."""
    totals = np.empty((len(amounts), errors.shape[1]), np.float32)
    for draw in range(errors.shape[1]):
        totals[:, draw] = (amounts * errors[:, draw]).sum(axis=1)
    return totals


def agree_in_distribution(values, relative_sd):
    """Means within five standard errors in all but few cities, spreads within a few per cent."""
    mean, spread = values.sum(axis=1), np.sqrt(np.square(values * relative_sd).sum(axis=1))

    def agree(ours, theirs, name):
        for totals in (ours, theirs):
            error = (totals.mean(axis=1, dtype=np.float64) - mean) / (spread / np.sqrt(totals.shape[1]))
            assert np.abs(error).max() < 6.0, name
            assert abs(np.median(totals.std(axis=1) / spread) - 1.0) < 0.05, name

    return agree


def agree_on_shared(ours, theirs, name):
    if "independent" in name:  # another model of error: only the means are the same
        gap = ours.mean(axis=1, dtype=np.float64) / theirs.mean(axis=1, dtype=np.float64)
        assert abs(np.median(gap) - 1.0) < 0.05, name
    else:
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, err_msg=name)


def contests(scale: float) -> list[Contest]:
    cities, draws = max(20, int(3_200 * scale)), 1_000
    values, relative_sd = generate(cities)
    size = f"{cities:,} cities x 50 cells x {draws:,} draws"
    # the errors themselves: one city per factor, one tonne each
    errors = draw_shared_totals(np.eye(50), relative_sd, draws=draws, seed=1)
    single = values.astype(np.float32)
    double = {"dtype": np.float64, "generator": np.random.PCG64}
    return [
        Contest(
            "Monte Carlo, independent cells",
            size,
            {
                OURS: lambda: draw_totals(values, relative_sd, draws=draws, seed=1, engine="compiled"),
                "NumPy float64, PCG64": lambda: by_numpy(values, relative_sd, draws, **double),
                "NumPy float32, SFC64": lambda: by_numpy(values, relative_sd, draws, dtype=np.float32, generator=np.random.SFC64),
            },
            agree_in_distribution(values, relative_sd),
            "mean of every city within 6 standard errors of the truth, median spread within 5 %",
            {"NumPy float64, PCG64": 10.0},
        ),
        Contest(
            "Monte Carlo, errors shared by factor",
            size,
            {
                OURS: lambda: draw_shared_totals(values, relative_sd, draws=draws, seed=1),
                "NumPy, draw by draw": lambda: shared_by_numpy_loop(single, errors),
                "NumPy float64, independent cells": lambda: by_numpy(values, relative_sd, draws, **double),
            },
            agree_on_shared,
            "draw by draw within 1e-4 (single precision); independent cells is another model: means only",
            {"NumPy float64, independent cells": 500.0},
        ),
    ]
