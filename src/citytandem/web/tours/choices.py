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
SOURCES = ("own", "recalled", "invented")
"""Sources that are no publication."""
