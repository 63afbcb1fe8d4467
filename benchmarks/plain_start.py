"""The peers of one city from a cold start, as a script of pandas and scikit-learn would find them.

It is told which balance to look from; ours finds city and balance by the name.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pandas as pd

if __package__ is None:
    sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import plain_city


def main() -> None:
    parser = argparse.ArgumentParser(prog="plain", description="benchmark a city among its peers")
    parser.add_argument("release", type=Path)
    parser.add_argument("facts", type=Path)
    parser.add_argument("city")
    parser.add_argument("balance")
    parser.add_argument("year", type=int)
    asked = parser.parse_args()
    variable, profile = (pd.read_csv(asked.facts / f"{name}.csv") for name in ("variable", "profile"))
    overall = profile[(profile["question"] == "overall") & (profile["weight"] > 0)]
    scale = variable.set_index("variable")["scale"]
    kinds = scale[scale.index.isin(profile["variable"])].to_dict()
    weights = overall.set_index("variable")["weight"].to_dict()
    tables = plain_city.read(asked.release)
    found = plain_city.benchmark_cities(tables, [(asked.city, asked.balance, asked.year)], kinds=kinds, weights=weights)
    position = {outcome: told for (_, outcome), told in found["position"].items()}
    told = {name: [own, count, spread.tolist()] for name, (own, count, spread) in position.items()}
    print(json.dumps({"peers": found["peers"][asked.city], "position": told}))


main()
