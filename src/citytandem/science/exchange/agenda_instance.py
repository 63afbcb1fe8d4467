"""What a problem looks like to the solver: places each session could take, and what forbids the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.tables.agenda import ALONE, ROOMLESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from citytandem.science.exchange.agenda_terms import AgendaProblem

POINTS = 1000
"""Points of a person whose wishes are all met; a share is told in thousandths."""
MEETING_POINTS = 200
"""Points of a meeting of the highest worth, our proposal: as much as a fifth of the wishes of one person."""
NO_LIMIT = 10**6


class Option(NamedTuple):
    """One place a session could take; slots are bits of ``block`` (its room) and ``busy`` (its people, with travel)."""

    start: int
    room: int
    block: int
    busy: int
    seats: int
    accessible: bool
    equipment: frozenset[str]


class Demand(NamedTuple):
    """One demand that may stand in the way: its kind and the keys it is about."""

    kind: str
    session: str = ""
    who: str = ""
    slot: str = ""
    value: str = ""


class WishFor(NamedTuple):
    """A wish that can be met: points of the person's thousand, and its turn."""

    session: int
    points: int
    turn: int


@dataclass(frozen=True)
class Guest:
    """A person as the solver sees one."""

    languages: frozenset[str] = frozenset()
    wheelchair: bool = False
    rests: bool = False
    equipment: frozenset[str] = frozenset()
    absent: int = 0

    def fits(self, option: Option) -> bool:
        """Can this person be there?"""
        if self.absent & option.busy or (self.wheelchair and not option.accessible):
            return False
        return option.room < 0 or self.equipment <= option.equipment


@dataclass(frozen=True)
class Instance:
    """A problem by numbers: sessions, slots, rooms and people in the order of their keys (slots in order of time)."""

    problem: AgendaProblem
    sessions: list[str]
    rows: list[dict[str, object]]
    slots: list[str]
    days: list[int]
    lunches: list[int]
    rooms: list[str]
    people: list[str]
    guests: list[Guest]
    options: list[list[Option]]
    forbidden: list[list[tuple[Option, frozenset[Demand]]]]
    present: list[list[int]]
    apart: list[tuple[Demand, list[int]]]
    alone: list[int]
    wishes: list[list[WishFor]]
    hopeless: list[tuple[int, int, int, str]]
    tasks: list[tuple[int, str, list[int]]]
    meetings: list[tuple[int, int, int]]
    hosts: dict[int, set[int]]
    place_of: dict[str, dict[str, int]]


def bits(mask: int) -> list[int]:
    """Slots of a mask.

    >>> bits(0b1010)
    [1, 3]
    """
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


def share_points(turns: Iterable[int]) -> list[int]:
    """A thousand points shared among wishes by 1 / turn, whole and summing exactly.

    >>> share_points([1, 2, 3])
    [545, 273, 182]
    """
    weights = [1 / turn for turn in turns]
    total = sum(weights)
    exact = [POINTS * weight / total for weight in weights]
    whole = [int(value) for value in exact]
    lacking = POINTS - sum(whole)
    for place in sorted(range(len(exact)), key=lambda n: (whole[n] - exact[n], n))[:lacking]:
        whole[place] += 1
    return whole


def prepare_instance(problem: AgendaProblem, *, kept: Mapping[str, tuple[str, str | None]] | None = None) -> Instance:
    """Number everything and list the places each session could take; ``kept`` holds slot and room by session.

    Raises
    ------
    CannotCompute
        REFERENCE_DANGLING where a key names nothing.
    """
    slots = problem.slots.sort("starts", "slot")
    rows = problem.sessions.sort("session").to_dicts()
    rooms = problem.rooms.sort("room").to_dicts()
    people = _all_people(problem)
    place_of = {
        "session": {str(row["session"]): n for n, row in enumerate(rows)},
        "slot": {key: n for n, key in enumerate(slots.get_column("slot"))},
        "room": {str(row["room"]): n for n, row in enumerate(rooms)},
        "person": {key: n for n, key in enumerate(people)},
    }
    _check_references(problem, place_of)
    gone = _absences(problem, place_of)
    guests = _guests(problem, people, gone=gone["person"])
    present: list[list[int]] = [[] for _ in rows]
    for row in problem.speakers.sort("session", "person").iter_rows(named=True):
        present[place_of["session"][row["session"]]].append(place_of["person"][row["person"]])
    days, lunches = _days(slots)
    options, forbidden = [], []
    for number, row in enumerate(rows):
        allowed, barred = _options(
            row, timetable=_Timetable(problem, slots.to_dicts(), days, lunches, rooms, gone["room"]),
            hosts=[(people[p], guests[p]) for p in present[number]], kept=(kept or {}).get(str(row["session"])),
        )  # fmt: skip
        options.append(allowed)
        forbidden.append(barred)
    hosts: dict[int, set[int]] = {}
    for session, those in enumerate(present):
        for person in those:
            hosts.setdefault(person, set()).add(session)
    wishes, hopeless = _wishes(problem, place_of=place_of, rows=rows, guests=guests, options=options, present=present)
    return Instance(
        problem=problem,
        sessions=[str(row["session"]) for row in rows],
        rows=rows,
        slots=slots.get_column("slot").to_list(),
        days=days,
        lunches=lunches,
        rooms=[str(row["room"]) for row in rooms],
        people=people,
        guests=guests,
        options=options,
        forbidden=forbidden,
        present=present,
        apart=_apart(rows, present=present, people=people),
        alone=[n for n, row in enumerate(rows) if row["kind"] in ALONE],
        wishes=wishes,
        hopeless=hopeless,
        tasks=_tasks(problem, rows=rows, place_of=place_of),
        meetings=[
            (place_of["person"][a], place_of["person"][b], round(MEETING_POINTS * worth))
            for a, b, worth in problem.meetings.sort("a", "b").iter_rows()
        ],
        hosts=hosts,
        place_of=place_of,
    )


def _all_people(problem: AgendaProblem) -> list[str]:
    named: set[str] = set(problem.people.get_column("person"))
    for frame, columns in (
        (problem.speakers, ("person",)),
        (problem.interpreters, ("person",)),
        (problem.meetings, ("a", "b")),
        (problem.wishes, ("person",)),
    ):
        for column in columns:
            named |= set(frame.get_column(column))
    return sorted(named)


def _check_references(problem: AgendaProblem, place_of: Mapping[str, Mapping[str, int]]) -> None:
    for name, frame, column, kind in (
        ("speakers", problem.speakers, "session", "session"),
        ("wishes", problem.wishes, "session", "session"),
        ("absences", problem.absences, "slot", "slot"),
        ("sessions", problem.sessions, "fixed_slot", "slot"),
        ("sessions", problem.sessions, "fixed_room", "room"),
    ):
        for key in frame.get_column(column).drop_nulls().unique(maintain_order=True):
            if key not in place_of[kind]:
                facts = {"table": name, "column": column, "value": str(key)}
                raise CannotCompute(Finding(Code.AGENDA_NAME_UNKNOWN, facts, where=name))


def _absences(problem: AgendaProblem, place_of: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    gone: dict[str, dict[str, int]] = {"person": defaultdict(int), "room": defaultdict(int)}
    for kind, who, slot in problem.absences.iter_rows():
        gone[kind][who] |= 1 << place_of["slot"][slot]
    return gone


def _guests(problem: AgendaProblem, people: list[str], *, gone: Mapping[str, int]) -> list[Guest]:
    told = {row["person"]: row for row in problem.people.iter_rows(named=True)}
    found = []
    for person in people:
        row = told.get(person)
        access = set(row["access"]) if row else set()
        found.append(
            Guest(
                languages=frozenset(row["languages"]) if row else frozenset(),
                wheelchair="wheelchair" in access,
                rests="rest" in access,
                equipment=frozenset(access - {"wheelchair", "rest"}),
                absent=gone.get(person, 0),
            )
        )
    return found


def _days(slots: pl.DataFrame) -> tuple[list[int], list[int]]:
    """Day of each slot, and the lunch slots of each day as bits."""
    names = slots.get_column("day").unique().sort().to_list()
    days = [names.index(day) for day in slots.get_column("day")]
    lunches = [0] * len(names)
    for place, is_lunch in enumerate(slots.get_column("is_lunch")):
        if is_lunch:
            lunches[days[place]] |= 1 << place
    return days, lunches


@dataclass(frozen=True)
class _Timetable:
    problem: AgendaProblem
    slots: list[dict[str, object]]
    days: list[int]
    lunches: list[int]
    rooms: list[dict[str, object]]
    gone: Mapping[str, int]

    def block(self, start: int, *, length: int, over_pauses: bool) -> int | None:
        """Bits of ``length`` slots in a row, or None where the day or the row ends before."""
        stop = start + length
        if stop > len(self.slots) or self.days[start] != self.days[stop - 1]:
            return None
        if not over_pauses:
            for place in range(start + 1, stop):
                pause = self.slots[place]["starts"] - self.slots[place - 1]["ends"]  # type: ignore[operator]
                if pause.total_seconds() > 60 * self.problem.settings.pause_min:
                    return None
        return ((1 << length) - 1) << start

    def with_travel(self, block: int, *, minutes: int) -> int:
        """The slots in which people are away, with the way there and back."""
        if not minutes:
            return block
        own = bits(block)
        first, last = self.slots[own[0]]["starts"], self.slots[own[-1]]["ends"]
        busy = block
        for place, slot in enumerate(self.slots):
            before = (first - slot["ends"]).total_seconds() / 60  # type: ignore[operator]
            after = (slot["starts"] - last).total_seconds() / 60  # type: ignore[operator]
            if max(before, after) < minutes:
                busy |= 1 << place
        return busy


def _options(
    row: dict[str, object], *, timetable: _Timetable, hosts: list[tuple[str, Guest]], kept: tuple[str, str | None] | None
) -> tuple[list[Option], list[tuple[Option, frozenset[Demand]]]]:
    name, kind = str(row["session"]), str(row["kind"])
    allowed: list[Option] = []
    barred: list[tuple[Option, frozenset[Demand]]] = []
    needs_room = kind not in ROOMLESS or row["fixed_room"] is not None
    rooms: list[tuple[int, dict[str, object]]] = list(enumerate(timetable.rooms)) if needs_room else [(-1, {})]
    room_bars = [_room_bars(row, room, hosts=hosts, kept=kept) for _, room in rooms]
    for start in range(len(timetable.slots)):
        block = timetable.block(start, length=int(str(row["slots"])), over_pauses=kind == "excursion")
        if block is None:
            continue
        busy = timetable.with_travel(block, minutes=int(str(row["travel_min"] or 0)))
        bars = _time_bars(name, start, busy=busy, timetable=timetable, hosts=hosts, row=row, kept=kept)
        for (place, room), more in zip(rooms, room_bars, strict=True):
            away = timetable.gone.get(str(room.get("room")), 0) & block
            lost = {Demand("absent_room", who=str(room["room"]), slot=str(timetable.slots[n]["slot"])) for n in bits(away)}
            option = Option(start, place, block, busy, _seats(row, room), _is_accessible(row, room), _equipment(room))
            reasons = frozenset(bars | more | lost)
            if reasons:
                barred.append((option, reasons))
            else:
                allowed.append(option)
    return allowed, barred


def _seats(row: dict[str, object], room: dict[str, object]) -> int:
    if row["seats"] is not None:
        return int(str(row["seats"]))
    return int(str(room["seats"])) if room else NO_LIMIT


def _is_accessible(row: dict[str, object], room: dict[str, object]) -> bool:
    return (bool(row["accessible"]) if not room else bool(room["accessible"])) and row["accessible"] is not False


def _equipment(room: dict[str, object]) -> frozenset[str]:
    listed = room.get("equipment") or ()
    return frozenset(listed)  # type: ignore[call-overload, no-any-return]


def _room_bars(
    row: dict[str, object], room: dict[str, object], *, hosts: list[tuple[str, Guest]], kept: tuple[str, str | None] | None
) -> set[Demand]:
    name = str(row["session"])
    bars: set[Demand] = set()
    for host, guest in hosts:
        if guest.wheelchair and not _is_accessible(row, room):
            bars.add(Demand("host_access", name, who=host))
    if not room:
        return bars
    key = str(room["room"])
    if kept is not None and kept[1] != key:
        bars.add(Demand("kept", name, slot=kept[0], value=str(kept[1])))
    if row["fixed_room"] is not None and row["fixed_room"] != key:
        bars.add(Demand("fixed_room", name, value=str(row["fixed_room"])))
    if row["seats"] is not None and int(str(room["seats"])) < int(str(row["seats"])):
        bars.add(Demand("seats", name, value=str(row["seats"])))
    lacking = set(row["needs"]) - _equipment(room)  # type: ignore[call-overload]
    bars |= {Demand("equipment", name, value=thing) for thing in lacking}
    if row["accessible"] is True and not room["accessible"]:
        bars.add(Demand("access", name))
    return bars


def _time_bars(
    name: str,
    start: int,
    *,
    busy: int,
    timetable: _Timetable,
    hosts: list[tuple[str, Guest]],
    row: dict[str, object],
    kept: tuple[str, str | None] | None,
) -> set[Demand]:
    key = str(timetable.slots[start]["slot"])
    bars: set[Demand] = set()
    if kept is not None and kept[0] != key:
        bars.add(Demand("kept", name, slot=kept[0], value=str(kept[1])))
    if row["fixed_slot"] is not None and row["fixed_slot"] != key:
        bars.add(Demand("fixed_slot", name, slot=str(row["fixed_slot"])))
    for host, guest in hosts:
        if row["kind"] != "excursion" and any(lunch and busy & lunch == lunch for lunch in timetable.lunches):
            bars.add(Demand("lunch", who=host))
        for place in bits(guest.absent & busy):
            bars.add(Demand("absent", who=host, slot=str(timetable.slots[place]["slot"])))
    return bars


def _apart(rows: list[dict[str, object]], *, present: list[list[int]], people: list[str]) -> list[tuple[Demand, list[int]]]:
    """Sessions that never run at once: of one speaker, or of one group."""
    found: dict[Demand, list[int]] = defaultdict(list)
    for session, hosts in enumerate(present):
        for host in hosts:
            found[Demand("speaker", who=people[host])].append(session)
    for session, row in enumerate(rows):
        if row["parallel_group"] is not None:
            found[Demand("group", value=str(row["parallel_group"]))].append(session)
    return [(demand, members) for demand, members in sorted(found.items()) if len(members) > 1]


def _tasks(
    problem: AgendaProblem, *, rows: list[dict[str, object]], place_of: Mapping[str, Mapping[str, int]]
) -> list[tuple[int, str, list[int]]]:
    """Sessions and languages to interpret into, with those who can."""
    able = [(row["person"], row["language_from"], row["language_into"]) for row in problem.interpreters.iter_rows(named=True)]
    found = []
    for session, row in enumerate(rows):
        spoken = set(row["languages"])  # type: ignore[call-overload]
        for language in row["interpreted_into"]:  # type: ignore[attr-defined]
            if language not in spoken:
                can = sorted({place_of["person"][person] for person, heard, into in able if into == language and heard in spoken})
                found.append((session, str(language), can))
    return found


def _wishes(
    problem: AgendaProblem,
    *,
    place_of: Mapping[str, Mapping[str, int]],
    rows: list[dict[str, object]],
    guests: list[Guest],
    options: list[list[Option]],
    present: list[list[int]],
) -> tuple[list[list[WishFor]], list[tuple[int, int, int, str]]]:
    """Wishes that can be met with their points, and those that cannot be met in any plan with the reason."""
    listed: list[list[tuple[int, int]]] = [[] for _ in guests]
    hopeless: list[tuple[int, int, int, str]] = []
    for row in problem.wishes.sort("person", "turn", "session").iter_rows(named=True):
        person, session, turn = place_of["person"][row["person"]], place_of["session"][row["session"]], int(row["turn"])
        most = problem.settings.slots_in_a_row if guests[person].rests else len(place_of["slot"])
        own = options[session]
        reason = _why_hopeless(rows[session], guests[person], options=own, speaks=person in present[session], most=most)
        if reason:
            hopeless.append((person, session, turn, reason))
        else:
            listed[person].append((session, turn))
    wishes = []
    for kept in listed:
        points = share_points(turn for _, turn in kept) if kept else []
        wishes.append([WishFor(session, worth, turn) for (session, turn), worth in zip(kept, points, strict=True)])
    return wishes, hopeless


def _why_hopeless(row: dict[str, object], guest: Guest, *, options: list[Option], speaks: bool, most: int) -> str | None:
    if speaks:
        return "own_session"
    heard = {*row["languages"], *row["interpreted_into"]}  # type: ignore[misc]
    if guest.languages and heard and not guest.languages & heard:
        return "language"
    fitting = [option for option in options if guest.fits(option) and option.seats > 0]
    if fitting or not options:
        return "rest" if fitting and all(option.busy.bit_count() > most for option in fitting) else None
    if any(guest.wheelchair <= option.accessible and guest.equipment <= option.equipment for option in options):
        return "absent" if any(guest.absent & option.busy for option in options) else "full"
    return "access"
