"""Shows the way from one balance to another, and what could stand behind a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.charts.chart import name_key, write_number
from citytandem.cli.answers import answered, call_city
from citytandem.cli.language import SPEECH
from citytandem.cli.screen import draw_signed, open_console, show_findings, show_provenance, show_table, write_json
from citytandem.tables.records import as_plain
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from citytandem.science.balance.bridge import Bridge
    from citytandem.science.balance.reconcile import Reconciled


def show_bridge(city: str, *, year: int | None, start: str | None, to: str, as_json: bool, data: Path | None) -> None:
    """Print the bridge: the answer in a sentence, a sketch of its steps, and the table of them."""
    from citytandem import verbs
    from citytandem.atlas import load

    found = verbs.bridge(load(data), city=city, year=year, start=start, to=to)
    if as_json:
        write_json(answered(as_plain(found), found.findings, SPEECH) | {"status": found.status})
        return
    console = open_console()
    ends = {"start": name_end(found.start), "end": name_end(found.end)}
    question = "bridge.question" if found.published else "bridge.question.method"
    console.print(f"\n[bold]{SPEECH.sentence(question, **ends)}[/bold]")
    console.print(_answer(found, ends))
    _sketch(console, found, ends)
    _tabulate(console, found)
    show_findings(console, found.findings)
    show_provenance(console, found.provenance)


def show_reconciled(
    city: str, *, year: int | None, published: float, start: str | None, as_json: bool, data: Path | None
) -> None:
    """Print what could stand behind the difference to a published total."""
    from citytandem import verbs
    from citytandem.atlas import load

    found = verbs.reconcile(load(data), city=city, year=year, published=published, start=start)
    if as_json:
        write_json(answered(as_plain(found), found.findings, SPEECH))
        return
    console = open_console()
    named = call_city(found.city, language=SPEECH.language)
    console.print(f"\n[bold]{SPEECH.sentence('reconcile.question', city=named, year=str(found.year))}[/bold]")
    facts = {"published": _tonnes(found.published_t), "ours": _tonnes(found.ours_t), "difference": _signed(found.difference_t)}
    causes = "; ".join(" + ".join(_name_cause(cause) for cause in causes) for causes in found.explanations)
    console.print(SPEECH.sentence(f"reconcile.{found.status}", causes=causes, **facts))
    _tabulate_causes(console, found)
    show_findings(console, found.findings)
    show_provenance(console, found.provenance)


def name_end(end: str) -> str:
    """An end of a bridge as people read it: publication and year of a balance, a variant of the core, or a method."""
    if f"variant.{end}" in LABELS:
        return SPEECH.label(f"variant.{end}")
    city, _, rest = end.partition(".")
    year, _, publication = rest.partition(".")
    return f"{publication} {year}" if city and publication else end.replace("_", " ")


def _answer(found: Bridge, ends: dict[str, str]) -> str:
    open_steps = found.steps["change_t"].null_count()
    facts = {
        "city": call_city(found.city, language=SPEECH.language),
        "year": str(found.year),
        "before": _tonnes(found.from_t),
        "after": _tonnes(found.to_t),
        "net": _signed(found.net_t),
        "absolute": _tonnes(found.absolute_t),
        "unexplained": _signed(found.unexplained_t),
        "share": SPEECH.percent(found.unexplained_share),
    }
    key = "bridge.answer" if found.published else "bridge.answer.method"
    if found.published and found.absolute_t == 0:
        key = "bridge.answer.same"
    told = [SPEECH.sentence(key, **facts, **ends)]
    if open_steps and not found.published:
        told.append(SPEECH.sentence("bridge.answer.open", count=open_steps))
    return " ".join(told)


def _sketch(console: Console, found: Bridge, ends: dict[str, str]) -> None:
    """Start, every step that changes something as a bar to the left (less) or the right (more), end."""
    rows = [row for row in found.steps.to_dicts() if row["change_t"]]
    largest = max((abs(row["change_t"]) for row in rows), default=0.0)
    if not largest:
        return
    drawn = [[ends["start"], _tonnes(found.from_t), ""]]
    drawn += [[_name_step(row), _signed(row["change_t"]), draw_signed(row["change_t"] / largest)] for row in rows]
    drawn.append([ends["end"], _tonnes(found.to_t), ""])
    show_table(console, ["", ">t CO2e", ""], drawn, title=SPEECH.label("bridge.sketch"), drawn=True)


def _tabulate(console: Console, found: Bridge) -> None:
    names = ("step", "part", "change", "interval", "basis", "source")
    heads = [(">" if name in {"change", "interval"} else "") + SPEECH.label(f"bridge.{name}") for name in names]
    cells = [
        [
            SPEECH.label(f"step.{row['step']}"),
            _name_part(row),
            _signed(row["change_t"]),
            "–" if row["low_t"] is None else f"{_signed(row['low_t'])} … {_signed(row['high_t'])}",
            SPEECH.label(f"step_basis.{row['basis']}"),
            row["source"].replace("+", ", "),
        ]
        for row in found.steps.to_dicts()
    ]
    show_table(console, heads, cells, title=SPEECH.label("bridge.steps"))


def _tabulate_causes(console: Console, found: Reconciled) -> None:
    heads = [SPEECH.label(f"reconcile.{name}") for name in ("bucket", "cause")]
    heads += [f">{SPEECH.label('bridge.change')}", SPEECH.label("reconcile.closes"), SPEECH.label("reconcile.remedy")]
    cells = [
        [
            SPEECH.label(f"bucket.{row['bucket']}"),
            _name_cause(row["cause"]),
            _signed(row["change_t"]),
            SPEECH.label("reconcile.yes") if row["closes"] else "",
            SPEECH.label(f"remedy.{row['remedy']}"),
        ]
        for row in found.buckets.to_dicts()
    ]
    show_table(console, heads, cells, title=SPEECH.label("reconcile.causes"))


def _name_step(row: dict[str, Any]) -> str:
    part = _name_part(row)
    return SPEECH.label(f"step.{row['step']}") + ("" if part == "–" else f": {part}")


def _name_part(row: dict[str, Any]) -> str:
    """The sectors of a part by their names, with the scope where it tells parts apart."""
    if row["part"] == "not_itemised":
        return SPEECH.label("bridge.part.not_itemised")
    if row["part"] == "total" and row["scope"] == "none":
        return "–"
    named = SPEECH.join(name_key(SPEECH, "sector", key=key) for key in row["part"].split("+"))
    return f"{named} ({row['scope']})" if row["scope"] in {"1", "2", "3"} else named


def _name_cause(cause: str) -> str:
    if not cause.startswith("without_"):
        return SPEECH.label(f"cause.{cause}")
    part = _name_part({"part": cause.removeprefix("without_"), "scope": "1+2"})
    return SPEECH.sentence("reconcile.without", sector=part)


def _tonnes(value: float | None) -> str:
    return "–" if value is None else write_number(value, digits=0, speech=SPEECH)


def _signed(value: float | None) -> str:
    if value is None:
        return "–"
    text = write_number(value, digits=0, speech=SPEECH)
    return text if text.startswith("−") or round(value) == 0 else f"+{text}"
