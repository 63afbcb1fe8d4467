"""A network brings its lists as files, and takes them along."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import polars as pl
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from citytandem.web.accounts.access import person_of
from citytandem.web.live import atlas_of
from citytandem.web.networks.access import require_network
from citytandem.web.networks.bring import COLUMNS, UPLOAD_BYTES, bring
from citytandem.web.networks.models import NetworkMember
from citytandem.web.networks.sight import listed_of, sees_of, ties_seen_by
from citytandem.web.networks.tie_list import list_within
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.networks.tie_list import Line


SHOWN_FINDINGS = 100


class BringForm(forms.Form):
    """A file, and what it lists."""

    what = forms.ChoiceField(
        label=word("web.registry.file_what"), choices=[(name, word(f"web.registry.file_what.{name}")) for name in COLUMNS]
    )
    file = forms.FileField(label=word("web.registry.file"), help_text=word("web.registry.file_help"), allow_empty_file=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_BYTES:
            raise forms.ValidationError(word("web.registry.file_too_large", megabytes=UPLOAD_BYTES // 2**20))
        return file


@require_network("network.coordinate")
@require_http_methods(["GET", "POST"])
def bring_list(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Bring memberships or ties as a file; what could not be recorded is told row by row."""
    form = BringForm(request.POST or None, request.FILES or None)
    told: dict[str, Any] = {"organisation": organisation, "form": form, "here": "registry_import", "columns": COLUMNS}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            cities = listed_of(organisation, atlas=atlas_of(request), on=timezone.now().date())
            brought = bring(
                user=person_of(request), network=organisation, what=form.cleaned_data["what"], raw=file.read(),
                name=PurePath(file.name).name[:80], allowed=sees_of(organisation, cities=cities),
            )  # fmt: skip
            status = 200 if brought.recorded else 422
            told |= {
                "brought": brought, "findings": brought.findings[:SHOWN_FINDINGS],
                "left": max(0, len(brought.findings) - SHOWN_FINDINGS),
            }  # fmt: skip
    return render(request, "networks/import.html", told, status=status)


@require_network("organisation.view")
@require_GET
def send_list(request: HttpRequest, *, organisation: Organisation, what: str) -> HttpResponse:
    """The memberships or the ties as a file that can be brought again."""
    if what not in COLUMNS:
        raise Http404
    frame = _tabulate_members(organisation) if what == "members" else _tabulate_ties(request, organisation)
    guarded = frame.with_columns(
        pl.when(pl.col(name).str.contains(r"^[=+\-@\t\r]")).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name, kind in frame.schema.items()
        if kind == pl.String
    )
    answer = HttpResponse(guarded.write_csv(line_terminator="\n"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{what}.csv"'
    return answer


def _tabulate_members(network: Organisation) -> pl.DataFrame:
    rows = NetworkMember.objects.filter(network=network).select_related("member_class")
    schema = {
        "city": pl.String,
        "class": pl.String,
        "since": pl.Date,
        "until": pl.Date,
        "capacity": pl.Int64,
        "source": pl.String,
        "answer": pl.String,
    }
    told = [
        (
            row.city, row.member_class.title if row.member_class else None, row.since, row.until, row.capacity, row.source,
            "declined" if row.declined else "confirmed" if row.confirmed else "open",
        )
        for row in rows
    ]  # fmt: skip
    return pl.DataFrame(told, schema=schema, orient="row")


def _tabulate_ties(request: HttpRequest, network: Organisation) -> pl.DataFrame:
    atlas, today = atlas_of(request), timezone.now().date()
    cities = listed_of(network, atlas=atlas, on=today)
    seen = ties_seen_by(network, atlas=atlas, on=today).prefetch_related("meetings", "questions", "transfers")
    lines = list_within(atlas, cities, seen=seen, on=today, language=current_speech().language)
    schema = {
        "city": pl.String, "other": pl.String, "kind": pl.String, "since": pl.Int64, "until": pl.Date, "source": pl.String,
        "state": pl.String, "meetings": pl.Int64, "held": pl.Int64, "questions": pl.Int64, "answered": pl.Int64,
        "transfers": pl.Int64, "last_contact": pl.Date,
    }  # fmt: skip
    return pl.DataFrame([_flatten(line) for line in lines], schema=schema, orient="row")


def _flatten(line: Line) -> tuple[Any, ...]:
    own, tie = line.health, line.tie
    figures = (own.meetings, own.held, own.questions, own.answered, own.transfers, own.last) if own else (None,) * 6
    return (line.city, line.other, line.kind, line.since, tie.until if tie else None, line.source, line.state, *figures)
