"""Build the reference release from the raw sets: the same bytes every time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.release import cities as city_tables
from citytandem.release import links, structure
from citytandem.release import readings as read_sets
from citytandem.release.facts import country_by_name, raw_files, read_facts
from citytandem.release.notes import handle_conflicts, number_notes
from citytandem.release.raw import RawFolder
from citytandem.release.resolver import name_keys
from citytandem.release.stages import stages
from citytandem.sinks import package
from citytandem.sources import geonames, nangini
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
    say = progress or _silent
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
    findings = [_as_warning(finding) for reading in readings.values() for finding in reading.findings]
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
    name = city_tables.collect_names(cities, readings=readings, names=names)
    linked = _link(readings, cities, name=name, gazetteer=gazetteer)
    readings = {**readings, "nangini": linked.nangini}
    balance, line, conflicts = handle_conflicts(
        pl.concat([reading.tables["balance"] for reading in readings.values() if "balance" in reading.tables]),
        pl.concat([reading.tables["line"] for reading in readings.values() if "line" in reading.tables]),
    )
    stage, mapped = stages(readings["muenster_measures"], readings["karlsruhe_measures"])
    rows, found = _structure(readings, cities, place=place, gazetteer=gazetteer, line=line, linked=linked)
    tables = {
        "city": links.romaji(cities.city, linked.people),
        "identifier": pl.concat([cities.identifier, links.item_identifiers(linked.same), linked.targets.tables["identifier"]]),
        "name": name,
        "structure": rows,
        "balance": with_population(balance, rows),
        "line": line,
        "stage": stage,
        "tie": linked.tie,
        "target": linked.targets.tables["target"],
        "membership": linked.targets.tables["membership"],
        "factor": readings["ember"].tables["factor"],
        "series": readings["national"].tables["series"],
    }
    return tables, [*remarks, *cities.remarks, *linked.remarks, *linked.nangini.remarks, *conflicts, *mapped, *found]


@dataclass(frozen=True, slots=True)
class _Linked:
    nangini: Reading
    targets: Reading
    tie: pl.DataFrame
    people: pl.DataFrame
    same: pl.DataFrame
    remarks: list[Remark]


def _link(readings: Mapping[str, Reading], cities: city_tables.Cities, *, name: pl.DataFrame, gazetteer: pl.DataFrame) -> _Linked:
    keys = name_keys(cities, name)
    size = cities.link.join(gazetteer.select("geonameid", "population"), on="geonameid")
    size = size.select("city", people=pl.col("population").cast(pl.Float64))
    targets, untargeted = links.resolve_targets(readings["net_zero_tracker"].tables["row"], keys, population=size)
    people = links.resolve_people(readings["undata"].tables["row"], keys, population=size, countries=country_by_name())
    emitted, lost = links.resolve_nangini(
        readings["nangini_rows"].tables["row"], keys, population=size, people=_known_people(readings, people)
    )
    pairs = pl.concat([readings[key].tables["pair"] for key in ("twins_wikidata", "twins_wikipedia")], how="diagonal")
    tie, untied = links.join_ties(pairs, keys, population=size)
    same = links.same_items(people.drop("name"), wikidata=readings["wikidata"], cities=cities.city)
    return _Linked(nangini=emitted, targets=targets, tie=tie, people=people, same=same, remarks=[*lost, *untargeted, *untied])


def _official_people() -> pl.DataFrame:
    return read_facts("city_people").select("city", "year", value="people")


def _known_people(readings: Mapping[str, Reading], people: pl.DataFrame) -> pl.DataFrame:
    stated = [reading.tables["population"] for reading in readings.values() if "population" in reading.tables]
    frames = [*stated, people.join(pl.concat([frame.select("city") for frame in stated]), on="city", how="anti")]
    return pl.concat([frame.select("city", pl.col("value").cast(pl.Float64)) for frame in frames])


def _structure(
    readings: Mapping[str, Reading], cities: city_tables.Cities, *, place: pl.DataFrame, gazetteer: pl.DataFrame,
    line: pl.DataFrame, linked: _Linked,
) -> tuple[pl.DataFrame, list[Remark]]:  # fmt: skip
    climate, near = structure.climate_rows(cities, place)
    stated = structure.stated_population([
        *((reading.tables["population"], read_sets.POPULATION_SOURCE[name])
          for name, reading in readings.items() if "population" in reading.tables),
        (_official_people(), "destatis-people"),
        (linked.people.drop("name"), links.POPULATION_SOURCE),
    ])  # fmt: skip
    at_place, doubts = structure.place_population(cities, gazetteer, lines=line)
    item_areas, unclear = links.item_areas(linked.same, readings["wikidata"])
    areas = structure.area_rows(linked.nangini.tables["area"], item_areas)
    rows = [
        stated, at_place, climate, areas, structure.density_rows(stated, areas),
        structure.gdp_rows(linked.nangini.tables["gdp"]),
        structure.grid_rows(cities.city, readings["ember"].tables["factor"]), structure.growth_rows(stated),
    ]  # fmt: skip
    return structure.merge(rows), [*near, *doubts, *unclear]


def with_population(balance: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Give a balance the municipality's population of the same year where its own publication gives none."""
    people = rows.filter((pl.col("variable") == "population") & (pl.col("basis") == "municipality"))
    joined = balance.join(people.select("city", "year", people="value"), on=["city", "year"], how="left")
    # Nangini et al. state a population of their own; another year's area may be another
    other = pl.when(pl.col("source") != nangini.SOURCE).then(pl.col("people"))
    return joined.with_columns(pl.coalesce(pl.col("population"), other).alias("population")).drop("people")


def _sources(folder: RawFolder) -> pl.DataFrame:
    files = raw_files()
    table = read_facts("release_sources").with_columns(
        pl.col("source")
        .replace_strict({key: folder.hashes.get(name) for key, name in files.items()}, default=None)
        .alias("sha256")
    )
    return shape(table, Source)


def _silent(step: str) -> None:
    """Tell nobody."""
    del step


def _as_warning(finding: Finding) -> Finding:
    # one bad cell of a raw file is left out and the release stays whole; an unreadable file is an error
    return replace(finding, severity=Severity.WARNING) if finding.code is Code.ROW_BREAKS_RULE else finding
