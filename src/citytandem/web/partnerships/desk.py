"""What lies on a desk from this room: drafts, and needs and offers whose date is near or over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.partnerships.models import Listing, State
from citytandem.web.partnerships.queries import listings_of
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

SOON_DAYS = 14


def remind_of_listings(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """What is due among needs and offers on a day; for a team without any, what one would bring."""
    if organisation.kind == OrganisationKind.NETWORK:
        return []
    own = list(listings_of(organisation))
    if not own:
        return [_item("none", url=reverse("new_listing", args=[organisation.pk]), pile=Pile.MISSING)]
    return [item for one in own if (item := _look_at(one, on=on))]


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:  # noqa: ARG001 - the desk's form
    """The same for today."""
    return remind_of_listings(organisation, on=timezone.now().date())


def _look_at(one: Listing, *, on: date) -> DeskItem | None:
    url = reverse("listing", args=[one.organisation_id, one.pk])
    if one.hidden and not one.hidden_reply:
        return _item("hidden", url=reverse("reply_to_hiding", args=[one.organisation_id, one.pk]), pile=Pile.DUE, title=one.title)
    if one.state == State.DRAFT:
        return _item("draft", url=url, pile=Pile.DRAFT, title=one.title)
    if one.state == State.PUBLISHED and one.valid_until < on:
        return _item("over", url=url, pile=Pile.DUE, title=one.title, due=one.valid_until)
    if one.state == State.PUBLISHED and (one.valid_until - on).days <= SOON_DAYS:
        return _item("soon", url=url, pile=Pile.DUE, title=one.title, due=one.valid_until)
    return None


def _item(what: str, *, url: str, pile: Pile, title: str = "", due: date | None = None) -> DeskItem:
    named = word(f"desk.listing_{what}.title", title=title) if title else word(f"desk.listing_{what}.title")
    return DeskItem(title=str(named), text=str(word(f"desk.listing_{what}.text")), url=url, due=due, pile=pile)


PROVIDERS = [show_on_desk]
REMINDERS = [remind_of_listings]
