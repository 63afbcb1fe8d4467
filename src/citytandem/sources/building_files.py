"""What do the files of a building hold? Records, figures, meters and weather from CSV, a workbook or BuildingSync XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dataframely as dy
import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.sources.buildingsync import looks_like_xml, read_buildingsync
from citytandem.sources.typed_rows import find_tables, read_typed
from citytandem.tables import building
from citytandem.tables.building import INDICATORS

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES: dict[str, type[dy.Schema]] = {
    "buildings": building.Building,
    "values": building.BuildingValue,
    "meters": building.MeterReading,
    "weather": building.OutdoorTemperature,
}
"""The tables by the name of their file or sheet."""
DEFAULTS = {
    "buildings": {"country": "CN", "use": "other", "phase": "not_stated", "mark": "P", "source": "own"},
    "values": {
        "state": "designed", "convention": "not_stated", "area_convention": "not_stated", "period": "not_stated", "mark": "P",
        "source": "own",
    },
    "meters": {"kind": "read"},
    "weather": {"series": "metered"},
}  # fmt: skip
"""What an empty cell, or a column that was left out, says."""
SPELLED = {
    "kWh/m²a": ("kWh/m2a", 1.0),
    "kWh/(m2a)": ("kWh/m2a", 1.0),
    "kWh/(m²a)": ("kWh/m2a", 1.0),
    "kWh/(m2·a)": ("kWh/m2a", 1.0),
    "kWh/(m²·a)": ("kWh/m2a", 1.0),
    "kWh/m2/a": ("kWh/m2a", 1.0),
    "MJ/m2a": ("kWh/m2a", 1 / 3.6),
    "GJ/m2a": ("kWh/m2a", 1000 / 3.6),
    "W/m²": ("W/m2", 1.0),
    "W/m²K": ("W/m2K", 1.0),
    "W/(m2K)": ("W/m2K", 1.0),
    "W/(m²K)": ("W/m2K", 1.0),
    "W/(m²·K)": ("W/m2K", 1.0),
    "W/(m2·K)": ("W/m2K", 1.0),
    "h-1": ("1/h", 1.0),
    "°C": ("degC", 1.0),
    "µg/m3": ("ug/m3", 1.0),
    "μg/m³": ("ug/m3", 1.0),
}
"""Other ways to write a unit, and by what the figure is multiplied."""


def read_buildings(files: Mapping[str, bytes]) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Read buildings from files by name; each row that breaks a rule is named with file, row and column.

    Parameters
    ----------
    files
        Content by file name: ``buildings.csv``, ``values.csv``, ``meters.csv``, ``weather.csv``, one workbook with a sheet for
        each, or BuildingSync XML. What is missing is empty.

    Returns
    -------
    Every table of :data:`TABLES`, and findings. A figure in another unit is converted and says so in its note.
    """
    parts: dict[str, list[pl.DataFrame]] = {name: [] for name in TABLES}
    sheets = {name: content for name, content in files.items() if not looks_like_xml(content, name=name)}
    found, findings = find_tables(sheets)
    for name, schema in TABLES.items():
        if name in found:
            where, content = found[name]
            frame, told = read_typed(content, schema, where=where, defaults=DEFAULTS[name])
            parts[name].append(_spell_units(frame) if name == "values" else frame)
            findings += told
    for name, content in sorted(files.items()):
        if name not in sheets:
            read, told = read_buildingsync(content, where=name)
            findings += told
            for table, frame in read.items():
                parts[table].append(frame)
    if not any(parts.values()) and not findings:
        where = ", ".join(sorted(files))
        findings.append(Finding(Code.SHEET_MISSING, {"sheet": "buildings", "file": where}, where=where))
    return {name: _join(frames, TABLES[name], findings) for name, frames in parts.items()}, findings


def _join(frames: list[pl.DataFrame], schema: type[dy.Schema], findings: list[Finding]) -> pl.DataFrame:
    """All rows of one table; a key given twice counts once, and is told."""
    if not frames:
        return schema.create_empty()
    rows = pl.concat([frame.select(schema.column_names()) for frame in frames])
    key = schema.primary_key()
    for row in rows.filter(pl.struct(key).is_duplicated()).unique(key, maintain_order=True).cast({pl.Enum: pl.String}).to_dicts():
        facts = {"table": schema.__name__, "key": ", ".join(str(row[name]) for name in key)}
        findings.append(Finding(Code.BUILDING_ROW_TWICE, facts, where=schema.__name__, severity=Severity.WARNING))
    return schema.cast(rows.unique(key, keep="first", maintain_order=True))


def _spell_units(values: pl.DataFrame) -> pl.DataFrame:
    rows = values.to_dicts()
    for row in rows:
        wanted = INDICATORS[row["indicator"]][0]
        unit, factor = SPELLED.get(row["unit"], (row["unit"], 1.0))
        if row["unit"] == "%":
            unit, factor = (wanted, 0.01) if wanted == "share" else ("percent", 1.0)
        if factor != 1.0:
            row["note"] = f"{row['value']:g} {row['unit']}" + (f"; {row['note']}" if row["note"] else "")
        row["value"], row["unit"] = row["value"] * factor, unit
    return pl.DataFrame(rows, schema=values.schema)
