"""An agenda as arrays, so that a compiled search can move its sessions a hundred thousand times a second."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from citytandem.science.exchange.agenda_instance import POINTS, Instance, Option
from citytandem.science.exchange.agenda_model import rest_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citytandem.science.kernels.compiled.agenda import Task

MOST_BITS = 60
"""Slots of an event, and wishes of a person, that fit into one number."""


def fits_arrays(instance: Instance) -> bool:
    """Can slots and wishes be told as bits of one number?"""
    return len(instance.slots) <= MOST_BITS and max(map(len, instance.wishes), default=0) <= MOST_BITS


def as_task(instance: Instance) -> Task:
    """The instance as arrays, as the compiled search wants it."""
    from citytandem.science.kernels.compiled.agenda import Task  # slow import

    flat = [option for own in instance.options for option in own]
    windows = rest_windows(instance, most=instance.problem.settings.slots_in_a_row)
    hosted = [sorted(instance.hosts.get(person, ())) for person in range(len(instance.people))]
    concerned = [sorted(those) for those in _concerned(instance)]
    return Task(
        first_option=_firsts(instance.options),
        room=_numbers(option.room for option in flat),
        block=_numbers(option.block for option in flat),
        busy=_numbers(option.busy for option in flat),
        seats=_numbers(option.seats for option in flat),
        start=_numbers(option.start for option in flat),
        first_wish=_firsts(instance.wishes),
        wished=_numbers(wish.session for own in instance.wishes for wish in own),
        worth=_numbers(wish.points for own in instance.wishes for wish in own),
        fits=_fits(instance),
        first_host=_firsts(hosted),
        hosted=_numbers(session for own in hosted for session in own),
        rests=np.array([guest.rests for guest in instance.guests], np.bool_),
        lunches=_numbers(lunch for lunch in instance.lunches if lunch),
        windows=_numbers(sum(1 << slot for slot in window) for window in windows),
        first_concerned=_firsts(concerned),
        concerned=_numbers(person for those in concerned for person in those),
        apart=keep_apart(instance),
        frozen=np.isin(np.arange(len(instance.sessions)), [session for session, _, _ in instance.tasks]),
        is_trip=np.array([row["kind"] == "excursion" for row in instance.rows], np.bool_),
    )


def move_sessions(
    instance: Instance,
    *,
    task: Task,
    places: Sequence[Option],
    level: int,
    steep: int,
    moves: int,
    heat: tuple[float, float],
    seed: int,
) -> list[Option]:
    """Better places, found by simulated annealing; each person's seats are worked out exactly, crowded rooms are only guessed.

    Parameters
    ----------
    places
        An allowed place of each session; sessions with interpreters keep their time.
    level
        Points nobody should fall below; each point below counts ``steep`` more.
    moves
        How many changes are tried.
    heat
        Points that are lost lightly at the start and at the end.
    """
    from citytandem.science.kernels.compiled.agenda import Goal, search  # slow import

    numbers = [{(option.start, option.room): n for n, option in enumerate(own)} for own in instance.options]
    at = _numbers(numbers[session][option.start, option.room] for session, option in enumerate(places))
    wishes = sum(map(len, instance.wishes))
    crowd = POINTS * sum(map(bool, instance.wishes)) // max(1, wishes)
    found = search(task, Goal(level, steep, crowd), at, len(instance.slots), moves, heat, np.uint64(2 * seed + 1))
    return [own[number] for own, number in zip(instance.options, found, strict=True)]


def _numbers(values: Iterable[int]) -> Any:
    return np.fromiter(values, np.int64)


def _firsts(lists: Sequence[Sequence[object]]) -> Any:
    return _numbers(accumulate(map(len, lists), initial=0))


def _fits(instance: Instance) -> Any:
    """For each wish and option of its session: could the person be there?"""
    rows = [(instance.guests[person], wish.session) for person, own in enumerate(instance.wishes) for wish in own]
    fits = np.zeros((len(rows), max(map(len, instance.options))), np.bool_)
    for row, (guest, session) in enumerate(rows):
        fits[row, : len(instance.options[session])] = [guest.fits(option) for option in instance.options[session]]
    return fits


def _concerned(instance: Instance) -> list[set[int]]:
    """Who wishes for a session or must be there."""
    found = [set(those) for those in instance.present]
    for person, own in enumerate(instance.wishes):
        for wish in own:
            found[wish.session].add(person)
    return found


def keep_apart(instance: Instance) -> Any:
    """Which sessions never run at once."""
    count = len(instance.sessions)
    apart = np.zeros((count, count), np.bool_)
    for _, members in instance.apart:
        apart[np.ix_(members, members)] = True
    apart[instance.alone, :] = True
    apart[:, instance.alone] = True
    np.fill_diagonal(apart, False)
    return apart
