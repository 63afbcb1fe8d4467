"""Tells a finding to a person: its sentence, with ids and keys in it replaced by the names people use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.findings import Fact, Finding
    from citytandem.words import Speech

PREFIXES = {
    "outcome": "outcome",
    "variable": "variable",
    "missing": "sector",
    "aspect": "aspect",
    "sector": "sector",
    "step": "step",
    "tie": "tie",
}
"""Facts of findings that are keys, and the labels they are called by."""

CITIES = ("city", "other", "partner")
"""Facts of findings that are ids of cities."""


def tell(finding: Finding, *, speech: Speech, name_city: Callable[[str], str]) -> str:
    """The sentence of a finding in the language of ``speech``.

    Parameters
    ----------
    finding
        What is to be told.
    speech
        The language.
    name_city
        Gives the name of a city by its id.
    """

    def name(role: str, fact: Fact) -> Fact:
        if not isinstance(fact, str):
            return fact
        if role in CITIES:
            return name_city(fact)
        if role == "country":
            return name_country(fact, speech)
        return (
            ", ".join(_label(f"{PREFIXES[role]}.{key.strip()}", speech) for key in fact.split(",")) if role in PREFIXES else fact
        )

    return speech.say(replace(finding, facts={role: name(role, fact) for role, fact in finding.facts.items()}))


def name_country(code: str, speech: Speech) -> str:
    """A country in the language of ``speech``; a code without a name is shown as it is."""
    from babel import Locale  # slow import

    return str(Locale.parse(speech.language.replace("-", "_")).territories.get(code, code))


def _label(key: str, speech: Speech) -> str:
    """The label of a key; a key without a label is shown as it is."""
    return speech.label(key) if key in LABELS else key.partition(".")[2].replace("_", " ")
