"""Pages of what came of it: for the sides and their network, and for everybody where all sides agreed to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from citytandem.web.agreements.access import AGREED, require_in_tandem
from citytandem.web.agreements.chain import follow
from citytandem.web.agreements.drafting import names_of
from citytandem.web.agreements.models import PlanState, ReplicationPlan
from citytandem.web.agreements.work_pages import say_where
from citytandem.web.live import atlas_of
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.programmes.models import Tandem
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation


@require_in_tandem("organisation.view")
@require_GET
def show_outcome(request: HttpRequest, *, organisation: Organisation, tandem: Tandem) -> HttpResponse:
    """The whole chain, as those who made it see it."""
    chain = follow(tandem, atlas=atlas_of(request), speech=current_speech(), today=timezone.now().date())
    told = say_where(request, organisation=organisation, tandem=tandem) | {"chain": chain, "is_public": is_shown(tandem)}
    return render(request, "agreements/outcome.html", told)


@require_GET
def show_public_outcome(request: HttpRequest, *, tandem: int) -> HttpResponse:
    """The same for everybody, without the words of minutes and without people; only where all sides agreed."""
    own = Tandem.objects.select_related("programme").filter(pk=tandem, state__in=AGREED).first()
    if own is None or not is_shown(own):
        raise Http404
    speech = current_speech()
    told = {
        "tandem": own, "names": names_of(own), "sides": list(own.sides.select_related("organisation")), "is_public": True,
        "titles": title_measures(speech.language), "plans": ReplicationPlan.objects.filter(tandem=own, state=PlanState.ADOPTED),
        "chain": follow(own, atlas=atlas_of(request), speech=speech, today=timezone.now().date()),
    }  # fmt: skip
    return render(request, "agreements/outcome_public.html", told)


def is_shown(tandem: Tandem) -> bool:
    """Whether every side agreed that everybody may know."""
    return not tandem.sides.filter(may_be_shown=False).exists()
