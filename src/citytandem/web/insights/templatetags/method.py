"""Tags of the pages on method: their titles, and the addresses of their tables as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.simple_tag
def title_of(page: str) -> str:
    """The title of one of the pages."""
    return current_speech().label(f"web.method.{page}.title")


@register.simple_tag(takes_context=True)
def sheet_url(context: Context, sheet: str) -> str:
    """Where a table can be taken from as a file, with what the reader has chosen."""
    kwargs = {"page": context["place"], "sheet": sheet} | ({"item": context["item"]} if context["item"] else {})
    query = context["request"].GET.urlencode()
    return reverse("method_item_sheet" if context["item"] else "method_sheet", kwargs=kwargs) + (f"?{query}" if query else "")
