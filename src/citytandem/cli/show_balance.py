"""Shows what a city emits, and what of it can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.charts.chart import name_key
from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_provenance, show_table, write_json
from citytandem.cli.show_page import show_page
from citytandem.replies import answered
from citytandem.tables.records import as_plain
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl
    from rich.console import Console


def show_balance(city: str, *, year: int | None, as_json: bool, data: Path | None) -> None:
    """Print the balance of one city: sectors over the years, and the outcomes of one year."""
    from citytandem import verbs
    from citytandem.atlas import load
    from citytandem.briefing.collect import assemble
    from citytandem.briefing.pages.balance import write_balance

    atlas = load(data)
    found = verbs.balance(atlas, city=city, year=year)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    console = open_console()
    show_page(console, write_balance(assemble(atlas, own=found.city, balance=found), SPEECH))
    show_electricity(console, found.electricity)
    show_rules(console, found.rules, quality=found.quality)
    show_findings(console, found.findings)
    show_provenance(console, found.provenance)


def show_electricity(console: Console, electricity: pl.DataFrame) -> None:
    """Print the electricity of a balance under each factor that is known; the energy is the same in every row."""
    if not electricity.height:
        return
    heads = [SPEECH.label(f"electricity.{name}") for name in ("view", "energy", "factor", "emissions", "content")]
    cells = [
        [
            SPEECH.label(f"electricity_view.{row['view']}"),
            *(SPEECH.number(row[name], digits=0) for name in ("activity_mwh", "factor_kg_per_mwh", "emissions_t")),
            _name_factor(row),
        ]
        for row in electricity.to_dicts()
    ]
    headings = [heads[0], *(f">{name}" for name in heads[1:4]), heads[4]]
    show_table(console, headings, cells, title=SPEECH.label("electricity.title"))


def _name_factor(row: dict[str, Any]) -> str:
    """What is inside a factor, its year and its source; a dash where no factor is known."""
    content = None if row["content"] is None else name_key(SPEECH, "content", key=row["content"])
    return " · ".join(str(part) for part in (content, row["year"], row["source"]) if part) or "–"


def show_rules(console: Console, rules: pl.DataFrame, *, quality: pl.DataFrame) -> None:
    """Print which rules of BISKO a balance keeps, as far as can be seen, and its quality by energy."""
    if not rules.height:
        return
    heads = [SPEECH.label(f"rules.{name}") for name in ("rule", "verdict", "why")]
    cells = [
        [
            SPEECH.label(f"rule.{row['rule']}"),
            SPEECH.label(f"rule_verdict.{row['verdict']}"),
            SPEECH.label(f"rule_why.{row['why']}") + (f": {_name_found(row['found'])}" if row["found"] else ""),
        ]
        for row in rules.to_dicts()
    ]
    show_table(console, heads, cells, title=SPEECH.label("rules.title"))
    known = quality["quality"].drop_nulls().to_list() if quality.height else list[float]()
    if known:
        console.print(SPEECH.sentence("rules.quality", share=SPEECH.percent(known[0])))


def _name_found(found: str) -> str:
    """Sectors and carriers by their names."""
    keys = [key.strip() for key in found.split(",")]
    names = ((key, next((f"{kind}.{key}" for kind in ("sector", "carrier") if f"{kind}.{key}" in LABELS), None)) for key in keys)
    return SPEECH.join(SPEECH.label(label) if label else key.replace("_", " ") for key, label in names)
