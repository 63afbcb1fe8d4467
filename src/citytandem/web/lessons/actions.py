"""What changes cases, topics, rounds and checklists; each change leaves its entry in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.agreements.actions import ChangedMeanwhile, NotAllowedNow, tell
from citytandem.web.agreements.models import Written
from citytandem.web.lessons.models import Case, Checklist, Condition, Interview, Round, Shown, Statement, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citytandem.web.accounts.models import Organisation, User

__all__ = ["ChangedMeanwhile", "NotAllowedNow"]
ROW = TypeVar("ROW", bound=Written)
QUIET: dict[type[Written], tuple[str, ...]] = {
    Interview: ("name", "function", "belongs_to", "email"),
    Statement: ("text", "translation"),
}
"""What the record never holds: it stays when a person is forgotten."""


@transaction.atomic
def record_case(*, organisation: Organisation, by: User, **fields: Any) -> Case:
    """A new case of a team, as a draft; ``fields`` are those of :class:`~citytandem.web.lessons.models.Case`."""
    return keep(Case(organisation=organisation), by=by, organisation=organisation, version=0, values=fields)


@transaction.atomic
def keep(row: ROW, *, by: User, organisation: Organisation, version: int, values: Mapping[str, Any]) -> ROW:
    """Write a row down, or other words for one.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    """
    own, before = row, None
    if row.pk is not None:
        own = hold(row, version=version)
        before = _tell(own)
    for name, value in values.items():
        setattr(own, name, value)
    own.version = own.version + 1 if own.pk else 1
    own.created_by = own.created_by if own.pk else by
    own.changed, own.changed_by = timezone.now(), by
    own.save()
    note(own, by=by, organisation=organisation, action="kept", before=before, after=_tell(own))
    return own


@transaction.atomic
def show(row: ROW, *, by: User, organisation: Organisation, version: int, state: str) -> ROW:
    """Publish a row, or make it a draft again. Raises as :func:`keep`."""
    values: dict[str, Any] = {"state": state}
    if hasattr(row, "published"):
        values["published"] = timezone.now() if state == Shown.PUBLISHED else None
    return keep(row, by=by, organisation=organisation, version=version, values=values)


@transaction.atomic
def remove(row: Written, *, by: User, organisation: Organisation, version: int) -> None:
    """Take a row away.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        A published row, or a topic that was used: make it a draft first, or settle what hangs on it.
    """
    own: Any = hold(row, version=version)
    if getattr(own, "state", "") == Shown.PUBLISHED or (isinstance(own, Topic) and own.codes.exists()):
        raise NotAllowedNow
    if isinstance(own, Round) and own.interviews.exists():
        raise NotAllowedNow
    note(own, by=by, organisation=organisation, action="removed", before=_tell(own), after={})
    own.delete()


@transaction.atomic
def keep_checklist(
    checklist: Checklist, *, by: User, version: int, values: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]
) -> Checklist:
    """Write a checklist with its lines, in their order. Raises as :func:`keep`."""
    own = keep(checklist, by=by, organisation=checklist.organisation, version=version, values=values)
    own.conditions.all().delete()
    Condition.objects.bulk_create(Condition(checklist=own, number=number, **line) for number, line in enumerate(lines, start=1))
    return own


def hold(row: ROW, *, version: int) -> ROW:
    """The row as it stands, held until the change is done.

    Raises
    ------
    ChangedMeanwhile
        It is not the version the form was made from.
    """
    now = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()  # noqa: SLF001 - Django's name
    if now is None or now.version != version:
        raise ChangedMeanwhile(now)
    return now


def note(own: Any, *, by: User | None, organisation: Organisation, action: str, before: Any = None, after: Any = None) -> None:
    """One entry in the record."""
    kind = own._meta.model_name
    record(
        user=by, action=f"lesson.{kind}_{action}", organisation=organisation, subject=f"{kind}:{own.pk}", before=before,
        after=after,
    )  # fmt: skip


def _tell(own: Written) -> dict[str, Any]:
    return {name: value for name, value in tell(own).items() if name not in QUIET.get(type(own), ())}
