"""What higher apps add to the pages of a programme and of a tandem: events, agreements, outcomes, each as a line with its page.

An app adds to them by a module ``programme_parts`` or ``tandem_parts`` that names its ``PROVIDERS``::

    PROVIDERS = [list_events]

    def list_events(request: HttpRequest, programme: Programme) -> list[Part]: ...            # programme_parts
    def list_agreements(request: HttpRequest, tandem: Tandem, *, organisation) -> list[Part]: ...  # tandem_parts

A provider shows only what the person who asks may see; everybody may open the page of a programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Programme, Tandem


@dataclass(frozen=True, kw_only=True)
class Part:
    """One line, already in words: under which heading (a key of the words), what, a remark, where, when."""

    heading: str
    title: str
    text: str = ""
    url: str = ""
    on: date | None = None


def find_programme_parts(request: HttpRequest, programme: Programme) -> dict[str, list[Part]]:
    """What the apps add to a programme's public page, by heading."""
    return _group([part for provide in _providers("programme_parts") for part in provide(request, programme)])


def find_tandem_parts(request: HttpRequest, tandem: Tandem, *, organisation: Organisation) -> dict[str, list[Part]]:
    """What the apps add to the page of a tandem that one of its teams, or the coordinators, look at."""
    found = (provide(request, tandem, organisation=organisation) for provide in _providers("tandem_parts"))
    return _group([part for parts in found for part in parts])


@cache
def _providers(module: str) -> Sequence[Callable[..., list[Part]]]:
    found: list[Callable[..., Any]] = []
    for app in apps.get_app_configs():
        if app.name.startswith("citytandem.web.") and module_has_submodule(app.module, module):
            found.extend(import_module(f"{app.name}.{module}").PROVIDERS)
    return found


def _group(parts: list[Part]) -> dict[str, list[Part]]:
    grouped: dict[str, list[Part]] = {}
    for part in parts:
        grouped.setdefault(part.heading, []).append(part)
    return grouped
