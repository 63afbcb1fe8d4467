"""Designed against measured for one building: as metered, for reference weather beside it, and the gap by term."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts.building import draw_changepoint, draw_designed
from citytandem.charts.chart import Column, Twin
from citytandem.findings import Code, Finding
from citytandem.science.buildings.answer import compare_building
from citytandem.science.buildings.weather import trace_model
from citytandem.sources.facts import load_facts
from citytandem.web.buildings.sheet import Line, name_building
from citytandem.web.buildings.telling import cite, write_number, write_unit

if TYPE_CHECKING:
    from citytandem.charts.chart import Chart
    from citytandem.science.buildings.answer import BuildingComparison
    from citytandem.science.buildings.quality import Fit
    from citytandem.web.buildings.queries import Measured, Shown
    from citytandem.web.buildings.sheet import BuildingPage
    from citytandem.words import Speech

KEPT_BESIDE = (Code.BUILDING_CONVENTIONS_MIXED, Code.BUILDING_CARRIERS_LACK, Code.BUILDING_VALUE_UNUSUAL)
"""Findings the page of the record has told already."""
LONGEST_TITLE = 28
"""Signs of a name above a picture; more would be cut off."""


@dataclass(frozen=True, kw_only=True)
class ComparisonPage:
    """Designed against measured, ready to be printed; every text is empty where there is no honest figure."""

    answer: str
    figures: tuple[tuple[str, str, str], ...]
    area: str
    model: str
    picture: Chart | None
    limits: tuple[dict[str, Any], ...]
    terms: tuple[tuple[str, str, str], ...]
    readings: Twin
    findings: tuple[Finding, ...]
    found: BuildingComparison


def compare(key: str, *, shown: Shown, measured: Measured) -> BuildingComparison:
    """The answer of the science for one building.

    Raises
    ------
    CannotCompute
        BUILDING_UNKNOWN.
    """
    return compare_building(
        key, buildings=shown.buildings, values=shown.values, limits=load_facts().building_limit, readings=measured.meters,
        temperatures=measured.weather,
    )  # fmt: skip


def write_comparison(key: str, *, name: str, shown: Shown, measured: Measured, speech: Speech) -> ComparisonPage | None:
    """The comparison as it is printed; None where there are no readings."""
    if not measured.meters.height:
        return None
    found = compare(key, shown=shown, measured=measured)
    fit = found.normalised.fit if found.normalised else None
    return ComparisonPage(
        answer=_answer(found, speech=speech),
        figures=_write_figures(found, speech=speech),
        area=speech.label(f"building.convention.area_{found.area_convention or 'not_stated'}"),
        model=_write_model(fit, speech=speech) if fit else "",
        picture=_draw(found, name=name, speech=speech),
        limits=tuple(_write_limit(row, speech=speech) for row in found.limits.to_dicts()),
        terms=tuple(
            (
                speech.label(f"building.term.{term}"),
                "" if value is None else _sign(value, speech=speech),
                speech.label(f"mark.{mark}"),
            )
            for term, value, mark in found.terms.iter_rows()
        ),
        readings=_list_readings(measured, speech=speech),
        findings=tuple(name_building(one, name) for one in found.findings if one.code not in KEPT_BESIDE),
        found=found,
    )


def draw_states(page: BuildingPage, compared: ComparisonPage | None, *, speech: Speech) -> Chart | None:
    """Energy per m² by state, with gaps; None where nothing is published that a bar could show. Recalled figures are left out."""
    plain = page.sheet.values.cast({pl.Enum: pl.String})
    rows = [
        {**row, "source": cite(row["source"], owner=page.owner, speech=speech).text}
        for row in plain.filter((pl.col("unit") == "kWh/m2a") & (pl.col("mark") != "K")).to_dicts()
    ]
    if compared and compared.found.measured is not None and not _is_told(plain):
        told = {"indicator": "total_final", "state": "measured", "convention": "metered", "mark": "P"}
        rows.append({**told, "value": compared.found.measured, "source": speech.label("web.building.from_readings")})
    names = ("indicator", "state", "value", "convention", "mark", "source")
    if not rows:
        return None
    return draw_designed(
        pl.DataFrame([{name: row[name] for name in names} for row in rows]), building=shorten(page.row["name"]), speech=speech
    )


def add_metered(page: BuildingPage, compared: ComparisonPage | None, *, speech: Speech) -> BuildingPage:
    """The page with what the readings say in place of the gap of measured use, where nobody has published that figure."""
    plain = page.sheet.values.cast({pl.Enum: pl.String})
    if compared is None or compared.found.measured is None or _is_told(plain):
        return page
    line = Line(
        figure=speech.label("building.figure.total_final"),
        how=f"{speech.label('building.state.measured')} · {speech.label('web.building.from_readings')}",
        value=speech.number(compared.found.measured),
        unit=write_unit("kWh/m2a", speech=speech),
        area=compared.area,
        cited=cite(page.row["source"], owner=page.owner, speech=speech),
        mark="P",
        mark_told=speech.label("mark.P"),
    )
    groups = tuple(
        replace(group, lines=(*group.lines[:-1], line)) if group.key == "consumption" else group for group in page.groups
    )
    return replace(page, groups=groups)


def shorten(name: str) -> str:
    """A name as it fits above a picture; the page bears it whole."""
    return name if len(name) <= LONGEST_TITLE else f"{name[: LONGEST_TITLE - 1].rstrip()}…"


def _is_told(values: pl.DataFrame) -> bool:
    return bool(values.filter((pl.col("indicator") == "total_final") & (pl.col("state") == "measured")).height)


def _answer(found: BuildingComparison, *, speech: Speech) -> str:
    """The figures in one sentence, as far as there are any."""
    told = {
        name: write_number(round(value, 1), speech=speech)
        for name in ("designed", "measured", "reference", "low", "high")
        if (value := getattr(found, name)) is not None
    }
    if "measured" not in told:
        return speech.label("web.building.answer.nothing")
    if "designed" not in told:
        return speech.sentence("web.building.answer.measured", measured=told["measured"])
    if "reference" not in told:
        return speech.sentence("web.building.answer.as_metered", designed=told["designed"], measured=told["measured"])
    return speech.sentence("web.building.answer.whole", **told)


def _write_figures(found: BuildingComparison, *, speech: Speech) -> tuple[tuple[str, str, str], ...]:
    """What, how much, and what is to be known about it: the reading stands before the one worked out."""
    between = ""
    if found.low is not None and found.high is not None:
        low, high = (speech.number(value) for value in (found.low, found.high))
        between = speech.sentence("web.building.between", low=low, high=high)
    rows = (("designed", found.designed, ""), ("measured", found.measured, ""), ("reference", found.reference, between))
    return tuple(
        (speech.label(f"web.building.compared.{name}"), "" if value is None else speech.number(value), note)
        for name, value, note in rows
    )


def _write_model(fit: Fit, *, speech: Speech) -> str:
    model = fit.model
    told = speech.sentence(
        "web.building.model", kind=speech.label(f"web.building.kind.{model.kind}"), count=model.count,
        r_squared=speech.number(fit.r_squared, digits=3), cv_rmse=speech.number(fit.cv_rmse_percent),
    )  # fmt: skip
    if model.kind == "4P":
        return f"{told} {speech.sentence('web.building.point.meeting', degrees=speech.number(model.heating_point))}"
    points = [
        speech.sentence(f"web.building.point.{name}", degrees=speech.number(point))
        for name, point in (("heating", model.heating_point), ("cooling", model.cooling_point))
        if point is not None and model.kind != "2P"
    ]
    return " ".join([told, *points])


def _write_limit(row: dict[str, Any], *, speech: Speech) -> dict[str, Any]:
    return {
        "what": f"ASHRAE Guideline 14, {speech.label('web.building.path.' + row['path'])}",
        "indicator": speech.label(f"web.building.fit.{row['indicator']}"),
        "found": speech.number(row["found"]),
        "limit": speech.number(row["limit"], digits=0),
        "verdict": speech.label("building.verdict.kept" if row["kept"] else "building.verdict.not_kept"),
        "mark": row["mark"],
        "mark_told": speech.label(f"mark.{row['mark']}"),
        "cited": cite(row["source"], owner=None, speech=speech),
    }


def _draw(found: BuildingComparison, *, name: str, speech: Speech) -> Chart | None:
    if found.normalised is None or found.normalised.fit is None:
        return None
    kind = found.normalised.fit.model.kind
    return draw_changepoint(
        found.normalised.periods, line=trace_model(found.normalised), building=shorten(name), kind=kind, speech=speech
    )


def _list_readings(measured: Measured, *, speech: Speech) -> Twin:
    rows = measured.meters.cast({pl.Enum: pl.String}).sort("starts", "carrier").to_dicts()
    frame = pl.DataFrame(
        {
            "starts": [str(row["starts"]) for row in rows],
            "ends": [str(row["ends"]) for row in rows],
            "carrier": [speech.label(f"building.figure.{row['carrier']}") for row in rows],
            "energy_kwh": [row["energy_kwh"] for row in rows],
            "kind": [speech.label(f"web.building.reading.{row['kind']}") for row in rows],
        },
        schema={"starts": pl.String, "ends": pl.String, "carrier": pl.String, "energy_kwh": pl.Float64, "kind": pl.String},
    )
    columns = (
        Column("starts", speech.label("chart.changepoint.starts")),
        Column("ends", speech.label("chart.changepoint.ends")),
        Column("carrier", speech.label("web.building.column.carrier")),
        Column("energy_kwh", speech.label("web.building.column.energy_kwh"), "kWh", 0),
        Column("kind", speech.label("web.building.column.kind")),
    )
    return Twin(speech.label("web.building.readings"), columns, frame)


def _sign(value: float, *, speech: Speech) -> str:
    """A difference with its sign, so that more and less are told without a colour."""
    rounded = round(value, 1) + 0.0
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{speech.number(abs(rounded))}"
