"""Who may enter the room of an agenda? Those who may enter the room of its event; a view gets the event alone."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from citytandem.web.events.access import room

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event

    View = Callable[..., HttpResponse]


def team(permission: str) -> Callable[[View], View]:
    """Let in people of the organisation that holds the event, who have the permission."""

    def guard(view: View) -> View:
        @room(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, event: Event, **more: Any) -> HttpResponse:
            event.organisation = organisation
            return view(request, event=event, **more)

        return answer

    return guard
