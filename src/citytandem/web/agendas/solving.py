"""What the solver is asked for an event, and how its answers become plans that are kept."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute
from citytandem.science.exchange.agenda import check_plan, explain_conflict, plan_agenda
from citytandem.science.exchange.agenda import replan as replan_agenda
from citytandem.web.agendas.models import Way
from citytandem.web.agendas.problem import number_of, room_key, session_key, slot_key, write_problem
from citytandem.web.agendas.storing import make_frame, plan_as_json, plan_from_json, problem_from_json
from citytandem.web.balances.result import as_finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.findings import Finding
    from citytandem.science.exchange.agenda import AgendaProblem, Progress
    from citytandem.science.exchange.agenda import Plan as Solved
    from citytandem.web.agendas.models import Plan

EXPLAIN_SECONDS = 20.0
MOVE_SECONDS = 4.0


class MoveRefused(Exception):
    """A session cannot stand there; ``findings`` say what stands in the way."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(len(findings))
        self.findings = findings


def compute_plan(plan: Plan, *, progress: Callable[[Progress], None] | None = None) -> Solved:
    """Compute what was asked for.

    Raises
    ------
    CannotCompute
        Not all demands can be met together.
    """
    problem = problem_of(plan)
    if plan.way == Way.REPLANNED and plan.before is not None:
        former = solved_of(plan.before)
        new = problem.absences.join(_absences_of(plan.before), on=["kind", "who", "slot"], how="anti")
        base = dataclasses.replace(problem, absences=make_frame("absences", plan.before.problem.get("absences", [])))
        return replan_agenda(former, base, absences=_as("absences", new), seconds=plan.seconds, seed=plan.seed)
    return plan_agenda(problem, seconds=plan.seconds, seed=plan.seed, progress=progress)


def explain_failure(plan: Plan, *, refusal: CannotCompute) -> tuple[Finding, ...]:
    """Why nothing came out: the refusal itself, then the fewest demands that exclude each other."""
    try:
        found = explain_conflict(problem_of(plan), seconds=EXPLAIN_SECONDS, seed=plan.seed)
    except CannotCompute as other:
        found = (other.finding,)
    told = {(one.code, str(one.facts)): one for one in (refusal.finding, *found)}
    return tuple(told.values())


def problem_of(plan: Plan) -> AgendaProblem:
    """The problem of a plan, with the names people have now, so that findings can name them."""
    names = dict(plan.event.registrations.values_list("pk", "name"))
    people = [{**one, "name": names.get(number_of(one["person"]))} for one in plan.problem.get("people", [])]
    return problem_from_json({**plan.problem, "people": people})


def solved_of(plan: Plan) -> Solved:
    """A kept plan as the solver knows it."""
    return plan_from_json(plan.result, findings=plan.findings)


def keep_solved(plan: Plan, solved: Solved) -> None:
    """Write what the solver found onto a row that is not saved yet, or is still waiting for it."""
    plan.result, plan.findings = plan_as_json(solved), [one.as_dict() for one in solved.findings]
    for name in ("worst_share", "worst_bound", "points", "points_bound", "proof"):
        setattr(plan, name, getattr(solved, name))


def warn_of(plan: Plan) -> tuple[Finding, ...]:
    """What stands against a plan now: rooms and people may have changed since it was computed."""
    problem = write_problem(plan.event)
    return check_plan(problem, _keep_known(solved_of(plan), problem))


def _keep_known(solved: Solved, problem: AgendaProblem) -> Solved:
    """A plan without what is not there any more, which the page of the plan tells beside it."""
    sessions, slots = problem.sessions["session"].implode(), problem.slots["slot"].implode()
    people = problem.people["person"].implode()
    rooms = problem.rooms["room"].implode()
    placed = solved.placed.filter(
        pl.col("session").is_in(sessions) & pl.col("slot").is_in(slots) & (pl.col("room").is_null() | pl.col("room").is_in(rooms))
    )
    own = placed["session"].implode()
    return dataclasses.replace(
        solved,
        placed=_as("placed", placed),
        seats=_as("seats", solved.seats.filter(pl.col("session").is_in(own) & pl.col("person").is_in(people))),
        talks=_as(
            "talks", solved.talks.filter(pl.col("a").is_in(people) & pl.col("b").is_in(people) & pl.col("slot").is_in(slots))
        ),
        interpreted=_as("interpreted", solved.interpreted.filter(pl.col("session").is_in(own) & pl.col("person").is_in(people))),
    )


def move_session(plan: Plan, *, session: int, slot: int, room: int | None) -> Solved:
    """The plan with one session elsewhere and everything else where it was; guests are seated anew.

    Raises
    ------
    MoveRefused
        Somebody or something would be in two places, or another demand would be broken.
    """
    problem, solved = problem_from_json(plan.problem), solved_of(plan)
    own = session_key(session)
    is_own = pl.col("session") == own
    placed = solved.placed.with_columns(
        slot=pl.when(is_own).then(pl.lit(slot_key(slot))).otherwise("slot"),
        room=pl.when(is_own).then(pl.lit(room_key(room) if room else None, dtype=pl.String)).otherwise("room"),
    )
    emptied = {name: make_frame(name, []) for name in ("seats", "talks", "served", "unmet", "moved", "seat_changes")}
    moved = dataclasses.replace(solved, placed=_as("placed", placed), **emptied)
    against = check_plan(problem, moved)
    if against:
        raise MoveRefused(against)
    try:
        seated = plan_agenda(_pin(problem, placed), seconds=MOVE_SECONDS, seed=plan.seed)
    except CannotCompute as refusal:
        raise MoveRefused((refusal.finding,)) from refusal
    locks = placed.select("session", "locked")
    kept = seated.placed.drop("locked").join(locks, on="session", how="left")
    return dataclasses.replace(seated, placed=_as("placed", kept))


def _pin(problem: AgendaProblem, placed: pl.DataFrame) -> AgendaProblem:
    """The problem with every session fixed where it stands, so that only seats and talks are left to find."""
    where = placed.select("session", slot_now="slot", room_now="room")
    pinned = problem.sessions.join(where, on="session", how="left").with_columns(fixed_slot="slot_now", fixed_room="room_now")
    return dataclasses.replace(problem, sessions=_as("sessions", pinned.drop("slot_now", "room_now")))


def _absences_of(plan: Plan) -> pl.DataFrame:
    frame: pl.DataFrame = make_frame("absences", plan.problem.get("absences", []))
    return frame


def _as(name: str, frame: pl.DataFrame) -> Any:
    return make_frame(name, frame.to_dicts())


def numbers_of_seat(plan: Plan) -> list[tuple[int, int]]:
    """Who sits where in a plan: numbers of the person and of the session."""
    return [(number_of(row["person"]), number_of(row["session"])) for row in plan.result.get("seats", [])]


def findings_of(plan: Plan) -> list[Finding]:
    """What was found while a plan was computed."""
    return [as_finding(one) for one in plan.findings]
