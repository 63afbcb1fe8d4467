"""Read a release folder back, and check that every file is whole and every row keeps its rules."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.sources.validate import validate
from citytandem.tables import OVER_RELEASE, RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import dataframely as dy

DESCRIPTOR = "datapackage.json"
GIVE_WAY_TOGETHER = {"line": ["balance"], "stage": ["city", "measure"]}
"""Tables of which several rows are one statement: where a package makes it anew, all of them give way."""


def read_descriptor(folder: Path) -> dict[str, Any]:
    """The descriptor of a package, or the reason why there is none."""
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise CannotCompute(Finding(Code.FILE_MISSING, facts={"file": DESCRIPTOR, "folder": str(folder)}, where=str(path)))
    try:
        descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        facts = {"file": DESCRIPTOR, "problem": str(error)[:200]}
        raise CannotCompute(Finding(Code.FILE_UNREADABLE, facts=facts, where=str(path))) from error
    return descriptor


def read_table(folder: Path, name: str, *, columns: Iterable[str] | None = None) -> pl.DataFrame:
    """Read one table; a file that is missing or broken is named."""
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise CannotCompute(Finding(Code.FILE_MISSING, facts={"file": path.name, "folder": str(folder)}, where=str(path)))
    try:
        return pl.read_parquet(path, columns=None if columns is None else list(columns))
    except (pl.exceptions.PolarsError, OSError) as error:
        facts = {"file": path.name, "problem": str(error).splitlines()[0][:200]}
        raise CannotCompute(Finding(Code.FILE_UNREADABLE, facts=facts, where=str(path))) from error


def read_trusted(folder: Path, name: str, *, descriptor: Mapping[str, Any], schema: type[dy.Schema]) -> pl.DataFrame:
    """Read one table whose file is the one its package describes.

    A file that differs is looked at row by row, so that the refusal can name the row that is wrong;
    if every row keeps the rules, the refusal says that the file was changed.
    """
    resource = next((one for one in descriptor.get("resources", []) if one.get("name") == name), None)
    if resource is None:
        raise CannotCompute(Finding(Code.RELEASE_INCOMPLETE, facts={"table": name}, where=str(folder)))
    path = folder / f"{name}.parquet"
    if path.is_file() and _hash_of(path) != resource.get("hash"):
        _, findings = _verify_table(folder, name, schema=schema, resource=resource)
        raise CannotCompute(next((finding for finding in findings if finding.row is not None), findings[0]))
    return read_table(folder, name)


def lay_over(own: pl.DataFrame, beneath: pl.DataFrame, *, table: str) -> pl.DataFrame:
    """The rows of a table beneath, with those of an imported package over them.

    A row of the package takes the place of the row with the same key; for ``line`` all lines of a balance give way
    together, for ``stage`` all items of a city under one measure. What is known of a city stays as the release beneath
    has it. Notes are numbered on.

    Examples
    --------
    >>> own = pl.DataFrame({"balance": ["a"], "item": ["x"]})
    >>> beneath = pl.DataFrame({"balance": ["a", "a", "b"], "item": ["x", "y", "x"]})
    >>> lay_over(own, beneath, table="line").rows()
    [('b', 'x'), ('a', 'x')]
    """
    if table == "note":
        last = int(str(beneath["note"].max() or 0))
        return pl.concat([beneath, own.with_columns((pl.col("note") + last).cast(own.schema["note"]))])
    if table == "city":
        return pl.concat([beneath, own.join(beneath, on="city", how="anti", maintain_order="left")])
    key = GIVE_WAY_TOGETHER.get(table) or {**RELEASE, **OVER_RELEASE}[table].primary_key()
    return pl.concat([beneath.join(own.select(key).unique(), on=key, how="anti", maintain_order="left"), own])


def verify(folder: Path, schemas: Mapping[str, type[dy.Schema]]) -> list[Finding]:
    """Check files against their hashes, rows against their schemas, and keys against the tables they point to.

    Returns
    -------
    Findings with file and row (rows counted from 1); empty if the package is sound.
    """
    try:
        descriptor = read_descriptor(folder)
    except CannotCompute as refusal:
        return [refusal.finding]
    listed = {resource["name"]: resource for resource in descriptor.get("resources", [])}
    findings = [
        Finding(Code.RELEASE_INCOMPLETE, facts={"table": name}, where=f"{name}.parquet") for name in schemas if name not in listed
    ]
    tables: dict[str, pl.DataFrame] = {}
    for name, schema in schemas.items():
        if name not in listed:
            continue
        frame, problems = _verify_table(folder, name, schema=schema, resource=listed[name])
        findings += problems
        if frame is not None:
            tables[name] = frame
    return findings + _dangling(tables)


def _verify_table(
    folder: Path, name: str, *, schema: type[dy.Schema], resource: Mapping[str, Any]
) -> tuple[pl.DataFrame | None, list[Finding]]:
    path = folder / f"{name}.parquet"
    try:
        frame = read_table(folder, name)
    except CannotCompute as refusal:
        return None, [refusal.finding]
    findings = []
    found = _hash_of(path)
    if found != resource.get("hash"):
        facts = {"file": path.name, "expected": str(resource.get("hash")), "found": found}
        findings.append(Finding(Code.FILE_CHANGED, facts=facts, where=path.name))
    good, problems = validate(frame, schema, where=path.name, first_row=1)
    return good, findings + problems


def _hash_of(path: Path) -> str:
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


_POINTERS = (
    ("name", "city", "city", "city"), ("identifier", "city", "city", "city"), ("structure", "city", "city", "city"),
    ("balance", "city", "city", "city"), ("line", "balance", "balance", "balance"), ("stage", "city", "city", "city"),
    ("tie", "city", "city", "city"), ("tie", "other", "city", "city"), ("membership", "city", "city", "city"),
    ("target", "city", "city", "city"),
)  # fmt: skip


def _dangling(tables: Mapping[str, pl.DataFrame]) -> list[Finding]:
    pointers = [*_POINTERS, *((name, "source", "source", "source") for name in tables if name != "source")]
    findings = []
    for table, column, target, key in pointers:
        if table not in tables or target not in tables:
            continue
        values = tables[table].with_row_index("_row", offset=1).select("_row", column)
        lost = values.join(tables[target].select(pl.col(key).alias(column)), on=column, how="anti").sort("_row")
        for row, value in lost.head(20).iter_rows():
            facts = {"column": column, "value": value, "table": target}
            findings.append(Finding(Code.REFERENCE_DANGLING, facts=facts, row=row, where=f"{table}.parquet"))
    return findings
