"""What no timetable can avoid is never more than the best plan loses, and it is found by trying every set."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute
from citytandem.science.exchange.agenda import plan_agenda
from citytandem.science.exchange.agenda_instance import prepare_instance
from citytandem.science.exchange.agenda_plan import start_draft
from tests.science import agendas as make

pytest.importorskip("numba", reason="the extra `bulk` is not installed")

SHAPES = (
    {"sessions": 5, "people": 8, "per_day": 3, "rooms": 3, "seats": 9},
    {"sessions": 4, "people": 8, "per_day": 4, "rooms": 3, "seats": 9, "lunch": (1, 2), "trips": 2},
    {"sessions": 3, "people": 6, "per_day": 4, "rooms": 3, "seats": 9, "lunch": (1, 2), "trips": 3, "wishes": 4},
    {"sessions": 5, "people": 8, "per_day": 5, "rooms": 2, "seats": 9, "lunch": (2,)},
)


def _bound(instance, *, level):
    from citytandem.science.exchange.agenda_clash import bound_clashes

    return bound_clashes(instance, level=level, places=start_draft(instance, before=None, seconds=1, seed=1).places)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=10_000))
def test_no_plan_loses_less_than_the_clashes_nobody_can_avoid(shape, seed):
    problem = make.draw(seed, **shape)
    try:
        plan = plan_agenda(problem)
    except CannotCompute:
        return
    instance = prepare_instance(problem)
    lost = sum(1000 - round(1000 * share) for share in plan.served.get_column("share").drop_nulls())

    assert 0 <= _bound(instance, level=0) <= lost
    assert _bound(instance, level=round(1000 * (plan.worst_share or 0))) <= lost


def test_two_talks_in_one_slot_cost_everyone_who_wants_both_the_lesser():
    problem = make.problem(
        [make.session("a"), make.session("b")],
        rooms=[make.room("r"), make.room("q")],
        times=make.slots(per_day=1),
        people=[make.person("ana"), make.person("bo")],
        wishes=[("ana", "a", 1), ("ana", "b", 2), ("bo", "b", 1)],
    )

    assert _bound(prepare_instance(problem), level=0) == 333


def test_two_talks_at_lunch_leave_no_lunch_and_count_as_a_clash():
    problem = make.problem(
        [make.session("a"), make.session("b")],
        times=make.slots(per_day=2, lunch=(0, 1)),
        people=[make.person("ana")],
        wishes=[("ana", "a", 1), ("ana", "b", 2)],
    )

    assert _bound(prepare_instance(problem), level=0) == 333


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("lunch", [False, True])
@pytest.mark.parametrize("level", [0, 600])
def test_the_most_a_set_is_worth_is_the_most_of_all_sets(seed, lunch, level):
    import numpy as np

    from citytandem.science.exchange.agenda_clash import _list_rows, lost_in_set
    from citytandem.science.kernels.compiled.patterns import find_sets

    instance = prepare_instance(make.draw(seed, sessions=7, people=12, per_day=9, rooms=2, lunch=(3, 4), trips=2))
    rows = _list_rows(instance, parts=[4] * 9, level=level, lunch=lunch)
    prices = np.random.default_rng(seed).integers(0, 6000, 9)
    every = [chosen for chosen in chain.from_iterable(combinations(range(9), n) for n in range(10)) if _may(rows, chosen)]
    worth = {chosen: int(prices[list(chosen)].sum()) - lost_in_set(rows, chosen) for chosen in every}
    most, sets = find_sets(rows, prices, 0, 100_000, 50)
    cut, _ = find_sets(rows, prices, 0, 3, 50)

    assert most == max(0, *worth.values())
    assert cut >= most
    assert all(worth[tuple(np.flatnonzero(chosen).tolist())] > 0 for chosen in sets)


def _may(rows, chosen):
    """Does nobody lose too much, and stand all apart that must?"""
    if any(rows.apart[one, other] for one, other in combinations(chosen, 2)):
        return False
    whole = rows._replace(part=rows.whole)
    people = range(len(rows.slack))
    alone = {
        p: [n for s in chosen for n in range(rows.first_wisher[s], rows.first_wisher[s + 1]) if rows.wisher[n] == p]
        for p in people
    }
    busy = {int(p) for s in chosen for p in rows.host[rows.first_host[s] : rows.first_host[s + 1]]}
    for person, own in alone.items():
        points = [int(whole.part[n]) for n in own]
        if points and sum(points) - (0 if person in busy else max(points)) > rows.slack[person]:
            return False
    return True
