"""Pages that bring a whole tour in or out: files, the example of the Ruhr, and the tables as they are set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.sources.tour_files import TABLES
from citytandem.web.accounts.access import person_of
from citytandem.web.agendas.setup_pages import describe
from citytandem.web.shell.language import word
from citytandem.web.tours import bringing
from citytandem.web.tours.access import team
from citytandem.web.tours.forms import ImportForm
from citytandem.web.tours.sheets import TAKEN, read_files
from citytandem.web.tours.tables_file import pack_tables

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.events.models import Event


@team("organisation.edit")
@require_http_methods(["GET", "POST"])
def bring_files(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Read the files of a tour. All of it is taken or nothing; what is wrong is told with file, row and column."""
    form = ImportForm(request.POST or None, request.FILES or None)
    columns = {name: list(TABLES[name].columns()) for name in TAKEN}
    told = describe(request, event, form=form, columns=columns)
    if request.method == "POST" and form.is_valid():
        files = {one.name: one.read() for one in form.cleaned_data["tables"]}
        told["read"] = read = read_files(files, event=event)
        told["problems"] = [str(word(f"web.tour.import_problem.{key}", **facts)) for key, facts in read.problems]
        if read.is_sound:
            told["taken"] = bringing.take_tables(user=person_of(request), event=event, tables=read.tables)
        return render(request, "tours/import.html", told, status=200 if read.is_sound else 422)
    return render(request, "tours/import.html", told, status=422 if form.is_bound or request.method == "POST" else 200)


@team("organisation.edit")
@require_POST
def take_example(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Begin with the example of the Ruhr; only where nothing is set up."""
    if event.tour_sites.exists() or event.tour_stays.exists() or event.tour_days.exists():
        messages.error(request, str(word("web.tour.told.not_empty")))
    else:
        bringing.take_example(user=person_of(request), event=event)
        messages.success(request, str(word("web.tour.told.example")))
    return redirect("tour_room", event.organisation_id, event.pk)


@team("organisation.view")
@require_GET
def send_tables(request: HttpRequest, *, event: Event) -> HttpResponse:  # noqa: ARG001 - the form of views
    """What is set up, as the files from which ``citytandem tour`` plans."""
    answer = HttpResponse(pack_tables(event), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="tour-{event.pk}.zip"'
    return answer
