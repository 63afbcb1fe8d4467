"""Who may see an assessment, and what may they do there? One answer, asked by every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404

from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.models import Organisation
from citytandem.web.assessments.actions import take_seat
from citytandem.web.assessments.models import Assessment, State
from citytandem.web.assessments.queries import is_public, seats_of, subject_organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.assessments.models import Seat

    View = Callable[..., HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What one person is to an assessment: of who runs it, an assessor, of the city, or of everybody."""

    assessment: Assessment
    seat: Seat | None
    runs: bool
    may_run: bool
    may_offer: bool
    is_city: bool
    may_reply: bool
    city_team: Organisation | None

    @property
    def may_see(self) -> bool:
        """Whether the result may be read: by all when it is public, by the city once it is reconciled."""
        own = self.assessment
        if is_public(own):
            return True
        if own.state == State.RECONCILED:
            return self.runs or self.seat is not None or self.is_city
        return own.state == State.RECONCILING and (self.runs or self.seat is not None)

    @property
    def may_settle(self) -> bool:
        """Whether this person settles on levels: an assessor, or an editor of who runs it."""
        return self.may_run or self.seat is not None

    @property
    def may_note_letters(self) -> bool:
        """Whether replies may be written down for a city that has no team here."""
        return self.may_run and self.city_team is None

    @property
    def is_inside(self) -> bool:
        """Whether this person is more to it than everybody."""
        return self.runs or self.seat is not None or self.is_city


def sight_of(request: HttpRequest, number: int) -> Sight:
    """What the person who asks is to an assessment."""
    rows = Assessment.objects.select_related("organisation", "own_framework")
    own = get_object_or_404(rows, pk=number)
    city, person = subject_organisation(own), request.user
    seat = seats_of(person).filter(assessment=own).first() if person.is_authenticated else None

    def may(what: str, organisation: Organisation | None) -> bool:
        return organisation is not None and bool(person.has_perm(f"organisation.{what}", organisation))

    return Sight(
        assessment=own, seat=seat, runs=may("view", own.organisation), may_run=may("edit", own.organisation),
        may_offer=may("publish", own.organisation), is_city=may("view", city), may_reply=may("publish", city), city_team=city,
    )  # fmt: skip


def inside(allowed: str) -> Callable[[View], View]:
    """Let in whom ``allowed`` (a property of :class:`Sight`) lets in; the view gets ``sight``. For others it is not there."""

    def guard(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *, assessment: int, **more: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            sight = sight_of(request, assessment)
            if not getattr(sight, allowed):
                raise Http404
            return view(request, sight=sight, **more)

        return answer

    return guard


def run_by(permission: str) -> Callable[[View], View]:
    """As ``require``, for an assessment the organisation in the address runs; the view gets both."""

    def guard(view: View) -> View:
        @require(permission)
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: Organisation, assessment: int, **more: Any) -> HttpResponse:
            rows = Assessment.objects.select_related("organisation", "own_framework")
            own = get_object_or_404(rows, pk=assessment, organisation=organisation)
            return view(request, organisation=organisation, assessment=own, **more)

        return answer

    return guard


def assessor(view: View) -> View:
    """Let in the person of a seat, and give them the seat; whoever comes by their address takes it now."""

    @wraps(view)
    def answer(request: HttpRequest, *, seat: int, **more: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        person = person_of(request)
        own = get_object_or_404(seats_of(person), pk=seat)
        if own.user_id is None and not _has_other(own, person.pk):
            own = take_seat(seat=own, user=person)
        if own.user_id != person.pk:
            raise Http404
        return view(request, seat=own, **more)

    return answer


def _has_other(seat: Seat, person: int) -> bool:
    return seat.assessment.seats.filter(user=person).exclude(pk=seat.pk).exists()
