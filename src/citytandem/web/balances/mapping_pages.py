"""How a sheet is read: shown in words, questions asked, corrected by a person, saved for the next file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.atlas import load
from citytandem.sources.anysheet import Proposal, answer, load_mapping, save_mapping
from citytandem.web.accounts.access import person_of, require
from citytandem.web.balances import actions, mapping_form
from citytandem.web.balances.conflicts import ChangedMeanwhile, NotAllowedNow
from citytandem.web.balances.forms import SaveMappingForm
from citytandem.web.balances.layout import fingerprint
from citytandem.web.balances.models import SavedMapping
from citytandem.web.balances.pages import BUSY, find_set, send_toml
from citytandem.web.balances.result import open_result
from citytandem.web.balances.templatetags.balances import method as describe_method
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.sources.anysheet import Mapping
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.balances.models import BalanceSet
    from citytandem.web.balances.result import Result

ROWS, CELLS = 12, 14


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def show_mapping(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """The proposed or settled mapping as a form."""
    own = find_set(organisation, number)
    result, mapping = _settled(own)
    values: dict[str, Any] = {"organisation": organisation, "set": own, "result": result}
    if own.stage in BUSY or result is None:
        return redirect("balance_set", organisation.pk, number)
    if mapping is None:
        return render(request, "balances/mapping.html", values)
    answers, wrong, status = dict(own.answers), frozenset[str](), 200
    if request.method == "POST":
        given = {one.key: request.POST.get(f"q-{at}", "").strip()[:80] for at, one in enumerate(result.questions)}
        given = {key: value for key, value in given.items() if value}
        changed = mapping_form.read_back(request.POST, mapping=mapping)
        wrong = mapping_form.find_wrong_answers(result.questions, given=given)
        answers |= given
        sent = request.POST.get("version", "")
        try:
            if not wrong:
                return _keep(request, own, version=int(sent) if sent.isdecimal() else 0, mapping=changed, given=given)
        except ChangedMeanwhile as conflict:
            values |= {"conflict": conflict.now, "theirs": _differences(changed, _settled(conflict.now)[1])}
            own.version = conflict.now.version
        except NotAllowedNow as refusal:
            messages.error(request, word(refusal.reason))
            return redirect("balance_set", organisation.pk, number)
        mapping, status = changed, 409 if "conflict" in values else 422
    speech = current_speech()
    methods = {name: describe_method(name) for name in sorted(load().facts.methods)}
    values |= {
        "sheet": mapping_form.describe(mapping, speech=speech, methods=methods),
        "questions": mapping_form.describe_questions(result.questions, given=answers, wrong=wrong, speech=speech),
        "preview": _preview(result),
        "layout": SavedMapping.objects.filter(organisation=organisation, layout=fingerprint(mapping)).first(),
        "save_form": SaveMappingForm(initial={"name": own.title}),
    }
    return render(request, "balances/mapping.html", values, status=status)


def _keep(request: HttpRequest, own: BalanceSet, *, version: int, mapping: Mapping, given: dict[str, str]) -> HttpResponse:
    """Keep what was said, and read the file again once nothing is open any more."""
    result = open_result(own.reading)
    answered = own.answers | given
    open_keys = [one.key for one in (result.questions if result else []) if one.key not in answered]
    settled = answer(Proposal(mapping), given).mapping
    actions.read_by(
        user=person_of(request), balance_set=own, version=version, mapping=save_mapping(settled), answers=given,
        is_open=bool(open_keys),
    )  # fmt: skip
    if open_keys:
        messages.warning(request, word("web.balances.told.still_open", count=len(open_keys)))
        return redirect("balance_mapping", own.organisation_id, own.pk)
    messages.success(request, word("web.balances.told.read_again"))
    return redirect("balance_set", own.organisation_id, own.pk)


def _settled(own: BalanceSet) -> tuple[Result | None, Mapping | None]:
    """The reading, and the mapping as people left it, else as it was proposed or used."""
    result = open_result(own.reading)
    text = own.mapping or (result.mapping if result else "")
    return result, load_mapping(text)[0] if text else None


def _differences(mine: Mapping, theirs: Mapping | None) -> list[tuple[str, str]]:
    """Lines of two mappings that differ: mine beside theirs."""
    if theirs is None:
        return []
    left, right = save_mapping(mine).splitlines(), save_mapping(theirs).splitlines()
    pairs = [(one.strip(), other.strip()) for one, other in zip(left, right, strict=False) if one != other]
    return pairs[:40]


def _preview(result: Result) -> list[dict[str, Any]]:
    """The first rows of each sheet."""
    shown = []
    for (sheet,), rows in result.rows.group_by("sheet", maintain_order=True):
        head = rows.head(ROWS)
        width = min(max((len(cells) for cells in head["cells"]), default=0), CELLS)
        lines = [{"row": row["row"], "cells": (row["cells"] + [""] * CELLS)[:width]} for row in head.iter_rows(named=True)]
        shown.append({"sheet": sheet, "rows": lines, "more": rows.height - head.height})
    return shown[:8]


@require("organisation.view")
@require_GET
def download_mapping(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:  # noqa: ARG001
    """How this set is read, as TOML: the same text the command line takes."""
    _, mapping = _settled(find_set(organisation, number))
    if mapping is None:
        raise Http404
    return send_toml(save_mapping(mapping), name=f"mapping-{number}")


@require("organisation.edit")
@require_POST
def keep_mapping(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Save how this set is read, for the next file with the same headings."""
    own = find_set(organisation, number)
    result, mapping = _settled(own)
    form = SaveMappingForm(request.POST)
    if result is None or mapping is None or own.questions or not form.is_valid():
        messages.error(request, word("web.balances.refused.not_read"))
    else:
        layout = str(result.told.get("layout") or fingerprint(mapping))
        name = form.cleaned_data["name"]
        actions.save_mapping(user=person_of(request), balance_set=own, name=name, layout=layout, toml=save_mapping(mapping))
        messages.success(request, word("web.balances.told.mapping_saved"))
    return redirect("balance_mapping", organisation.pk, number)
