"""What is due, and the one letter a week that says so, in the language of the person."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.module_loading import module_has_submodule

from citytandem.web.accounts.desk import Pile
from citytandem.web.accounts.letters import send_letter
from citytandem.web.accounts.models import Membership, User
from citytandem.web.profiles.models import ReminderChoice
from citytandem.web.shell.language import current_speech, to_django
from citytandem.words import language_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from citytandem.findings import Fact
    from citytandem.web.accounts.desk import DeskItem
    from citytandem.web.accounts.models import Organisation

EVERY_DAYS = 7


def gather_due(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """What is due for an organisation on a day, from the ``REMINDERS`` of every app's module ``desk``."""
    items = [item for remind in _find_reminders() for item in remind(organisation, on=on)]
    return [item for item in items if item.pile == Pile.DUE]


def send_reminders(*, address: str) -> int:
    """Write to everybody for whom something is due and who was not written to this week; returns how many letters went.

    Parameters
    ----------
    address
        Where the site is, such as ``https://citytandem.example.org``.
    """
    rows = Membership.objects.filter(user__is_active=True).select_related("user", "organisation").order_by("user_id", "pk")
    teams: dict[int, list[Membership]] = {}
    for row in rows:
        teams.setdefault(row.user_id, []).append(row)
    return sum(_remind(memberships, address=address.rstrip("/")) for memberships in teams.values())


def _remind(memberships: list[Membership], *, address: str) -> bool:
    """One letter about all teams of a person; says whether it went."""
    user, today = memberships[0].user, timezone.now().date()
    language = to_django(language_of(user.language) or "en")
    with translation.override(language):
        due = {
            row.organisation: [item.title for item in gather_due(row.organisation, on=today)]
            for row in memberships
            if user.has_perm("organisation.edit", row.organisation)
        }
        told = {organisation: titles for organisation, titles in due.items() if titles}
        if not told or not _take_turn(user):
            return False
        lines = "\n".join(f"{organisation.name}: {current_speech().join(titles)}." for organisation, titles in told.items())
        path = reverse("workspace") if len(told) > 1 else reverse("desk", args=[next(iter(told)).pk])
        settings = reverse("reminders")
    count = sum(len(titles) for titles in told.values())
    facts: dict[str, Fact] = {"due": lines, "count": count, "settings": f"{address}{settings}"}
    return send_letter("reminder", to=user.email, language=user.language, address=f"{address}{path}", **facts)


@transaction.atomic
def _take_turn(user: User) -> bool:
    """Whether a letter may go now; taken by one process alone, so that nobody gets two."""
    choice, _ = ReminderChoice.objects.get_or_create(user=user)
    now = timezone.now()
    free = Q(last_sent=None) | Q(last_sent__lte=now - timedelta(days=EVERY_DAYS))
    return ReminderChoice.objects.filter(free, pk=choice.pk, wanted=True).update(last_sent=now) == 1


def _find_reminders() -> list[Callable[..., list[DeskItem]]]:
    found: list[Callable[..., list[DeskItem]]] = []
    for app in apps.get_app_configs():
        if app.name.startswith("citytandem.web.") and module_has_submodule(app.module, "desk"):
            found.extend(getattr(import_module(f"{app.name}.desk"), "REMINDERS", []))
    return found
