"""Look-ups of sets, their versions, what changed between two, and what people did with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.web.accounts.models import AuditEntry
from citytandem.web.balances.models import BalanceSet, PublishingRule, SetBalance, State
from citytandem.web.balances.result import open_result

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from citytandem.web.accounts.models import Organisation

AMOUNTS = ("emissions_t", "activity_mwh", "factor_kg_per_mwh")
SAID = ("sector", "carrier", "scope", "notation", "grade")


def sets_of(organisation: Organisation) -> QuerySet[BalanceSet]:
    """The sets of an organisation, the newest first."""
    return organisation.balance_sets.prefetch_related("balances").order_by("-created", "-pk")


def needs_four_eyes(organisation: Organisation) -> bool:
    """Must somebody else publish than who checked?"""
    return PublishingRule.objects.filter(organisation=organisation, four_eyes=True).exists()


def subject_of(balance_set: BalanceSet) -> str:
    """What a set is called in the record of what was done."""
    return f"balance_set:{balance_set.pk}"


def audit_of(balance_set: BalanceSet) -> QuerySet[AuditEntry]:
    """Who did what with a set, the newest first."""
    return AuditEntry.objects.filter(organisation=balance_set.organisation_id, subject=subject_of(balance_set)).select_related(
        "user"
    )


@dataclass(frozen=True)
class Versions:
    """One city-year under one method: every set that was ever published with it, the newest first."""

    year: int
    method: str
    balance: str
    versions: list[SetBalance]


def versions_of(balance_set: BalanceSet) -> list[Versions]:
    """For each balance of a set all versions that were published, and the one in this set."""
    own = list(balance_set.balances.all())
    others = (
        SetBalance.objects.filter(balance_set__organisation=balance_set.organisation_id, balance__in=[one.balance for one in own])
        .exclude(balance_set__published=None, balance_set__state__in=[State.DRAFT, State.CHECKED])
        .select_related("balance_set", "balance_set__published_by")
    )
    found: dict[tuple[str, str], list[SetBalance]] = {}
    for one in others:
        found.setdefault((one.balance, one.method), []).append(one)

    def newest(one: SetBalance) -> tuple[str, int]:
        return str(one.balance_set.published or one.balance_set.created), one.balance_set_id

    return [
        Versions(
            one.year,
            one.method,
            one.balance,
            sorted({*found.get((one.balance, one.method), []), one}, key=newest, reverse=True),
        )
        for one in own
    ]


@dataclass(frozen=True)
class LineChange:
    """One line that differs between two versions of a balance."""

    kind: str
    view: str
    item: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    difference_t: float | None
    differs: tuple[str, ...] = ()


def compare_lines(old: pl.DataFrame, new: pl.DataFrame) -> list[LineChange]:
    """What was added, removed or changed from one version of a balance to the next, with the size in tonnes.

    Parameters
    ----------
    old, new
        Lines of the same balance.

    Returns
    -------
    The changes, the largest first. A line is the same line by its breakdown and the name its publisher gives it.
    """
    before = {(row["view"], row["item"]): row for row in old.iter_rows(named=True)}
    after = {(row["view"], row["item"]): row for row in new.iter_rows(named=True)}
    changes = []
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        differs = tuple(name for name in (*AMOUNTS, *SAID) if was and now and was[name] != now[name])
        if was and now and not differs:
            continue
        kind = "added" if was is None else "removed" if now is None else "changed"
        changes.append(LineChange(kind, *key, was, now, _difference(was, now), differs))
    return sorted(changes, key=lambda one: (-abs(one.difference_t or 0), one.view, one.item))


def _difference(was: dict[str, Any] | None, now: dict[str, Any] | None) -> float | None:
    """Tonnes by which a line changes a total; None where either side has no number although it has a line."""
    values = [row["emissions_t"] if row else 0.0 for row in (was, now)]
    return None if None in values else float(values[1] - values[0])


def lines_of(balance_set: BalanceSet, balance: str) -> pl.DataFrame:
    """The lines of one balance of a set."""
    result = open_result(balance_set.reading)
    frame = result.table("line").filter(pl.col("balance") == balance) if result else pl.DataFrame()
    texts = [pl.col(name).cast(pl.String) for name in ("view", "sector", "carrier", "scope", "notation", "grade")]
    return frame.with_columns(texts) if frame.width else frame
