"""Statements that belong together."""

import numpy as np
import polars as pl
import pytest

from citytandem.science.assessment.clusters import cluster_statements, mark_clusters, measure_distances

NAMES = [f"s{number:02d}" for number in range(15)]
THREE = np.repeat(np.eye(3), 5, axis=0)


def grouped(found):
    """The groups as sets of statements."""
    parts = found.members.partition_by("cluster")
    return sorted(sorted(part["statement"].to_list()) for part in parts)


def test_three_clear_groups_are_found_and_stay_together():
    found = cluster_statements(NAMES, codes=THREE)

    assert grouped(found) == [NAMES[:5], NAMES[5:10], NAMES[10:]]
    assert found.groups["stability"].to_list() == [1.0, 1.0, 1.0]
    assert found.clearness == pytest.approx(1.0)


def test_the_order_of_statements_does_not_matter():
    mixed = np.random.default_rng(4).permutation(15)
    found = cluster_statements([NAMES[one] for one in mixed], codes=THREE[mixed])

    assert found.members.equals(cluster_statements(NAMES, codes=THREE).members)


def test_statements_without_a_pattern_are_not_grouped():
    draws = np.random.default_rng(7)
    told = [cluster_statements(NAMES, codes=(draws.random((15, 6)) < 0.4).astype(float)).told for _ in range(10)]

    assert told.count("no_groups") >= 7


def test_few_statements_are_not_grouped():
    found = cluster_statements(NAMES[:4], codes=np.eye(4))

    assert (found.told, found.groups.height) == ("too_few", 0)
    assert found.members["cluster"].null_count() == 4


def test_a_statement_without_a_topic_goes_where_its_words_are():
    codes, vectors = THREE.copy(), np.repeat(np.eye(3), 5, axis=0)
    codes[0] = 0
    found = cluster_statements(NAMES, codes=codes, vectors=vectors)

    assert grouped(found) == [NAMES[:5], NAMES[5:10], NAMES[10:]]


def test_the_same_seed_gives_the_same_answer():
    draws = np.random.default_rng(2)
    codes = np.clip(THREE + (draws.random(THREE.shape) < 0.1), 0, 1)
    one, again = (cluster_statements(NAMES, codes=codes, seed=5) for _ in range(2))

    assert one.groups.equals(again.groups)
    assert (one.limit, one.merges) == (again.limit, again.merges)


def test_distances_lie_between_none_and_one_and_are_even():
    draws = np.random.default_rng(3)
    apart = measure_distances((draws.random((9, 4)) < 0.5).astype(float), draws.random((9, 5)))

    assert ((apart >= 0) & (apart <= 1)).all()
    assert (apart == apart.T).all()


def test_a_group_is_marked_by_what_is_said_there_and_not_elsewhere():
    members = pl.DataFrame({"statement": ["a", "b", "c", "d"], "cluster": [1, 1, 2, 2]})
    rows = [
        ("a", "topic", "land"),
        ("b", "topic", "land"),
        ("c", "topic", "jobs"),
        ("d", "topic", "jobs"),
        ("d", "topic", "land"),
    ]
    traits = pl.DataFrame(rows, schema=["statement", "kind", "trait"], orient="row")
    marks = mark_clusters(members, traits).rows()

    assert marks == [(1, "topic", "land", 2, 2, 1, 2), (2, "topic", "jobs", 2, 2, 0, 2)]
