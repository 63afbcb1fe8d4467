"""May two balances be compared: as they are, after a named step, or not, and why?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from citytandem.findings import Code
from citytandem.tables.results_benchmark import ASPECTS, GATE

Value = str | int | None
Judged = tuple[str, Code | None, Value, Value]
"""Status, code of the reason, what the own balance says, what the other says."""
Told = tuple[str, str | None, str | None, str | None, str | None]
"""The same as text, and the step that would cure it."""

FINE: Judged = ("comparable", None, None, None)
ENERGY = {"households", "buildings", "industry", "stationary", "transport", "core_no_industry", "core"}
"""Outcomes made of energy alone: CO2 is nearly all of them, whatever gases are counted."""
HEATED = {"households", "buildings", "industry", "stationary", "core_no_industry", "core", "core_waste", "full"}
MUNICIPAL = {"municipality", "place", "unknown"}
LONGEST_SHIFT_DAYS = 185
WINDOW_YEARS = 3


@dataclass(frozen=True)
class Header:
    """What the gate needs to know about one balance."""

    balance: str
    city: str
    year: int
    method: str
    gwp: str
    upstream: str
    electricity: str
    boundary: str
    period_start: date
    period_end: date
    top_down: bool
    weather_corrected: bool
    user_based: bool | None
    """Electricity is booked where it is used (True), at the power plant (False), or not stated (None)."""
    missing: Mapping[str, str | None]
    """Missing sectors by outcome; None where the outcome is known."""


def judge(own: Header, others: Iterable[Header], *, outcome: str, window: int = WINDOW_YEARS) -> pl.DataFrame:
    """Judge each other balance beside the own one, aspect by aspect, for one outcome.

    Parameters
    ----------
    own, others
        Headers of balances.
    outcome
        What is to be compared; a key of OUTCOMES.
    window
        Years that may lie between the two.

    Returns
    -------
    Rows as in :class:`~citytandem.tables.results_benchmark.Gate`: one per other balance and aspect.
    A top-down balance may be compared; it never proves the effect of a measure, and says so.
    """
    rows = [
        (outcome, other.balance, aspect, other.city, *described(judged))
        for other in others
        for aspect, judged in aspects(own, other, outcome=outcome, window=window).items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def aspects(own: Header, other: Header, *, outcome: str, window: int) -> dict[str, Judged]:
    """The judgement of one pair for one outcome by aspect, in the order of ASPECTS."""
    return complete(kind_aspects(own, other, outcome=outcome), own=own, other=other, outcome=outcome, window=window)


def complete(alike: Mapping[str, Judged], *, own: Header, other: Header, outcome: str, window: int) -> dict[str, Judged]:
    """The aspects of two kinds of balances together with those of the two balances themselves."""
    found = {**alike, **pair_aspects(own, other, window=window), "sectors": sectors(own, other, outcome=outcome)}
    return {aspect: found[aspect] for aspect in ASPECTS}


def pair_aspects(own: Header, other: Header, *, window: int) -> dict[str, Judged]:
    """The aspects that depend on the two balances themselves and are the same for every outcome."""
    return {"year": _year(own, other, window), "period": _period(own, other)}


def kind_aspects(own: Header, other: Header, *, outcome: str) -> dict[str, Judged]:
    """The aspects that depend only on how the two balances were made."""
    return {
        "scope": _scope(own, other, outcome),
        "gwp": _gwp(own, other, outcome),
        "upstream": FINE if outcome == "waste" else _equal(own.upstream, other.upstream, Code.GATE_UPSTREAM),
        "electricity": _electricity(own, other, outcome),
        "boundary": _boundary(own, other),
        "period": _period(own, other),
        "top_down": _top_down(own, other),
        "weather": _weather(own, other, outcome),
        "gases": _gases(own, other, outcome),
    }


def verdict(judged: Mapping[str, Judged]) -> str:
    """The one status of a pair: its weakest aspect.

    >>> verdict({"year": FINE, "gwp": ("after_step", None, None, None)})
    'after_step'
    """
    return weakest(status for status, *_ in judged.values())


def weakest(statuses: Iterable[str]) -> str:
    """The one status of several.

    >>> weakest(["comparable", "not", "after_step"])
    'not'
    """
    return max(statuses, key=GATE.index)


def fold(gate: pl.DataFrame) -> pl.DataFrame:
    """One row per outcome and other balance with its one status."""
    weakness = pl.col("status").replace_strict({name: number for number, name in enumerate(GATE)}, return_dtype=pl.Int8)
    names = dict(enumerate(GATE))
    worst = gate.group_by("outcome", "other", maintain_order=True).agg(weakness.max().alias("status"), pl.col("city").first())
    return worst.with_columns(pl.col("status").replace_strict(names, return_dtype=pl.String))


def described(judged: Judged) -> Told:
    """A judgement as columns: status, code, what both say, and the step that would cure it."""
    status, code, own, theirs = judged
    reason = None if code is None else str(code)
    cure = None if code is None or status == "comparable" else CURES.get(code)
    return status, reason, _said(own), _said(theirs), cure


def _said(value: Value) -> str | None:
    return None if value is None else str(value)


def _year(own: Header, other: Header, window: int) -> Judged:
    gap = abs(own.year - other.year)
    if gap == 0:
        return FINE
    return ("comparable" if gap <= window else "not", Code.GATE_YEAR, own.year, other.year)


def sectors(own: Header, other: Header, *, outcome: str) -> Judged:
    """Are the sectors of an outcome stated on both sides?"""
    mine, theirs = own.missing.get(outcome), other.missing.get(outcome)
    if mine is None and theirs is None:
        return FINE
    return ("not", Code.GATE_SECTORS, mine, theirs)


def _scope(own: Header, other: Header, outcome: str) -> Judged:
    if outcome in ("transport", "waste") or own.user_based == other.user_based is not None:
        return FINE
    status = "after_step" if own.user_based is None or other.user_based is None else "not"
    return (status, Code.GATE_SCOPE, _BASIS[own.user_based], _BASIS[other.user_based])


_BASIS = {True: "user", False: "producer", None: "unknown"}


def _gwp(own: Header, other: Header, outcome: str) -> Judged:
    if own.gwp == other.gwp != "unknown" or "co2_only" in (own.gwp, other.gwp):
        return FINE
    status = "comparable" if outcome in ENERGY else "after_step"
    return (status, Code.GATE_GWP, own.gwp, other.gwp)


def _gases(own: Header, other: Header, outcome: str) -> Judged:
    if (own.gwp == "co2_only") == (other.gwp == "co2_only"):
        return FINE
    status = "after_step" if outcome in ENERGY else "not"
    return (status, Code.GATE_GASES, own.gwp, other.gwp)


def _equal(own: str, other: str, code: Code) -> Judged:
    if own == other != "unknown":
        return FINE
    return ("after_step", code, own, other)


def _electricity(own: Header, other: Header, outcome: str) -> Judged:
    if outcome == "waste":
        return FINE
    if (own.electricity == "none") != (other.electricity == "none") and outcome != "transport":
        return ("not", Code.GATE_ELECTRICITY, own.electricity, other.electricity)
    return _equal(own.electricity, other.electricity, Code.GATE_ELECTRICITY)


def _boundary(own: Header, other: Header) -> Judged:
    if own.boundary == other.boundary != "unknown":
        return FINE
    near = {own.boundary, other.boundary} <= MUNICIPAL
    return ("after_step" if near else "not", Code.GATE_BOUNDARY, own.boundary, other.boundary)


def _period(own: Header, other: Header) -> Judged:
    spans = [(header.period_end - header.period_start).days for header in (own, other)]
    if abs(spans[0] - spans[1]) > LONGEST_SHIFT_DAYS:
        return ("not", Code.GATE_PERIOD, spans[0], spans[1])
    months = own.period_start.month, other.period_start.month
    if months[0] == months[1]:
        return FINE
    return ("comparable", Code.GATE_PERIOD, str(own.period_start), str(other.period_start))


def _top_down(own: Header, other: Header) -> Judged:
    if not own.top_down and not other.top_down:
        return FINE
    return ("comparable", Code.TOP_DOWN_CANNOT_CREDIT, _MADE[own.top_down], _MADE[other.top_down])


_MADE = {True: "top_down", False: "bottom_up"}


def _weather(own: Header, other: Header, outcome: str) -> Judged:
    if outcome not in HEATED or own.weather_corrected == other.weather_corrected:
        return FINE
    said = ["corrected" if header.weather_corrected else "as_measured" for header in (own, other)]
    return ("after_step", Code.GATE_WEATHER, said[0], said[1])


CURES = {
    Code.GATE_YEAR: "cure.nearer_year",
    Code.GATE_SCOPE: "cure.book_electricity_where_used",
    Code.GATE_SECTORS: "cure.separate_sectors",
    Code.GATE_GWP: "cure.convert_gases",
    Code.GATE_UPSTREAM: "cure.take_out_upstream",
    Code.GATE_ELECTRICITY: "cure.one_electricity_factor",
    Code.GATE_BOUNDARY: "cure.same_area",
    Code.GATE_PERIOD: "cure.same_months",
    Code.GATE_WEATHER: "cure.use_measured_heat",
    Code.GATE_GASES: "cure.co2_only",
}
"""The label of the step that would make a pair comparable."""

SCHEMA = {
    "outcome": pl.String,
    "other": pl.String,
    "aspect": pl.String,
    "city": pl.String,
    "status": pl.String,
    "code": pl.String,
    "own": pl.String,
    "theirs": pl.String,
    "cure": pl.String,
}
