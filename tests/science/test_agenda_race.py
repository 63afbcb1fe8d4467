"""Two searches side by side give one plan, a valid one; and the bound at a level is one."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute
from citytandem.science.exchange.agenda import plan_agenda
from citytandem.science.exchange.agenda_bound import bound_person, bound_plan, bound_sum
from citytandem.science.exchange.agenda_draft import value_draft
from citytandem.science.exchange.agenda_instance import prepare_instance
from citytandem.science.exchange.agenda_plan import start_draft
from citytandem.science.exchange.agenda_search import Watch
from citytandem.tables import agenda as tables
from tests.science import agendas as make


def _crowd(seed):
    problem = make.draw(seed, sessions=12, people=40, wishes=4, rooms=4, per_day=8, seats=12, lunch=(3, 4), trips=2)
    return dataclasses.replace(problem, speakers=make.frame(tables.Speaker))


def _race(instance, *, seed):
    from citytandem.science.exchange.agenda_race import race_plans

    start = start_draft(instance, before=None, seconds=1, seed=seed)
    told = []
    best, struck = race_plans(
        instance, start=start, bounds=(1000, 10**9), seconds=0.5, seed=seed, watch=Watch(None, 0), tell=told.append
    )
    return start, best, told, struck


def test_two_searches_side_by_side_give_one_plan_and_never_a_worse_one():
    pytest.importorskip("numba", reason="the extra `bulk` is not installed")
    instance = prepare_instance(_crowd(3))
    start, best, told, struck = _race(instance, seed=5)
    _, again, _, _ = _race(instance, seed=5)
    worths = [draft.worth for draft in [start, *told]]

    assert not struck
    assert (best.places, best.seats, best.talks) == (again.places, again.seats, again.talks)
    assert worths == sorted(worths)
    assert best.worth == worths[-1] > start.worth
    assert value_draft(instance, places=best.places, seats=best.seats, tasks=best.tasks, talks=best.talks).worth == best.worth


def test_moved_sessions_hold_their_rooms_alone_and_stay_apart():
    pytest.importorskip("numba", reason="the extra `bulk` is not installed")
    from citytandem.science.exchange.agenda_moves import as_task, move_sessions

    problem = make.draw(8, sessions=8, people=20, rooms=3, per_day=8, lunch=(3, 4), trips=1)
    instance = prepare_instance(problem)
    start = start_draft(instance, before=None, seconds=1, seed=1)
    places = move_sessions(
        instance, task=as_task(instance), places=start.places, level=500, steep=30, moves=5000, heat=(900.0, 30.0), seed=4
    )
    held = [(place.room, slot) for place in places if place.room >= 0 for slot in range(8) if place.block >> slot & 1]

    assert places != list(start.places)
    assert len(held) == len(set(held))
    assert all(place in options for place, options in zip(places, instance.options, strict=True))
    assert not any(
        places[one].busy & places[other].busy
        for _, members in instance.apart
        for one in members
        for other in members
        if one < other
    )


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=10_000))
def test_no_best_plan_lies_above_the_bounds_at_its_level(seed):
    problem = make.draw(seed, people=6, sessions=5, per_day=4, lunch=(1, 2), trips=1)
    instance = prepare_instance(problem)
    try:
        plan = plan_agenda(problem)
    except CannotCompute:
        return
    level = round((plan.worst_share or 0) * 1000)
    at_level = bound_sum(instance, level=level, seconds=1, seed=1)
    worst, points = bound_plan(instance, seconds=1, seed=1)
    own = {person: round(share * 1000) for person, share, *_ in plan.served.iter_rows() if share is not None}

    assert plan.points <= at_level <= points
    assert level <= worst
    assert all(bound_person(instance, instance.place_of["person"][person]) >= met for person, met in own.items())


def test_nobody_is_promised_two_sessions_that_never_part():
    sessions = [make.session("a", fixed_slot="d0s0"), make.session("b", slots=3)]
    problem = make.problem(
        sessions, rooms=[make.room("r"), make.room("q")], people=[make.person("ana")], wishes=[("ana", "a", 1), ("ana", "b", 2)]
    )
    instance = prepare_instance(problem)

    assert bound_person(instance, instance.place_of["person"]["ana"]) == 667
    assert bound_sum(instance, level=0, seconds=1, seed=1) == 667
