"""What holds for every agenda: nobody twice, no room too full, nothing moved that was fixed; and what a conflict is."""

import dataclasses
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.exchange.agenda import check_plan, explain_conflict, plan_agenda, replan
from citytandem.tables import agenda as tables
from tests.science import agendas as make

SEEDS = st.integers(min_value=0, max_value=10_000)
QUICK = settings(max_examples=6, deadline=None, derandomize=True)


def _planned(seed, **more):
    problem = make.draw(seed, **more)
    try:
        return problem, plan_agenda(problem)
    except CannotCompute:
        return problem, None


@QUICK
@given(SEEDS)
def test_nobody_is_in_two_places_and_no_session_has_more_guests_than_seats(seed):
    problem, plan = _planned(seed, people=9, sessions=5, per_day=4, seats=2, meetings=3, tables=1)
    if plan is None:
        return
    where = {row["session"]: row for row in plan.placed.iter_rows(named=True)}
    length = dict(problem.sessions.select("session", "slots").iter_rows())
    order = problem.slots.get_column("slot").to_list()

    def held(session):
        first = order.index(where[session]["slot"])
        return order[first : first + length[session]]

    doing = Counter((person, slot) for person, session in plan.seats.iter_rows() for slot in held(session))
    doing += Counter((person, slot) for session, person in problem.speakers.iter_rows() for slot in held(session))
    doing += Counter((person, slot) for a, b, slot, _ in plan.talks.iter_rows() for person in (a, b))
    seats = dict(problem.rooms.select("room", "seats").iter_rows())

    assert max(doing.values(), default=0) <= 1
    assert all(n <= seats[where[s]["room"]] for s, n in Counter(plan.seats.get_column("session")).items())
    assert check_plan(problem, plan) == ()


@QUICK
@given(SEEDS)
def test_the_same_seed_gives_the_same_plan(seed):
    problem, plan = _planned(seed, people=10, sessions=5)
    again = None if plan is None else plan_agenda(problem)

    assert plan is None or (plan.placed.equals(again.placed) and plan.seats.equals(again.seats))


@QUICK
@given(SEEDS)
def test_more_seats_never_make_the_best_plan_worse(seed):
    problem, plan = _planned(seed, people=8, seats=1)
    if plan is None:
        return
    wider = dataclasses.replace(
        problem, rooms=tables.Room.validate(problem.rooms.with_columns((pl.col("seats") + 2).cast(pl.Int32)))
    )
    better = plan_agenda(wider)

    assert (better.worst_share or 0, better.points) >= (plan.worst_share or 0, plan.points)


@QUICK
@given(SEEDS)
def test_what_is_fixed_stays_where_it_is(seed):
    problem, plan = _planned(seed, people=8)
    if plan is None:
        return
    first = plan.placed.row(0, named=True)
    fixed = dataclasses.replace(
        problem,
        sessions=tables.Session.validate(
            problem.sessions.with_columns(
                pl.when(pl.col("session") == first["session"]).then(pl.lit(first["slot"])).alias("fixed_slot"),
                pl.when(pl.col("session") == first["session"]).then(pl.lit(first["room"])).alias("fixed_room"),
            )
        ),
    )
    by_file = plan_agenda(fixed, seed=7).placed.row(0, named=True)
    by_lock = plan_agenda(problem, seed=7, locked=[first["session"]], start=plan).placed.row(0, named=True)

    assert (by_file["slot"], by_file["room"], by_file["locked"]) == (first["slot"], first["room"], True)
    assert (by_lock["slot"], by_lock["room"]) == (first["slot"], first["room"])


def test_two_sessions_fixed_at_one_place_are_told_as_the_smallest_conflict():
    twice = {"fixed_slot": "d0s0", "fixed_room": "r"}
    problem = make.problem(
        [make.session("a", **twice), make.session("b", **twice), make.session("c", fixed_slot="d0s1")],
        absences=[("person", "somebody", "d0s2")],
    )
    with pytest.raises(CannotCompute) as refusal:
        plan_agenda(problem)

    assert refusal.value.finding.code is Code.AGENDA_NO_PLAN
    assert {(finding.code, finding.where) for finding in refusal.value.because} == {
        (Code.DEMAND_FIXED_SLOT, "a"), (Code.DEMAND_FIXED_SLOT, "b"),
    }  # fmt: skip


def test_too_many_sessions_for_the_slots_exclude_each_other():
    problem = make.problem([make.session(name) for name in "abcd"])
    because = explain_conflict(problem)

    assert {finding.code for finding in because} == {Code.DEMAND_PLACED}
    assert len(because) == 4


def test_a_conflict_is_gone_when_any_one_of_its_demands_is():
    sessions = [make.session("a", needs=["booth"]), make.session("b", fixed_slot="d0s1"), make.session("c", needs=["booth"])]
    rooms = [make.room("r", equipment=["booth"])]
    absences = [("room", "r", "d0s0"), ("person", "ana", "d0s2")]
    speakers = [("a", "ana"), ("b", "ben"), ("c", "cem")]
    asked = {"sessions": sessions, "rooms": rooms, "absences": absences, "speakers": speakers}
    because = explain_conflict(_of(asked))
    weaker = {
        Code.DEMAND_FIXED_SLOT: asked | {"sessions": [sessions[0], make.session("b"), sessions[2]]},
        Code.DEMAND_ABSENT_ROOM: asked | {"absences": absences[1:]},
        Code.DEMAND_ABSENT: asked | {"absences": absences[:1]},
    }

    assert because
    assert {finding.code for finding in because} <= {*weaker}
    assert all(explain_conflict(_of(weaker[finding.code])) == () or _other(weaker[finding.code], because) for finding in because)


def _of(asked):
    return make.problem(asked["sessions"], rooms=asked["rooms"], absences=asked["absences"], speakers=asked["speakers"])


def _other(asked, because):
    """Another conflict may remain, but it is not this one."""
    return {(f.code, f.where) for f in explain_conflict(_of(asked))} != {(f.code, f.where) for f in because}


def test_a_missing_interpreter_is_told_by_session_and_language():
    problem = make.problem([make.session("a", languages=["de"], into=["ja"])])
    because = explain_conflict(problem)

    assert [(finding.code, finding.facts["language"]) for finding in because] == [(Code.DEMAND_INTERPRETER, "ja")]


def test_one_interpreter_rests_after_the_slots_agreed():
    talks = [make.session(name, languages=["de"], into=["en"]) for name in "abc"]
    enough = make.problem(talks, times=make.slots(per_day=4), interpreters=[("ida", "de", "en")], interpreter_slots=2)
    tight = make.problem(talks, times=make.slots(per_day=3), interpreters=[("ida", "de", "en")], interpreter_slots=2)

    assert plan_agenda(enough).interpreted.get_column("person").unique().to_list() == ["ida"]
    assert Code.DEMAND_INTERPRETER_REST in {finding.code for finding in explain_conflict(tight)}


def test_a_wheelchair_user_gets_seats_only_where_the_room_can_be_entered():
    problem = make.problem(
        [make.session("a"), make.session("x", kind="excursion", accessible=False, travel_min=10)],
        rooms=[make.room("up", accessible=False), make.room("down", accessible=True)],
        people=[make.person("wil", access=["wheelchair"])],
        wishes=[("wil", "a", 1), ("wil", "x", 2)],
    )
    plan = plan_agenda(problem)

    assert plan.placed.filter(pl.col("session") == "a").get_column("room").item() == "down"
    assert plan.seats.rows() == [("wil", "a")]
    assert plan.unmet.rows() == [("wil", "x", 2, "access", None)]
    assert plan.worst_share == 1.0


def test_a_way_there_and_back_keeps_guests_from_the_slots_beside():
    problem = make.problem(
        [make.session("x", kind="excursion", fixed_slot="d0s1", travel_min=40), make.session("a", fixed_slot="d0s0")],
        people=[make.person("wil")],
        wishes=[("wil", "x", 1), ("wil", "a", 2)],
    )

    assert plan_agenda(problem).unmet.rows() == [("wil", "a", 2, "clash", "x")]


def test_meetings_take_place_where_both_are_free_and_a_table_is():
    problem = make.problem(
        [make.session("p", kind="plenary", fixed_slot="d0s0"), make.session("a", fixed_slot="d0s1")],
        people=[make.person(name) for name in ("ana", "ben", "cem")],
        wishes=[("ana", "a", 1)],
        meetings=[("ana", "ben", 1.0), ("ana", "cem", 0.5), ("ben", "cem", 0.2)],
        times=make.slots(per_day=4),
        tables=1,
    )
    plan = plan_agenda(problem)

    assert dict(plan.talks.select("a", "slot").filter(pl.col("a") == "ben").iter_rows()) == {"ben": "d0s1"}
    assert plan.points == 1000 + 200 + 100 + 40
    assert check_plan(problem, plan) == ()


@QUICK
@given(SEEDS)
def test_nothing_changes_where_nothing_fails(seed):
    problem, plan = _planned(seed, people=6)
    if plan is None:
        return
    again = replan(plan, problem, absences=make.frame(tables.Absence))

    assert again.placed.equals(plan.placed)
    assert again.seats.equals(plan.seats)
    assert again.moved.is_empty()
    assert again.seat_changes.is_empty()


def test_one_speaker_lost_moves_one_session_and_the_lock_stays():
    problem = make.problem(
        [make.session(name) for name in "abc"],
        times=make.slots(per_day=4),
        speakers=[("a", "ana"), ("b", "ben"), ("c", "cem")],
        people=[make.person("guest")],
        wishes=[("guest", name, turn) for turn, name in enumerate("abc", start=1)],
    )
    plan = plan_agenda(problem)
    slot = plan.placed.filter(pl.col("session") == "a").get_column("slot").item()
    gone = make.frame(tables.Absence, [("person", "ana", slot)])
    after = replan(plan, problem, absences=gone, locked=["b", "c"])
    now = dataclasses.replace(problem, absences=gone)

    assert after.moved.get_column("session").to_list() == ["a"]
    assert after.seat_changes.is_empty()
    assert check_plan(now, after) == ()
    assert check_plan(now, plan) != ()


def test_a_session_whose_speaker_is_gone_for_good_is_taken_off_and_said():
    problem = make.problem([make.session("a"), make.session("b")], speakers=[("a", "ana")])
    plan = plan_agenda(problem)
    gone = make.frame(tables.Absence, [("person", "ana", f"d0s{number}") for number in range(3)])
    after = replan(plan, problem, absences=gone)

    assert after.placed.get_column("session").to_list() == ["b"]
    assert [finding.code for finding in after.findings] == [Code.AGENDA_CANCELLED]


def test_a_large_agenda_is_valid_and_known_to_be_near_the_best():
    problem = make.draw(3, sessions=14, people=60, wishes=4, rooms=4, per_day=6, seats=12, lunch=(2, 3))
    absent = dataclasses.replace(problem, speakers=make.frame(tables.Speaker))
    plan = plan_agenda(absent, seconds=1, seed=5)
    again = plan_agenda(absent, seconds=1, seed=5)

    assert check_plan(absent, plan) == ()
    assert plan.points <= plan.points_bound
    assert plan.worst_share <= plan.worst_bound
    assert plan.placed.equals(again.placed)
    assert plan.seats.equals(again.seats)


def test_a_name_that_nobody_knows_is_refused():
    with pytest.raises(CannotCompute) as refusal:
        plan_agenda(make.problem([make.session("a")], wishes=[("ana", "z", 1)]))

    assert refusal.value.finding.code is Code.AGENDA_NAME_UNKNOWN
