"""Shows pilot buildings: the list, one building, what is wrong with files, and designed against measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_table, write_json
from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.replies import answered
from citytandem.tables.building import MAIN_ZONES, USES
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from citytandem.science.buildings.answer import BuildingComparison, BuildingSheet

FORMS = (".csv", ".xlsx", ".xlsm", ".xml")
STANDARDS = {
    "gb-t-51350-2019": "GB/T 51350-2019",
    "mohurd-2015-guideline": "MOHURD 2015",
    "passive-house": "Passive House",
    "ashrae-guideline-14": "ASHRAE Guideline 14",
}


def show_list(*, zone: str | None, use: str | None, as_json: bool) -> None:
    """Print the buildings by the alphabet, with how many figures are published of each."""
    from citytandem import buildings

    for asked, option, choices in ((zone, "--zone", MAIN_ZONES), (use, "--use", USES)):
        if asked is not None and asked not in choices:
            facts = {"asked": asked, "option": option, "choices": ", ".join(choices)}
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))
    found = buildings.list_buildings(zone=zone, use=use)
    if as_json:
        write_json(answered(as_plain(found), (), speech=SPEECH))
        return
    console = open_console()
    counts: dict[str, int] = dict(found.values.group_by("building").len().iter_rows())
    heads = [SPEECH.label(f"building.{name}") for name in ("building", "zone", "use", "phase")]
    heads += [f">{SPEECH.label('building.area')}", f">{SPEECH.label('building.figures')}", SPEECH.label("building.source")]
    numbers = _number_sources(found.source)
    plain = found.buildings.cast({pl.Enum: pl.String}).sort("building").to_dicts()
    rows = [_list_row(row, count=counts.get(row["building"], 0), numbers=numbers) for row in plain]
    show_table(console, heads, rows, title=SPEECH.sentence("cli.buildings.title", count=len(rows)))
    _show_sources(console, found.source)


def show_one(building: str, *, as_json: bool) -> None:
    """Print what is known of one building, with marks and sources."""
    from citytandem import buildings

    found = buildings.show_building(building)
    source = buildings.sources_of(found.building, found.values, found.limits)
    if as_json:
        write_json(answered({**as_plain(found), "source": as_plain(source)}, found.findings, speech=SPEECH))
        return
    console = open_console()
    (row,) = found.building.cast({pl.Enum: pl.String}).to_dicts()
    console.print(f"\n[bold]{row['name']}[/bold]  {row['building']}")
    told = [row["city"], row["province"], _label("zone", row["zone"]), _label("use", row["use"]), _label("phase", row["phase"])]
    console.print(SPEECH.join([word for word in told if word and word != "–"]))
    for name in ("standard", "standard_class", "certificates", "partners", "technique", "note"):
        if row[name]:
            console.print(f"  {row[name]}")
    _show_values(console, found, numbers=_number_sources(source))
    _show_similar(console, found)
    show_findings(console, found.findings)
    _show_sources(console, source)


def show_checked(places: Sequence[Path], *, as_json: bool) -> None:
    """Print what was read and what is wrong with it."""
    from citytandem import buildings

    files = {name: content for place in places for name, content in _read(place).items()}
    found = buildings.check_files(files)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    console = open_console()
    counts = {name: getattr(found, name).height for name in ("buildings", "values", "meters", "weather")}
    kinds = [finding.severity for finding in found.findings]
    errors, warnings = kinds.count(Severity.ERROR), kinds.count(Severity.WARNING)
    console.print(SPEECH.sentence("cli.buildings.checked", **counts, errors=errors, warnings=warnings))
    show_findings(console, found.findings)


def show_compared(building: str, *, places: Sequence[Path | None], out: Path | None, as_json: bool) -> None:
    """Print designed against measured, the model with its limits, and the gap by term."""
    from citytandem import buildings

    meters, weather, records = (_read(place) if place is not None else None for place in places)
    found = buildings.compare_building(building, meters=meters, weather=weather, records=records)
    if out is not None:
        _draw(found, out=out)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    console = open_console()
    figures = {name: SPEECH.number(getattr(found, name)) for name in ("designed", "measured", "reference", "low", "high")}
    area = SPEECH.label(f"building.convention.area_{found.area_convention or 'not_stated'}")
    console.print(SPEECH.sentence("cli.buildings.compared", building=building, area=area, **figures))
    fit = found.normalised.fit if found.normalised is not None else None
    if fit is not None:
        told = {
            "r_squared": SPEECH.number(fit.r_squared, digits=3),
            "cv_rmse": SPEECH.number(fit.cv_rmse_percent),
            "bias": SPEECH.number(fit.bias_percent),
        }
        console.print(SPEECH.sentence("cli.buildings.fit", kind=fit.model.kind, count=fit.model.count, **told))
    _show_limits_of_fit(console, found)
    if found.terms.height:
        heads = [SPEECH.label("building.term"), f">{SPEECH.label('building.value')}", SPEECH.label("building.mark")]
        rows = [[_label("term", term), SPEECH.number(value), mark] for term, value, mark in found.terms.iter_rows()]
        show_table(console, heads, rows, title=SPEECH.label("building.gap"))
    show_findings(console, found.findings)


def write_template(folder: Path) -> None:
    """Write the empty tables into a folder that holds nothing yet."""
    from citytandem import buildings

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotCompute(Finding(Code.IMPORT_FOLDER_TAKEN, {"folder": str(folder)}))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in buildings.write_template().items():
        (folder / name).write_text(content, encoding="utf-8")
    open_console().print(SPEECH.sentence("cli.buildings.template", folder=str(folder)))


def _read(place: Path) -> dict[str, bytes]:
    paths = sorted(place.iterdir()) if place.is_dir() else [place]
    files = {path.name: path.read_bytes() for path in paths if path.is_file() and (place.is_file() or path.suffix in FORMS)}
    if not files:
        raise CannotCompute(Finding(Code.FILE_MISSING, {"file": place.name, "folder": str(place.parent)}, where=str(place)))
    return files


def _draw(found: BuildingComparison, *, out: Path) -> None:
    from citytandem.charts.building import draw_changepoint
    from citytandem.cli.write_chart import check_form, save_chart
    from citytandem.science.buildings.weather import trace_model

    check_form(out)
    if found.normalised is None or found.normalised.fit is None:
        raise CannotCompute(found.findings[-1], because=found.findings[:-1])
    line = trace_model(found.normalised)
    kind = found.normalised.fit.model.kind
    chart = draw_changepoint(found.normalised.periods, line=line, building=found.building, kind=kind, speech=SPEECH)
    save_chart(chart, out, answer=chart.description, findings=found.findings)


def _number_sources(source: pl.DataFrame) -> dict[str, int]:
    return {key: number for number, key in enumerate(source["source"], start=1)}


def _list_row(row: dict[str, Any], *, count: int, numbers: dict[str, int]) -> list[str]:
    area = row["gross_area_m2"] if row["gross_area_m2"] is not None else row["treated_area_m2"]
    size = SPEECH.number(area, digits=0) + (f" {row['size_mark']}" if area is not None else "")
    zone = _label("zone", row["zone"]) + (f" {row['zone_mark']}" if row["zone"] else "")
    source = f"{row['mark']} {numbers[row['source']]}"
    use, phase = _label("use", row["use"]), _label("phase", row["phase"])
    return [row["building"], zone, use, phase, size, str(count) if count else "–", source]


def _label(kind: str, key: str | None) -> str:
    return SPEECH.label(f"building.{kind}.{key}") if key else "–"


def _show_values(console: Console, found: BuildingSheet, *, numbers: dict[str, int]) -> None:
    names = ("figure", "state", "value", "unit", "convention", "mark", "source")
    heads = [(">" if name == "value" else "") + SPEECH.label(f"building.{name}") for name in names]
    rows = [
        [
            _label("figure", row["indicator"]),
            _label("state", row["state"]),
            f"{row['value']:,.10g}",
            row["unit"],
            _label("convention", row["convention"]),
            row["mark"],
            str(numbers[row["source"]]),
        ]
        for row in found.values.cast({pl.Enum: pl.String}).to_dicts()
    ]
    if rows:
        show_table(console, heads, rows, title=SPEECH.label("building.figures"))
    if found.limits.height:
        held = ("standard", "figure", "value", "limit", "verdict", "mark")
        heads = [(">" if name in {"value", "limit"} else "") + SPEECH.label(f"building.{name}") for name in held]
        rows = [
            [
                f"{STANDARDS.get(row['standard'], row['standard'])} {row['standard_class'].replace('_', ' ')}",
                _label("figure", row["indicator"]),
                SPEECH.number(row["value"]),
                SPEECH.number(row["limit"]),
                _label("verdict", row["verdict"]),
                f"{row['limit_mark']} {numbers[row['limit_source']]}",
            ]
            for row in found.limits.to_dicts()
        ]
        show_table(console, heads, rows, title=SPEECH.label("building.limits"))


def _show_similar(console: Console, found: BuildingSheet) -> None:
    """The range of similar buildings, where at least five publish a figure."""
    names = ("figure", "state", "value", "low", "middle", "high", "count")
    heads = [(">" if name not in {"figure", "state"} else "") + SPEECH.label(f"building.{name}") for name in names]
    rows = [
        [
            _label("figure", row["indicator"]),
            _label("state", row["state"]),
            *(SPEECH.number(row[name]) for name in ("value", "low", "middle", "high")),
            str(row["buildings"]),
        ]
        for row in found.similar.to_dicts()
        if row["low"] is not None
    ]
    if rows:
        show_table(console, heads, rows, title=SPEECH.label("building.similar"))


def _show_limits_of_fit(console: Console, found: BuildingComparison) -> None:
    if not found.limits.height:
        return
    heads = [SPEECH.label("building.standard"), f">{SPEECH.label('building.value')}", f">{SPEECH.label('building.limit')}"]
    heads += [SPEECH.label("building.verdict"), SPEECH.label("building.mark")]
    rows = [
        [
            f"{STANDARDS['ashrae-guideline-14']}, {row['path'].replace('_', ' ')}, {row['indicator'].replace('_', ' ')}",
            SPEECH.number(row["found"]),
            SPEECH.number(row["limit"]),
            _label("verdict", "kept" if row["kept"] else "not_kept"),
            f"{row['mark']} {row['source']}",
        ]
        for row in found.limits.to_dicts()
    ]
    show_table(console, heads, rows)


def _show_sources(console: Console, source: pl.DataFrame) -> None:
    for number, row in enumerate(source.to_dicts(), start=1):
        console.print(f"[dim]{number} {row['source']}: {row['publisher']}, {row['title']}, {row['url'] or ''}[/dim]")
