"""Who may enter the organisers' room: people of a network or a city with the permission, and only for their own events."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from citytandem.web.accounts.access import require
from citytandem.web.events.models import Event
from citytandem.web.events.queries import ORGANISERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

    View = Callable[..., HttpResponse]


def organisers(permission: str) -> Callable[[View], View]:
    """Let in people of an organisation that holds events, who have the permission."""

    def guard(view: View) -> View:
        @require(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, **more: Any) -> HttpResponse:
            if organisation.kind not in ORGANISERS:
                raise Http404
            return view(request, organisation=organisation, **more)

        return answer

    return guard


def room(permission: str) -> Callable[[View], View]:
    """The same for the pages of one event: the view gets the event itself, which is theirs."""

    def guard(view: View) -> View:
        @organisers(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, event: int, **more: Any) -> HttpResponse:
            own = get_object_or_404(Event.objects.select_related("organisation"), pk=event, organisation=organisation)
            return view(request, organisation=organisation, event=own, **more)

        return answer

    return guard


def rights(request: HttpRequest, organisation: Organisation) -> dict[str, bool]:
    """What the page offers this person."""
    return {f"may_{name}": request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish")}
