"""What a pilot programme knows of people is told to them, and forgotten when their account goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from citytandem.web.accounts.actions import record
from citytandem.web.pilots.models import PilotCity

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from citytandem.web.accounts.models import User


def tell_person(user: User) -> dict[str, Any]:
    """For the person's own document: where they are named as a city's contact."""
    rows = _contacts(user).values("pk", "contact_name", "contact_email", "contact_organisation", "programme__title")
    return {"pilots.contact": list(rows)}


@transaction.atomic
def forget_person(user: User) -> None:
    """When an account goes, its person is nobody's contact any more; the city keeps its organisation."""
    for pilot in _contacts(user).select_related("programme__organisation"):
        pilot.contact_name, pilot.contact_email = "", ""
        pilot.version += 1
        pilot.save(update_fields=["contact_name", "contact_email", "version"])
        record(
            user=None, action="pilot.contact_forgotten", organisation=pilot.programme.organisation,
            subject=f"pilotcity:{pilot.pk}",
        )  # fmt: skip


def _contacts(user: User) -> QuerySet[PilotCity]:
    from allauth.account.models import EmailAddress  # app ready

    addresses = [user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)]
    return PilotCity.objects.filter(contact_email__in=[address.lower() for address in addresses])
