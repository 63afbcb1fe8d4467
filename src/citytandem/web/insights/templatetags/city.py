"""Tags of a city's pages: its parts, and addresses that keep what the reader has chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.template.loader import get_template, render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from citytandem.charts.chart import write_number
from citytandem.narration import name_method
from citytandem.web.insights.choices import Choices
from citytandem.web.insights.figures import Include
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.templatetags.blocks import block_of, table
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from citytandem.charts.chart import Twin
    from citytandem.web.insights.figures import Origin

register = template.Library()

CITIES = ("city", "peer", "partner")
"""Hidden columns of a table that hold the city a row is about."""

EXACT = 6
"""Decimals of a number where it is traced: more than any figure shows."""


@register.simple_tag(takes_context=True)
def part_of(context: template.Context, part: Any) -> SafeString:
    """One part of a question: of this room, of another room, or of the briefing."""
    own = getattr(part, "template", "")
    if not own:
        return block_of(context, part)
    values = {name: context.get(name) for name in ("request", "city", "choices", "section")} | {"part": part}
    if isinstance(part, Include):
        try:
            get_template(own)
        except template.TemplateDoesNotExist:
            return mark_safe("")
        values |= part.values
    return mark_safe(render_to_string(own, values))  # noqa: S308 - made by our templates


@register.inclusion_tag("blocks/table.html")
def linked_table(twin: Twin) -> dict[str, Any]:
    """A table whose rows lead to the city or measure they are about."""
    made = table(twin)
    for place, column in enumerate(twin.columns):
        if column.name == "mark":
            for cells in made["rows"]:
                cells[place]["text"] = _name_mark(cells[place]["text"])
    for cells, address in zip(made["rows"], _addresses(twin), strict=True):
        cells[0]["address"] = address
    return made


def _name_mark(mark: str) -> str:
    """A mark with what it stands for."""
    return current_speech().label(f"web.mark_short.{mark}") if f"web.mark_short.{mark}" in LABELS else mark


def _addresses(twin: Twin) -> list[str]:
    """Where the first cell of each row leads; nothing where a row is about no city and no measure."""
    rows = twin.rows
    for name in CITIES:
        if name in rows.columns:
            return [reverse("city", args=[city]) if city else "" for city in rows[name]]
    if "measure" in rows.columns:
        return [address_measure(measure) for measure in rows["measure"]]
    return [""] * rows.height


def address_measure(measure: str) -> str:
    """The page on a measure's method."""
    try:
        return reverse("measure", kwargs={"measure": measure})
    except NoReverseMatch:
        return f"/{get_language()}/method/measures/{measure}/"


def write_query(choices: Choices | None, **changes: str) -> str:
    """The query that shows the same, with some choices changed; what is as usual is left out."""
    usual, shown = Choices(), choices or Choices()
    values = {name: getattr(shown, name) for name in Choices.__slots__} | changes
    kept = {name: value for name, value in values.items() if value not in {None, "", getattr(usual, name)}}
    return f"?{urlencode(kept)}" if kept else ""


@register.simple_tag(takes_context=True)
def figure_url(context: template.Context, key: str, *, kind: str = "") -> str:
    """Where the numbers of a figure are traced, or where it can be taken from as a file."""
    kwargs = {"city": context["city"], "figure": key} | ({"kind": kind} if kind else {})
    return reverse("figure_file" if kind else "figure", kwargs=kwargs) + write_query(context.get("choices"))


@register.simple_tag(takes_context=True)
def section_url(context: template.Context, key: str) -> str:
    """The page of one question."""
    return reverse("section", kwargs={"city": context["city"], "section": key}) + write_query(context.get("choices"))


@register.simple_tag(takes_context=True)
def city_url(context: template.Context, city: str) -> str:
    """A city's page; the own one with all choices, another one as it usually is."""
    same = city == context.get("city")
    return reverse("city", kwargs={"city": city}) + (write_query(context.get("choices")) if same else "")


@register.simple_tag(takes_context=True)
def take_url(context: template.Context, name: str) -> str:
    """The briefing or the data of the city as a file."""
    return reverse(name, kwargs={"city": context["city"]}) + write_query(context.get("choices"))


@register.simple_tag(takes_context=True)
def choice_url(context: template.Context, *, name: str, value: str) -> str:
    """The address of the page with one choice changed."""
    return context["request"].path + write_query(context.get("choices"), **{name: value})


@register.simple_tag(takes_context=True)
def other_choices(context: template.Context, *names: str) -> SafeString:
    """The choices a form does not ask for, so that they stay."""
    choices, usual = context.get("choices") or Choices(), Choices()
    kept = [
        (name, getattr(choices, name))
        for name in Choices.__slots__
        if name not in names and getattr(choices, name) not in {None, "", getattr(usual, name)}
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.simple_tag
def mark_word(mark: str | None) -> SafeString:
    """A mark with its words; nothing for none."""
    if not mark:
        return mark_safe("")
    return format_html('<span class="mark">{}</span>', current_speech().label(f"web.mark.{mark}"))


@register.simple_tag(takes_context=True)
def method_link(context: template.Context, method: str | None) -> str | SafeString:
    """What people call a method, leading to its page; what is no method of a balance stays as it is."""
    atlas = atlas_of(context["request"])
    if method not in atlas.facts.methods:
        return method or "–"
    address = reverse("method_item", kwargs={"page": "methods", "item": method})
    named = name_method(method, methods={method: atlas.facts.methods[method].short}, speech=current_speech())
    return format_html('<a href="{}">{}</a>', address, named)


@register.simple_tag
def level_word(level: int | None) -> str:
    """What a level of power means."""
    return current_speech().label(f"web.city.level.{'unknown' if level is None else level}")


@register.simple_tag
def missing_words(origin: Origin) -> str:
    """What is not stated about a number."""
    speech = current_speech()
    return speech.join(speech.label(f"web.missing.{name}") for name in origin.missing or ("none",))


@register.simple_tag
def exact(value: float) -> str:
    """A number with up to six decimals, none of them an idle zero, in local form."""
    digits = len(f"{value:.{EXACT}f}".rstrip("0").partition(".")[2])
    return write_number(value, digits=digits, speech=current_speech())
