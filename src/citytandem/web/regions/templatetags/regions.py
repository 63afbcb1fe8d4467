"""The regions a city lies in, on the city's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from citytandem.transition import name_regions
from citytandem.web.live import atlas_of
from citytandem.web.regions.places import regions_of
from citytandem.web.regions.reading import read_known
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()


@register.inclusion_tag("regions/of_city.html", takes_context=True)
def regions_of_city(context: template.Context, city: str) -> dict[str, Any]:
    """Links to the regions a city lies in; nothing where no rule says so."""
    request: HttpRequest = context["request"]
    found = regions_of(atlas_of(request), city)
    if not found:
        return {"regions": []}
    names = name_regions(read_known().atlas, language=current_speech().language)
    return {"regions": [(region, names[region]) for region in found if region in names]}
