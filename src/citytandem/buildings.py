"""Pilot buildings: what is known of them, what is wrong with a file of one's own, and designed against measured.

>>> from citytandem import buildings
>>> buildings.list_buildings(use="hotel").buildings["city"].to_list()
['Changxing']
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Finding, Severity
from citytandem.tables import building as tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import dataframely as dy

    from citytandem.science.buildings.answer import BuildingComparison, BuildingSheet
    from citytandem.science.buildings.changepoint import Kind


@dataclass(frozen=True)
class Listed:
    """Buildings by the alphabet, their figures, and the publications behind both.

    Parameters
    ----------
    buildings
        Rows of :class:`~citytandem.tables.building.Building`, by name.
    values
        Rows of :class:`~citytandem.tables.building.BuildingValue`, by building and indicator. A figure nobody has published
        has no row.
    source
        Rows of the table of sources.
    """

    buildings: pl.DataFrame
    values: pl.DataFrame
    source: pl.DataFrame


@dataclass(frozen=True)
class Brought:
    """Buildings from files, with what is wrong.

    Parameters
    ----------
    buildings, values, meters, weather
        The rows that can be read.
    unsound
        Keys of buildings that get no number until an error about them is put right, by the alphabet.
    findings
        What is wrong: rows first, then figures.
    """

    buildings: pl.DataFrame
    values: pl.DataFrame
    meters: pl.DataFrame
    weather: pl.DataFrame
    unsound: tuple[str, ...]
    findings: tuple[Finding, ...]


def list_buildings(*, zone: str | None = None, use: str | None = None) -> Listed:
    """The pilot buildings that are publicly known, by the alphabet; never by how they perform.

    Parameters
    ----------
    zone
        Only this main climate zone.
    use
        Only this use.
    """
    from citytandem.science.buildings.comparison import main_zone

    shown, values = _known()
    plain = shown.cast({pl.Enum: pl.String})
    kept = [
        row["building"]
        for row in plain.to_dicts()
        if (zone is None or main_zone(row["zone"]) == zone) and (use is None or row["use"] == use)
    ]
    shown = shown.filter(pl.col("building").is_in(kept)).sort("name")
    values = values.filter(pl.col("building").is_in(kept)).sort("building", "indicator", "state")
    return Listed(shown, values, sources_of(shown, values))


def show_building(building: str) -> BuildingSheet:
    """One building: record, figures with marks and sources, limits of standards, similar buildings.

    Parameters
    ----------
    building
        Key of the building.

    Raises
    ------
    CannotCompute
        BUILDING_UNKNOWN.
    """
    from citytandem.science.buildings.answer import describe_building
    from citytandem.sources.facts import load_facts

    shown, values = _known()
    return describe_building(building, buildings=shown, values=values, limits=load_facts().building_limit)


def check_files(files: Mapping[str, bytes]) -> Brought:
    """Read and check files of buildings.

    Parameters
    ----------
    files
        Content by file name, as in :func:`~citytandem.sources.building_files.read_buildings`.
    """
    from citytandem.science.buildings.checks import check_buildings, unsound
    from citytandem.sources.building_files import read_buildings

    read, findings = read_buildings(files)
    known = _known()[0]
    extra = known.filter(~pl.col("building").is_in(read["buildings"]["building"].to_list()))
    listed = pl.concat([read["buildings"], extra]) if read["values"].height or read["meters"].height else read["buildings"]
    # figures and meters may be about a building that is known here already
    checked = check_buildings(listed, values=read["values"], readings=read["meters"])
    told = (*findings, *checked)
    wrong = tuple(sorted(unsound(checked)))
    return Brought(read["buildings"], read["values"], read["meters"], read["weather"], wrong, told)


def compare_building(
    building: str,
    *,
    meters: Mapping[str, bytes] | None = None,
    weather: Mapping[str, bytes] | None = None,
    records: Mapping[str, bytes] | None = None,
    kinds: Sequence[Kind] | None = None,
) -> BuildingComparison:
    """Designed against measured: weather taken out beside the metered figure, and the gap in terms that close.

    Parameters
    ----------
    building
        Key of a known building, or of one in the files.
    meters, weather, records
        Content by file name; each may be a workbook with all tables. A record in the files stands before the known one.
    kinds
        Kinds of change-point models to choose from; all if None.

    Raises
    ------
    CannotCompute
        BUILDING_UNKNOWN.
    """
    from citytandem.science.buildings.answer import compare_building as compare
    from citytandem.science.buildings.changepoint import KINDS
    from citytandem.sources.building_files import read_buildings
    from citytandem.sources.facts import load_facts

    shown, values = _known()
    parts: dict[str, list[pl.DataFrame]] = {name: [] for name in ("buildings", "values", "meters", "weather")}
    findings: list[Finding] = []
    for files in _different(meters, weather, records):
        read, told = read_buildings(files)
        findings += told
        for name, frame in read.items():
            parts[name].append(frame)
    own = _whole(parts["buildings"], tables.Building)
    taken = own["building"].to_list()
    shown = pl.concat([own, shown.filter(~pl.col("building").is_in(taken))])
    values = pl.concat([_whole(parts["values"], tables.BuildingValue), values.filter(~pl.col("building").is_in(taken))])
    found = compare(
        building,
        buildings=shown,
        values=values,
        limits=load_facts().building_limit,
        readings=_whole(parts["meters"], tables.MeterReading),
        temperatures=_whole(parts["weather"], tables.OutdoorTemperature),
        kinds=tuple(kinds) if kinds else KINDS,
    )
    return replace(found, findings=(*findings, *found.findings))


def write_template() -> dict[str, str]:
    """Empty tables to be filled in, by file name: the headings of each table."""
    from citytandem.sources.building_files import TABLES

    return {f"{name}.csv": ",".join(schema.column_names()) + "\n" for name, schema in TABLES.items()}


def sources_of(*frames: pl.DataFrame) -> pl.DataFrame:
    """The publications behind rows, by their key."""
    from citytandem.sources.facts import load_facts

    columns = ("source", "size_source", "value_source", "limit_source")
    keys = {key for frame in frames for name in columns if name in frame.columns for key in frame[name].drop_nulls()}
    return load_facts().source.filter(pl.col("source").is_in(sorted(keys))).sort("source")


def has_errors(findings: Sequence[Finding]) -> bool:
    """Whether one of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _known() -> tuple[pl.DataFrame, pl.DataFrame]:
    from citytandem.sources.facts import load_facts

    facts = load_facts()
    return facts.pilot_building, facts.pilot_building_value


def _different(*given: Mapping[str, bytes] | None) -> list[Mapping[str, bytes]]:
    """The files that were given, each set once."""
    kept: list[Mapping[str, bytes]] = []
    for files in given:
        if files and all(dict(files) != dict(other) for other in kept):
            kept.append(files)
    return kept


def _whole(frames: list[pl.DataFrame], schema: type[dy.Schema]) -> pl.DataFrame:
    joined = pl.concat(frames) if frames else schema.create_empty()
    return joined.unique(schema.primary_key(), keep="first", maintain_order=True)
