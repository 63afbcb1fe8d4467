"""Opening an invitation: the one place where the site remembers somebody who has not signed in, because they asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from citytandem.web.accounts.access import person_of
from citytandem.web.accounts.invitations import OPENED, SeatTaken, accept, find_by_token, opened_in
from citytandem.web.accounts.models import User
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Invitation


@never_cache
def open_invitation(request: HttpRequest, *, token: str) -> HttpResponse:
    """Remember the invitation, then go on without the token in the address, so that it is not passed on by accident."""
    invitation = find_by_token(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    request.session[OPENED] = invitation.pk
    return redirect("invitation")


@never_cache
def show_invitation(request: HttpRequest) -> HttpResponse:
    """Who invites to what, and the ways in: joining for those signed in, signing in, or signing up."""
    invitation = opened_in(request)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    if request.method == "POST" and request.user.is_authenticated:
        return _join(request, invitation)
    told = {"invitation": invitation, "has_account": User.objects.filter(email=invitation.email).exists()}
    return render(request, "accounts/invitation.html", told)


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    request.session.pop(OPENED, None)
    try:
        accept(invitation=invitation, user=person_of(request))
    except SeatTaken:
        return render(request, "accounts/invitation_gone.html", status=404)
    messages.success(request, str(word("web.invitation.joined")))
    if invitation.organisation_id:
        return redirect("desk", organisation=invitation.organisation_id)
    return redirect("workspace")
