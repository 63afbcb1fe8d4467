"""What tests of pilot programmes share: an office with a running programme, a city with a team, and a settled assessment."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from citytandem.web.accounts.models import Kind, Organisation
from citytandem.web.assessments import actions as assessing
from citytandem.web.assessments import settling
from citytandem.web.pilots.actions import begin_programme, keep, move_programme, take_in
from citytandem.web.pilots.frame import criteria_of
from citytandem.web.pilots.judging import open_for
from citytandem.web.pilots.models import Milestone, PilotCity, PilotProgramme, SiteFinding

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User
    from citytandem.web.assessments.models import Assessment

FRAMEWORK, YIXING = "sino_german_2018", "CN-G1786760"
STAGES = (("Beigetreten", "Ein Beschluss."), ("Leitbild", "Ein Leitbild."), ("Zertifiziert", ""))


def today() -> dt.date:
    return timezone.now().date()


def make_office() -> Organisation:
    return Organisation.objects.create(kind=Kind.RESEARCH, name="Office (invented)", is_invented=True)


def make_team(city: str = YIXING, *, name: str = "Yixing (invented team)") -> Organisation:
    return Organisation.objects.create(kind=Kind.CITY, name=name, city=city, is_invented=True)


def make_programme(office: Organisation, user: User, *, step: str | None = "start", **more: Any) -> PilotProgramme:
    values = {
        "title": "Öko-Städte (erfunden)", "language": "de", "framework": FRAMEWORK, "starts": today() - dt.timedelta(days=400),
        "months_valid": 24, "is_invented": True, **more,
    }  # fmt: skip
    made = begin_programme(user=user, organisation=office, values=values, stages=STAGES)
    return move_programme(made, step=step, user=user, organisation=office, version=made.version) if step else made


def make_pilot(programme: PilotProgramme, user: User, **more: Any) -> PilotCity:
    values = {"city": YIXING, "country": "CN", "joined": today() - dt.timedelta(days=300), **more}
    return take_in(PilotCity(programme=programme), user=user, organisation=programme.organisation, version=0, values=values)


def make_milestone(pilot: PilotCity, user: User, **more: Any) -> Milestone:
    values = {"title": "Leitbild beschlossen", "due": today() + dt.timedelta(days=10), **more}
    return keep(Milestone(pilot=pilot), user=user, organisation=pilot.programme.organisation, version=0, values=values)


def make_finding(pilot: PilotCity, user: User, **more: Any) -> SiteFinding:
    values = {"text": "Das Ziel nennt kein Basisjahr.", "graveness": "major", "criterion": "co2_2030", **more}
    return keep(SiteFinding(pilot=pilot), user=user, organisation=pilot.programme.organisation, version=0, values=values)


def judge(pilot: PilotCity, *, by: User, assessors: tuple[User, User], level: int = 3, settled: bool = True) -> Assessment:
    """Two assessors say the same; with ``settled`` the city has no more to add."""
    own = open_for(pilot, user=by, organisation=pilot.programme.organisation)
    answers = {key: assessing.Given(level=level, evidence="erfunden") for key in criteria_of(FRAMEWORK)}
    for person in assessors:
        seat = assessing.invite_assessor(assessment=own, by=by, user=person)
        assessing.save_answers(seat=seat, answers=answers)
        assessing.hand_in(seat=seat, by=person)
    own.refresh_from_db()
    own = settling.finish_reconciling(assessment=own, by=by)
    if settled:
        settling.end_replies(assessment=own, by=by)
        own.refresh_from_db()
    return own
