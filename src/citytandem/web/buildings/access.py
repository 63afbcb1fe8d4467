"""Who may enter the room of a building? People of the organisation that brought it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404

from citytandem.web.accounts.access import require
from citytandem.web.buildings.queries import own_buildings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

    View = Callable[..., HttpResponse]


def team(permission: str) -> Callable[[View], View]:
    """Let in who has the permission for the organisation in the address; the view gets the building itself."""

    def guard(view: View) -> View:
        @require(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, number: int, **more: Any) -> HttpResponse:
            building = get_object_or_404(own_buildings(organisation), pk=number)
            building.organisation = organisation
            return view(request, building=building, **more)

        return answer

    return guard
