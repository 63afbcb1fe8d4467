"""The funder's report of a programme: on the screen, on paper, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from citytandem.web.accounts.access import require
from citytandem.web.agreements.papers import write_report_paper
from citytandem.web.agreements.report import Report, make_report
from citytandem.web.live import atlas_of
from citytandem.web.programmes.models import Programme
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.sheets import answer_csv

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

COUNTS = ("questions", "answered", "held", "planned", "decisions", "done", "begun", "further", "unknown")


@require("network.coordinate")
@require_GET
def show_report(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """The report as it stands today."""
    own = _make(request, organisation, programme)
    return render(request, "agreements/report.html", {"organisation": organisation, "report": own, "names": COUNTS})


@require("network.coordinate")
@require_GET
def print_report(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """The same on paper, in the language of the page."""
    paper = write_report_paper(_make(request, organisation, programme), speech=current_speech(), day=timezone.now().date())
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="programme-{programme}.pdf"'
    return answer


@require("network.coordinate")
@require_GET
def export_report(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """The tandems of the report as a table."""
    lines = _make(request, organisation, programme).lines
    rows = (
        (line.tandem.pk, " – ".join(line.names), line.agreement, *(line.chain.counts[name] for name in COUNTS)) for line in lines
    )
    return answer_csv(["tandem", "sides", "agreement", *COUNTS], rows=rows, name=f"programme-{programme}")


def _make(request: HttpRequest, organisation: Organisation, number: int) -> Report:
    programme = get_object_or_404(Programme, pk=number, organisation=organisation)
    return make_report(programme, atlas=atlas_of(request), speech=current_speech(), today=timezone.now().date())
