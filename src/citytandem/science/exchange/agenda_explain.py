"""Why there is no plan, as the smallest set of demands that exclude each other; and why a wish is not met."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from citytandem.findings import Code, Finding
from citytandem.science.exchange.agenda_draft import Diary, Draft
from citytandem.science.exchange.agenda_instance import Demand, Instance
from citytandem.science.exchange.agenda_model import Model, build_model, import_solver
from citytandem.science.exchange.agenda_solve import run_solver

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

CODES = {
    "placed": Code.DEMAND_PLACED,
    "fixed_slot": Code.DEMAND_FIXED_SLOT,
    "fixed_room": Code.DEMAND_FIXED_ROOM,
    "kept": Code.DEMAND_KEPT,
    "seats": Code.DEMAND_SEATS,
    "equipment": Code.DEMAND_EQUIPMENT,
    "access": Code.DEMAND_ACCESS,
    "host_access": Code.DEMAND_HOST_ACCESS,
    "absent": Code.DEMAND_ABSENT,
    "absent_room": Code.DEMAND_ABSENT_ROOM,
    "speaker": Code.DEMAND_SPEAKER,
    "group": Code.DEMAND_GROUP,
    "alone": Code.DEMAND_ALONE,
    "interpreter": Code.DEMAND_INTERPRETER,
    "interpreter_rest": Code.DEMAND_INTERPRETER_REST,
    "lunch": Code.DEMAND_LUNCH,
    "rest": Code.DEMAND_REST,
}


def find_conflict(instance: Instance, *, seconds: float, seed: int) -> tuple[Finding, ...]:
    """The demands of a smallest conflicting set: with any one of them given up, a plan exists for the others.

    Sessions are taken as held; only where they do not fit into the rooms and slots at all, they are demands too.
    Empty if all demands can be met.
    """
    demands = list_demands(instance)
    core = _shrink(instance, demands=demands, seconds=seconds, seed=seed)
    if core is None:
        return ()
    if not core:
        placed = [Demand("placed", session) for session in instance.sessions]
        core = _shrink(instance, demands=placed, seconds=seconds, seed=seed) or []
    return tuple(tell_demand(instance, demand) for demand in core)


def list_demands(instance: Instance) -> list[Demand]:
    """Everything that could be given up so that a plan exists."""
    found = {demand for barred in instance.forbidden for _, reasons in barred for demand in reasons}
    found |= {demand for demand, _ in instance.apart}
    found |= {Demand("alone", instance.sessions[session]) for session in instance.alone}
    found |= {Demand("interpreter", instance.sessions[session], value=language) for session, language, _ in instance.tasks}
    working = {person for _, _, able in instance.tasks for person in able}
    for person in sorted({*instance.hosts, *working}):
        who = instance.people[person]
        found.add(Demand("lunch", who=who))
        if instance.guests[person].rests:
            found.add(Demand("rest", who=who))
        if person in working:
            found.add(Demand("interpreter_rest", who=who))
    return sorted(found)


def _shrink(instance: Instance, *, demands: Sequence[Demand], seconds: float, seed: int) -> list[Demand] | None:
    """A set of demands that cannot be met and would be met without any one of them; None if all can be met."""
    cp_model = import_solver()
    model = _relaxed(instance, demands=demands)

    def fails(kept: Collection[Demand]) -> list[Demand] | None:
        model.cp.clear_assumptions()
        model.cp.add_assumptions([model.demand[demand] for demand in sorted(kept)])
        solver, status, _ = run_solver(model.cp, seconds=seconds, seed=seed)
        if status != cp_model.INFEASIBLE:
            return None
        guilty = set(solver.sufficient_assumptions_for_infeasibility())
        return [demand for demand in sorted(kept) if model.demand[demand].index in guilty]

    core = fails(demands)
    if core is None:
        return None
    for demand in list(core):
        if demand in core:
            smaller = fails([other for other in core if other != demand])
            core = core if smaller is None else smaller
    return core


def _relaxed(instance: Instance, *, demands: Sequence[Demand]) -> Model:
    """A model in which each demand is a literal; a place that a demand forbids is open once it is given up."""
    every = [[*own, *(option for option, _ in barred)] for own, barred in zip(instance.options, instance.forbidden, strict=True)]
    model = build_model(
        instance,
        options=every,
        people=False,
        demands=lambda cp: {demand: cp.new_bool_var("") for demand in demands_of(instance, demands)},
    )
    for session, barred in enumerate(instance.forbidden):
        first = len(instance.options[session])
        for number, (_, reasons) in enumerate(barred, start=first):
            for reason in sorted(reasons):
                if reason in model.demand:
                    model.cp.add_bool_or([model.place[session][number].negated(), model.demand[reason].negated()])
    return model


def demands_of(instance: Instance, demands: Sequence[Demand]) -> list[Demand]:
    """The demands asked about, and all others as free ones."""
    return sorted({*demands, *list_demands(instance)})


def tell_demand(instance: Instance, demand: Demand) -> Finding:
    """A demand as a finding with the names people know."""
    problem = instance.problem
    titles = dict(problem.sessions.select("session", "title").iter_rows())
    names = {key: name or key for key, name in problem.people.select("person", "name").iter_rows()}
    rooms = {key: name or key for key, name in problem.rooms.select("room", "name").iter_rows()}
    most = problem.settings.interpreter_slots if demand.kind == "interpreter_rest" else problem.settings.slots_in_a_row
    facts: dict[str, str | int] = {
        "session": titles.get(demand.session, demand.session),
        "person": names.get(demand.who, demand.who),
        "slot": demand.slot,
        "room": rooms.get(demand.who if demand.kind == "absent_room" else demand.value, demand.value),
        "seats": demand.value,
        "thing": demand.value,
        "group": demand.value,
        "language": demand.value,
        "slots": most,
    }
    wanted = _FACTS[demand.kind]
    return Finding(CODES[demand.kind], {name: facts[name] for name in wanted}, where=demand.session or demand.who or demand.value)


_FACTS = {
    "placed": ("session",),
    "fixed_slot": ("session", "slot"),
    "fixed_room": ("session", "room"),
    "kept": ("session", "slot", "room"),
    "seats": ("session", "seats"),
    "equipment": ("session", "thing"),
    "access": ("session",),
    "host_access": ("session", "person"),
    "absent": ("person", "slot"),
    "absent_room": ("room", "slot"),
    "speaker": ("person",),
    "group": ("group",),
    "alone": ("session",),
    "interpreter": ("session", "language"),
    "interpreter_rest": ("person", "slots"),
    "lunch": ("person",),
    "rest": ("person", "slots"),
}


def explain_unmet(instance: Instance, draft: Draft) -> Iterator[tuple[str, str, int, str, str | None]]:
    """Each wish without a seat: person, session, turn, reason, and the session it clashes with."""
    diary = Diary(instance, places=draft.places, tasks=draft.tasks)
    for person, session in sorted(draft.seats):
        diary.take(person, session=session)
    for number, slot in draft.talks:
        for person in instance.meetings[number][:2]:
            diary.busy[person] |= 1 << slot
    given = Counter(session for _, session in draft.seats)
    for person, wishes in enumerate(instance.wishes):
        for wish in wishes:
            if (person, wish.session) not in draft.seats:
                full = given[wish.session] >= draft.places[wish.session].seats
                reason, other = _why(instance, draft=draft, diary=diary, person=person, session=wish.session, full=full)
                name = None if other is None else instance.sessions[other]
                yield instance.people[person], instance.sessions[wish.session], wish.turn, reason, name
    for person, session, turn, reason in instance.hopeless:
        yield instance.people[person], instance.sessions[session], turn, reason, None


def _why(instance: Instance, *, draft: Draft, diary: Diary, person: int, session: int, full: bool) -> tuple[str, int | None]:
    guest, option = instance.guests[person], draft.places[session]
    if not guest.fits(option):
        return ("absent" if guest.absent & option.busy else "access"), None
    for other in _own(instance, draft=draft, person=person):
        if draft.places[other].busy & option.busy:
            return "own_session", other
    for who, other in sorted(draft.seats):
        if who == person and draft.places[other].busy & option.busy:
            return "clash", other
    if full:
        return "full", None
    trip = instance.rows[session]["kind"] == "excursion"
    if not diary.busy[person] & option.busy and not diary.allows(person, mask=option.busy, trip=trip):
        after = diary.busy[person] | option.busy
        rests = guest.rests and any(after & window == window for window in diary.windows)
        return ("rest" if rests else "lunch"), None
    return "outweighed", None


def _own(instance: Instance, *, draft: Draft, person: int) -> list[int]:
    tasks: list[Any] = [session for (session, _, _), who in zip(instance.tasks, draft.tasks, strict=True) if who == person]
    return sorted({*instance.hosts.get(person, ()), *tasks})
