"""The minutes of a meeting: who was there, what was said, what was decided, who does what until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Person, Sheet, Table, warn_invented, write_date, write_day, write_person

if TYPE_CHECKING:
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class Item:
    """One point of a meeting."""

    title: str
    said: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One thing someone will do; ``until`` None where no day was agreed."""

    what: str
    who: str
    until: dt.date | None = None


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting."""

    meeting: str
    day: dt.date
    place: str
    present: tuple[Person, ...]
    items: tuple[Item, ...]
    tasks: tuple[Task, ...] = ()
    excused: tuple[Person, ...] = ()
    next_day: dt.date | None = None


def compose(paper: Minutes, speech: Speech) -> Sheet:
    """People first, then each point with its decisions, then the tasks."""
    people = [speech.sentence("paper.minutes.present", people="; ".join(write_person(person) for person in paper.present))]
    if paper.excused:
        people.append(
            speech.sentence("paper.minutes.excused", people="; ".join(write_person(person) for person in paper.excused))
        )
    ends = (
        (Part(paragraphs=(speech.sentence("paper.minutes.next", day=write_day(paper.next_day, speech)),)),)
        if paper.next_day
        else ()
    )
    return Sheet(
        title=speech.sentence("paper.minutes.title", meeting=paper.meeting),
        subtitle=f"{paper.place} · {write_day(paper.day, speech)}",
        parts=(
            Part(paragraphs=tuple(people)),
            *(_lay_item(place, item, speech=speech) for place, item in enumerate(paper.items, start=1)),
            _lay_tasks(paper, speech),
            *ends,
        ),
        notice=warn_invented((*paper.present, *paper.excused), speech),
    )


def _lay_item(place: int, item: Item, *, speech: Speech) -> Part:
    decided = tuple(speech.sentence("paper.minutes.decided", decision=decision) for decision in item.decided)
    return Part(f"{place}. {item.title}", paragraphs=item.said, points=decided)


def _lay_tasks(paper: Minutes, speech: Speech) -> Part:
    heading = speech.label("paper.tasks")
    if not paper.tasks:
        return Part(heading, paragraphs=(speech.label("paper.tasks.none"),))
    return Part(heading, table=lay_tasks(paper.tasks, speech))


def lay_tasks(tasks: tuple[Task, ...], speech: Speech) -> Table:
    """What, who, until when, as a table."""
    heads = tuple(speech.label(f"paper.tasks.{head}") for head in ("what", "who", "until"))
    rows = tuple(
        (task.what, task.who, write_date(task.until, speech) if task.until else speech.label("paper.open")) for task in tasks
    )
    return Table(heads, rows, shares=(4, 2, 1.8))
