"""Real answers rank nobody: their keys, and the order in which they name cities."""

import itertools

import polars as pl
import pytest

import citytandem as ct
from citytandem import buildings
from citytandem.tables.records import as_plain
from tests.walls.test_no_rank import NAMES

CITIES = ("Münster", "København", "横浜市", "Minneapolis")
BUILDING = "xingfubao-urumqi"


@pytest.fixture(scope="module")
def atlas():
    return ct.load()


@pytest.fixture(scope="module", params=CITIES)
def benchmark(request, atlas):
    return ct.benchmark(atlas, city=request.param)


@pytest.fixture(scope="module")
def partners(atlas):
    return ct.partners(atlas, city="Münster")


def test_no_key_of_an_answer_ranks(atlas, benchmark, partners):
    answers = [benchmark, partners, ct.balance(atlas, city="Münster"), ct.advise(atlas, city="Münster")]
    answers.append(ct.assess(atlas, framework="activity_2026", city="Münster"))
    answers.append(ct.analogues(atlas, region="Shanxi", window="2000-2022"))
    answers += [buildings.list_buildings(), buildings.show_building(BUILDING), buildings.compare_building(BUILDING)]
    keys = {key for answer in answers for key in _keys(as_plain(answer))}

    assert {"peer", "stability", "verdict"} <= keys
    assert sorted(key for key in keys if NAMES.search(key)) == []


def test_peers_are_named_by_likeness(benchmark):
    chosen = benchmark.peers.peer.filter(~pl.col("added"))

    assert chosen.height
    assert chosen["distance"].is_sorted()


def test_no_outcome_decides_the_order_of_peers(benchmark):
    named = benchmark.peers.peer["peer"].to_list()
    for _, rows in benchmark.strip.group_by("outcome", maintain_order=True):
        shown = rows["peer"].to_list()

        assert shown in ([peer for peer in named if peer in shown], sorted(shown))


def test_role_models_are_named_by_likeness(benchmark):
    for _, rows in benchmark.rolemodels.group_by("direction", maintain_order=True):
        assert rows["distance"].is_sorted()


def test_partners_are_named_by_tie_then_by_mutual_learning_then_by_likeness(partners):
    bands = {"both": 0, "gets_only": 1, "gives_only": 2}
    rows = partners.partners.iter_rows(named=True)
    order = [(row["tie"] is None, bands[row["reciprocity"]], -(row["similarity"] or 0.0)) for row in rows]

    assert order
    assert order == sorted(order)


def test_those_who_have_done_a_measure_are_named_by_likeness(atlas):
    done_by = ct.advise(atlas, city="Münster").done_by
    likeness = [rows["similarity"].drop_nulls() for _, rows in done_by.group_by("measure", maintain_order=True)]

    assert likeness
    assert all(found.is_sorted(descending=True) for found in likeness)


def test_those_who_are_judged_are_named_in_the_order_of_their_ids(atlas, tmp_path):
    form = tmp_path / "form.csv"
    rows = [f"{city},mobility,{level},figures" for city, level in (("Yantai", 4), ("Haimen", 1), ("Rizhao", 3))]
    form.write_text("\n".join(["city,criterion,level,evidence", *rows]), encoding="utf-8")
    found = ct.assess(atlas, framework="sino_german", answers=form)

    assert len(found.subjects) == len(rows)
    assert found.subjects == tuple(sorted(found.subjects))


def test_adding_a_city_by_hand_moves_nobodys_points(atlas):
    alone = ct.benchmark(atlas, city="Münster")
    stranger = next(city for city in atlas.balance["city"].unique().sort() if city not in set(alone.peers.peer["peer"]))
    joined = ct.benchmark(atlas, city="Münster", add=[stranger])

    assert joined.position.select("outcome", "points").equals(alone.position.select("outcome", "points"))


def _keys(answer):
    if isinstance(answer, dict):
        return {*answer, *itertools.chain.from_iterable(map(_keys, answer.values()))}
    if isinstance(answer, list):
        return set(itertools.chain.from_iterable(map(_keys, answer)))
    return set()
