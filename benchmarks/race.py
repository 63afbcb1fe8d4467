"""How much faster is one way than another, given that both give the same answer?"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

OURS = "citytandem"


@dataclass(frozen=True)
class Contest:
    """One job, ours and its peers, each a call without arguments that returns the answer.

    ``agree(ours, theirs, name)`` raises an AssertionError where two answers differ by more than
    ``tolerance`` says. ``targets`` holds the ratio promised for a peer.
    """

    job: str
    size: str
    entrants: dict[str, Callable[[], Any]]
    agree: Callable[[Any, Any, str], None]
    tolerance: str
    targets: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """Seconds of one entrant, and how many times as long as ours it took: by the clock, and in processor time."""

    job: str
    size: str
    entrant: str
    seconds: float
    ratio: float
    lowest: float
    highest: float
    work_ratio: float
    target: float | None
    tolerance: str
    first_call: float
    load: float

    @property
    def reached(self) -> str:
        if self.target is None:
            return ""
        return "yes" if self.ratio >= self.target else "no"


def run(contest: Contest, *, rounds: int = 5) -> list[Result]:
    """Assert equal answers, then time all entrants in turn, in opposite order every other round."""
    started = time.perf_counter()
    answer = contest.entrants[OURS]()
    first_call = time.perf_counter() - started
    for name, entrant in contest.entrants.items():
        if name != OURS:
            contest.agree(answer, entrant(), name)
    load = os.getloadavg()[0]
    names = list(contest.entrants)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    work: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            taken, worked = _time(contest.entrants[name])
            seconds[name].append(taken)
            work[name].append(worked)
    ours = statistics.median(seconds[OURS])
    return [
        Result(
            contest.job,
            contest.size,
            name,
            statistics.median(taken),
            statistics.median(taken) / ours,
            min(a / b for a, b in zip(taken, seconds[OURS], strict=True)),
            max(a / b for a, b in zip(taken, seconds[OURS], strict=True)),
            statistics.median(work[name]) / statistics.median(work[OURS]),
            contest.targets.get(name),
            contest.tolerance,
            first_call,
            load,
        )
        for name, taken in seconds.items()
    ]


def _time(entrant: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock and of all processors for one call, repeated within the round if too short for the clock."""
    gc.collect()
    gc.disable()
    try:
        repeats, taken, worked = 0, 0.0, 0.0
        while taken < 0.05:
            started, before = time.perf_counter(), _work()
            entrant()
            taken += time.perf_counter() - started
            worked += _work() - before
            repeats += 1
        return taken / repeats, worked / repeats
    finally:
        gc.enable()


def _work() -> float:
    """Processor seconds of this process and of those it started and waited for."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system
