"""A team and its tandems: the proposal with its reasons, the answer, and what everybody may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.live import atlas_of
from citytandem.web.programmes.actions import NotAllowedNow
from citytandem.web.programmes.cards import read_cards
from citytandem.web.programmes.letters import tell_outcome
from citytandem.web.programmes.models import TandemState
from citytandem.web.programmes.parts import find_tandem_parts
from citytandem.web.programmes.proposing import answer_proposal, choose_shown
from citytandem.web.programmes.queries import SHOWN, tandems_of
from citytandem.web.programmes.zones import tell_deadline
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Side, Tandem


class AnswerForm(forms.Form):
    """Yes or no, a note for the coordinators alone, and whether everybody may know."""

    answer = forms.ChoiceField(choices=[(one, word(f"web.tandem.answer.{one}")) for one in ("yes", "no")])
    note = forms.CharField(max_length=400, required=False)
    may_be_shown = forms.BooleanField(required=False)


@require("organisation.view")
@require_GET
def show_tandems(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """All tandems of a team with where each stands."""
    rows = [(one, *_split(one, organisation)) for one in tandems_of(organisation)]
    return render(request, "programmes/tandems.html", {"organisation": organisation, "rows": rows})


@require("organisation.view")
@require_GET
def show_tandem(request: HttpRequest, *, organisation: Organisation, tandem: int) -> HttpResponse:
    """One tandem as its team sees it: with whom, why, until when to answer."""
    own = get_object_or_404(tandems_of(organisation), pk=tandem)
    mine, others = _split(own, organisation)
    zones = (own.programme.zone, "UTC")
    values: dict[str, Any] = {
        "organisation": organisation, "tandem": own, "programme": own.programme, "side": mine, "others": others,
        "cards": read_cards(own.card, atlas=atlas_of(request), speech=current_speech(), seen_from=organisation.pk),
        "until": tell_deadline(own.answer_until, zones=zones, speech=current_speech()) if own.answer_until else "",
        "is_asked": own.state == TandemState.PROPOSED, "is_agreed": own.state in SHOWN,
        "may_answer": request.user.has_perm("organisation.publish", organisation),
        "parts": find_tandem_parts(request, own, organisation=organisation),
    }  # fmt: skip
    return render(request, "programmes/tandem.html", values)


@require("organisation.publish")
@require_POST
def answer_tandem(request: HttpRequest, *, organisation: Organisation, tandem: int) -> HttpResponse:
    """Say yes or no for the organisation."""
    own = get_object_or_404(tandems_of(organisation), pk=tandem)
    mine, _ = _split(own, organisation)
    form = AnswerForm(request.POST)
    here = redirect("tandem_room", organisation.pk, own.pk)
    if not form.is_valid():
        messages.error(request, str(word("web.tandem.choose")))
        return here
    values = form.cleaned_data
    try:
        answered = answer_proposal(
            user=person_of(request), side=mine, says_yes=values["answer"] == "yes", note=values["note"],
            may_be_shown=values["may_be_shown"],
        )  # fmt: skip
    except NotAllowedNow:
        messages.error(request, str(word("web.tandem.not_now")))
        return here
    if answered.state == TandemState.AGREED:
        tell_outcome(request, tandem=own)
    messages.success(request, str(word(f"web.tandem.told.{values['answer']}")))
    return here


@require("organisation.publish")
@require_POST
def show_or_hide_tandem(request: HttpRequest, *, organisation: Organisation, tandem: int) -> HttpResponse:
    """Let everybody see that the organisation takes part, or not any more."""
    own = get_object_or_404(tandems_of(organisation), pk=tandem)
    mine, _ = _split(own, organisation)
    try:
        choose_shown(user=person_of(request), side=mine, may_be_shown=request.POST.get("may_be_shown") == "on")
        messages.success(request, str(word("web.tandem.told.shown" if mine.may_be_shown else "web.tandem.told.hidden")))
    except NotAllowedNow:
        messages.error(request, str(word("web.tandem.not_now")))
    return redirect("tandem_room", organisation.pk, own.pk)


def _split(tandem: Tandem, organisation: Organisation) -> tuple[Side, list[Side]]:
    """The side of a team, and the others."""
    sides = list(tandem.sides.all())
    mine = [side for side in sides if side.organisation_id == organisation.pk]
    if not mine:
        raise Http404
    return mine[0], [side for side in sides if side.organisation_id != organisation.pk]
