"""From a problem to a plan that can be read: start, search, bound, and everything told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.science.exchange.agenda_bound import bound_plan, bound_sum, bound_talks
from citytandem.science.exchange.agenda_check import find_breaks
from citytandem.science.exchange.agenda_clash import bound_clashes
from citytandem.science.exchange.agenda_compact import compact_draft, empty_minutes
from citytandem.science.exchange.agenda_draft import Draft, assign_tasks, fill_draft
from citytandem.science.exchange.agenda_explain import explain_unmet, find_conflict
from citytandem.science.exchange.agenda_instance import POINTS, Instance, prepare_instance
from citytandem.science.exchange.agenda_places import Board, guess_costs, place_quickly
from citytandem.science.exchange.agenda_race import can_race, race_plans
from citytandem.science.exchange.agenda_replan import repair
from citytandem.science.exchange.agenda_search import Watch, search_plan
from citytandem.science.exchange.agenda_solve import GUARD, find_places, solve_whole
from citytandem.science.exchange.agenda_terms import Plan, Progress
from citytandem.tables import agenda as tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import dataframely as dy

    from citytandem.science.exchange.agenda_terms import AgendaProblem, Clock

SMALL_OPTIONS, SMALL_SEATS = 1500, 200
"""Up to so many places and wishes the whole problem is given to the solver at once."""


@dataclass
class _Book:
    """Better plans as they are found."""

    now: Callable[[], float] | None
    progress: Callable[[Progress], None] | None
    bounds: tuple[int, int]
    served: bool
    began: float = 0.0

    def __post_init__(self) -> None:
        self.began = self.now() if self.now else 0.0
        self.rows: list[tuple[int, float | None, float | None, float | None, int, int]] = []

    def tell(self, draft: Draft) -> None:
        """Note a better plan and show it."""
        worst = draft.worst / POINTS if self.served else None
        bound = self.bounds[0] / POINTS if self.served else None
        seconds = self.now() - self.began if self.now else None
        self.rows.append((len(self.rows) + 1, seconds, worst, bound, draft.points, self.bounds[1]))
        if self.progress:
            self.progress(Progress(worst, bound, draft.points, self.bounds[1]))


def compute_plan(
    problem: AgendaProblem,
    *,
    kept: Mapping[str, tuple[str, str | None]],
    seconds: float,
    seed: int,
    start: Plan | None,
    clock: Clock | None,
    progress: Callable[[Progress], None] | None,
) -> Plan:
    """``plan_agenda``, with the places that must be kept by session."""
    for name, frame in (("sessions", problem.sessions), ("slots", problem.slots)):
        if frame.is_empty():
            raise CannotCompute(Finding(Code.AGENDA_EMPTY, {"table": name}, where=name))
    instance = prepare_instance(problem, kept=kept)
    served = any(instance.wishes)
    book = _Book(clock, progress, (POINTS, POINTS * sum(map(bool, instance.wishes)) + _all_talks(instance)), served)
    draft = start_draft(instance, before=start, seconds=seconds, seed=seed)
    book.tell(draft)
    if _is_small(instance):
        found = solve_whole(instance, start=draft, seconds=seconds, seed=seed)
        best, struck, proven = found.draft or draft, found.struck, found.optimal
        book.bounds = found.worst_bound, found.points_bound
        if best.worth > draft.worth:
            book.tell(best)
    else:
        best, struck, proven = _plan_large(instance, start=draft, book=book, seconds=seconds, seed=seed)
    best, cut = compact_draft(
        instance, draft=best, keep_seats=not _is_small(instance), seconds=max(1.0, min(seconds, 20.0) / 4), seed=seed
    )
    struck = struck or cut
    return _tell_plan(instance, draft=best, book=book, proof="optimal" if proven else "bound", struck=struck, seed=seed)


def _plan_large(instance: Instance, *, start: Draft, book: _Book, seconds: float, seed: int) -> tuple[Draft, bool, bool]:
    """The best draft found, whether the clock ended the search, and whether it is proven; the bounds stand in the book.

    Up to half of the work, and ten seconds at most, is kept for the bounds and for making the plan compact. Clashes are
    counted only where moves are compiled, too: they need as quick a search.
    """
    part, races = min(seconds, 20.0) / 8, can_race(instance, seconds=seconds)
    worst_bound, points_bound = bound_plan(instance, seconds=2 * part, seed=seed)
    book.bounds = min(book.bounds[0], worst_bound), min(book.bounds[1], points_bound)
    if races:
        book.bounds = book.bounds[0], min(book.bounds[1], _bound_with_clashes(instance, level=0, draft=start))
    watch = Watch(book.now, book.began + GUARD * seconds)
    search = race_plans if races else search_plan
    best, struck = search(
        instance, start=start, bounds=book.bounds, seconds=seconds - 4 * part, seed=seed, watch=watch, tell=book.tell
    )
    at_level = bound_sum(instance, level=best.worst, seconds=part, seed=seed)
    if races:
        at_level = min(at_level, _bound_with_clashes(instance, level=best.worst, draft=best))
    book.bounds = book.bounds[0], max(best.points, min(book.bounds[1], at_level))
    return best, struck, best.worth == book.bounds


def _bound_with_clashes(instance: Instance, *, level: int, draft: Draft) -> int:
    lost = bound_clashes(instance, level=level, places=draft.places)
    return POINTS * sum(map(bool, instance.wishes)) - lost + bound_talks(instance)


def _all_talks(instance: Instance) -> int:
    return sum(worth for _, _, worth in instance.meetings) if instance.problem.settings.tables else 0


def _is_small(instance: Instance) -> bool:
    return sum(map(len, instance.options)) <= SMALL_OPTIONS and sum(map(len, instance.wishes)) <= SMALL_SEATS


def start_draft(instance: Instance, *, before: Plan | None, seconds: float, seed: int) -> Draft:
    """A valid plan, quickly; the conflict where there is none."""
    if all(instance.options):
        if before is None:
            costs = guess_costs(instance, weights=[1] * len(instance.people))
            places = place_quickly(instance, costs=costs, seed=seed)
            if places is not None and Board(instance, costs=costs, places=places).hosts_are_well(range(len(places))):
                tasks = assign_tasks(instance, places=places)
                if tasks is not None:
                    return fill_draft(instance, places=places, tasks=tasks)
        hints = {} if before is None else places_before(instance, before)
        found, infeasible = find_places(instance, seconds=max(5.0, seconds), seed=seed, hints=hints)
        if found is not None:
            return fill_draft(instance, places=found[0], tasks=found[1])
        if not infeasible:
            raise CannotCompute(Finding(Code.AGENDA_NOT_FOUND))
    because = find_conflict(instance, seconds=max(5.0, seconds), seed=seed)
    raise CannotCompute(Finding(Code.AGENDA_NO_PLAN, {"count": len(because)}), because=because)


def places_before(instance: Instance, plan: Plan) -> dict[int, tuple[int, int]]:
    """First slot and room of each session in a plan, by number."""
    slot, room, session = (instance.place_of[name] for name in ("slot", "room", "session"))
    return {
        session[row["session"]]: (slot.get(row["slot"], -1), -1 if row["room"] is None else room.get(row["room"], -2))
        for row in plan.placed.iter_rows(named=True)
        if row["session"] in session
    }


def compute_change(
    plan: Plan,
    problem: AgendaProblem,
    *,
    kept: Mapping[str, tuple[str, str | None]],
    absences: dy.DataFrame[tables.Absence],
    seconds: float,
    seed: int,
) -> Plan:
    """``replan``, with the places that must be kept by session."""
    gone = tables.Absence.validate(pl.concat([problem.absences, absences]).unique(maintain_order=True))
    now = replace(problem, absences=gone)
    if not find_breaks(now, plan):
        return replace(plan, moved=_none(tables.Moved), seat_changes=_none(tables.SeatChange))
    now, cancelled = _take_off(now, instance=prepare_instance(now, kept=kept))
    instance = prepare_instance(now, kept=kept)
    person, session = instance.place_of["person"], instance.place_of["session"]
    seats = frozenset((person[who], session[what]) for who, what in plan.seats.iter_rows() if who in person and what in session)
    found = repair(instance, before=places_before(instance, plan), seats=seats, seconds=seconds, seed=seed)
    if found.draft is None:
        start_draft(instance, before=plan, seconds=seconds, seed=seed)
        raise CannotCompute(Finding(Code.AGENDA_NOT_FOUND))
    book = _Book(None, None, (plan_bound(plan), plan.points_bound), any(instance.wishes))
    book.bounds = max(book.bounds[0], found.draft.worst), max(book.bounds[1], found.draft.points)
    book.tell(found.draft)
    proof = "least change" if found.optimal else "bound"
    after = _tell_plan(instance, draft=found.draft, book=book, proof=proof, struck=found.struck, seed=seed)
    titles = dict(problem.sessions.select("session", "title").iter_rows())
    told = [Finding(Code.AGENDA_CANCELLED, {"session": titles[key]}, where=key, severity=Severity.WARNING) for key in cancelled]
    return replace(after, moved=_moved(plan, after), seat_changes=_seat_changes(plan, after), findings=(*told, *after.findings))


def plan_bound(plan: Plan) -> int:
    """The bound of the person served least in thousandths."""
    return POINTS if plan.worst_bound is None else round(plan.worst_bound * POINTS)


def _take_off(problem: AgendaProblem, *, instance: Instance) -> tuple[AgendaProblem, list[str]]:
    """Leave out sessions that only absent speakers keep from every place."""
    lost = [
        key
        for key, options, barred in zip(instance.sessions, instance.options, instance.forbidden, strict=True)
        if not options and any(all(reason.kind == "absent" for reason in reasons) for _, reasons in barred)
    ]
    if not lost:
        return problem, []
    stays = ~pl.col("session").is_in(lost)
    return replace(
        problem,
        sessions=tables.Session.validate(problem.sessions.filter(stays)),
        speakers=tables.Speaker.validate(problem.speakers.filter(stays)),
        wishes=tables.Wish.validate(problem.wishes.filter(stays)),
    ), lost


def _none(schema: type[dy.Schema]) -> dy.DataFrame:  # type: ignore[type-arg]
    return schema.create_empty()


def _frame(schema: type[dy.Schema], rows: Sequence[tuple[object, ...]]) -> dy.DataFrame:  # type: ignore[type-arg]
    return schema.validate(pl.DataFrame(rows, schema=schema.create_empty().schema, orient="row"))


def _tell_plan(instance: Instance, *, draft: Draft, book: _Book, proof: str, struck: bool, seed: int) -> Plan:
    served = any(instance.wishes)
    unmet = list(explain_unmet(instance, draft))
    tables_of: dict[int, int] = {}
    talks: list[tuple[object, ...]] = []
    for number, slot in sorted(draft.talks, key=lambda talk: (talk[1], talk[0])):
        tables_of[slot] = tables_of.get(slot, 0) + 1
        a, b, _ = instance.meetings[number]
        talks.append((instance.people[a], instance.people[b], instance.slots[slot], tables_of[slot]))
    book.bounds = max(book.bounds[0], draft.worst), max(book.bounds[1], draft.points)
    return Plan(
        placed=_frame(tables.Placed, _placed(instance, draft)),
        seats=_frame(tables.Seat, [(instance.people[p], instance.sessions[s]) for p, s in sorted(draft.seats)]),
        talks=_frame(tables.Talk, sorted(talks, key=str)),
        interpreted=_frame(
            tables.Interpreted,
            [
                (instance.sessions[s], language, instance.people[p])
                for (s, language, _), p in zip(instance.tasks, draft.tasks, strict=True)
            ],
        ),
        served=_frame(tables.Served, _served(instance, draft)),
        unmet=_frame(tables.Unmet, sorted(unmet, key=lambda row: (row[0], row[2], row[1]))),
        worst_share=draft.worst / POINTS if served else None,
        worst_bound=book.bounds[0] / POINTS if served else None,
        points=draft.points,
        points_bound=book.bounds[1],
        proof=proof,
        steps=_frame(tables.PlanStep, book.rows),
        moved=_none(tables.Moved),
        seat_changes=_none(tables.SeatChange),
        findings=_findings(instance, unmet=len(unmet) - len(instance.hopeless), struck=struck),
        seed=seed,
        struck=struck,
        empty_minutes=empty_minutes(instance, places=draft.places),
    )


def _placed(instance: Instance, draft: Draft) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for number, option in enumerate(draft.places):
        row = instance.rows[number]
        room = None if option.room < 0 else instance.rooms[option.room]
        locked = len(instance.options[number]) == 1 or row["fixed_slot"] is not None or row["fixed_room"] is not None
        found.append((instance.sessions[number], instance.slots[option.start], room, locked))
    return found


def _served(instance: Instance, draft: Draft) -> list[tuple[object, ...]]:
    lost: dict[int, int] = {}
    for person, *_ in instance.hopeless:
        lost[person] = lost.get(person, 0) + 1
    found: list[tuple[object, ...]] = []
    for person, wishes in enumerate(instance.wishes):
        if wishes or person in lost:
            met = [wish.points for wish in wishes if (person, wish.session) in draft.seats]
            share = sum(met) / POINTS if wishes else None
            found.append((instance.people[person], share, len(wishes) + lost.get(person, 0), len(met)))
    return found


def _findings(instance: Instance, *, unmet: int, struck: bool) -> tuple[Finding, ...]:
    told = []
    if struck:
        told.append(Finding(Code.AGENDA_STRUCK, where="plan", severity=Severity.WARNING))
    if unmet:
        total = sum(map(len, instance.wishes))
        told.append(Finding(Code.AGENDA_UNMET, {"count": unmet, "total": total}, where="wishes", severity=Severity.NOTE))
    if instance.hopeless:
        told.append(Finding(Code.AGENDA_HOPELESS, {"count": len(instance.hopeless)}, where="wishes", severity=Severity.NOTE))
    return tuple(told)


def _moved(before: Plan, after: Plan) -> dy.DataFrame[tables.Moved]:
    joined = before.placed.join(after.placed, on="session", suffix="_after").filter(
        (pl.col("slot") != pl.col("slot_after")) | pl.col("room").ne_missing(pl.col("room_after"))
    )
    return tables.Moved.validate(
        joined.select(
            "session",
            pl.col("slot").alias("slot_before"),
            pl.col("room").alias("room_before"),
            pl.col("slot_after").alias("slot"),
            pl.col("room_after").alias("room"),
        )
    )


def _seat_changes(before: Plan, after: Plan) -> dy.DataFrame[tables.SeatChange]:
    keys = ["person", "session"]
    lost = before.seats.join(after.seats, on=keys, how="anti").with_columns(pl.lit("lost").alias("change"))
    gained = after.seats.join(before.seats, on=keys, how="anti").with_columns(pl.lit("gained").alias("change"))
    return tables.SeatChange.validate(pl.concat([lost, gained]).sort("person", "session", "change"), cast=True)
