"""Words of tours in templates: topics, ways, who vouches for a row, weekdays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.dates import WEEKDAYS

from citytandem.charts.chart import name_key
from citytandem.web.shell.language import current_speech
from citytandem.web.tours.choices import SOURCES, tell_topic

if TYPE_CHECKING:
    from citytandem.web.tours.route import Stop

register = template.Library()


@register.filter
def topic(told: str) -> str:
    """A topic in the language of the page where the house has a word for it, else as it was written."""
    return tell_topic(told)


@register.filter
def way(stop: Stop) -> str:
    """Minutes, km and how one goes, marked where they are estimated."""
    speech = current_speech()
    key = "tour.way.estimated" if stop.leg_estimated else "tour.way.leg"
    mode = name_key(speech, "mode", key=stop.leg_mode)
    return speech.sentence(key, minutes=stop.leg_minutes, km=speech.number(stop.leg_km), mode=mode)


@register.simple_tag
def vouch(mark: str, source: str) -> str:
    """How sure a row is, and where it was read, in words."""
    speech = current_speech()
    sure = speech.label(f"web.tour.mark.{mark}")
    if source in SOURCES:
        return sure if source == "recalled" else f"{sure}; {speech.label(f'web.tour.source.{source}')}"
    return f"{sure}; {source}"


@register.filter
def weekday(number: int) -> str:
    """The name of a weekday; 0 is Monday."""
    return str(WEEKDAYS[number])
