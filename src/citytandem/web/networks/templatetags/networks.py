"""Tags of networks: what a network has recorded and shows to everybody, on its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from citytandem.gazetteer import fold, names_in
from citytandem.web.accounts.models import Kind, Organisation
from citytandem.web.live import atlas_of
from citytandem.web.networks.parts import list_parts
from citytandem.web.networks.sight import rows_on
from citytandem.web.shell.language import current_speech

register = template.Library()


@register.inclusion_tag("networks/public.html", takes_context=True)
def registry_of(context: template.Context, network: str) -> dict[str, Any]:
    """Classes, offices, bodies and confirmed members, of each organisation that speaks for the network and shows them."""
    atlas, language = atlas_of(context["request"]), current_speech().language
    shown = Organisation.objects.filter(kind=Kind.NETWORK, network=network, registry__is_public=True).order_by("name", "pk")
    told = []
    for one in shown:
        rows = [row for row in rows_on(one, on=timezone.now().date()) if row.confirmed]
        names = names_in(atlas, [row.city for row in rows], language=language)
        members = sorted(((names.get(row.city, row.city), row) for row in rows), key=lambda pair: fold(pair[0]))
        told.append({"organisation": one, "parts": list_parts(one, atlas=atlas, language=language), "members": members})
    return {"registries": told}
