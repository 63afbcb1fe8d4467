"""Writes the page that says how far first estimates are off, whatever comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from citytandem.estimates import gather_material

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from citytandem.atlas import Atlas

SEED = 2026
PROMISED = 0.9


def report(atlas: Atlas, *, seed: int = SEED, context: Path | None = None) -> str:
    """The page on first estimates in Markdown, computed from a release.

    Parameters
    ----------
    atlas
        The release.
    seed
        Deals the cities into parts and shuffles them.
    context
        Folder with local facts of German municipalities; without it the page says that they were not tested.
    """
    from citytandem.science.estimate.check import hold_out_cities, hold_out_countries
    from citytandem.science.estimate.check_carriers import hold_out_carriers
    from citytandem.science.estimate.check_context import compare_context
    from citytandem.science.estimate.interval import FEWEST, FEWEST_FOR_QUANTILES
    from citytandem.science.estimate.lessons import NATIONAL_YEARS, REACH_YEARS

    material = gather_material(atlas)
    year, made = material.usual_year, atlas.provenance(seed)
    cities, countries = hold_out_cities(material, year=year, seed=seed), hold_out_countries(material, year=year)
    facts = replace(material, context=_read_context(atlas, context))
    local = None if facts.context is None else compare_context(facts, without=cities, year=year, seed=seed)
    carriers = hold_out_carriers(facts, year=year, seed=seed)
    return _PAGE.format(
        release=made.release,
        sha=made.release_sha256,
        code=made.code_version,
        seed=seed,
        year=year,
        few=FEWEST,
        enough=FEWEST_FOR_QUANTILES,
        before=FEWEST_FOR_QUANTILES - 1,
        reach=REACH_YEARS,
        near=NATIONAL_YEARS,
        cities=_table(cities, _CITIES),
        countries=_table(countries, _COUNTRIES),
        reading=_read_cities(cities),
        national=_read_countries(countries),
        local=_NOT_TESTED if local is None else _table(local, _LOCAL) + "\n\n" + _read_local(local),
        carriers=_table(carriers, _CARRIERS),
        told=_read_carriers(carriers, local=local is not None),
    )


_CITIES = {
    "outcome": "what",
    "family": "family",
    "n": "cities",
    "structure": "by structure",
    "covered": "inside",
    "width": "high / low",
    "error": "error",
    "error_mean_alone": "mean alone",
    "error_shuffled": "shuffled",
}
_COUNTRIES = {
    "outcome": "what",
    "countries": "countries",
    "n": "cities",
    "covered": "inside, cities",
    "covered_countries": "inside, countries",
    "width": "high / low",
    "error": "error",
}
_LOCAL = {
    "outcome": "what",
    "n": "cities",
    "error_without": "error without",
    "error": "error with",
    "error_shuffled": "facts shuffled",
    "covered_without": "inside without",
    "covered": "inside with",
    "width_without": "high / low without",
    "width": "high / low with",
}
_CARRIERS = {
    "country": "country",
    "part": "part",
    "quantity": "shares of",
    "cities": "cities",
    "cells": "cells",
    "error_without": "error without",
    "error": "error with",
    "error_shuffled": "shuffled",
    "covered_without": "inside without",
    "covered": "inside with",
    "width": "high − low",
    "error_amount": "error, t or MWh",
    "covered_amount": "inside, t or MWh",
}
_SHARES = {
    "structure",
    "covered",
    "covered_without",
    "covered_countries",
    "covered_amount",
    "error",
    "error_amount",
    "error_without",
    "error_mean_alone",
    "error_shuffled",
}


def _read_context(atlas: Atlas, folder: Path | None) -> pl.DataFrame | None:
    if folder is None:
        return None
    from citytandem.sources.german_context import attach_context, read_german_context

    return attach_context(read_german_context(folder), city=atlas.city, structure=atlas.structure)


def _read_local(found: pl.DataFrame) -> str:
    """What local facts did, counted."""
    moved = found.filter(found["error"] != found["error_without"])
    lines = []
    for row in moved.iter_rows(named=True):
        word = "better" if row["error"] < row["error_without"] else "worse"
        named = row["outcome"].replace("_", " ")
        told = f"{row['error_without']:.0%} to {row['error']:.0%}, with {row['covered']:.0%} inside"
        lines.append(f"{named} gets {word} ({told})".replace("%", " %"))
    return (
        f"Local facts change {moved.height} of {found.height} outcomes: {'; '.join(lines) or 'none'}. "
        "With so few cities one of them moves the median; take the direction, not the points."
    )


def _read_carriers(found: pl.DataFrame, *, local: bool) -> str:
    """What the table of carriers says, counted."""
    cells = int(found["cells"].sum())
    lines = []
    for country in found["country"].unique().sort():
        own = found.filter(found["country"] == country)
        here = int(own["cells"].sum())
        held = float((own["covered_without"] * own["cells"]).sum()) / here
        off = float((own["error_without"] * own["cells"]).sum()) / here
        control = float((own["error_shuffled"] * own["cells"]).sum()) / here
        lines.append(
            f"{country}: {held:.0%} of {here} cells inside, shares off by {100 * off:.1f} points in the mean "
            f"({100 * control:.1f} shuffled)".replace("%", " %")
        )
        if local and country == "DE":
            held = float((own["covered"] * own["cells"]).sum()) / here
            off = float((own["error"] * own["cells"]).sum()) / here
            lines[-1] += f"; with the district heat of the city {held:.0%} inside, off by {100 * off:.1f} points".replace(
                "%", " %"
            )
    return f"Over {cells} cells. {'. '.join(lines)}."


def _table(frame: pl.DataFrame, titles: dict[str, str]) -> str:
    rows = [list(titles.values()), ["---"] * len(titles)]
    rows += [[_cell(name, row[name]) for name in titles] for row in frame.iter_rows(named=True)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cell(name: str, value: str | float | None) -> str:
    if value is None:
        return "–"
    if name in _SHARES:
        return f"{float(value):.0%}".replace("%", " %")
    return f"{value:.1f}" if isinstance(value, float) else str(value).replace("_", " ")


def _read_cities(found: pl.DataFrame) -> str:
    """What the table of cities says, counted from it."""
    total, tested = found.height, int(found["n"].sum())
    held = float((found["covered"] * found["n"]).sum()) / tested
    short = found.filter(found["covered"] < PROMISED - 0.02)
    named = ", ".join(
        f"{row['outcome'].replace('_', ' ')} in {row['family']} ({row['covered']:.0%} of {row['n']})".replace("%", " %")
        for row in short.iter_rows(named=True)
    )
    better = found.filter((found["error"] < found["error_mean_alone"]) & (found["error"] < found["error_shuffled"])).height
    return (
        f"Over all {total} rows {held:.1%} of the published figures lie inside. ".replace("%", " %")
        + f"More than two points below the promised 90 %: {named or 'none'}. "
        + f"Structure guesses better than the mean alone, and than the same model taught with shuffled figures, in {better} of "
        + f"{total} rows."
    )


def _read_countries(found: pl.DataFrame) -> str:
    """What the table of countries says, counted from it."""
    told = found.filter(found["covered"].is_not_null())
    lines = [
        f"For “{row['outcome'].replace('_', ' ')}”, {row['covered']:.0%} of the cities lie inside, and "
        f"{row['covered_countries']:.0%} with each of the {row['countries']} countries weighing one.".replace("%", " %")
        for row in told.iter_rows(named=True)
    ]
    silent = found.filter(found["covered"].is_null())["outcome"].to_list()
    lines.append(f"No estimate is given this way for: {', '.join(name.replace('_', ' ') for name in silent) or 'nothing'}.")
    return " ".join(lines)


_PAGE = """# How far are first estimates off?

This page is written by `citytandem validate --estimates --context FOLDER --write docs/explanation/estimates.md`, and published
whatever comes out.

Release `{release}` (sha256 `{sha}`), code {code}, seed {seed}, year {year}.

`citytandem estimate CITY` gives a city without a balance a first idea of what it may emit, before anybody has typed a number.
An estimate is not a balance. It is in no table of balances, nobody is compared with it, and it cannot show what a city has done.
The city's own balance replaces it.

## How it is made

1. Of each city with a published balance the figure nearest to the year is taken, at most {reach} years away. Balances that book
   electricity to power plants, or that correct heat for the weather, teach nothing.
2. It is divided by the fossil CO₂ per person of its country in the same year (at most {near} years away). So the general
   decline of a country and the change of its grid do not look like a difference between cities.
3. The logarithm of this ratio is learned from size, climate and the other structure of a city by the ridge regression that also
   gives the [expected value](benchmark.md), with a column per family. A *family* is a country; a state with two thirds of the
   published cities of its country is a family of its own, so that the suburbs of one region do not speak for a continent.
   Where the mean of the family errs less on cities held out, the mean is taken.
4. The interval comes from the errors on cities of the family, each held out of its own guess: their quantiles, taken one step
   outward, where there are at least {enough} (Barber, Candès, Ramdas and Tibshirani 2021); Student's quantile times their root
   mean square where there are {few} to {before}. With fewer, the family teaches nothing.
5. A city in a country with fewer than {few} published cities is estimated from its country's total alone. The interval then
   comes from whole countries held out, each weighing one. At least {enough} countries must publish the outcome.
6. Local facts of German municipalities are never needed. Where a folder with them is given (`--context`, or the
   environment variable `CITYTANDEM_CONTEXT`), flats with district heat, heat needed by age and size of flats, land for
   traffic and trade, and listed works may move the guess, each only in the direction in which it can act. A fact is used only
   where the errors on cities held out fall by at least a tenth, where the interval gets no wider, and where at least eight
   cities publish the outcome: the first trial let seven teach, and made two outcomes worse.
7. The carriers of a part come from published balances of the same family where at least five separate them. Else they come from
   the energy balance of the country, by direct factors, where we know it (Germany 2021; homes and services of Japan 2015).
   With the city's flats on district heat known, district heat follows them and the other carriers of heat make room. In the
   middle the carriers of a part add up to its estimate. Energy is emissions over the factor.
8. What no step supports stays unknown. Shares of sectors are those of the same family.

## Cities held out

Each family is dealt into twenty parts, small families into single cities. The cities of a part are estimated from all others.
*By structure* is the share of guesses that stand on structure, not on the mean. *Inside* is the share of published figures
inside the 90 % interval. *High / low* is the upper end over the lower, in the middle.
*Error* is the median of the absolute error as a share of the published figure. *Mean alone* is the error of the mean of the
family. *Shuffled* is the error after the figures were
shuffled inside the family: the control, in which nothing can be learned from structure.

{cities}

{reading}

With ten cities one of them is ten points. Where *error* is no smaller than *mean alone* and *shuffled*, structure as we know it
tells nothing, and the estimate is the usual value of the country. Balances of Japan are allocated from prefectures by the same
keys for all, so that a city is easier to guess there than it is to know.

## Whole countries held out

Each country is estimated as if none of its cities published anything, from its national total alone.
A dash means that too few countries publish the outcome to promise an interval, so that no estimate is given.

{countries}

{national}

## Local facts, with and without

German cities held out as above. *Facts shuffled* gives each city the local facts of another: the control.

{local}

This flatters local facts. Which of them may act on which outcome, and that eight cities must teach, was settled after ten
candidate facts had been looked at on these same cities. Holding a city out does not undo that. Only balances published from now
on can say whether the gain is real.

## Carriers

Cities whose balance separates carriers, each split as if it did not. A *cell* is one carrier of one part of one city.
*Error* is the mean absolute difference of shares, in points; *shuffled* deals the estimated shares out among the carriers.
The interval of a share taken from a country is our proposal: odds four times up or down, ten times for district heat, nothing
as the lower end for carriers that need a network. With the flats on district heat known, its odds may lie fivefold apart:
threefold was tried first and held too few cells. The last columns compare tonnes or MWh with what was published, so that the
error of the part is inside: its median over carriers with at least a twentieth of their part.

{carriers}

{told}

Almost no city publishes carriers by sector, so this test is thin: it is three cities in Germany, and one region in the United
States, where all balances are made by one body in one way. For Japan the split of homes and services is not tested at all, as
no city there publishes carriers; its electricity is what is left of two sources. In all other countries the carriers stay
unknown.

## What this means

Use an estimate to see the order of magnitude and where to look first. Do not use it for a target, for a report, or to compare
cities. The published cities are no random draw: they are larger than most, and those that look at their emissions.
The tables above cannot test a village where only large cities publish; the answer says so when a city lies outside of the range
that was learned from.
"""

_NOT_TESTED = "Not tested: no folder with local facts was given."
"""Stands where the comparison would."""
