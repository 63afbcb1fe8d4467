"""A page on which a person answers a need or an offer: the team gets a letter, and the address to reply to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from citytandem.web.accounts.access import person_of
from citytandem.web.accounts.actions import record
from citytandem.web.accounts.letters import send_letter
from citytandem.web.accounts.models import Role
from citytandem.web.partnerships.forms import AnswerForm
from citytandem.web.partnerships.queries import listings_seen
from citytandem.web.shell.language import to_django, word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import User
    from citytandem.web.partnerships.models import Listing

LETTERS_PER_DAY = {"answer_listing": "10/d/user"}
"""Enough for a person who looks for partners, too few for advertising."""
ANSWERING = (Role.EDITOR, Role.PUBLISHER, Role.ADMIN)
"""Those of a team whose work a listing is."""


@login_required
@require_http_methods(["GET", "POST"])
def answer_listing(request: HttpRequest, *, listing: int) -> HttpResponse:
    """Write to the team of a listing; for people who are signed in."""
    own = get_object_or_404(listings_seen(), pk=listing)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not consume(request, app="citytandem", action="answer_listing", config=LETTERS_PER_DAY):
            messages.error(request, str(word("web.answer.too_many")))
        elif _write_to_team(request, own, writer=person_of(request), text=form.cleaned_data["text"]):
            messages.success(request, str(word("web.answer.sent")))
        else:
            messages.error(request, str(word("web.answer.nobody")))
        return redirect("board_listing", own.pk)
    status = 422 if request.method == "POST" else 200
    told = {"one": own, "form": form, "writer": request.user}
    return render(request, "partnerships/answer.html", told, status=status)


def _write_to_team(request: HttpRequest, own: Listing, *, writer: User, text: str) -> int:
    """Send the letter to each of the team in their own language; the record says that it was written, never what."""
    rows = own.organisation.memberships.filter(role__in=ANSWERING, user__is_active=True).select_related("user")
    sent = sum(
        send_letter(
            "listing_answered", to=row.user.email, language=row.user.language, address=_address(request, own, reader=row.user),
            organisation=own.organisation.name, title=own.title, person=str(writer), email=writer.email, letter=text,
        )
        for row in rows
    )  # fmt: skip
    if sent:
        record(user=writer, action="listing.answered", organisation=own.organisation, subject=f"listing:{own.pk}")
    return sent


def _address(request: HttpRequest, own: Listing, *, reader: User) -> str:
    """The page of the listing in the reader's own language."""
    with translation.override(to_django(language_of(reader.language) or "en")):
        return request.build_absolute_uri(reverse("board_listing", args=[own.pk]))
