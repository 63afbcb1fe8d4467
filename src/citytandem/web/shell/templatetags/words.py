"""Words, numbers and names in templates: ``{% word "web.home.title" city=name %}``, ``{{ value|number:1 }}``.

These are builtins: no template loads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html

from citytandem.charts.chart import name_key
from citytandem.narration import name_country, tell
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from citytandem.findings import Fact, Finding

register = template.Library()


@register.simple_tag
def word(key: str, **facts: Fact) -> str:
    """The label of a key; with facts, the sentence kept under it, filled."""
    speech = current_speech()
    return speech.sentence(key, **facts) if facts else speech.label(key)


@register.simple_tag(takes_context=True)
def finding(context: template.Context, found: Finding) -> str:
    """The sentence of a finding, with names instead of ids."""
    atlas = atlas_of(context["request"])
    speech = current_speech()
    return tell(found, speech=speech, name_city=lambda city: call_city(atlas, city, language=speech.language))


@register.simple_tag(takes_context=True)
def city_name(context: template.Context, city: str) -> str:
    """The name of a city in the language of the page."""
    return call_city(atlas_of(context["request"]), city, language=current_speech().language)


@register.filter
def number(value: float | None, digits: int = 1) -> str:
    """A number in local form; a dash for unknown."""
    return current_speech().number(value, digits=int(digits))


@register.filter
def percent(value: float | None, digits: int = 0) -> str:
    """A share of one as per cent in local form; a dash for unknown."""
    return current_speech().percent(value, digits=int(digits))


@register.filter
def country(code: str) -> str:
    """A country's name in the language of the page."""
    return name_country(code, current_speech())


@register.filter
def key(value: str | None, prefix: str) -> str:
    """The label of a key under a prefix: ``{{ row.sector|key:"sector" }}``."""
    return name_key(current_speech(), prefix, key=value)


@register.filter
def of(key: str, names: Mapping[str, Any]) -> Any:
    """What a key stands for among some names: ``{{ one.measure|of:titles }}``; the key itself where it has none."""
    return names.get(key, key)


@register.filter
def day(value: date | None) -> str:
    """A date in local form."""
    return date_format(value, "DATE_FORMAT") if value else "–"


@register.simple_tag(takes_context=True)
def same_page_in(context: template.Context, language: str) -> str:
    """The address of this very view in another language, with all its choices."""
    path = context["request"].get_full_path()
    _, _, rest = path.removeprefix("/").partition("/")
    return format_html("/{}/{}", language, rest)


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """The query of this view with some choices changed; an empty value takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in {None, ""}:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
