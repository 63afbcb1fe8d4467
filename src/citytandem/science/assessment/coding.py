"""How far do two people agree who coded the same statements by the same topics, and where do they differ?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.science.assessment.kappa import find_kappa

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

FEWEST = 5
"""Below five statements that both coded, agreement is counted but no statistic is given. [P]"""
FEWEST_FOR_AN_INTERVAL = 10
DRAWS = 1_000
SIDES = (2.5, 97.5)
TOLD = ("told", "too_few", "one_sided")
"""``told``: there is a statistic; ``too_few`` statements; ``one_sided``: both gave every statement the same code, so that chance
explains it."""


@dataclass(frozen=True)
class Coding:
    """Agreement of two coders.

    Parameters
    ----------
    topics
        topic, statements, both, only_first, only_second, neither, observed, kappa, low, high, told: one row per topic, by name.
    differences
        statement, topic, first, second: what the two have to talk through.
    statements, pairs
        Statements that both coded, and pairs of statement and topic.
    alpha, low, high, told
        Krippendorff's alpha over all pairs with its 95 % interval.
    """

    topics: pl.DataFrame
    differences: pl.DataFrame
    statements: int
    pairs: int
    alpha: float | None
    low: float | None
    high: float | None
    told: str


def compare_coders(codes: pl.DataFrame, *, seed: int = 0) -> Coding:
    """How far two coders agree, by topic and in all.

    Parameters
    ----------
    codes
        One row per statement and topic that both considered: statement, topic, first, second; ``first`` and ``second`` say
        whether the topic is present for the first and the second coder.
    seed
        Of the draws of statements behind the interval of alpha.

    Returns
    -------
    A :class:`Coding`. By topic: Cohen's kappa on presence and absence with the interval of large samples, which is given from ten
    statements on. In all: Krippendorff's alpha for nominal values, all pairs of statement and topic taken together; its interval
    draws whole statements, as the codes of one statement hang together. Below five statements there is no statistic.

    References
    ----------
    Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 37-46.
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, whose examples A and B are reproduced by
    ``test_alpha_is_that_of_the_published_examples``.

    Examples
    --------
    >>> codes = pl.DataFrame({"statement": list("abcde"), "topic": ["land"] * 5,
    ...     "first": [True, True, False, False, True], "second": [True, True, False, False, False]})
    >>> found = compare_coders(codes)
    >>> round(found.topics["kappa"][0], 3), round(found.alpha, 3), found.differences["statement"].to_list()
    (0.615, 0.64, ['e'])
    """
    rows = codes.select("statement", "topic", pl.col("first", "second").cast(pl.Boolean)).sort("topic", "statement")
    kept = [_compare_topic(str(key[0]), part) for key, part in rows.partition_by("topic", as_dict=True).items()]
    topics = pl.DataFrame(kept, schema=_TOPICS, orient="row")
    count = rows["statement"].n_unique()
    alpha, low, high = _find_overall(rows, seed=seed) if count >= FEWEST else (None, None, None)
    told = "too_few" if count < FEWEST else "one_sided" if alpha is None else "told"
    differences = rows.filter(pl.col("first") != pl.col("second")).sort("statement", "topic")
    return Coding(topics, differences, count, rows.height, alpha, low, high, told)


def find_alpha(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Krippendorff's alpha of two coders for nominal values, every unit coded by both.

    Returns
    -------
    1 for full agreement, 0 for that of chance; None without units, or where only one value was ever given.

    Examples
    --------
    >>> round(find_alpha([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]), 3)
    0.095
    """
    values = Counter([*first, *second])
    count = sum(values.values())
    unlike = count * count - sum(number * number for number in values.values())
    if unlike == 0:
        return None
    apart = sum(one != other for one, other in zip(first, second, strict=True))
    return 1.0 - (count - 1) * 2.0 * apart / unlike


_TOPICS = {
    "topic": pl.String, "statements": pl.Int64, "both": pl.Int64, "only_first": pl.Int64, "only_second": pl.Int64,
    "neither": pl.Int64, "observed": pl.Float64, "kappa": pl.Float64, "low": pl.Float64, "high": pl.Float64, "told": pl.String,
}  # fmt: skip


def _compare_topic(topic: str, part: pl.DataFrame) -> tuple[object, ...]:
    first, second = part["first"].to_numpy(), part["second"].to_numpy()
    counts = [int(np.sum((first == one) & (second == other))) for one, other in ((1, 1), (1, 0), (0, 1), (0, 0))]
    observed = (counts[0] + counts[3]) / part.height
    if part.height < FEWEST:
        return (topic, part.height, *counts, observed, None, None, None, "too_few")
    found = find_kappa(np.array(counts, dtype=float).reshape(2, 2), weights=np.eye(2))
    told = "one_sided" if found.kappa is None else "told"
    return (topic, part.height, *counts, observed, found.kappa, found.low, found.high, told)


def _find_overall(rows: pl.DataFrame, *, seed: int) -> tuple[float | None, float | None, float | None]:
    """Alpha of all pairs, and its interval from drawing as many statements as there are, with return, again and again."""
    ones = (pl.col("first").cast(pl.Int64) + pl.col("second").cast(pl.Int64)).sum()
    counted = (pl.len(), (pl.col("first") != pl.col("second")).sum().alias("apart"), ones.alias("ones"))
    by_statement = rows.group_by("statement").agg(*counted).sort("statement").drop("statement").to_numpy().astype(float)
    alpha = _alpha_of(by_statement.sum(axis=0)[None, :])[0]
    if np.isnan(alpha):
        return None, None, None
    if len(by_statement) < FEWEST_FOR_AN_INTERVAL:
        return float(alpha), None, None
    chosen = np.random.default_rng(seed).integers(len(by_statement), size=(DRAWS, len(by_statement)))
    drawn = _alpha_of(by_statement[chosen].sum(axis=1))
    drawn = drawn[~np.isnan(drawn)]
    low, high = np.percentile(drawn, SIDES)
    if high - low < 1e-9:  # nothing varies, which does not mean that nothing is uncertain
        return float(alpha), None, None
    return float(alpha), float(low), float(high)


def _alpha_of(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Alpha of rows of pairs, pairs apart, and codes that say present."""
    pairs, apart, ones = totals.T
    zeros = 2 * pairs - ones
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(ones * zeros > 0, 1.0 - (2 * pairs - 1) * apart / (ones * zeros), np.nan)
