"""The outline of an event's agenda: parts in order, before there are hours and rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.events import actions
from citytandem.web.events.access import room
from citytandem.web.events.forms import ItemForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event

MOVES = ("up", "down", "drop")


@room("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_outline(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """All parts, and one to add or change (``?item=``)."""
    asked = request.GET.get("item", "")
    item = get_object_or_404(event.outline, pk=asked) if asked.isdecimal() and len(asked) < 16 else None
    start = {name: getattr(item, name) for name in ItemForm.base_fields} if item else None
    form = ItemForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.write_item(user=person_of(request), event=event, item=item.pk if item else None, values=dict(form.cleaned_data))
        return redirect("event_outline", organisation.pk, event.pk)
    told = {
        "organisation": organisation,
        "event": event,
        "items": event.outline.all(),
        "form": form,
        "item": item,
        "moves": MOVES,
    }
    return render(request, "events/outline.html", told, status=422 if request.method == "POST" else 200)


@room("organisation.edit")
@require_POST
def move_item(request: HttpRequest, *, organisation: Organisation, event: Event, item: int, step: str) -> HttpResponse:
    """One place earlier or later, or out."""
    own = get_object_or_404(event.outline, pk=item)
    if step not in MOVES:
        raise Http404
    if step == "drop":
        actions.drop_item(user=person_of(request), event=event, item=own.pk)
    else:
        actions.shift_item(user=person_of(request), event=event, item=own.pk, up=step == "up")
    return redirect("event_outline", organisation.pk, event.pk)
