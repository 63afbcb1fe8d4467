"""Regions of the house by name, in the language of the page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from citytandem.sources.facts import load_facts
from citytandem.tables.series import PHASES
from citytandem.transition import Atlas, name_regions
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from citytandem.words import Language

PHASE_CHOICES = [(value, word(f"phase.{value}")) for value in PHASES]


@cache
def regions_in(language: Language) -> dict[str, str]:
    """What each region is called, by name."""
    named = name_regions(Atlas({"region": load_facts().region}), language=language.replace("-", "_"))
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))
