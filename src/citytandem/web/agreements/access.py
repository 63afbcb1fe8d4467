"""Who may enter a tandem's room: the teams of its sides, and the network that runs its programme."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from citytandem.web.accounts.access import require
from citytandem.web.programmes.models import Tandem, TandemState

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

    View = Callable[..., HttpResponse]

AGREED = (TandemState.AGREED, TandemState.RUNNING, TandemState.ENDED)
"""Before both sides have agreed there is nothing to work on."""


def require_in_tandem(permission: str, *, sides_only: bool = False) -> Callable[[View], View]:
    """As :func:`citytandem.web.accounts.access.require`, for a tandem the organisation takes part in.

    The view gets ``organisation`` and ``tandem``. With ``sides_only`` the network that runs the programme may not:
    nobody signs, answers or plans in a city's name but the city.
    """

    def guard(view: View) -> View:
        @require(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, tandem: int, **more: Any) -> HttpResponse:
            own = find_tandem(organisation, tandem)
            if sides_only and not own.sides.filter(organisation=organisation).exists():
                raise PermissionDenied
            return view(request, organisation=organisation, tandem=own, **more)

        return answer

    return guard


def find_tandem(organisation: Organisation, number: int) -> Tandem:
    """A tandem as one of its sides or its network sees it; for everybody else it does not exist."""
    found = Tandem.objects.select_related("programme", "programme__organisation").filter(pk=number, state__in=AGREED).first()
    if found is None:
        raise Http404
    if found.programme.organisation_id != organisation.pk and not found.sides.filter(organisation=organisation).exists():
        raise Http404
    return found
