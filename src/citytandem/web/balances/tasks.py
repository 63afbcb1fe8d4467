"""The background job that reads a file: as often as it is started, the outcome is the same."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from citytandem.findings import Severity
from citytandem.web.balances import storage
from citytandem.web.balances.bounded import SECONDS, read_bounded
from citytandem.web.balances.models import BalanceSet, SetBalance, Stage, State
from citytandem.web.balances.recipe import CellFix, Recipe
from citytandem.web.balances.result import open_result

LOST_AFTER = dt.timedelta(seconds=2 * SECONDS)
"""A reading that has said nothing for so long was stopped with its worker."""


@task()
def read_set(balance_set: int) -> None:
    """Read the file of a set as its people have said, and write the outcome down in one step.

    What is read depends on the recipe alone. A recipe that changed while the reader was at work is read again, so the
    last word of the people counts whatever the order of the jobs.
    """
    while True:
        own = BalanceSet.objects.select_related("organisation").filter(pk=balance_set, published=None).first()
        if own is None:
            return
        recipe = recipe_of(own)
        BalanceSet.objects.filter(pk=own.pk).update(stage=Stage.RUNNING, stage_since=timezone.now())
        key = read_bounded(recipe)
        if _settle(balance_set, recipe=recipe, key=key):
            return


def recipe_of(own: BalanceSet) -> Recipe:
    """What a set is read by, as it stands now."""
    fixes = tuple(CellFix(one.sheet, one.row, one.column, one.before, one.after, one.reason) for one in own.corrections.all())
    return Recipe(
        file_sha256=own.file_sha256,
        name=own.file_name,
        city=own.city,
        answers={} if own.mapping else dict(own.answers),
        mapping=own.mapping,
        fixes=fixes,
        known={} if own.mapping else dict(own.organisation.saved_mappings.values_list("layout", "toml")),
        publisher=own.organisation.name,
        licence=own.licence,
    )


@transaction.atomic
def _settle(balance_set: int, *, recipe: Recipe, key: str) -> bool:
    """Write down what a reading gave; False if people have said something else meanwhile."""
    own = BalanceSet.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=balance_set).first()
    if own is None or own.published is not None:
        return True
    result = open_result(key)
    if result is None or recipe_of(own) != recipe:
        return False
    former = own.reading
    own.reading, own.package_sha256, own.file_format = key, result.sha256, str(result.told["format"])
    own.is_sound, own.questions = result.is_sound, len(result.questions)
    own.errors = sum(one.severity is Severity.ERROR for one in result.findings)
    own.warnings = sum(one.severity is Severity.WARNING for one in result.findings)
    own.stage = Stage.FAILED if result.told.get("stopped") else Stage.READ
    own.stage_since = timezone.now()
    own.state = own.state if own.is_sound else State.DRAFT
    own.save()
    if former != key:
        transaction.on_commit(partial(drop_unused, former))
    own.balances.all().delete()
    SetBalance.objects.bulk_create(
        SetBalance(
            balance_set=own, balance=one["balance"], year=one["year"], method=one["method"], lines=one["lines"] or 0,
            lines_t=one["lines_t"], reported_t=one["reported_t"],
        )
        for one in result.balances
    )  # fmt: skip
    return True


def drop_unused(reading: str) -> None:
    """Delete a former reading that no set is made of any more."""
    if not BalanceSet.objects.filter(reading=reading).exists():
        storage.drop_reading(reading)


def is_lost(own: BalanceSet) -> bool:
    """Has a reading been waited for longer than any can take?"""
    return own.stage in {Stage.WAITING, Stage.RUNNING} and timezone.now() - own.stage_since > LOST_AFTER
