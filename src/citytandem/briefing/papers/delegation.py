"""The list of a delegation: who comes, what they do, which languages they speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Person, Sheet, Table, warn_invented, write_days, write_person

if TYPE_CHECKING:
    from citytandem.briefing.papers.paper import Occasion
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class DelegationList:
    """Who comes from where; ``head`` leads the delegation. Diet, access and passports never stand here."""

    occasion: Occasion
    name: str
    people: tuple[Person, ...]
    head: Person | None = None
    contact: str = ""


def compose(paper: DelegationList, speech: Speech) -> Sheet:
    """The people in the order given, with office, organisation and languages."""
    heads = tuple(speech.label(f"paper.delegation.{head}") for head in ("name", "office", "organisation", "languages"))
    rows = tuple(
        (p.name, p.office, ", ".join(x for x in (p.organisation, p.city) if x), speech.join(p.languages)) for p in paper.people
    )
    said = [speech.sentence("paper.delegation.count", count=len(paper.people))]
    said += [speech.sentence("paper.delegation.head", head=write_person(paper.head))] if paper.head else []
    said += [speech.sentence("paper.contact", contact=paper.contact)] if paper.contact else []
    occasion = paper.occasion
    return Sheet(
        title=speech.sentence("paper.delegation.title", name=paper.name),
        subtitle=f"{occasion.title} · {occasion.place} · {write_days(occasion.starts, occasion.ends, speech=speech)}",
        parts=(Part(paragraphs=tuple(said), table=Table(heads, rows, shares=(2.4, 2.6, 3, 2))),),
        footer=speech.label("paper.private"),
        notice=warn_invented(paper.people, speech),
    )
