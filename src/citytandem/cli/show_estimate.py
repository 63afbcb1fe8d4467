"""Shows what a city without a balance may emit, with intervals and with what would replace the estimate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_provenance, show_table, write_json
from citytandem.narration import name_country, name_method
from citytandem.replies import answered, call_city
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from citytandem.atlas import Atlas
    from citytandem.science.estimate.answer import Estimated

LEADING = ("core_no_industry", "core", "full")
"""Which outcome is told in the sentence: the first that could be estimated."""
SMALL = 0.01
"""Carriers with a smaller share of the emissions of a part, and of its energy, are not shown at a terminal."""


def show_estimate(city: str, *, year: int | None, context: Path | None, as_json: bool, data: Path | None) -> None:
    """Print a first estimate for one city."""
    from citytandem import verbs
    from citytandem.atlas import load

    atlas = load(data)
    found = verbs.estimate(atlas, city=city, year=year, context=context)
    name = call_city(found.city, language=SPEECH.language)
    if name == found.city:
        # a municipality known only from the folder: the release cannot name it
        name, found = found.name, _name_city(found)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    console = open_console()
    rows = [row for row in found.estimate.iter_rows(named=True) if row["status"] == "complete"]
    console.print(f"\n[bold]{SPEECH.sentence('estimate.question', city=name)}[/bold]")
    console.print(_tell(found, rows, name=name))
    if rows:
        headings = ("chart.outcome", "estimate.middle", "chart.low", "chart.high", "estimate.share", "estimate.basis")
        titles = [SPEECH.label(key) for key in (*headings, "estimate.cities")]
        marked = [titles[0], *(">" + title for title in titles[1:5]), titles[5], ">" + titles[6]]
        title = f"{SPEECH.label('estimate.table')} ({SPEECH.label('unit.t_per_head')})"
        show_table(console, marked, [_cells(row) for row in rows], title=title)
    _show_carriers(console, found, atlas=atlas)
    for line in _how(found, rows, atlas=atlas):
        console.print(f"[dim]{line}[/dim]")
    show_findings(console, found.findings)
    console.print(SPEECH.label("estimate.next"))
    show_provenance(console, found.provenance)


def _name_city(found: Estimated) -> Estimated:
    """The same with its name instead of its id in what findings tell."""
    named = [
        replace(finding, facts={**finding.facts, "city": found.name}) if "city" in finding.facts else finding
        for finding in found.findings
    ]
    return replace(found, findings=tuple(named))


def _tell(found: Estimated, rows: list[dict[str, Any]], *, name: str) -> str:
    told = {row["outcome"]: row for row in rows}
    leading = next((told[outcome] for outcome in LEADING if outcome in told), None)
    if leading is None:
        return SPEECH.sentence("estimate.answer.nothing", city=name)
    return SPEECH.sentence(
        "estimate.answer",
        city=name,
        year=str(found.year),
        outcome=SPEECH.label(f"outcome.{leading['outcome']}"),
        value=SPEECH.number(leading["per_head_t"]),
        low=SPEECH.number(leading["low"]),
        high=SPEECH.number(leading["high"]),
        people=SPEECH.number(found.population, digits=0),
        total_low=SPEECH.number(leading["emissions_low_t"] / 1000, digits=0),
        total_high=SPEECH.number(leading["emissions_high_t"] / 1000, digits=0),
    )


def _cells(row: dict[str, Any]) -> list[str]:
    shares = "–"
    if row["share"] is not None:
        shares = f"{SPEECH.percent(row['share_low'])}–{SPEECH.percent(row['share_high'])}"
    numbers = [SPEECH.number(row[name], digits=2) for name in ("per_head_t", "low", "high")]
    basis = SPEECH.label(f"estimate.basis.{row['basis']}")
    return [SPEECH.label(f"outcome.{row['outcome']}"), *numbers, shares, basis, str(row["n_cities"])]


def _show_carriers(console: Console, found: Estimated, *, atlas: Atlas) -> None:
    """The carriers of each part, and where their split comes from."""
    rows = found.carriers.to_dicts()
    if not rows:
        return
    energy: dict[str, float] = {}
    for row in rows:
        energy[row["part"]] = energy.get(row["part"], 0.0) + (row["energy_mwh"] or 0.0)
    shown = [row for row in rows if row["share"] >= SMALL or (row["energy_mwh"] or 0.0) >= SMALL * energy[row["part"]]]
    keys = ("part", "carrier", "emissions", "energy", "from")
    titles = [SPEECH.label(f"estimate.carriers.{key}") for key in keys]
    marked = [*titles[:2], *(">" + title for title in titles[2:4]), titles[4]]
    show_table(console, marked, [_carrier_cells(row) for row in shown], title=SPEECH.label("estimate.carriers"))
    console.print(f"[dim]{SPEECH.label('estimate.carriers.how')}[/dim]")
    keys_of_sources = sorted({row["source"] for row in rows if row["basis"] != "cities"})
    if keys_of_sources:
        named = dict(atlas.facts.source.select("source", "attribution").iter_rows())
        sources = "; ".join(named.get(key, key) for key in keys_of_sources)
        console.print(f"[dim]{SPEECH.sentence('estimate.carriers.source', sources=sources)}[/dim]")


def _carrier_cells(row: dict[str, Any]) -> list[str]:
    emissions = [row[f"emissions_{end}t"] / 1000 for end in ("", "low_", "high_")]
    energy = [None if row[f"energy_{end}mwh"] is None else row[f"energy_{end}mwh"] / 1000 for end in ("", "low_", "high_")]
    return [
        SPEECH.label(f"outcome.{row['part']}"),
        SPEECH.label(f"carrier.{row['carrier']}"),
        _span(emissions),
        _span(energy),
        SPEECH.label(f"estimate.carriers.basis.{row['basis']}"),
    ]


def _span(values: list[float | None]) -> str:
    middle, low, high = (SPEECH.number(value, digits=0) for value in values)
    return middle if values[0] is None else f"{middle} ({low}–{high})"


def _how(found: Estimated, rows: list[dict[str, Any]], *, atlas: Atlas) -> list[str]:
    methods = sorted({name for row in rows for name in (row["learned_methods"] or "").split(", ") if name})
    known = {key: method.short for key, method in atlas.facts.methods.items()}
    return [
        SPEECH.sentence(
            "estimate.how",
            country=name_country(found.country, SPEECH),
            national=SPEECH.number(found.national_per_head_t),
            national_year=str(found.national_year),
            methods=SPEECH.join(name_method(key, methods=known, speech=SPEECH) for key in methods),
        ),
        SPEECH.label("estimate.interval"),
        SPEECH.label("estimate.parts"),
        SPEECH.sentence(
            "estimate.people",
            people=SPEECH.number(found.population, digits=0),
            year=str(found.population_year),
            source=found.population_source,
        ),
    ]
