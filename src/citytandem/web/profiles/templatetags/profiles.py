"""Tags of what cities say: replies beside a section, and the note on a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from citytandem.web.accounts.queries import organisation_of_city
from citytandem.web.profiles.queries import replies_to

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.profiles.models import Reply

register = template.Library()


@register.inclusion_tag("profiles/replies_beside.html", takes_context=True)
def replies(context: template.Context, city: str, *, section: str) -> dict[str, Any]:
    """What the city says beside one section of its page; who may publish for it gets the way to reply."""
    told = _read(context["request"], city)
    own = [one for one in told[0] if one.section == section]
    return {"replies": own, "section": section, "may_reply": told[1]}


def _read(request: HttpRequest, city: str) -> tuple[list[Reply], Organisation | None]:
    """All replies of a city, and the organisation in whose name this person may reply; read once for all sections."""
    known: dict[str, tuple[list[Reply], Organisation | None]] = request.__dict__.setdefault("_replies", {})
    if city not in known:
        organisation = organisation_of_city(city) if request.user.is_authenticated else None
        may = organisation is not None and request.user.has_perm("organisation.publish", organisation)
        known[city] = (list(replies_to(city)), organisation if may else None)
    return known[city]
