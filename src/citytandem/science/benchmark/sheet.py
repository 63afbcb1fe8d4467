"""May these cities be compared? The sheet of the gate for a pair or a small group, variant by variant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Fact, Finding, Severity
from citytandem.science.balance.gate import WINDOW_YEARS, Header, aspects, described, verdict
from citytandem.tables.results_benchmark import ASPECTS, GATE, OUTCOMES
from citytandem.tables.results_gate import VARIANTS

if TYPE_CHECKING:
    from citytandem.science.benchmark.prepare import Prepared
    from citytandem.tables.provenance import Provenance

FEWEST, MOST = 2, 6
"""Cities on one sheet; with more, its pairs can no longer be read."""


@dataclass(frozen=True)
class GateSheet:
    """What may be compared between two to six cities, and what would cure the rest.

    Parameters
    ----------
    cities
        In the order asked for; nothing else orders them.
    balance
        The balance that stands for each: see ``tables.results_gate.ComparedBalance``.
    group
        One status per variant for all together: ``tables.results_gate.GateGroup``.
    pair
        One status per pair and variant: ``tables.results_gate.GatePair``.
    aspect
        Everything that was looked at, with what both say and the cure: ``tables.results_gate.GateAspect``.
    source
        Publications behind the balances.
    findings
        Which balances are allocated from larger totals, so that no measure can be seen in them.
    provenance
        Release and code.
    """

    cities: tuple[str, ...]
    balance: pl.DataFrame
    group: pl.DataFrame
    pair: pl.DataFrame
    aspect: pl.DataFrame
    source: pl.DataFrame = field(repr=False)
    findings: tuple[Finding, ...] = ()
    provenance: Provenance | None = None

    @property
    def is_pair(self) -> bool:
        """Are there only two?"""
        return len(self.cities) == FEWEST

    @property
    def reasons(self) -> pl.DataFrame:
        """The aspects with something to say, those of all variants in the order of the sheet."""
        return self.aspect.filter(pl.col("code").is_not_null())


def answer(
    prepared: Prepared,
    *,
    cities: Sequence[str],
    years: Sequence[int] = (),
    source: pl.DataFrame,
    window: int = WINDOW_YEARS,
    provenance: Provenance | None = None,
) -> GateSheet:
    """The sheet of a pair or a group.

    Parameters
    ----------
    prepared
        The release made ready, with at least the balances of these cities.
    cities
        Ids of two to six different cities.
    years
        One year for all or one for each; where none is given, those in which the balances are new and close together.
    source
        Table of sources.
    window
        Years that may lie between two balances.
    provenance
        Release and code, carried into the answer.

    Raises
    ------
    CannotCompute
        GATE_NEEDS_CITIES, GATE_NEEDS_YEARS, CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE.
    """
    if not FEWEST <= len(set(cities)) == len(cities) <= MOST:
        facts: dict[str, Fact] = {"found": len(set(cities)), "low": FEWEST, "high": MOST}
        raise CannotCompute(Finding(Code.GATE_NEEDS_CITIES, facts))
    rows = choose_balances(prepared, cities=cities, years=years)
    headers = [prepared.header(row) for row in rows]
    judged = judge_group(headers, window=window)
    chosen = pl.concat([prepared.balance[row : row + 1] for row in rows]).select(*BALANCE)
    told = [Finding(Code.MEASURES_NOT_VISIBLE, {"city": one.city}, severity=Severity.NOTE) for one in headers if one.top_down]
    return GateSheet(
        cities=tuple(cities),
        balance=chosen,
        **judged,
        source=source.filter(pl.col("source").is_in(chosen["source"].to_list())),
        findings=tuple(told),
        provenance=provenance,
    )


def judge_group(headers: Sequence[Header], *, window: int = WINDOW_YEARS) -> dict[str, pl.DataFrame]:
    """Every pair of balances for every variant.

    Parameters
    ----------
    headers
        One per city, in the order of the sheet.
    window
        Years that may lie between two balances.

    Returns
    -------
    The frames ``group``, ``pair`` and ``aspect`` as in :mod:`citytandem.tables.results_gate`.
    """
    pairs: list[dict[str, Any]] = []
    looked: list[tuple[Any, ...]] = []
    for own, other in combinations(headers, 2):
        for outcome in VARIANTS:
            judged = aspects(own, other, outcome=outcome, window=window)
            statuses = [status for status, *_ in judged.values()]
            pairs.append(
                {"city": own.city, "other": other.city, "outcome": outcome, "status": verdict(judged)}
                | {"steps": statuses.count("after_step"), "obstacles": statuses.count("not")}
                | {"credits_measures": not (own.top_down or other.top_down)}
            )
            looked += [(own.city, other.city, outcome, aspect, *described(one)) for aspect, one in judged.items()]
    pair = pl.DataFrame(pairs, schema=PAIR)
    return {
        "group": _fold_group(pair, cities=[header.city for header in headers]),
        "pair": pair,
        "aspect": pl.DataFrame(looked, schema=ASPECT, orient="row"),
    }


def choose_balances(prepared: Prepared, *, cities: Sequence[str], years: Sequence[int] = ()) -> list[int]:
    """The row of the balance that stands for each city.

    Among the years of a city only its fullest balances count. Without years given, those are taken whose oldest is newest
    and which lie closest together; a year of age counts as much as a year between them.

    Raises
    ------
    CannotCompute
        GATE_NEEDS_YEARS, CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE.
    """
    if len(years) not in {0, 1, len(cities)}:
        raise CannotCompute(Finding(Code.GATE_NEEDS_YEARS, {"found": len(years), "cities": len(cities)}))
    wanted: list[int | None] = [*years] * (len(cities) if len(years) == 1 else 1) or [None] * len(cities)
    known = [_by_year(prepared, city=city, year=year) for city, year in zip(cities, wanted, strict=True)]
    every = sorted({year for rows in known for year in rows})
    tried = [[min(rows, key=lambda one: (abs(one - year), -one)) for rows in known] for year in every]
    best = max(tried, key=lambda chosen: (2 * min(chosen) - max(chosen), sum(chosen)))
    return [rows[year] for rows, year in zip(known, best, strict=True)]


def _by_year(prepared: Prepared, *, city: str, year: int | None) -> dict[int, int]:
    """The fullest balance of each year, of the kind that answers most."""
    rows = prepared.rows_of.get(city)
    if not rows:
        raise CannotCompute(Finding(Code.CITY_WITHOUT_BALANCE, {"city": city}))
    there = [row for row in rows if year is None or prepared.years[row] == year]
    if not there:
        years = sorted({int(prepared.years[row]) for row in rows})
        facts: dict[str, Fact] = {"city": city, "year": year, "years": ", ".join(map(str, years))}
        raise CannotCompute(Finding(Code.YEAR_WITHOUT_BALANCE, facts))
    for first in (VARIANTS[:1], VARIANTS[:-1], VARIANTS):
        telling = [row for row in there if any(prepared.known(row, name) for name in first)]
        if telling:
            break
    ordered = sorted(telling or there, key=lambda row: (-sum(prepared.known(row, name) for name in OUTCOMES), row))
    found: dict[int, int] = {}
    for row in ordered:
        found.setdefault(int(prepared.years[row]), row)
    return found


def _fold_group(pair: pl.DataFrame, *, cities: Sequence[str]) -> pl.DataFrame:
    rows = []
    for outcome in VARIANTS:
        of_it = pair.filter(pl.col("outcome").cast(pl.String) == outcome)
        status = {(one, other): str(found) for one, other, found in of_it.select("city", "other", "status").iter_rows()}
        found = list(status.values())
        rows.append(
            {"outcome": outcome, "status": max(found, key=GATE.index), "pairs": len(found)}
            | {"comparable": found.count("comparable"), "after_step": found.count("after_step")}
            | {"not_comparable": found.count("not"), "together": _largest_part(status, cities=cities)}
        )
    return pl.DataFrame(rows, schema=GROUP)


def _largest_part(status: dict[tuple[str, str], str], *, cities: Sequence[str]) -> str | None:
    """Most cities of which no two stand in each other's way; of equally many the first in the order asked for."""
    for count in range(len(cities), 1, -1):
        for chosen in combinations(cities, count):
            if all(status[pair] != "not" for pair in combinations(chosen, 2)):
                return ",".join(chosen)
    return None


BALANCE = ("city", "balance", "year", "method", "top_down", "period_start", "period_end", "source")
_OF_A_PAIR: dict[str, Any] = {"city": pl.String, "other": pl.String, "outcome": pl.Enum(OUTCOMES)}
_STATUS = pl.Enum(GATE)
PAIR: dict[str, Any] = {**_OF_A_PAIR, "status": _STATUS, "steps": pl.Int16, "obstacles": pl.Int16, "credits_measures": pl.Boolean}
ASPECT: dict[str, Any] = {
    **_OF_A_PAIR,
    "aspect": pl.Enum(ASPECTS),
    "status": _STATUS,
    **dict.fromkeys(("code", "own", "theirs", "cure"), pl.String),
}
GROUP: dict[str, Any] = {
    "outcome": pl.Enum(OUTCOMES),
    "status": _STATUS,
    **dict.fromkeys(("pairs", "comparable", "after_step", "not_comparable"), pl.Int16),
    "together": pl.String,
}
