"""Words of agendas in templates: titles in the language of the page, names of speakers, clocks, changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format

from citytandem.cards import name_language
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.filter
def title(told: Any) -> str:
    """The title of a session or of an entry in the language of the page, as far as there is one."""
    titles: dict[str, str] = told["titles"] if isinstance(told, dict) else told.titles
    return titles.get(current_speech().language) or titles.get("en") or next(iter(titles.values()), "")


@register.filter
def title_language(told: Any) -> str:
    """The language that title is in, for readers aloud."""
    titles: dict[str, str] = told["titles"] if isinstance(told, dict) else told.titles
    own = current_speech().language
    return own if titles.get(own) else "en" if titles.get("en") else next(iter(titles), "en")


@register.filter
def other_titles(told: Any) -> list[tuple[str, str]]:
    """The same title in the other languages, so that visitors from abroad find it on the sign at the door."""
    shown = title_language(told)
    return [(language, text) for language, text in told.titles.items() if language != shown and text != told.titles[shown]]


@register.filter
def text(told: Any) -> str:
    """The text in the language of the page, by the same rule."""
    return str(told.text_in(current_speech().language))


@register.filter
def names_of(session: int, names: Mapping[int, list[str]]) -> list[str]:
    """The names kept under a session."""
    return names.get(session, [])


@register.filter
def clock(moment: dt.datetime, zone: str = "") -> str:
    """A time of day; in a zone if one is named."""
    there = moment.astimezone(ZoneInfo(zone)) if zone else moment
    return f"{there:%H:%M}"


@register.filter
def long_day(day: dt.date) -> str:
    """A day with its weekday."""
    return f"{date_format(day, 'l')}, {date_format(day, 'DATE_FORMAT')}"


@register.filter
def moment_of(side: dict[str, str], zone: str) -> str:
    """When and where one side of a change was."""
    starts = dt.datetime.fromisoformat(side["starts"]).astimezone(ZoneInfo(zone))
    where = f", {side['where']}" if side["where"] else ""
    return f"{date_format(starts.date(), 'D')} {date_format(starts.date(), 'SHORT_DATE_FORMAT')} {starts:%H:%M}{where}"


@register.filter
def spoken(languages: list[str]) -> str:
    """Languages by name, in the language of the page."""
    speech = current_speech()
    return ", ".join(name_language(tag, speech) for tag in languages)
