"""Imports any city's file: shows how it is read and what was found, and writes a package that lies over the release."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_table, write_json
from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.replies import answered, say, spoken
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.console import Console

    from citytandem.atlas import Atlas
    from citytandem.release.bring import Asked, Brought
    from citytandem.release.overlay import Overlay
    from citytandem.sources.anysheet import Proposal

SHOWN = 25
WORDS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person types beside the files."""

    out: Path | None = None
    map: Path | None = None
    save_map: Path | None = None
    answers: Sequence[str] = ()
    city: str | None = None
    year: int | None = None
    draft: bool = False


def import_files(files: Sequence[Path], *, wish: Wish, as_json: bool, data: Path | None) -> None:
    """Read the files, show what they hold, write the package; exit 1 if something has to be cured first."""
    from citytandem.atlas import load
    from citytandem.release.overlay import assemble, publish

    beneath = load(data)
    asked = _ask(wish, beneath)
    brought = _read(files, asked=asked, beneath=beneath)
    overlay = assemble(brought, city=beneath.city, source=beneath.source)
    saved = _save_mapping(brought, wish.save_map)
    written = None
    if wish.out is not None and (overlay.is_sound or wish.draft):
        over = {"name": beneath.release, "sha256": beneath.sha256}
        written = publish(overlay, wish.out, brought=brought, over=over, draft=wish.draft)
    if wish.out is not None and written is None:
        wrong = sum(finding.severity is Severity.ERROR for finding in overlay.findings)
        refusal = Finding(Code.IMPORT_NOT_SOUND, {"count": wrong}, where=str(wish.out))
        overlay = replace(overlay, findings=(*overlay.findings, refusal))
    if as_json:
        write_json(_as_answer(brought, overlay, written=written, out=wish.out))
    else:
        _show(open_console(), brought, overlay)
        told = [question.finding for one in brought if one.proposal for question in one.proposal.questions]
        rest = replace(overlay, findings=tuple(finding for finding in overlay.findings if finding not in told))
        _show_end(open_console(), rest, written=written, out=wish.out, saved=saved)
    if not overlay.is_sound:
        sys.exit(1)


def _ask(wish: Wish, atlas: Atlas) -> Asked:
    from citytandem.gazetteer import find_city
    from citytandem.release.bring import Asked
    from citytandem.sources.anysheet import load_mapping

    mapping = None
    if wish.map is not None:
        mapping, findings = load_mapping(_bytes_of(wish.map).decode("utf-8", errors="replace"), where=wish.map.name)
        if mapping is None:
            raise CannotCompute(findings[0])
    answers: dict[str, str] = {}
    for text in wish.answers:
        key, sign, value = text.partition("=")
        if not sign or not key.strip():
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": text, "option": "answer", "choices": "KEY=VALUE"}))
        answers[key.strip()] = value.strip()
    city = find_city(atlas, wish.city) if wish.city else None
    return Asked(city=city, year=wish.year, answers=answers, mapping=mapping)


def _read(files: Sequence[Path], *, asked: Asked, beneath: Atlas) -> list[Brought]:
    from citytandem.release.bring import bring
    from citytandem.sources.city_match import resolve_from

    resolve = resolve_from(city=beneath.city, name=beneath.name, identifier=beneath.identifier, population=_people(beneath))
    return [bring(_bytes_of(file), name=file.name, asked=asked, resolve=resolve) for file in files]


def _people(atlas: Atlas) -> dict[str, float]:
    import polars as pl

    counted = atlas.structure.filter(pl.col("variable") == "population").sort("year")
    return dict(counted.group_by("city").agg(pl.col("value").last()).iter_rows())


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        facts = {"file": file.name, "problem": error.strerror or "it cannot be opened"}
        raise CannotCompute(Finding(Code.FILE_UNREADABLE, facts, where=str(file))) from error


def _save_mapping(brought: Sequence[Brought], file: Path | None) -> Path | None:
    from citytandem.sources.anysheet import save_mapping

    proposal = next((one.proposal for one in brought if one.proposal is not None), None)
    if file is None or proposal is None:
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(save_mapping(proposal.mapping), encoding="utf-8")
    return file


def _balances(overlay: Overlay) -> list[dict[str, Any]]:
    """What was read, one row per balance: the total of its lines beside the published one."""
    import polars as pl

    # the finest breakdown holds the sum; breakdowns are never added to each other
    views = (
        overlay.tables["line"]
        .group_by("balance", "view")
        .agg(pl.len().alias("lines"), pl.col("emissions_t").sum().alias("lines_t"), pl.col("emissions_t").count().alias("known"))
    )
    best = views.sort("balance", "lines", descending=[False, True]).unique("balance", keep="first", maintain_order=True)
    sums = best.with_columns(pl.when(pl.col("known") > 0).then(pl.col("lines_t")).alias("lines_t"))
    heads = overlay.tables["balance"].join(sums.select("balance", "lines", "lines_t"), on="balance", how="left")
    kept = heads.sort("city", "year", "balance").select("balance", "city", "year", "method", "lines", "lines_t", "reported_t")
    return kept.to_dicts()


def _as_answer(brought: Sequence[Brought], overlay: Overlay, *, written: str | None, out: Path | None) -> dict[str, Any]:
    files = [
        {"file": one.name, "format": one.format, "sha256": one.sha256, "mapping": _plain(one.proposal), "questions": _asked(one)}
        for one in brought
    ]
    package = None if written is None else {"name": written, "folder": str(out)}
    rows = {name: frame.height for name, frame in overlay.tables.items() if frame.height}
    answer = {"files": files, "balances": _balances(overlay), "rows": rows, "package": package}
    told = answered(answer, overlay.findings, speech=SPEECH)
    return told if overlay.is_sound else {**told, "status": "refused"}


def _plain(proposal: Proposal | None) -> dict[str, Any] | None:
    return None if proposal is None else dataclasses.asdict(proposal.mapping)


def _asked(one: Brought) -> list[dict[str, Any]]:
    if one.proposal is None:
        return []
    return [
        {
            "key": question.key,
            "choices": list(question.choices),
            "suggestion": question.suggestion,
            "message": say(question.finding, SPEECH),
        }
        for question in one.proposal.questions
    ]


def _show(console: Console, brought: Sequence[Brought], overlay: Overlay) -> None:
    for one in brought:
        console.print(f"\n[bold]{one.name}[/bold]  {_label('import.format', one.format)}")
        if one.proposal is not None:
            _show_mapping(console, one.proposal)
    balances = _balances(overlay)
    if balances:
        heads = [SPEECH.label(f"import.{key}") for key in ("city", "year", "method", "lines", "lines_t", "reported_t")]
        rows = [
            [
                row["city"], str(row["year"]), row["method"], SPEECH.number(row["lines"], digits=0),
                SPEECH.number(row["lines_t"], digits=0), SPEECH.number(row["reported_t"], digits=0),
            ]
            for row in balances[:SHOWN]
        ]  # fmt: skip
        titles = [heads[0], heads[1], heads[2], *(f">{head}" for head in heads[3:])]
        show_table(console, titles, rows, title=SPEECH.label("import.balances"))
        if len(balances) > SHOWN:
            console.print(SPEECH.sentence("import.more", shown=SHOWN, found=len(balances)))


def _show_mapping(console: Console, proposal: Proposal) -> None:
    heads = [SPEECH.label(f"import.{key}") for key in ("heading", "read_as", "unit", "means", "why")]
    columns = [
        [
            column.heading.replace("\n", " ")[:40], _label("import.role", column.role), column.unit,
            _meaning(column.sector, column.carrier), _label("import.reason", column.reason),
        ]
        for table in proposal.mapping.tables
        if table.use
        for column in table.columns
    ]  # fmt: skip
    show_table(console, heads, columns, title=SPEECH.label("import.columns"))
    words = sorted(proposal.mapping.words, key=lambda word: word.confidence)
    rows = [
        [
            word.text[:40],
            _label("import.use", word.use),
            _meaning(word.sector, word.carrier),
            _label("import.reason", word.reason),
        ]
        for word in words[:WORDS_SHOWN]
    ]
    if rows:
        titles = [SPEECH.label(f"import.{key}") for key in ("word", "read_as", "means", "why")]
        show_table(console, titles, rows, title=SPEECH.label("import.words"))
    if proposal.questions:
        console.print(f"\n[bold]{SPEECH.label('import.questions')}[/bold]")
        for question in proposal.questions:
            choices = f" ({', '.join(question.choices)})" if question.choices else ""
            console.print(f"? {say(question.finding, SPEECH)}  --answer {question.key}=…{choices}", markup=False)


def _meaning(sector: str, carrier: str) -> str:
    named = [SPEECH.label(f"{kind}.{key}") for kind, key in (("sector", sector), ("carrier", carrier)) if key]
    return " · ".join(named)


def _label(kind: str, key: str) -> str:
    return SPEECH.label(f"{kind}.{key}") if f"{kind}.{key}" in LABELS else key


def _show_end(console: Console, overlay: Overlay, *, written: str | None, out: Path | None, saved: Path | None) -> None:
    weightiest = sorted(overlay.findings, key=lambda finding: list(Severity).index(finding.severity), reverse=True)
    told: Mapping[str, int] = Counter(str(finding.code) for finding in weightiest)
    if weightiest:
        console.print(f"\n[bold]{SPEECH.label('import.findings')}[/bold]")
    for finding in spoken(weightiest[:SHOWN], SPEECH):
        console.print(f"- {finding['message']}", markup=False)
    if len(weightiest) > SHOWN:
        console.print(", ".join(f"{code}: {count}" for code, count in sorted(told.items())))
    if saved is not None:
        console.print(SPEECH.sentence("import.mapping_saved", file=str(saved)))
    if written is None and out is None and overlay.is_sound:
        console.print(SPEECH.label("import.not_written"))
    if written is not None:
        key = "import.written" if overlay.is_sound else "import.draft_written"
        console.print(SPEECH.sentence(key, folder=str(out)))
        city = next(iter(overlay.tables["balance"]["city"]), None)
        if city:
            console.print(f"{SPEECH.label('cli.demo.next')}\n  citytandem balance {city} --data {out}")
