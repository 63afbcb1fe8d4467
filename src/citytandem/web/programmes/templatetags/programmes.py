"""What templates of programmes say of rules, measures and gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from citytandem.narration import name_country
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.findings import Fact
    from citytandem.web.programmes.eligibility import Check

register = template.Library()


@register.simple_tag
def check_told(check: Check) -> str:
    """What one rule of a call said, in a sentence."""
    speech = current_speech()
    facts: dict[str, Fact] = dict(check.facts)
    if isinstance(facts.get("country"), str):
        facts["country"] = name_country(str(facts["country"]), speech)
    if "actor" in facts:
        facts["actor"] = speech.label(f"actor.{facts['actor']}")
    for name in ("people", "low", "high"):
        if isinstance(facts.get(name), int):
            facts[name] = speech.number(facts[name], digits=0)  # type: ignore[arg-type]
    return speech.sentence(check.key, **facts)


@register.filter
def named(titles: Mapping[str, str], key: str) -> str:
    """The title of a measure; its key where there is none."""
    return titles.get(key, key)


@register.filter
def share_range(pair: tuple[float | None, float | None]) -> str:
    """What is gained, from least to most, as per cent; that nothing is known is said."""
    speech, (low, high) = current_speech(), pair
    if low is None or high is None:
        return speech.label("web.studio.gain_unknown")
    if round(low, 2) == round(high, 2):
        return speech.percent(high)
    return speech.sentence("web.studio.gain_range", low=speech.percent(low), high=speech.percent(high))
