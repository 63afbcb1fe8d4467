"""How near the best a large agenda comes, and how soon: 300 people, 50 sessions, 10 excursions, meetings of two.

Run ``python -m benchmarks.agenda_curve``; it prints the rows of ``results.md``.
"""

from __future__ import annotations

import os
import random
import time

from benchmarks.agenda import frame, session, slots
from citytandem.science.exchange.agenda import AgendaProblem, AgendaSettings, Progress, check_plan, plan_agenda
from citytandem.science.exchange.agenda_model import import_solver
from citytandem.tables import agenda as tables

SEATS = (120, 80, 60, 40, 40, 30)
TOPICS = 8
BUDGET = 60.0
SEEDS = (1, 2, 3)


def generate(people: int = 300, *, talks: int = 50, trips: int = 10, seed: int = 20261122) -> AgendaProblem:
    """Guests with five wishes in two favoured topics and one excursion; speakers, absences, languages, access, interpreters."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    lines = slots(3, 6, lunch=(2, 3))
    guests = [f"p{n:03}" for n in range(people)]
    german = {guest for guest in guests if chance.random() < 0.5}
    plain = [guest for n, guest in enumerate(guests) if n % 60 > 1]
    names = [f"s{n:02}" for n in range(talks)]
    topic = {name: chance.randrange(TOPICS) for name in names}
    made = [
        session(name, slots=1 + (n % 7 == 0), languages=("en",) if n % 3 else ("de",), into=() if n % 12 else ("en",))
        for n, name in enumerate(names)
    ]
    away = [f"x{n:02}" for n in range(trips)]
    made += [session(name, kind="excursion", slots=2, seats=35, accessible=n % 3 != 0, travel=40) for n, name in enumerate(away)]
    wishes = []
    for guest in guests:
        open_to = [name for n, name in enumerate(names) if n % 3 or n % 12 == 0 or guest in german]
        favoured = chance.sample(range(TOPICS), 2)
        liked = [name for name in open_to if topic[name] in favoured]
        chosen = chance.sample(liked, min(len(liked), 4))
        chosen += chance.sample([name for name in open_to if name not in liked], 5 - len(chosen))
        chance.shuffle(chosen)
        chosen.insert(chance.randrange(3), chance.choice(away))
        wishes += [(guest, name, turn) for turn, name in enumerate(chosen, start=1)]
    meetings = sorted({tuple(sorted(chance.sample(guests, 2))) for _ in range(60)})
    access = {0: ["wheelchair"], 1: ["rest"]}
    return AgendaProblem(
        sessions=frame(tables.Session, made),
        rooms=frame(tables.Room, [(f"r{n}", None, size, n != 5, [], None) for n, size in enumerate(SEATS)]),
        slots=frame(tables.Slot, lines),
        speakers=frame(tables.Speaker, [(row[0], chance.choice(plain)) for row in made]),
        people=frame(
            tables.Person,
            [(g, None, ["en", "de"] if g in german else ["en"], access.get(n % 60, [])) for n, g in enumerate(guests)],
        ),
        wishes=frame(tables.Wish, wishes),
        absences=frame(
            tables.Absence, sorted({("person", chance.choice(plain), chance.choice(lines)[0]) for _ in range(people // 10)})
        ),
        meetings=frame(tables.Meeting, [(a, b, round(chance.random(), 2)) for a, b in meetings]),
        interpreters=frame(tables.Interpreter, [(f"i{n}", "de", "en") for n in range(3)]),
        settings=AgendaSettings(tables=8),
    )


def main() -> None:
    """Each better plan with the seconds of processor time it took, of all threads together, then the finished plan."""
    import_solver()
    for seed in SEEDS:
        problem, rows = generate(seed=seed), []
        load, started, at = os.getloadavg()[0], time.process_time(), time.perf_counter()

        def note(progress: Progress, *, rows: list[str] = rows, started: float = started) -> None:
            rows.append(tell(time.process_time() - started, progress))

        plan = plan_agenda(problem, seconds=BUDGET, seed=1, clock=time.perf_counter, progress=note)
        assert not check_plan(problem, plan)
        last = Progress(plan.worst_share, plan.worst_bound, plan.points, plan.points_bound)
        rows.append(tell(time.process_time() - started, last))
        print(f"seed {seed}, load {load:.1f}, {time.perf_counter() - at:.0f} s by the clock, ended by it: {plan.struck}")
        print("\n".join(rows), flush=True)


def tell(seconds: float, now: Progress) -> str:
    """One row of ``results.md``."""
    gap = (now.points_bound - now.points) / now.points_bound
    return f"| {seconds:.1f} | {now.worst_share:.3f} | {now.worst_bound:.3f} | {gap:.1%} |"


if __name__ == "__main__":
    main()
