"""Which files leave the house? A city's balance or a whole release, in the formats others read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.sinks import dcat, ecrf, package, table_csv
from citytandem.sources.crosswalks import read_rows
from citytandem.tables import RELEASE, Line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMATS = ("ecrf", "csv", "xlsx", "package", "dcat")
OF_A_CITY = ("ecrf", "csv", "xlsx", "package")
OF_A_RELEASE = ("csv", "package", "dcat")
_TIE_LICENCE = {"tie": "CC BY-SA 4.0"}
"""Ties come from a publication that asks for the same licence of whoever passes them on."""


def crosswalk() -> ecrf.Crosswalk:
    """What leads from our words to those of the Common Reporting Framework."""
    return ecrf.Crosswalk(read_rows("gpc_sectors"), read_rows("ecrf_summary"), read_rows("activity_words"))


def cut_city(tables: Mapping[str, pl.DataFrame], *, city: str) -> dict[str, pl.DataFrame]:
    """The rows of every table that speak of one city, with the publications and the cities its ties lead to.

    Parameters
    ----------
    tables
        Tables of a release.
    city
        Id of the city.
    """
    own = pl.col("city") == city
    cut = {name: frame.filter(own) for name, frame in tables.items() if "city" in frame.columns}
    cut["tie"] = tables["tie"].filter(own | (pl.col("other") == city))
    named = {city, *cut["tie"]["city"], *cut["tie"]["other"]}
    cut["city"] = tables["city"].filter(pl.col("city").is_in(list(named)))
    cut["line"] = tables["line"].join(cut["balance"], on="balance", how="semi", maintain_order="left")
    for name in ("factor", "series"):
        key = "country" if name == "factor" else "area"
        cut[name] = tables[name].filter(pl.col(key) == city[:2])
    used = {key for frame in cut.values() if "source" in frame.columns for key in frame["source"].unique()}
    cut["source"] = tables["source"].filter(pl.col("source").is_in(list(used)))
    return {name: cut[name] for name in tables}


def write_tables(
    tables: Mapping[str, pl.DataFrame], folder: Path, *, form: str, descriptor: Mapping[str, Any], city: str | None = None
) -> Path:
    """Write tables as a package of Parquet (``package``) or CSV (``csv``) files; returns the descriptor's path.

    Parameters
    ----------
    tables
        Tables of a release, by name.
    folder
        Where to.
    form
        ``package`` or ``csv``.
    descriptor
        Descriptor of the release they are from; its raw hashes are carried along.
    city
        Id of the city they were cut for.

    Raises
    ------
    CannotCompute
        ``IMPORT_FOLDER_TAKEN`` if the folder holds other files than those of a package.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / package.DESCRIPTOR).is_file():
        raise CannotCompute(Finding(Code.IMPORT_FOLDER_TAKEN, {"folder": str(folder)}, where=str(folder)))
    name = str(descriptor.get("name", "release"))
    heading = package.Heading(
        name=f"{name}-{city.lower()}" if city else name,
        version=str(descriptor.get("version", "")),
        title=f"{descriptor.get('title', name)}{f': {city}' if city else ''}",
        raw=dict(descriptor.get("raw", {})),
        table_licences={key: licence for key, licence in _TIE_LICENCE.items() if key in tables and tables[key].height},
    )
    writer = package.write if form == "package" else table_csv.write
    return writer(tables, folder, schemas=RELEASE, heading=heading)


def write_inventory(
    balance: Mapping[str, Any], *, city: Mapping[str, Any], line: pl.DataFrame, memo: pl.DataFrame | None, structure: pl.DataFrame
) -> tuple[bytes, list[Finding]]:
    """Write one balance as a workbook of the Common Reporting Framework; see :func:`citytandem.sinks.ecrf.write`."""
    own = pl.col("balance") == balance["balance"]
    beside = Line.create_empty() if memo is None else memo.filter(own)
    given = ecrf.Inventory(balance, city, line.filter(own), beside, structure.filter(pl.col("city") == balance["city"]))
    return ecrf.write(given, crosswalk=crosswalk())


def describe_release(descriptor: Mapping[str, Any]) -> str:
    """The description of a release for data catalogues; see :func:`citytandem.sinks.dcat.describe`."""
    return dcat.write(descriptor)
