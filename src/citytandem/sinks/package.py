"""Write a release: one Parquet file per table and a descriptor with hashes, byte for byte the same every time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import dataframely as dy
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

DESCRIPTOR = "datapackage.json"
_ROW_GROUP = 32_768
_TYPES = {"Float64": "number", "Bool": "boolean", "Date": "date", "String": "string", "Enum": "string"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the descriptor says about the package as a whole; ``more`` holds further words of its own."""

    name: str
    version: str
    title: str
    raw: Mapping[str, str] = field(default_factory=dict)
    table_licences: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def write(tables: Mapping[str, pl.DataFrame], folder: Path, *, schemas: Mapping[str, type[dy.Schema]], heading: Heading) -> Path:
    """Write every table sorted by its key, and the descriptor last; returns the descriptor's path.

    ``raw`` in the heading maps each raw file to its SHA-256. Nothing in the output depends on the clock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, frame in tables.items():
        path = folder / f"{name}.parquet"
        _write_table(frame, path, schema=schemas[name])
        licence = heading.table_licences.get(name)
        resources.append(_resource(path, schema=schemas[name], rows=frame.height, licence=licence))
    descriptor = describe_package(resources, tables.get("source"), heading=heading)
    target = folder / DESCRIPTOR
    target.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target


def sha256(raw: bytes) -> str:
    """The hash by which a file is known."""
    return hashlib.sha256(raw).hexdigest()


def _write_table(frame: pl.DataFrame, path: Path, *, schema: type[dy.Schema]) -> None:
    ordered = frame.select(schema.column_names()).sort(schema.primary_key(), maintain_order=True)
    ordered.write_parquet(path, compression="zstd", compression_level=15, statistics=True, row_group_size=_ROW_GROUP)


def _resource(path: Path, *, schema: type[dy.Schema], rows: int, licence: str | None) -> dict[str, Any]:
    raw = path.read_bytes()
    resource: dict[str, Any] = {
        "name": path.stem,
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(raw),
        "hash": f"sha256:{sha256(raw)}",
        "rows": rows,
        "description": (schema.__doc__ or "").strip(),
    }
    if licence:
        resource["licenses"] = [{"name": licence}]
    resource["schema"] = {"fields": describe_fields(schema), "primaryKey": schema.primary_key()}
    return resource


def describe_fields(schema: type[dy.Schema]) -> list[dict[str, Any]]:
    """Describe the columns of a table class as Frictionless fields, with units."""
    return [_field(name, column) for name, column in schema.columns().items()]


def _field(name: str, column: Any) -> dict[str, Any]:
    kind = type(column).__name__
    entry: dict[str, Any] = {"name": name, "type": _TYPES.get(kind, "integer")}
    if column.description:
        entry["description"] = column.description
    if column.metadata and "unit" in column.metadata:
        entry["unit"] = column.metadata["unit"]
    bounds = {
        "required": not column.nullable or None,
        "minimum": getattr(column, "min", None),
        "maximum": getattr(column, "max", None),
        "pattern": getattr(column, "regex", None),
        "enum": list(column.categories) if kind == "Enum" else None,
    }
    constraints = {key: value for key, value in bounds.items() if value is not None}
    return entry | ({"constraints": constraints} if constraints else {})


def describe_package(resources: Sequence[dict[str, Any]], sources: pl.DataFrame | None, *, heading: Heading) -> dict[str, Any]:
    """The descriptor of a package: its resources, publications, licences, and the hash over all of them."""
    listed = [] if sources is None else sources.sort("source").to_dicts()
    return {
        "profile": "data-package",
        "name": heading.name,
        "version": heading.version,
        "sha256": sha256("".join(resource["hash"] for resource in resources).encode()),
        "title": heading.title,
        "code": {"package": "citytandem", "version": version("citytandem")},
        "licenses": [{"name": name} for name in sorted({row["licence"] for row in listed})],
        "sources": [
            {"name": row["source"], "title": row["title"], "path": row["url"], "attribution": row["attribution"],
             "license": row["licence"]}
            for row in listed
        ],
        "raw": dict(sorted(heading.raw.items())),
        **heading.more,
        "resources": list(resources),
    }  # fmt: skip
