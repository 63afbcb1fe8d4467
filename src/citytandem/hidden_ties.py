"""How often would the proposals have found the ties real cities have? Written as a section of the validation page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.matchmaking import gather_network
from citytandem.places import read_places
from citytandem.readiness import prepare_all
from citytandem.science.benchmark.structure import features
from citytandem.science.partners.held_out import (
    FIRSTS,
    NOT_PROPOSED,
    chance_of_hits,
    count_hits,
    score_by_leads,
    sum_up,
    sum_up_chance,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from citytandem.atlas import Atlas

    Floats = NDArray[np.float64]

SEED = 2026
DRAWS = 1000
ASKING = 800
"""So many of the cities with a tie ask; the sample is drawn with the seed, to keep the test within a few minutes."""
FURTHEST_KM = 20015.1
LOG_SPAN = 4.0
"""Populations whose logarithms differ by this (55 times) are as unlike as places at opposite ends of the Earth. [P]"""


@dataclass(frozen=True)
class Pool:
    """Cities among which proposals are made: who asks, and who is tied to whom."""

    cities: tuple[str, ...]
    asking: tuple[int, ...]
    linked: NDArray[np.bool_]
    abroad: NDArray[np.bool_]


def find_hidden_ties(atlas: Atlas, *, seed: int = SEED, asking: int = ASKING) -> pl.DataFrame:
    """Hide the ties, propose by likeness, by leads, by distance and population, and by chance, and count the hits.

    Returns
    -------
    Pool (tied: every city with a tie; balances: those with a tie among cities with a balance), among (anywhere, abroad), asked,
    cities, leads (ordered pairs with one), by, first, share, low, high.
    """
    rows, known = [], 0
    for name, pool in (("tied", _all_tied(atlas, seed=seed, asking=asking)), ("balances", _with_balance(atlas))):
        ways = {"likeness": _by_likeness(atlas, pool), "distance": _by_distance(atlas, pool)}
        if name == "balances":
            leads = _by_leads(atlas, pool)
            ways = {"leads": leads, "both": np.where(np.isfinite(leads), leads, ways["likeness"]), **ways}
            known = int(np.isfinite(leads).sum())
        own = np.zeros_like(pool.linked)
        own[np.arange(len(pool.asking)), list(pool.asking)] = True
        for among, allowed in (("anywhere", ~own), ("abroad", pool.abroad)):
            chance = chance_of_hits(linked=pool.linked, allowed=allowed)
            found = {way: sum_up(count_hits(score, linked=pool.linked, allowed=allowed)) for way, score in ways.items()}
            found["chance"] = sum_up_chance(chance, draws=DRAWS, seed=seed)
            if name == "balances":
                short = (np.isfinite(leads) & allowed).sum(axis=1)
                fair = chance_of_hits(linked=pool.linked, allowed=allowed, longest=short)
                found["short"] = sum_up_chance(fair, draws=DRAWS, seed=seed)
            size = {"pool": name, "among": among, "asked": len(pool.asking), "cities": len(pool.cities), "leads": known}
            rows += [size | {"by": way} | row for way, frame in found.items() for row in frame.to_dicts()]
    return pl.DataFrame(rows)


def count_pairs_with_stages(atlas: Atlas) -> int:
    """Ties of which both cities publish what they have done."""
    telling = atlas.stage["city"].unique().implode()
    return atlas.tie.filter(pl.col("city").is_in(telling) & pl.col("other").is_in(telling)).height


def _all_tied(atlas: Atlas, *, seed: int, asking: int) -> Pool:
    known = atlas.structure["city"].unique().implode()
    ties = atlas.tie.filter(pl.col("city").is_in(known) & pl.col("other").is_in(known))
    return _make_pool(atlas, ties, seed=seed, asking=asking)


def _with_balance(atlas: Atlas) -> Pool:
    known = atlas.balance["city"].unique().implode()
    ties = atlas.tie.filter(pl.col("city").is_in(known) & pl.col("other").is_in(known))
    return _make_pool(atlas, ties, seed=0, asking=None)


def _make_pool(atlas: Atlas, ties: pl.DataFrame, *, seed: int, asking: int | None) -> Pool:
    cities = sorted({*ties["city"], *ties["other"]})
    at = {city: number for number, city in enumerate(cities)}
    chosen = np.arange(len(cities))
    if asking is not None and asking < len(cities):
        chosen = np.sort(np.random.default_rng(seed).choice(len(cities), size=asking, replace=False))
    row = {int(number): place for place, number in enumerate(chosen)}
    linked = np.zeros((len(chosen), len(cities)), bool)
    for one, other in ties.select("city", "other").iter_rows():
        for left, right in ((at[one], at[other]), (at[other], at[one])):
            if left in row:
                linked[row[left], right] = True
    country = dict(atlas.city.filter(pl.col("city").is_in(cities)).select("city", "country").iter_rows())
    land = np.array([country[city] for city in cities])
    return Pool(tuple(cities), tuple(int(number) for number in chosen), linked, land[chosen][:, None] != land[None, :])


def _by_likeness(atlas: Atlas, pool: Pool) -> Floats:
    """Likeness of structure alone: the order of proposals where nothing else is known."""
    prepared = prepare_all(atlas)
    profile = prepared.profiles["overall"]
    seen = features(
        atlas.structure.filter(pl.col("city").is_in(list(pool.cities))), cities=pool.cities, year=int(prepared.years.max()),
        variables=list(profile), scale=prepared.scale,
    )  # fmt: skip
    weights = np.where(seen.usable, [max(float(profile[name]), 0.0) for name in seen.variables], 0.0)
    parts = weights / (weights.sum() or 1.0)
    return np.stack([1.0 - seen.unlikeness(pool.cities[number]) @ parts for number in pool.asking])


def _by_leads(atlas: Atlas, pool: Pool) -> Floats:
    """The order of a search for partners, without its ties."""
    network = gather_network(atlas, pool.cities)
    scored = score_by_leads(network.leads, closeness=network.closeness)
    at = {city: number for number, city in enumerate(pool.cities)}
    row = {number: place for place, number in enumerate(pool.asking)}
    found = np.full(pool.linked.shape, NOT_PROPOSED)
    for city, other, score in scored.iter_rows():
        if at[city] in row:
            found[row[at[city]], at[other]] = score
    return found


def _by_distance(atlas: Atlas, pool: Pool) -> Floats:
    """Nearness and like population, half each; what is not known counts as far."""
    places = pl.DataFrame({"city": pool.cities}).join(read_places(atlas), on="city", how="left", maintain_order="left")
    people = (
        atlas.structure.filter((pl.col("variable").cast(pl.String) == "population") & (pl.col("value") > 0))
        .sort("city", "year")
        .unique("city", keep="last", maintain_order=True)
        .select("city", "value")
    )
    size = np.log(places.join(people, on="city", how="left", maintain_order="left")["value"].cast(pl.Float64).to_numpy())
    north, east = (np.radians(places[name].cast(pl.Float64).to_numpy()) for name in ("latitude", "longitude"))
    asked = list(pool.asking)
    half = np.sin((north[asked][:, None] - north) / 2) ** 2
    half = half + np.cos(north[asked])[:, None] * np.cos(north) * np.sin((east[asked][:, None] - east) / 2) ** 2
    far = 2 * 6371.0088 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))) / FURTHEST_KM
    unlike = np.minimum(np.abs(size[asked][:, None] - size) / LOG_SPAN, 1.0)
    score: Floats = 1.0 - (np.nan_to_num(far, nan=1.0) + np.nan_to_num(unlike, nan=1.0)) / 2
    return score


def write_section(atlas: Atlas, *, seed: int = SEED, say: Callable[[str], None] | None = None) -> str:
    """The section in Markdown, computed from a release; the same release gives the same words."""
    if say is not None:
        say("ties")
    found = find_hidden_ties(atlas, seed=seed)
    both = count_pairs_with_stages(atlas)
    tied, balances = (found.filter(pl.col("pool") == name).row(0, named=True) for name in ("tied", "balances"))
    return _SECTION.format(
        ties=atlas.tie.height,
        asked=tied["asked"],
        tied=tied["cities"],
        balances=balances["cities"],
        leads=balances["leads"],
        pairs=balances["cities"] * (balances["cities"] - 1),
        seed=seed,
        draws=DRAWS,
        table=_tabulate(found),
        reading=_read(found),
        stages=_STAGES if both else _NO_STAGES,
    )


_POOLS = {"tied": "all cities with a tie", "balances": "those with a balance"}
_WAYS = {
    "leads": "our proposals without ties",
    "both": "our proposals, then the most alike",
    "likeness": "likeness of structure alone",
    "distance": "distance and population alone",
    "chance": "chance",
    "short": "chance, lists as short as our proposals",
}


def _tabulate(found: pl.DataFrame) -> str:
    heads = ["proposed among", "by", *(f"first {first}" for first in FIRSTS)]
    lines = [heads, ["---"] * len(heads)]
    for (pool, among, way), part in found.group_by("pool", "among", "by", maintain_order=True):
        cells = [_cell(row) for row in part.sort("first").to_dicts()]
        lines.append([_name_pool(str(pool), among=str(among)), _WAYS[str(way)], *cells])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _name_pool(pool: str, *, among: str) -> str:
    return _POOLS[pool] + (", other countries only" if among == "abroad" else "")


def _cell(row: dict[str, float]) -> str:
    return f"{100 * row['share']:.1f} % ({100 * row['low']:.1f} to {100 * row['high']:.1f})"


def _read(found: pl.DataFrame) -> str:
    """What the table says of the first twenty, counted from it."""
    told = []
    for (pool, among), part in found.filter(pl.col("first") == max(FIRSTS)).group_by("pool", "among", maintain_order=True):
        rows = {str(row["by"]): row for row in part.to_dicts()}
        place = _name_pool(str(pool), among=str(among))
        for way in (name for name in ("leads", "both", "likeness") if name in rows):
            chance = _compare(rows[way], rows["short" if way == "leads" else "chance"])
            distance = _compare(rows[way], rows["distance"])
            told.append(
                f"- Among {place}, {_WAYS[way]}: a tie among the first {max(FIRSTS)} {chance} chance, "
                f"and {distance} distance and population alone."
            )
    return "\n".join(told)


def _compare(ours: dict[str, float], theirs: dict[str, float]) -> str:
    """Intervals that overlap tell of no difference; this is careful rather than sharp."""
    if ours["low"] > theirs["high"]:
        return "more often than by"
    return "less often than by" if ours["high"] < theirs["low"] else "about as often as by"


_STAGES = "Ties of which both cities publish what they have done are among them, and are not told apart yet."
_NO_STAGES = (
    "Of no tie do both cities publish what they have done, so what the evidence of measures adds cannot be tested with this "
    "release."
)
_SECTION = """## Ties of real cities, hidden and looked for

The release lists {ties} ties between cities, nearly all of them twin towns. They are hidden, proposals are made, and it is
counted for how many cities at least one of their real ties stands among the first five, ten and twenty proposals.
{asked} of the {tied} cities with a tie ask, drawn with seed {seed} to keep the test short. Of the {balances} cities that have
a tie among the cities with a balance, all ask.
In brackets: the 90 % interval (Wilson); for chance, the range of nine in ten of {draws} shuffles of all lists.

{table}

*Our proposals without ties* are those of `citytandem partners`: pairs in which both learn, then those in which the city learns,
then the others, and within each the most alike. A lead is known for {leads} of {pairs} ordered pairs of cities with a balance, so
most of these lists are short or empty. Chance is therefore also shown for lists of the same length, and the next row fills
them up with the most alike. Without a balance only likeness is left.
*Distance and population alone* adds nearness and like size, half each.

{reading}

{stages}

Most twin towns were chosen decades ago for friendship, language, a shared past or a person who knew somebody, not for their
emissions. A hit shows that we would have thought of the same pair; a miss does not show that the pair we propose is worse, nor
that it is better. Only what comes of the tandems can show that.
"""
