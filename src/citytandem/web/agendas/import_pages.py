"""Pages that bring sessions in: from the drafted outline of the event, and from a sheet with its findings beside the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agendas import bringing, queries
from citytandem.web.agendas.access import team
from citytandem.web.agendas.forms import ImportForm
from citytandem.web.agendas.setup_pages import describe
from citytandem.web.agendas.sheet import read_sheet
from citytandem.web.live import atlas_of
from citytandem.web.programmes.cards import read_cards
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.events.models import Event


@team("organisation.edit")
@require_POST
def take_outline(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Make sessions of the drafted outline."""
    count = bringing.take_outline(user=person_of(request), event=event)
    messages.success(request, str(word("web.agenda.told.sessions", count=count)))
    return redirect("agenda_sessions", event.organisation_id, event.pk)


@team("organisation.edit")
@require_http_methods(["GET", "POST"])
def bring_sheet(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Read a sheet of sessions. Sound rows are taken at once; what cannot be stands beside its row, to be mended."""
    form = ImportForm(request.POST or None, request.FILES or None)
    told = describe(request, event, form=form)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        people = frozenset(queries.guests_of(event).values_list("name", flat=True))
        told["sheet"] = sheet = read_sheet(file.read(), name=file.name, language=event.language, people=people)
        if sheet.rows:
            told["taken"] = bringing.take_rows(user=person_of(request), event=event, rows=sheet.rows)
        return render(request, "agendas/import.html", told, status=200 if sheet.rows else 422)
    return render(request, "agendas/import.html", told, status=422 if form.is_bound else 200)


@team("organisation.edit")
@require_POST
def suggest_meetings(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Suggest talks to the guests of each tandem of the programme."""
    count = bringing.suggest_meetings(user=person_of(request), event=event)
    messages.success(request, str(word("web.agenda.told.meetings", count=count)))
    return redirect("agenda_meetings", event.organisation_id, event.pk)


@team("organisation.view")
@require_http_methods(["GET"])
def show_meetings(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Talks of two: who should meet whom, where the thought comes from, and what both say."""
    rows = list(event.meetings.select_related("one", "other"))
    reasons = {str(one.reasons.get("sides")): one.reasons for one in rows}
    atlas, speech = atlas_of(request), current_speech()
    cards = {sides: read_cards(kept, atlas=atlas, speech=speech) for sides, kept in reasons.items()}
    meetings_here = [{"row": one, "cards": cards[str(one.reasons.get("sides"))]} for one in rows]
    return render(request, "agendas/meetings.html", describe(request, event, meetings=meetings_here))
