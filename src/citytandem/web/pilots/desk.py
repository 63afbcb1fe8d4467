"""What lies on a desk from a pilot programme: for a city what is demanded by when, for its office what waits or runs out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.live import atlas_of_everybody
from citytandem.web.pilots.models import Certificate, Milestone, PilotCity, ProgrammeState, SiteFinding
from citytandem.web.pilots.queries import name_pilot
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from citytandem.findings import Fact
    from citytandem.web.accounts.models import Organisation

SOON = timedelta(days=21)
RUNS_OUT = timedelta(days=120)
"""How long before its end one is told of a certificate: time enough to be assessed again."""
OVER = timedelta(days=60)
"""How long after its end one is still told."""


def remind_city(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """What its programmes demand of a city: milestones, findings to answer, a certificate that runs out."""
    own = PilotCity.objects.filter(organisation=organisation, left=None).exclude(programme__state=ProgrammeState.DRAFT)
    due = Milestone.objects.filter(pilot__in=own, reached=None, due__lte=on + SOON).select_related("pilot__programme")
    found = SiteFinding.objects.filter(pilot__in=own, closed=None, answered=None).select_related("pilot__programme")
    return [
        *(_item("pilot_milestone", one.pilot, organisation, due=one.due, title=one.title) for one in due),
        *(_item("pilot_finding", one.pilot, organisation, due=one.due, title=one.pilot.programme.title) for one in found),
        *_remind_of_certificates(organisation, on=on, pilots=own),
    ]


def remind_office(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """What waits for an office: milestones that are late, answers to look at, certificates that run out."""
    own = PilotCity.objects.filter(programme__organisation=organisation, left=None)
    own = own.exclude(programme__state=ProgrammeState.CLOSED).exclude(organisation=organisation)
    late = Milestone.objects.filter(pilot__in=own, reached=None, due__lt=on).select_related("pilot__programme")
    said = SiteFinding.objects.filter(pilot__in=own, closed=None, answered__isnull=False).select_related("pilot__programme")
    return [
        *(_item("pilot_late", one.pilot, organisation, due=one.due, title=one.title) for one in late),
        *(_item("pilot_answer", one.pilot, organisation) for one in said),
        *_remind_of_certificates(organisation, on=on, pilots=own),
    ]


def _remind_of_certificates(organisation: Organisation, *, on: date, pilots: QuerySet[PilotCity]) -> list[DeskItem]:
    rows = Certificate.objects.filter(pilot__in=pilots, withdrawn=None).select_related("pilot__programme")
    near = rows.filter(valid_until__lte=on + RUNS_OUT, valid_until__gte=on - OVER)
    last = [one for one in near if not rows.filter(pilot=one.pilot, valid_until__gt=one.valid_until).exists()]
    return [_item("pilot_runs_out", one.pilot, organisation, due=one.valid_until, number=one.number) for one in last]


def _item(what: str, pilot: PilotCity, organisation: Organisation, *, due: date | None = None, **facts: Fact) -> DeskItem:
    name = name_pilot(pilot, atlas=atlas_of_everybody(), language=current_speech().language)
    return DeskItem(
        title=str(word(f"desk.{what}.title", city=name, **facts)), text=str(word(f"desk.{what}.text")),
        url=reverse("pilot_city", args=[organisation.pk, pilot.programme_id, pilot.pk]), due=due, pile=Pile.DUE,
    )  # fmt: skip


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:  # noqa: ARG001 - the desk's form
    """The same for today."""
    today = timezone.now().date()
    return [item for remind in REMINDERS for item in remind(organisation, on=today)]


PROVIDERS = [show_on_desk]
REMINDERS = [remind_city, remind_office]
