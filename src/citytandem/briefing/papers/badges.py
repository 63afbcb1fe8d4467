"""Name badges of an event: eight on a sheet of A4, with name, organisation and languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Badge, Person, Sheet

if TYPE_CHECKING:
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class Badges:
    """The badges of all people of an event."""

    event: str
    people: tuple[Person, ...]


def compose(paper: Badges, speech: Speech) -> Sheet:
    """One badge per person; an invented person is marked as such on the badge itself."""
    return Sheet(title=paper.event, badges=tuple(_lay(person, event=paper.event, speech=speech) for person in paper.people))


def _lay(person: Person, *, event: str, speech: Speech) -> Badge:
    lines = tuple(line for line in (person.office, person.organisation, person.city) if line)
    spoken = (speech.sentence("paper.badge.languages", languages=speech.join(person.languages)),) if person.languages else ()
    note = f"{event} · {speech.label('paper.badge.invented')}" if person.is_invented else event
    return Badge(person.name, (*lines, *spoken), note)
