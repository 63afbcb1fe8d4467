"""My account: what I am called, my roles, how I sign in, all my data, and being forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.accounts.actions import describe_person
from citytandem.web.accounts.forms import EraseForm, MeForm
from citytandem.web.accounts.personal import (
    count_sessions,
    end_other_sessions,
    erase_person,
    gather_personal_data,
    left_without_manager,
)
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def show_me(request: HttpRequest) -> HttpResponse:
    """What the site knows of me, and where to change it."""
    person = person_of(request)
    form = MeForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if form.is_valid():
        describe_person(user=person, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
        messages.success(request, str(word("web.told.saved")))
        return redirect("me")
    told = {
        "form": form,
        "memberships": person.memberships.select_related("organisation").order_by("organisation__name"),
        "sessions": count_sessions(person),
        "factors": set(Authenticator.objects.filter(user=person).values_list("type", flat=True)),
    }
    return render(request, "accounts/me.html", told)


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End my sessions on all other devices."""
    ended = end_other_sessions(person_of(request), kept=request.session.session_key)
    messages.success(request, str(word("web.me.signed_out_elsewhere", count=ended)))
    return redirect("me")


@login_required
@never_cache
@reauthentication_required
def export_me(request: HttpRequest) -> HttpResponse:
    """Everything the site holds about me, as a file."""
    answer = JsonResponse(gather_personal_data(person_of(request)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="my-data-{timezone.now():%Y-%m-%d}.json"'
    return answer


@login_required
@never_cache
@reauthentication_required
def erase_me(request: HttpRequest) -> HttpResponse:
    """What goes, what stays, and the button."""
    person = person_of(request)
    form = EraseForm(request.POST or None)
    if form.is_valid():
        erase_person(person)
        logout(request)
        return redirect("erased")
    return render(request, "accounts/erase.html", {"form": form, "orphans": left_without_manager(person)})


def show_erased(request: HttpRequest) -> HttpResponse:
    """The account is gone."""
    return render(request, "accounts/erased.html")
