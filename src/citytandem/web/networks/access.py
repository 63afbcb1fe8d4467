"""Who may enter a page of a network, of a city, and of a tie? A page that is not for an organisation's kind is not there."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from citytandem.web.accounts.access import require
from citytandem.web.accounts.models import Kind, Organisation
from citytandem.web.live import atlas_of
from citytandem.web.networks.sight import ties_seen_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.networks.models import Meeting, Question, Tie, Transfer

    View = Callable[..., HttpResponse]


def require_network(permission: str) -> Callable[[View], View]:
    """As :func:`citytandem.web.accounts.access.require`, for the pages only networks have."""
    return _require_kind(permission, kinds={Kind.NETWORK})


def require_city(permission: str) -> Callable[[View], View]:
    """As :func:`citytandem.web.accounts.access.require`, for the pages only cities have."""
    return _require_kind(permission, kinds={Kind.CITY})


def require_tied(permission: str) -> Callable[[View], View]:
    """As :func:`citytandem.web.accounts.access.require`, for pages of ties, which cities and networks have."""
    return _require_kind(permission, kinds={Kind.CITY, Kind.NETWORK})


def find_tie(request: HttpRequest, *, organisation: Organisation, tie: int) -> Tie:
    """A tie this organisation may see.

    Raises
    ------
    Http404
        It may not, or there is none.
    """
    seen = ties_seen_by(organisation, atlas=atlas_of(request), on=timezone.now().date())
    return get_object_or_404(seen.prefetch_related("meetings__by", "questions__by", "transfers__by"), pk=tie)


def may_change_tie(organisation: Organisation, *, tie: Tie) -> bool:
    """Both cities may; a network where it recorded the tie, or where nobody here speaks for either city."""
    if organisation.kind == Kind.CITY:
        return organisation.city in {tie.city, tie.other}
    return tie.created_for_id == organisation.pk or not _teams_of(tie)


def may_read(organisation: Organisation, *, entry: Meeting | Question | Transfer) -> bool:
    """Both cities read every entry; a network its own and what is shared with it."""
    return organisation.kind == Kind.CITY or entry.is_shared or entry.by_id == organisation.pk


def may_change(organisation: Organisation, *, entry: Meeting | Question | Transfer) -> bool:
    """Both cities may change every entry; a network only its own."""
    return organisation.kind == Kind.CITY or entry.by_id == organisation.pk


def _teams_of(tie: Tie) -> bool:
    return Organisation.objects.filter(kind=Kind.CITY, city__in=[tie.city, tie.other]).exists()


def _require_kind(permission: str, *, kinds: set[Kind]) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @require(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, **more: Any) -> HttpResponse:
            if organisation.kind not in kinds:
                raise Http404
            return view(request, organisation=organisation, **more)

        return answer

    return guard
