"""The parts of a benchmark, each made from the prepared release and the peers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from citytandem.findings import Code, Fact, Finding, Severity
from citytandem.science.balance import gate as gates
from citytandem.science.balance.gate import kind_aspects, verdict, weakest
from citytandem.science.balance.totals import PARTS
from citytandem.science.benchmark import drivers as split
from citytandem.science.benchmark import position as place
from citytandem.science.benchmark.expected import Expectation, expect
from citytandem.science.benchmark.peers import Peers
from citytandem.science.benchmark.prepare import COLUMN, Prepared, Window
from citytandem.science.benchmark.rolemodels import dominating
from citytandem.science.benchmark.shared import half_of_gap, half_of_value
from citytandem.science.benchmark.structure import Floats
from citytandem.science.benchmark.trend import FEWEST_YEARS, last_unbroken, slope_of
from citytandem.tables.results_benchmark import ASPECTS, OUTCOMES


@dataclass(frozen=True)
class Pairs:
    """The balances of the peers, and what the gate says: ``status`` by outcome and peer."""

    cities: tuple[str, ...]
    rows: tuple[int, ...]
    status: dict[str, tuple[str, ...]]
    gate: pl.DataFrame

    def open(self, outcome: str) -> NDArray[np.int64]:
        """Numbers of the peers the gate lets through for an outcome."""
        return np.array([at for at, status in enumerate(self.status[outcome]) if status != "not"], dtype=np.int64)


def pair_up(prepared: Prepared, *, window: Window, row: int, peers: Sequence[str], reach: int) -> Pairs:
    """Judge the balance of each peer beside the own one, for every outcome."""
    own = prepared.header(row)
    rows = [_row_of(prepared, window, peer, year=own.year) for peer in peers]
    headers = [prepared.header(other) for other in rows]
    of_pair = [_told(gates.pair_aspects(own, header, window=reach)) for header in headers]
    status: dict[str, tuple[str, ...]] = {}
    cells: list[gates.Told] = []
    for outcome in OUTCOMES:
        verdicts = []
        for header, at, told in zip(headers, rows, of_pair, strict=True):
            alike = _alike(prepared, own, header, pair=(row, at), outcome=outcome)
            sectors = gates.described(gates.sectors(own, header, outcome=outcome))
            sheet = {**alike, **told, "sectors": sectors}
            cells += [sheet[aspect] for aspect in ASPECTS]
            verdicts.append(weakest(cell[0] for cell in sheet.values()))
        status[outcome] = tuple(verdicts)
    return Pairs(tuple(peers), tuple(rows), status, _gate_of(cells, headers))


def _gate_of(cells: list[gates.Told], headers: Sequence[gates.Header]) -> pl.DataFrame:
    """The sheet of all outcomes, peers and aspects, in this order."""
    step = len(ASPECTS)
    columns = {
        "outcome": [outcome for outcome in OUTCOMES for _ in range(step * len(headers))],
        "other": [header.balance for header in headers for _ in ASPECTS] * len(OUTCOMES),
        "aspect": [*ASPECTS] * (len(headers) * len(OUTCOMES)),
        "city": [header.city for header in headers for _ in ASPECTS] * len(OUTCOMES),
        **dict(zip(("status", "code", "own", "theirs", "cure"), zip(*cells, strict=True), strict=cells != [])),
    }
    return pl.DataFrame(columns, schema=gates.SCHEMA)


def _alike(
    prepared: Prepared, own: gates.Header, other: gates.Header, *, pair: tuple[int, int], outcome: str
) -> dict[str, gates.Told]:
    """The aspects that depend on how the two were made; judged once for each pair of kinds."""
    key = int(prepared.kind[pair[0]]), int(prepared.kind[pair[1]]), outcome
    if key not in prepared.judged:
        prepared.judged[key] = _told(kind_aspects(own, other, outcome=outcome))
    return prepared.judged[key]


def _told(judged: Mapping[str, gates.Judged]) -> dict[str, gates.Told]:
    return {aspect: gates.described(one) for aspect, one in judged.items()}


def _row_of(prepared: Prepared, window: Window, peer: str, *, year: int) -> int:
    """The balance chosen for a peer; for one added by hand from outside the window its nearest."""
    if peer in window.row_of:
        return window.row_of[peer]
    return min(prepared.rows_of[peer], key=lambda row: (abs(prepared.years[row] - year), row))


def own_outcomes(prepared: Prepared, row: int) -> pl.DataFrame:
    """The own outcomes, as in the table Outcome."""
    step = len(OUTCOMES)
    return prepared.outcome.slice(row * step, step)


def positions(
    prepared: Prepared, *, window: Window, row: int, peers: Peers, pairs: Pairs, needed: int
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[Finding, ...]]:
    """Position by outcome known, the strips of the peers, and why an outcome is refused."""
    own = own_outcomes(prepared, row)
    weights = peers.peer["weight"].to_numpy()
    city_row = window.features.row[str(prepared.columns["city"][row])]
    rows, refused = [], []
    for outcome, grade in own.select(pl.col("outcome").cast(pl.String), "grade").iter_rows():
        column = COLUMN[outcome]
        value, low, high = (float(grid[row, column]) for grid in (prepared.value, prepared.low, prepared.high))
        if np.isnan(value):
            continue
        through = pairs.open(outcome)
        answered: dict[str, object] = {"n_peers": through.size, "verdict": "cannot_tell", "status": "refused"}
        if through.size >= needed:
            others = [pairs.rows[at] for at in through]
            spread = place.spread(prepared.value[others, column], weights=weights[through])
            answered |= {**spread, "status": "complete"}
            answered |= _beside(prepared, row=row, others=others, weights=weights[through], outcome=outcome, spread=spread)
        else:
            facts = {"outcome": outcome, "found": int(through.size), "needed": needed}
            refused.append(Finding(Code.TOO_FEW_COMPARABLE_PEERS, facts, severity=Severity.WARNING))
        expectation = _expectation(prepared, window=window, row=row, outcome=outcome)
        answered |= expectation.of(city_row) if expectation else {}
        rows.append(_position_row(prepared, row=row, outcome=outcome, own=(value, low, high), answered=answered, grade=grade))
    return pl.DataFrame(rows, schema=POSITION), _strip(prepared, pairs), tuple(refused)


def _beside(
    prepared: Prepared, *, row: int, others: Sequence[int], weights: Floats, outcome: str, spread: Mapping[str, float]
) -> dict[str, object]:
    """The gap to the middle of the peers with its interval, and the verdict.

    The verdict takes the values of the peers as they are, and of the error of a grid only what does not move them along. The
    interval of the gap holds the errors of the peers too, as those of their weighted mean.
    """
    value, shares = float(prepared.value[row, COLUMN[outcome]]), weights / weights.sum()
    halves = [
        half_of_gap(prepared, row=row, others=others, weights=shares, sector=outcome, peers_apart=apart)
        for apart in (False, True)
    ]
    told = place.verdict(value=value, low=value - halves[0], high=value + halves[0], quantiles=np.array(list(spread.values())))
    gap = value - spread["median"]
    return {"verdict": told, "gap": gap, "gap_low": gap - halves[1], "gap_high": gap + halves[1]}


def _position_row(
    prepared: Prepared, *, row: int, outcome: str, own: tuple[float, float, float], answered: dict[str, object], grade: str | None
) -> dict[str, object]:
    head = prepared.columns
    return {
        "outcome": outcome,
        **dict(zip(("value", "low", "high"), own, strict=True)),
        **answered,
        "points": place.points(own[0], prepared.anchors.get(outcome)),
        "year": head["year"][row],
        "method": head["method"][row],
        "grade": grade,
        "source": head["source"][row],
    }


def _expectation(prepared: Prepared, *, window: Window, row: int, outcome: str) -> Expectation | None:
    """Learned from the cities whose balances are made in a way that can be compared with the own one; once for each way."""
    key = int(prepared.kind[row]), outcome
    if key not in window.expectations:
        open_ = _open_kinds(prepared, window=window, row=row, outcome=outcome)
        value = np.where(open_, prepared.value[window.rows, COLUMN[outcome]], np.nan)
        window.expectations[key] = expect(window.design, value=value, families=window.families)
    return window.expectations[key]


def _open_kinds(prepared: Prepared, *, window: Window, row: int, outcome: str) -> NDArray[np.bool_]:
    """Which cities of the window are made in a way that can be compared with the own balance?"""
    own = prepared.header(row)
    _, first, member = np.unique(prepared.kind[window.rows], return_index=True, return_inverse=True)
    headers = [prepared.header(int(window.rows[at])) for at in first]
    open_ = [verdict(kind_aspects(own, header, outcome=outcome)) != "not" for header in headers]
    return np.array(open_)[member]


def _strip(prepared: Prepared, pairs: Pairs) -> pl.DataFrame:
    """The values of all outcomes and peers, in this order."""
    head, rows = prepared.columns, list(pairs.rows)
    numbers = {name: getattr(prepared, name)[rows].T.ravel() for name in ("value", "low", "high")}
    of_peer = {name: [head[name][row] for row in rows] * len(OUTCOMES) for name in ("year", "balance", "method", "source")}
    columns = {
        "outcome": [outcome for outcome in OUTCOMES for _ in rows],
        "peer": [*pairs.cities] * len(OUTCOMES),
        **numbers,
        **of_peer,
        "status": [status for outcome in OUTCOMES for status in pairs.status[outcome]],
    }
    return pl.DataFrame(columns, schema=STRIP, nan_to_null=True)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def trends(prepared: Prepared, *, row: int) -> tuple[pl.DataFrame, pl.DataFrame, tuple[Finding, ...]]:
    """The trend of each outcome, the series it is read from, and what to know about it."""
    city = str(prepared.columns["city"][row])
    chain = _chain(prepared, row)
    stated = ~np.isnan(prepared.emissions[chain])
    rows, findings = [], []
    for outcome in OUTCOMES:
        known = [at for at, is_known in zip(chain, stated[:, COLUMN[outcome]].tolist(), strict=True) if is_known]
        if not known:
            continue
        found = _trend(prepared, city=city, outcome=outcome, chain=known)
        rows.append(found)
        if found["status"] == "too_few_years":
            findings.append(_finding(Code.TOO_FEW_YEARS, Severity.NOTE, outcome=outcome, found=len(known), needed=FEWEST_YEARS))
        if found["status"] == "method_break":
            findings.append(_finding(Code.METHOD_BREAK, Severity.WARNING, outcome=outcome, years=str(found["breaks"])))
    return pl.DataFrame(rows, schema=TREND), _series(prepared, chain, stated=stated), tuple(findings)


def _finding(code: Code, severity: Severity, **facts: Fact) -> Finding:
    return Finding(code, facts, severity=severity)


def _chain(prepared: Prepared, row: int) -> list[int]:
    """One balance a year up to the own one: that of the own source where there are several."""
    source = prepared.columns["source"]
    best: dict[int, int] = {}
    for at in prepared.rows_of[str(prepared.columns["city"][row])]:
        year = int(prepared.years[at])
        if year > prepared.years[row]:
            continue
        if year not in best or (source[at] == source[row] and source[best[year]] != source[row]):
            best[year] = at
    best[int(prepared.years[row])] = row
    return [best[year] for year in sorted(best)]


def _trend(prepared: Prepared, *, city: str, outcome: str, chain: list[int]) -> dict[str, object]:
    kinds = [_made(prepared, at) for at in chain]
    years = [int(prepared.years[at]) for at in chain]
    breaks = [year for year, before, now in zip(years[1:], kinds, kinds[1:], strict=False) if before != now]
    start = last_unbroken(years, breaks=breaks)
    unbroken = len(years) - start >= FEWEST_YEARS
    used = chain[start:] if unbroken else chain
    basis, values = _series_of(prepared, outcome=outcome, rows=used)
    row: dict[str, object] = {
        "outcome": outcome,
        "city": city,
        "basis": basis,
        "n_years": len(used),
        "from_year": int(prepared.years[used[0]]),
        "to_year": years[-1],
        "breaks": ",".join(map(str, breaks)) or None,
    }
    if len(used) < FEWEST_YEARS:
        return {**row, "status": "too_few_years"}
    found = slope_of(prepared.years[used].astype(float), values=values)
    return {
        **row, "slope_per_year": found.slope, "low": found.low, "high": found.high,
        "status": "complete" if unbroken else "method_break",
    }  # fmt: skip


def _made(prepared: Prepared, row: int) -> tuple[int, object]:
    """How and by whom a balance was made; a change of it breaks a series."""
    return int(prepared.kind[row]), prepared.columns["source"][row]


def _series_of(prepared: Prepared, *, outcome: str, rows: list[int]) -> tuple[str, Floats]:
    """Per head where each year has a population of its own, else the total: one population for all years would feign a trend."""
    column = COLUMN[outcome]
    own = bool(prepared.own_population[rows].all())
    return ("per_head", prepared.value[rows, column]) if own else ("total", prepared.emissions[rows, column])


def _series(prepared: Prepared, chain: list[int], *, stated: NDArray[np.bool_]) -> pl.DataFrame:
    """The outcomes stated, by outcome and year; the chain is in the order of years."""
    column, link = np.nonzero(stated.T)
    return prepared.series[np.array(chain)[link] * len(OUTCOMES) + column]


def driver_pairs(
    prepared: Prepared, *, row: int, outcome: str, peers: Peers, pairs: Pairs, base_year: int | None, needed: int
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """The two sides of each difference to be explained: against the peers, and against the own base year."""
    frames = [pl.DataFrame(schema=split.PAIRS)]
    through = pairs.open(outcome)
    if through.size >= needed:
        fine = _as_fine(prepared, row=row, outcome=outcome, pairs=pairs, through=through)
        through = fine if fine.size >= needed else through
        frames.append(_against_peers(prepared, row=row, outcome=outcome, peers=peers, pairs=pairs, through=through))
    base = _base(prepared, row=row, outcome=outcome, base_year=base_year)
    findings: tuple[Finding, ...] = ()
    if base is not None:
        deep = _by_energy(prepared, row=row, base=base, outcome=outcome)
        frames += [_against_past(prepared, row=row, base=base, outcome=outcome), *([] if deep is None else [deep])]
        if deep is None:
            city, year = str(prepared.columns["city"][row]), int(prepared.years[row])
            findings = (_finding(Code.ENERGY_NOT_KNOWN, Severity.NOTE, city=city, year=year),)
    return pl.concat(frames), findings


def _as_fine(prepared: Prepared, *, row: int, outcome: str, pairs: Pairs, through: NDArray[np.int64]) -> NDArray[np.int64]:
    """The peers whose balances separate the outcome as finely as the own balance does."""
    own = _side(prepared.value[row])
    sectors = split.partition(outcome, sides=[own])[0].keys()
    others = [(at, _side(prepared.value[pairs.rows[at]])) for at in through]
    fine = [at for at, side in others if split.partition(outcome, sides=[own, side])[0].keys() == sectors]
    return np.array(fine, dtype=np.int64)


def _against_peers(
    prepared: Prepared, *, row: int, outcome: str, peers: Peers, pairs: Pairs, through: NDArray[np.int64]
) -> pl.DataFrame:
    """Spatial: against the similarity-weighted mean of the peers, at the own population, so that size makes no difference."""
    rows = [row, *(pairs.rows[at] for at in through)]
    own, *others = split.partition(outcome, sides=[_side(prepared.value[at]) for at in rows])
    weights = peers.peer["weight"].to_numpy()[through]
    weights = weights / weights.sum()
    reference = {name: float(sum(weight * other[name] for weight, other in zip(weights, others, strict=True))) for name in own}
    people = _population(prepared, row)
    gap = {
        name: half_of_gap(prepared, row=row, others=rows[1:], weights=weights, sector=_sector_of(name, outcome)) for name in own
    }
    found = split.by_sector(own, reference=reference, people=(people, people), kind="spatial", name="peers")
    return split.with_errors(found, gap=gap)


def _against_past(prepared: Prepared, *, row: int, base: int, outcome: str) -> pl.DataFrame:
    """Temporal: sector by sector against the base year."""
    own, before = split.partition(outcome, sides=[_side(prepared.value[at]) for at in (row, base)])
    people = _population(prepared, row), _population(prepared, base)
    errors = [{name: half_of_value(prepared, row=at, sector=_sector_of(name, outcome)) for name in own} for at in (row, base)]
    name = str(prepared.columns["balance"][base])
    found = split.by_sector(own, reference=before, people=people, kind="temporal", name=name)
    return split.with_errors(found, own=errors[0], reference=errors[1])


def _sector_of(name: str, outcome: str) -> str:
    """What a sector of a driver is made of: an outcome by its own name, or the whole."""
    return outcome if name == "total" else name


def _by_energy(prepared: Prepared, *, row: int, base: int, outcome: str) -> pl.DataFrame | None:
    """Temporal: at the deepest identity with energy that both years allow."""
    if not (prepared.has_energy[row] and prepared.has_energy[base]):
        return None
    people = _population(prepared, row), _population(prepared, base)
    lines = [prepared.lines_of(at) for at in (row, base)]
    for _, view, with_carriers in split.LEVELS:
        sides = [split.energy_of(each, sectors=PARTS.get(outcome, ()), view=view, with_carriers=with_carriers) for each in lines]
        if sides[0] is None or sides[1] is None:
            continue
        deep = split.by_energy(
            sides[0], reference=sides[1], people=people, kind="temporal", name=str(prepared.columns["balance"][base])
        )
        if deep is not None:
            return deep
    return None


def _side(values: Floats) -> dict[str, float | None]:
    return {name: _known(value) for name, value in zip(OUTCOMES, values.tolist(), strict=True)}


def _population(prepared: Prepared, row: int) -> float:
    return float(prepared.population[row])


def _base(prepared: Prepared, *, row: int, outcome: str, base_year: int | None) -> int | None:
    """The base: the year asked for, else the earliest made like the own balance with a population near in time."""
    fit = [
        at
        for at in _chain(prepared, row)
        if prepared.years[at] < prepared.years[row]
        and prepared.known(at, outcome)
        and (_made(prepared, at) == _made(prepared, row) or prepared.years[at] == base_year)
    ]
    if base_year is not None:
        fit = [at for at in fit if prepared.years[at] == base_year]
    return fit[0] if fit else None


WITHOUT_INDUSTRY = ("households", "buildings", "transport", "waste", "core_no_industry")
WITH_INDUSTRY = ("industry", "stationary", "transport", "waste", "core")


def rolemodels(prepared: Prepared, *, row: int, direction: str, peers: Peers, pairs: Pairs) -> pl.DataFrame:
    """Peers that emit less in the direction, and whether they are no worse in every outcome compared."""
    industrial = direction in {*WITH_INDUSTRY, "core_waste", "full"} - {*WITHOUT_INDUSTRY}
    compared = list(dict.fromkeys((direction, *(WITH_INDUSTRY if industrial else WITHOUT_INDUSTRY))))
    columns = [COLUMN[name] for name in compared]
    own = prepared.value[row, columns]
    others = prepared.value[np.ix_(pairs.rows, columns)].copy()
    for at, name in enumerate(compared):
        others[[status == "not" for status in pairs.status[name]], at] = np.nan
    better, dominates = dominating(own, others=others, direction=0)
    distance = peers.peer["distance"]
    rows = [
        (
            pairs.cities[at], name, direction, float(own[column]), float(others[at, column]),
            *_gain(prepared, row=row, other=pairs.rows[at], outcome=name),
            bool(dominates[at]), bool(prepared.columns["top_down"][pairs.rows[at]]), float(distance[at]),
        )
        for at in np.flatnonzero(better).tolist()
        for column, name in enumerate(compared)
        if not np.isnan(own[column]) and not np.isnan(others[at, column])
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=ROLEMODEL, orient="row")


def _gain(prepared: Prepared, *, row: int, other: int, outcome: str) -> tuple[float, float, float]:
    """Own value less that of a peer, with its interval."""
    column = COLUMN[outcome]
    gain = float(prepared.value[row, column] - prepared.value[other, column])
    half = half_of_gap(prepared, row=row, others=[other], weights=np.ones(1), sector=outcome)
    return gain, gain - half, gain + half


def structure_view(prepared: Prepared, *, window: Window, city: str, peers: Peers) -> pl.DataFrame:
    """The own structure beside the range of the peers."""
    found = window.features
    own = found.row[city]
    at = [found.row[peer] for peer in peers.peer["peer"] if peer in found.row]
    source = prepared.structure_source(city)
    ranges, counts = place.spans(found.raw[at])
    rows = []
    for column, name in enumerate(found.variables):
        is_class = name in found.classes
        year = int(found.years[own, column]) or None
        value = None if is_class else _known(found.raw[own, column])
        category = found.said(city, name) if is_class else None
        ends = [None] * 3 if is_class else [_known(end) for end in ranges[:, column]]
        rows.append((name, value, category, year, source.get((name, year)), *ends, int(counts[column])))
    return pl.DataFrame(rows, schema=STRUCTURE, orient="row")


def not_separated(prepared: Prepared, row: int) -> tuple[Finding, ...]:
    """A note for each outcome the own balance does not state."""
    city, year = str(prepared.columns["city"][row]), int(prepared.years[row])
    return tuple(
        Finding(
            Code.SECTOR_NOT_SEPARATED,
            {"city": city, "year": year, "outcome": outcome, "missing": missing},
            severity=Severity.NOTE,
        )
        for outcome, missing in zip(OUTCOMES, prepared.missing[row], strict=True)
        if missing is not None and missing != "population"
    )


_TEXT, _NUMBER = pl.String, pl.Float64
POSITION = {
    "outcome": _TEXT, "value": _NUMBER, "low": _NUMBER, "high": _NUMBER, "p10": _NUMBER, "p25": _NUMBER, "median": _NUMBER,
    "p75": _NUMBER, "p90": _NUMBER, "n_peers": pl.Int16, "expected": _NUMBER, "expected_low": _NUMBER, "expected_high": _NUMBER,
    "expected_n": pl.Int32, "gap": _NUMBER, "gap_low": _NUMBER, "gap_high": _NUMBER,
    "points": _NUMBER, "verdict": _TEXT, "year": pl.Int16, "method": _TEXT, "grade": _TEXT,
    "source": _TEXT, "status": _TEXT,
}  # fmt: skip
STRIP = {
    "outcome": _TEXT, "peer": _TEXT, "value": _NUMBER, "low": _NUMBER, "high": _NUMBER, "year": pl.Int16, "balance": _TEXT,
    "method": _TEXT, "source": _TEXT, "status": _TEXT,
}  # fmt: skip
TREND = {
    "outcome": _TEXT, "city": _TEXT, "basis": _TEXT, "slope_per_year": _NUMBER, "low": _NUMBER, "high": _NUMBER,
    "from_year": pl.Int16, "to_year": pl.Int16, "n_years": pl.Int16, "breaks": _TEXT, "status": _TEXT,
}  # fmt: skip
ROLEMODEL = {
    "peer": _TEXT, "outcome": _TEXT, "direction": _TEXT, "own_value": _NUMBER, "peer_value": _NUMBER, "gain_t_per_head": _NUMBER,
    "gain_low": _NUMBER, "gain_high": _NUMBER, "dominates": pl.Boolean, "top_down": pl.Boolean, "distance": _NUMBER,
}  # fmt: skip
STRUCTURE = {
    "variable": _TEXT, "own_value": _NUMBER, "own_category": _TEXT, "year": pl.Int16, "source": _TEXT, "p10": _NUMBER,
    "median": _NUMBER, "p90": _NUMBER, "n_known": pl.Int16,
}  # fmt: skip
