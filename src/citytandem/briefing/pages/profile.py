"""Who are we? The city on the map, its structure beside that of its peers, and who the peers are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Block, Grid, Page, Picture
from citytandem.briefing.pages.page import call_city, explain_gaps, make_page
from citytandem.charts.chart import Column, Twin, name_key, write_number
from citytandem.charts.map import draw_map
from citytandem.narration import name_country

if TYPE_CHECKING:
    from citytandem.briefing.answers import Answers
    from citytandem.words import Speech

# unit, decimals, and the number a value is multiplied by to be printed in that unit
PRINTED: dict[str, tuple[str, int, float]] = {
    "population": ("people", 0, 1),
    "area_km2": ("km2", 0, 1),
    "density": ("people_per_km2", 0, 1),
    "hdd": ("degree_days", 0, 1),
    "cdd": ("degree_days", 0, 1),
    "precipitation_mm": ("mm_per_year", 0, 1),
    "temperature_c": ("celsius", 1, 1),
    "koppen": ("class", 0, 1),
    "gdp_per_head": ("usd_per_head", 0, 1),
    "industry_share": ("percent", 0, 100),
    "growth": ("percent_per_year", 1, 100),
    "coast_km": ("km", 0, 1),
    "grid_factor": ("kg_per_mwh", 0, 1),
}
NAMED = 3
WHY = 2
RANGE = ("p10", "median", "p90")
DIRECTIONS = ("more", "less", "other")


def write_profile(answers: Answers, speech: Speech) -> Page:
    """The page ``Who are we?``."""
    city, places = call_city(answers, speech), answers.places
    blocks: list[Block] = []
    if places.height:
        names = [answers.name_city(key, language=speech.language) for key in places["city"]]
        chart = draw_map(places.with_columns(pl.Series("name", names)), city=city, speech=speech)
        blocks.append(
            Picture(chart, on_paper=replace(chart.twin, rows=chart.twin.rows.clear()) if _knows_peers(answers) else None)
        )
    if _knows_peers(answers):
        blocks.append(Grid(_tabulate_peers(answers, speech), "peers"))
    blocks += explain_gaps(answers, speech, parts=[answers.structure, answers.peers])
    if rows_of(answers.structure).height:
        blocks.append(Grid(tabulate_structure(rows_of(answers.structure), speech), "structure"))
    how = [speech.label("briefing.how.structure"), speech.label("briefing.how.map")]
    return make_page("profile", answers=answers, speech=speech, answer=_answer(answers, speech), blocks=blocks, how=how)


def _answer(answers: Answers, speech: Speech) -> str:
    structure, peers = rows_of(answers.structure), rows_of(answers.peers)
    city = call_city(answers, speech)
    population = _own(structure, "population")
    if population is None:
        return speech.sentence("briefing.profile.unknown", city=city)
    value, year = population
    people = speech.number(value, digits=0)
    if not peers.height:
        return speech.sentence("briefing.profile.alone", city=city, people=people, year=str(year))
    alike = [answers.name_city(peer, language=speech.language) for peer in peers["peer"].head(NAMED)]
    facts = {"city": city, "people": people, "year": str(year), "peers": speech.join(alike)}
    return speech.sentence("briefing.profile.answer", **facts)


def _own(structure: pl.DataFrame, variable: str) -> tuple[float, int | None] | None:
    """Own value and year of one variable."""
    rows = structure.filter(pl.col("variable") == variable) if structure.height else structure
    if not rows.height or rows["own_value"][0] is None:
        return None
    return float(rows["own_value"][0]), rows["year"][0]


def _knows_peers(answers: Answers) -> bool:
    return "distance" in rows_of(answers.peers).columns


def _tabulate_peers(answers: Answers, speech: Speech) -> Twin:
    """The peers with their likeness, how firmly they are peers, and in what they differ most."""
    peers = rows_of(answers.peers)
    frame = pl.DataFrame(
        {
            "peer": peers["peer"],
            "name": [answers.name_city(peer, language=speech.language) for peer in peers["peer"]],
            "country": [name_country(country, speech) for country in peers["country"]],
            "alike": [100 * max(0.0, 1 - distance) for distance in peers["distance"]],
            "stable": [None if share is None else 100 * share for share in peers["stability"]],
            "differs": [tell_differences(peer, answers=answers, speech=speech) for peer in peers["peer"]],
        },
        schema={
            "peer": pl.String,
            "name": pl.String,
            "country": pl.String,
            "alike": pl.Float64,
            "stable": pl.Float64,
            "differs": pl.String,
        },
    )
    percent = speech.label("unit.percent")
    columns = (
        Column("name", speech.label("chart.city")),
        Column("country", speech.label("chart.country")),
        Column("alike", speech.label("briefing.profile.alike"), percent, 0),
        Column("stable", speech.label("briefing.profile.stable"), percent, 0),
        Column("differs", speech.label("briefing.profile.differs")),
    )
    return Twin(speech.label("briefing.profile.peers"), columns, frame)


def tell_differences(peer: str, *, answers: Answers, speech: Speech) -> str:
    """The variables that make most of the distance, with the direction in which the peer differs."""
    reasons = rows_of(answers.reasons)
    if "direction" not in reasons.columns:
        return "–"
    mine = reasons.filter((pl.col("peer") == peer) & pl.col("direction").cast(pl.String).is_in(DIRECTIONS))
    most = mine.sort("contribution", "variable", descending=[True, False]).head(WHY)
    told = [
        speech.sentence(f"briefing.profile.{row['direction']}", variable=name_key(speech, "variable", key=row["variable"]))
        for row in most.iter_rows(named=True)
    ]
    return speech.join(told)


def tabulate_structure(structure: pl.DataFrame, speech: Speech) -> Twin:
    """Own value beside the range of the peers; numbers as text, because each row has its own unit."""
    known = structure.filter(pl.col("own_value").is_not_null() | pl.col("own_category").is_not_null())
    rows = [_row(row, speech) for row in known.iter_rows(named=True)]
    ranged = RANGE if structure["median"].null_count() < structure.height else ()
    columns = (
        Column("variable", speech.label("chart.variable")),
        Column("unit", speech.label("chart.unit")),
        Column("own", speech.label("chart.own"), plain=True),
        *(Column(name, speech.label(f"chart.{name}"), plain=True) for name in ranged),
        Column("year", speech.label("chart.year"), plain=True),
        Column("source", speech.label("chart.source")),
    )
    frame = pl.DataFrame(rows, schema={column.name: pl.String for column in columns})
    return Twin(speech.label("briefing.profile.structure"), columns, frame, exact=known)


def _row(row: dict[str, object], speech: Speech) -> dict[str, str]:
    variable = str(row["variable"])
    unit, digits, scale = PRINTED.get(variable, ("class", 2, 1))

    def show(value: object) -> str:
        return write_number(float(str(value)) * scale, digits=digits, speech=speech) if value is not None else "–"

    return {
        "variable": name_key(speech, "variable", key=variable),
        "unit": speech.label(f"unit.{unit}"),
        "own": show(row["own_value"]) if row["own_value"] is not None else str(row["own_category"]),
        **{name: show(row[name]) for name in RANGE},
        "year": str(row["year"] or "–"),
        "source": str(row["source"] or "–"),
    }
