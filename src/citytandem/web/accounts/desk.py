"""What lies on a team's desk: what is due, what is missing and would unlock something, and drafts, gathered from every app.

An app adds to it by a module ``desk`` of its own that names its ``PROVIDERS``::

    PROVIDERS = [remind_of_stages]

    def remind_of_stages(request: HttpRequest, organisation: Organisation) -> list[DeskItem]: ...

Nothing else needs to be registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from django.apps import apps
from django.urls import reverse
from django.utils.module_loading import module_has_submodule

from citytandem.web.accounts.access import person_of
from citytandem.web.accounts.queries import managers_of
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation


class Pile(StrEnum):
    """Where an item lies; the words of the heading are ``desk.due`` and so on."""

    DUE = "due"
    MISSING = "missing"
    DRAFT = "draft"


@dataclass(frozen=True, kw_only=True)
class DeskItem:
    """One thing to do, already in words: what it is, why it matters or what it unlocks, where to do it, by when."""

    title: str
    text: str
    url: str
    due: date | None = None
    pile: Pile = Pile.MISSING


def gather_desk(request: HttpRequest, *, organisation: Organisation) -> dict[Pile, list[DeskItem]]:
    """The items of every app, by pile; within a pile the earliest due first, then as the apps gave them."""
    items = [item for provide in find_providers() for item in provide(request, organisation)]
    items.sort(key=lambda item: (item.due is None, str(item.due or "")))
    return {pile: [item for item in items if item.pile == pile] for pile in Pile}


def find_providers() -> list[Callable[[HttpRequest, Organisation], list[DeskItem]]]:
    """The providers of every app of the site, in the order of the apps."""
    found: list[Callable[[HttpRequest, Organisation], list[DeskItem]]] = []
    for app in apps.get_app_configs():
        if app.name.startswith("citytandem.web.") and module_has_submodule(app.module, "desk"):
            found.extend(getattr(import_module(f"{app.name}.desk"), "PROVIDERS", []))
    return found


def remind_of_safety(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:
    """A second administrator, and more than a password: what keeps a team in, and strangers out."""
    items = []
    person = person_of(request)
    if person.has_perm("organisation.manage", organisation) and managers_of(organisation).count() == 1:
        items.append(_remind("alone", url=reverse("organisation", kwargs={"organisation": organisation.pk})))
    if not is_mfa_enabled(person):
        items.append(_remind("second_factor", url=reverse("mfa_index")))
    return items


def _remind(what: str, *, url: str) -> DeskItem:
    return DeskItem(title=str(word(f"web.desk.{what}.title")), text=str(word(f"web.desk.{what}.text")), url=url)


PROVIDERS = [remind_of_safety]
