"""The parts of a page: pictures with their table twin, tables, cards, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from citytandem.briefing.document import Cards, Grid, Notice, Picture, Text
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.pictures import draw

if TYPE_CHECKING:
    from citytandem.briefing.document import Block
    from citytandem.charts.chart import Chart, Twin

register = template.Library()

TEMPLATES = {Text: "text", Notice: "notice", Picture: "picture", Grid: "grid", Cards: "cards"}


@register.simple_tag(takes_context=True)
def block_of(context: template.Context, part: Block) -> SafeString:
    """One part of a page."""
    values = {"part": part, "request": context["request"], "city": context.get("city")}
    return mark_safe(render_to_string(f"blocks/{TEMPLATES[type(part)]}.html", values))  # noqa: S308 - made by our templates


@register.simple_tag
def picture(chart: Chart) -> SafeString:
    """The drawing of a chart."""
    return mark_safe(draw(chart))  # noqa: S308 - the typesetter of charts escapes what it is given


@register.inclusion_tag("blocks/table.html")
def table(twin: Twin) -> dict[str, Any]:
    """The table that says what a picture shows."""
    columns = [{"head": head, "is_number": column.is_number} for head, column in zip(twin.heads, twin.columns, strict=True)]
    numbers = [column.is_number for column in twin.columns]
    rows = [
        [
            {"text": text, "is_number": is_number, "is_link": _is_link(text)}
            for text, is_number in zip(cells, numbers, strict=True)
        ]
        for cells in twin.cells(current_speech())
    ]
    return {"twin": twin, "columns": columns, "rows": rows}


def _is_link(text: str) -> bool:
    return text.startswith(("https://", "http://")) and " " not in text
