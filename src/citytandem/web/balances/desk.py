"""What of its balances lies on a team's desk: drafts that wait, sights that end, years that are missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl
from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.accounts.models import Kind
from citytandem.web.balances.models import BalanceSet, Stage, State
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

SOON = dt.timedelta(days=30)
STALE_YEARS = 4
"""A newest balance older than this is stale: inventories come out about two years after their year. [P]"""


def remind_of_balances(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:
    """Drafts and checked sets that wait, and sights that end soon or have just ended."""
    if organisation.kind != Kind.CITY:
        return []
    items = [_waiting(own) for own in organisation.balance_sets.filter(state__in=[State.DRAFT, State.CHECKED])]
    today = timezone.now().date()
    ending = organisation.balance_sets.filter(
        state=State.PUBLISHED, visible_until__lte=today + SOON, visible_until__gte=today - SOON
    )
    return [*items, *(_ending(own, today=today) for own in ending), *_stale(request, organisation, today=today)]


def _waiting(own: BalanceSet) -> DeskItem:
    if own.state == State.CHECKED:
        reason = "checked"
    elif own.stage != Stage.READ:
        reason = "stopped" if own.stage == Stage.FAILED else "reading"
    else:
        reason = "questions" if own.questions else "ready" if own.is_sound else "errors"
    speech = current_speech()
    text = speech.sentence(f"web.balances.desk.{reason}", count=own.questions if reason == "questions" else own.errors)
    return DeskItem(title=own.title, text=text, url=_address(own), pile=Pile.DRAFT)


def _ending(own: BalanceSet, *, today: dt.date) -> DeskItem:
    speech = current_speech()
    is_over = own.visible_until is not None and own.visible_until < today
    key = "web.balances.desk.ended" if is_over else "web.balances.desk.ends"
    text = speech.sentence(key, after=speech.label(f"web.balances.visibility.{own.visibility_after}"))
    return DeskItem(title=own.title, text=text, url=_address(own), due=own.visible_until, pile=Pile.DUE)


def _stale(request: HttpRequest, organisation: Organisation, *, today: dt.date) -> list[DeskItem]:
    years = atlas_of(request).balance.filter(pl.col("city") == organisation.city)["year"]
    newest = years.max()
    if isinstance(newest, int) and newest >= today.year - STALE_YEARS:
        return []
    speech = current_speech()
    title = speech.label("web.balances.desk.stale_title")
    if newest is None:
        text = speech.label("web.balances.desk.none")
    else:
        text = speech.sentence("web.balances.desk.stale", year=str(newest))
    return [DeskItem(title=title, text=text, url=reverse("balance_new", args=[organisation.pk]), pile=Pile.MISSING)]


def _address(own: BalanceSet) -> str:
    return reverse("balance_set", args=[own.organisation_id, own.pk])


PROVIDERS = [remind_of_balances]
