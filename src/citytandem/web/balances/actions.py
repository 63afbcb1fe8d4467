"""What people do with a draft: bring a file, say how it is read, correct a cell, delete it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.balances import storage
from citytandem.web.balances.conflicts import lock
from citytandem.web.balances.models import BalanceSet, Correction, PublishingRule, SavedMapping, Stage, State
from citytandem.web.balances.queries import subject_of
from citytandem.web.balances.tasks import drop_unused, read_set
from citytandem.web.live import bump
from citytandem.web.merging import drop_live

if TYPE_CHECKING:
    from citytandem.web.accounts.models import Organisation, User

KEPT_NAME = 200


@transaction.atomic
def bring_file(*, user: User, organisation: Organisation, raw: bytes, name: str, title: str, licence: str) -> BalanceSet:
    """Keep a file and begin a set; the reading is asked for in the same transaction, so neither is without the other."""
    plain = " ".join(name.replace("\\", "/").rsplit("/", maxsplit=1)[-1].split())
    shown = "".join(mark for mark in plain if mark.isprintable())[-KEPT_NAME:] or "file"
    balance_set = BalanceSet.objects.create(
        organisation=organisation,
        city=organisation.city,
        title=title or shown[:120],
        file_name=shown,
        file_sha256=storage.keep_file(raw),
        file_bytes=len(raw),
        licence=licence,
        created_by=user,
        changed_by=user,
    )
    after = {"file": shown, "sha256": balance_set.file_sha256, "bytes": len(raw)}
    record(user=user, action="balance.bring", organisation=organisation, subject=subject_of(balance_set), after=after)
    _ask_for_reading(balance_set)
    return balance_set


@transaction.atomic
def read_by(
    *, user: User, balance_set: BalanceSet, version: int, mapping: str, answers: dict[str, str], is_open: bool
) -> BalanceSet:
    """Say how a sheet is read, and read it again unless questions are still open.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed the set since ``version``.
    """
    own = lock(balance_set, version=version)
    before = {"mapping": own.mapping, "answers": own.answers}
    own.mapping, own.answers = mapping, own.answers | answers
    _turn_to_draft(own, user=user)
    after = {"mapping": mapping, "answers": own.answers}
    record(user=user, action="balance.map", organisation=own.organisation, subject=subject_of(own), before=before, after=after)
    if is_open:
        own.save()
    else:
        _ask_for_reading(own)
    return own


@transaction.atomic
def save_mapping(*, user: User, balance_set: BalanceSet, name: str, layout: str, toml: str) -> SavedMapping:
    """Keep how this file is read, for the next one with the same headings."""
    saved, _ = SavedMapping.objects.update_or_create(
        organisation=balance_set.organisation,
        layout=layout,
        defaults={"name": name[:120], "toml": toml, "saved_by": user, "saved": timezone.now()},
    )
    record(
        user=user, action="balance.save_mapping", organisation=balance_set.organisation, subject=subject_of(balance_set),
        after={"name": saved.name, "layout": layout},
    )  # fmt: skip
    return saved


@transaction.atomic
def forget_mapping(*, user: User, mapping: SavedMapping) -> None:
    """Read files of this layout by a fresh proposal from now on."""
    record(user=user, action="balance.forget_mapping", organisation=mapping.organisation, before={"name": mapping.name})
    mapping.delete()


@transaction.atomic
def correct_cell(*, user: User, balance_set: BalanceSet, version: int, cell: dict[str, Any]) -> BalanceSet:
    """Read one cell otherwise than the file has it; the reported value stays beside, with who, when and why.

    ``cell`` names sheet, row, column, before, after and reason; ``after`` equal to ``before`` takes a correction back.
    """
    own = lock(balance_set, version=version)
    key = {name: cell[name] for name in ("sheet", "row", "column")}
    known = Correction.objects.filter(balance_set=own, **key).first()
    was = known.after if known else cell["before"]
    if cell["after"] == cell["before"]:
        Correction.objects.filter(balance_set=own, **key).delete()
    else:
        given = {
            "before": cell["before"],
            "after": cell["after"],
            "reason": cell["reason"],
            "made_by": user,
            "made": timezone.now(),
        }
        Correction.objects.update_or_create(balance_set=own, **key, defaults=given)
    _turn_to_draft(own, user=user)
    record(
        user=user, action="balance.correct", organisation=own.organisation, subject=subject_of(own),
        before={**key, "value": was}, after={**key, "value": cell["after"], "reason": cell["reason"]},
    )  # fmt: skip
    _ask_for_reading(own)
    return own


@transaction.atomic
def read_again(*, user: User | None, balance_set: BalanceSet) -> None:
    """Ask for the reading once more, where it was stopped or lost."""
    own = BalanceSet.objects.select_for_update().get(pk=balance_set.pk)
    if own.state in {State.DRAFT, State.CHECKED}:
        record(user=user, action="balance.read_again", organisation=own.organisation, subject=subject_of(own))
        _ask_for_reading(own)


@transaction.atomic
def change_rule(*, user: User, organisation: Organisation, four_eyes: bool) -> None:
    """Say whether another person must publish than who checked."""
    rule, _ = PublishingRule.objects.get_or_create(organisation=organisation)
    record(
        user=user, action="balance.rule", organisation=organisation, before={"four_eyes": rule.four_eyes},
        after={"four_eyes": four_eyes},
    )  # fmt: skip
    rule.four_eyes = four_eyes
    rule.save()


def erase(*, user: User, balance_set: BalanceSet) -> None:
    """Delete a set for good: its rows, what was read, the file itself, and every page made from it.

    What stays is the record of who did what with it. Copies others have downloaded and backups are beyond our reach.
    """
    organisation, subject = balance_set.organisation, subject_of(balance_set)
    file, reading = balance_set.file_sha256, balance_set.reading
    with transaction.atomic():
        was_seen = balance_set.state == State.PUBLISHED
        record(user=user, action="balance.erase", organisation=organisation, subject=subject)
        balance_set.delete()
        if was_seen:
            bump(taken_back=True)
    if not BalanceSet.objects.filter(file_sha256=file).exists():
        storage.drop_file(file)
    drop_unused(reading)
    used = list(BalanceSet.objects.values_list("file_sha256", "reading"))
    storage.sweep_orphans(files={sha256 for sha256, _ in used}, readings={key for _, key in used})
    drop_live()
    cache.clear()


def _turn_to_draft(own: BalanceSet, *, user: User) -> None:
    own.version += 1
    own.state, own.checked, own.checked_by = State.DRAFT, None, None
    own.changed, own.changed_by = timezone.now(), user


def _ask_for_reading(own: BalanceSet) -> None:
    own.stage, own.stage_since = Stage.WAITING, timezone.now()
    own.save()
    read_set.enqueue(own.pk)
