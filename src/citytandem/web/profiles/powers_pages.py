"""Pages on what the city may do: the matrix as the atlas has it, and the city's own corrections with law and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.atlas import load
from citytandem.readiness import prepare_playbook
from citytandem.science.action.powers import answer_powers
from citytandem.tables.action import DIMENSIONS
from citytandem.web.accounts.access import person_of
from citytandem.web.profiles import actions
from citytandem.web.profiles.access import require_in_city
from citytandem.web.profiles.check_pages import may
from citytandem.web.profiles.conflicts import ChangedMeanwhile
from citytandem.web.profiles.forms import CorrectionForm, VersionForm
from citytandem.web.profiles.models import PowerCorrection
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

NAMES = ("version", "level", "law", "law_date", "reason", "link")


@require_in_city("organisation.view")
@require_GET
def show_powers(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Assets by dimensions, each cell with its level, its law and the correction, if there is one."""
    known = find_powers(organisation)
    own = {(one.asset, one.dimension): one for one in PowerCorrection.objects.filter(organisation=organisation)}
    rows = [
        (asset, [(dimension, known.get((asset, dimension)), own.get((asset, dimension))) for dimension in DIMENSIONS])
        for asset in list_assets()
    ]
    told = {"organisation": organisation, "rows": rows, "dimensions": DIMENSIONS, "corrections": list(own.values())}
    return render(request, "profiles/powers.html", told | may(request, organisation))


@require_in_city("organisation.edit")
@require_http_methods(["GET", "POST"])
def correct_power(request: HttpRequest, *, organisation: Organisation, asset: str, dimension: str) -> HttpResponse:
    """One cell of the matrix: what is generally so, and what is so here."""
    if asset not in list_assets() or dimension not in DIMENSIONS:
        raise Http404
    own = PowerCorrection.objects.filter(organisation=organisation, asset=asset, dimension=dimension).first()
    known = find_powers(organisation).get((asset, dimension))
    initial = {name: getattr(own, name) for name in NAMES} if own else {"version": 0, "level": known["level"] if known else None}
    form = CorrectionForm(request.POST or None, initial=initial)
    told: dict[str, Any] = {"organisation": organisation, "asset": asset, "dimension": dimension, "known": known, "own": own}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_correction(
                    user=person_of(request), organisation=organisation, asset=asset, dimension=dimension,
                    version=form.cleaned_data["version"], values=form.values,
                )  # fmt: skip
            except ChangedMeanwhile as meanwhile:
                status = 409
                form = CorrectionForm({**request.POST.dict(), "version": getattr(meanwhile.now, "version", 0)})
                told |= {"conflict": True, "own": meanwhile.now}
            else:
                messages.success(request, str(word("web.told.saved")))
                return redirect("profile_powers", organisation.pk)
    return render(request, "profiles/power.html", told | {"form": form}, status=status)


@require_in_city("organisation.edit")
@require_POST
def drop_power(request: HttpRequest, *, organisation: Organisation, asset: str, dimension: str) -> HttpResponse:
    """Take a correction back: what is generally so holds again."""
    own = get_object_or_404(PowerCorrection, organisation=organisation, asset=asset, dimension=dimension)
    form = VersionForm(request.POST)
    try:
        actions.remove(user=person_of(request), own=own, version=form.cleaned_data["version"] if form.is_valid() else -1)
        messages.success(request, str(word("web.profile.removed")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.profile.changed_meanwhile")))
    return redirect("profile_powers", organisation.pk)


def list_assets() -> list[str]:
    """The assets of the powers table, in its order."""
    return [str(asset) for asset in load().facts.asset["asset"]]


def find_powers(organisation: Organisation) -> dict[tuple[str, str], dict[str, Any]]:
    """What the atlas has for the city's country, state and tier, without any correction."""
    atlas = load()
    found = atlas.city.filter(pl.col("city") == organisation.city)
    if found.is_empty():
        return {}
    city, playbook = found.row(0, named=True), prepare_playbook(atlas)
    base = playbook.base_tier(city["country"])
    powers = answer_powers(playbook.power, country=city["country"], tier=city["tier"], base_tier=base, state=city["state"])
    known = powers.with_columns(pl.col("dimension", "mark").cast(pl.String)).filter(pl.col("level").is_not_null())
    return {(row["asset"], row["dimension"]): row for row in known.iter_rows(named=True)}
