"""What lies on a desk from this room: ties asleep, questions that wait, meetings nobody has spoken of, memberships to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from citytandem.gazetteer import names_in
from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.accounts.models import Kind
from citytandem.web.live import atlas_of
from citytandem.web.networks.health import describe_ties
from citytandem.web.networks.models import MeetingState, NetworkMember
from citytandem.web.networks.sight import ties_of_city, ties_seen_by
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.networks.models import Tie

SHOWN = 5
"""Ties asleep that are named one by one; a city with many finds the others on the page of its ties."""


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:
    """What a city or a network has to do about ties and memberships today."""
    today = timezone.now().date()
    if organisation.kind == Kind.CITY:
        return [*_ask_memberships(organisation), *_look_at_ties(request, organisation, on=today)]
    if organisation.kind == Kind.NETWORK:
        return _look_at_network(request, organisation, on=today)
    return []


def _ask_memberships(organisation: Organisation) -> list[DeskItem]:
    waiting = NetworkMember.objects.filter(city=organisation.city, confirmed=None, declined=None).select_related("network")
    url = f"{reverse('ties', args=[organisation.pk])}#memberships"
    return [_item("membership", url=url, pile=Pile.DUE, network=one.network.name) for one in waiting]


def _look_at_ties(request: HttpRequest, organisation: Organisation, *, on: dt.date) -> list[DeskItem]:
    ties = list(ties_of_city(organisation.city).filter(until=None).prefetch_related("meetings", "questions", "transfers"))
    others = {tie.pk: tie.other if tie.city == organisation.city else tie.city for tie in ties}
    names = names_in(atlas_of(request), sorted(set(others.values())), language=current_speech().language)
    health, items, asleep = describe_ties(ties, on=on), [], []
    for tie in ties:
        name, url = names.get(others[tie.pk], others[tie.pk]), reverse("tie", args=[organisation.pk, tie.pk])
        items += _ask_about(tie, own=organisation.city, name=name, url=url, on=on)
        if health[tie.pk].is_asleep:
            asleep.append(_item("tie_asleep", url=url, pile=Pile.DUE, name=name, days=health[tie.pk].days or 0))
    return items + asleep[:SHOWN]


def _ask_about(tie: Tie, *, own: str, name: str, url: str, on: dt.date) -> list[DeskItem]:
    open_questions = [one for one in tie.questions.all() if one.answered is None and one.asked_by != own]
    items = [_item("tie_question", url=url, pile=Pile.DUE, name=name, question=one.text[:120]) for one in open_questions]
    over = any(one.state == MeetingState.PLANNED and one.day < on for one in tie.meetings.all())
    return items + ([_item("tie_held", url=url, pile=Pile.DUE, name=name)] if over else [])


def _look_at_network(request: HttpRequest, organisation: Organisation, *, on: dt.date) -> list[DeskItem]:
    if not NetworkMember.objects.filter(network=organisation).exists():
        return [_item("registry_none", url=reverse("registry_members", args=[organisation.pk]), pile=Pile.MISSING)]
    seen = ties_seen_by(organisation, atlas=atlas_of(request), on=on).filter(until=None)
    ties = list(seen.prefetch_related("meetings", "questions", "transfers"))
    asleep = sum(bool(one.is_asleep) for one in describe_ties(ties, on=on).values())
    url = f"{reverse('network_ties', args=[organisation.pk])}?state=asleep"
    return [_item("ties_asleep", url=url, pile=Pile.DUE, count=asleep)] if asleep else []


def _item(what: str, *, url: str, pile: Pile, **facts: str | int) -> DeskItem:
    """The texts of an item; a sentence without blanks is a label."""
    title, text = f"desk.{what}.title", f"desk.{what}.text"
    return DeskItem(title=_fill(title, facts), text=_fill(text, facts), url=url, pile=pile)


def _fill(key: str, facts: dict[str, str | int]) -> str:
    speech = current_speech()
    pattern = speech.label(key)
    named = {name: value for name, value in facts.items() if f"{{{name}}}" in pattern}
    return speech.sentence(key, **named) if named else pattern


PROVIDERS = [show_on_desk]
