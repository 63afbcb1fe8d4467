"""Pages of the right of reply: a city's words beside a statement about it, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.insights.sections import FIGURES, SECTIONS
from citytandem.web.profiles import actions
from citytandem.web.profiles.access import require_in_city
from citytandem.web.profiles.check_pages import may
from citytandem.web.profiles.forms import ReplyForm
from citytandem.web.profiles.models import Reply
from citytandem.web.shell.language import word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation


@require_in_city("organisation.view")
@require_GET
def show_replies(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """All replies of the city, those withdrawn too."""
    replies = Reply.objects.filter(organisation=organisation).select_related("said_by", "withdrawn_by").order_by("-said")
    told = {"organisation": organisation, "replies": replies, "sections": list(SECTIONS)}
    return render(request, "profiles/replies.html", told | may(request, organisation))


@require_in_city("organisation.publish")
@require_http_methods(["GET", "POST"])
def write_reply(request: HttpRequest, *, organisation: Organisation, section: str) -> HttpResponse:
    """Say something beside one section of the city's page, or beside one of its figures."""
    figure = request.GET.get("figure", "")
    if section not in SECTIONS or (figure and FIGURES.get(figure) != section):
        raise Http404
    form = ReplyForm(request.POST or None, initial={"language": language_of(get_language() or "en")})
    if request.method == "POST" and form.is_valid():
        actions.reply(
            user=person_of(request), organisation=organisation, section=section, figure=figure, values=form.cleaned_data
        )
        messages.success(request, str(word("web.reply.published")))
        return redirect(reverse("section", kwargs={"city": organisation.city, "section": section}) + "#replies-" + section)
    told = {
        "organisation": organisation, "section": section, "figure": figure, "form": form,
        "figures": [key for key, place in FIGURES.items() if place == section],
    }  # fmt: skip
    return render(request, "profiles/reply.html", told, status=422 if form.errors else 200)


@require_in_city("organisation.publish")
@require_POST
def withdraw_reply(request: HttpRequest, *, organisation: Organisation, reply: int) -> HttpResponse:
    """Take a reply back at once."""
    actions.withdraw_reply(user=person_of(request), own=get_object_or_404(Reply, pk=reply, organisation=organisation))
    messages.success(request, str(word("web.reply.withdrawn")))
    return redirect("replies", organisation.pk)
