"""Writes the page that says how far the benchmark can be trusted, whatever comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem import past_analogues
from citytandem.hidden_ties import write_section
from citytandem.readiness import prepare_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

    from citytandem.atlas import Atlas

YEAR = 2019
"""The year with most balances in the reference release."""
SEED = 2026
DRAWS = 20


def report(
    atlas: Atlas, *, year: int = YEAR, seed: int = SEED, raw: Path | None = None, say: Callable[[str], None] | None = None
) -> str:
    """The validation page in Markdown, computed from a release.

    Parameters
    ----------
    atlas
        The release.
    year
        Balances within three years of it are used.
    seed
        Deals the cities into parts and shuffles them.
    raw
        Folder of raw data sets; the section on analogues is left out without it.
    say
        Told what is being done.
    """
    from citytandem.science.benchmark.validate import back_test, negative_control, summary

    prepared = prepare_all(atlas)
    made = atlas.provenance(seed)
    control = negative_control(prepared, year=year, seed=seed, draws=DRAWS)
    test = summary(back_test(prepared, year=year, seed=seed))
    return _PAGE.format(
        release=made.release,
        sha=made.release_sha256,
        code=made.code_version,
        seed=seed,
        year=year,
        draws=DRAWS,
        cities=len(prepared.window(year).rows),
        control=_table(control, _CONTROL),
        test=_table(test, _TEST),
        reading=_reading(test),
        ties=write_section(atlas, seed=seed, say=say),
        analogues="\n" + past_analogues.write_section(raw, seed=seed, say=say) if raw else "",
    )


_CONTROL = {
    "outcome": "what",
    "n": "cities",
    "explained": "explained",
    "shuffled_mean": "shuffled, mean",
    "shuffled_most": "shuffled, largest",
}
_TEST = {
    "country": "country",
    "outcome": "what",
    "n": "cities",
    "structure_peers": "structure peers",
    "population_peers": "population alone",
    "all_countries_peers": "structure peers of all countries",
    "ridge": "regression",
}


def _table(frame: pl.DataFrame, titles: dict[str, str]) -> str:
    rows = [list(titles.values()), ["---"] * len(titles)]
    rows += [[_cell(row[name]) for name in titles] for row in frame.iter_rows(named=True)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cell(value: str | float | None) -> str:
    if isinstance(value, float):
        return f"{value:+.2f}"
    return "–" if value is None else str(value).replace("_", " ")


def _reading(test: pl.DataFrame) -> str:
    """What the table says, counted from it."""
    total = test.height
    helps = test.filter(test["structure_peers"] > 0)
    ahead = test.filter(test["structure_peers"] > test["population_peers"]).height
    named = ", ".join(
        f"{row['outcome'].replace('_', ' ')} in {row['country']} ({row['structure_peers']:+.2f})"
        for row in helps.filter(helps["structure_peers"] >= 0.1).iter_rows(named=True)
    )
    return (
        f"Structure peers guess better than the country's mean in {helps.height} of {total} rows, and better than cities of like "
        f"size in {ahead} of {total}. They explain at least a tenth of the variance for: {named or 'nothing'}."
    )


_PAGE = """# How far can the benchmark be trusted?

This page is written by `citytandem validate --write docs/explanation/validation.md`, and published whatever comes out.

Release `{release}` (sha256 `{sha}`), code {code}, seed {seed}. Balances within three years of {year}: {cities} cities.

## Control: shuffled emissions

The expected value is learned from structure by ridge regression on the logarithm of emissions per head. The share of variance
it explains is counted on cities held out one at a time. When emissions are shuffled among the cities, nothing can be explained,
and nothing is:
{draws} shuffles for each row.

{control}

Much of the first column is the difference between countries: their grids, and the way their balances are made.
The next table looks inside countries, where that cannot help.

## Back-test: cities held out

Cities are dealt into five parts. Those of one part are guessed from the other four. The figures are the share of the squared
error of the
*country's mean* that a guess takes away: 1 is a perfect guess, 0 is no better than the mean, below 0 is worse. Peers are the
nearest
twelve within the usual distance; the guess is their mean, weighted by similarity. *Population alone* takes the nearest twelve by
number of
people. Countries with fewer than twenty cities with a figure, Germany among them, cannot be tested this way and are left out.

{test}

## What this means

{reading}

Where the share is about zero or below, structure as we know it today does not tell how much a city emits. The peers are then
still cities in a
like situation, to talk to and to learn from, but their median is no target and no expectation. Three reasons are visible: income
and the
mix of trades are known for few cities in the release, and density for some; industry depends on single plants; and balances
allocated from larger totals follow the keys
of the allocation. What a peer emits never decides whether it is a peer.

{ties}{analogues}"""
