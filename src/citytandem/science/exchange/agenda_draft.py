"""A plan by numbers: places, seats, interpreters and meetings, and how quickly one can be had."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citytandem.science.exchange.agenda_instance import Instance, Option
from citytandem.science.exchange.agenda_model import Model, rest_windows

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Draft:
    """Place of each session, seats as (person, session), interpreter of each task, meetings as (meeting, slot)."""

    places: tuple[Option, ...]
    seats: frozenset[tuple[int, int]]
    tasks: tuple[int, ...]
    talks: frozenset[tuple[int, int]]
    worst: int
    points: int

    @property
    def worth(self) -> tuple[int, int]:
        """What a plan is compared by: the person served least, then the sum."""
        return self.worst, self.points


def value_draft(
    instance: Instance,
    *,
    places: Sequence[Option],
    seats: frozenset[tuple[int, int]],
    tasks: Sequence[int],
    talks: frozenset[tuple[int, int]],
) -> Draft:
    """A draft with its two values worked out."""
    own = [sum(wish.points for wish in wishes if (p, wish.session) in seats) for p, wishes in enumerate(instance.wishes)]
    worst = min((points for points, wishes in zip(own, instance.wishes, strict=True) if wishes), default=0)
    met = sum(instance.meetings[number][2] for number, _ in talks)
    return Draft(tuple(places), seats, tuple(tasks), talks, worst, sum(own) + met)


def read_draft(model: Model, *, instance: Instance, solver: Any) -> Draft:
    """The draft a solver found."""
    value = solver.boolean_value
    places = [
        next(option for option, at in zip(options, own, strict=True) if value(at))
        for options, own in zip(model.options, model.place, strict=True)
    ]
    tasks = [
        next((p for (task, p), does in model.task.items() if task == n and value(does)), -1) for n in range(len(instance.tasks))
    ]
    seats = frozenset(key for key, seat in model.seat.items() if value(seat))
    talks = frozenset(key for key, talk in model.talk.items() if value(talk))
    return value_draft(instance, places=places, seats=seats, tasks=tasks, talks=talks)


def hint_draft(model: Model, *, draft: Draft) -> None:
    """Start the search of a model from a draft."""
    model.cp.clear_hints()
    for options, own, taken in zip(model.options, model.place, draft.places, strict=True):
        for option, at in zip(options, own, strict=True):
            model.cp.add_hint(at, option == taken)
    for key, seat in model.seat.items():
        model.cp.add_hint(seat, key in draft.seats)
    for (task, person), does in model.task.items():
        model.cp.add_hint(does, draft.tasks[task] == person)
    for key, talk in model.talk.items():
        model.cp.add_hint(talk, key in draft.talks)


class Diary:
    """Who is busy when; says whether one thing more can be done without missing lunch or rest."""

    def __init__(self, instance: Instance, *, places: Sequence[Option], tasks: Sequence[int], partly: bool = False) -> None:
        self.instance = instance
        self.busy: dict[int, int] = defaultdict(int)
        self.fed: dict[int, int] = defaultdict(int)
        self.windows = [
            sum(1 << slot for slot in window) for window in rest_windows(instance, most=instance.problem.settings.slots_in_a_row)
        ]
        self.places = places
        for person, sessions in instance.hosts.items():
            for session in sessions:
                self.take(person, session=session)
        for (session, _, _), person in zip(instance.tasks, tasks, strict=not partly):
            self.take(person, session=session)

    def take(self, person: int, *, session: int) -> None:
        """The person is in the session."""
        mask = self.places[session].busy
        self.busy[person] |= mask
        if self.instance.rows[session]["kind"] == "excursion":
            self.fed[person] |= mask

    def allows(self, person: int, *, mask: int, trip: bool = False) -> bool:
        """Could the person do this too?"""
        if self.busy[person] & mask or self.instance.guests[person].absent & mask:
            return False
        after, fed = self.busy[person] | mask, self.fed[person] | (mask if trip else 0)
        for lunch in self.instance.lunches:
            if lunch and after & lunch == lunch and fed & lunch != lunch:
                return False
        return not self.instance.guests[person].rests or all(after & window != window for window in self.windows)


def fill_draft(instance: Instance, *, places: Sequence[Option], tasks: Sequence[int]) -> Draft:
    """Seats by turn, first wishes first and those served least first, then meetings of the highest worth: quick, not best."""
    diary = Diary(instance, places=places, tasks=tasks)
    left = [option.seats for option in places]
    points = [0] * len(instance.people)
    seats: set[tuple[int, int]] = set()
    rounds: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for person, wishes in enumerate(instance.wishes):
        for place, wish in enumerate(wishes):
            rounds[place].append((person, wish.session, wish.points))
    for _, asked in sorted(rounds.items()):
        for person, session, worth in sorted(asked, key=lambda ask: (points[ask[0]], ask[0])):
            option, trip = places[session], instance.rows[session]["kind"] == "excursion"
            fits = left[session] > 0 and instance.guests[person].fits(option)
            if fits and diary.allows(person, mask=option.busy, trip=trip):
                diary.take(person, session=session)
                left[session] -= 1
                points[person] += worth
                seats.add((person, session))
    talks = fill_talks(instance, diary=diary)
    return value_draft(instance, places=places, seats=frozenset(seats), tasks=tasks, talks=talks)


def fill_talks(instance: Instance, *, diary: Diary) -> frozenset[tuple[int, int]]:
    """Meetings one after the other, the highest worth first, each at the first time both are free and a table is."""
    tables = [instance.problem.settings.tables] * len(instance.slots)
    closed = 0
    for session in instance.alone:
        closed |= diary.places[session].busy
    talks: set[tuple[int, int]] = set()
    for number in sorted(range(len(instance.meetings)), key=lambda n: (-instance.meetings[n][2], n)):
        a, b, _ = instance.meetings[number]
        for slot in range(len(instance.slots)):
            mask = 1 << slot
            if tables[slot] and not closed & mask and diary.allows(a, mask=mask) and diary.allows(b, mask=mask):
                diary.busy[a] |= mask
                diary.busy[b] |= mask
                tables[slot] -= 1
                talks.add((number, slot))
                break
    return frozenset(talks)


def assign_tasks(instance: Instance, *, places: Sequence[Option]) -> list[int] | None:
    """Someone to interpret each session, in order of time, those with least to do first; None where that goes wrong."""
    most = instance.problem.settings.interpreter_slots
    windows = [sum(1 << slot for slot in window) for window in rest_windows(instance, most=most)]
    diary = Diary(instance, places=places, tasks=[], partly=True)
    work: dict[int, int] = defaultdict(int)
    chosen: dict[int, int] = {}
    for number in sorted(range(len(instance.tasks)), key=lambda n: (places[instance.tasks[n][0]].start, n)):
        session, _, able = instance.tasks[number]
        mask = places[session].busy
        trip = instance.rows[session]["kind"] == "excursion"
        fit = [
            person
            for person in able
            if diary.allows(person, mask=mask, trip=trip) and all((work[person] | mask) & w != w for w in windows)
        ]
        if not fit:
            return None
        person = min(fit, key=lambda who: (work[who].bit_count(), who))
        diary.take(person, session=session)
        work[person] |= mask
        chosen[number] = person
    return [chosen[number] for number in range(len(instance.tasks))]
