"""What may be chosen where a tour is set up; the words come from the catalogue."""

from __future__ import annotations

from citytandem.web.shell.language import word
from citytandem.web.tours.models import Choice, Mark, Mode

CHOICES = [(value, word(f"web.tour.choice.{value}")) for value in Choice.values]
MARKS = [(value, word(f"web.tour.mark.{value}")) for value in Mark.values]
MODES = [(value, word(f"mode.{value}")) for value in Mode.values]
LEG_MODES = [(value, word(f"mode.{value}")) for value in ("coach", "train", "tram", "car", "ship", "walk", "bicycle", "flight")]
ACCESS = [("", word("web.tour.unknown")), ("yes", word("web.tour.yes")), ("no", word("web.tour.no"))]
TOPICS = {
    "structural change": "structural_change",
    "new work": "new_work",
    "nature": "nature",
    "water": "water",
    "heat": "heat",
    "renovation": "renovation",
    "participation": "participation",
    "mobility": "mobility",
}
"""Topics the house has words for, with the end of their key; any other stands as it was written."""


def keep_topic(text: str) -> str:
    """A topic as it is kept: one the house has words for in English, in whichever language of a page it was typed."""
    known = {str(word(f"web.tour.topic.{end}")).casefold(): name for name, end in TOPICS.items()}
    return known.get(text.casefold(), text)


def tell_topic(name: str) -> str:
    """A topic in the language of the page; one the house has no word for as it was written."""
    return str(word(f"web.tour.topic.{TOPICS[name]}")) if name in TOPICS else name


SOURCES = ("own", "recalled", "invented")
"""Sources that are no publication."""
