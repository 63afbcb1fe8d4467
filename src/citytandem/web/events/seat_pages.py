"""A guest's own pages: asking for a seat, saying what they need, changing it, giving the seat back, taking their data along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.accounts.queries import organisations_of
from citytandem.web.events import seats
from citytandem.web.events.actions import NotAllowedNow
from citytandem.web.events.follow import MONTHS, answer_questions
from citytandem.web.events.forgetting import forget_registration, tell_registration
from citytandem.web.events.guest_forms import PARTS, FollowForm, PersonForm
from citytandem.web.events.links import OPENED, find_by_token, registration_of, remember
from citytandem.web.events.models import Registration, Seat
from citytandem.web.events.outbox import post_letters
from citytandem.web.events.paper_pages import is_due
from citytandem.web.events.parts import gather_parts
from citytandem.web.events.queries import events_seen
from citytandem.web.events.times import tell_days
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import User
    from citytandem.web.events.models import Event


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, *, event: int) -> HttpResponse:
    """The first page of a registration: who comes. The seat is asked for with it; all other pages may follow later."""
    own, person = get_object_or_404(events_seen(), pk=event), person_of(request)
    known = own.registrations.filter(user=person).exclude(seat__in=[Seat.CANCELLED, Seat.INVITED]).first()
    if known is not None:
        return redirect("seat", known.pk)
    form = PersonForm(request.POST or None, initial=_start(request, person))
    if request.method == "POST" and form.is_valid():
        try:
            made = seats.register(user=person, event=own, values={**form.cleaned_data, **_belonging(person)})
        except NotAllowedNow:
            messages.error(request, str(word("event.problem.not_open")))
            return redirect("event", own.pk)
        post_letters(request, own)
        return redirect("seat_part", made.pk, "needs")
    status = 422 if request.method == "POST" else 200
    told = {"event": own, "days": _days(own), "form": form, "part": "person", "parts": list(PARTS)}
    return render(request, "events/register.html", told, status=status)


@never_cache
def open_guest(request: HttpRequest, *, token: str) -> HttpResponse:
    """Remember that the link was opened, then go on without it in the address, so that it is not passed on by accident."""
    own = find_by_token(token)
    if own is None:
        return render(request, "events/link_gone.html", status=404)
    remember(request, own)
    return redirect("seat", own.pk)


@never_cache
@require_GET
def show_seat(request: HttpRequest, *, registration: int) -> HttpResponse:
    """Where my registration stands, and all that I have said."""
    own = _find(request, registration)
    told = {
        "own": own,
        "event": own.event,
        "days": _days(own.event),
        "told": tell_registration(own),
        "parts": list(PARTS),
        "may_answer": seats.may_answer(own.event),
        "months": [months for months in MONTHS if own.attended is not False and own.event.ends < timezone.now().date()],
        "papers": [paper for paper in ("invitation", "certificate") if is_due(own, paper=paper)],
        "more": gather_parts(request, own.event, room=False),
    }
    return render(request, "events/seat.html", told)


@never_cache
@require_http_methods(["GET", "POST"])
def write_part(request: HttpRequest, *, registration: int, part: str) -> HttpResponse:
    """One page of what I say of myself; kept as I go."""
    own = _find(request, registration)
    if part not in PARTS:
        raise Http404
    kind = PARTS[part]
    form = kind(request.POST or None, initial={name: getattr(own, name) for name in kind.base_fields})
    told: dict[str, object] = {"own": own, "event": own.event, "days": _days(own.event), "part": part, "parts": list(PARTS)}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            _keep(own, by=_by(request), values=_with_atlas(request, form.cleaned_data))
        except seats.NoSeat as refused:
            status, told["refused"] = 409, refused.reason
        except NotAllowedNow:
            messages.error(request, str(word("event.problem.not_open")))
            return redirect("seat", own.pk)
        else:
            post_letters(request, own.event)
            return _go_on(own, part=part)
    return render(request, "events/register.html", told | {"form": form}, status=status)


@never_cache
@require_POST
def withdraw_seat(request: HttpRequest, *, registration: int) -> HttpResponse:
    """Give my seat back."""
    own = _find(request, registration)
    seats.withdraw(registration=own, by=_by(request))
    post_letters(request, own.event)
    messages.success(request, str(word("event.told.withdrawn")))
    return redirect("seat", own.pk)


@never_cache
@require_GET
def export_seat(request: HttpRequest, *, registration: int) -> HttpResponse:
    """All that is held about me here, as a file."""
    own = _find(request, registration)
    answer = JsonResponse(tell_registration(own), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="registration-{own.pk}.json"'
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def erase_seat(request: HttpRequest, *, registration: int) -> HttpResponse:
    """What goes, what stays, and the button."""
    own = _find(request, registration)
    if request.method == "GET":
        return render(request, "events/erase.html", {"own": own, "event": own.event})
    forget_registration(own, by=_by(request))
    post_letters(request, own.event)
    request.session[OPENED] = {key: value for key, value in request.session.get(OPENED, {}).items() if key != str(own.pk)}
    messages.success(request, str(word("event.told.erased")))
    return redirect("event", own.event_id)


@never_cache
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, *, registration: int, months: int) -> HttpResponse:
    """Three and twelve months later: what came of it."""
    own = _find(request, registration)
    if months not in MONTHS:
        raise Http404
    before = own.follow_ups.filter(months=months).values("begun", "still_open", "in_touch").first()
    form = FollowForm(request.POST or None, initial=dict(before or {}))
    if request.method == "POST" and form.is_valid():
        answer_questions(registration=own, by=_by(request), months=months, values=form.cleaned_data)
        messages.success(request, str(word("event.told.thanks")))
        return redirect("seat", own.pk)
    return render(request, "events/follow.html", {"own": own, "event": own.event, "form": form, "months": months})


def _find(request: HttpRequest, number: int) -> Registration:
    own = registration_of(request, number=number)
    if own is None:
        raise Http404
    return own


def _by(request: HttpRequest) -> User | None:
    return person_of(request) if request.user.is_authenticated else None


def _keep(own: Registration, *, by: User | None, values: dict[str, Any]) -> None:
    """Who was invited or has withdrawn asks for the seat with the first page; the other pages only change what is said."""
    if own.seat in {Seat.INVITED, Seat.CANCELLED} and "name" in values:
        seats.answer_invitation(registration=own, by=by, values=values)
    else:
        seats.change_registration(registration=own, by=by, values=values)


def _go_on(own: Registration, *, part: str) -> HttpResponse:
    pages = list(PARTS)
    place = pages.index(part) + 1
    return redirect("seat_part", own.pk, pages[place]) if place < len(pages) else redirect("seat", own.pk)


def _with_atlas(request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    """What was filled in; a place of departure only if the atlas this person sees has it."""
    city = values.get("departure", "")
    return {**values, "departure": ""} if city and atlas_of(request).city.filter(city=city).is_empty() else dict(values)


def _start(request: HttpRequest, person: User) -> dict[str, Any]:
    organisation = organisations_of(person).first()
    country = ""
    if organisation is not None and organisation.city:
        rows = atlas_of(request).city.filter(city=organisation.city)["country"].to_list()
        country = rows[0] if rows else ""
    return {
        "name": person.name,
        "language": person.language,
        "organisation_name": organisation.name if organisation else "",
        "organisation_kind": organisation.kind if organisation else "",
        "country": country,
        "role": "expert",
    }


def _belonging(person: User) -> dict[str, Any]:
    return {"organisation": organisations_of(person).first()}


def _days(event: Event) -> str:
    return tell_days(event, language=current_speech().language)
