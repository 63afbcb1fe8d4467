"""Recording on a tie: a meeting, a question and its answer, a measure taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from citytandem.gazetteer import names_in
from citytandem.web.accounts.access import person_of
from citytandem.web.live import atlas_of
from citytandem.web.networks import tie_actions
from citytandem.web.networks.access import find_tie, may_change, require_tied
from citytandem.web.networks.actions import ChangedMeanwhile
from citytandem.web.networks.tie_forms import KINDS
from citytandem.web.networks.tie_view import show_one
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.networks.models import Tie


@require_tied("organisation.edit")
@require_POST
def write_entry(request: HttpRequest, *, organisation: Organisation, tie: int, kind: str) -> HttpResponse:
    """A new meeting, question or transfer."""
    if kind not in KINDS:
        raise Http404
    own = find_tie(request, organisation=organisation, tie=tie)
    table, made = KINDS[kind]
    form = made(request.POST, prefix=kind, **_choices(request, own))
    if not form.is_valid():
        return show_one(request, organisation=organisation, tie=own, forms={f"{kind}-new": form})
    tie_actions.write_entry(user=person_of(request), organisation=organisation, tie=own, kind=table, values=form.values)
    messages.success(request, str(word("web.told.saved")))
    return redirect("tie", organisation.pk, own.pk)


@require_tied("organisation.edit")
@require_POST
def change_entry(request: HttpRequest, *, organisation: Organisation, tie: int, kind: str, entry: int) -> HttpResponse:
    """How an entry went on: the meeting was held, the question is answered, the measure has come further."""
    if kind not in KINDS:
        raise Http404
    own = find_tie(request, organisation=organisation, tie=tie)
    table, made = KINDS[kind]
    row = get_object_or_404(table, pk=entry, tie=own)
    if not may_change(organisation, entry=row):
        raise Http404
    form = made(request.POST, prefix=f"{kind}{row.pk}", **_choices(request, own))
    if not form.is_valid():
        return show_one(request, organisation=organisation, tie=own, forms={f"{kind}-{row.pk}": form})
    version = form.cleaned_data["version"]
    try:
        tie_actions.change_entry(user=person_of(request), organisation=organisation, own=row, version=version, values=form.values)
        messages.success(request, str(word("web.told.saved")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.registry.changed_meanwhile")))
    return redirect("tie", organisation.pk, own.pk)


def _choices(request: HttpRequest, tie: Tie) -> dict[str, Any]:
    language = current_speech().language
    names = {tie.city: tie.city, tie.other: tie.other} | names_in(atlas_of(request), [tie.city, tie.other], language=language)
    return {"sides": names, "measures": dict(sorted(title_measures(language).items()))}
