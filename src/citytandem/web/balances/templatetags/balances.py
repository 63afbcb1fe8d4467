"""Names of methods in the room of balances."""

from __future__ import annotations

from django import template

from citytandem.atlas import load
from citytandem.web.shell.language import current_speech

register = template.Library()


@register.filter
def method(key: str) -> str:
    """The short name of a method; that it was not stated, where it was not."""
    if key == "unknown":
        return current_speech().label("web.balances.method_unknown")
    known = load().facts.methods.get(key)
    return known.short if known else key
