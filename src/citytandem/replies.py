"""The shape in which an answer leaves the house for programs: the same from the terminal and from the REST interface."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from citytandem.narration import tell
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from citytandem.atlas import Atlas
    from citytandem.findings import Finding
    from citytandem.transition import Analogues
    from citytandem.words.speech import Speech

ASKED = ("region", "name", "first", "last", "least_lag", "regions", "windows")
FOUND = ("analogues", "nearest", "peaks", "phases", "cases", "trajectories")


def say(finding: Finding, speech: Speech) -> str:
    """The sentence of a finding, with cities called by their names."""
    return tell(finding, speech=speech, name_city=lambda city: call_city(city, language=speech.language))


def call_city(city: str, *, language: str) -> str:
    """The name of a city in a language; its id if the reference release does not know it."""
    from citytandem.atlas import load
    from citytandem.gazetteer import names_in

    return names_in(_reference(load), [city], language=language).get(city, city)


@cache
def _reference(load: Callable[[], Atlas]) -> Atlas:
    return load()


def spoken(findings: Iterable[Finding], speech: Speech) -> list[dict[str, Any]]:
    """Findings with their code, facts and the sentence in the person's language."""
    return [{**finding.as_dict(), "message": say(finding, speech)} for finding in findings]


def refused(finding: Finding, speech: Speech, *, because: Iterable[Finding] = ()) -> dict[str, Any]:
    """The answer when there is none: why, what that stands on, and what would cure it."""
    return {"status": "refused", "answer": None, "findings": spoken([finding, *because], speech)}


def answered(answer: dict[str, Any], findings: Iterable[Finding], *, speech: Speech) -> dict[str, Any]:
    """An answer, with ``partial`` where a finding says that something was left out."""
    told = spoken(findings, speech)
    partial = any(finding["severity"] != "note" for finding in told)
    return {"status": "partial" if partial else "complete", "answer": answer, "findings": told}


def plain_analogues(found: Analogues) -> dict[str, Any]:
    """What was asked, searched and found about the past a region resembles, as plain values."""
    whole = {name: getattr(found, name) for name in ASKED} | {"traits": list(found.traits), "limit": found.limit}
    whole |= {name: getattr(found, name) for name in FOUND} | {"provenance": found.provenance.as_dict()}
    return dict(as_plain(whole))
