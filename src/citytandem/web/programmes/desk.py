"""What lies on a desk from programmes: calls to answer, drafts, refusals, proposals, and what coordinators have to look at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.accounts.models import Kind
from citytandem.web.programmes.models import Application, ApplicationState, Consent, Programme, Side, State, Tandem, TandemState
from citytandem.web.programmes.queries import open_programmes, takes_applications
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.findings import Fact
    from citytandem.web.accounts.models import Organisation

SOON_DAYS = 14


def remind_of_programmes(organisation: Organisation, *, on: dt.date) -> list[DeskItem]:
    """What is due among programmes on a day: a network's own, or a team's applications and proposals."""
    if organisation.kind == Kind.NETWORK:
        return _for_coordinators(organisation, on=on)
    return [*_proposals(organisation), *_applications(organisation), *_calls(organisation, on=on)]


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:  # noqa: ARG001 - the desk's form
    """The same for today."""
    return remind_of_programmes(organisation, on=timezone.now().date())


def _proposals(organisation: Organisation) -> list[DeskItem]:
    waiting = Side.objects.filter(organisation=organisation, consent=Consent.OPEN, tandem__state=TandemState.PROPOSED)
    return [
        _item(
            "proposal", url=reverse("tandem_room", args=[organisation.pk, side.tandem_id]), pile=Pile.DUE,
            due=_day(side.tandem.answer_until), title=side.tandem.programme.title,
        )
        for side in waiting.select_related("tandem__programme")
    ]  # fmt: skip


def _applications(organisation: Organisation) -> list[DeskItem]:
    items = []
    for own in Application.objects.filter(organisation=organisation).select_related("programme"):
        url = reverse("application", args=[organisation.pk, own.programme_id])
        told: dict[str, Any] = {"title": own.programme.title}
        if own.state == ApplicationState.DRAFT and takes_applications(own.programme):
            items.append(_item("draft_application", url=url, pile=Pile.DRAFT, due=_day(own.programme.closes), **told))
        if own.state == ApplicationState.REFUSED and not own.reply and own.programme.state in {State.OPEN, State.MATCHING}:
            items.append(_item("refused_application", url=url, pile=Pile.DUE, **told))
    return items


def _calls(organisation: Organisation, *, on: dt.date) -> list[DeskItem]:
    answered = Application.objects.filter(organisation=organisation).values("programme")
    calls = open_programmes().filter(closes__lte=dt.datetime.combine(on, dt.time(), dt.UTC) + dt.timedelta(days=4 * SOON_DAYS))
    return [
        _item("call", url=reverse("programme", args=[one.pk]), pile=Pile.MISSING, due=_day(one.closes), title=one.title)
        for one in calls.exclude(pk__in=answered)
    ]


def _for_coordinators(network: Organisation, *, on: dt.date) -> list[DeskItem]:
    items = []
    for own in Programme.objects.filter(organisation=network).exclude(state=State.CLOSED):
        room = reverse("programme_room", args=[network.pk, own.pk])
        told: dict[str, Any] = {"title": own.title}
        applications = reverse("room_applications", args=[network.pk, own.pk])
        if own.state == State.DRAFT:
            items.append(_item("draft_programme", url=room, pile=Pile.DRAFT, **told))
        waiting = own.applications.filter(state=ApplicationState.SENT).count()
        replies = own.applications.filter(state=ApplicationState.REFUSED).exclude(reply="").count()
        if waiting:
            items.append(_item("applications", url=applications, pile=Pile.DUE, count=waiting, **told))
        if replies:
            items.append(_item("replies", url=applications, pile=Pile.DUE, count=replies, **told))
        if own.state == State.OPEN and _day(own.closes) is not None and 0 <= (own.closes.date() - on).days <= SOON_DAYS:
            items.append(_item("closes", url=room, pile=Pile.DUE, due=_day(own.closes), **told))
        items += _tandems(own, network=network)
    return items


def _tandems(programme: Programme, *, network: Organisation) -> list[DeskItem]:
    studio = reverse("studio", args=[network.pk, programme.pk])
    room = reverse("programme_room", args=[network.pk, programme.pk])
    told: dict[str, Any] = {"title": programme.title}
    if programme.state == State.MATCHING and not programme.runs.exists():
        return [_item("match", url=studio, pile=Pile.DUE, **told)]
    own = Tandem.objects.filter(programme=programme)
    # a no is answered by a new matching; the item leaves once a later run was made
    declined = own.filter(state=TandemState.DECLINED, run=programme.runs.first()).prefetch_related("sides__organisation")
    items = [_item("declined", url=studio, pile=Pile.DUE, tandem=str(one), **told) for one in declined]
    late = own.filter(state=TandemState.PROPOSED, answer_until__lt=timezone.now()).count()
    if late:
        items.append(_item("late", url=room, pile=Pile.DUE, count=late, **told))
    return items


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _item(what: str, *, url: str, pile: Pile, due: dt.date | None = None, **facts: Fact) -> DeskItem:
    title = str(word(f"desk.programme_{what}.title", **facts))
    return DeskItem(title=title, text=str(word(f"desk.programme_{what}.text")), url=url, due=due, pile=pile)


PROVIDERS = [show_on_desk]
REMINDERS = [remind_of_programmes]
