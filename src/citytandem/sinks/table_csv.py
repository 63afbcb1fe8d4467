"""How does a spreadsheet or a statistics program read a release? One CSV per table, with units in the description beside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citytandem.sinks.package import DESCRIPTOR, describe_fields, describe_package, sha256

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import dataframely as dy
    import polars as pl

    from citytandem.sinks.package import Heading

_DIALECT = {"delimiter": ",", "header": True, "lineTerminator": "\n"}


def write(tables: Mapping[str, pl.DataFrame], folder: Path, *, schemas: Mapping[str, type[dy.Schema]], heading: Heading) -> Path:
    """Write every table sorted by its key as CSV in UTF-8, and a Frictionless descriptor; returns its path.

    Unknown is an empty cell, which no text of ours ever is; zero is ``0.0``. Dates are ISO 8601, truths ``true`` and
    ``false``, numbers have a point and every digit. The unit of each column stands in the descriptor.

    Parameters
    ----------
    tables
        Tables by name.
    folder
        Where to.
    schemas
        Class of each table.
    heading
        What the descriptor says about the whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, frame in tables.items():
        schema = schemas[name]
        path = folder / f"{name}.csv"
        ordered = frame.select(schema.column_names()).sort(schema.primary_key(), maintain_order=True)
        ordered.write_csv(path, line_terminator="\n")
        resources.append(_resource(path, schema=schema, rows=frame.height, licence=heading.table_licences.get(name)))
    target = folder / DESCRIPTOR
    text = json.dumps(describe_package(resources, tables.get("source"), heading=heading), ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
    return target


def _resource(path: Path, *, schema: type[dy.Schema], rows: int, licence: str | None) -> dict[str, Any]:
    raw = path.read_bytes()
    return {
        "name": path.stem,
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "bytes": len(raw),
        "hash": f"sha256:{sha256(raw)}",
        "rows": rows,
        "description": (schema.__doc__ or "").strip(),
        **({"licenses": [{"name": licence}]} if licence else {}),
        "schema": {"fields": describe_fields(schema), "primaryKey": schema.primary_key(), "missingValues": [""]},
    }
