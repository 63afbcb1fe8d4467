"""Which package do imported files make? Their own rows, ready to lie over a release; published whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.release.notes import number_notes
from citytandem.sinks import package
from citytandem.sources import package as read_back
from citytandem.sources.validate import validate
from citytandem.tables import RELEASE, Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.release.bring import Brought

SCHEMAS = {**RELEASE, "memo": Line}
"""The tables of an imported package: those of a release, and the lines that stand beside the totals."""
_OF_READERS = ("city", "name", "structure", "balance", "line", "memo", "target", "source")


@dataclass(frozen=True, slots=True)
class Overlay:
    """The tables of a package that would lie over a release, and everything that was found on the way."""

    tables: Mapping[str, pl.DataFrame]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """May it be published?"""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


def assemble(brought: Sequence[Brought], *, city: pl.DataFrame, source: pl.DataFrame) -> Overlay:
    """Join what files hold into the tables of one package.

    Parameters
    ----------
    brought
        The files as read.
    city, source
        Tables of the release beneath: the row of each city the files speak of is carried along with its source,
        so that the package is whole by itself.

    Returns
    -------
    Every table of a release and ``memo``; those without rows are empty. A balance that two files bring is kept once.
    """
    findings = [finding for one in brought for finding in one.reading.findings]
    tables = {name: _join(brought, name) for name in _OF_READERS}
    twice = _balances_given_twice(brought)
    findings += twice
    lost = _unknown_cities(tables, city=city)
    findings += lost
    gone = [finding.facts["asked"] for finding in lost]
    for name in ("balance", "structure", "target"):
        tables[name] = tables[name].filter(~pl.col("city").is_in(gone))
    for name in ("line", "memo"):
        tables[name] = tables[name].join(tables["balance"], on="balance", how="semi", maintain_order="left")
    tables["city"] = pl.concat([tables["city"], _cities_of(tables, city=city)]).unique("city", keep="first", maintain_order=True)
    remarks = [remark for one in brought for remark in one.reading.remarks]
    if remarks:
        tables["note"] = number_notes(remarks)
    named = {key for frame in tables.values() if "source" in frame.columns for key in frame["source"].unique()}
    carried = source.filter(pl.col("source").is_in(list(named - set(tables["source"]["source"]))))
    tables["source"] = pl.concat([tables["source"], carried])
    good = {}
    for name, schema in SCHEMAS.items():
        good[name], problems = validate(tables.get(name, schema.create_empty()), schema, where=name, first_row=1)
        findings += problems
    waiting = any(finding.code is Code.IMPORT_QUESTIONS_OPEN for finding in findings)
    if good["balance"].is_empty() and good["target"].is_empty() and not waiting:
        findings.append(Finding(Code.IMPORT_NOTHING, {"files": ", ".join(one.name for one in brought)}))
    return Overlay(good, tuple(findings))


def publish(overlay: Overlay, folder: Path, *, brought: Sequence[Brought], over: Mapping[str, Any], draft: bool = False) -> str:
    """Write the package, whole or not at all; returns its name.

    Parameters
    ----------
    overlay
        As from :func:`assemble`.
    folder
        Where to; a package that was imported before is replaced, anything else is left alone.
    brought
        The files it was made of: their names, hashes and formats are written down.
    over
        Name and hash of the release it was made to lie over.
    draft
        Write it although there are errors, and say so in its name.

    Raises
    ------
    CannotCompute
        ``IMPORT_NOT_SOUND`` if there are errors and no draft was asked for; ``IMPORT_FOLDER_TAKEN``.
    """
    if not overlay.is_sound and not draft:
        wrong = sum(finding.severity is Severity.ERROR for finding in overlay.findings)
        raise CannotCompute(Finding(Code.IMPORT_NOT_SOUND, {"count": wrong}, where=str(folder)))
    _check_folder(folder)
    state = "checked" if overlay.is_sound else "draft"
    stem = re.sub(r"[^a-z0-9]+", "-", Path(brought[0].name).stem.lower()).strip("-") or "file"
    name = f"import-{stem}" + ("" if overlay.is_sound else "-draft")
    heading = package.Heading(
        name=name,
        version=package.sha256("".join(one.sha256 for one in brought).encode())[:12],
        title=f"Imported from {', '.join(one.name for one in brought)}",
        raw={one.name: one.sha256 for one in brought},
        more={
            "state": state,
            "over": dict(over),
            "formats": {one.name: one.format for one in brought},
            "findings": dict(sorted(Counter(str(finding.code) for finding in overlay.findings).items())),
        },
    )
    half = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    try:
        package.write(overlay.tables, half, schemas=SCHEMAS, heading=heading)
        broken = read_back.verify(half, SCHEMAS)
        if broken and not draft:
            raise CannotCompute(broken[0])
        if folder.exists():
            shutil.rmtree(folder)
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return name


def _check_folder(folder: Path) -> None:
    """A folder that holds anything but an imported package is somebody else's."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    taken = CannotCompute(Finding(Code.IMPORT_FOLDER_TAKEN, {"folder": str(folder)}, where=str(folder)))
    try:
        descriptor = read_back.read_descriptor(folder)
    except CannotCompute as refusal:
        raise taken from refusal
    allowed = {read_back.DESCRIPTOR, *(f"{name}.parquet" for name in SCHEMAS)}
    if "over" not in descriptor or {entry.name for entry in folder.iterdir()} - allowed:
        raise taken


def _join(brought: Sequence[Brought], name: str) -> pl.DataFrame:
    """One table over all files, in the types of its schema; of rows with the same key the first is kept."""
    schema = SCHEMAS[name]
    frames = [one.reading.tables[name] for one in brought if name in one.reading.tables]
    typed = [frame.select(schema.column_names()) for frame in frames if not frame.is_empty()]
    empty = schema.create_empty()
    joined = pl.concat([empty, *(frame.cast(empty.schema) for frame in typed)])
    if name not in {"line", "memo"}:
        return joined.unique(schema.primary_key(), keep="first", maintain_order=True)
    # all lines of a balance come from the first file that brings it
    of = [frame["balance"].to_list() for frame in typed]
    origin = pl.Series("origin", [at for at, ids in enumerate(of) for _ in ids], dtype=pl.UInt32)
    numbered = joined.with_columns(origin)
    return numbered.filter(pl.col("origin") == pl.col("origin").min().over("balance")).drop("origin")


def _balances_given_twice(brought: Sequence[Brought]) -> list[Finding]:
    first: dict[str, str] = {}
    findings = []
    for one in brought:
        if "balance" not in one.reading.tables:
            continue
        for balance in one.reading.tables["balance"]["balance"]:
            if balance in first:
                facts = {"balance": balance, "other": first[balance]}
                findings.append(Finding(Code.IMPORT_BALANCE_TWICE, facts, where=one.name, severity=Severity.WARNING))
            first.setdefault(balance, one.name)
    return findings


def _speak_of(tables: Mapping[str, pl.DataFrame]) -> set[str]:
    return {city for name in ("balance", "structure", "target", "name") for city in tables[name]["city"].unique()}


def _unknown_cities(tables: Mapping[str, pl.DataFrame], *, city: pl.DataFrame) -> list[Finding]:
    known = {*city["city"], *tables["city"]["city"]}
    return [Finding(Code.CITY_UNKNOWN, {"asked": one, "nearest": None}) for one in sorted(_speak_of(tables) - known)]


def _cities_of(tables: Mapping[str, pl.DataFrame], *, city: pl.DataFrame) -> pl.DataFrame:
    return city.filter(pl.col("city").is_in(list(_speak_of(tables)))).cast(tables["city"].schema)
