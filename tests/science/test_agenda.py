"""A plan is valid, and no plan is better: tried against every plan there is."""

import itertools

import pytest

from citytandem.findings import CannotCompute
from citytandem.science.exchange.agenda import check_plan, plan_agenda
from citytandem.science.exchange.agenda_draft import Diary
from citytandem.science.exchange.agenda_instance import bits, prepare_instance
from tests.science import agendas as make


def _every_plan(instance):
    """The worth of every valid plan, by plain trying."""
    for places in itertools.product(*instance.options):
        held = [(option.room, slot) for option in places if option.room >= 0 for slot in bits(option.block)]
        apart = all(
            not places[a].busy & places[b].busy for _, members in instance.apart for a, b in itertools.combinations(members, 2)
        )
        if len(held) == len(set(held)) and apart and _hosts_can(instance, places):
            yield _best_seats(instance, places)


def _hosts_can(instance, places):
    diary = Diary(instance, places=places, tasks=[])
    for person, busy in diary.busy.items():
        if any(lunch and busy & lunch == lunch and diary.fed[person] & lunch != lunch for lunch in instance.lunches):
            return False
        rested = all(busy & window != window for window in diary.windows)
        if instance.guests[person].rests and not rested:
            return False
    return True


def _best_seats(instance, places):
    """First the person served least, then the sum, over all ways to give out seats (seats by person, then joined)."""
    diary = Diary(instance, places=places, tasks=[])
    ways = []
    for person, wishes in enumerate(instance.wishes):
        choices = [chosen for size in range(len(wishes) + 1) for chosen in itertools.combinations(wishes, size)]
        own = [
            (sum(wish.points for wish in chosen), tuple(wish.session for wish in chosen))
            for chosen in choices
            if _can(instance, places, diary, person=person, sessions=[wish.session for wish in chosen])
        ]
        ways.append(own)
    best = (-1, -1)
    for together in itertools.product(*ways):
        taken = [session for _, sessions in together for session in sessions]
        if all(taken.count(session) <= places[session].seats for session in set(taken)):
            served = [points for (points, _), wishes in zip(together, instance.wishes, strict=True) if wishes]
            best = max(best, (min(served, default=0), sum(points for points, _ in together)))
    return best


def _can(instance, places, diary, *, person, sessions):
    own = Diary(instance, places=places, tasks=[])
    for session in sessions:
        option = places[session]
        if not instance.guests[person].fits(option) or own.busy[person] & option.busy:
            return False
        own.take(person, session=session)
    busy = own.busy[person]
    if any(lunch and busy & lunch == lunch and own.fed[person] & lunch != lunch for lunch in instance.lunches):
        return False
    return not instance.guests[person].rests or all(busy & window != window for window in diary.windows)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("more", [{}, {"lunch": (1, 2), "per_day": 4, "sessions": 3}, {"trips": 1, "sessions": 3}])
def test_no_plan_serves_the_person_served_least_better_nor_has_a_larger_sum(seed, more):
    problem = make.draw(seed, people=3, **more)
    every = list(_every_plan(prepare_instance(problem)))
    if not every:
        with pytest.raises(CannotCompute):
            plan_agenda(problem)
        return
    plan = plan_agenda(problem)

    assert plan.proof == "optimal"
    assert (round((plan.worst_share or 0) * 1000), plan.points) == max(every)
    assert (plan.worst_bound, plan.points_bound) == (plan.worst_share, plan.points)
    assert check_plan(problem, plan) == ()
