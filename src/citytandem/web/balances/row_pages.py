"""The file's rows with what was found beside them, and single cells corrected; totals checked; versions compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from citytandem.atlas import load
from citytandem.charts.bridge import name_part
from citytandem.charts.chart import name_key
from citytandem.findings import CannotCompute, Severity
from citytandem.sources.anysheet.grid import letter
from citytandem.sources.cells import as_number
from citytandem.web.accounts.access import person_of, require
from citytandem.web.balances import actions, queries
from citytandem.web.balances.conflicts import ChangedMeanwhile, NotAllowedNow
from citytandem.web.balances.forms import CellForm
from citytandem.web.balances.models import Correction, SetBalance
from citytandem.web.balances.pages import find_set
from citytandem.web.balances.result import open_result
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.findings import Finding
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.balances.models import BalanceSet
    from citytandem.web.balances.result import Result

PAGE = 50
CELLS = 30
MOST_TONNES = 1e10
SHOWS = ("findings", "errors", "warnings", "all")
WEIGHTS = {"errors": {Severity.ERROR}, "warnings": {Severity.WARNING}}


@require("organisation.view")
@require_GET
def show_rows(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Rows of the file, findings beside; filtered by weight."""
    own = find_set(organisation, number)
    result = open_result(own.reading)
    if result is None:
        return redirect("balance_set", organisation.pk, number)
    show = request.GET.get("show", "findings")
    show = show if show in SHOWS else "findings"
    beside, general = _by_row(own, result, weights=WEIGHTS.get(show))
    rows = result.rows
    if show != "all":
        wanted = pl.DataFrame(list(beside), schema={"sheet": pl.String, "row": pl.Int64}, orient="row")
        rows = rows.join(wanted, on=["sheet", "row"], how="semi", maintain_order="left")
    page = Paginator(range(rows.height), PAGE).get_page(request.GET.get("page"))
    start = page.start_index() - 1 if rows.height else 0
    fixed = {(one.sheet, one.row, one.column): one for one in own.corrections.all()}
    shown = [_row(row, beside=beside, fixed=fixed) for row in rows[start : start + PAGE].iter_rows(named=True)]
    values = {
        "organisation": organisation, "set": own, "result": result, "show": show, "shows": SHOWS, "general": general,
        "rows": shown, "page": page, "width": range(min(max((len(row["cells"]) for row in shown), default=0), CELLS)),
        "letters": [letter(at) for at in range(min(max((len(row["cells"]) for row in shown), default=0), CELLS))],
        "may_edit": request.user.has_perm("organisation.edit", organisation) and own.published is None,
    }  # fmt: skip
    return render(request, "balances/rows.html", values)


def _by_row(
    own: BalanceSet, result: Result, *, weights: set[Severity] | None
) -> tuple[dict[tuple[str, int], list[Finding]], list[Finding]]:
    """Findings by sheet and row; and those that are about no row of the file."""
    sheets = set(result.rows["sheet"].unique())
    beside: dict[tuple[str, int], list[Finding]] = {}
    general = []
    for finding in result.findings:
        if weights and finding.severity not in weights:
            continue
        sheet = finding.where.removeprefix(own.file_name).removeprefix(": ") if finding.where.startswith(own.file_name) else None
        if finding.row is not None and sheet in sheets:
            beside.setdefault((str(sheet), finding.row), []).append(finding)
        else:
            general.append(finding)
    return beside, general


def _row(
    row: dict[str, Any], *, beside: dict[tuple[str, int], list[Finding]], fixed: dict[tuple[str, int, int], Correction]
) -> dict[str, Any]:
    findings = beside.get((row["sheet"], row["row"]), [])
    named = {str(value) for finding in findings for value in finding.facts.values() if value is not None}
    cells = [
        {"text": text, "marked": bool(text) and text in named, "fix": fixed.get((row["sheet"], row["row"], at))}
        for at, text in enumerate(row["cells"][:CELLS])
    ]
    weight = findings[0].severity if findings else ""
    return {"sheet": row["sheet"], "row": row["row"], "fate": row["fate"], "cells": cells, "findings": findings, "weight": weight}


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def correct_cell(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Correct one cell of a row: the reported value stays beside, and the file is read again."""
    own = find_set(organisation, number)
    result = open_result(own.reading)
    data = request.POST if request.method == "POST" else request.GET
    row = data.get("row", "")
    found = pl.DataFrame()
    if result is not None and row.isdecimal():
        found = result.rows.filter((pl.col("sheet") == data.get("sheet", "")) & (pl.col("row") == int(row[:9])))
    if found.is_empty() or result is None:
        raise Http404
    line = found.row(0, named=True)
    cells = [(at, f"{letter(at)}: {text}" if text else letter(at)) for at, text in enumerate(line["cells"])][:200]
    form = _cell_form(request, own, line=line, cells=cells)
    values: dict[str, Any] = {"organisation": organisation, "set": own, "form": form, "line": line, "letters": cells}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        cell = {name: given[name] for name in ("sheet", "row", "column", "after", "reason")}
        cell["before"] = line["cells"][given["column"]]
        try:
            actions.correct_cell(user=person_of(request), balance_set=own, version=given["version"], cell=cell)
        except NotAllowedNow as refusal:
            form.add_error(None, word(refusal.reason))
        except ChangedMeanwhile as conflict:
            values |= _cell_conflict(conflict, cell=cell, form=form, cells=cells)
        else:
            return redirect("balance_set", organisation.pk, number)
    status = 409 if "conflict" in values else 422 if form.errors else 200
    return render(request, "balances/cell.html", values, status=status)


def _cell_form(request: HttpRequest, own: BalanceSet, *, line: dict[str, Any], cells: list[tuple[int, str]]) -> CellForm:
    is_text = not own.file_name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods"))
    if request.method == "POST":
        return CellForm(request.POST, cells=cells, is_text=is_text)
    column = request.GET.get("column", "")
    start = {"version": own.version, "sheet": line["sheet"], "row": line["row"], "column": column}
    if column.isdecimal() and int(column[:4]) < len(line["cells"]):
        start["after"] = line["cells"][int(column[:4])]
    return CellForm(initial=start, cells=cells, is_text=is_text)


def _cell_conflict(
    conflict: ChangedMeanwhile, *, cell: dict[str, Any], form: CellForm, cells: list[tuple[int, str]]
) -> dict[str, Any]:
    """Both values of the cell: mine, and the one that stands there now."""
    key = {name: cell[name] for name in ("sheet", "row", "column")}
    theirs = Correction.objects.filter(balance_set=conflict.now, **key).select_related("made_by").first()
    fresh = dict(form.data.items())
    fresh["version"] = str(conflict.now.version)
    again = CellForm(fresh, cells=cells, is_text=form.is_text)
    again.is_valid()
    return {
        "conflict": conflict.now, "mine": cell["after"], "theirs": theirs.after if theirs else cell["before"], "form": again
    }  # fmt: skip


@require("organisation.view")
@require_GET
def show_totals(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Published totals beside what the lines add up to, and where a difference comes from."""
    own = find_set(organisation, number)
    result = open_result(own.reading)
    if result is None:
        return redirect("balance_set", organisation.pk, number)
    asked = own.balances.filter(balance=request.GET.get("balance", "")).first()
    values = {
        "organisation": organisation,
        "set": own,
        "balances": own.balances.all(),
        "controls": result.controls,
        "asked": asked,
    }
    published = as_number(request.GET.get("published", ""))
    if asked is not None and published is not None and abs(published) < MOST_TONNES:
        values |= _reconcile(result, asked, published=published)
    elif "published" in request.GET:
        values["unclear"] = True
    return render(request, "balances/totals.html", values)


def _reconcile(result: Result, asked: SetBalance, *, published: float) -> dict[str, Any]:
    from citytandem.verbs import reconcile  # slow import

    try:
        atlas = load(result.package, over=load())
        found = reconcile(atlas, city=asked.balance_set.city, published=published, year=asked.year, start=asked.balance)
    except CannotCompute as refusal:
        return {"refusal": refusal.finding}
    causes = "; ".join(" + ".join(_name_cause(cause) for cause in causes) for causes in found.explanations)
    speech = current_speech()
    amounts = {"published": found.published_t, "ours": found.ours_t, "difference": found.difference_t}
    facts = {name: speech.number(value, digits=0) for name, value in amounts.items()}
    answer = speech.sentence(f"reconcile.{found.status}", causes=causes, **facts)
    buckets = [{**row, "cause": _name_cause(row["cause"])} for row in found.buckets.to_dicts()]
    return {"reconciled": found, "answer": answer, "buckets": buckets}


def _name_cause(cause: str) -> str:
    speech = current_speech()
    if cause.startswith("without_"):
        part = name_part({"part": cause.removeprefix("without_"), "scope": "1+2"}, speech=speech)
        return speech.sentence("reconcile.without", sector=part)
    return name_key(speech, "cause", key=cause)


@require("organisation.view")
@require_GET
def compare_versions(request: HttpRequest, *, organisation: Organisation, number: int, other: int) -> HttpResponse:
    """What was added, removed or changed between two versions of a balance."""
    own, older = find_set(organisation, number), find_set(organisation, other)
    balance = get_object_or_404(SetBalance, balance_set=own, balance=request.GET.get("balance", ""))
    before = get_object_or_404(SetBalance, balance_set=older, balance=balance.balance)
    changes = queries.compare_lines(queries.lines_of(older, balance.balance), queries.lines_of(own, balance.balance))
    values = {
        "organisation": organisation, "set": own, "older": older, "balance": balance, "before": before, "changes": changes,
        "added": sum(one.kind == "added" for one in changes), "removed": sum(one.kind == "removed" for one in changes),
        "changed": sum(one.kind == "changed" for one in changes),
    }  # fmt: skip
    return render(request, "balances/compare.html", values)
