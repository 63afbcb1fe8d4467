"""Reads one file in a process of its own, so that nothing inside it can hold up or bring down the site.

Started as ``python -m citytandem.web.balances.reader FILE FOLDER`` with a recipe on standard input; knows no Django and no
database. Into FOLDER it writes the package, the rows of the file, and last ``reading.json``, without which it does not count.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.atlas import load
from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.release.bring import Asked, bring
from citytandem.release.overlay import Overlay, assemble, publish
from citytandem.sources.anysheet import load_mapping, save_mapping
from citytandem.sources.anysheet.grid import read_grid
from citytandem.sources.city_match import resolve_from
from citytandem.web.balances.fixes import apply_fixes, as_remarks
from citytandem.web.balances.layout import fingerprint
from citytandem.web.balances.recipe import Recipe

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.findings import Fact
    from citytandem.release.bring import Brought
    from citytandem.sources.anysheet import Proposal
    from citytandem.sources.city_match import Resolve
    from citytandem.sources.reading import Reading

OWN_FILES = ("own-sheet", "ecrf", "gpc-export", "gpc-activity", "secap")
"""Sources that stand for a file of the city itself, whoever it is."""
CPU_SECONDS = 120
MEMORY_BYTES = 3 * 2**30
FILE_BYTES = 2**28
ROWS = pl.Schema({"sheet": pl.String(), "row": pl.Int64(), "fate": pl.String(), "cells": pl.List(pl.String())})
OWN_TABLES = ("balance", "line", "memo", "structure", "target")


def main() -> None:
    """Read the file named on the command line by the recipe on standard input."""
    file, folder = Path(sys.argv[1]), Path(sys.argv[2])
    _hold_back()
    read_into(folder, raw=file.read_bytes(), recipe=Recipe.from_json(sys.stdin.read()))


def _hold_back() -> None:
    """Bounds on time, on files written, and on memory beyond what the libraries take to start."""
    import resource  # optional dependency: not on every system

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    if sys.platform == "linux":
        started = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (started + MEMORY_BYTES, started + MEMORY_BYTES))


def read_into(folder: Path, *, raw: bytes, recipe: Recipe) -> None:
    """Read a file and write down what it holds, what was asked and what was found."""
    atlas = load()
    read = apply_fixes(raw, fixes=recipe.fixes, where=recipe.name)
    brought, layout = _bring(read, recipe=recipe, atlas=atlas)
    kept = _keep_own(brought, recipe=recipe)
    overlay = assemble([kept], city=atlas.city, source=atlas.source)
    over = {"name": atlas.release, "sha256": atlas.sha256}
    try:
        publish(overlay, folder / "package", brought=[kept], over=over, draft=not overlay.is_sound)
    except CannotCompute as refusal:
        overlay = dataclasses.replace(overlay, findings=(*overlay.findings, refusal.finding))
        publish(overlay, folder / "package", brought=[kept], over=over, draft=True)
    _write_rows(folder, raw=raw, name=recipe.name, reading=brought.reading)
    told = {
        "format": kept.format,
        "is_sound": overlay.is_sound,
        "findings": [finding.as_dict() for finding in overlay.findings],
        "mapping": save_mapping(kept.proposal.mapping) if kept.proposal else "",
        "layout": layout,
        "questions": _questions(kept.proposal),
        "balances": _balances(overlay),
        "controls": _controls(brought.reading),
    }
    (folder / "reading.json").write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")


def _bring(raw: bytes, *, recipe: Recipe, atlas: Atlas) -> tuple[Brought, str]:
    """The file as read, and the layout of its tables where it is a sheet."""

    @cache
    def register() -> Resolve:
        return resolve_from(city=atlas.city, name=atlas.name, identifier=atlas.identifier)  # takes seconds; few files need it

    def resolve(name: str, *, country: str | None, locode: str | None) -> str | None:
        return register()(name, country=country or recipe.city[:2], locode=locode)

    mapping = load_mapping(recipe.mapping)[0] if recipe.mapping else None
    asked = Asked(city=recipe.city, answers=recipe.answers, mapping=mapping)
    brought = bring(raw, name=recipe.name, asked=asked, resolve=resolve)
    layout = fingerprint(brought.proposal.mapping) if brought.proposal else ""
    if mapping is None and layout in recipe.known:
        saved = load_mapping(recipe.known[layout])[0]
        if saved is not None:
            brought = bring(raw, name=recipe.name, asked=Asked(city=recipe.city, mapping=saved), resolve=resolve)
    if any(finding.code is Code.IMPORT_SEVERAL_CITIES for finding in brought.reading.findings):
        # a file of many cities: read by its own names, of which only this city's rows are kept
        brought = bring(raw, name=recipe.name, asked=dataclasses.replace(asked, city=None), resolve=resolve)
    return brought, layout


def _keep_own(brought: Brought, *, recipe: Recipe) -> Brought:
    """The rows about the city itself; what the file says of others is left out with a finding, since it is theirs to say."""
    reading = brought.reading
    balances = reading.tables["balance"].filter(pl.col("city") == recipe.city) if "balance" in reading.tables else None
    tables, others = {}, set[str]()
    for name in OWN_TABLES:
        frame = reading.tables.get(name, pl.DataFrame())
        if "city" in frame.columns:
            others |= set(frame["city"].unique()) - {recipe.city}
            tables[name] = frame.filter(pl.col("city") == recipe.city)
        elif "balance" in frame.columns and balances is not None:
            tables[name] = frame.join(balances, on="balance", how="semi", maintain_order="left")
    findings = list(reading.findings)
    if others:
        weight = Severity.NOTE if balances is not None and balances.height else Severity.ERROR
        findings = [finding for finding in findings if finding.code is not Code.CITY_NOT_MATCHED]
        facts: dict[str, Fact] = {"count": len(others), "city": recipe.city}
        findings.append(Finding(Code.IMPORT_OTHER_CITIES, facts, where=recipe.name, severity=weight))
    remarks = list(reading.remarks)
    if "source" in reading.tables:
        tables["source"] = _describe_source(reading.tables["source"], recipe=recipe)
        key = _source_key(recipe)
        tables = {name: _name_source(frame, key=key) for name, frame in tables.items()}
        first = tables["source"]["source"].sort()[0]
        remarks += as_remarks(recipe.fixes, where=recipe.name, source=first, city=recipe.city)
    own = dataclasses.replace(reading, tables=tables, findings=tuple(findings), remarks=tuple(remarks))
    return dataclasses.replace(brought, reading=own, sha256=recipe.file_sha256)


def _source_key(recipe: Recipe) -> str:
    """One for all files of a city, so that its years stand in one series."""
    return f"own-{recipe.city.lower()}"


def _describe_source(source: pl.DataFrame, *, recipe: Recipe) -> pl.DataFrame:
    """A city's own file is named as the source with who brought it and its terms, not as a sheet in general."""
    said = {"title": recipe.name, "publisher": recipe.publisher, "licence": recipe.licence,
            "attribution": f"{recipe.publisher}: {recipe.name}"}  # fmt: skip
    own = pl.col("source").is_in(OWN_FILES)
    named = source.with_columns(
        pl.when(own).then(pl.lit(text)).otherwise(pl.col(name)).alias(name) for name, text in said.items()
    )
    return named.with_columns(pl.lit(recipe.file_sha256).alias("sha256"))


def _name_source(frame: pl.DataFrame, *, key: str) -> pl.DataFrame:
    if "source" not in frame.columns:
        return frame
    own = pl.col("source").is_in(OWN_FILES)
    return frame.with_columns(pl.when(own).then(pl.lit(key)).otherwise(pl.col("source")).alias("source"))


def _write_rows(folder: Path, *, raw: bytes, name: str, reading: Reading) -> None:
    """Every row of the file as it came, with what became of it."""
    grid, _ = read_grid(raw, where=name)
    fates: dict[tuple[str, int], str] = {}
    if "row" in reading.tables:
        frame = reading.tables["row"]
        fates = {(where, row): fate for where, row, fate in frame.select("where", "row", "fate").iter_rows()}
    rows = [
        {"sheet": sheet.name, "row": line, "fate": fates.get((f"{name}: {sheet.name}".removesuffix(": "), line)),
         "cells": ["" if cell is None else str(cell)[:200] for cell in row]}
        for sheet in grid.sheets
        for line, row in zip(sheet.lines, sheet.rows, strict=True)
    ]  # fmt: skip
    pl.DataFrame(rows, schema=ROWS).write_parquet(folder / "rows.parquet")


def _questions(proposal: Proposal | None) -> list[dict[str, Any]]:
    if proposal is None:
        return []
    return [
        {"key": one.key, "choices": list(one.choices), "suggestion": one.suggestion, "finding": one.finding.as_dict()}
        for one in proposal.questions
    ]


def _balances(overlay: Overlay) -> list[dict[str, Any]]:
    """One row per balance: its lines, their sum in the finest breakdown, and the published total."""
    views = (
        overlay.tables["line"]
        .group_by("balance", "view")
        .agg(pl.len().alias("lines"), pl.col("emissions_t").sum().alias("lines_t"), pl.col("emissions_t").count().alias("known"))
    )
    best = views.sort("balance", "lines", "view", descending=[False, True, False]).unique("balance", keep="first")
    sums = best.with_columns(pl.when(pl.col("known") > 0).then(pl.col("lines_t")).alias("lines_t"))
    heads = overlay.tables["balance"].join(sums.select("balance", "lines", "lines_t"), on="balance", how="left")
    return heads.sort("year", "balance").select("balance", "city", "year", "method", "lines", "lines_t", "reported_t").to_dicts()


def _controls(reading: Reading) -> list[dict[str, Any]]:
    if "control" not in reading.tables:
        return []
    return reading.tables["control"].head(500).to_dicts()


if __name__ == "__main__":
    main()
