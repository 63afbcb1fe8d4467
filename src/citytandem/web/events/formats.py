"""What kinds of meetings there are: size, length, what comes out, and the outline of the agenda each is drafted with.

Sizes, lengths and outputs are our proposals (mark P), after the twinning programmes named in the documentation of partners.
"""

from __future__ import annotations

from dataclasses import dataclass

from citytandem.web.events.models import ItemKind, Kind

MARK = "P"
DAY_MINUTES = 540
"""Hours of one day of an outline, rest and an evening together included: nobody learns longer."""


@dataclass(frozen=True)
class Part:
    """One part of an outline; its title is the word ``event.part.<key>``."""

    key: str
    kind: ItemKind
    minutes: int
    day: int = 1


@dataclass(frozen=True)
class Format:
    """A kind of meeting; ``event.format.<key>`` is its name, ``event.output.<key>`` what comes out of it."""

    key: str
    kind: Kind
    people: tuple[int, int]
    days: int
    is_online: bool
    outline: tuple[Part, ...]

    @property
    def hours(self) -> float:
        """All parts together, rest included."""
        return self.minutes / 60

    @property
    def minutes(self) -> int:
        """All parts together."""
        return sum(part.minutes for part in self.outline)


def _day(number: int, *parts: tuple[str, ItemKind, int]) -> tuple[Part, ...]:
    return tuple(Part(key, kind, minutes, number) for key, kind, minutes in parts)


_WELCOME = ("welcome", ItemKind.PLENARY, 30)
_LUNCH = ("lunch", ItemKind.BREAK, 75)
_PAUSE = ("pause", ItemKind.BREAK, 30)
_MEET = ("meet", ItemKind.MEETING, 60)
_AGREE = ("agree", ItemKind.PLENARY, 45)
_SITE = ("site", ItemKind.EXCURSION, 120)
_EVENING = ("evening", ItemKind.MEETING, 120)

FORMATS: dict[str, Format] = {
    one.key: one
    for one in (
        Format(
            "matching_call", Kind.WORKSHOP, (6, 6), 1, True,
            _day(1, ("who", ItemKind.PLENARY, 10), ("learn", ItemKind.DIALOGUE, 20), ("give", ItemKind.DIALOGUE, 20),
                 ("go_on", ItemKind.PLENARY, 10)),
        ),
        Format(
            "kick_off", Kind.WORKSHOP, (8, 15), 2, False,
            (*_day(1, _WELCOME, ("hosts", ItemKind.TALK, 45), _PAUSE, ("questions", ItemKind.DIALOGUE, 90), _LUNCH, _SITE,
                   _EVENING),
             *_day(2, ("groups", ItemKind.WORKSHOP, 90), _PAUSE, ("roles", ItemKind.WORKSHOP, 60), _LUNCH,
                   ("calendar", ItemKind.WORKSHOP, 60), _AGREE)),
        ),
        Format(
            "peer_review", Kind.PEER_REVIEW, (4, 6), 3, False,
            (*_day(1, _WELCOME, ("hosts", ItemKind.TALK, 60), _LUNCH, ("interviews", ItemKind.MEETING, 150)),
             *_day(2, _SITE, _LUNCH, ("interviews", ItemKind.MEETING, 120), ("reviewers", ItemKind.WORKSHOP, 60)),
             *_day(3, ("reviewers", ItemKind.WORKSHOP, 120), _LUNCH, ("findings", ItemKind.PLENARY, 60), _AGREE)),
        ),
        Format(
            "study_tour", Kind.STUDY_TOUR, (6, 12), 4, False,
            (*_day(1, _WELCOME, ("questions", ItemKind.DIALOGUE, 60), _LUNCH, _SITE, _EVENING),
             *_day(2, _SITE, _LUNCH, _SITE, ("notes", ItemKind.WORKSHOP, 45)),
             *_day(3, _SITE, _LUNCH, _MEET, ("notes", ItemKind.WORKSHOP, 45)),
             *_day(4, ("findings", ItemKind.WORKSHOP, 90), _AGREE)),
        ),
        Format(
            "delegation", Kind.DELEGATION, (10, 20), 5, False,
            (*_day(1, _WELCOME, ("politics", ItemKind.PLENARY, 60), _LUNCH, _SITE, _EVENING),
             *_day(2, _SITE, _LUNCH, _SITE), *_day(3, ("hosts", ItemKind.TALK, 60), _PAUSE, _MEET, _LUNCH, _SITE),
             *_day(4, ("groups", ItemKind.WORKSHOP, 120), _LUNCH, ("draft", ItemKind.WORKSHOP, 90)),
             *_day(5, ("declaration", ItemKind.PLENARY, 60), _AGREE)),
        ),
        Format(
            "workshop_series", Kind.ONLINE_SERIES, (15, 30), 1, True,
            _day(1, _WELCOME, ("input", ItemKind.TALK, 30), _PAUSE, ("groups", ItemKind.WORKSHOP, 75),
                 ("factsheet", ItemKind.WORKSHOP, 30), _AGREE),
        ),
        Format(
            "conference", Kind.CONFERENCE, (100, 200), 3, False,
            (*_day(1, _WELCOME, ("game", ItemKind.MEETING, 90), _EVENING),
             *_day(2, ("politics", ItemKind.PLENARY, 60), _PAUSE, ("input", ItemKind.TALK, 60), _LUNCH,
                   ("dialogue", ItemKind.DIALOGUE, 75), _PAUSE, ("dialogue", ItemKind.DIALOGUE, 75), _MEET),
             *_day(3, _SITE, _LUNCH, ("findings", ItemKind.PLENARY, 60))),
        ),
        Format(
            "closing", Kind.WORKSHOP, (15, 25), 1, False,
            _day(1, _WELCOME, ("learned", ItemKind.DIALOGUE, 90), _PAUSE, ("plan", ItemKind.WORKSHOP, 90), _LUNCH,
                 ("paper", ItemKind.WORKSHOP, 60), ("declaration", ItemKind.PLENARY, 30)),
        ),
    )
}  # fmt: skip
