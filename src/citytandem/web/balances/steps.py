"""The steps of a set: checked, published, withdrawn, restored, shown to others, deleted; each a form of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.balances import actions, publishing
from citytandem.web.balances.conflicts import ChangedMeanwhile, NotAllowedNow
from citytandem.web.balances.forms import SightForm
from citytandem.web.balances.pages import describe_set, find_set
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.balances.models import BalanceSet


@require("organisation.edit")
@require_POST
def check_set(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Say that the rows and findings were looked at."""
    return _step(request, organisation, number=number, act=publishing.check, told="web.balances.told.checked")


@require("organisation.publish")
@require_POST
def publish_set(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Let others see a set."""
    return _step(request, organisation, number=number, act=publishing.publish, told="web.balances.told.published")


@require("organisation.publish")
@require_POST
def withdraw_set(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Take a set out of sight."""
    return _step(request, organisation, number=number, act=publishing.withdraw, told="web.balances.told.withdrawn")


@require("organisation.publish")
@require_POST
def restore_set(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Take an older version up again."""
    own = find_set(organisation, number)
    try:
        own = publishing.restore(user=person_of(request), balance_set=own)
        messages.success(request, word("web.balances.told.restored"))
    except NotAllowedNow as refusal:
        messages.error(request, word(refusal.reason))
    return redirect("balance_set", organisation.pk, own.pk)


@require("organisation.edit")
@require_POST
def read_set_again(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Ask for the reading once more."""
    actions.read_again(user=person_of(request), balance_set=find_set(organisation, number))
    return redirect("balance_set", organisation.pk, number)


@require("organisation.publish")
@require_POST
def change_sight(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Change title and remark, who sees a set, until when, and who after that."""
    own = find_set(organisation, number)
    form = SightForm(request.POST)
    if not form.is_valid():
        return render(request, "balances/set.html", describe_set(request, own, form=form), status=422)
    given = form.cleaned_data
    try:
        publishing.change_sight(user=person_of(request), balance_set=own, version=given["version"], sight=given)
    except ChangedMeanwhile as conflict:
        fresh = request.POST.copy()
        fresh["version"] = str(conflict.now.version)
        values = describe_set(request, conflict.now, form=SightForm(fresh)) | {"conflict": conflict.now}
        return render(request, "balances/set.html", values, status=409)
    messages.success(request, word("web.told.saved"))
    return redirect("balance_set", organisation.pk, number)


@require("organisation.publish")
@require_http_methods(["GET", "POST"])
def erase_set(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Delete a set for good, after saying what that means."""
    own = find_set(organisation, number)
    if request.method == "POST":
        actions.erase(user=person_of(request), balance_set=own)
        messages.success(request, word("web.balances.told.erased"))
        return redirect("balances", organisation.pk)
    return render(request, "balances/erase.html", {"organisation": organisation, "set": own})


def _step(
    request: HttpRequest, organisation: Organisation, *, number: int, act: Callable[..., BalanceSet], told: str
) -> HttpResponse:
    own = find_set(organisation, number)
    version = request.POST.get("version", "")
    try:
        act(user=person_of(request), balance_set=own, version=int(version) if version.isdecimal() else 0)
        messages.success(request, word(told))
    except NotAllowedNow as refusal:
        messages.error(request, word(refusal.reason))
    except ChangedMeanwhile as conflict:
        messages.error(request, word("web.balances.conflict.step", person=str(conflict.now.changed_by or "–")))
    return redirect("balance_set", organisation.pk, number)
