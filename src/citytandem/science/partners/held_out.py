"""Would the proposals have found the ties that real cities have? Ties are hidden, proposals made, and hits counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRSTS = (5, 10, 20)
"""Among so many proposals of a city a tie is looked for."""
INTERVAL = (0.05, 0.95)
Z = 1.6449
"""Nine in ten draws of a normal variable lie within so many standard deviations."""
NOT_PROPOSED = -np.inf


def count_hits(
    score: NDArray[np.float64], *, linked: NDArray[np.bool_], allowed: NDArray[np.bool_], firsts: tuple[int, ...] = FIRSTS
) -> NDArray[np.bool_]:
    """Does any tie of a city stand among its first proposals?

    Parameters
    ----------
    score
        Asking cities by cities of the pool: the higher, the earlier proposed; minus infinity is never proposed. Equal scores
        keep the order of the pool.
    linked
        The ties that were hidden; same shape.
    allowed
        Who may be proposed to whom; same shape. A city is never proposed to itself.
    firsts
        Lengths of the list.

    Returns
    -------
    One row per asking city, one column per length.

    Examples
    --------
    >>> score, linked = np.array([[0.9, 0.5, 0.1]]), np.array([[False, True, False]])
    >>> count_hits(score, linked=linked, allowed=np.ones((1, 3), bool), firsts=(1, 2)).tolist()
    [[False, True]]
    """
    open_ = np.where(allowed, score, NOT_PROPOSED)
    order = np.argsort(-open_, axis=1, kind="stable")[:, : max(firsts)]
    found = np.take_along_axis(linked, order, axis=1) & np.isfinite(np.take_along_axis(open_, order, axis=1))
    return np.stack([found[:, :first].any(axis=1) for first in firsts], axis=1)


def chance_of_hits(
    *,
    linked: NDArray[np.bool_],
    allowed: NDArray[np.bool_],
    longest: NDArray[np.int64] | None = None,
    firsts: tuple[int, ...] = FIRSTS,
) -> NDArray[np.float64]:
    """The share of all orders of the pool in which a tie of the city stands among the first; shape as of :func:`count_hits`.

    Exact: one less the product of (n - k - i) / (n - i) for i below the number of ties, of n allowed and k proposals.

    Parameters
    ----------
    linked, allowed, firsts
        As for :func:`count_hits`.
    longest
        How many proposals each asking city has, where its list is shorter than the first so many; all lists are full if None.
    """
    pool, ties = allowed.sum(axis=1), (linked & allowed).sum(axis=1)
    found = np.zeros((len(pool), len(firsts)))
    for column, first in enumerate(firsts):
        taken = np.full(len(pool), first) if longest is None else np.minimum(longest, first)
        for row, (n, k, length) in enumerate(zip(pool, ties, taken, strict=True)):
            steps = np.arange(k)
            found[row, column] = 1.0 - np.prod(np.clip((n - length - steps) / np.maximum(n - steps, 1), 0.0, 1.0))
    return found


def sum_up(hits: NDArray[np.bool_], *, firsts: tuple[int, ...] = FIRSTS) -> pl.DataFrame:
    """The share of cities with a hit, and its 90 % interval (Wilson 1927), which has a width also where nothing is found.

    Returns
    -------
    First (length of the list), share, low, high.
    """
    number, share = len(hits), hits.mean(axis=0)
    middle = share + Z**2 / (2 * number)
    half = Z * np.sqrt(share * (1 - share) / number + Z**2 / (4 * number**2))
    low, high = ((middle + sign * half) / (1 + Z**2 / number) for sign in (-1, 1))
    return pl.DataFrame({"first": list(firsts), "share": share, "low": low.clip(0.0, 1.0), "high": high.clip(0.0, 1.0)})


def sum_up_chance(chance: NDArray[np.float64], *, draws: int, seed: int, firsts: tuple[int, ...] = FIRSTS) -> pl.DataFrame:
    """What shuffled proposals find: the mean over all orders, and the range of nine in ten seeded shuffles of every list."""
    random = np.random.default_rng(seed).random((draws, *chance.shape))
    shares = (random < chance).mean(axis=1)
    low, high = np.quantile(shares, INTERVAL, axis=0)
    return pl.DataFrame({"first": list(firsts), "share": chance.mean(axis=0), "low": low, "high": high})


def score_by_leads(leads: pl.DataFrame, *, closeness: pl.DataFrame) -> pl.DataFrame:
    """The order of a search for partners without its ties, as one number: bands of mutual learning, then likeness.

    Parameters
    ----------
    leads
        Rows of ``learn_from_all``.
    closeness
        Learner, giver, similarity.

    Returns
    -------
    City, other, score: 3 where both sides have a firm lead, 2 where the city learns, 1 where only the other learns, plus
    the similarity (0 to 1, unknown 0). A pair without any lead has no row: it would not be proposed.
    """
    firm = (pl.col("strength").cast(pl.String) != "weak").any()
    folded = leads.group_by("learner", "giver").agg(firm.alias("firm"))
    gets = folded.select(pl.col("learner").alias("city"), pl.col("giver").alias("other"), pl.col("firm").alias("gets"))
    gives = folded.select(pl.col("giver").alias("city"), pl.col("learner").alias("other"), pl.col("firm").alias("gives"))
    both = gets.join(gives, on=["city", "other"], how="full", coalesce=True)
    mutual = (pl.col("gets") & pl.col("gives")).fill_null(value=False)
    band = pl.when(mutual).then(3).when(pl.col("gets").is_not_null()).then(2).otherwise(1)
    near = closeness.select(pl.col("learner").alias("city"), pl.col("giver").alias("other"), "similarity")
    scored = both.join(near, on=["city", "other"], how="left")
    # likeness of 1 must not lift a pair into the next band
    return scored.select("city", "other", (band + 0.999 * pl.col("similarity").fill_null(0.0)).alias("score"))
