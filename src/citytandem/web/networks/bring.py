"""What does a file hold of memberships or ties? Rows that can be recorded, and findings about those that cannot."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from citytandem.atlas import load
from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.gazetteer import find_city
from citytandem.web.networks import actions, tie_actions
from citytandem.web.networks.models import MemberClass, NetworkMember, Tie, TieKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from citytandem.web.accounts.models import Organisation, User

UPLOAD_BYTES = 2**20
"""The largest list: two thousand rows need a tenth of it."""
SECONDS = 30
COLUMNS = {"members": ("city", "since", "source"), "ties": ("city", "other", "kind", "source")}
"""Columns without which a list cannot be read."""
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


@dataclass(slots=True)
class Brought:
    """What came of a file: how many rows were recorded, and what should be known about the others."""

    recorded: int = 0
    findings: list[Finding] = field(default_factory=list)


class _Left(Exception):
    """A row is left out; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_sheet(raw: bytes, *, name: str, seconds: float = SECONDS) -> tuple[list[tuple[int, list[str]]], list[Finding]]:
    """The rows of a file, read in a process of its own within bounds of time and memory."""
    command = [sys.executable, "-m", "citytandem.web.networks.sheet_reader", name]
    kept = {key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ}
    stopped = Finding(Code.REGISTRY_STOPPED, {"file": name, "seconds": int(seconds)}, where=name)
    try:
        told = subprocess.run(  # noqa: S603 - our own module, and no shell
            command, input=raw, capture_output=True, timeout=seconds, check=False, env=kept | {"PYTHONIOENCODING": "utf-8"}
        )
        read = json.loads(told.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return [], [stopped]
    findings = [
        Finding(Code(one["code"]), one["facts"], row=one["row"], where=one["where"], severity=Severity(one["severity"]))
        for one in read["findings"]
    ]
    return [(number, cells) for number, cells in read["rows"]], findings


def bring(*, user: User, network: Organisation, what: str, raw: bytes, name: str, allowed: Collection[str]) -> Brought:
    """Record the rows of a list of ``members`` or ``ties``; a row that cannot be is left out and told.

    ``allowed`` are the cities whose ties the network may record.
    """
    rows, findings = read_sheet(raw, name=name)
    brought = Brought(findings=findings)
    heads, body = _split(rows)
    missing = [column for column in COLUMNS[what] if column not in heads]
    if rows and missing:
        brought.findings += [Finding(Code.COLUMN_MISSING, {"where": name, "column": column}, where=name) for column in missing]
        return brought
    take: Callable[..., None] = _take_member if what == "members" else _take_tie
    for number, cells in body:
        row = {head: cells[at].strip() if at < len(cells) else "" for head, at in heads.items()}
        if not any(row.values()):
            continue
        try:
            take(row, number, user=user, network=network, allowed=allowed)
            brought.recorded += 1
        except _Left as left:
            brought.findings.append(left.finding)
    return brought


def _split(rows: list[tuple[int, list[str]]]) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    """Where each heading stands, and the rows below; a heading given twice counts once."""
    if not rows:
        return {}, []
    heads: dict[str, int] = {}
    for at, cell in enumerate(rows[0][1]):
        heads.setdefault(cell.strip().lower(), at)
    return heads, rows[1:]


def _take_member(row: Mapping[str, str], number: int, *, user: User, network: Organisation, allowed: Collection[str]) -> None:  # noqa: ARG001 - the form of takers
    city = _city(row, "city", number)
    since, until = _day(row, "since", number), _day(row, "until", number)
    if since is None:
        raise _wrong(row, "since", number, wanted="2026-01-31")
    if until and until < since:
        raise _wrong(row, "until", number, wanted=f">= {since}")
    capacity = _number(row, "capacity", number, low=0, high=50)
    if NetworkMember.objects.filter(network=network, city=city, since=since, until=until).exists():
        raise _Left(Finding(Code.REGISTRY_THERE, {"row": number, "city": city}, row=number, severity=Severity.NOTE))
    title = row.get("class", "")[:120]
    own = MemberClass.objects.filter(network=network, title=title).first() if title else None
    if title and own is None:
        raise _wrong(
            row,
            "class",
            number,
            wanted=", ".join(MemberClass.objects.filter(network=network).values_list("title", flat=True)) or "–",
        )
    values: dict[str, Any] = {"city": city, "since": since, "until": until, "capacity": capacity, "member_class": own}
    try:
        actions.add_member(user=user, network=network, values=values | {"source": _source(row, number)})
    except actions.AlreadyMember:
        raise _Left(Finding(Code.REGISTRY_OVERLAP, {"row": number, "city": city}, row=number)) from None


def _take_tie(row: Mapping[str, str], number: int, *, user: User, network: Organisation, allowed: Collection[str]) -> None:
    city, other = _city(row, "city", number), _city(row, "other", number)
    kind = row["kind"].lower()
    if kind not in TieKind.values:
        raise _wrong(row, "kind", number, wanted=", ".join(TieKind.values))
    if city == other:
        raise _wrong(row, "other", number, wanted=f"≠ {city}")
    if not {city, other} <= set(allowed):
        raise _Left(Finding(Code.REGISTRY_NOT_OF_NETWORK, {"row": number, "city": city, "other": other}, row=number))
    if Tie.objects.filter(city=min(city, other), other=max(city, other)).exists():
        raise _Left(Finding(Code.REGISTRY_THERE, {"row": number, "city": city}, row=number, severity=Severity.NOTE))
    since = _number(row, "since", number, low=1000, high=timezone.now().year)
    until = _day(row, "until", number)
    values = {"kind": kind, "since": since, "until": until, "source": _source(row, number)}
    tie_actions.write_tie(user=user, organisation=network, cities=(city, other), values=values)


def _city(row: Mapping[str, str], column: str, number: int) -> str:
    city, finding = _find(row[column])
    if finding is not None:
        raise _Left(Finding(finding.code, finding.facts, row=number, where=column))
    return city


@lru_cache(maxsize=4096)
def _find(asked: str) -> tuple[str, Finding | None]:
    if not asked:
        return "", Finding(Code.CITY_UNKNOWN, {"asked": asked, "nearest": None})
    try:
        return find_city(load(), asked), None
    except CannotCompute as refusal:
        return "", refusal.finding


def _day(row: Mapping[str, str], column: str, number: int) -> dt.date | None:
    text = row.get(column, "")
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise _wrong(row, column, number, wanted="2026-01-31") from None


def _number(row: Mapping[str, str], column: str, number: int, *, low: int, high: int) -> int | None:
    text = row.get(column, "").removesuffix(".0")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and low <= int(text) <= high):
        raise _wrong(row, column, number, wanted=f"{low}–{high}")
    return int(text)


def _source(row: Mapping[str, str], number: int) -> str:
    if not row["source"]:
        raise _wrong(row, "source", number, wanted="…")
    return row["source"][:300]


def _wrong(row: Mapping[str, str], column: str, number: int, *, wanted: str) -> _Left:
    told: dict[str, str | int | float | None] = {
        "row": number,
        "column": column,
        "value": row.get(column, "")[:60],
        "wanted": wanted,
    }
    return _Left(Finding(Code.REGISTRY_CELL, told, row=number, where=column))
