"""What changes a programme: written, changed, opened, closed, begun, ended; each change leaves its entry in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.live import bump
from citytandem.web.programmes.models import Contact, Programme, State

if TYPE_CHECKING:
    from citytandem.web.accounts.models import Organisation, User

STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    "open": ((State.DRAFT, State.MATCHING), State.OPEN),
    "close": ((State.OPEN,), State.MATCHING),
    "begin": ((State.MATCHING,), State.RUNNING),
    "end": ((State.RUNNING, State.MATCHING), State.CLOSED),
}
"""What a coordinator can do with a programme: from which states, to which."""


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the form was made; ``now`` is how it stands."""

    def __init__(self, now: Any) -> None:
        super().__init__(now.pk)
        self.now = now


class NotAllowedNow(Exception):
    """Its state or the clock does not allow this."""


@transaction.atomic
def write_programme(*, user: User | None, organisation: Organisation, values: dict[str, Any]) -> Programme:
    """Write a programme down as a draft that its network alone sees."""
    made = Programme.objects.create(organisation=organisation, created_by=user, is_invented=organisation.is_invented, **values)
    record(user=user, action="programme.written", organisation=organisation, subject=name_programme(made), after=_tell(made))
    return made


@transaction.atomic
def change_programme(*, user: User | None, programme: Programme, version: int, values: dict[str, Any]) -> Programme:
    """Change what a programme says and asks for.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    """
    own = _hold(programme, version=version)
    before = _tell(own)
    for name, value in values.items():
        setattr(own, name, value)
    _save(own)
    _note(own, user=user, action="programme.changed", before=before)
    return own


@transaction.atomic
def move_programme(*, user: User | None, programme: Programme, version: int, step: str) -> Programme:
    """Open the call, close it, begin the exchange, end it.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        Its state does not allow the step, or a call is opened whose deadline is over.
    """
    own = _hold(programme, version=version)
    froms, to = STEPS[step]
    if own.state not in froms or (step == "open" and own.closes <= timezone.now()):
        raise NotAllowedNow
    before, own.state = _tell(own), to
    _save(own)
    _note(own, user=user, action=f"programme.{step}", before=before)
    return own


@transaction.atomic
def close_overdue() -> int:
    """Close every call whose deadline is over; returns how many. Safe to call as often as one likes."""
    overdue = Programme.objects.select_for_update().filter(state=State.OPEN, closes__lte=timezone.now())
    for own in overdue:
        before, own.state = _tell(own), State.MATCHING
        _save(own)
        _note(own, user=None, action="programme.close", before=before)
    return len(overdue)


@transaction.atomic
def forget_contacts() -> int:
    """Delete the contacts of programmes whose retention date is over; returns how many."""
    today = timezone.now().date()
    due = Programme.objects.filter(keep_until__lt=today, applications__contacts__isnull=False).distinct()
    forgotten = 0
    for own in due:
        count, _ = Contact.objects.filter(application__programme=own).delete()
        forgotten += count
        after = {"contacts": count, "keep_until": str(own.keep_until)}
        record(user=None, action="programme.forgot", organisation=own.organisation, subject=name_programme(own), after=after)
    return forgotten


def name_programme(own: Programme) -> str:
    """How a programme is named in the record."""
    return f"programme:{own.pk}"


def _hold(programme: Programme, *, version: int) -> Programme:
    own = Programme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=programme.pk)
    if own.version != version:
        raise ChangedMeanwhile(own)
    return own


def _save(own: Programme) -> None:
    own.version += 1
    own.save()
    if own.state != State.DRAFT:
        bump()


def _note(own: Programme, *, user: User | None, action: str, before: dict[str, Any]) -> None:
    record(user=user, action=action, organisation=own.organisation, subject=name_programme(own), before=before, after=_tell(own))


def _tell(own: Programme) -> dict[str, Any]:
    hidden = {"id", "organisation", "created", "created_by", "rules", "version", "text"}
    return {name: str(value) for name, value in model_to_dict(own).items() if name not in hidden}
