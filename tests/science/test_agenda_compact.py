"""Of equally good plans the one with few empty hours and early starts is taken, and never at anybody's cost."""

import dataclasses
import itertools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute
from citytandem.science.exchange.agenda import check_plan, plan_agenda, replan
from citytandem.science.exchange.agenda_check import places_of
from citytandem.science.exchange.agenda_compact import measure_idle
from citytandem.science.exchange.agenda_instance import bits, prepare_instance
from citytandem.tables import agenda as tables
from tests.science import agendas as make


def _without_pressure(problem):
    return dataclasses.replace(problem, settings=dataclasses.replace(problem.settings, empty_weight=0, later_weight=0))


def _idle(instance, plan):
    taken = places_of(instance, plan)
    return measure_idle(instance, places=[taken[number] for number in range(len(instance.sessions))])


def _count_plainly(problem, *, slots):
    """Empty and later minutes of sessions of one slot, told without masks."""
    order = problem.slots.sort("starts").to_dicts()
    total = 0
    for day in {row["day"] for row in order}:
        own = [row for row in order if row["day"] == day]
        used = [number for number, row in enumerate(own) if row["slot"] in slots]
        for number, row in enumerate(own):
            if used and min(used) < number < max(used) and number not in used and not row["is_lunch"]:
                total += 4 * 50
            total += slots.count(row["slot"]) * 60 * number
    return total


@pytest.mark.parametrize(
    ("absences", "per_day", "lunch"),
    [((), 4, ()), (("d0s0",), 4, ()), (("d0s1",), 5, ()), (("d0s1", "d0s2"), 6, (2,)), (("d0s0", "d1s0"), 4, (1,))],
)
def test_no_plan_without_wishes_is_more_compact(absences, per_day, lunch):
    names, times = "abc", make.slots(days=2, per_day=per_day, lunch=lunch)
    problem = make.problem(
        [make.session(name) for name in names], times=times, speakers=[(name, "host") for name in names],
        absences=[("person", "host", slot) for slot in absences],
    )  # fmt: skip
    free = [row[0] for row in times if row[0] not in absences]
    ways = [
        _count_plainly(problem, slots=list(way))
        for way in itertools.combinations(free, len(names))
        if not lunch or not any(row[0] in way for row in times if row[-1])
    ]
    plan = plan_agenda(problem)

    assert _count_plainly(problem, slots=plan.placed.get_column("slot").to_list()) == min(ways)
    assert _idle(prepare_instance(problem), plan) == min(ways)
    assert check_plan(problem, plan) == ()


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=10_000))
def test_fewer_empty_hours_never_cost_the_person_served_least_or_the_sum(seed):
    problem = make.draw(seed, people=5, per_day=5, lunch=(2, 3))
    try:
        loose = plan_agenda(_without_pressure(problem))
    except CannotCompute:
        return
    tight, instance = plan_agenda(problem), prepare_instance(problem)

    assert (tight.worst_share, tight.points) == (loose.worst_share, loose.points)
    assert _idle(instance, tight) <= _idle(instance, loose)
    assert check_plan(problem, tight) == ()


def test_a_large_agenda_keeps_its_seats_while_it_becomes_compact():
    problem = make.draw(4, sessions=9, people=70, wishes=3, rooms=4, per_day=12, seats=30, lunch=(3, 4))
    problem = dataclasses.replace(problem, speakers=make.frame(tables.Speaker))
    loose, tight = plan_agenda(_without_pressure(problem), seconds=1), plan_agenda(problem, seconds=1)
    instance = prepare_instance(problem)

    assert tight.seats.equals(loose.seats)
    assert tight.talks.equals(loose.talks)
    assert _idle(instance, tight) < _idle(instance, loose)
    assert check_plan(problem, tight) == ()


def test_no_afternoon_is_empty_before_one_session_late_at_night():
    problem = make.problem(
        [make.session(name) for name in "abcd"], times=make.slots(per_day=9),
        people=[make.person("guest")], wishes=[("guest", name, turn) for turn, name in enumerate("abcd", start=1)],
    )  # fmt: skip
    plan = plan_agenda(problem)

    assert sorted(plan.placed.get_column("slot")) == ["d0s0", "d0s1", "d0s2", "d0s3"]
    assert plan.worst_share == 1.0
    assert plan.empty_minutes == 0


def test_an_hour_that_cannot_be_filled_is_told_and_lunch_is_not_one():
    fixed = [make.session("a", fixed_slot="d0s0"), make.session("b", fixed_slot="d0s4")]
    problem = make.problem(fixed, times=make.slots(per_day=5, lunch=(2, 3)))

    assert plan_agenda(problem).empty_minutes == 50


def test_a_locked_session_stays_although_an_earlier_slot_is_free():
    times = make.slots(per_day=5)
    late = plan_agenda(make.problem([make.session("a", fixed_slot="d0s4"), make.session("b")], times=times))
    problem = make.problem([make.session("a"), make.session("b")], times=times)
    plan = plan_agenda(problem, locked=["a"], start=late)

    assert dict(plan.placed.select("session", "slot").iter_rows()) == {"a": "d0s4", "b": "d0s3"}
    assert plan.empty_minutes == 0


def test_a_session_that_must_move_moves_next_to_the_others():
    problem = make.problem([make.session(name) for name in "abc"], times=make.slots(per_day=8), speakers=[("b", "ben")])
    plan = plan_agenda(problem)
    slot = plan.placed.filter(pl.col("session") == "b").get_column("slot").item()
    after = replan(plan, problem, absences=make.frame(tables.Absence, [("person", "ben", slot)]))
    used = sum(1 << int(key[-1]) for key in after.placed.get_column("slot"))

    assert after.moved.get_column("session").to_list() == ["b"]
    assert max(bits(used)) <= 3
