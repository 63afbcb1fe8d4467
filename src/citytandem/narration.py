"""Tells a finding to a person: its sentence, with ids and keys in it replaced by the names people use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from citytandem.findings import Code, Finding
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from citytandem.findings import Fact
    from citytandem.words import Speech

PREFIXES = {
    "outcome": "outcome",
    "variable": "variable",
    "missing": "sector",
    "aspect": "aspect",
    "sector": "sector",
    "step": "step",
    "tie": "tie",
    "context": "estimate.context",
    "unmet": "tour.reason",
    "modes": "mode",
    "figure": "building.figure",
    "meter": "building.figure",
    "conventions": "building.convention",
    "first_year_of": "building.year",
    "later_year_of": "building.year",
}
"""Facts of findings that are keys, and the labels they are called by."""

CITIES = ("city", "other", "partner", "subject")
"""Facts of findings that are ids of cities."""


FRAMEWORK_PARTS = ("framework", "criterion")
"""Facts of findings that are keys of a shipped framework or of its criterion; those of one's own are titles already."""

LISTS = ("years",)
"""Facts of findings that are lists of values."""


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
        if role in PREFIXES:
            return speech.join(_label(f"{PREFIXES[role]}.{key.strip()}", speech) for key in fact.split(","))
        if role in FRAMEWORK_PARTS and f"framework.{fact}" in LABELS:
            return speech.label(f"framework.{fact}")
        return speech.join(fact.split(", ")) if role in LISTS else fact

    return speech.say(replace(finding, facts={role: name(role, fact) for role, fact in finding.facts.items()}))


def name_said(value: object, *, aspect: str, speech: Speech) -> str:
    """What a balance says about an aspect of the gate: a choice, a list of sectors, or a value as it is."""
    if value is None:
        return speech.label("said.none") if aspect == "sectors" else "–"
    keys = [key.strip() for key in str(value).split(",")]
    labels = {key: next((full for full in (f"said.{key}", f"sector.{key}") if full in LABELS), None) for key in keys}
    return speech.join(speech.label(label) if label else key for key, label in labels.items())


def tell_aspect(row: Mapping[str, object], *, city: str, other: str, speech: Speech) -> str:
    """The sentence of one aspect of the gate, about two cities called by their names."""
    said = {name: name_said(row[name], aspect=str(row["aspect"]), speech=speech) for name in ("own", "theirs")}
    facts: dict[str, Fact] = {**said, "city": city, "other": other, "aspect": _label(f"aspect.{row['aspect']}", speech)}
    return speech.say(Finding(Code(str(row["code"])), facts))


def name_method(key: str | None, *, methods: Mapping[str, str], speech: Speech) -> str:
    """What people call a method; ``methods`` are the names by key. A key without a name is shown as it is."""
    if key is None or key == "unknown":
        return speech.label("said.unknown")
    if f"method_name.{key}" in LABELS:
        # a name that describes is said in the language of the reader, a proper name stays
        return speech.label(f"method_name.{key}")
    return methods.get(key) or key.replace("_", " ")


def name_country(code: str, speech: Speech) -> str:
    """A country in the language of ``speech``; a code without a name is shown as it is."""
    from babel import Locale  # slow import

    return str(Locale.parse(speech.language.replace("-", "_")).territories.get(code, code))


def _label(key: str, speech: Speech) -> str:
    """The label of a key; a key without a label is shown as it is."""
    return speech.label(key) if key in LABELS else key.partition(".")[2].replace("_", " ")
