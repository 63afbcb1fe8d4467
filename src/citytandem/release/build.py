"""Build the reference release from the raw sets: the same bytes every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.release import cities as city_tables
from citytandem.release import readings as read_sets
from citytandem.release import structure
from citytandem.release.facts import raw_files, read_facts
from citytandem.release.notes import handle_conflicts, number_notes
from citytandem.release.raw import RawFolder
from citytandem.sinks import package
from citytandem.sources import geonames
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.sources.validate import validate
from citytandem.tables import RELEASE, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "reference"
VERSION = "2026.1"


class Progress(Protocol):
    """Told the name of each step before it starts."""

    def __call__(self, step: str) -> None: ...


def build(raw: Path, out: Path, *, progress: Progress | None = None) -> list[Finding]:
    """Build the reference release into ``out`` from the raw sets in ``raw``.

    Returns
    -------
    Findings: rows of raw files that could not be used, and rows of the release that broke their schema
    (left out). Empty files, missing sets and a missing build package are errors and nothing is written.
    """
    say = progress or (lambda step: None)
    folder = RawFolder(raw)
    try:
        say("gazetteer")
        gazetteer, problems = geonames.load_gazetteer()
        if problems:
            return problems
        say("raw sets")
        readings = read_sets.read_all(folder)
    except CannotCompute as refusal:
        return [refusal.finding]
    say("cities")
    tables, remarks = assemble(readings, gazetteer=gazetteer)
    tables["source"] = _sources(folder)
    tables["note"] = number_notes(remarks)
    say("checks")
    findings = [finding for reading in readings.values() for finding in reading.findings]
    good = {}
    for name, schema in RELEASE.items():
        good[name], problems = validate(tables.get(name, schema.create_empty()), schema, where=name, first_row=1)
        findings += problems
    say("files")
    heading = package.Heading(
        name=f"{NAME}-{VERSION}", version=VERSION, title="CityTandem reference release", raw=folder.hashes,
        table_licences={"tie": "CC BY-SA 4.0"},
    )  # fmt: skip
    package.write(good, out, schemas=RELEASE, heading=heading)
    return findings


def assemble(readings: Mapping[str, Reading], *, gazetteer: pl.DataFrame) -> tuple[dict[str, pl.DataFrame], list[Remark]]:
    """Join the readings into the tables of a release."""
    remarks = [remark for reading in readings.values() for remark in reading.remarks]
    place = readings["geonames"].tables["place"]
    cities = city_tables.join_cities(readings, place=place, gazetteer=gazetteer)
    names = geonames.names_by_place(gazetteer.join(cities.link.select("geonameid").unique(), on="geonameid"))
    balance, line, conflicts = handle_conflicts(
        pl.concat([reading.tables["balance"] for reading in readings.values() if "balance" in reading.tables]),
        pl.concat([reading.tables["line"] for reading in readings.values() if "line" in reading.tables]),
    )
    rows, found = _structure(readings, cities, place=place, gazetteer=gazetteer, line=line)
    tables = {
        "city": cities.city,
        "identifier": cities.identifier,
        "name": city_tables.collect_names(cities, readings=readings, names=names),
        "structure": rows,
        "balance": balance,
        "line": line,
        "factor": readings["ember"].tables["factor"],
        "series": readings["national"].tables["series"],
    }
    return tables, [*remarks, *cities.remarks, *conflicts, *found]


def _structure(
    readings: Mapping[str, Reading], cities: city_tables.Cities, *, place: pl.DataFrame, gazetteer: pl.DataFrame, line: pl.DataFrame
) -> tuple[pl.DataFrame, list[Remark]]:
    climate, near = structure.climate_rows(cities, place)
    stated = structure.stated_population([
        (reading.tables["population"], read_sets.POPULATION_SOURCE[name])
        for name, reading in readings.items() if "population" in reading.tables
    ])  # fmt: skip
    at_place, doubts = structure.place_population(cities, gazetteer, lines=line)
    rows = [
        stated, at_place, climate, structure.grid_rows(cities.city, readings["ember"].tables["factor"]),
        structure.growth_rows(stated),
    ]  # fmt: skip
    merged = structure.merge(rows)
    return merged, [*near, *doubts]


def _sources(folder: RawFolder) -> pl.DataFrame:
    files = raw_files()
    table = read_facts("release_sources").with_columns(
        pl.col("source").replace_strict({key: folder.hashes.get(name) for key, name in files.items()}, default=None).alias("sha256")
    )
    return shape(table, Source)


def unreadable(findings: list[Finding]) -> list[Finding]:
    """The findings of a build that mean something is missing from the release."""
    serious = {Code.FILE_UNREADABLE, Code.COLUMN_MISSING, Code.RAW_DATA_MISSING}
    return [finding for finding in findings if finding.severity is Severity.ERROR and finding.code in serious]
