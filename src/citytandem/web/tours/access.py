"""Who may enter the room of a tour? Those who may enter the room of its event, if it is of a kind that travels."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404

from citytandem.web.agendas import access
from citytandem.web.tours.queries import is_on_the_road

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.events.models import Event

    View = Callable[..., HttpResponse]


def team(permission: str) -> Callable[[View], View]:
    """Let in people of the organisation that holds the event, who have the permission."""

    def guard(view: View) -> View:
        @access.team(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, event: Event, **more: Any) -> HttpResponse:
            if not is_on_the_road(event):
                raise Http404
            return view(request, event=event, **more)

        return answer

    return guard
