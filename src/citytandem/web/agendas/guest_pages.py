"""Pages of a guest about themselves: their own agenda, their wishes in order, their talks, and their calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.agendas import guest_actions, queries
from citytandem.web.agendas.guest_forms import AskForm, WishForm
from citytandem.web.agendas.models import Feed, MeetingRequest, Said
from citytandem.web.agendas.personal import own_entries
from citytandem.web.agendas.showing import lay_agenda, name_speakers
from citytandem.web.events.links import registration_of
from citytandem.web.events.models import Seat
from citytandem.web.live import atlas_of
from citytandem.web.programmes.cards import read_cards
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.events.models import Registration

AWAY = (Seat.CANCELLED, Seat.REFUSED)


def find_own(request: HttpRequest, registration: int) -> Registration:
    """The registration, for the person it is about alone: signed in, or with their personal link opened in this browser."""
    own = registration_of(request, number=registration)
    if own is None or own.seat in AWAY:
        raise Http404
    return own


def describe_mine(own: Registration, **more: Any) -> dict[str, Any]:
    """What every page of a guest knows."""
    return {"registration": own, "event": own.event, **more}


@never_cache
@require_GET
def show_mine(request: HttpRequest, *, registration: int) -> HttpResponse:
    """Where I am when: my seats, my talks, what I speak at; and the ways to take that along."""
    return render_mine(request, find_own(request, registration))


def render_mine(request: HttpRequest, own: Registration, *, address: str = "") -> HttpResponse:
    """The page of a guest's own agenda; ``address`` is the secret of their calendar, told once."""
    plan = queries.published_plan(own.event)
    entries = own_entries(own, plan=plan) if plan else []
    told = describe_mine(own, plan=plan, entries=entries, **lay_agenda(own.event, entries))
    told |= {"feed": Feed.objects.filter(registration=own).first(), "address": address, "speakers": name_speakers(own.event)}
    return render(request, "agendas/mine.html", told)


@never_cache
@require_http_methods(["GET", "POST"])
def show_wishes(request: HttpRequest, *, registration: int) -> HttpResponse:
    """What I wish to see, the first wish first."""
    own = find_own(request, registration)
    form = WishForm(request.POST or None, registration=own)
    if request.method == "POST" and form.is_valid():
        guest_actions.write_wishes(registration=own, sessions=form.chosen)
        messages.success(request, str(word("web.agenda.told.wishes", count=len(form.chosen))))
        return redirect("my_wishes", own.pk)
    told = describe_mine(own, form=form, sessions=form.sessions)
    return render(request, "agendas/wishes.html", told, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def show_my_meetings(request: HttpRequest, *, registration: int) -> HttpResponse:
    """Whom I should meet, whom I asked, who asked me."""
    own = find_own(request, registration)
    form = AskForm(request.POST or None, registration=own)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        guest_actions.ask_meeting(by=own, other=told["other"], note=told["note"])
        messages.success(request, str(word("web.agenda.told.asked")))
        return redirect("my_meetings", own.pk)
    mine = MeetingRequest.objects.filter(event=own.event).select_related("one", "other")
    meetings = [_tell_meeting(request, one, own=own) for one in mine if own.pk in {one.one_id, one.other_id}]
    described = describe_mine(own, form=form, meetings=meetings)
    return render(request, "agendas/my_meetings.html", described, status=422 if form.is_bound else 200)


def _tell_meeting(request: HttpRequest, one: MeetingRequest, *, own: Registration) -> dict[str, Any]:
    is_one = one.one_id == own.pk
    says = (one.one_says, one.other_says) if is_one else (one.other_says, one.one_says)
    told = {"pk": one.pk, "origin": one.origin, "note": one.note, "mine": says[0], "theirs": says[1]}
    cards = read_cards(one.reasons, atlas=atlas_of(request), speech=current_speech(), seen_from=own.organisation_id)
    return told | {"other": one.other if is_one else one.one, "cards": cards}


@never_cache
@require_POST
def answer_meeting(request: HttpRequest, *, registration: int, number: int) -> HttpResponse:
    """Say yes or no to a talk."""
    own = find_own(request, registration)
    found = get_object_or_404(MeetingRequest, pk=number, event=own.event)
    meeting = get_object_or_404(MeetingRequest, pk=found.pk if own.pk in {found.one_id, found.other_id} else 0)
    says = Said.YES if request.POST.get("says") == "yes" else Said.NO
    guest_actions.answer_meeting(meeting=meeting, by=own, says=says)
    return redirect("my_meetings", own.pk)


@never_cache
@require_POST
def open_feed(request: HttpRequest, *, registration: int) -> HttpResponse:
    """Make a secret address for my calendar; one that was there is closed. It is shown once."""
    own = find_own(request, registration)
    token = guest_actions.open_feed(registration=own)
    address = request.build_absolute_uri(reverse("personal_calendar", kwargs={"token": token}))
    return render_mine(request, own, address=address)


@never_cache
@require_POST
def close_feed(request: HttpRequest, *, registration: int) -> HttpResponse:
    """Close the secret address of my calendar."""
    guest_actions.close_feed(registration=find_own(request, registration))
    messages.success(request, str(word("web.agenda.told.feed_closed")))
    return redirect("my_agenda", registration)
