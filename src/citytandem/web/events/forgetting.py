"""What is known of guests is told to them, and forgotten: when they ask, when their account goes, when its time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.events.models import FollowUp, Registration, Seat
from citytandem.web.events.seats import name_registration, withdraw

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.accounts.models import User

TOLD = (
    "name", "email", "organisation_name", "organisation_kind", "country", "role", "language", "languages", "companion", "diet",
    "access", "access_text", "visa_letter", "passport_name", "nationality", "departure", "mode", "seat", "asked", "attended",
    "consents", "keep_until", "created",
)  # fmt: skip
EMPTY: dict[str, Any] = {
    "user": None, "name": "–", "email": "", "organisation": None, "organisation_name": "", "languages": [], "companion": "",
    "diet": "", "access": [], "access_text": "", "visa_letter": False, "passport_name": "", "nationality": "", "consents": [],
    "token_sha256": None, "departure": "", "mode": "", "language": "en",
}  # fmt: skip
PASSPORT = {"passport_name": "", "nationality": ""}


def tell_registration(own: Registration) -> dict[str, Any]:
    """Everything the site holds about a guest in one registration, without what opens it."""
    told = {name: _plain(getattr(own, name)) for name in TOLD}
    told["event"] = own.event.title
    told["letters"] = [{"letter": one.letter, "state": one.state, "at": one.created.isoformat()} for one in own.letters.all()]
    told["answers"] = list(own.follow_ups.values("months", "begun", "still_open", "in_touch"))
    return told


@transaction.atomic
def forget_registration(own: Registration, *, by: User | None) -> None:
    """Forget who sat on a seat; a seat that is still to come is given back first."""
    if own.seat != Seat.CANCELLED and own.event.ends >= timezone.now().date():
        own = withdraw(registration=own, by=by)
    held = Registration.objects.select_for_update(of=("self",)).get(pk=own.pk)
    for name, value in EMPTY.items():
        setattr(held, name, value)
    held.forgotten = timezone.now()
    held.version += 1
    held.save()
    FollowUp.objects.filter(registration=held).delete()
    record(
        user=by, action="registration.forgotten", organisation=own.event.organisation, subject=name_registration(own),
        after={"event": own.event_id},
    )  # fmt: skip


def forget_due(*, on: dt.date) -> int:
    """Forget every guest whose time is over, and the names of passports once an event is over; returns how many guests."""
    over = Registration.objects.filter(event__ends__lt=on).exclude(passport_name="", nationality="")
    over.update(**PASSPORT)
    due = Registration.objects.filter(keep_until__lt=on, forgotten=None).select_related("event", "event__organisation")
    rows = list(due)
    for own in rows:
        forget_registration(own, by=None)
    return len(rows)


def tell_person(user: User) -> dict[str, Any]:
    """For the person's own document: registrations under their address without their account, and what hangs on theirs."""
    mine = Registration.objects.filter(user=user).select_related("event")
    invited = Registration.objects.filter(user=None, email__iexact=user.email).exclude(email="").select_related("event")
    return {"events.guest": [tell_registration(one) for one in (*mine, *invited)]}


def forget_person(user: User) -> None:
    """When an account goes: every seat under it, or under its address."""
    mine = Registration.objects.filter(user=user)
    invited = Registration.objects.filter(user=None, email__iexact=user.email).exclude(email="")
    for own in [*mine.select_related("event__organisation"), *invited.select_related("event__organisation")]:
        forget_registration(own, by=None)


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str | list | None) else str(value)
