"""Pages on which an office decides: certify, not yet, or not; and takes a certificate back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from citytandem.web.accounts.access import person_of
from citytandem.web.agreements.actions import NotAllowedNow
from citytandem.web.pilots.access import require_in_pilot
from citytandem.web.pilots.city_pages import back, say_where
from citytandem.web.pilots.deciding import decide, withdraw
from citytandem.web.pilots.forms import DecideForm, ReasonForm
from citytandem.web.pilots.judging import assessments_of, find_hindrances
from citytandem.web.pilots.models import Certificate, Outcome
from citytandem.web.pilots.queries import today
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.pilots.models import PilotCity


@require_in_pilot("organisation.publish", only="office")
@require_http_methods(["GET", "POST"])
def write_decision(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity) -> HttpResponse:
    """Decide with reasons; what stands in the way of a certificate is said before."""
    hindrances = find_hindrances(pilot)
    start = {"version": 0, "on": today(), "valid_from": today()}
    form = DecideForm(request.POST or None, initial=start, programme=pilot.programme)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.values
        if told["outcome"] == Outcome.CERTIFY and hindrances:
            form.add_error("outcome", str(word("web.pilot.hindered")))
        else:
            return _decide(request, organisation, pilot=pilot, told=told)
    told = {"form": form, "hindrances": hindrances, "is_judged": assessments_of(pilot).exists()}
    status = 422 if request.method == "POST" else 200
    return render(request, "pilots/decide.html", told | say_where(request, organisation, pilot=pilot), status=status)


@require_in_pilot("organisation.publish", only="office")
@require_http_methods(["GET", "POST"])
def withdraw_certificate(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity, certificate: int) -> HttpResponse:
    """Take a certificate back, and say why."""
    own = get_object_or_404(Certificate, pk=certificate, pilot=pilot, withdrawn=None)
    form = ReasonForm(request.POST or None, initial={"version": own.version})
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(own, user=person_of(request), organisation=organisation, on=today(), **form.cleaned_data)
            messages.success(request, str(word("web.pilot.told.withdrawn")))
        except NotAllowedNow:
            messages.error(request, str(word("web.pilot.not_now")))
        return back(organisation, pilot)
    told = {"form": form, "certificate": own} | say_where(request, organisation, pilot=pilot)
    return render(request, "pilots/withdraw.html", told, status=422 if request.method == "POST" else 200)


def _decide(request: HttpRequest, organisation: Organisation, *, pilot: PilotCity, told: dict[str, Any]) -> HttpResponse:
    try:
        decide(pilot, user=person_of(request), organisation=organisation, **told)
        messages.success(request, str(word(f"web.pilot.told.{told['outcome']}")))
    except NotAllowedNow:
        messages.error(request, str(word("web.pilot.hindered")))
    return back(organisation, pilot)
