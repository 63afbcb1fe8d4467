"""Who may enter the rooms of a pilot programme: its office, and of a pilot city also the city's own team."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from citytandem.web.accounts.access import require
from citytandem.web.pilots.models import PilotCity, PilotProgramme, ProgrammeState

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

    View = Callable[..., HttpResponse]


def require_office(permission: str) -> Callable[[View], View]:
    """As :func:`citytandem.web.accounts.access.require`, for a programme the organisation runs."""

    def guard(view: View) -> View:
        @require(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, programme: int, **more: Any) -> HttpResponse:
            own = get_object_or_404(PilotProgramme, pk=programme, organisation=organisation)
            return view(request, organisation=organisation, programme=own, **more)

        return answer

    return guard


def require_in_pilot(permission: str, *, only: str = "") -> Callable[[View], View]:
    """The same for a pilot city: its own team and the office enter. ``only`` is ``office`` or ``city`` where one of them may not.

    The view gets ``organisation`` and ``pilot``. Nobody answers or sends evidence in a city's name but the city, and nobody
    decides but the office.
    """

    def guard(view: View) -> View:
        @require(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, programme: int, pilot: int, **more: Any) -> HttpResponse:
            own = find_pilot(organisation, programme=programme, number=pilot)
            if only and only not in sides_of(own, organisation):
                raise PermissionDenied
            return view(request, organisation=organisation, pilot=own, **more)

        return answer

    return guard


def find_pilot(organisation: Organisation, *, programme: int, number: int) -> PilotCity:
    """A pilot city as its office or its own team sees it; for everybody else it does not exist."""
    rows = PilotCity.objects.select_related("programme", "programme__organisation", "organisation", "stage")
    own = get_object_or_404(rows, pk=number, programme=programme)
    sides = sides_of(own, organisation)
    if not sides or (sides == {"city"} and own.programme.state == ProgrammeState.DRAFT):
        raise Http404
    return own


def sides_of(pilot: PilotCity, organisation: Organisation) -> set[str]:
    """On which sides an organisation stands: ``office``, ``city``, or none."""
    offices = {"office"} if pilot.programme.organisation_id == organisation.pk else set()
    return offices | ({"city"} if pilot.organisation_id == organisation.pk else set())
