"""An invented assessment, as far along as a test wants it: who runs it, two assessors, their forms."""

from __future__ import annotations

from citytandem.web.accounts.models import Kind, Membership, Organisation, Role, User
from citytandem.web.assessments import actions, settling
from citytandem.web.assessments.actions import Given
from citytandem.web.assessments.models import Assessment, Seat

CITY = "DE-08221000"
FRAMEWORK = "sino_german_2018"


def an_agency() -> Organisation:
    """A network that judges pilot cities."""
    return Organisation.objects.create(kind=Kind.NETWORK, name="Pilot agency (invented)", network="demo", is_invented=True)


def a_person(name: str, *, of: Organisation | None = None, role: str = Role.EDITOR) -> User:
    """An invented person."""
    made = User.objects.create_user(f"{name}@example.org", "a long enough phrase", name=f"{name} (invented)", is_invented=True)
    if of is not None:
        Membership.objects.create(user=made, organisation=of, role=role)
    return made


def fill_in(seat: Seat, *, levels: dict[str, int | None]) -> None:
    """Fill in a form, with evidence for each level."""
    actions.save_answers(seat=seat, answers={key: Given(level=level, evidence="paper 7") for key, level in levels.items()})


def an_assessment(
    *, first: dict[str, int | None] | None = None, second: dict[str, int | None] | None = None, finished: bool = False
) -> Assessment:
    """An outside assessment of Heidelberg; with forms handed in where levels are given."""
    agency = an_agency()
    head = a_person("head", of=agency, role=Role.COORDINATOR)
    made = actions.open_assessment(organisation=agency, framework="sino_german", city=CITY, by=head, outside=True)
    for name, levels in (("ada", first), ("bo", second)):
        seat = actions.invite_assessor(assessment=made, by=head, user=a_person(name, of=agency))
        if levels is not None:
            fill_in(seat, levels=levels)
            actions.hand_in(seat=seat, by=seat.user)
    made.refresh_from_db()
    if finished:
        settling.finish_reconciling(assessment=made, by=head)
        made.refresh_from_db()
    return made
