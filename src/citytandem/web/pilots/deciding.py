"""What an office decides about a city, and the certificate that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from citytandem.web.accounts.actions import record
from citytandem.web.agreements.actions import NotAllowedNow
from citytandem.web.agreements.drafting import add_months
from citytandem.web.pilots.judging import find_hindrances
from citytandem.web.pilots.models import Certificate, Decision, Outcome, PilotCity
from citytandem.web.pilots.numbering import write_number

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.accounts.models import Organisation, User


@transaction.atomic
def decide(
    pilot: PilotCity, *, user: User, organisation: Organisation, outcome: str, reasons: str, on: dt.date,
    level: int | None = None, valid_from: dt.date | None = None, valid_until: dt.date | None = None, conditions: str = "",
) -> Decision:  # fmt: skip
    """Decide about a city; where it is certified, the certificate gets its number at once.

    Raises
    ------
    NotAllowedNow
        To certify a city that has left, that has a major finding open, whose assessment is not settled or whose knock-out
        criterion is not met.
    """
    own = PilotCity.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pilot.pk)
    certifies = outcome == Outcome.CERTIFY
    if own.left is not None or (certifies and find_hindrances(own)):
        raise NotAllowedNow
    made = Decision.objects.create(pilot=own, outcome=outcome, reasons=reasons, on=on, decided_by=user)
    after = {"outcome": outcome, "on": on.isoformat()}
    if certifies:
        begins = valid_from or on
        ends = valid_until or add_months(begins, own.programme.months_valid)
        certificate = Certificate.objects.create(
            pilot=own, decision=made, number=_next_number(own, year=on.year), level=level, issued=on, valid_from=begins,
            valid_until=ends, conditions=conditions,
        )  # fmt: skip
        after["certificate"] = certificate.number
    record(
        user=user, action=f"pilot.decided_{outcome}", organisation=organisation, city=own.city, subject=f"pilotcity:{own.pk}",
        after=after,
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw(
    certificate: Certificate, *, user: User, organisation: Organisation, version: int, because: str, on: dt.date
) -> Certificate:
    """Take a certificate back and say why; its page stays and says so. NotAllowedNow where it was taken back before."""
    own = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if own.withdrawn is not None or own.version != version:
        raise NotAllowedNow
    own.withdrawn, own.withdrawn_because, own.version = on, because, own.version + 1
    own.save(update_fields=["withdrawn", "withdrawn_because", "version"])
    record(
        user=user, action="pilot.certificate_withdrawn", organisation=organisation, subject=f"certificate:{own.number}",
        after={"because": because, "on": on.isoformat()},
    )  # fmt: skip
    return own


def _next_number(pilot: PilotCity, *, year: int) -> str:
    """The next number of the programme in a year. Numbers are not given twice, not even after a withdrawal."""
    stem = f"{pilot.programme_id:03d}-{year:04d}-"
    count = Certificate.objects.select_for_update().filter(number__startswith=stem).count()
    return write_number(programme=pilot.programme_id, year=year, count=count + 1)
