"""What may be chosen where an agenda is set up: kinds, topics, languages, equipment; the words come from the catalogue."""

from __future__ import annotations

from django.conf import settings

from citytandem.tables.catalogue import FIELDS
from citytandem.web.agendas.models import Kind
from citytandem.web.shell.language import word
from citytandem.words import language_of

EQUIPMENT = ("beamer", "whiteboard", "booth", "online", "loop")
LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
TAGS = [tag for tag, _ in LANGUAGES]
KINDS = [(value, word(f"web.agenda.kind.{value}")) for value in Kind.values]
TOPICS = [("", word("web.agenda.any_topic")), *((value, word(f"field.{value}")) for value in FIELDS)]
THINGS = [(value, word(f"web.agenda.equipment.{value}")) for value in EQUIPMENT]


def languages_of(event: object) -> list[str]:
    """The languages sessions of an event are told in: its own first, then those spoken there."""
    spoken = [getattr(event, "language", "en"), *getattr(event, "languages", [])]
    return [tag for tag in dict.fromkeys(spoken) if tag in TAGS] or ["en"]
