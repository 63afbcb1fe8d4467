"""The whole benchmark of one city: peers, gate, position, trend, drivers, role models."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Fact, Finding, Severity
from citytandem.science.balance.gate import WINDOW_YEARS
from citytandem.science.benchmark import parts
from citytandem.science.benchmark.drivers import PAIRS, explain
from citytandem.science.benchmark.peers import CUTOFF, NEEDED, USUAL, Peers, find_peers
from citytandem.science.benchmark.prepare import Prepared, Window
from citytandem.tables.provenance import Provenance
from citytandem.tables.results_benchmark import MAIN_OUTCOMES, OUTCOMES, QUESTIONS

PER_COUNTRY_MAX = 5
"""More than five peers from one country only where the list would not be full otherwise: so a country with many
cities does not hide those across a border. It is structure that lets a city in, whatever its country. [P]"""
SEED = 2026


@dataclass(frozen=True)
class Benchmark:
    """The answer for one city and year. Frames are as in ``tables.results_benchmark``; no list in it is an order of merit."""

    city: str
    year: int
    question: str
    main_outcome: str
    outcome: pl.DataFrame
    balance: pl.DataFrame
    peers: Peers
    gate: pl.DataFrame
    position: pl.DataFrame
    strip: pl.DataFrame
    trend: pl.DataFrame
    series: pl.DataFrame
    drivers: pl.DataFrame
    rolemodels: pl.DataFrame
    structure: pl.DataFrame
    findings: tuple[Finding, ...]
    provenance: Provenance | None

    def __repr__(self) -> str:
        return (
            f"Benchmark({self.city} {self.year}, {self.question}: {self.peers.peer.height} peers in "
            f"{self.peers.peer['country'].n_unique()} countries, {len(self.findings)} findings)"
        )


@dataclass(frozen=True)
class Question:
    """What is asked, beside the city: every choice with its default."""

    question: str = "overall"
    outcome: str | None = None
    k: int = USUAL
    countries: Collection[str] | None = None
    pool: Collection[str] | None = None
    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    weights: Mapping[str, float] | None = None
    per_country_max: int | None = PER_COUNTRY_MAX
    cutoff: float = CUTOFF
    window: int = WINDOW_YEARS
    base_year: int | None = None
    draws: int = 200
    seed: int = SEED


def answer(
    prepared: Prepared,
    *,
    city: str,
    year: int | None = None,
    asked: Question | None = None,
    provenance: Provenance | None = None,
    **choices: Any,
) -> Benchmark:
    """Answer where a city stands among its true peers, and why.

    Parameters
    ----------
    prepared
        From :func:`~citytandem.science.benchmark.prepare.prepare`.
    city
        Id of the city.
    year
        Year of its balance; the newest that answers the question if left out.
    asked
        The other choices, or give them by name: ``question`` (overall, buildings, transport, industry, waste),
        ``outcome`` (main outcome, such as core to switch industry on), ``k``, ``countries``, ``pool`` (only these cities,
        such as members of a network), ``add``, ``remove``, ``weights`` (by variable, over the profile's),
        ``per_country_max``, ``cutoff``, ``window`` (years), ``base_year``, ``draws``, ``seed``.
    provenance
        Release and code, carried into the answer.

    Raises
    ------
    CannotCompute
        CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE, CITY_WITHOUT_POPULATION, SECTOR_NOT_SEPARATED (nothing of the question
        is published), NO_TRUE_PEERS, UNKNOWN_CHOICE.
    """
    gathered = _gather(prepared, city=city, year=year, asked=replace(asked or Question(), **choices), provenance=provenance)
    return replace(gathered, drivers=explain(gathered.drivers))


def answer_all(
    prepared: Prepared, *, asked: Question | None = None, provenance: Provenance | None = None
) -> tuple[dict[str, Benchmark], dict[str, Finding]]:
    """The benchmark of every city with a balance, and for each city without an answer the reason.

    The differences of all cities are explained in one go; the answers are those of :func:`answer`.
    """
    found: dict[str, Benchmark] = {}
    refused: dict[str, Finding] = {}
    for city in sorted(prepared.rows_of):
        try:
            found[city] = _gather(prepared, city=city, year=None, asked=asked or Question(), provenance=provenance)
        except CannotCompute as refusal:
            refused[city] = refusal.finding
    pairs = [one.drivers.select(pl.lit(city).alias("city"), pl.all()) for city, one in found.items()]
    explained = explain(pl.concat(pairs)).partition_by("city", as_dict=True, include_key=False) if pairs else {}
    nothing = explain(pl.DataFrame(schema=PAIRS))
    return {city: replace(one, drivers=explained.get((city,), nothing)) for city, one in found.items()}, refused


def _gather(prepared: Prepared, *, city: str, year: int | None, asked: Question, provenance: Provenance | None) -> Benchmark:
    """All of an answer, with the two sides of each difference still to be explained."""
    _check(asked)
    row = choose_balance(prepared, city=city, year=year, asked=asked)
    own_year = int(prepared.years[row])
    window = prepared.window(own_year, reach=asked.window)
    main = main_outcome(prepared, row=row, asked=asked)
    peers = _peers(prepared, window=window, city=city, year=own_year, asked=asked)
    pairs = parts.pair_up(prepared, window=window, row=row, peers=peers.peer["peer"].to_list(), reach=asked.window)
    position, strip, refusals = parts.positions(prepared, window=window, row=row, peers=peers, pairs=pairs, needed=NEEDED)
    trend, series, breaks = parts.trends(prepared, row=row)
    sides, limits = parts.driver_pairs(
        prepared, row=row, outcome=main, peers=peers, pairs=pairs, base_year=asked.base_year, needed=NEEDED
    )
    return Benchmark(
        city=city,
        year=own_year,
        question=asked.question,
        main_outcome=main,
        outcome=parts.own_outcomes(prepared, row),
        balance=prepared.balance[row : row + 1],
        peers=peers,
        gate=pairs.gate,
        position=position,
        strip=strip,
        trend=trend,
        series=series,
        drivers=sides,
        rolemodels=parts.rolemodels(prepared, row=row, direction=main, peers=peers, pairs=pairs),
        structure=parts.structure_view(prepared, window=window, city=city, peers=peers),
        findings=(
            *_not_added(asked, window=window),
            *_limits(peers),
            *parts.not_separated(prepared, row),
            *refusals,
            *breaks,
            *limits,
        ),
        provenance=provenance,
    )


def choose_balance(prepared: Prepared, *, city: str, year: int | None, asked: Question) -> int:
    """Row of the balance asked about: of that year, else the newest that answers the question.

    One that knows the first outcome of the question goes before a newer one that does not, if it is
    at most three years older.
    """
    rows = prepared.rows_of.get(city)
    if not rows:
        raise CannotCompute(Finding(Code.CITY_WITHOUT_BALANCE, {"city": city}))
    years = sorted({int(prepared.years[row]) for row in rows})
    if year is not None and year not in years:
        facts: dict[str, Fact] = {"city": city, "year": year, "years": ", ".join(map(str, years))}
        raise CannotCompute(Finding(Code.YEAR_WITHOUT_BALANCE, facts))
    there = [row for row in rows if year is None or prepared.years[row] == year]
    wanted = _candidates(asked)
    for several in (wanted[:-1], wanted):
        answering = [row for row in there if any(prepared.known(row, name) for name in several)]
        if answering:
            newest = max(int(prepared.years[row]) for row in answering)
            return min(answering, key=lambda row: _standing(prepared, row, first=wanted[0], newest=newest))
    return max(there, key=lambda row: (prepared.years[row], row))


def _standing(prepared: Prepared, row: int, *, first: str, newest: int) -> tuple[object, ...]:
    """Sort key of a balance: recent and with the first outcome, then newer, then fuller, then by id."""
    year = int(prepared.years[row])
    recent = prepared.known(row, first) and newest - year <= WINDOW_YEARS
    return (not recent, -year, -sum(prepared.known(row, name) for name in OUTCOMES), row)


def main_outcome(prepared: Prepared, *, row: int, asked: Question) -> str:
    """The first outcome of the question that the balance knows, or the reason why there is none."""
    for name in _candidates(asked):
        if prepared.known(row, name):
            return name
    wanted = _candidates(asked)[0]
    city, year = prepared.columns["city"][row], int(prepared.years[row])
    missing = prepared.missing[row][OUTCOMES.index(wanted)]
    if missing == "population":
        raise CannotCompute(Finding(Code.CITY_WITHOUT_POPULATION, {"city": str(city), "year": year}))
    facts: dict[str, Fact] = {"city": str(city), "year": year, "outcome": wanted, "missing": missing}
    raise CannotCompute(Finding(Code.SECTOR_NOT_SEPARATED, facts))


def _candidates(asked: Question) -> tuple[str, ...]:
    if asked.outcome is not None:
        return (asked.outcome,)
    # with nothing but a total, the total is what can be compared
    return (*MAIN_OUTCOMES[asked.question], *(("full",) if asked.question == "overall" else ()))


def _check(asked: Question) -> None:
    if asked.question not in QUESTIONS:
        raise CannotCompute(_unknown("question", asked.question, QUESTIONS))
    if asked.outcome is not None and asked.outcome not in OUTCOMES:
        raise CannotCompute(_unknown("outcome", asked.outcome, OUTCOMES))


def _unknown(option: str, given: str, choices: Sequence[str]) -> Finding:
    return Finding(Code.UNKNOWN_CHOICE, {"asked": given, "option": option, "choices": ", ".join(choices)})


def _peers(prepared: Prepared, *, window: Window, city: str, year: int, asked: Question) -> Peers:
    profile = {**prepared.profiles[asked.question], **(asked.weights or {})}
    unknown = [name for name in asked.weights or {} if name not in window.features.variables]
    if unknown:
        raise CannotCompute(_unknown("weight", unknown[0], window.features.variables))
    return find_peers(
        window.features,
        city=city,
        profile=profile,
        pool=window.features.cities if asked.pool is None else asked.pool,
        country=prepared.country,
        countries=asked.countries,
        add=asked.add,
        remove=asked.remove,
        k=asked.k,
        per_country_max=asked.per_country_max,
        cutoff=asked.cutoff,
        draws=asked.draws,
        seed=asked.seed,
        year=year,
    )


def _not_added(asked: Question, *, window: Window) -> tuple[Finding, ...]:
    """Cities asked for by name that have no balance near the year."""
    absent = [city for city in dict.fromkeys(asked.add) if city not in window.features.row]
    facts = {"window": asked.window, "year": window.year}
    return tuple(Finding(Code.PEER_CANNOT_BE_ADDED, {"city": city, **facts}, severity=Severity.WARNING) for city in absent)


def _limits(peers: Peers) -> tuple[Finding, ...]:
    limit = peers.per_country_max
    counts = peers.peer["country"].value_counts()["count"]
    if limit is None or counts.max() != limit or counts.len() == 1:
        return ()
    return (Finding(Code.COUNTRY_LIMIT, {"limit": limit}, severity=Severity.NOTE),)
