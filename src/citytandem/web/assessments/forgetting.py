"""What is known of assessors is told to them, and forgotten: who sat on a seat, never what was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.web.assessments.actions import note, tell_answer
from citytandem.web.assessments.models import Seat
from citytandem.web.assessments.queries import seats_of

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User


def tell_person(user: User) -> dict[str, Any]:
    """For the person's own document: their forms with every answer, handed in or not, also under an address of theirs."""
    return {"assessments.form": [_tell(seat) for seat in seats_of(user)]}


def forget_person(user: User) -> None:
    """When an account goes: nobody can tell any more who sat there. What was judged belongs to who runs it and stays."""
    for seat in seats_of(user):
        note(seat.assessment, by=None, action="assessor_forgotten", after={"place": seat.place})
        Seat.objects.filter(pk=seat.pk).update(user=None, email="")


def _tell(seat: Seat) -> dict[str, Any]:
    return {
        "organisation": seat.assessment.organisation.name,
        "framework": seat.assessment.framework,
        "city": seat.assessment.city,
        "place": seat.place,
        "invited": seat.invited.isoformat(),
        "handed_in": seat.handed_in.isoformat() if seat.handed_in else None,
        "answers": [tell_answer(one) for one in seat.answers.all()],
        "hand_ins": [{"at": one.at.isoformat(), "answers": one.answers} for one in seat.hand_ins.all()],
    }
