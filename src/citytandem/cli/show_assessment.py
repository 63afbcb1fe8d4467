"""Shows how far a city is by a framework, and where two assessors differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.charts.framework_names import name_category, name_criterion, name_framework, tell_level
from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_provenance, show_table, write_json
from citytandem.replies import answered, call_city
from citytandem.tables.assessment import WHOLE
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from citytandem.charts.chart import Twin
    from citytandem.findings import Fact
    from citytandem.science.assessment.answer import Assessment
    from citytandem.science.assessment.assessors import Compared
    from citytandem.science.assessment.framework import Framework


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    framework: str
    city: str | None
    answers: Path | None
    second: Path | None
    outside: bool
    out: Path | None


def show_assessment(wish: Wish, *, as_json: bool, data: Path | None) -> None:
    """Print per subject the answer in a sentence, categories and criteria; then how two assessors agree."""
    from citytandem.assessments import assess
    from citytandem.atlas import load
    from citytandem.cli.write_chart import check_form

    if wish.out is not None:
        check_form(wish.out)
    found = assess(
        load(data), framework=wish.framework, city=wish.city, answers=wish.answers, second=wish.second, outside=wish.outside
    )
    if wish.out is not None:
        _draw(found, wish.out)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    console = open_console()
    for subject in found.subjects:
        _show_subject(console, found, subject)
    if found.beside is not None:
        _show_beside(console, found.beside, framework=found.framework)
    if found.compared is not None:
        _show_compared(console, found.compared, framework=found.framework)
    console.print(f"[dim]{SPEECH.label('assess.how')}[/dim]")
    show_findings(console, found.findings)
    show_provenance(console, found.provenance)
    if wish.out is not None:
        console.print(SPEECH.sentence("export.written", file=str(wish.out)))


def list_frameworks(*, as_json: bool, data: Path | None) -> None:
    """Print the frameworks there are."""
    from citytandem.atlas import load
    from citytandem.science.assessment.framework import pick_framework

    facts = load(data).facts
    frameworks = [pick_framework(facts, key) for key in facts.framework["framework"].to_list()]
    if as_json:
        write_json(answered({"frameworks": as_plain(facts.framework)}, (), speech=SPEECH))
        return
    heads = [SPEECH.label(f"assess.{name}") for name in ("key", "title", "version", "count", "complete", "mark", "source")]
    heads[3] = f">{heads[3]}"
    cells = [
        [
            framework.framework,
            name_framework(framework, SPEECH),
            framework.version,
            str(framework.criterion.height),
            SPEECH.label(f"assess.complete.{'yes' if framework.complete else 'no'}"),
            framework.mark,
            framework.source,
        ]
        for framework in frameworks
    ]
    show_table(open_console(), heads, cells, title=SPEECH.label("assess.frameworks"))


def write_template(framework: str, *, city: str | None, folder: Path, data: Path | None) -> None:
    """Write an empty form and the meaning of the levels."""
    from citytandem.assessments import find_framework
    from citytandem.atlas import load
    from citytandem.sinks.assessment import write_form, write_levels

    chosen = find_framework(load(data), framework)

    def title(key: str) -> str:
        return name_criterion(chosen, key, speech=SPEECH)

    def tell(key: str, level: int) -> tuple[str, str | None]:
        return tell_level(chosen, key, level=level, speech=SPEECH)

    form = write_form(chosen, title=title, category=lambda key: name_category(chosen, key, speech=SPEECH), city=city)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answers.csv").write_bytes(form)
    (folder / "levels.csv").write_bytes(write_levels(chosen, title=title, tell=tell))
    open_console().print(SPEECH.sentence("assess.template.written", folder=str(folder)))


def _draw(found: Assessment, out: Path) -> None:
    """One picture per subject; the first in the file that was named, others beside it."""
    from citytandem.charts.assessment import draw_assessment
    from citytandem.cli.write_chart import save_chart

    for place, subject in enumerate(found.subjects):
        called = call_city(subject, language=SPEECH.language)
        chart = draw_assessment(found.scored, framework=found.framework, subject=subject, called=called, speech=SPEECH)
        file = out if place == 0 else out.with_stem(f"{out.stem}-{place + 1}")
        save_chart(chart, file, answer=_answer(found, subject), findings=found.findings, provenance=found.provenance)


def _answer(found: Assessment, subject: str) -> str:
    row = found.scored.outcomes.filter(pl.col("subject") == subject).row(0, named=True)
    outcome = str(row["outcome"])
    named = row["failed"] if outcome == "failed" else row["open"]
    facts: dict[str, Fact] = {
        "subject": call_city(subject, language=SPEECH.language),
        "criteria": SPEECH.join(name_criterion(found.framework, key, speech=SPEECH) for key in named),
        "count": len(named),
    }
    known = SPEECH.sentence("assess.known", known=row["known"], parts=row["parts"])
    return f"{SPEECH.sentence(f'assess.outcome.{outcome}', **facts)} {known}"


def _show_subject(console: Console, found: Assessment, subject: str) -> None:
    from citytandem.charts.assessment import tabulate_categories, tabulate_criteria

    called = call_city(subject, language=SPEECH.language)
    question = SPEECH.sentence("assess.question", subject=called, framework=name_framework(found.framework, SPEECH))
    console.print(f"\n[bold]{question}[/bold]")
    console.print(_answer(found, subject))
    for tabulate in (tabulate_categories, tabulate_criteria):
        _show_twin(console, tabulate(found.scored, framework=found.framework, subject=subject, speech=SPEECH))


def _show_twin(console: Console, twin: Twin) -> None:
    scale = SPEECH.label("unit.level")
    named = [column.label if column.unit == scale else column.heading for column in twin.columns]
    headings = [(">" if column.is_number else "") + name for column, name in zip(twin.columns, named, strict=True)]
    show_table(console, headings, twin.cells(SPEECH), title=twin.caption)


def _show_beside(console: Console, beside: pl.DataFrame, *, framework: Framework) -> None:
    heads = [SPEECH.label(f"assess.{name}") for name in ("category", "own", "outside", "difference")]
    cells = [
        [
            f"{call_city(row['subject'], language=SPEECH.language)}: " + name_category(framework, row["category"], speech=SPEECH),
            _level(row, "own"),
            _level(row, "outside"),
            SPEECH.number(row["difference"]),
        ]
        for row in beside.filter(pl.col("criterion") == WHOLE).to_dicts()
    ]
    show_table(console, [heads[0], *(f">{head}" for head in heads[1:])], cells, title=SPEECH.label("assess.beside"))


def _level(row: dict[str, float | None], side: str) -> str:
    if row[f"{side}_low"] is None:
        return "–"
    level, low, high = (SPEECH.number(row[name]) for name in (side, f"{side}_low", f"{side}_high"))
    return f"{level} ({low}–{high})"


def _show_compared(console: Console, compared: Compared, *, framework: Framework) -> None:
    heads = [SPEECH.label("assess.category")]
    heads += [f">{SPEECH.label(f'assess.{name}')}" for name in ("pairs", "same", "kappa.linear", "kappa.quadratic")]
    by_category = compared.agreement.partition_by("category", maintain_order=True)
    cells = []
    for rows in by_category:
        key = rows["category"][0]
        called = SPEECH.label("assess.whole") if key == WHOLE else name_category(framework, key, speech=SPEECH)
        cells.append([called, str(rows["pairs"][0]), str(rows["same"][0]), *(_kappa(row) for row in rows.to_dicts())])
    show_table(console, heads, cells, title=SPEECH.label("assess.agreement"))
    console.print(f"[dim]{SPEECH.label('assess.agreement.note')}[/dim]")
    if compared.to_reconcile.is_empty():
        console.print(SPEECH.label("assess.reconcile.none"))
        return
    heads = [SPEECH.label("assess.criterion"), SPEECH.label("assess.differs")]
    heads += [f">{SPEECH.label(f'assess.{name}')}" for name in ("first", "second")]
    cells = [
        [
            f"{call_city(row['subject'], language=SPEECH.language)}: "
            + name_criterion(framework, row["criterion"], speech=SPEECH),
            SPEECH.label(f"assess_difference.{row['differs_in']}"),
            *("–" if row[side] is None else str(row[side]) for side in ("first", "second")),
        ]
        for row in compared.to_reconcile.to_dicts()
    ]
    show_table(console, heads, cells, title=SPEECH.label("assess.reconcile"))


def _kappa(row: dict[str, object]) -> str:
    if row["kappa"] is None:
        return SPEECH.label(f"assess_agreement.{row['status']}")
    kappa, low, high = (SPEECH.number(value, digits=2) for value in (row["kappa"], row["low"], row["high"]))  # type: ignore[arg-type]
    return kappa if row["low"] is None else f"{kappa} ({low} … {high})"
