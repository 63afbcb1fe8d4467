"""What changes needs and offers; each change leaves its entry in the record, and what everybody sees changes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.live import bump
from citytandem.web.partnerships.models import Kind, Listing, State

if TYPE_CHECKING:
    from citytandem.web.accounts.models import Organisation, User

MOST_OFFERS = 5
"""Offers one organisation may have on the board at a time, so that nobody fills it alone."""


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the form was made; ``now`` is how it stands."""

    def __init__(self, now: Listing) -> None:
        super().__init__(now.pk)
        self.now = now


class NotAllowedNow(Exception):
    """Its state does not allow this, or its date is over."""


class TooManyOpen(Exception):
    """The organisation has as many offers on the board as one may have."""


@transaction.atomic
def write_listing(*, user: User, organisation: Organisation, values: dict[str, Any]) -> Listing:
    """Write down a need or an offer as a draft."""
    made = Listing.objects.create(organisation=organisation, created_by=user, changed_by=user, **values)
    record(user=user, action="listing.written", organisation=organisation, subject=_name(made), after=_tell(made))
    return made


@transaction.atomic
def change_listing(*, user: User, listing: Listing, version: int, values: dict[str, Any]) -> Listing:
    """Change its words. What is published becomes a draft again, so that a publisher looks at it once more.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    """
    own = _hold(listing, version=version)
    before, was_seen = _tell(own), own.state == State.PUBLISHED
    for name, value in values.items():
        setattr(own, name, value)
    own.state, own.vector_model = State.DRAFT, ""
    _save(own, user=user)
    record(
        user=user, action="listing.changed", organisation=own.organisation, subject=_name(own), before=before, after=_tell(own)
    )
    if was_seen:
        bump(taken_back=True)
    return own


@transaction.atomic
def publish_listing(*, user: User, listing: Listing, version: int) -> Listing:
    """Let everybody see it until its date.

    Raises
    ------
    NotAllowedNow
        It is published already, or its date is over.
    TooManyOpen
        The organisation has ``MOST_OFFERS`` offers on the board.
    """
    own = _hold(listing, version=version)
    if own.state == State.PUBLISHED or own.valid_until < timezone.now().date():
        raise NotAllowedNow
    if own.kind == Kind.OFFER and count_open_offers(own.organisation) >= MOST_OFFERS:
        raise TooManyOpen
    return _move(own, State.PUBLISHED, user=user, action="listing.published")


@transaction.atomic
def withdraw_listing(*, user: User, listing: Listing, version: int) -> Listing:
    """Take it from the board at once.

    Raises
    ------
    NotAllowedNow
        It is withdrawn already.
    """
    own = _hold(listing, version=version)
    if own.state == State.WITHDRAWN:
        raise NotAllowedNow
    return _move(own, State.WITHDRAWN, user=user, action="listing.withdrawn")


def count_open_offers(organisation: Organisation) -> int:
    """How many offers of an organisation are on the board; a hidden one counts, so that hiding frees no place."""
    today = timezone.now().date()
    return Listing.objects.filter(
        organisation=organisation, kind=Kind.OFFER, state=State.PUBLISHED, valid_until__gte=today
    ).count()


def _hold(listing: Listing, *, version: int) -> Listing:
    own = Listing.objects.select_for_update().get(pk=listing.pk)
    if own.version != version:
        raise ChangedMeanwhile(own)
    return own


def _move(own: Listing, state: State, *, user: User, action: str) -> Listing:
    before, own.state = own.state, state
    if state == State.PUBLISHED:
        own.published = timezone.now()
    _save(own, user=user)
    record(
        user=user, action=action, organisation=own.organisation, subject=_name(own), before={"state": before}, after=_tell(own)
    )
    if State.PUBLISHED in {before, state}:
        bump(taken_back=state == State.WITHDRAWN)
    return own


def _save(own: Listing, *, user: User) -> None:
    own.version += 1
    own.changed, own.changed_by = timezone.now(), user
    own.save()


def _name(own: Listing) -> str:
    return f"listing:{own.pk}"


def _tell(own: Listing) -> dict[str, Any]:
    names = [
        "kind",
        "topic",
        "solution",
        "measure",
        "title",
        "text",
        "language",
        "evidence",
        "references",
        "valid_until",
        "state",
    ]
    return {name: str(value) for name, value in model_to_dict(own, fields=names).items()}
