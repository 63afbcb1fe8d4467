"""The page of one building: its record by groups, each figure with source and mark, gaps as gaps, and what it is held against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding
from citytandem.science.buildings.answer import describe_building
from citytandem.science.buildings.comparison import main_zone
from citytandem.science.buildings.conventions import areas_of, convert_values
from citytandem.sources.facts import load_facts
from citytandem.tables.building import AREAS, DWELLINGS
from citytandem.web.buildings.telling import STANDARDS, Cited, cite, tell_mark, write_number, write_unit, write_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citytandem.science.buildings.answer import BuildingSheet
    from citytandem.web.buildings.queries import Owner, Shown
    from citytandem.words import Speech

Wanted = tuple[str, str, str]
BOTH = ("phpp", "chinese_standard")
GROUPS: dict[str, tuple[tuple[str, ...], tuple[Wanted, ...]]] = {
    # group: its figures, and those that should be there, by state and convention; empty is any
    "areas": (("room_height",), ()),
    "envelope": (
        ("u_wall", "u_roof", "u_floor", "u_window", "g_value"),
        tuple((name, "designed", "") for name in ("u_wall", "u_roof", "u_floor", "u_window", "g_value")),
    ),
    "ventilation": (("heat_recovery", "ventilation_rate"), (("heat_recovery", "designed", ""), ("ventilation_rate", "", ""))),
    "systems": (("photovoltaics",), (("photovoltaics", "", ""),)),
    "demand": (
        ("heating_demand", "cooling_demand", "heating_load", "cooling_load", "primary_energy", "total_final"),
        (
            *((name, "designed", how) for name in ("heating_demand", "cooling_demand", "primary_energy") for how in BOTH),
            ("heating_load", "designed", ""),
            ("cooling_load", "designed", ""),
            ("total_final", "designed", ""),
        ),
    ),
    "airtightness": (("n50",), (("n50", "designed", ""), ("n50", "tested", ""))),
    "consumption": (
        ("electricity", "district_heat", "district_cooling", "natural_gas", "heating_oil", "coal", "biomass", "occupants"),
        (("total_final", "measured", ""), ("occupants", "", "")),
    ),
    "cost": (("cost", "extra_cost"), (("cost", "", ""), ("extra_cost", "", ""))),
    "comfort": (
        ("indoor_temperature", "indoor_co2", "indoor_pm25"),
        tuple((name, "measured", "") for name in ("indoor_temperature", "indoor_co2", "indoor_pm25")),
    ),
    "claims": (("saving", "heat_share_of_requirement"), (("saving", "", ""),)),
}
"""The parts of a record, in their order; energy measured in use stands with consumption."""
SHOWN_AREAS = ("chinese_built", "phpp_treated")
"""Both conventions are shown, known or not."""
TEXTS = ("use_text", "technique", "certificates", "partners", "note")
NO_METERS = (Code.BUILDING_WITHOUT_METERS, Code.BUILDING_NOTHING_MEASURED)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure, or the place of one nobody has published; then ``value`` is empty."""

    figure: str
    how: str
    value: str = ""
    unit: str = ""
    area: str = ""
    other: str = ""
    period: str = ""
    cited: Cited | None = None
    mark: str = ""
    mark_told: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """One part of the record."""

    key: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Held:
    """One figure against one limit; ``value`` is empty where no figure is published."""

    standard: str
    figure: str
    state: str
    value: str
    limit: str
    verdict: str
    mark: str
    mark_told: str
    cited: Cited
    note: str


@dataclass(frozen=True, kw_only=True)
class BuildingPage:
    """All that is known of one building, ready to be printed."""

    key: str
    row: dict[str, Any]
    owner: Owner | None
    groups: tuple[Group, ...]
    texts: tuple[tuple[str, str], ...]
    held: tuple[Held, ...]
    similar: tuple[dict[str, Any], ...]
    alike: int
    few: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    sources: tuple[Cited, ...]
    known: int
    measured: int
    sheet: BuildingSheet


def write_page(key: str, *, shown: Shown, speech: Speech) -> BuildingPage | None:
    """The page of a building; None where nobody knows it."""
    if key not in shown.buildings["building"]:
        return None
    owner = shown.owners.get(key)
    sheet = _describe(key, shown)
    (row,) = sheet.building.cast({pl.Enum: pl.String}).to_dicts()
    values = sheet.values.cast({pl.Enum: pl.String}).to_dicts()
    told = [name_building(one, row["name"]) for one in sheet.findings]
    few = tuple(one for one in told if one.code is Code.BUILDING_FEW_SIMILAR)
    groups = tuple(_write_group(name, row, values=values, owner=owner, speech=speech) for name in GROUPS)
    held = tuple(_hold(row, sheet=sheet, owner=owner, speech=speech))
    return BuildingPage(
        key=key, row=row, owner=owner, groups=groups, held=held, few=few, sheet=sheet,
        texts=tuple((name, row[name]) for name in TEXTS if row[name]),
        similar=tuple(_write_similar(sheet, speech=speech)),
        alike=_count_alike(row, shown),
        findings=tuple(one for one in told if one.code not in {Code.BUILDING_FEW_SIMILAR, *NO_METERS}),
        sources=_list_sources(row, groups=groups, held=held, owner=owner, speech=speech),
        known=len(values),
        measured=sum(value["state"] == "measured" for value in values),
    )  # fmt: skip


def name_building(finding: Finding, name: str) -> Finding:
    """The same finding with the name of the building instead of its key."""
    return replace(finding, facts={**finding.facts, "building": name}) if "building" in finding.facts else finding


def _describe(key: str, shown: Shown) -> BuildingSheet:
    """The answer of the science; invented buildings are no evidence about others."""
    buildings, values = shown.evidence
    if key not in buildings["building"]:
        mine = pl.col("building") == key
        buildings = pl.concat([buildings, shown.buildings.filter(mine)])
        values = pl.concat([values, shown.values.filter(mine)])
    return describe_building(key, buildings=buildings, values=values, limits=load_facts().building_limit)


def _write_group(
    name: str, row: dict[str, Any], *, values: Sequence[dict[str, Any]], owner: Owner | None, speech: Speech
) -> Group:
    figures, wanted = GROUPS[name]
    mine = [value for value in values if _group_of(value) == name]
    lines = list(_write_areas(row, owner=owner, speech=speech)) if name == "areas" else []
    for figure in (*figures, *(("total_final",) if name == "consumption" else ())):
        known = [value for value in mine if value["indicator"] == figure]
        lines += [_write_line(value, row, owner=owner, speech=speech) for value in known]
        lines += [
            _write_gap(one, speech=speech) for one in wanted if one[0] == figure and not any(_fits(value, one) for value in known)
        ]
    return Group(key=name, lines=tuple(lines))


def _group_of(value: dict[str, Any]) -> str:
    if value["indicator"] == "total_final":
        return "consumption" if value["state"] == "measured" else "demand"
    return next(name for name, (figures, _) in GROUPS.items() if value["indicator"] in figures)


def _fits(value: dict[str, Any], wanted: Wanted) -> bool:
    _, state, convention = wanted
    return (not state or value["state"] == state) and (not convention or value["convention"] == convention)


def _write_areas(row: dict[str, Any], *, owner: Owner | None, speech: Speech) -> Iterator[Line]:
    """Floors, and each known area with how it was counted; those of the two conventions also where they are not known."""
    source, mark = row["size_source"] or row["source"], row["size_mark"] or row["mark"]
    sure = {"cited": cite(source, owner=owner, speech=speech), "mark": mark}
    sure["mark_told"] = tell_mark(mark, owner=owner, speech=speech)
    seen = set()
    for name in ("gross", "treated"):
        if row[f"{name}_area_m2"] is not None:
            convention = row[f"{name}_convention"] or AREAS[-1]
            seen.add(convention)
            how = speech.label(f"building.convention.area_{convention}")
            value = speech.number(row[f"{name}_area_m2"], digits=0)
            yield Line(figure=speech.label(f"building.figure.{name}_area_m2"), how=how, value=value, unit="m²", **sure)
    for convention in SHOWN_AREAS:
        if convention not in seen:
            yield Line(figure=speech.label("web.building.floor_area"), how=speech.label(f"building.convention.area_{convention}"))
    floors = {"value": str(row["floors"]), **sure} if row["floors"] is not None else {}
    yield Line(figure=speech.label("web.building.floors"), how="", **floors)


def _write_line(value: dict[str, Any], row: dict[str, Any], *, owner: Owner | None, speech: Speech) -> Line:
    how = [speech.label(f"building.state.{value['state']}")]
    if value["convention"] != "not_stated":
        how.append(speech.label(f"building.convention.{value['convention']}"))
    area = value["area_convention"]
    return Line(
        figure=speech.label(f"building.figure.{value['indicator']}"),
        how=" · ".join(how),
        value=write_number(value["value"], speech=speech),
        unit=write_unit(value["unit"], speech=speech),
        area="" if area == "not_stated" else speech.label(f"building.convention.area_{area}"),
        other=_write_other(value, row, speech=speech),
        period="" if value["period"] == "not_stated" else value["period"],
        cited=cite(value["source"], owner=owner, speech=speech),
        mark=value["mark"],
        mark_told=tell_mark(value["mark"], owner=owner, speech=speech),
        note=value["note"] or "",
    )


def _write_other(value: dict[str, Any], row: dict[str, Any], *, speech: Speech) -> str:
    """The same figure on the other area of the building, where both are known."""
    frame, record = (pl.DataFrame([one], infer_schema_length=None) for one in (value, row))
    told = []
    for convention in areas_of(row):
        if convention != value["area_convention"] and value["area_convention"] != "not_stated":
            converted = convert_values(frame, record, area_convention=convention)["converted"][0]
            if converted is not None and converted != value["value"]:
                on = speech.label(f"building.convention.area_{convention}")
                told.append(speech.sentence("web.building.converted", value=speech.number(converted), area=on))
    return speech.join(told) if told else ""


def _write_gap(wanted: Wanted, *, speech: Speech) -> Line:
    figure, state, convention = wanted
    how = [speech.label(f"building.state.{state}")] if state else []
    how += [speech.label(f"building.convention.{convention}")] if convention else []
    return Line(figure=speech.label(f"building.figure.{figure}"), how=" · ".join(how))


def _hold(row: dict[str, Any], *, sheet: BuildingSheet, owner: Owner | None, speech: Speech) -> Iterator[Held]:
    """Every limit for its zone and use, with each figure that is held against it; a limit without a figure says so."""
    use = "residential" if row["use"] in DWELLINGS else "public"
    zone = main_zone(row["zone"]) or "any"
    limits = (
        load_facts()
        .building_limit.cast({pl.Enum: pl.String})
        .filter(
            pl.col("zone").is_in(["any", zone])
            & pl.col("use").is_in(["any", use])
            & (pl.col("standard") != "ashrae-guideline-14")
        )
    )
    for limit in limits.sort("standard", "standard_class", "indicator").to_dicts():
        same = [pl.col(name) == limit[name] for name in ("standard", "standard_class", "indicator")]
        found = sheet.limits.filter(*same).to_dicts() or [{"state": None, "value": None, "verdict": None}]
        for one in found:
            yield Held(
                standard=f"{STANDARDS.get(limit['standard'], limit['standard'])}, {limit['standard_class'].replace('_', ' ')}",
                figure=speech.label(f"building.figure.{limit['indicator']}"),
                state=speech.label(f"building.state.{one['state']}") if one["state"] else "",
                value="" if one["value"] is None else write_value(round(one["value"], 2), unit=limit["unit"], speech=speech),
                limit=speech.sentence(
                    f"web.building.{limit['bound']}", value=write_value(limit["value"], unit=limit["unit"], speech=speech)
                ),
                verdict=speech.label(f"building.verdict.{one['verdict']}") if one["verdict"] else "",
                mark=limit["mark"],
                mark_told=speech.label(f"mark.{limit['mark']}"),
                cited=cite(limit["source"], owner=owner, speech=speech),
                note=limit["note"] or "",
            )


def _write_similar(sheet: BuildingSheet, *, speech: Speech) -> Iterator[dict[str, Any]]:
    for row in sheet.similar.filter(pl.col("buildings") > 0).to_dicts():
        unit = row["unit"]
        told = {
            name: "" if row[name] is None else write_value(row[name], unit=unit, speech=speech)
            for name in ("low", "middle", "high")
        }
        yield {
            "figure": speech.label(f"building.figure.{row['indicator']}"),
            "state": speech.label(f"building.state.{row['state']}"),
            "value": write_value(row["value"], unit=unit, speech=speech),
            "buildings": row["buildings"],
            **told,
        }


def _count_alike(row: dict[str, Any], shown: Shown) -> int:
    """How many other buildings of the same main zone and use are listed."""
    zone = main_zone(row["zone"])
    others = shown.evidence[0].cast({pl.Enum: pl.String}).filter(pl.col("building") != row["building"])
    return sum(
        zone is not None and main_zone(one) == zone and use == row["use"] for one, use in others.select("zone", "use").iter_rows()
    )


def _list_sources(
    row: dict[str, Any], *, groups: Sequence[Group], held: Sequence[Held], owner: Owner | None, speech: Speech
) -> tuple[Cited, ...]:
    """Every publication of the page, once: of the record first."""
    found = [cite(row["source"], owner=owner, speech=speech)]
    found += [line.cited for group in groups for line in group.lines if line.cited]
    found += [one.cited for one in held]
    return tuple({one.text: one for one in found}.values())
