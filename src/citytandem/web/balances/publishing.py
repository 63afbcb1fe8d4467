"""From draft to checked to published, and back out of sight; nothing is ever overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.balances.conflicts import ChangedMeanwhile, NotAllowedNow
from citytandem.web.balances.models import BalanceSet, Correction, SetBalance, Stage, State
from citytandem.web.balances.queries import needs_four_eyes, subject_of
from citytandem.web.balances.result import open_result
from citytandem.web.balances.visibility import OPENNESS, reaches_as_far, visibility_on
from citytandem.web.live import bump

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.accounts.models import User


@transaction.atomic
def check(*, user: User, balance_set: BalanceSet, version: int) -> BalanceSet:
    """Say that a person has looked at the rows and findings; only a set without errors and open questions."""
    own = _hold(balance_set, version=version)
    if own.state != State.DRAFT or own.stage != Stage.READ:
        raise NotAllowedNow("web.balances.refused.not_draft")
    if not own.is_sound:
        raise NotAllowedNow("web.balances.refused.not_sound")
    return _move(own, State.CHECKED, user=user, action="balance.check", checked=timezone.now(), checked_by=user)


@transaction.atomic
def publish(*, user: User, balance_set: BalanceSet, version: int) -> BalanceSet:
    """Let others see a checked set, from the next request on; older sets with the same balances are replaced."""
    own = _hold(balance_set, version=version)
    if own.state != State.CHECKED or not own.is_sound:
        raise NotAllowedNow("web.balances.refused.not_checked")
    if needs_four_eyes(own.organisation) and own.checked_by_id == user.pk:
        raise NotAllowedNow("web.balances.refused.four_eyes")
    if open_result(own.reading) is None:
        raise NotAllowedNow("web.balances.refused.not_read")
    moved = _move(own, State.PUBLISHED, user=user, action="balance.publish", published=timezone.now(), published_by=user)
    _replace_older(moved, user=user)
    bump()
    return moved


@transaction.atomic
def withdraw(*, user: User, balance_set: BalanceSet, version: int) -> BalanceSet:
    """Take a published set out of sight at once; it stays among the versions."""
    own = _hold(balance_set, version=version)
    if own.state != State.PUBLISHED:
        raise NotAllowedNow("web.balances.refused.not_published")
    moved = _move(own, State.WITHDRAWN, user=user, action="balance.withdraw")
    bump(taken_back=True)
    return moved


@transaction.atomic
def restore(*, user: User, balance_set: BalanceSet) -> BalanceSet:
    """Take an older version up again as a new one, ready to be published."""
    if balance_set.published is None:
        raise NotAllowedNow("web.balances.refused.not_published")
    now = timezone.now()
    own = BalanceSet.objects.get(pk=balance_set.pk)
    balances, corrections = list(own.balances.all()), list(own.corrections.all())
    own.pk, own._state.adding = None, True  # noqa: SLF001 - how Django copies a row
    own.state, own.version, own.restored_from = State.CHECKED, 1, balance_set
    own.created = own.changed = own.checked = now
    own.created_by = own.changed_by = own.checked_by = user
    own.published = own.published_by = None
    own.save()
    for balance in balances:
        balance.pk, balance.balance_set = None, own
    SetBalance.objects.bulk_create(balances)
    for correction in corrections:
        correction.pk, correction.balance_set = None, own
    Correction.objects.bulk_create(corrections)
    record(
        user=user, action="balance.restore", organisation=own.organisation, subject=subject_of(own),
        after={"from": balance_set.pk},
    )  # fmt: skip
    return own


@transaction.atomic
def change_sight(*, user: User, balance_set: BalanceSet, version: int, sight: dict[str, str | dt.date | None]) -> BalanceSet:
    """Change title, remark, who sees a set, until when, and who after that."""
    own = _hold(balance_set, version=version)
    today = timezone.now().date()
    names = ("title", "remark", "visibility", "visible_until", "visibility_after")
    before = {name: getattr(own, name) for name in names}
    seen_by = visibility_on(own, on=today)
    moved = _move(own, State(own.state), user=user, action="", **{name: sight[name] for name in names})
    said = {name: str(getattr(moved, name) or "") for name in names}
    record(
        user=user, action="balance.sight", organisation=own.organisation, subject=subject_of(own),
        before={name: str(value or "") for name, value in before.items()}, after=said,
    )  # fmt: skip
    if moved.state == State.PUBLISHED:
        _replace_older(moved, user=user)
        bump(taken_back=OPENNESS.index(visibility_on(moved, on=today)) < OPENNESS.index(seen_by))
    return moved


def _hold(balance_set: BalanceSet, *, version: int) -> BalanceSet:
    own = BalanceSet.objects.select_for_update(of=("self",)).select_related("organisation", "changed_by").get(pk=balance_set.pk)
    if own.version != version:
        raise ChangedMeanwhile(own)
    return own


def _move(own: BalanceSet, state: State, *, user: User, action: str, **more: object) -> BalanceSet:
    before, own.state = own.state, state
    own.version += 1
    own.changed, own.changed_by = timezone.now(), user
    for name, value in more.items():
        setattr(own, name, value)
    own.save()
    if action:
        told = {"state": state, "package": own.package_sha256}
        record(
            user=user, action=action, organisation=own.organisation, subject=subject_of(own), before={"state": before}, after=told
        )
    return own


def _replace_older(own: BalanceSet, *, user: User) -> None:
    """Older published sets all of whose balances are in this one step back, if whoever saw them sees this one."""
    new = set(own.balances.values_list("balance", flat=True))
    older = BalanceSet.objects.filter(organisation=own.organisation_id, state=State.PUBLISHED).exclude(pk=own.pk)
    for old in older.filter(published__lte=own.published):
        inside = set(SetBalance.objects.filter(balance_set=old).values_list("balance", flat=True))
        if inside and inside <= new and reaches_as_far(own, old):
            _move(old, State.REPLACED, user=user, action="balance.replaced")
