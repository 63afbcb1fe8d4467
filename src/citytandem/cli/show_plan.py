"""Plans the agenda of an event from files, and shows it day by day with what could not be met and why."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_progress, show_table, write_json
from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import dataframely as dy
    from rich.console import Console

    from citytandem.science.exchange.agenda import AgendaProblem, Plan, Progress
    from citytandem.tables.agenda import Absence


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person types beside the files."""

    out: Path | None = None
    seconds: float = 20.0
    seed: int = 2026
    absent: Sequence[str] = ()
    start: Path | None = None
    people: bool = False


def show_plan(files: Path, *, wish: Wish, as_json: bool) -> None:
    """Read, plan, show, and write files where asked to."""
    from citytandem.replies import answered
    from citytandem.sinks.agenda import as_plain

    problem = _read(files)
    with show_progress() as say:
        plan = _plan(problem, wish=wish, tell=lambda step: say(_tell(step)))
    if wish.out is not None:
        written = _write(plan, out=wish.out)
    if as_json:
        write_json(answered(as_plain(plan), plan.findings, speech=SPEECH))
        return
    console = open_console()
    _show_days(console, plan, problem=problem)
    _show_worth(console, plan)
    _show_unmet(console, plan, problem=problem, people=wish.people)
    if wish.start is not None:
        _show_changes(console, plan, problem=problem)
    show_findings(console, plan.findings)
    if wish.out is not None:
        console.print(SPEECH.sentence("cli.plan.written", folder=str(wish.out), files=", ".join(written)))


def write_example(folder: Path) -> None:
    """Write an invented conference to begin with."""
    from citytandem.sinks.agenda_example import write_example as example

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in example().items():
        (folder / name).write_bytes(content)
    open_console().print(SPEECH.sentence("cli.plan.template", folder=str(folder)))


def _read(files: Path) -> AgendaProblem:
    from citytandem.sources.agenda import read_event

    if not files.exists():
        raise CannotCompute(Finding(Code.FILE_MISSING, {"file": files.name, "where": str(files.parent)}, where=str(files.parent)))
    found = sorted(files.glob("*.csv")) + sorted(files.glob("*.xlsx")) if files.is_dir() else [files]
    problem, findings = read_event({path.name: path.read_bytes() for path in found})
    if problem is None:
        told = Finding(Code.AGENDA_FILES, {"folder": str(files), "count": len(findings)}, where=str(files))
        raise CannotCompute(told, because=tuple(findings))
    return problem


def _plan(problem: AgendaProblem, *, wish: Wish, tell: Callable[[Progress], None]) -> Plan:
    from dataclasses import replace

    import polars as pl

    from citytandem.science.exchange.agenda import plan_agenda, replan
    from citytandem.sinks.agenda import read_plan
    from citytandem.sources.agenda import read_absences
    from citytandem.tables.agenda import Absence

    absences = read_absences(list(wish.absent))
    _check_names(absences, problem=problem)
    if wish.start is not None:
        try:
            before = read_plan(wish.start.read_bytes())
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
            facts = {"file": str(wish.start), "problem": type(error).__name__}
            raise CannotCompute(Finding(Code.AGENDA_PLAN_UNREADABLE, facts, where=str(wish.start))) from error
        return replan(before, problem, absences=absences, seconds=wish.seconds, seed=wish.seed)
    gone = Absence.validate(pl.concat([problem.absences, absences]).unique(maintain_order=True))
    asked = replace(problem, absences=gone)
    return plan_agenda(asked, seconds=wish.seconds, seed=wish.seed, clock=time.monotonic, progress=tell)


def _check_names(absences: dy.DataFrame[Absence], *, problem: AgendaProblem) -> None:
    """A slip in a name would plan as if the person were there."""
    people = {name for frame in (problem.people, problem.speakers, problem.interpreters) for name in frame.get_column("person")}
    known = {"person": people, "room": set(problem.rooms.get_column("room"))}
    for kind, who, _ in absences.iter_rows():
        if who not in known[kind]:
            raise CannotCompute(Finding(Code.AGENDA_NAME_UNKNOWN, {"table": "--absent", "column": kind, "value": who}))


def _tell(step: Progress) -> str:
    sums = {"points": SPEECH.number(step.points, digits=0), "points_bound": SPEECH.number(step.points_bound, digits=0)}
    if step.worst_share is None or step.worst_bound is None:
        return SPEECH.sentence("cli.plan.progress_sum", **sums)
    shares = {"worst": SPEECH.percent(step.worst_share), "worst_bound": SPEECH.percent(step.worst_bound)}
    return SPEECH.sentence("cli.plan.progress", **shares, **sums)


def _write(plan: Plan, *, out: Path) -> list[str]:
    from citytandem.sinks.agenda import write_plan

    out.mkdir(parents=True, exist_ok=True)
    files = write_plan(plan)
    for name, content in files.items():
        (out / name).write_bytes(content)
    return sorted(files)


def _show_days(console: Console, plan: Plan, *, problem: AgendaProblem) -> None:
    """A grid for each day: slots down, rooms across, what is elsewhere at the end."""
    rooms = [(row["room"], row["name"] or row["room"]) for row in problem.rooms.iter_rows(named=True)]
    slots = problem.slots.sort("starts", "slot").to_dicts()
    held = _cells(plan, problem=problem, slots=[row["slot"] for row in slots])
    trips = any(room is None for _, room in held)
    headings = [SPEECH.label("cli.plan.time"), *(name for _, name in rooms), *([SPEECH.label("cli.plan.trips")] if trips else [])]
    columns = [*(room for room, _ in rooms), *([None] if trips else [])]
    for day in dict.fromkeys(row["day"] for row in slots):
        own = [row for row in slots if row["day"] == day]
        zone = str(own[0]["zone"])
        lines = [[_hours(row, zone=zone), *("; ".join(held.get((row["slot"], room), [])) for room in columns)] for row in own]
        show_table(console, headings, lines, title=SPEECH.sentence("cli.plan.day", day=str(day), zone=zone))


def _hours(row: dict[str, Any], *, zone: str) -> str:
    own = ZoneInfo(zone)
    return f"{row['starts'].astimezone(own):%H:%M}–{row['ends'].astimezone(own):%H:%M}"


def _cells(plan: Plan, *, problem: AgendaProblem, slots: list[str]) -> dict[tuple[str, str | None], list[str]]:
    sessions = {row["session"]: row for row in problem.sessions.iter_rows(named=True)}
    held: dict[tuple[str, str | None], list[str]] = {}
    for row in plan.placed.iter_rows(named=True):
        session, first = sessions[row["session"]], slots.index(row["slot"])
        for number in range(first, first + session["slots"]):
            title = session["title"] if number == first else SPEECH.sentence("plan.goes_on", session=session["title"])
            held.setdefault((slots[number], row["room"]), []).append(title)
    return held


def _show_worth(console: Console, plan: Plan) -> None:
    console.print()
    if plan.worst_share is not None and plan.worst_bound is not None:
        shares = {"share": SPEECH.percent(plan.worst_share), "bound": SPEECH.percent(plan.worst_bound)}
        console.print(SPEECH.sentence("cli.plan.worst", **shares))
    key = {"optimal": "optimal", "least change": "change"}.get(plan.proof, "bound")
    facts = {"points": SPEECH.number(plan.points, digits=0)}
    if key == "bound":
        facts |= {"bound": SPEECH.number(plan.points_bound, digits=0), "gap": SPEECH.percent(plan.gap, digits=1)}
    console.print(SPEECH.sentence(f"cli.plan.sum.{key}", **facts))
    if plan.talks.height:
        console.print(SPEECH.sentence("cli.plan.meetings", count=str(plan.talks.height)))


def _show_unmet(console: Console, plan: Plan, *, problem: AgendaProblem, people: bool) -> None:
    titles = dict(problem.sessions.select("session", "title").iter_rows())
    if plan.unmet.is_empty():
        return
    counted = Counter(plan.unmet.select("session", "reason").iter_rows())
    rows = [
        (titles[session], SPEECH.label(f"plan.reason.{reason}"), str(count))
        for (session, reason), count in sorted(counted.items())
    ]
    headings = [SPEECH.label("plan.session"), SPEECH.label("plan.why"), ">" + SPEECH.label("plan.wishes")]
    show_table(console, headings, rows, title=SPEECH.label("cli.plan.unmet"))
    if people:
        names = {key: name or key for key, name in problem.people.select("person", "name").iter_rows()}
        named = [
            (
                names.get(row["person"], row["person"]),
                str(row["turn"]),
                titles[row["session"]],
                SPEECH.label(f"plan.reason.{row['reason']}"),
            )
            for row in plan.unmet.iter_rows(named=True)
        ]
        headings = [SPEECH.label(f"plan.{name}") for name in ("person", "turn", "session", "why")]
        show_table(console, headings, named, title=SPEECH.label("cli.plan.unmet_people"))


def _show_changes(console: Console, plan: Plan, *, problem: AgendaProblem) -> None:
    if plan.moved.is_empty():
        console.print(SPEECH.label("cli.plan.nothing_moved"))
    else:
        titles = dict(problem.sessions.select("session", "title").iter_rows())
        rows = [
            (titles[row["session"]], f"{row['slot_before']}, {row['room_before'] or '–'}", f"{row['slot']}, {row['room'] or '–'}")
            for row in plan.moved.iter_rows(named=True)
        ]
        show_table(
            console,
            [SPEECH.label(f"plan.{name}") for name in ("session", "before", "now")],
            rows,
            title=SPEECH.label("cli.plan.moved"),
        )
    counted = Counter(plan.seat_changes.get_column("change"))
    console.print(SPEECH.sentence("cli.plan.lost", lost=str(counted["lost"]), gained=str(counted["gained"])))
