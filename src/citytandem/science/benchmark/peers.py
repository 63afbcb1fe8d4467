"""Which cities are built like this one? Chosen from structure alone, never from what they emit."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.benchmark.structure import Features, Floats

FEWEST, MOST, USUAL = 8, 15, 12
NEEDED = 5
CUTOFF = 0.25
"""Largest distance of a true peer: on weighted average a quarter of the way between a very low and a very high value. [P]"""
FEWEST_KNOWN_SHARE = 0.6
"""Cities of which less is known, by weight of the variables, are not compared: too little says that they are alike. [P]"""
WEIGHT_CHANGE = 0.2


@dataclass(frozen=True)
class Peers:
    """The peers of a city, and why.

    ``peer`` has a row per peer, most similar first; ``reason`` a row per peer and variable. ``within``
    counts the cities of the pool nearer than the cut-off, before the limit by country; ``unused`` names the
    variables of the profile that are known for too few cities to count.
    """

    peer: pl.DataFrame
    reason: pl.DataFrame
    within: int
    pool: int
    cutoff: float
    per_country_max: int | None
    unused: tuple[str, ...]

    def __repr__(self) -> str:
        nearest, countries = ", ".join(self.peer["peer"].head(3)), self.peer["country"].n_unique()
        return f"Peers({self.peer.height} of {self.within} alike cities in {countries} countries: {nearest}, ...)"


def find_peers(
    features: Features,
    *,
    city: str,
    profile: Mapping[str, float],
    pool: Collection[str],
    country: Mapping[str, str],
    seed: int,
    countries: Collection[str] | None = None,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    k: int = USUAL,
    per_country_max: int | None = None,
    cutoff: float = CUTOFF,
    draws: int = 200,
    year: int | None = None,
) -> Peers:
    """Find the cities whose structure is most like that of one city.

    The distance is Gower's: the weighted mean of how unlike two cities are in each variable, each
    between 0 and 1 on a robust scale. An unknown value counts as unlike as the less alike quarter of
    all pairs, so it widens the distance and never helps. Ties are broken by city id.

    Parameters
    ----------
    features
        Structure of all cities of the pool and of the city itself. It holds no outcome, so none can enter.
    profile
        Weight by variable; variables without a weight do not count.
    pool
        Cities that may become peers.
    country
        Country by city.
    countries
        Only these countries; None for all.
    add, remove
        Cities added (they count as peers at any distance) and left out by hand.
    k
        Number of peers, 8 to 15; those added count in it.
    per_country_max
        More than this many from one country only if the list would not be full otherwise; None for no limit.
    cutoff
        Largest distance of a true peer.
    draws, seed
        Weightings drawn for the stability, and their seed.
    year
        Only for the finding of a refusal.

    Returns
    -------
    :class:`Peers`, with frames as :class:`~citytandem.tables.results_benchmark.Peer` and ``PeerReason``.

    Raises
    ------
    CannotCompute
        NO_TRUE_PEERS if fewer than five cities lie within the cut-off; PEERS_CANNOT_BE_COUNTED if k is out of range;
        UNKNOWN_CHOICE if no variable that is known has a weight.

    References
    ----------
    Gower (1971), A general coefficient of similarity and some of its properties, Biometrics 27.
    """
    if not FEWEST <= k <= MOST:
        raise CannotCompute(Finding(Code.PEERS_CANNOT_BE_COUNTED, {"asked": k, "low": FEWEST, "high": MOST}))
    asked = np.array([max(float(profile.get(name, 0.0)), 0.0) for name in features.variables])
    weights = np.where(features.usable, asked, 0.0)
    if not weights.any():
        usable = [name for name, is_usable in zip(features.variables, features.usable, strict=True) if is_usable]
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": 0, "option": "weight", "choices": ", ".join(usable)}))
    unlike = features.unlikeness(city)
    distance = _weigh(unlike, weights / weights.sum())
    may = _allowed(features, city=city, pool=pool, country=country, countries=countries, remove={*add, *remove})
    by_hand = [features.row[name] for name in dict.fromkeys(add) if name in features.row and name != city]
    enough = _weigh(features.known, weights) >= FEWEST_KNOWN_SHARE * weights.sum()
    may &= enough & enough[features.row[city]]
    # no change of weights within the limits brings a city from further away than this inside the cut-off
    near = np.flatnonzero(may & (distance <= cutoff * (1 + WEIGHT_CHANGE) / (1 - WEIGHT_CHANGE)))
    room = max(k - len(by_hand), 0)
    choice = _Choice(_country_numbers(features, near, country), room, per_country_max, cutoff)
    chosen = near[choice.one(distance[near])].tolist()
    if len(chosen) + len(by_hand) < NEEDED:
        facts = {"city": city, "year": year, "found": len(chosen) + len(by_hand), "needed": NEEDED, "cutoff": cutoff}
        worst = _worst_variable(features, parts=unlike * weights, distance=np.where(may, distance, np.inf))
        raise CannotCompute(Finding(Code.NO_TRUE_PEERS, {**facts, "variable": worst}))
    within = int((distance[near] <= cutoff).sum())
    stays = np.zeros(distance.size)
    if room:
        stays[near] = _stability(choice, unlike=unlike[near], weights=weights, distance=distance[near], draws=draws, seed=seed)
    rows = sorted([*chosen, *by_hand], key=lambda at: (distance[at], features.cities[at]))
    peer = _peer_frame(
        features, city=city, rows=rows, distance=distance, weights=weights, stays=stays, added=set(by_hand), country=country
    )
    reason = _reason_frame(features, city=city, rows=rows, unlike=unlike, weights=weights)
    unused = tuple(name for name, left in zip(features.variables, (asked > 0) & ~features.usable, strict=True) if left)
    return Peers(peer, reason, within, int(may.sum()), cutoff, per_country_max, unused)


def similarity(distance: Floats) -> Floats:
    """Weights that add up to one and halve at about 1.2 times the median distance of the peers (a normal kernel). [P]

    >>> [round(float(weight), 3) for weight in similarity(np.array([0.1, 0.1, 0.2]))]
    [0.45, 0.45, 0.1]
    """
    width = float(np.median(distance)) or 1.0
    weights = np.exp(-0.5 * (distance / width) ** 2)
    return np.asarray(weights / weights.sum())


@dataclass(frozen=True)
class _Choice:
    """The rule by which peers are taken once distances are known."""

    group: NDArray[np.int64]
    k: int
    per_country_max: int | None
    cutoff: float

    def one(self, distance: Floats) -> list[int]:
        """Numbers of the peers, those within the limit by country first; cities are sorted by id, so ties go by id."""
        order = np.argsort(self._ordered(distance[None, :])[0], kind="stable")[: self.k]
        return [int(at) for at in order if distance[at] <= self.cutoff]

    def many(self, distance: Floats) -> NDArray[np.bool_]:
        """Is a city taken? For each row of distances; shape (draws, cities)."""
        ordered = self._ordered(distance)
        if self.k < ordered.shape[1]:
            edge = np.partition(ordered, self.k - 1, axis=1)[:, self.k - 1 : self.k]
            return np.isfinite(ordered) & (ordered <= edge)
        return np.isfinite(ordered)

    def bounds(self, taken: list[int], apart: Floats) -> Floats:
        """How near a city of each country must come in each weighting to be taken at all; shape (countries, draws).

        ``apart`` holds the distances of those taken in each weighting; they are always there. Where their list is full,
        one further away than its rivals among them comes after them all: in a country at its limit the rivals are those
        of the country; in other countries, all taken. If a country went over its limit, all at or over it are.
        """
        found = np.full((int(self.group.max(initial=-1)) + 1, apart.shape[1]), self.cutoff)
        if len(taken) < self.k:
            return found
        inside = apart.max(axis=0) <= self.cutoff
        home = self.group[taken]
        counts = np.bincount(home, minlength=len(found))
        limit = self.k if self.per_country_max is None else self.per_country_max
        for number, count in enumerate(counts.tolist()):
            over = (counts >= limit)[home] & (count >= limit)
            rivals = over if counts.max() > limit else (home == number) | (count < limit)
            if rivals.any():
                found[number, inside] = apart[rivals][:, inside].max(axis=0)
        return found

    def among(self, some: NDArray[np.int64]) -> _Choice:
        """The same rule for some of the cities."""
        return _Choice(self.group[some], self.k, self.per_country_max, self.cutoff)

    def _ordered(self, distance: Floats) -> Floats:
        """Distances, infinite beyond the cut-off, and raised for cities over the limit of their country: they come last."""
        left = np.where(distance <= self.cutoff, distance, np.inf)
        limit = self.per_country_max
        if limit is None:
            return left
        for number in np.flatnonzero(np.bincount(self.group) > limit):
            columns = np.flatnonzero(self.group == number)
            part = left[:, columns]
            edge = np.partition(part, limit - 1, axis=1)[:, limit - 1 : limit]
            left[:, columns] = np.where(part > edge, part + _OVER_THE_LIMIT, part)
        return left


_OVER_THE_LIMIT = 10.0
"""More than any distance, so that a city over the limit comes after all others."""


def _allowed(
    features: Features,
    *,
    city: str,
    pool: Collection[str],
    country: Mapping[str, str],
    countries: Collection[str] | None,
    remove: set[str],
) -> NDArray[np.bool_]:
    wanted = set(pool) - remove - {city}
    if countries is not None:
        wanted = {name for name in wanted if country.get(name) in countries}
    return np.array([name in wanted for name in features.cities], dtype=bool)


def _country_numbers(features: Features, rows: NDArray[np.int64], country: Mapping[str, str]) -> NDArray[np.int64]:
    names = [country.get(features.cities[row], "") for row in rows.tolist()]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _stability(choice: _Choice, *, unlike: Floats, weights: Floats, distance: Floats, draws: int, seed: int) -> Floats:
    """Share of weightings in which each city is taken; those that cannot be taken in any are not looked at."""
    base = weights / weights.sum()
    drawn = _drawn(tuple(weights.tolist()), draws, seed)
    shrinks = (drawn[:, base > 0] / base[base > 0]).min(axis=1)
    taken = choice.one(distance)
    bounds = choice.bounds(taken, _weigh(unlike[taken], drawn.T))
    some = np.flatnonzero(distance <= (bounds / shrinks).max(axis=1)[choice.group] * _SLACK)
    apart = _weigh(unlike[some], drawn.T)
    comes_in = (apart <= bounds[choice.group[some]] * _SLACK).any(axis=1)
    stays = np.zeros(distance.size)
    stays[some[comes_in]] = choice.among(some[comes_in]).many(apart[comes_in].T.copy()).mean(axis=0)
    return stays


_SLACK = 1 + 1e-12
"""Products taken in another order may differ in the last digit."""


@lru_cache(maxsize=64)
def _drawn(weights: tuple[float, ...], draws: int, seed: int) -> Floats:
    """Weights that add up to one, each drawn anew within the limits; shape (draws, variables)."""
    random = np.random.default_rng(seed)
    drawn = np.array(weights) * random.uniform(1 - WEIGHT_CHANGE, 1 + WEIGHT_CHANGE, (draws, len(weights)))
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def _weigh(values: NDArray[Any], weights: Floats) -> Floats:
    """The matrix product, in blocks so small that it stays in one thread: waking others would take longer."""
    step = max(1, (_ONE_THREAD if weights.ndim > 1 else _ONE_THREAD_VECTOR) // weights.size)
    blocks = [values[at : at + step] @ weights for at in range(0, len(values), step)]
    return np.concatenate(blocks) if blocks else np.zeros((0, *weights.shape[1:]))


_ONE_THREAD, _ONE_THREAD_VECTOR = 4 * 65_536, 4 * 2_304
"""Up to so many multiplications OpenBLAS, which comes with NumPy, takes one thread: for a matrix and for a vector."""


def _worst_variable(features: Features, *, parts: Floats, distance: Floats) -> str:
    """The variable that keeps the nearest cities away."""
    nearest = np.argsort(distance, kind="stable")[:NEEDED]
    return features.variables[int(parts[nearest].mean(axis=0).argmax())]


def _peer_frame(
    features: Features,
    *,
    city: str,
    rows: list[int],
    distance: Floats,
    weights: Floats,
    stays: Floats,
    added: set[int],
    country: Mapping[str, str],
) -> pl.DataFrame:
    names = [features.cities[at] for at in rows]
    both = features.known[rows] & features.known[features.row[city]]
    return pl.DataFrame(
        {
            "peer": names,
            "country": [country[name] for name in names],
            "distance": distance[rows],
            "weight": similarity(distance[rows]),
            "stability": stays[rows],
            "known_share": both @ (weights / weights.sum()),
            "added": [at in added for at in rows],
        }
    )


def _reason_frame(features: Features, *, city: str, rows: list[int], unlike: Floats, weights: Floats) -> pl.DataFrame:
    """One row per peer and variable that counts; most telling first, by what the variable adds to the distance."""
    own = features.row[city]
    counting = [int(column) for column in np.flatnonzero(weights > 0)]
    parts = unlike[rows] * weights
    sums = parts.sum(axis=1, keepdims=True)
    shares = (parts / np.where(sums == 0, 1.0, sums)).tolist()
    found = []
    for number, at in enumerate(rows):
        told = [
            _reason(features, own=own, at=at, column=column, gap=float(unlike[at, column]), share=shares[number][column])
            for column in counting
        ]
        found += sorted(told, key=lambda row: (-row[6], row[1]))
    return pl.DataFrame(found, schema=REASON, orient="row")


def _reason(features: Features, *, own: int, at: int, column: int, gap: float, share: float) -> tuple[Any, ...]:
    name = features.variables[column]
    numbers = [float(features.raw[row, column]) for row in (own, at)]
    known = [not math.isnan(number) for number in numbers]
    if name in features.classes:
        classes = features.classes[name]
        said = [classes[int(number)] if is_known else None for number, is_known in zip(numbers, known, strict=True)]
        values: list[float | None] = [None, None]
    else:
        said = [f"{number:.6g}" if is_known else None for number, is_known in zip(numbers, known, strict=True)]
        values = [number if is_known else None for number, is_known in zip(numbers, known, strict=True)]
    direction = _direction(features, own=own, at=at, column=column, gap=gap)
    return features.cities[at], name, *said, *values, share, gap, direction


ALIKE = 0.15
"""Below this unlikeness in a variable two cities are called alike in it. [P]"""


def _direction(features: Features, *, own: int, at: int, column: int, gap: float) -> str:
    if not (features.known[own, column] and features.known[at, column]):
        return "unknown"
    if gap <= ALIKE:
        return "alike"
    if features.variables[column] in features.classes:
        return "other"
    return "more" if features.raw[at, column] > features.raw[own, column] else "less"


REASON = {
    "peer": pl.String,
    "variable": pl.String,
    "own": pl.String,
    "other": pl.String,
    "own_value": pl.Float64,
    "other_value": pl.Float64,
    "contribution": pl.Float64,
    "unlikeness": pl.Float64,
    "direction": pl.String,
}
