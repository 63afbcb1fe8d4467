"""Were analogues of the past closer to what came next than chance? Written as a section of the validation page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.transition.held_back import AHEAD, FIRSTS, LEVEL, YEARS, hold_back, sum_up
from citytandem.sources.regions_europe import FILE
from citytandem.transition import read_regions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

SEED = 2026
CUTS = (1950, 1960, 1970, 1980, 1990, 2000, 2005, 2010, 2012)


def write_section(raw: Path | None, *, seed: int = SEED, say: Callable[[str], None] | None = None) -> str:
    """The section in Markdown, computed from a folder of raw data; the same folder gives the same words.

    Raises
    ------
    CannotCompute
        REGION_FILES_MISSING without a folder, or with one that holds no file of regions.
    """
    if raw is None:
        raise CannotCompute(Finding(Code.REGION_FILES_MISSING, {"folder": "–", "file": FILE}))
    if say is not None:
        say("analogues")
    known = read_regions(raw)
    held = hold_back(known.paths(), known_until=lambda cut: known.paths(until=cut), cuts=CUTS, seed=seed)
    found = sum_up(held, seed=seed)
    return _SECTION.format(
        seed=seed, years=YEARS, ahead=AHEAD, firsts=FIRSTS, level=f"{LEVEL:g}", table=_tabulate(found), reading=_read(found)
    )


_POOLS = {"employment": "Europe, share of jobs", "gdp": "China, share of GDP"}
_WAYS = {
    "analogues": "analogues",
    "shuffled": "analogues of a shuffled history (control)",
    "level": "random regions of the same level",
    "persistence": "going on as in the ten years before",
    "no_change": "no change at all",
}


def _tabulate(found: pl.DataFrame) -> str:
    heads = ["regions of", "cases", "guess by", "mean error", "error beyond that of analogues (90 %)", "analogues closer"]
    lines = [heads, ["---"] * len(heads)]
    for row in found.to_dicts():
        own = row["way"] == "analogues"
        gain = "–" if own else f"{100 * row['gain']:+.1f} ({100 * row['low']:+.1f} to {100 * row['high']:+.1f})"
        closer = "–" if own else f"{100 * row['closer']:.0f} %"
        cases = f"{row['n']} ({row['regions']} regions)"
        lines.append([_POOLS[row["basis"]], cases, _WAYS[row["way"]], f"{100 * row['error']:.1f}", gain, closer])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _read(found: pl.DataFrame) -> str:
    """What the table says, counted from it."""
    told = []
    for row in found.to_dicts():
        if row["way"] == "analogues":
            continue
        otherwise = "less close than" if row["high"] < 0 else "not distinguishable from"
        verdict = "closer than" if row["low"] > 0 else otherwise
        told.append(f"- {_POOLS[row['basis']]}: analogues are {verdict} {_WAYS[row['way']]}.")
    return "\n".join(told)


_SECTION = """## Regions: analogues of the past, and what came next

The analogues of `citytandem analogues` are no forecast. Still it can be tested whether they hold more than chance does:
everything after a year is held back, analogues are looked for with the {years} years before it, and what happened in the
{ahead} years after each analogue is compared with what happened in the region itself. Counted is the change of industry's share;
errors are in percent of that share (logarithms), a mean over {firsts} regions is the guess, and nothing
known after the year is used.

*Random regions of the same level* are {firsts} drawn periods in which industry's share was within {level} points of the region's.
*Analogues of a shuffled history* are the control: the region's own yearly changes in another order. Intervals come from drawing
the regions anew 1000 times (seed {seed}); an interval above zero says that the analogues were closer.

{table}

{reading}

European values are decade points, joined by straight lines, from the database of Rosés and Wolf; Chinese ones are yearly. Regions
of one country move together, so the intervals are narrower than they should be. No threshold of fit is applied here, so
analogues too far away to be shown count as well.
"""
