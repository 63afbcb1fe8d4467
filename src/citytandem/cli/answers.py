"""The shape in which an answer leaves the terminal as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.findings import Finding
    from citytandem.words.speech import Speech


def spoken(findings: Iterable[Finding], speech: Speech) -> list[dict[str, Any]]:
    """Findings with their code, facts and the sentence in the person's language."""
    return [{**finding.as_dict(), "message": speech.say(finding)} for finding in findings]


def refused(finding: Finding, speech: Speech) -> dict[str, Any]:
    """The answer when there is none: why, and what would cure it."""
    return {"status": "refused", "answer": None, "findings": spoken([finding], speech)}


def answered(answer: dict[str, Any], findings: Iterable[Finding], speech: Speech) -> dict[str, Any]:
    """An answer, with ``partial`` where a finding says that something was left out."""
    told = spoken(findings, speech)
    partial = any(finding["severity"] != "note" for finding in told)
    return {"status": "partial" if partial else "complete", "answer": answer, "findings": told}
