"""Is a plan valid? Every rule is tried again on the plan itself, without the solver."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from citytandem.findings import Code, Finding
from citytandem.science.exchange.agenda_instance import Instance, Option, bits, prepare_instance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citytandem.science.exchange.agenda_terms import AgendaProblem, Plan


def find_breaks(problem: AgendaProblem, plan: Plan) -> tuple[Finding, ...]:
    """What is wrong with a plan, found without the solver; empty for a valid one.

    Parameters
    ----------
    problem
        What was to be planned, with all absences that hold now.
    plan
        The plan to try; it may have been changed by hand.
    """
    instance = prepare_instance(problem)
    taken = places_of(instance, plan)
    broken = [*_missing(instance, plan, taken=taken)]
    if not broken:
        rules = (_seats, _tasks, _meetings, _nobody_twice, _pauses)
        broken = [*_rooms(instance, taken=taken), *_together(instance, taken=taken)]
        broken += [pair for rule in rules for pair in rule(instance, plan=plan, taken=taken)]
    return tuple(Finding(Code.AGENDA_BROKEN, {"rule": rule, "what": what}, where="plan") for rule, what in broken)


def places_of(instance: Instance, plan: Plan) -> dict[int, Option]:
    """The place of each session in a plan, where that place is allowed."""
    known = [{(option.start, option.room): option for option in options} for options in instance.options]
    found = {}
    for row in plan.placed.iter_rows(named=True):
        session = instance.place_of["session"].get(row["session"])
        start = instance.place_of["slot"].get(row["slot"])
        room = -1 if row["room"] is None else instance.place_of["room"].get(row["room"])
        if session is not None and (start, room) in known[session]:
            found[session] = known[session][start, room]  # type: ignore[index]
    return found


def _missing(instance: Instance, plan: Plan, *, taken: Mapping[int, Option]) -> Iterator[tuple[str, str]]:
    held = set(plan.placed.get_column("session"))
    for number, session in enumerate(instance.sessions):
        if session not in held:
            yield "every_session_takes_place", session
        elif number not in taken:
            yield "every_session_stands_where_it_may", session


def _rooms(instance: Instance, *, taken: Mapping[int, Option]) -> Iterator[tuple[str, str]]:
    held = Counter((option.room, slot) for option in taken.values() if option.room >= 0 for slot in bits(option.block))
    for (room, slot), count in sorted(held.items()):
        if count > 1:
            yield "one_session_in_a_room", f"{instance.rooms[room]}, {instance.slots[slot]}"


def _together(instance: Instance, *, taken: Mapping[int, Option]) -> Iterator[tuple[str, str]]:
    for demand, members in instance.apart:
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                if taken[one].busy & taken[other].busy:
                    yield f"apart_{demand.kind}", f"{instance.sessions[one]}, {instance.sessions[other]}"
    for one in instance.alone:
        for other, option in taken.items():
            if other != one and option.busy & taken[one].busy:
                yield "nothing_beside", f"{instance.sessions[one]}, {instance.sessions[other]}"


def _seats(instance: Instance, *, plan: Plan, taken: Mapping[int, Option]) -> Iterator[tuple[str, str]]:
    given = Counter[int]()
    wished = [{wish.session for wish in wishes} for wishes in instance.wishes]
    for who, what in plan.seats.iter_rows():
        person, session = instance.place_of["person"][who], instance.place_of["session"][what]
        given[session] += 1
        if session not in wished[person]:
            yield "a_seat_was_wished_for_and_can_be_used", f"{who}, {what}"
        if not instance.guests[person].fits(taken[session]):
            yield "a_seat_fits_the_person", f"{who}, {what}"
    for session, count in sorted(given.items()):
        if count > taken[session].seats:
            yield "no_more_guests_than_seats", instance.sessions[session]


def _tasks(instance: Instance, *, plan: Plan, taken: Mapping[int, Option]) -> Iterator[tuple[str, str]]:
    does = {(session, language): person for session, language, person in plan.interpreted.iter_rows()}
    for session, language, able in instance.tasks:
        person = instance.place_of["person"].get(does.get((instance.sessions[session], language), ""), -1)
        if person not in able:
            yield "interpreted_by_someone_who_can", f"{instance.sessions[session]}, {language}"
        elif instance.guests[person].absent & taken[session].busy:
            yield "interpreted_by_someone_present", f"{instance.sessions[session]}, {language}"


def _meetings(instance: Instance, *, plan: Plan, taken: Mapping[int, Option]) -> Iterator[tuple[str, str]]:
    known = {(instance.people[a], instance.people[b]) for a, b, _ in instance.meetings}
    tables = Counter((row["slot"], row["table"]) for row in plan.talks.iter_rows(named=True))
    for a, b, slot, table in plan.talks.iter_rows():
        if (a, b) not in known:
            yield "a_meeting_was_asked_for", f"{a}, {b}"
        if tables[slot, table] > 1 or table > instance.problem.settings.tables:
            yield "one_meeting_at_a_table", f"{slot}, {table}"
        at = 1 << instance.place_of["slot"][slot]
        if any(at & taken[session].busy for session in instance.alone):
            yield "nothing_beside", slot
        for who in (a, b):
            if instance.guests[instance.place_of["person"][who]].absent & at:
                yield "those_who_meet_are_there", f"{who}, {slot}"


def busy_of(instance: Instance, *, plan: Plan, taken: Mapping[int, Option]) -> dict[int, list[tuple[str, int]]]:
    """What each person does: session or meeting, and its slots as bits."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for person, sessions in instance.hosts.items():
        found[person] += [(instance.sessions[session], taken[session].busy) for session in sorted(sessions)]
    for session, _, who in plan.interpreted.iter_rows():
        found[instance.place_of["person"][who]].append((session, taken[instance.place_of["session"][session]].busy))
    for who, session in plan.seats.iter_rows():
        found[instance.place_of["person"][who]].append((session, taken[instance.place_of["session"][session]].busy))
    for a, b, slot, _ in plan.talks.iter_rows():
        for who in (a, b):
            found[instance.place_of["person"][who]].append((f"{a} + {b}", 1 << instance.place_of["slot"][slot]))
    return found


def _nobody_twice(instance: Instance, *, plan: Plan, taken: Mapping[int, Option]) -> Iterator[tuple[str, str]]:
    for person, doing in sorted(busy_of(instance, plan=plan, taken=taken).items()):
        used = 0
        for what, mask in doing:
            if used & mask:
                yield "nobody_in_two_places", f"{instance.people[person]}, {what}"
            used |= mask


def _pauses(instance: Instance, *, plan: Plan, taken: Mapping[int, Option]) -> Iterator[tuple[str, str]]:
    settings = instance.problem.settings
    interprets: dict[int, int] = defaultdict(int)
    for session, _, who in plan.interpreted.iter_rows():
        interprets[instance.place_of["person"][who]] |= taken[instance.place_of["session"][session]].busy
    trips = {instance.sessions[n] for n, row in enumerate(instance.rows) if row["kind"] == "excursion"}
    for person, doing in sorted(busy_of(instance, plan=plan, taken=taken).items()):
        who = instance.people[person]
        all_day = sum_masks(mask for _, mask in doing)
        away = {mask for what, mask in doing if what in trips}
        for lunch in instance.lunches:
            fed = any(mask & lunch == lunch for mask in away)
            if lunch and not fed and all_day & lunch == lunch:
                yield "time_for_lunch", who
        if instance.guests[person].rests and longest_run(instance, mask=all_day) > settings.slots_in_a_row:
            yield "time_to_rest", who
        if longest_run(instance, mask=interprets.get(person, 0)) > settings.interpreter_slots:
            yield "time_to_rest_for_interpreters", who


def sum_masks(masks: Iterator[int]) -> int:
    """All slots of several masks."""
    found = 0
    for mask in masks:
        found |= mask
    return found


def longest_run(instance: Instance, *, mask: int) -> int:
    """The most slots in a row within a day."""
    best = run = 0
    for slot, day in enumerate(instance.days):
        if slot and instance.days[slot - 1] != day:
            run = 0
        run = run + 1 if mask >> slot & 1 else 0
        best = max(best, run)
    return best
