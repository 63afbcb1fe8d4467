"""Tags of needs and offers: what a city looks for and offers, on its page."""

from __future__ import annotations

from typing import Any

from django import template

from citytandem.web.partnerships.models import Kind
from citytandem.web.partnerships.queries import listings_of_city

register = template.Library()


@register.inclusion_tag("partnerships/of_city.html")
def needs_and_offers(city: str) -> dict[str, Any]:
    """What a city looks for and offers now."""
    own = list(listings_of_city(city))
    return {"needs": [one for one in own if one.kind == Kind.NEED], "offers": [one for one in own if one.kind == Kind.OFFER]}
