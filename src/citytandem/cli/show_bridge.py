"""Shows the way from one balance to another, and what could stand behind a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.charts.bridge import draw_bridge, name_end, name_part, name_step
from citytandem.charts.chart import write_number
from citytandem.cli.language import SPEECH
from citytandem.cli.screen import draw_signed, open_console, show_findings, show_provenance, show_table, write_json
from citytandem.cli.write_chart import check_form, save_chart
from citytandem.replies import answered, call_city
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from citytandem.science.balance.bridge import Bridge
    from citytandem.science.balance.reconcile import Reconciled


def show_bridge(
    city: str, *, year: int | None, start: str | None, to: str, out: Path | None, as_json: bool, data: Path | None
) -> None:
    """Print the bridge: the answer in a sentence, a sketch of its steps, and the table of them; draw it where asked."""
    from citytandem import verbs
    from citytandem.atlas import load

    atlas = load(data)
    if out is not None:
        check_form(out)
    found = verbs.bridge(atlas, city=city, year=year, start=start, to=to)
    methods = {key: method.short for key, method in atlas.facts.methods.items()}
    ends = {name: name_end(end, speech=SPEECH, methods=methods) for name, end in (("start", found.start), ("end", found.end))}
    if out is not None:
        named = call_city(found.city, language=SPEECH.language)
        chart = draw_bridge(found, city=named, speech=SPEECH, methods=methods)
        save_chart(chart, out, answer=_answer(found, ends), findings=found.findings, provenance=found.provenance)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH) | {"status": found.status})
        return
    console = open_console()
    question = "bridge.question" if found.published else "bridge.question.method"
    console.print(f"\n[bold]{SPEECH.sentence(question, **ends)}[/bold]")
    console.print(_answer(found, ends))
    _sketch(console, found, ends)
    _tabulate(console, found)
    show_findings(console, found.findings)
    show_provenance(console, found.provenance)
    if out is not None:
        console.print(SPEECH.sentence("export.written", file=str(out)))


def show_reconciled(
    city: str, *, year: int | None, published: float, start: str | None, as_json: bool, data: Path | None
) -> None:
    """Print what could stand behind the difference to a published total."""
    from citytandem import verbs
    from citytandem.atlas import load

    found = verbs.reconcile(load(data), city=city, year=year, published=published, start=start)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
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
    drawn += [[name_step(row, speech=SPEECH), _signed(row["change_t"]), draw_signed(row["change_t"] / largest)] for row in rows]
    drawn.append([ends["end"], _tonnes(found.to_t), ""])
    show_table(console, ["", ">t CO2e", ""], drawn, title=SPEECH.label("bridge.sketch"), drawn=True)


def _tabulate(console: Console, found: Bridge) -> None:
    names = ("step", "part", "change", "interval", "basis", "source")
    heads = [(">" if name in {"change", "interval"} else "") + SPEECH.label(f"bridge.{name}") for name in names]
    cells = [
        [
            SPEECH.label(f"step.{row['step']}"),
            name_part(row, speech=SPEECH),
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


def _name_cause(cause: str) -> str:
    if not cause.startswith("without_"):
        return SPEECH.label(f"cause.{cause}")
    part = name_part({"part": cause.removeprefix("without_"), "scope": "1+2"}, speech=SPEECH)
    return SPEECH.sentence("reconcile.without", sector=part)


def _tonnes(value: float | None) -> str:
    return "–" if value is None else write_number(value, digits=0, speech=SPEECH)


def _signed(value: float | None) -> str:
    if value is None:
        return "–"
    text = write_number(value, digits=0, speech=SPEECH)
    return text if text.startswith("−") or round(value) == 0 else f"+{text}"
