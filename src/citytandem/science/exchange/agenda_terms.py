"""What an agenda is made from and what comes out, as every part of the solver takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    import dataframely as dy

    from citytandem.findings import Finding
    from citytandem.tables.agenda import (
        Absence,
        Interpreted,
        Interpreter,
        Meeting,
        Moved,
        Person,
        Placed,
        PlanStep,
        Room,
        Seat,
        SeatChange,
        Served,
        Session,
        Slot,
        Speaker,
        Talk,
        Unmet,
        Wish,
    )

Clock: TypeAlias = "Callable[[], float]"


@dataclass(frozen=True)
class AgendaSettings:
    """What the organisers promise their guests.

    ``slots_in_a_row`` holds for people who need rest, ``interpreter_slots`` for everyone who interprets; ``tables`` is
    the number of tables for meetings of two; a pause of at most ``pause_min`` minutes does not part a session of
    several slots. Excursions may run over longer pauses. Among plans that serve everyone equally well, a minute without any
    session between two of a day weighs ``empty_weight``, each minute a session starts after its day does ``later_weight``.
    """

    tables: int = 0
    slots_in_a_row: int = 2
    interpreter_slots: int = 2
    pause_min: int = 30
    empty_weight: int = 4
    later_weight: int = 1


@dataclass(frozen=True)
class AgendaProblem:
    """All that must be planned; each frame is valid by its schema in ``tables.agenda``."""

    sessions: dy.DataFrame[Session]
    rooms: dy.DataFrame[Room]
    slots: dy.DataFrame[Slot]
    speakers: dy.DataFrame[Speaker]
    people: dy.DataFrame[Person]
    wishes: dy.DataFrame[Wish]
    absences: dy.DataFrame[Absence]
    meetings: dy.DataFrame[Meeting]
    interpreters: dy.DataFrame[Interpreter]
    settings: AgendaSettings = field(default_factory=AgendaSettings)


@dataclass(frozen=True)
class Plan:
    """One computed agenda, with what it leaves open and how far it can be from the best.

    ``worst_share`` is the share of their wishes the person served least has met (null without wishes);
    ``points`` sums 1 000 points for each person whose wishes are all met, and the worth of meetings. The bounds say
    that no plan serves the person served least better, and that none which serves them as well has a larger sum.
    ``proof`` is ``optimal`` or ``bound``. ``struck`` says that the clock, not the work allowed, ended the search:
    only then the same seed may give another plan. ``empty_minutes`` are those between two sessions of a day in which
    nothing runs, lunch left out.
    """

    placed: dy.DataFrame[Placed]
    seats: dy.DataFrame[Seat]
    talks: dy.DataFrame[Talk]
    interpreted: dy.DataFrame[Interpreted]
    served: dy.DataFrame[Served]
    unmet: dy.DataFrame[Unmet]
    worst_share: float | None
    worst_bound: float | None
    points: int
    points_bound: int
    proof: str
    steps: dy.DataFrame[PlanStep]
    moved: dy.DataFrame[Moved]
    seat_changes: dy.DataFrame[SeatChange]
    findings: tuple[Finding, ...]
    seed: int
    struck: bool = False
    empty_minutes: int = 0

    @property
    def gap(self) -> float:
        """How far the sum may be from the best, as a share of the bound; zero when proven."""
        return (self.points_bound - self.points) / self.points_bound if self.points_bound else 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Best plan so far and the bounds, told while the search runs."""

    worst_share: float | None
    worst_bound: float | None
    points: int
    points_bound: int
