"""The main job: where every city stands among its true peers, beside a plain pandas and scikit-learn version."""

from __future__ import annotations

import numpy as np

from benchmarks import plain_city
from benchmarks.race import OURS, Contest
from citytandem.atlas import load
from citytandem.findings import CannotCompute
from citytandem.readiness import prepare_all, prepare_for
from citytandem.science.benchmark.answer import answer, answer_all

TOLERANCE = "equal peers, distances within 1e-9; where our gate opens to all peers, 95 % of positions within 1e-9"
CITY = "DE-08221000"  # Heidelberg
PLAIN = "pandas and scikit-learn, part of the job"


def measure_all(folder):
    """From files to the answer of every city."""
    return answer_all(prepare_all(load(folder)))[0]


def measure_one(folder, city):
    """From files to the answer of one city, as the command line does it."""
    return {city: answer(prepare_for(load(folder), city=city), city=city)}


def measure_some(prepared, cities):
    found = {}
    for city in cities:
        try:
            found[city] = answer(prepared, city=city)
        except CannotCompute:
            continue
    return found


def agree(ours, theirs, name):
    """Equal peers and distances; equal positions wherever our gate lets all known peers through, but for a few.

    The few are cities with balances that need a rule of the house the plain version lacks.
    """
    same = seen = 0
    for city, found in ours.items():
        own = dict(found.peers.peer.select("peer", "distance").iter_rows())
        assert own.keys() == theirs["peers"][city].keys(), (name, city)
        np.testing.assert_allclose([own[peer] for peer in own], [theirs["peers"][city][peer] for peer in own], rtol=1e-9)
        for row in found.position.filter(found.position["outcome"] != "full").iter_rows(named=True):
            told = theirs["position"].get((city, row["outcome"]))
            if told is None or told[1] != row["n_peers"]:
                continue
            value, _, spread = told
            own_numbers = [row[name] for name in ("value", "p10", "p25", "median", "p75", "p90")]
            same += np.allclose(own_numbers, [value, *spread], rtol=1e-9, atol=0.0)
            seen += 1
    assert same >= 0.95 * seen, f"{same} of {seen} positions are equal"
    assert seen >= len(ours) // 2, f"only {seen} positions could be compared"
    print(f"{name}: peers of {len(ours):,} cities equal; {same:,} of {seen:,} comparable positions equal")


def contests(scale: float) -> list[Contest]:
    atlas = load()
    prepared = prepare_all(atlas)
    everyone = sorted(prepared.rows_of)
    cities = everyone if scale >= 1 else everyone[:: max(1, round(1 / scale))]
    answered = measure_some(prepared, cities)
    cases = [(city, found.balance["balance"][0], found.year) for city, found in answered.items()]
    kinds = {str(name): str(kind) for name, kind in atlas.facts.variable.select("variable", "scale").iter_rows()}
    weights = {name: weight for name, weight in prepared.profiles["overall"].items() if weight > 0}
    kinds = {name: kind for name, kind in kinds.items() if any(name in used for used in prepared.profiles.values())}

    def plainly(wanted):
        return plain_city.benchmark_cities(plain_city.read(atlas.folder), wanted, kinds=kinds, weights=weights)

    if scale >= 1:
        ours, size = lambda: measure_all(atlas.folder), f"{len(cases):,} cities answered, from files"
    else:
        ours, size = lambda: measure_some(prepare_all(load(atlas.folder)), cities), f"{len(cases):,} cities, from files"
    some = next((case for case in cases if case[0] == CITY), cases[0])
    return [
        Contest(
            "Benchmark of all cities at once",
            size,
            {OURS: ours, PLAIN: lambda: plainly(cases)},
            agree,
            TOLERANCE,
        ),
        Contest(
            "Benchmark of one city",
            f"{some[0]}, from files, libraries loaded",
            {OURS: lambda: measure_one(atlas.folder, some[0]), PLAIN: lambda: plainly([some])},
            agree,
            TOLERANCE,
        ),
    ]
