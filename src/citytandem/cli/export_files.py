"""Writes a city's balance, or a whole release, as a file that others can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, write_json
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.replies import answered, call_city

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from citytandem.atlas import Atlas

FOLDERS = ("csv", "package")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to leave the house: one city, or everything."""

    city: str | None
    year: int | None
    whole: bool
    form: str
    out: Path


def export_files(wish: Wish, *, as_json: bool, data: Path | None) -> None:
    """Write what was asked for; exit 1 where the format cannot hold it."""
    from citytandem.atlas import load
    from citytandem.release.exports import OF_A_CITY, OF_A_RELEASE

    atlas = load(data)
    allowed = OF_A_RELEASE if wish.whole else OF_A_CITY
    if wish.form not in allowed or wish.whole == bool(wish.city):
        asked = wish.form if wish.form not in allowed else "--release" if wish.whole else "CITY"
        choices = ", ".join(allowed) if wish.form not in allowed else "CITY, --release"
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": asked, "option": "format", "choices": choices}))
    if wish.form in FOLDERS and wish.out.is_file():
        facts = {"format": wish.form, "out": str(wish.out)}
        raise CannotCompute(Finding(Code.EXPORT_NEEDS_FOLDER, facts, where=str(wish.out)))
    written, findings = _write(wish, atlas)
    if as_json:
        write_json(answered({"format": wish.form, "written": str(written)}, findings, speech=SPEECH))
        return
    console = open_console()
    show_findings(console, findings)
    console.print(SPEECH.sentence("export.written", file=str(written)))


def _write(wish: Wish, atlas: Atlas) -> tuple[Path, list[Finding]]:
    from citytandem.gazetteer import find_city
    from citytandem.release.exports import cut_city, describe_release, write_tables
    from citytandem.tables import RELEASE

    if wish.form == "dcat":
        return _save(wish.out, describe_release(atlas.descriptor).encode()), []
    if wish.form in FOLDERS:
        tables: dict[str, pl.DataFrame] = {name: getattr(atlas, name) for name in RELEASE}
        city = find_city(atlas, wish.city) if wish.city else None
        given = cut_city(tables, city=city) if city else tables
        return write_tables(given, wish.out, form=wish.form, descriptor=atlas.descriptor, city=city), []
    return _write_balance(wish, atlas)


def _write_balance(wish: Wish, atlas: Atlas) -> tuple[Path, list[Finding]]:
    from citytandem import verbs
    from citytandem.release.exports import write_inventory
    from citytandem.sinks import workbook

    found = verbs.balance(atlas, city=wish.city or "", year=wish.year)
    if wish.form == "xlsx":
        called = call_city(found.city, language=SPEECH.language)
        return _save(wish.out, workbook.write(found, SPEECH, city=called)), []
    import polars as pl

    city = atlas.city.filter(pl.col("city") == found.city).row(0, named=True)
    raw, findings = write_inventory(
        found.balance.row(0, named=True), city=city, line=atlas.line, memo=_memo(atlas), structure=atlas.structure
    )
    return _save(wish.out, raw), findings


def _memo(atlas: Atlas) -> pl.DataFrame | None:
    """Lines beside the totals, which only imported packages hold."""
    from citytandem.sources.package import read_trusted
    from citytandem.tables import Line

    if not any(resource["name"] == "memo" for resource in atlas.descriptor.get("resources", [])):
        return None
    return read_trusted(atlas.folder, "memo", descriptor=atlas.descriptor, schema=Line)


def _save(file: Path, raw: bytes) -> Path:
    if file.is_dir():
        facts = {"file": file.name, "problem": "it is a folder"}
        raise CannotCompute(Finding(Code.FILE_UNREADABLE, facts, where=str(file)))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    return file
