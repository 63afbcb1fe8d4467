"""Letters to guests: which there are, how each reads for each person, sending them, and the log of what went."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from citytandem.web.accounts.access import person_of
from citytandem.web.events.access import rights, room
from citytandem.web.events.forms import LetterForm
from citytandem.web.events.mailings import NotReady, send_to_all
from citytandem.web.events.outbox import post_letters, site_of
from citytandem.web.events.post import LETTERS, PLACEHOLDERS, check_text, draft_letter, recipients
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event

PER_PAGE = 50


@room("organisation.edit")
@never_cache
@require_GET
def show_letters(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """The letters and how many guests each concerns; below, the log."""
    rows = [(letter, recipients(event, letter=letter).count()) for letter in LETTERS]
    sent = event.letters.select_related("registration", "mailing__created_by")
    page = Paginator(sent, PER_PAGE).get_page(request.GET.get("page"))
    told = {"organisation": organisation, "event": event, "rows": rows, "page": page}
    return render(request, "events/letters.html", told | rights(request, organisation))


@room("organisation.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def write_letter(request: HttpRequest, *, organisation: Organisation, event: Event, letter: str) -> HttpResponse:
    """A letter as each guest would read it (``?guest=``); looked at before it is sent. Sending needs the right to publish."""
    if letter not in LETTERS:
        raise Http404
    form = LetterForm(request.POST or None, initial={"key": secrets.token_hex(16)})
    typed = {"subject": request.POST.get("subject", ""), "text": request.POST.get("text", "")} if letter == "own" else {}
    told: dict[str, object] = {"findings": [], "form": form, "letter": letter}
    if request.method == "POST" and form.is_valid():
        told["findings"] = check_text(**typed) if typed else []
        if "send" in request.POST and rights(request, organisation)["may_publish"]:
            try:
                asked = form.cleaned_data
                count = send_to_all(
                    user=person_of(request), event=event, letter=letter, key=asked["key"], again=asked["again"], **typed
                )
            except NotReady as stop:
                told["findings"] = stop.findings
            else:
                post_letters(request, event)
                messages.success(request, str(word("event.told.sent", count=count)))
                return redirect("event_letters", organisation.pk, event.pk)
    guests = list(recipients(event, letter=letter))
    asked_for = request.POST.get("guest") or request.GET.get("guest", "")
    shown = next((one for one in guests if str(one.pk) == asked_for), guests[0] if guests else None)
    told |= {
        "organisation": organisation,
        "event": event,
        "guests": guests,
        "shown": shown,
        "preview": draft_letter(shown, letter=letter, site=site_of(request), is_preview=True, **typed) if shown else None,
        "placeholders": current_speech().join(f"{{{name}}}" for name in PLACEHOLDERS),
    }
    status = 422 if told["findings"] or (request.method == "POST" and form.errors) else 200
    return render(request, "events/letter_write.html", told | rights(request, organisation), status=status)
