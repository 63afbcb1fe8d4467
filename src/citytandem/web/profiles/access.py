"""Who may enter a page of this room: members of a city's organisation; other kinds have no profile."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404

from citytandem.web.accounts.access import require
from citytandem.web.accounts.models import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

    View = Callable[..., HttpResponse]


def require_in_city(permission: str) -> Callable[[View], View]:
    """As :func:`citytandem.web.accounts.access.require`, for organisations that speak for a city."""

    def guard(view: View) -> View:
        @require(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, **more: Any) -> HttpResponse:
            if organisation.kind != Kind.CITY:
                raise Http404
            return view(request, organisation=organisation, **more)

        return answer

    return guard
