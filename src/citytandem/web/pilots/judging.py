"""The assessments of a pilot city by the framework of its programme, and what stands in the way of a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from citytandem.web.accounts.actions import record
from citytandem.web.agreements.actions import NotAllowedNow
from citytandem.web.assessments import actions as assessing
from citytandem.web.assessments.models import Assessment
from citytandem.web.assessments.models import State as AssessmentState
from citytandem.web.assessments.queries import is_settled, read_result
from citytandem.web.pilots.models import PilotAssessment
from citytandem.web.pilots.queries import open_majors

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from citytandem.web.accounts.models import Organisation, User
    from citytandem.web.pilots.models import PilotCity

JUDGED = {"failed": "knock_out_failed", "open": "knock_out_open"}


def assessments_of(pilot: PilotCity) -> QuerySet[Assessment]:
    """The assessments opened for a pilot city, newest first; those that were closed before their end are left out."""
    rows = Assessment.objects.filter(of_pilot__pilot=pilot).exclude(state=AssessmentState.CLOSED)
    return rows.select_related("organisation", "own_framework").order_by("-opened", "-pk")


@transaction.atomic
def open_for(pilot: PilotCity, *, user: User, organisation: Organisation) -> Assessment:
    """Let a pilot city be judged from outside by the programme's framework.

    Raises
    ------
    NotAllowedNow
        A place that is not in the atlas, a city that has left, or one whose assessment still runs.
    """
    newest = assessments_of(pilot).first()
    if not pilot.city or pilot.left is not None or (newest is not None and not is_settled(newest)):
        raise NotAllowedNow
    try:
        made = assessing.open_assessment(
            organisation=organisation, framework=pilot.programme.framework, city=pilot.city, by=user, outside=True
        )
    except assessing.NotAllowedNow as refused:
        raise NotAllowedNow from refused
    PilotAssessment.objects.create(pilot=pilot, assessment=made)
    record(
        user=user, action="pilot.assessment_opened", organisation=organisation, city=pilot.city,
        subject=f"pilotcity:{pilot.pk}", after={"assessment": made.pk},
    )  # fmt: skip
    return made


def find_hindrances(pilot: PilotCity) -> list[str]:
    """What stands in the way of a certificate, as the keys ``web.pilot.hindrance`` has in the words.

    Nothing makes up for a knock-out, and nobody is certified while a city may still reply.
    """
    found = ["major_open"] if open_majors(pilot) else []
    newest = assessments_of(pilot).first()
    if newest is None:
        return found
    if not is_settled(newest):
        return [*found, "not_settled"]
    result = read_result(newest)
    if result.answered is None:
        return [*found, "knock_out_open"]
    outcomes = result.answered.scored.outcomes["outcome"].cast(str).to_list()
    return [*found, *(JUDGED[one] for one in outcomes if one in JUDGED)]
