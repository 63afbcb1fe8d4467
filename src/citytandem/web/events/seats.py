"""Who gets a seat: every change of a seat holds the row of the event, so that two at once never take the last one twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.events.actions import KEPT_DAYS, NotAllowedNow, hold_event, name_event, raise_version
from citytandem.web.events.links import hash_token, token_of
from citytandem.web.events.models import Registration, Seat, SeatRule, State
from citytandem.web.events.post import queue_letter
from citytandem.web.events.seating import Asking, Limit, broken_limits, promote, why_not

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User
    from citytandem.web.events.models import Event
    from citytandem.web.events.seating import Refusal

SHARED = ("country", "organisation_kind", "role", "companion")
"""Answers on which fair shares hang."""


class NoSeat(Exception):
    """With this answer there is no seat; ``reason`` says which bound stands in the way."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def register(*, user: User, event: Event, values: dict[str, Any]) -> Registration:
    """A signed-in person asks for a seat; who was invited under the same address takes up that invitation.

    Raises
    ------
    NotAllowedNow
        Registration is not open, or only for those who were invited.
    """
    own = hold_event(event)
    invited = own.registrations.filter(email__iexact=user.email, user=None).exclude(email="").first()
    known = own.registrations.filter(user=user).first() or invited
    if known is None:
        if not own.is_open_to_all or not may_answer(own):
            raise NotAllowedNow
        known = Registration(event=own, is_invented=user.is_invented)
    elif known.seat not in {Seat.INVITED, Seat.CANCELLED}:
        return known
    known.user, known.email = user, ""  # letters go to the address of the account
    return _ask(known, event=own, by=user, values=values)


@transaction.atomic
def invite_guest(*, by: User, event: Event, name: str, email: str, language: str, role: str = "expert") -> Registration:
    """Keep a personal link for somebody; whoever is known already by this address keeps what they have."""
    own = hold_event(event)
    if own.state in {State.HELD, State.CANCELLED}:
        raise NotAllowedNow
    found = own.registrations.filter(Q(email__iexact=email) | Q(user__email__iexact=email)).first()
    if found is not None:
        return found
    made = Registration.objects.create(
        event=own, name=name, email=email.strip().lower(), language=language, role=role, seat=Seat.INVITED,
        keep_until=own.ends + timedelta(days=KEPT_DAYS), is_invented=own.is_invented,
    )  # fmt: skip
    renew_link(made)
    _note(made, by=by, action="registration.invited")
    return made


@transaction.atomic
def answer_invitation(*, registration: Registration, by: User | None, values: dict[str, Any]) -> Registration:
    """Who was invited, or had withdrawn, asks for the seat.

    Raises
    ------
    NotAllowedNow
        Registration is over, or the seat was asked for already.
    """
    event = hold_event(registration.event)
    own = event.registrations.select_for_update(of=("self",)).get(pk=registration.pk)
    if own.seat not in {Seat.INVITED, Seat.CANCELLED}:
        raise NotAllowedNow
    return _ask(own, event=event, by=by, values=values)


@transaction.atomic
def change_registration(*, registration: Registration, by: User | None, values: dict[str, Any]) -> Registration:
    """A person says something else of themselves.

    Raises
    ------
    NoSeat
        Somebody who has a seat would have none with this answer, as with a companion where no seat is free.
    """
    event = hold_event(registration.event)
    own = event.registrations.select_for_update(of=("self",)).get(pk=registration.pk)
    changed = sorted(name for name, value in values.items() if getattr(own, name) != value)
    for name in changed:
        setattr(own, name, values[name])
    if own.seat == Seat.COMING and set(changed) & set(SHARED):
        reason = _why_not(own, event=event)
        if reason:
            raise NoSeat(reason)
    if changed:
        _keep(own)
        _note(own, by=by, action="registration.changed", after={"changed": changed})
        if set(changed) & set(SHARED):
            _move_up(event)
    return own


@transaction.atomic
def withdraw(*, registration: Registration, by: User | None) -> Registration:
    """Give a seat back; whoever waits and fits moves up at once."""
    event = hold_event(registration.event)
    own = event.registrations.select_for_update(of=("self",)).get(pk=registration.pk)
    if own.seat != Seat.CANCELLED:
        _move(own, Seat.CANCELLED, by=by, action="registration.withdrawn")
        _move_up(event)
    return own


@transaction.atomic
def decide(*, registration: Registration, by: User, is_welcome: bool) -> Registration:
    """The organisers say yes, which gives a seat or a place on the waiting list, or no.

    Raises
    ------
    NotAllowedNow
        The person has not asked, or has withdrawn.
    """
    event = hold_event(registration.event)
    own = event.registrations.select_for_update(of=("self",)).get(pk=registration.pk)
    if own.seat in {Seat.INVITED, Seat.CANCELLED}:
        raise NotAllowedNow
    if not is_welcome:
        _move(own, Seat.REFUSED, by=by, action="registration.refused")
        _move_up(event)
    elif own.seat not in {Seat.COMING, Seat.WAITING}:
        _settle(own, event=event, by=by)
    return own


@transaction.atomic
def change_capacity(*, by: User, event: Event, version: int, seats: int) -> Event:
    """Another number of seats; those who wait move up where there is room now.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed the event.
    NoSeat
        More people are coming than there would be seats.
    """
    own = hold_event(event, version=version)
    _check_bounds(own, seats=seats, limits=limits_of(own))
    before, own.seats = own.seats, seats
    raise_version(own)
    record(
        user=by, action="event.seats_changed", organisation=own.organisation, subject=name_event(own),
        before={"seats": before}, after={"seats": seats},
    )  # fmt: skip
    _move_up(own)
    return own


@transaction.atomic
def set_share(*, by: User, event: Event, share: str, value: str, seats: int | None) -> None:
    """Set a fair share, or with ``seats=None`` take it away.

    Raises
    ------
    NoSeat
        More of them are coming already than the share allows.
    """
    own = hold_event(event)
    own.seat_rules.filter(share=share, value=value).delete()
    if seats is not None:
        SeatRule.objects.create(event=own, share=share, value=value, seats=seats)
        _check_bounds(own, seats=own.seats, limits=limits_of(own))
    raise_version(own)
    record(
        user=by, action="event.share_changed", organisation=own.organisation, subject=name_event(own),
        after={"share": share, "value": value, "seats": seats},
    )  # fmt: skip
    _move_up(own)


@transaction.atomic
def tick(*, by: User, event: Event, present: set[int], seen: set[int]) -> int:
    """Write down who of those ``seen`` on the list was there; returns how many were."""
    own = hold_event(event)
    rows = own.registrations.filter(pk__in=seen, seat=Seat.COMING)
    rows.exclude(pk__in=present).update(attended=False)
    count = rows.filter(pk__in=present).update(attended=True)
    record(user=by, action="event.attendance", organisation=own.organisation, subject=name_event(own), after={"present": count})
    return count


def renew_link(own: Registration) -> str:
    """A new personal link; all sent before end. Returns its token."""
    own.link_number += 1
    token = token_of(own)
    own.token_sha256 = hash_token(token)
    own.save(update_fields=["link_number", "token_sha256"])
    return token


def may_answer(event: Event) -> bool:
    """Can seats be asked for now?"""
    return event.state == State.OPEN and (event.register_until is None or timezone.now() <= event.register_until)


def limits_of(event: Event) -> list[Limit]:
    """The fair shares of an event."""
    return [Limit(rule.share, rule.seats, rule.value) for rule in event.seat_rules.all()]  # type: ignore[arg-type]


def as_asking(own: Registration) -> Asking:
    """What the sharing of seats looks at."""
    return Asking(own.pk or 0, own.country, own.organisation_kind, own.role, own.places)


def name_registration(own: Registration) -> str:
    """What a registration is called in the record: never by name."""
    return f"registration:{own.pk}"


def _ask(own: Registration, *, event: Event, by: User | None, values: dict[str, Any]) -> Registration:
    if not may_answer(event):
        raise NotAllowedNow
    for name, value in values.items():
        setattr(own, name, value)
    own.asked = timezone.now()
    own.keep_until = event.ends + timedelta(days=KEPT_DAYS)
    own.save()
    if not own.token_sha256:
        renew_link(own)
    if event.is_decided_by_hand:
        _move(own, Seat.ASKED, by=by, action="registration.asked")
    else:
        _settle(own, event=event, by=by)
    return own


def _settle(own: Registration, *, event: Event, by: User | None) -> None:
    """A seat if there is one, else the waiting list; whoever waits already goes first wherever they fit."""
    reason = _why_not(own, event=event)
    if reason:
        _move(own, Seat.WAITING, by=by, action="registration.waiting", reason=reason)
        queue_letter(own, letter="waiting", key=f"{own.pk}:waiting:{own.version}")
    else:
        _move(own, Seat.COMING, by=by, action="registration.coming")
        queue_letter(own, letter="confirmation", key=f"{own.pk}:confirmation:{own.version}")


def _move_up(event: Event) -> None:
    """Everybody on the waiting list who fits now gets a seat and a letter."""
    if event.state not in {State.OPEN, State.CLOSED}:
        return
    waiting = {one.pk: one for one in event.registrations.filter(seat=Seat.WAITING).order_by("asked", "pk")}
    taken = [as_asking(one) for one in event.registrations.filter(seat=Seat.COMING)]
    line = [as_asking(one) for one in waiting.values()]
    for asking in promote(line, seats=event.seats, limits=limits_of(event), taken=taken):
        own = waiting[asking.key]
        _move(own, Seat.COMING, by=None, action="registration.promoted")
        queue_letter(own, letter="promotion", key=f"{own.pk}:promotion:{own.version}")


def _why_not(own: Registration, *, event: Event) -> Refusal | None:
    others = [as_asking(one) for one in event.registrations.filter(seat=Seat.COMING).exclude(pk=own.pk)]
    return why_not(as_asking(own), seats=event.seats, limits=limits_of(event), taken=others)


def _check_bounds(event: Event, *, seats: int, limits: list[Limit]) -> None:
    taken = [as_asking(one) for one in event.registrations.filter(seat=Seat.COMING)]
    broken = broken_limits(taken, seats=seats, limits=limits)
    if broken:
        raise NoSeat(broken[0])


def _move(own: Registration, seat: Seat, *, by: User | None, action: str, reason: str = "") -> None:
    before, own.seat = own.seat, seat
    _keep(own)
    after: dict[str, Any] = {"seat": str(seat), **({"reason": reason} if reason else {})}
    _note(own, by=by, action=action, before={"seat": str(before)}, after=after)


def _keep(own: Registration) -> None:
    own.version += 1
    own.save()


def _note(own: Registration, *, by: User | None, action: str, before: Any = None, after: Any = None) -> None:
    told = {"event": own.event_id, **(after or {})}
    if by is None and action != "registration.promoted":
        told["by"] = "guest"
    record(user=by, action=action, organisation=own.event.organisation, subject=name_registration(own), before=before, after=told)


@transaction.atomic
def end_links(*, registration: Registration, by: User) -> Registration:
    """End every link sent to a guest, as when a letter went astray; the next letter bears a new one."""
    own = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    renew_link(own)
    _note(own, by=by, action="registration.link_ended")
    return own
