"""The workspace: which organisation do I work for now, and what lies on its desk?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.desk import gather_desk
from citytandem.web.accounts.queries import organisations_of, people_of
from citytandem.web.accounts.rules import role_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation


@login_required
def show_workspace(request: HttpRequest) -> HttpResponse:
    """The desk of the only organisation, or a choice."""
    user = person_of(request)
    mine = list(organisations_of(user))
    if len(mine) == 1 and not user.is_operator:
        return redirect("desk", organisation=mine[0].pk)
    return render(request, "accounts/workspace.html", {"organisations": mine})


@require("organisation.view")
def show_desk(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """What is due, what is missing and would unlock something, drafts, and the people."""
    told = {
        "organisation": organisation,
        "desk": gather_desk(request, organisation=organisation),
        "people": people_of(organisation),
        "role": role_of(person_of(request), organisation),
    }
    return render(request, "accounts/desk.html", told)
