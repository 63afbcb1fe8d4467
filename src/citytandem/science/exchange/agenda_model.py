"""The agenda as a constraint model: places, seats, interpreters and meetings of two, all at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.exchange.agenda_instance import POINTS, Demand, Instance, Option, bits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass
class Model:
    """The variables of one constraint model; ``place[s]`` holds one per option, ``on`` one per session and slot."""

    cp: Any
    options: list[list[Option]]
    place: list[list[Any]] = field(default_factory=list)
    on: dict[tuple[int, int], Any] = field(default_factory=dict)
    overlap: dict[tuple[int, int], Any] = field(default_factory=dict)
    seat: dict[tuple[int, int], Any] = field(default_factory=dict)
    task: dict[tuple[int, int], Any] = field(default_factory=dict)
    talk: dict[tuple[int, int], Any] = field(default_factory=dict)
    demand: dict[Demand, Any] = field(default_factory=dict)
    sittings: dict[int, list[tuple[Any, int, bool]]] = field(default_factory=dict)
    talks_at: dict[tuple[int, int], list[Any]] = field(default_factory=dict)


def import_solver() -> Any:
    """The constraint solver, or the refusal that says how to get it."""
    try:
        from ortools.sat.python import cp_model  # slow import, optional dependency
    except ImportError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": "exchange"})) from error
    return cp_model


def build_model(
    instance: Instance,
    *,
    options: Sequence[Sequence[Option]] | None = None,
    people: bool = True,
    demands: Callable[[Any], dict[Demand, Any]] | None = None,
) -> Model:
    """All that must hold; with ``people`` also seats and meetings of two, ``options`` narrows the places.

    ``demands`` makes a literal for each demand that may be given up; without it all hold.
    """
    model = Model(import_solver().CpModel(), [list(own) for own in (options or instance.options)])
    if demands is not None:
        model.demand = demands(model.cp)
    _add_places(model, instance=instance)
    _add_rooms(model)
    _add_apart(model, instance=instance)
    _add_tasks(model, instance=instance)
    if people:
        _add_seats(model, instance=instance)
    _list_sittings(model, instance=instance)
    if people:
        _add_talks(model, instance=instance)
    _add_pauses(model, instance=instance)
    return model


def _add_places(model: Model, *, instance: Instance) -> None:
    for session, options in enumerate(model.options):
        own = [model.cp.new_bool_var(f"at{session}_{n}") for n in range(len(options))]
        model.place.append(own)
        wanted = model.demand.get(Demand("placed", instance.sessions[session]))
        if wanted is None:
            model.cp.add_exactly_one(own)
        else:
            model.cp.add_at_most_one(own)
            model.cp.add_bool_or([wanted.negated(), *own])
        by_slot: dict[int, list[int]] = defaultdict(list)
        for number, option in enumerate(options):
            for slot in bits(option.busy):
                by_slot[slot].append(number)
        for slot, numbers in by_slot.items():
            if len(numbers) == len(options) and wanted is None:
                model.on[session, slot] = model.cp.new_constant(1)
            elif len(numbers) == 1:
                model.on[session, slot] = own[numbers[0]]
            else:
                held = model.cp.new_bool_var(f"on{session}_{slot}")
                model.cp.add(sum(own[n] for n in numbers) == held)
                model.on[session, slot] = held


def _add_rooms(model: Model) -> None:
    taken: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for session, options in enumerate(model.options):
        for number, option in enumerate(options):
            if option.room >= 0:
                for slot in bits(option.block):
                    taken[option.room, slot].append(model.place[session][number])
    for _, rivals in sorted(taken.items(), key=lambda pair: pair[0]):
        if len(rivals) > 1:
            model.cp.add_at_most_one(rivals)


def _add_apart(model: Model, *, instance: Instance) -> None:
    for demand, members in instance.apart:
        wanted = model.demand.get(demand)
        for slot in range(len(instance.slots)):
            rivals = [model.on[s, slot] for s in members if (s, slot) in model.on]
            if len(rivals) > 1:
                _hold(model.cp.add(sum(rivals) <= 1), wanted=wanted)
    for session in instance.alone:
        wanted = model.demand.get(Demand("alone", instance.sessions[session]))
        for other in range(len(instance.sessions)):
            if other != session and not (other in instance.alone and other < session):
                for slot in range(len(instance.slots)):
                    if (session, slot) in model.on and (other, slot) in model.on:
                        _hold(model.cp.add(model.on[session, slot] + model.on[other, slot] <= 1), wanted=wanted)


def _hold(constraint: Any, *, wanted: Any) -> None:
    if wanted is not None:
        constraint.only_enforce_if(wanted)


def find_overlap(model: Model, *, sessions: tuple[int, int]) -> Any:
    """Is one session on while the other is? A constant where that is settled."""
    one, other = key = (min(sessions), max(sessions))
    if key in model.overlap:
        return model.overlap[key]
    both = [(a.busy, b.busy) for a in model.options[one] for b in model.options[other]] if _few(model, key) else []
    if both and not model.demand and all(a & b for a, b in both):
        found: Any = 1
    elif both and not any(a & b for a, b in both):
        found = 0
    else:
        found = model.cp.new_bool_var(f"over{key[0]}_{key[1]}")
        for slot in {slot for session, slot in model.on if session == one}:
            if (other, slot) in model.on:
                model.cp.add_bool_or([model.on[one, slot].negated(), model.on[other, slot].negated(), found])
    model.overlap[key] = found
    return found


def _few(model: Model, key: tuple[int, int]) -> bool:
    return len(model.options[key[0]]) * len(model.options[key[1]]) <= 400


def forbid_both(model: Model, *, literals: Sequence[Any], sessions: tuple[int, int]) -> None:
    """These cannot all hold while the two sessions overlap."""
    over = find_overlap(model, sessions=sessions)
    if isinstance(over, int):
        if over:
            model.cp.add_bool_or([literal.negated() for literal in literals])
        return
    model.cp.add_bool_or([*(literal.negated() for literal in literals), over.negated()])


def _add_tasks(model: Model, *, instance: Instance) -> None:
    """One person interprets each session into each language, and nobody two sessions at once."""
    of: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for number, (session, language, able) in enumerate(instance.tasks):
        chosen = []
        for person in able:
            does = model.cp.new_bool_var(f"task{number}_{person}")
            model.task[number, person] = does
            chosen.append(does)
            of[person].append((session, does))
            _bar(model, session=session, literal=does, barred=instance.guests[person].absent)
        wanted = model.demand.get(Demand("interpreter", instance.sessions[session], value=language))
        _hold(model.cp.add(sum(chosen) == 1), wanted=wanted)
    for person, tasks in sorted(of.items()):
        for place, (session, does) in enumerate(tasks):
            for host in sorted(instance.hosts.get(person, ())):
                if host == session:
                    model.cp.add(does == 0)
                else:
                    forbid_both(model, literals=[does], sessions=(session, host))
            for other, also in tasks[place + 1 :]:
                if other == session:
                    model.cp.add_bool_or([does.negated(), also.negated()])
                else:
                    forbid_both(model, literals=[does, also], sessions=(session, other))


def _bar(model: Model, *, session: int, literal: Any, barred: int) -> None:
    """The literal cannot hold while the session is on in a barred slot."""
    for slot in bits(barred):
        if (session, slot) in model.on:
            model.cp.add_bool_or([literal.negated(), model.on[session, slot].negated()])


def _add_seats(model: Model, *, instance: Instance) -> None:
    hosts = instance.hosts
    by_session: dict[int, list[Any]] = defaultdict(list)
    tasks: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for (number, person), does in model.task.items():
        tasks[person].append((instance.tasks[number][0], does))
    for person, wishes in enumerate(instance.wishes):
        guest = instance.guests[person]
        for place, wish in enumerate(wishes):
            seat = model.cp.new_bool_var(f"seat{person}_{wish.session}")
            model.seat[person, wish.session] = seat
            by_session[wish.session].append(seat)
            fitting = [guest.fits(option) for option in model.options[wish.session]]
            if not all(fitting):
                right = [v for v, good in zip(model.place[wish.session], fitting, strict=True) if good]
                model.cp.add_bool_or([seat.negated(), *right])
            for before in wishes[:place]:
                also = model.seat[person, before.session]
                forbid_both(model, literals=[seat, also], sessions=(wish.session, before.session))
            for host in sorted(hosts.get(person, ())):
                forbid_both(model, literals=[seat], sessions=(wish.session, host))
            for session, does in tasks.get(person, ()):
                if session == wish.session:
                    model.cp.add_bool_or([seat.negated(), does.negated()])
                else:
                    forbid_both(model, literals=[seat, does], sessions=(wish.session, session))
    for session, seats in by_session.items():
        places = zip(model.options[session], model.place[session], strict=True)
        room = sum(min(option.seats, len(seats)) * at for option, at in places)
        model.cp.add(sum(seats) <= room)


def _add_talks(model: Model, *, instance: Instance) -> None:
    if not instance.problem.settings.tables:
        return
    by_slot: dict[int, list[Any]] = defaultdict(list)
    by_person: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for number, (a, b, _) in enumerate(instance.meetings):
        own = []
        for slot in range(len(instance.slots)):
            if 1 << slot & (instance.guests[a].absent | instance.guests[b].absent):
                continue
            talk = model.cp.new_bool_var(f"talk{number}_{slot}")
            model.talk[number, slot] = talk
            own.append(talk)
            by_slot[slot].append(talk)
            by_person[a, slot].append(talk)
            by_person[b, slot].append(talk)
            for session in instance.alone:
                if (session, slot) in model.on:
                    model.cp.add_bool_or([talk.negated(), model.on[session, slot].negated()])
        model.cp.add_at_most_one(own)
    for talks in by_slot.values():
        model.cp.add(sum(talks) <= instance.problem.settings.tables)
    model.talks_at = dict(by_person)
    _keep_talks_apart(model)


def _keep_talks_apart(model: Model) -> None:
    """Nobody meets somebody while in a session."""
    for (person, slot), talks in model.talks_at.items():
        met = _any(model, talks)
        for sits, session, _ in model.sittings.get(person, ()):
            if (session, slot) in model.on:
                own = [] if sits is None else [sits.negated()]
                model.cp.add_bool_or([met.negated(), model.on[session, slot].negated(), *own])


def _any(model: Model, talks: list[Any]) -> Any:
    if len(talks) == 1:
        return talks[0]
    met = model.cp.new_bool_var("")
    model.cp.add(sum(talks) == met)
    return met


def _list_sittings(model: Model, *, instance: Instance) -> None:
    """Sessions each person may be in, with the literal (None where the person must be there), and whether to interpret."""
    found: dict[int, list[tuple[Any, int, bool]]] = defaultdict(list)
    for person, sessions in instance.hosts.items():
        found[person] += [(None, session, False) for session in sorted(sessions)]
    for (number, person), does in model.task.items():
        found[person].append((does, instance.tasks[number][0], True))
    for (person, session), seat in model.seat.items():
        found[person].append((seat, session, False))
    model.sittings = dict(found)


def _add_pauses(model: Model, *, instance: Instance) -> None:
    """Lunch for all, rest for those who need it and for those who interpret."""
    settings = instance.problem.settings
    working = {person for _, person in model.task}
    for person in sorted({*model.sittings, *(person for person, _ in model.talks_at)}):
        for lunch in instance.lunches:
            if lunch:
                _add_lunch(model, instance=instance, person=person, lunch=lunch)
        if instance.guests[person].rests:
            _add_rest(model, instance=instance, person=person, most=settings.slots_in_a_row, kind="rest")
        if person in working:
            _add_rest(model, instance=instance, person=person, most=settings.interpreter_slots, kind="interpreter_rest")


def _add_lunch(model: Model, *, instance: Instance, person: int, lunch: int) -> None:
    busy = [_busy(model, person=person, slot=slot, lunch=lunch, instance=instance) for slot in bits(lunch)]
    if not all(busy):
        return
    wanted = model.demand.get(Demand("lunch", who=instance.people[person]))
    if len(busy) == 1:
        for cause in busy[0]:
            _hold(model.cp.add_bool_or([part.negated() for part in cause]), wanted=wanted)
        return
    at = [model.cp.new_bool_var("") for _ in busy]
    for held, causes in zip(at, busy, strict=True):
        for cause in causes:
            model.cp.add_bool_or([*(part.negated() for part in cause), held])
    _hold(model.cp.add(sum(at) < len(at)), wanted=wanted)


def _add_rest(model: Model, *, instance: Instance, person: int, most: int, kind: str) -> None:
    wanted = model.demand.get(Demand(kind, who=instance.people[person]))
    held: dict[int, Any] = {}
    for slot in range(len(instance.slots)):
        causes = _busy(model, person=person, slot=slot, instance=instance, tasks_only=kind == "interpreter_rest")
        if causes:
            held[slot] = model.cp.new_bool_var("")
            for cause in causes:
                model.cp.add_bool_or([*(part.negated() for part in cause), held[slot]])
    for window in rest_windows(instance, most=most):
        if all(slot in held for slot in window):
            _hold(model.cp.add(sum(held[slot] for slot in window) <= most), wanted=wanted)


def rest_windows(instance: Instance, *, most: int) -> list[range]:
    """Runs of one slot more than may be sat through, within a day."""
    return [
        range(start, start + most + 1)
        for start in range(len(instance.slots) - most)
        if instance.days[start] == instance.days[start + most]
    ]


def _busy(
    model: Model, *, instance: Instance, person: int, slot: int, lunch: int = 0, tasks_only: bool = False
) -> list[list[Any]]:
    """What would keep a person busy in a slot: each cause is a list of literals that hold together."""
    causes = []
    for sits, session, interprets in model.sittings.get(person, ()):
        if (session, slot) not in model.on or (tasks_only and not interprets):
            continue
        own = [] if sits is None else [sits]
        if lunch and instance.rows[session]["kind"] == "excursion":
            # an excursion over all lunch slots of the day has its meal on the way
            places = zip(model.options[session], model.place[session], strict=True)
            causes += [[at, *own] for option, at in places if option.busy >> slot & 1 and option.busy & lunch != lunch]
        else:
            causes.append([model.on[session, slot], *own])
    if not tasks_only:
        causes += [[talk] for talk in model.talks_at.get((person, slot), ())]
    return causes


def add_worst(model: Model, *, instance: Instance) -> Any:
    """A variable no larger than the points of the person served least."""
    worst = model.cp.new_int_var(0, POINTS, "worst")
    for person, wishes in enumerate(instance.wishes):
        if wishes:
            model.cp.add(sum(wish.points * model.seat[person, wish.session] for wish in wishes) >= worst)
    return worst


def sum_points(model: Model, *, instance: Instance) -> Any:
    """The points of all people and meetings."""
    seats = sum(wish.points * model.seat[p, wish.session] for p, wishes in enumerate(instance.wishes) for wish in wishes)
    return seats + sum(instance.meetings[number][2] * talk for (number, _), talk in model.talk.items())


def add_hint(model: Model, values: Mapping[tuple[str, int, int], int]) -> None:
    """Start the search from a plan that is known."""
    model.cp.clear_hints()
    for session, own in enumerate(model.place):
        for number, variable in enumerate(own):
            model.cp.add_hint(variable, values.get(("place", session, number), 0))
    for name, variables in (("seat", model.seat), ("task", model.task), ("talk", model.talk)):
        for (one, other), variable in variables.items():
            model.cp.add_hint(variable, values.get((name, one, other), 0))
