"""Look-ups of programmes, applications and tandems: what everybody may see, what a team may, what the coordinators may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from citytandem.web.programmes.models import Application, ApplicationState, Consent, Programme, State, Tandem, TandemState

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from citytandem.web.accounts.models import Organisation, User

SHOWN = (TandemState.AGREED, TandemState.RUNNING, TandemState.ENDED)
"""Only a tandem to which every side said yes can be seen by others."""


def programmes_seen() -> QuerySet[Programme]:
    """Programmes everybody may see: every one but drafts."""
    return Programme.objects.exclude(state=State.DRAFT).select_related("organisation").order_by("closes", "pk")


def takes_applications(programme: Programme, *, at: dt.datetime | None = None) -> bool:
    """May an application be sent, changed or withdrawn now? The clock decides, whoever forgets to close the call."""
    now = at or timezone.now()
    return programme.state == State.OPEN and programme.opens <= now < programme.closes


def tandems_shown(programme: Programme | None = None) -> QuerySet[Tandem]:
    """Tandems everybody may see: all sides agreed, and all sides chose to be shown. None of their cards is public."""
    found = Tandem.objects.filter(state__in=SHOWN).exclude(sides__may_be_shown=False).exclude(~Q(sides__consent=Consent.YES))
    found = found.exclude(programme__state=State.DRAFT).prefetch_related("sides__organisation").order_by("pk")
    return found.filter(programme=programme) if programme else found


def tandems_of(organisation: Organisation) -> QuerySet[Tandem]:
    """The tandems a team is part of, the newest first."""
    found = Tandem.objects.filter(sides__organisation=organisation).select_related("programme__organisation")
    return found.prefetch_related("sides__organisation").order_by("-pk")


def tandems_of_programme(programme: Programme) -> QuerySet[Tandem]:
    """All tandems of a programme, for its coordinators."""
    return Tandem.objects.filter(programme=programme).prefetch_related("sides__organisation", "sides__said_by")


def applications_of(organisation: Organisation) -> QuerySet[Application]:
    """What a team has applied for."""
    return Application.objects.filter(organisation=organisation).select_related("programme__organisation")


def applications_to(programme: Programme) -> QuerySet[Application]:
    """What the coordinators may read: everything that was sent, in the order of the alphabet."""
    found = Application.objects.filter(programme=programme).exclude(state=ApplicationState.DRAFT)
    return (
        found.exclude(state=ApplicationState.WITHDRAWN, sent=None).select_related("organisation").order_by("organisation__name")
    )


def candidates_of(programme: Programme) -> QuerySet[Application]:
    """The applications that the matching looks at: those let in."""
    found = Application.objects.filter(programme=programme, state=ApplicationState.ELIGIBLE)
    return found.select_related("organisation").order_by("pk")


def may_see_contacts(user: User, application: Application) -> bool:
    """Contacts are seen by the team that named them and by those who coordinate the programme."""
    coordinates = user.has_perm("network.coordinate", application.programme.organisation)
    return coordinates or user.has_perm("organisation.view", application.organisation)


def open_programmes() -> QuerySet[Programme]:
    """Calls to which an application can be sent now."""
    now = timezone.now()
    return programmes_seen().filter(state=State.OPEN, opens__lte=now, closes__gt=now)
