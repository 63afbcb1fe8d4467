"""Shows whose past resembles a region, how surely, and what was tried there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_table, write_json
from citytandem.replies import answered, plain_analogues

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from citytandem.transition import Analogues


@dataclass(frozen=True)
class Wish:
    """What a person asked for on the command line."""

    window: str
    raw: Path | None
    k: int
    indicators: str | None
    lag: int


def show_analogues(region: str, *, wish: Wish, as_json: bool, data: Path | None) -> None:
    """Search, and show the answer or why there is none."""
    from citytandem import verbs
    from citytandem.atlas import load

    traits = [part.strip() for part in wish.indicators.split(",") if part.strip()] if wish.indicators else None
    found = verbs.analogues(
        load(data), region=region, window=wish.window, raw=wish.raw, traits=traits, k=wish.k, least_lag=wish.lag,
        language=SPEECH.language,
    )  # fmt: skip
    if as_json:
        write_json(reply(found))
        return
    console = open_console()
    _show(console, found)
    show_findings(console, [finding for finding in found.findings if finding is not found.refusal])


def reply(found: Analogues) -> dict[str, Any]:
    """The answer for programs; refused, with the nearest and the plain alternative, where nothing fits."""
    told = answered(plain_analogues(found), found.findings, speech=SPEECH)
    return told | {"status": "refused"} if found.refusal else told


def _show(console: Console, found: Analogues) -> None:
    console.print(f"\n[bold]{SPEECH.sentence('analogue.title', region=found.name, first=found.first, last=found.last)}[/bold]")
    if found.refusal:
        show_findings(console, [found.refusal])
    traits = SPEECH.join([SPEECH.label(f"trait.{trait}") for trait in found.traits])
    size = {"regions": found.regions, "windows": found.windows, "lag": found.least_lag}
    console.print(SPEECH.sentence("analogue.traits", traits=traits, **size))
    if found.limit is not None and found.refusal is None:
        console.print(
            SPEECH.sentence("analogue.limit", region=found.name, limit=_percent(found.limit), seed=found.provenance.seed)
        )
        _tabulate(console, found)
    _tabulate_peaks(console, found)
    _tabulate_cases(console, found)


def _tabulate(console: Console, found: Analogues) -> None:
    phases: dict[str, list[str]] = {}
    for row in found.phases.to_dicts():
        called = SPEECH.label(f"phase.{row['phase']}")
        phases.setdefault(row["region"], []).append(f"{called} ({row['mark']})")
    names = ("region", "period", "lag", "lag_band", "fit", "fit_band", "indicators", "stability", "now", "phase")
    heads = [SPEECH.label(f"analogue.{name}") for name in names]
    cells = [
        [
            row["name"],
            f"{row['first']}–{row['last']}",
            str(row["lag"]),
            _range(row["low_lag"], row["high_lag"]),
            _percent(row["fit"]),
            _range(_percent(row["low_fit"]), _percent(row["high_fit"])) if row["low_fit"] < row["high_fit"] else "",
            f"{len(row['traits'])}/{len(found.traits)}",
            SPEECH.percent(row["stability"]),
            _range(row["low_now"], row["high_now"]),
            ", ".join(dict.fromkeys(phases.get(row["region"], ["–"]))),
        ]
        for row in found.analogues.to_dicts()
    ]
    show_table(console, heads, cells, title=SPEECH.label("analogue.table"))


def _tabulate_peaks(console: Console, found: Analogues) -> None:
    if found.peaks.height:
        heads = [SPEECH.label(f"analogue.{name}") for name in ("region", "peak", "since", "now", "gap")]
        cells = [
            [row["name"], str(row["peak_year"]), str(row["years"]), str(row["year"]), SPEECH.number(row["gap"], digits=1)]
            for row in found.peaks.to_dicts()
        ]
        show_table(console, heads, cells, title=SPEECH.label("analogue.peaks"))


def _tabulate_cases(console: Console, found: Analogues) -> None:
    if found.cases.is_empty():
        return
    heads = [SPEECH.label(f"analogue.{name}") for name in ("case", "years", "happened", "failed", "transfer", "mark")]
    cells = [
        [
            f"{row['name']}: {row['policy']}",
            f"{row['first_year']}–{row['last_year'] or ''}",
            row["happened"],
            row["failed"] or "–",
            row["transfer"] or "–",
            row["mark"],
        ]
        for row in found.cases.to_dicts()
    ]
    show_table(console, heads, cells, title=SPEECH.label("analogue.cases"))
    console.print(f"[dim]{SPEECH.label('analogue.marks')}[/dim]")


def _percent(share: float) -> str:
    return SPEECH.number(100 * share, digits=1)


def _range(low: object, high: object) -> str:
    return SPEECH.sentence("analogue.range", low=str(low), high=str(high)) if low != high else str(low)
