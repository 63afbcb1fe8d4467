"""Pages on which a listing is reported, hidden with a reason, replied to, and shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.partnerships import moderation
from citytandem.web.partnerships.forms import HideForm, ReplyForm, ReportForm
from citytandem.web.partnerships.models import Listing
from citytandem.web.partnerships.queries import listings_seen
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation


@login_required
@require_http_methods(["GET", "POST"])
def report_listing(request: HttpRequest, *, listing: int) -> HttpResponse:
    """Say why a listing does not belong on the board; for people who are signed in."""
    own = get_object_or_404(listings_seen(), pk=listing)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moderation.report_listing(user=person_of(request), listing=own, **form.cleaned_data)
        messages.success(request, str(word("web.report.told")))
        return redirect("board_listing", own.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "partnerships/report.html", {"one": own, "form": form}, status=status)


@login_required
@require_GET
def show_reports(request: HttpRequest) -> HttpResponse:
    """What was reported and what is hidden, for those who moderate; for others the page is not there."""
    if not moderation.may_moderate_any(request.user):
        raise Http404
    waiting = Count("reports", filter=Q(reports__closed=None))
    found = moderation.listings_moderated(request.user).annotate(waiting=waiting)
    told = {
        "reported": found.filter(waiting__gt=0, hidden=None).prefetch_related("reports").order_by("pk"),
        "hidden": found.exclude(hidden=None).order_by("pk"),
        "form": HideForm(),
    }
    return render(request, "partnerships/reports.html", told)


@login_required
@require_POST
def moderate_listing(request: HttpRequest, *, listing: int, step: str) -> HttpResponse:
    """Hide a listing with a reason, or show it again."""
    if not moderation.may_moderate_any(request.user) or step not in {"hide", "show"}:
        raise Http404
    own = get_object_or_404(moderation.listings_moderated(request.user), pk=listing)
    form = HideForm(request.POST)
    if step == "show":
        moderation.show_listing_again(user=person_of(request), listing=own)
        messages.success(request, str(word("web.report.told.show")))
    elif form.is_valid():
        moderation.hide_listing(user=person_of(request), listing=own, reason=form.cleaned_data["reason"])
        messages.success(request, str(word("web.report.told.hide")))
    else:
        messages.error(request, str(word("web.report.reason_needed")))
    return redirect("listing_reports")


@require("organisation.publish")
@require_http_methods(["GET", "POST"])
def reply_to_hiding(request: HttpRequest, *, organisation: Organisation, listing: int) -> HttpResponse:
    """The team of a hidden listing reads why, and says what it has to say."""
    own = get_object_or_404(Listing.objects.exclude(hidden=None), pk=listing, organisation=organisation)
    form = ReplyForm(request.POST or None, initial={"text": own.hidden_reply})
    if request.method == "POST" and form.is_valid():
        moderation.reply_to_hiding(user=person_of(request), listing=own, text=form.cleaned_data["text"])
        messages.success(request, str(word("web.report.told.reply")))
        return redirect("listings", organisation.pk)
    told = {"organisation": organisation, "one": own, "form": form}
    return render(request, "partnerships/hidden.html", told, status=422 if request.method == "POST" else 200)
