"""What other apps show on the pages of an event, as the agenda does: gathered from every app.

An app adds to it by a module ``event_parts`` of its own that names its ``PROVIDERS``::

    PROVIDERS = [show_agenda]

    def show_agenda(request: HttpRequest, event: Event, *, room: bool) -> list[EventPart]: ...

``room`` is true on the organisers' page, where only those who may view the organisation come, and false on the public one.
Nothing else needs to be registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from citytandem.web.events.models import Event


@dataclass(frozen=True, kw_only=True)
class EventPart:
    """One section of an event's page, already in words: a heading, a sentence, links to go on, and its inside if it has one."""

    title: str
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    html: str = ""


def gather_parts(request: HttpRequest, event: Event, *, room: bool) -> list[EventPart]:
    """The sections of every app, in the order of the apps."""
    return [part for provide in _find_providers() for part in provide(request, event, room=room)]


def _find_providers() -> list[Callable[..., list[EventPart]]]:
    found: list[Callable[..., list[EventPart]]] = []
    for app in apps.get_app_configs():
        if app.name.startswith("citytandem.web.") and module_has_submodule(app.module, "event_parts"):
            found.extend(getattr(import_module(f"{app.name}.event_parts"), "PROVIDERS", []))
    return found
