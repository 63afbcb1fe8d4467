"""The page of a region as a briefing on paper: the same questions in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing.build import LABELS
from citytandem.briefing.document import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.findings import Fact
    from citytandem.web.regions.asking import View
    from citytandem.web.regions.sections.section import Section


def compose_briefing(view: View, sections: Sequence[Section]) -> Document:
    """The briefing, before it is written on anything."""
    speech = view.speech
    told: dict[str, Fact] = {"region": view.name, "first": view.choices.first, "last": view.choices.last}
    return Document(
        title=speech.sentence("web.region.title", region=view.name),
        subtitle=speech.sentence("web.region.paper.subtitle", **told),
        city=view.name,
        language=speech.language,
        footer=speech.sentence("briefing.footer", city=view.name, release=view.provenance.release),
        pages=tuple(section.page for section in sections if section.page.blocks or section.page.answer),
        labels={key: speech.label(key) for key in LABELS},
    )
