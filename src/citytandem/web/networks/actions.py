"""What changes a network's registry; each change leaves its entry in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.live import bump
from citytandem.web.networks.models import Body, MemberClass, NetworkMember, Office, Registry

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.accounts.models import Organisation, User

Part = TypeVar("Part", MemberClass, Office, Body)


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the form was made; ``now`` is how it stands, None if it was taken away."""

    def __init__(self, now: models.Model | None) -> None:
        super().__init__(getattr(now, "pk", None))
        self.now = now


class AlreadyMember(Exception):
    """The city's membership is open already, or covers these days."""


def hold(own: Any, *, version: int) -> Any:
    """The row as it stands, kept from others until the change is done.

    Raises
    ------
    ChangedMeanwhile
        It is no longer as it was when the form was made.
    """
    now = type(own).objects.select_for_update().filter(pk=own.pk).first()
    if now is None or now.version != version:
        raise ChangedMeanwhile(now)
    return now


def tell(own: models.Model) -> dict[str, str]:
    """A row for the record: its plain values as text."""
    skipped = {"id", "version", "created", "created_by", "confirmed_by"}
    return {field.name: str(field.value_from_object(own)) for field in own._meta.concrete_fields if field.name not in skipped}


@transaction.atomic
def write_part(*, user: User, network: Organisation, kind: type[Part], values: dict[str, Any]) -> Part:
    """Write down a class of members, an office or a body."""
    made = kind.objects.create(network=network, **values)
    _note(made, user=user, network=network, action="written", after=tell(made))
    return made


@transaction.atomic
def change_part(*, user: User, own: Part, version: int, values: dict[str, Any]) -> Part:
    """Change a class of members, an office or a body."""
    now: Part = hold(own, version=version)
    before = tell(now)
    for name, value in values.items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    _note(now, user=user, network=now.network, action="changed", before=before, after=tell(now))
    return now


@transaction.atomic
def drop_part(*, user: User, own: Part, version: int) -> None:
    """Take a class of members, an office or a body out of the registry; the record keeps what it said."""
    now: Part = hold(own, version=version)
    network = now.network
    _note(now, user=user, network=network, action="dropped", before=tell(now), taken_back=True)
    now.delete()


@transaction.atomic
def add_member(*, user: User, network: Organisation, values: dict[str, Any], by_site: bool = False) -> NetworkMember:
    """Record that a city is or was a member.

    Raises
    ------
    AlreadyMember
        Its days overlap with a membership that is recorded.
    """
    _refuse_overlap(network, city=values["city"], since=values["since"], until=values.get("until"), but=None)
    confirmed = {"confirmed": timezone.now(), "confirmed_by": user} if by_site else {}
    made = NetworkMember.objects.create(network=network, created_by=user, **values, **confirmed)
    _note_member(made, user=user, action="recorded", after=tell(made))
    return made


@transaction.atomic
def change_member(*, user: User, own: NetworkMember, version: int, values: dict[str, Any]) -> NetworkMember:
    """Change class, days, capacity or source of a membership. Other days than the city confirmed need its word again.

    Raises
    ------
    ChangedMeanwhile, AlreadyMember
        Somebody else was quicker; or its days overlap with another membership of the city.
    """
    now: NetworkMember = hold(own, version=version)
    before, days = tell(now), (now.since, now.until)
    since, until = values.get("since", now.since), values.get("until", now.until)
    _refuse_overlap(now.network, city=now.city, since=since, until=until, but=now.pk)
    for name, value in values.items():
        setattr(now, name, value)
    wider = now.since < days[0] or (days[1] is not None and (now.until is None or now.until > days[1]))
    if wider:
        now.confirmed, now.confirmed_by = None, None
    now.version += 1
    now.save()
    _note_member(now, user=user, action="changed", before=before, after=tell(now), taken_back=True)
    return now


@transaction.atomic
def end_member(*, user: User, own: NetworkMember, version: int, until: dt.date) -> NetworkMember:
    """Let a membership end on a day: the first on which the city is no member."""
    return change_member(user=user, own=own, version=version, values={"until": max(until, own.since)})


@transaction.atomic
def confirm_member(*, user: User, own: NetworkMember, version: int) -> NetworkMember:
    """The city's team says that it is a member: from now on what is shared with the network counts."""
    now: NetworkMember = hold(own, version=version)
    now.confirmed, now.confirmed_by, now.declined = timezone.now(), user, None
    now.version += 1
    now.save()
    _note_member(now, user=user, action="confirmed", after=tell(now))
    return now


@transaction.atomic
def decline_member(*, user: User, own: NetworkMember, version: int) -> NetworkMember:
    """The city's team says that it is no member, or not any more; it holds at once."""
    now: NetworkMember = hold(own, version=version)
    today = timezone.now().date()
    now.declined, now.confirmed, now.confirmed_by = timezone.now(), None, None
    now.until = max(min(now.until or today, today), now.since)
    now.version += 1
    now.save()
    _note_member(now, user=user, action="declined", after=tell(now), taken_back=True)
    return now


@transaction.atomic
def show_registry(*, user: User, network: Organisation, is_public: bool) -> None:
    """Let everybody see the registry on the network's page, or nobody beyond the network."""
    own, _ = Registry.objects.get_or_create(network=network)
    before, own.is_public = own.is_public, is_public
    own.save()
    record(
        user=user, action="registry.shown" if is_public else "registry.hidden", organisation=network,
        before={"is_public": before}, after={"is_public": is_public},
    )  # fmt: skip
    bump(taken_back=not is_public)


def _refuse_overlap(network: Organisation, *, city: str, since: dt.date, until: dt.date | None, but: int | None) -> None:
    for one in NetworkMember.objects.select_for_update().filter(network=network, city=city):
        if one.pk != but and (until is None or one.since < until) and (one.until is None or since < one.until):
            raise AlreadyMember(one.pk)


def _note(
    own: Any, *, user: User, network: Organisation, action: str, before: Any = None, after: Any = None, taken_back: bool = False
) -> None:
    name = own._meta.model_name
    record(
        user=user,
        action=f"registry.{name}_{action}",
        organisation=network,
        subject=f"{name}:{own.pk}",
        before=before,
        after=after,
    )
    bump(taken_back=taken_back)


def _note_member(
    own: NetworkMember, *, user: User, action: str, before: Any = None, after: Any = None, taken_back: bool = False
) -> None:
    record(
        user=user, action=f"registry.member_{action}", organisation=own.network, city=own.city,
        subject=f"networkmember:{own.pk}", before=before, after=after,
    )  # fmt: skip
    bump(taken_back=taken_back)
