"""The organisers' pages about guests: who is coming, what they need, who waits, whom to invite, who was there."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.events import seats
from citytandem.web.events.access import room
from citytandem.web.events.actions import ChangedMeanwhile, NotAllowedNow
from citytandem.web.events.forgetting import tell_registration
from citytandem.web.events.forms import InviteForm, SeatsForm, ShareForm
from citytandem.web.events.models import Seat
from citytandem.web.events.outbox import post_letters
from citytandem.web.events.paper_pages import FOR_ONE, is_due
from citytandem.web.events.post import address_to, queue_letter
from citytandem.web.events.queries import count_seats, places_taken
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "name", "organisation_name", "organisation_kind", "country", "role", "seat", "language", "languages", "companion", "diet",
    "access", "access_text", "visa_letter", "departure", "mode", "attended", "consents",
)  # fmt: skip
DECISIONS = {"welcome": True, "refuse": False}


@room("organisation.edit")
@never_cache
@require_GET
def show_guests(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """Everybody, by where their registration stands; what they need together."""
    rows = event.registrations.filter(forgotten=None).select_related("user").order_by("asked", "pk")
    piles = [(seat, [one for one in rows if one.seat == seat]) for seat in Seat.values]
    coming = [one for one in rows if one.seat == Seat.COMING]
    told = {
        "organisation": organisation,
        "event": event,
        "piles": [(seat, found) for seat, found in piles if found],
        "counts": count_seats(event),
        "taken": places_taken(event),
        "diets": _count(one.diet for one in coming if one.diet),
        "needs": _count(need for one in coming for need in one.access),
        "form": InviteForm(initial={"language": event.language}),
    }
    return render(request, "events/guests.html", told)


@room("organisation.edit")
@require_POST
def invite_guests(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """Personal links for people with or without an account, and the letters that bring them."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        told = {"organisation": organisation, "event": event, "form": form, "counts": count_seats(event), "piles": []}
        return render(request, "events/guests.html", told, status=422)
    asked = form.cleaned_data
    try:
        for name, email in asked["guests"]:
            made = seats.invite_guest(
                by=person_of(request), event=event, name=name, email=email, language=asked["language"], role=asked["role"]
            )
            queue_letter(made, letter="invitation", key=f"{made.pk}:invitation:{made.link_number}")
    except NotAllowedNow:
        messages.error(request, str(word("event.problem.not_now")))
    else:
        post_letters(request, event)
        messages.success(request, str(word("event.told.invited", count=len(asked["guests"]))))
    return redirect("event_guests", organisation.pk, event.pk)


@room("organisation.edit")
@never_cache
@require_GET
def show_guest(request: HttpRequest, *, organisation: Organisation, event: Event, registration: int) -> HttpResponse:
    """One guest: all they said, and their letters. Their personal link is theirs alone."""
    own = get_object_or_404(event.registrations.select_related("user"), pk=registration, forgotten=None)
    told = {
        "organisation": organisation,
        "event": event,
        "own": own,
        "told": tell_registration(own),
        "email": address_to(own),
        "letters": own.letters.all(),
        "papers": [paper for paper in FOR_ONE if is_due(own, paper=paper)],
    }
    return render(request, "events/guest.html", told)


@room("organisation.edit")
@require_POST
def decide_guest(request: HttpRequest, *, organisation: Organisation, event: Event, registration: int, step: str) -> HttpResponse:
    """Yes or no to a guest, a new personal link, or the seat given back for them."""
    own = get_object_or_404(event.registrations, pk=registration, forgotten=None)
    person = person_of(request)
    try:
        if step in DECISIONS:
            seats.decide(registration=own, by=person, is_welcome=DECISIONS[step])
        elif step == "withdraw":
            seats.withdraw(registration=own, by=person)
        elif step == "new_link":
            renewed = seats.end_links(registration=own, by=person)
            queue_letter(renewed, letter="link", key=f"{own.pk}:link:{renewed.link_number}")
        else:
            raise Http404
        post_letters(request, event)
        messages.success(request, str(word("web.told.saved")))
    except NotAllowedNow:
        messages.error(request, str(word("event.problem.not_now")))
    return redirect("event_guest", organisation.pk, event.pk, own.pk)


@room("organisation.edit")
@require_http_methods(["GET", "POST"])
def share_seats(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """How many seats there are, and how they are shared."""
    capacity = SeatsForm(
        request.POST if "version" in request.POST else None, initial={"version": event.version, "seats": event.seats}
    )
    share = ShareForm(request.POST if "share" in request.POST else None)
    person = person_of(request)
    try:
        if capacity.is_bound and capacity.is_valid():
            asked = capacity.cleaned_data
            seats.change_capacity(by=person, event=event, version=asked["version"], seats=asked["seats"])
        elif share.is_bound and share.is_valid():
            seats.set_share(by=person, event=event, **share.cleaned_data)
        else:
            told = {"organisation": organisation, "event": event, "capacity": capacity, "share": share}
            more = {"rules": event.seat_rules.all(), "taken": places_taken(event)}
            return render(request, "events/shares.html", told | more, status=422 if request.method == "POST" else 200)
        post_letters(request, event)
        messages.success(request, str(word("web.told.saved")))
    except ChangedMeanwhile:
        messages.error(request, str(word("event.problem.changed_meanwhile")))
    except seats.NoSeat:
        messages.error(request, str(word("event.problem.too_few_seats")))
    return redirect("event_shares", organisation.pk, event.pk)


@room("organisation.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def tick_attendance(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """The list to tick who is there; also on paper."""
    rows = event.registrations.filter(seat=Seat.COMING, forgotten=None).order_by("name", "pk")
    if request.method == "POST":
        present = {int(one) for one in request.POST.getlist("present") if one.isdecimal() and len(one) < 16}
        seen = set(rows.values_list("pk", flat=True))
        count = seats.tick(by=person_of(request), event=event, present=present & seen, seen=seen)
        messages.success(request, str(word("event.told.ticked", count=count)))
        return redirect("event_attendance", organisation.pk, event.pk)
    return render(request, "events/attendance.html", {"organisation": organisation, "event": event, "rows": rows})


@room("organisation.edit")
@never_cache
@require_GET
def export_guests(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:  # noqa: ARG001 - the gate's form
    """The guests as CSV, for kitchen and door; without passports and addresses."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="guests-{event.pk}-{timezone.now():%Y-%m-%d}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for own in event.registrations.filter(forgotten=None).order_by("name", "pk"):
        writer.writerow([make_harmless(_flat(getattr(own, name))) for name in COLUMNS])
    return answer


def make_harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _flat(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _count(values: object) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for value in values:  # type: ignore[attr-defined]
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts.items())
