"""What lies on a desk from this room: buildings whose newest version nobody beyond the team sees yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.buildings.models import State
from citytandem.web.buildings.queries import own_buildings
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.buildings.models import OwnBuilding


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:  # noqa: ARG001 - the desk's form
    """Drafts, and published buildings that were changed since."""
    return [item for one in own_buildings(organisation) if (item := _look_at(one))]


def _look_at(own: OwnBuilding) -> DeskItem | None:
    newest = own.versions.defer("tables").first()
    if newest is None or own.state == State.WITHDRAWN:
        return None
    if own.shown_id == newest.pk:
        return None
    what = "changed" if own.state == State.PUBLISHED else "draft"
    url = reverse("own_building", args=[own.organisation_id, own.pk])
    return DeskItem(
        title=str(word("desk.building.title", name=own.name)),
        text=str(word(f"desk.building_{what}.text")),
        url=url,
        pile=Pile.DRAFT,
    )


PROVIDERS = [show_on_desk]
