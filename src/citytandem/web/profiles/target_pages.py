"""Pages on what the city has decided to reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.profiles import actions
from citytandem.web.profiles.access import require_in_city
from citytandem.web.profiles.check_pages import may
from citytandem.web.profiles.conflicts import ChangedMeanwhile
from citytandem.web.profiles.forms import TargetForm, VersionForm
from citytandem.web.profiles.models import Target
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

NAMES = ("version", "kind", "target_year", "base_year", "share_percent", "absolute_t", "scope", "link", "review")


@require_in_city("organisation.view")
@require_GET
def show_targets(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The targets of the city, the earliest year first."""
    found = Target.objects.filter(organisation=organisation).select_related("changed_by")
    told = {"organisation": organisation, "targets": found}
    return render(request, "profiles/targets.html", told | may(request, organisation))


@require_in_city("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_target(request: HttpRequest, *, organisation: Organisation, target: int | None = None) -> HttpResponse:
    """A new target, or another text for one."""
    own = get_object_or_404(Target, pk=target, organisation=organisation) if target else None
    form = TargetForm(request.POST or None, initial={name: getattr(own, name) for name in NAMES} if own else {"version": 0})
    told: dict[str, object] = {"organisation": organisation, "target": own}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.save_target(
                    user=person_of(request), organisation=organisation, target=own,
                    version=form.cleaned_data["version"], values=form.values,
                )  # fmt: skip
        except ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now or own
            form = TargetForm({**request.POST.dict(), "version": getattr(meanwhile.now, "version", 0)})
        except IntegrityError:
            form.add_error("target_year", str(word("web.target.twice")))
        else:
            messages.success(request, str(word("web.told.saved")))
            return redirect("profile_targets", organisation.pk)
    return render(request, "profiles/target.html", told | {"form": form}, status=status)


@require_in_city("organisation.edit")
@require_POST
def drop_target(request: HttpRequest, *, organisation: Organisation, target: int) -> HttpResponse:
    """Take a target back."""
    own = get_object_or_404(Target, pk=target, organisation=organisation)
    form = VersionForm(request.POST)
    try:
        actions.remove(user=person_of(request), own=own, version=form.cleaned_data["version"] if form.is_valid() else -1)
        messages.success(request, str(word("web.profile.removed")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.profile.changed_meanwhile")))
    return redirect("profile_targets", organisation.pk)
