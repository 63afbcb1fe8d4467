"""Run the contests, print the table, write ``benchmarks/results.md``."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from benchmarks.race import run
from benchmarks.report import describe, write

JOBS = ("lmdi", "neighbours", "matching", "frontier", "draws", "compile", "workbook", "start", "city", "agenda", "analogues")
RESULTS = Path(__file__).parent / "results.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("jobs", nargs="*", metavar="JOB", help="which jobs; all but growth if none is named")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size (default 1)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed (default 5)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the table is written")
    wish = parser.parse_args()
    results = []
    for job in wish.jobs or JOBS:
        for contest in importlib.import_module(f"benchmarks.{job}").contests(wish.scale):
            print(f"{contest.job}: {contest.size}", flush=True)
            results += run(contest, rounds=wish.rounds)
            print(describe(results[-len(contest.entrants) :]), flush=True)
            write(results, wish.out, rounds=wish.rounds)


main()
