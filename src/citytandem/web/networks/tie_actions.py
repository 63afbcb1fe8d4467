"""What changes ties and what is recorded on them; each change leaves its entry in the record of whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from citytandem.web.accounts.actions import record
from citytandem.web.networks.actions import hold, tell
from citytandem.web.networks.models import Meeting, Question, Tie, Transfer

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.accounts.models import Organisation, User
    from citytandem.web.networks.models import Entry


class TieThere(Exception):
    """These two cities have a recorded tie already; ``tie`` is it."""

    def __init__(self, tie: Tie) -> None:
        super().__init__(tie.pk)
        self.tie = tie


@transaction.atomic
def write_tie(*, user: User, organisation: Organisation, cities: tuple[str, str], values: dict[str, Any]) -> Tie:
    """Record a tie between two cities.

    Raises
    ------
    TieThere
        The two have one that is recorded.
    ValueError
        A city is no partner of itself.
    """
    city, other = sorted(cities)
    if city == other:
        raise ValueError(city)
    known = Tie.objects.select_for_update().filter(city=city, other=other).first()
    if known is not None:
        raise TieThere(known)
    made = Tie.objects.create(city=city, other=other, created_for=organisation, created_by=user, **values)
    _note(made, user=user, organisation=organisation, action="tie.written", after=tell(made))
    return made


@transaction.atomic
def change_tie(*, user: User, organisation: Organisation, tie: Tie, version: int, values: dict[str, Any]) -> Tie:
    """Change kind, year or source of a tie."""
    return _change(tie, user=user, organisation=organisation, version=version, values=values, action="tie.changed")


@transaction.atomic
def end_tie(*, user: User, organisation: Organisation, tie: Tie, version: int, until: dt.date | None) -> Tie:
    """End a tie on a day, or take it up again with ``until=None``; what was recorded stays."""
    action = "tie.ended" if until else "tie.taken_up"
    return _change(tie, user=user, organisation=organisation, version=version, values={"until": until}, action=action)


@transaction.atomic
def write_entry(
    *, user: User, organisation: Organisation, tie: Tie, kind: type[Entry], values: dict[str, Any]
) -> Meeting | Question | Transfer:
    """Record a meeting, a question or a transfer on a tie."""
    made: Meeting | Question | Transfer = kind.objects.create(tie=tie, by=organisation, **values)  # type: ignore[attr-defined]
    _note(made, user=user, organisation=organisation, action=f"tie.{made._meta.model_name}_written", after=tell(made))
    return made


@transaction.atomic
def change_entry(
    *, user: User, organisation: Organisation, own: Meeting | Question | Transfer, version: int, values: dict[str, Any]
) -> None:
    """Say how an entry went on: a meeting was held, a question is answered, a transfer has come further."""
    _change(
        own, user=user, organisation=organisation, version=version, values=values, action=f"tie.{own._meta.model_name}_changed"
    )


def _change(own: Any, *, user: User, organisation: Organisation, version: int, values: dict[str, Any], action: str) -> Any:
    now = hold(own, version=version)
    before = tell(now)
    for name, value in values.items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    _note(now, user=user, organisation=organisation, action=action, before=before, after=tell(now))
    return now


def _note(own: Any, *, user: User, organisation: Organisation, action: str, before: Any = None, after: Any = None) -> None:
    subject = f"{own._meta.model_name}:{own.pk}"
    record(user=user, action=action, organisation=organisation, subject=subject, before=before, after=after)
