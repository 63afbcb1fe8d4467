"""The fairest rooms are really the fairest: held against every way to place sessions."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.exchange.agenda_fair import place_sessions_fairly
from tests.science import agendas as make


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(min_value=0, max_value=60), min_size=1, max_size=4),
    st.lists(st.integers(min_value=5, max_value=50), min_size=2, max_size=2),
    st.sets(st.tuples(st.sampled_from(["s0", "s1"]), st.sampled_from(["d0s0", "d0s1"]))),
)
def test_no_way_to_place_sessions_has_a_smaller_overflow(guests, seats, gone):
    names = [f"s{number}" for number in range(len(guests))]
    problem = make.problem(
        [make.session(name, parallel_group="g" if number < 2 else None) for number, name in enumerate(names)],
        rooms=[make.room(f"r{number}", seats=size) for number, size in enumerate(seats)],
        times=make.slots(per_day=3),
        speakers=[(name, name) for name in names],
        absences=[("person", *pair) for pair in sorted(gone)],
    )
    expected = dict(zip(names, guests, strict=True))
    ways = [
        max(guests[n] - seats[room] for n, (room, _) in enumerate(way))
        for way in itertools.permutations(itertools.product(range(2), range(3)), len(names))
        if all((names[n], f"d0s{slot}") not in gone for n, (_, slot) in enumerate(way))
        and (len(names) < 2 or way[0][1] != way[1][1])
    ]
    if not ways:
        with pytest.raises(CannotCompute):
            place_sessions_fairly(problem, expected=expected)
        return
    found = place_sessions_fairly(problem, expected=expected)

    assert found.overflow == min(ways)
    assert found.placed.select("room", "slot").n_unique() == len(names)


def test_a_room_that_is_not_free_is_not_used():
    problem = make.problem(
        [make.session("a")],
        rooms=[make.room("large", seats=50), make.room("small", seats=5)],
        absences=[("room", "large", f"d0s{number}") for number in range(3)],
    )

    assert place_sessions_fairly(problem, expected={"a": 30}).overflow == 25


def test_sessions_of_several_slots_are_refused():
    with pytest.raises(CannotCompute) as refusal:
        place_sessions_fairly(make.problem([make.session("a", slots=2)]), expected={"a": 1})

    assert refusal.value.finding.code is Code.UNKNOWN_CHOICE
