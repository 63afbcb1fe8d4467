"""Which statements belong together, by their topics and their words, and what marks each group?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

FEWEST = 6
"""Below six statements nothing is grouped. [P]"""
MOST_GROUPS = 8
SAMPLES = 40
"""Draws behind the limit of chance, and behind the stability. [P]"""
SHARE_DRAWN = 0.8
CHANCE = 90
"""A grouping must be clearer than nine in ten groupings of shuffled statements. [P]"""
TOLD = ("told", "too_few", "no_groups")


@dataclass(frozen=True)
class Merge:
    """Two groups become one at a distance; numbers below the count of statements are statements, further ones earlier merges."""

    left: int
    right: int
    distance: float


@dataclass(frozen=True)
class Clusters:
    """Statements in groups.

    Parameters
    ----------
    members
        statement, cluster (from 1; null where there are no groups), place in the order of the picture from 0.
    groups
        cluster, statements, stability: share of statements that stay together when a fifth of all is left out, on average.
    merges
        How the groups came together, nearest first.
    clearness, limit
        Mean silhouette of the grouping, and what nine in ten shuffled ones stay below; None where not computed.
    told
        ``told``, ``too_few`` statements, or ``no_groups``: not clearer than chance.
    """

    members: pl.DataFrame
    groups: pl.DataFrame
    merges: tuple[Merge, ...]
    clearness: float | None
    limit: float | None
    told: str


def cluster_statements(statements: Sequence[str], *, codes: Matrix, vectors: Matrix | None = None, seed: int = 0) -> Clusters:
    """Group statements that are near to each other.

    Parameters
    ----------
    statements
        One key per statement.
    codes
        Statements by topics: 1 where the topic is present.
    vectors
        Statements by words, or by numbers of their meaning; the angle between two counts. None: topics alone.
    seed
        Of the shuffles behind the limit and of the samples behind the stability.

    Returns
    -------
    A :class:`Clusters`. Distance: one minus the share of topics two statements have in common (Jaccard), in half with one minus
    the cosine of their vectors. Groups: average linkage, cut where the mean silhouette is highest, at most eight. No groups
    are told below six statements, nor where topics and words shuffled among the statements are as clear one time in ten. The
    answer does not hang on the order of the statements.

    References
    ----------
    Sokal and Michener (1958), A statistical method for evaluating systematic relationships (average linkage). Rousseeuw (1987),
    Silhouettes, Journal of Computational and Applied Mathematics 20, 53-65. Hennig (2007), Cluster-wise assessment of cluster
    stability, Computational Statistics and Data Analysis 52, 258-271.

    Examples
    --------
    >>> codes = np.array([[1, 0], [1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1], [0, 1]], dtype=float)
    >>> found = cluster_statements(list("abcdefgh"), codes=codes)
    >>> found.told, found.members.sort("statement")["cluster"].to_list()
    ('told', [1, 1, 1, 1, 2, 2, 2, 2])
    """
    order = sorted(range(len(statements)), key=lambda one: statements[one])
    names, codes = [statements[one] for one in order], np.asarray(codes, dtype=float)[order]
    vectors = None if vectors is None else np.asarray(vectors, dtype=float)[order]
    if len(names) < FEWEST:
        return _untold(names, "too_few")
    apart = measure_distances(codes, vectors)
    merges = _merge(apart)
    labels, clearness = _cut(apart, merges)
    draws = np.random.default_rng(seed)
    limit = _limit_of_chance(codes, vectors, draws=draws)
    if clearness <= limit:
        return _untold(names, "no_groups", merges=merges, clearness=clearness, limit=limit)
    places = _order_leaves(merges, len(names))
    numbers = _number_groups(labels, places)
    members = _members(names, [numbers[label] for label in labels], places)
    stability = _find_stability(apart, labels, draws=draws)
    rows = [(numbers[label], int((labels == label).sum()), stability[label]) for label in numbers]
    groups = pl.DataFrame(rows, schema=_GROUPS, orient="row").sort("cluster")
    return Clusters(members, groups, merges, clearness, limit, "told")


def measure_distances(codes: Matrix, vectors: Matrix | None = None) -> Matrix:
    """How far statements are from each other, 0 to 1; see :func:`cluster_statements`.

    >>> measure_distances(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]])).round(2).tolist()
    [[0.0, 0.5, 1.0], [0.5, 0.0, 1.0], [1.0, 1.0, 0.0]]
    """
    both = codes @ codes.T
    sizes = codes.sum(axis=1)
    either = sizes[:, None] + sizes[None, :] - both
    apart: Matrix = 1.0 - np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    if vectors is not None:
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
        apart = (apart + np.clip(1.0 - unit @ unit.T, 0.0, 1.0)) / 2
    apart = np.round((apart + apart.T) / 2, 12)  # equal distances stay equal, however they were added up
    np.fill_diagonal(apart, 0.0)
    return apart


def mark_clusters(members: pl.DataFrame, traits: pl.DataFrame, *, most: int = 5) -> pl.DataFrame:
    """What is said more in a group than elsewhere: topics, words.

    Parameters
    ----------
    members
        statement, cluster.
    traits
        statement, kind, trait: one row per trait that a statement has.
    most
        Traits of each kind and group.

    Returns
    -------
    cluster, kind, trait, inside, size, outside, others: in how many statements of the group of ``size``, in how many of the
    ``others``; only traits with at least two statements inside whose share is above that outside, the clearest first.
    """
    sizes = members.group_by("cluster").agg(pl.len().alias("size"))
    everywhere = traits.unique().join(members.select("statement", "cluster"), on="statement")
    inside = everywhere.group_by("cluster", "kind", "trait").agg(pl.len().alias("inside"))
    found = (
        inside.join(everywhere.group_by("kind", "trait").agg(pl.len().alias("all")), on=["kind", "trait"])
        .join(sizes, on="cluster")
        .with_columns((pl.col("all") - pl.col("inside")).alias("outside"), (members.height - pl.col("size")).alias("others"))
        .with_columns(
            (pl.col("inside") / pl.col("size") - (pl.col("outside") / pl.max_horizontal("others", pl.lit(1)))).alias("more")
        )
        .filter((pl.col("inside") >= 2) & (pl.col("more") > 0))
        .sort("cluster", "kind", "more", "trait", descending=[False, False, True, False])
    )
    return found.group_by("cluster", "kind", maintain_order=True).head(most).select(
        "cluster", "kind", "trait", "inside", "size", "outside", "others"
    )  # fmt: skip


_GROUPS = {"cluster": pl.Int64, "statements": pl.Int64, "stability": pl.Float64}


def _untold(names: list[str], told: str, *, merges: tuple[Merge, ...] = (), **more: float) -> Clusters:
    places = _order_leaves(merges, len(names)) if merges else list(range(len(names)))
    members = _members(names, [None] * len(names), places)
    return Clusters(members, pl.DataFrame(schema=_GROUPS), merges, more.get("clearness"), more.get("limit"), told)


def _members(names: list[str], clusters: Sequence[int | None], places: list[int]) -> pl.DataFrame:
    at = {leaf: place for place, leaf in enumerate(places)}
    rows = [(name, cluster, at[number]) for number, (name, cluster) in enumerate(zip(names, clusters, strict=True))]
    schema = {"statement": pl.String, "cluster": pl.Int64, "place": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("place")


def _merge(apart: Matrix) -> tuple[Merge, ...]:
    """Average linkage; of equally near pairs the one of the earliest statements goes first."""
    count = len(apart)
    near = apart.copy()
    np.fill_diagonal(near, np.inf)
    numbers, sizes, found = list(range(count)), np.ones(count), []
    for step in range(count - 1):
        one, other = divmod(int(near.argmin()), count)
        found.append(Merge(numbers[one], numbers[other], float(near[one, other])))
        joint = np.round((sizes[one] * near[one] + sizes[other] * near[other]) / (sizes[one] + sizes[other]), 12)
        near[one], near[:, one] = joint, joint
        near[one, one] = np.inf
        near[other], near[:, other] = np.inf, np.inf
        sizes[one] += sizes[other]
        numbers[one] = count + step
    return tuple(found)


def _labels_at(merges: tuple[Merge, ...], count: int, *, groups: int) -> NDArray[np.int64]:
    inside = {number: [number] for number in range(count)}
    for step, merge in enumerate(merges[: count - groups]):
        inside[count + step] = inside.pop(merge.left) + inside.pop(merge.right)
    labels = np.zeros(count, dtype=np.int64)
    for label, leaves in enumerate(sorted(inside.values(), key=min)):
        labels[leaves] = label
    return labels


def _cut(apart: Matrix, merges: tuple[Merge, ...]) -> tuple[NDArray[np.int64], float]:
    """The grouping with the highest mean silhouette; of equally clear ones that with fewer groups."""
    count = len(apart)
    tried = [_labels_at(merges, count, groups=groups) for groups in range(2, max(2, min(MOST_GROUPS, count // 2)) + 1)]
    clear = [_silhouette(apart, labels) for labels in tried]
    chosen = max(range(len(tried)), key=lambda one: (round(clear[one], 9), -one))
    return tried[chosen], clear[chosen]


def _silhouette(apart: Matrix, labels: NDArray[np.int64]) -> float:
    inside = np.eye(labels.max() + 1)[labels]
    sizes = inside.sum(axis=0)
    sums = apart @ inside
    own_size = sizes[labels]
    own = np.divide(sums[np.arange(len(labels)), labels], own_size - 1, out=np.zeros(len(labels)), where=own_size > 1)
    means = sums / sizes
    means[np.arange(len(labels)), labels] = np.inf
    other = means.min(axis=1)
    largest = np.maximum(own, other)
    widths = np.divide(other - own, largest, out=np.zeros(len(labels)), where=largest > 0)
    return float(np.where(own_size > 1, widths, 0.0).mean())


def _limit_of_chance(codes: Matrix, vectors: Matrix | None, *, draws: np.random.Generator) -> float:
    """How clear groups of shuffled statements are: topics keep how often they occur, texts are dealt out anew."""
    found = []
    for _ in range(SAMPLES):
        shuffled = draws.permuted(codes, axis=0)
        dealt = None if vectors is None else vectors[draws.permutation(len(vectors))]
        apart = measure_distances(shuffled, dealt)
        found.append(_cut(apart, _merge(apart))[1])
    return float(np.percentile(found, CHANCE))


def _find_stability(apart: Matrix, labels: NDArray[np.int64], *, draws: np.random.Generator) -> dict[int, float]:
    count, groups = len(apart), int(labels.max()) + 1
    found: dict[int, list[float]] = {label: [] for label in range(groups)}
    for _ in range(SAMPLES):
        kept = np.sort(draws.choice(count, size=max(groups + 1, int(count * SHARE_DRAWN)), replace=False))
        part = apart[np.ix_(kept, kept)]
        again = _labels_at(_merge(part), len(kept), groups=min(groups, len(kept)))
        for label, values in found.items():
            own = labels[kept] == label
            if own.any():
                alike = [(own & (again == one)).sum() / (own | (again == one)).sum() for one in range(int(again.max()) + 1)]
                values.append(float(max(alike)))
    return {label: float(np.mean(values)) if values else 0.0 for label, values in found.items()}


def _order_leaves(merges: tuple[Merge, ...], count: int) -> list[int]:
    """Statements in an order in which no lines of the picture cross."""
    inside = {number: [number] for number in range(count)}
    for step, merge in enumerate(merges):
        one, other = sorted((inside.pop(merge.left), inside.pop(merge.right)), key=min)
        inside[count + step] = one + other
    return inside[2 * count - 2] if count > 1 else [0] * count


def _number_groups(labels: NDArray[np.int64], places: list[int]) -> dict[int, int]:
    """Groups are numbered from 1 in the order of the picture."""
    return {label: number for number, label in enumerate(dict.fromkeys(int(labels[leaf]) for leaf in places), start=1)}
