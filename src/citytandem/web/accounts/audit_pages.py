"""What was done in an organisation: who, when, what, before and after; to read, to narrow down and to take along."""

from __future__ import annotations

import csv
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from citytandem.charts.chart import name_key
from citytandem.web.accounts.access import require
from citytandem.web.accounts.models import AuditEntry, User
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

PER_PAGE = 100
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require("organisation.manage")
def show_audit(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The record, newest first, a hundred a page."""
    everything = AuditEntry.objects.filter(organisation=organisation)
    page = Paginator(_narrow(everything, request), PER_PAGE).get_page(request.GET.get("page"))
    speech = current_speech()
    actions = everything.order_by("action").values_list("action", flat=True).distinct()
    told = {
        "organisation": organisation,
        "page": page,
        "rows": tell_entries(page.object_list),
        "actions": [(action, name_key(speech, "audit", key=action)) for action in actions],
        "people": User.objects.filter(pk__in=everything.order_by().values("user")).order_by("name", "email"),
    }
    return render(request, "accounts/audit.html", told)


@require("organisation.manage")
def export_audit(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The record as CSV, narrowed down as the page is."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="record-{organisation.pk}-{timezone.now():%Y-%m-%d}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(["at", "who", "action", "subject", "city", "before", "after"])
    found = _narrow(AuditEntry.objects.filter(organisation=organisation), request)
    for row in tell_entries(found.iterator(chunk_size=1000)):
        entry = row["entry"]
        cells = [
            entry.at.isoformat(), row["who"], entry.action, row["subject"], entry.city, row["before"], row["after"],
        ]  # fmt: skip
        writer.writerow([_harmless(cell) for cell in cells])
    return answer


def tell_entries(entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Entries in words: people by name while they are here, values one by one."""
    entries = list(entries)
    numbers = [number for entry in entries for number in (entry.user_id, _number_of(entry.subject)) if number]
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=set(numbers))}
    speech = current_speech()
    return [
        {
            "entry": entry,
            "who": str(word("web.audit.site")) if entry.by_site else _name(entry.user_id, names),
            "what": name_key(speech, "audit", key=entry.action),
            "subject": _tell_subject(entry.subject, names),
            "before": _flatten(entry.before),
            "after": _flatten(entry.after),
        }
        for entry in entries
    ]


def _narrow(entries: QuerySet[AuditEntry], request: HttpRequest) -> QuerySet[AuditEntry]:
    """Only what the address asks for: ?action=, ?person=, ?since=, ?until=; what cannot be read is left out."""
    asked = request.GET
    if asked.get("action"):
        entries = entries.filter(action=asked["action"])
    if asked.get("person", "").isdecimal():
        entries = entries.filter(user=int(asked["person"][:12]))
    since, until = _day(asked.get("since")), _day(asked.get("until"))
    if since:
        entries = entries.filter(at__gte=since)
    if until:
        entries = entries.filter(at__lt=until + timedelta(days=1))
    return entries


def _day(text: str | None) -> datetime | None:
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time())) if day else None


def _number_of(subject: str) -> int | None:
    kind, _, number = subject.partition(":")
    return int(number) if kind == "person" and number.isdecimal() else None


def _tell_subject(subject: str, names: dict[int, str]) -> str:
    number = _number_of(subject)
    return subject if number is None else _name(number, names)


def _name(number: int | None, names: dict[int, str]) -> str:
    return names.get(number or 0) or str(word("web.audit.left"))


def _flatten(value: Any) -> str:
    """Values as ``key: value`` lines; the same for a person and a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flatten(part)}" for key, part in value.items())
    return ", ".join(_flatten(part) for part in value) if isinstance(value, list) else str(value)


def _harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
