"""Exact nearest neighbours of all cities: ours beside SciPy and scikit-learn."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.spatial import cKDTree
from sklearn.neighbors import NearestNeighbors

from benchmarks.race import OURS, Contest
from citytandem.atlas import load
from citytandem.science.kernels.neighbours import find_nearest


def generate(cities: int, *, columns: int = 12, hidden: int = 4, seed: int = 20261122):
    """Structure variables as they come: a few hidden causes and noise, each scaled to one."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(cities, hidden)) @ rng.normal(size=(hidden, columns))
    points += 0.5 * rng.normal(size=points.shape)
    return points / points.std(axis=0)


def load_real():
    """Population, degree days, density and place of every city of the release that has them all, scaled."""
    atlas = load()
    wide = (
        atlas.structure.group_by("city", "variable")
        .agg(pl.col("value").last())
        .pivot(on="variable", index="city", values="value")
        .join(atlas.city.select("city", "latitude", "longitude"), on="city")
        .select("population", "hdd", "cdd", "latitude", "longitude")
        .drop_nulls()
    )
    points = wide.to_numpy().astype(np.float64)
    points[:, 0] = np.log10(np.maximum(points[:, 0], 1.0))
    return (points - np.median(points, axis=0)) / points.std(axis=0)


def by_scipy(points, k):
    distances, rows = cKDTree(points).query(points, k=k + 1, workers=2)
    return rows, distances


def by_sklearn(points, k, algorithm):
    distances, rows = NearestNeighbors(n_neighbors=k, algorithm=algorithm, n_jobs=2).fit(points).kneighbors()
    return rows, distances


def agree_on(points):
    """Equal distances at every place; a set of rows may differ only where distances tie."""

    def agree(ours, theirs, name):
        rows, distances = ours
        their_rows, their_distances = theirs
        if their_rows.shape[1] > rows.shape[1]:  # a tree that also finds the row itself, first among ties
            their_distances = their_distances[:, 1:]
        # scikit-learn's brute force takes distances from a matrix product, which cancels near zero
        loose = 1e-6 if "brute" in name else 1e-9
        np.testing.assert_allclose(distances, their_distances, rtol=loose, atol=loose, err_msg=name)
        own = np.linalg.norm(points[:, None][:500] - points[rows[:500]], axis=2)
        np.testing.assert_allclose(own, distances[:500], rtol=1e-9, atol=1e-12)

    return agree


def contest(points, k, size, targets):
    return Contest(
        "Exact peers, all to all",
        size,
        {
            OURS: lambda: find_nearest(points, k=k, engine="compiled"),
            "SciPy cKDTree, 2 workers": lambda: by_scipy(points, k),
            "scikit-learn kd_tree, 2 jobs": lambda: by_sklearn(points, k, "kd_tree"),
            "scikit-learn brute, 2 jobs": lambda: by_sklearn(points, k, "brute"),
        },
        agree_on(points),
        "every distance within 1e-9 (brute 1e-6); rows differ only at ties",
        targets,
    )


def contests(scale: float) -> list[Contest]:
    cities = max(300, int(32_000 * scale))
    made = contest(generate(cities), 50, f"{cities:,} cities x 12 variables, k = 50", {"SciPy cKDTree, 2 workers": 3.0})
    real = load_real()
    real = real[:: max(1, round(1 / scale))]
    found = contest(real, 50, f"{len(real):,} places of the release x {real.shape[1]} variables, k = 50", {})
    return [made, found]
