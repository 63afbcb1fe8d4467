"""Look-ups of pilot programmes, their cities and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from citytandem.gazetteer import fold
from citytandem.web.pilots.models import Certificate, Graveness, Milestone, PilotCity, PilotProgramme, ProgrammeState, SiteFinding
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from citytandem.atlas import Atlas
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.pilots.models import Stage
    from citytandem.words import Language


def programmes_seen() -> QuerySet[PilotProgramme]:
    """The programmes everybody may see."""
    return PilotProgramme.objects.exclude(state=ProgrammeState.DRAFT).select_related("organisation")


def programmes_of(organisation: Organisation) -> QuerySet[PilotProgramme]:
    """The programmes an organisation runs."""
    return PilotProgramme.objects.filter(organisation=organisation)


def pilots_of(organisation: Organisation) -> QuerySet[PilotCity]:
    """The pilot cities an organisation speaks for; of programmes that are no draft any more."""
    found = PilotCity.objects.filter(organisation=organisation).exclude(programme__state=ProgrammeState.DRAFT)
    return found.select_related("programme", "programme__organisation", "stage", "organisation")


def cities_shown(programme: PilotProgramme) -> QuerySet[PilotCity]:
    """The cities of a programme that everybody may see."""
    return programme.cities.filter(is_shown=True).select_related("stage", "organisation", "programme")


def certificates_seen() -> QuerySet[Certificate]:
    """The certificates everybody may look up."""
    seen = Q(pilot__is_shown=True) & ~Q(pilot__programme__state=ProgrammeState.DRAFT)
    return Certificate.objects.filter(seen).select_related("pilot__programme__organisation", "decision")


def name_pilot(pilot: PilotCity, *, atlas: Atlas, language: Language) -> str:
    """What a pilot city is called in a language; another place by the name it was given."""
    return call_city(atlas, pilot.city, language=language) if pilot.city else pilot.place


def by_name(pilots: Iterable[PilotCity], *, atlas: Atlas, language: Language) -> list[tuple[PilotCity, str]]:
    """Pilot cities with their names, by the alphabet; never by what was judged."""
    named = [(pilot, name_pilot(pilot, atlas=atlas, language=language)) for pilot in pilots]
    return sorted(named, key=lambda one: (fold(one[1]), one[0].pk))


def state_of(certificate: Certificate, *, on: dt.date) -> str:
    """How a certificate stands on a day: ``withdrawn``, ``later``, ``valid`` or ``expired``."""
    if certificate.withdrawn is not None and certificate.withdrawn <= on:
        return "withdrawn"
    if on < certificate.valid_from:
        return "later"
    return "valid" if on <= certificate.valid_until else "expired"


def open_findings(pilot: PilotCity) -> QuerySet[SiteFinding]:
    """What was found and is not settled."""
    return pilot.findings.filter(closed=None)


def open_majors(pilot: PilotCity) -> int:
    """How many findings stand in the way of a certificate."""
    return open_findings(pilot).filter(graveness=Graveness.MAJOR).count()


def open_milestones(pilot: PilotCity) -> QuerySet[Milestone]:
    """What is still to be reached, the earliest due first."""
    return pilot.milestones.filter(reached=None).select_related("stage")


def next_stage(pilot: PilotCity) -> Stage | None:
    """The stage after the one a city is in."""
    stages = list(pilot.programme.stages.all())
    if pilot.stage_id is None:
        return stages[0] if stages else None
    numbers = [one.pk for one in stages]
    place = numbers.index(pilot.stage_id) if pilot.stage_id in numbers else len(numbers)
    return stages[place + 1] if place + 1 < len(stages) else None


def today() -> dt.date:
    """The day it is."""
    return timezone.now().date()
