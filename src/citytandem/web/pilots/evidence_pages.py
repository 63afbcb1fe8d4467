"""Pages for evidence: a file is sent, read by those who may, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agreements.actions import NotAllowedNow
from citytandem.web.pilots import actions, storage
from citytandem.web.pilots.access import require_in_pilot
from citytandem.web.pilots.city_pages import back, say_where
from citytandem.web.pilots.forms import EvidenceForm
from citytandem.web.pilots.models import Evidence
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.pilots.models import PilotCity


@require_in_pilot("organisation.edit")
@require_http_methods(["GET", "POST"])
def send_evidence(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity) -> HttpResponse:
    """Take a file, and what it is to show."""
    sent, files = request.POST, request.FILES  # only when these are read does the file arrive
    too_large = bool(request.META.get("UPLOAD_TOO_LARGE"))
    form: EvidenceForm
    if request.method == "POST":
        form = EvidenceForm(sent, files, too_large=too_large, programme=pilot.programme, pilot=pilot)
    else:
        form = EvidenceForm(initial={"milestone": request.GET.get("milestone")}, programme=pilot.programme, pilot=pilot)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        name, raw = told["file"]
        try:
            actions.send_evidence(
                pilot, user=person_of(request), organisation=organisation, raw=raw, name=name, title=told["title"],
                milestone=told["milestone"], criterion=told["criterion"],
            )  # fmt: skip
            messages.success(request, str(word("web.pilot.told.sent")))
        except NotAllowedNow:
            messages.error(request, str(word("web.pilot.file_one_too_many", count=storage.MOST_FILES)))
        return back(organisation, pilot)
    status = 422 if request.method == "POST" else 200
    return render(request, "pilots/evidence.html", {"form": form} | say_where(request, organisation, pilot=pilot), status=status)


@require_in_pilot("organisation.view")
@require_GET
def read_evidence(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity, evidence: int) -> HttpResponse:  # noqa: ARG001 - the gate has read it
    """The file as it came, always to be saved, never shown inside the page."""
    own = get_object_or_404(Evidence, pk=evidence, pilot=pilot, taken_back=None)
    raw = storage.read_file(own.sha256)
    if raw is None:
        raise Http404
    answer = HttpResponse(raw, content_type=storage.CONTENT_TYPES[own.kind])
    answer["Content-Disposition"] = content_disposition_header(True, own.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_in_pilot("organisation.edit")
@require_POST
def take_back_evidence(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity, evidence: int) -> HttpResponse:
    """A file is no evidence any more."""
    own = get_object_or_404(Evidence, pk=evidence, pilot=pilot)
    try:
        actions.take_back(own, user=person_of(request), organisation=organisation)
        messages.success(request, str(word("web.pilot.told.taken_back")))
    except NotAllowedNow:
        messages.error(request, str(word("web.pilot.not_now")))
    return back(organisation, pilot)
