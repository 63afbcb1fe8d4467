"""The peer panel as a part of another page."""

from __future__ import annotations

from typing import Any

from django import template

from citytandem.findings import CannotCompute
from citytandem.web.insights.peers_panel import make_panel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel_beside(context: template.Context) -> Any:
    """The panel of the city of a page, beside its strips; nothing where the address holds a choice that is none."""
    try:
        return make_panel(context["request"], city=context["city"], is_beside=True)
    except CannotCompute:
        return None
