"""One tie as a page: figures in a sentence, entries as far as this organisation may read them, and forms for more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone

from citytandem.gazetteer import names_in
from citytandem.web.live import atlas_of
from citytandem.web.networks.access import may_change, may_change_tie, may_read
from citytandem.web.networks.contacts import gather_contacts
from citytandem.web.networks.health import describe_tie
from citytandem.web.networks.tie_forms import KINDS, TieForm, start_tie
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.networks.models import Meeting, Question, Tie, Transfer
    from citytandem.web.networks.tie_forms import EntryForm

NEW: dict[str, tuple[str, str]] = {"meeting": ("day", ""), "question": ("asked", "asked_by"), "transfer": ("begun", "learner")}
"""Of each kind of entry the field that begins with today, and the one that begins with the own city."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as this organisation may see it; its form where it may change it."""

    entry: Meeting | Question | Transfer
    is_read: bool
    form: EntryForm | None
    city: str


def show_one(
    request: HttpRequest, *, organisation: Organisation, tie: Tie, forms: Mapping[str, forms.Form] | None = None
) -> HttpResponse:
    """The page of a tie; ``forms`` are those sent back because something in them was not right."""
    sent = dict(forms or {})
    atlas, language, today = atlas_of(request), current_speech().language, timezone.now().date()
    names = {tie.city: tie.city, tie.other: tie.other} | names_in(atlas, [tie.city, tie.other], language=language)
    measures = dict(sorted(title_measures(language).items()))
    contacts = gather_contacts({(tie.city, tie.other)}).get((tie.city, tie.other), [])
    is_theirs = may_change_tie(organisation, tie=tie)
    may_edit = request.user.has_perm("organisation.edit", organisation)
    choices: dict[str, Any] = {"sides": names, "measures": measures}
    entries: dict[str, list[Shown]] = {}
    for kind in KINDS:
        rows = getattr(tie, f"{kind}s").all()
        entries[kind] = [
            _show(row, kind, organisation=organisation, sent=sent, names=names, choices=choices, may_edit=may_edit)
            for row in rows
        ]
    new = {kind: sent.get(f"{kind}-new") or _new_form(kind, organisation, choices=choices) for kind in KINDS} if may_edit else {}
    told: dict[str, Any] = {
        "organisation": organisation, "tie": tie, "names": list(names.items()), "one": names[tie.city], "two": names[tie.other],
        "health": describe_tie(tie, on=today, contacts=contacts), "contacts": contacts, "entries": entries, "new": new,
        "measures": measures, "today": today, "sent": set(sent), "here": "network_ties",
        "change": (sent.get("change") or TieForm(initial=start_tie(tie))) if may_edit and is_theirs else None,
    }  # fmt: skip
    return render(request, "networks/tie.html", told, status=422 if sent else 200)


def _show(
    row: Any, kind: str, *, organisation: Organisation, sent: dict[str, Any], names: dict[str, str],
    choices: dict[str, Any], may_edit: bool,
) -> Shown:  # fmt: skip
    reads = may_read(organisation, entry=row)
    form: Any = None
    if may_edit and may_change(organisation, entry=row):
        made = KINDS[kind][1]
        form = sent.get(f"{kind}-{row.pk}") or made(
            initial={name: getattr(row, name) for name in made.base_fields}, prefix=f"{kind}{row.pk}", **choices
        )
    return Shown(row, reads, form, names.get(getattr(row, NEW[kind][1] or "by_id", ""), ""))


def _new_form(kind: str, organisation: Organisation, *, choices: dict[str, Any]) -> EntryForm:
    day, side = NEW[kind]
    start: dict[str, Any] = {"version": 0, day: timezone.now().date(), "state": "held"}
    if side:
        start[side] = organisation.city
    return KINDS[kind][1](initial=start, prefix=kind, **choices)
