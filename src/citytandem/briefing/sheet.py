"""Can these cities be compared? The sheet of the gate as tables in words, for every face alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts.chart import Column, Twin, name_key
from citytandem.narration import name_method, tell_aspect
from citytandem.tables.results_gate import VARIANTS
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citytandem.science.benchmark.sheet import GateSheet
    from citytandem.words import Speech


def ask(sheet: GateSheet, *, names: Mapping[str, str], speech: Speech) -> str:
    """The question a sheet answers; ``names`` are those of the cities by id."""
    if sheet.is_pair:
        city, other = (names[city] for city in sheet.cities)
        return speech.sentence("sheet.question.pair", city=city, other=other)
    return speech.sentence("sheet.question.group", cities=speech.join(names[city] for city in sheet.cities))


def answer(sheet: GateSheet, *, names: Mapping[str, str], speech: Speech) -> str:
    """The answer in sentences: the default variant first, then what can be compared instead."""
    rows = {str(row["outcome"]): row for row in sheet.group.iter_rows(named=True)}
    main = rows[VARIANTS[0]]
    told = [_tell_pair(sheet, main, speech=speech) if sheet.is_pair else _tell_group(main, speech=speech)]
    if not sheet.is_pair and main["status"] == "not" and main["together"]:
        cities = speech.join(names[city] for city in main["together"].split(","))
        told.append(speech.sentence("sheet.answer.together", cities=cities))
    instead = [name for name in VARIANTS[1:] if rows[name]["status"] != "not"]
    if main["status"] == "not" and instead:
        outcomes = speech.join(name_key(speech, "outcome", key=name) for name in instead)
        told.append(speech.sentence("sheet.answer.other", outcomes=outcomes))
    elif main["status"] == "not" and not main["together"]:
        told.append(speech.label("sheet.answer.none"))
    gap = "" if speech.language in {"ja", "zh-Hans"} else " "
    return gap.join(told)


def tabulate_balances(
    sheet: GateSheet, *, names: Mapping[str, str], methods: Mapping[str, str], speech: Speech,
    sources: Mapping[str, str] | None = None,
) -> Twin:  # fmt: skip
    """The balance that stands for each city; one that is allocated from larger totals says so."""
    titles = sources or {}
    rows = [
        {
            "city": names[row["city"]],
            "year": row["year"],
            "method": name_method(row["method"], methods=methods, speech=speech),
            "made": speech.label("said.top_down" if row["top_down"] else "said.bottom_up"),
            "period": f"{row['period_start']} – {row['period_end']}",
            "source": titles.get(row["source"], row["source"]),
        }
        for row in sheet.balance.iter_rows(named=True)
    ]
    columns = (
        Column("city", speech.label("chart.city")),
        Column("year", speech.label("chart.year"), plain=True),
        Column("method", speech.label("chart.method")),
        Column("made", speech.label("sheet.made")),
        Column("period", speech.label("sheet.period")),
        Column("source", speech.label("bridge.source")),
    )
    return Twin(speech.label("sheet.balances"), columns, pl.DataFrame(rows))


def tabulate_pairs(sheet: GateSheet, *, names: Mapping[str, str], speech: Speech) -> Twin:
    """One row per pair, one column per variant: its status, and the aspects that need a step or stop it."""
    rows = []
    for row in sheet.pair.group_by("city", "other", maintain_order=True).agg("outcome", "status", "credits_measures").to_dicts():
        pair = {"city": row["city"], "other": row["other"]}
        status = dict(zip(row["outcome"], row["status"], strict=True))
        told = {name: _tell_status(sheet, status[name], pair=pair, outcome=name, speech=speech) for name in VARIANTS}
        shows = speech.label("sheet.credits.yes" if all(row["credits_measures"]) else "sheet.credits.no")
        rows.append({"pair": _name_pair(row, names=names, speech=speech), **told, "credits": shows})
    columns = (
        Column("pair", speech.label("sheet.pair")),
        *(Column(name, name_key(speech, "outcome", key=name)) for name in VARIANTS),
        Column("credits", speech.label("sheet.credits")),
    )
    return Twin(speech.label("sheet.pairs"), columns, pl.DataFrame(rows, schema={column.name: pl.String for column in columns}))


def tabulate_reasons(sheet: GateSheet, *, names: Mapping[str, str], speech: Speech) -> Twin:
    """Each different reason once, with its cure, the variants it is about and, in a group, the pairs."""
    found: dict[tuple[str, str, str], dict[str, dict[str, None]]] = {}
    # an enum sorts by its place in the list of aspects, so that equal aspects stand together
    for row in sheet.reasons.sort("aspect", maintain_order=True).iter_rows(named=True):
        why = tell_aspect(row, city=names[row["city"]], other=names[row["other"]], speech=speech)
        cure = speech.label(row["cure"]) if row["cure"] in LABELS else "–"
        about = found.setdefault((name_key(speech, "aspect", key=row["aspect"]), why, cure), {"variants": {}, "pairs": {}})
        about["variants"][str(row["outcome"])] = None
        about["pairs"][_name_pair(row, names=names, speech=speech)] = None
    rows = [
        {"aspect": aspect, "why": why, "cure": cure, "concerns": _name_variants(about["variants"], speech=speech)}
        | {"pairs": "; ".join(about["pairs"])}
        for (aspect, why, cure), about in found.items()
    ]
    columns = (
        Column("aspect", speech.label("briefing.comparable.aspect")),
        Column("why", speech.label("briefing.comparable.why")),
        Column("cure", speech.label("briefing.comparable.cure")),
        Column("concerns", speech.label("sheet.concerns")),
        *(() if sheet.is_pair else (Column("pairs", speech.label("sheet.pair")),)),
    )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("aspect", "why", "cure", "concerns", "pairs"), pl.String))
    return Twin(speech.label("sheet.reasons"), columns, frame)


def _tell_pair(sheet: GateSheet, row: Mapping[str, Any], *, speech: Speech) -> str:
    pair = dict(zip(("city", "other"), sheet.cities, strict=True))
    aspects = _name_aspects(sheet, str(row["status"]), pair=pair, outcome=row["outcome"], speech=speech)
    outcome = name_key(speech, "outcome", key=row["outcome"])
    return speech.sentence(f"sheet.answer.pair.{row['status']}", outcome=outcome, aspects=aspects)


def _tell_group(row: Mapping[str, Any], *, speech: Speech) -> str:
    counts = {name: row[name] for name in ("pairs", "comparable", "after_step")}
    outcome = name_key(speech, "outcome", key=row["outcome"])
    return speech.sentence("sheet.answer.group", outcome=outcome, no=row["not_comparable"], **counts)


def _tell_status(sheet: GateSheet, status: str, *, pair: Mapping[str, str], outcome: str, speech: Speech) -> str:
    named = name_key(speech, "gate", key=status)
    if status == "comparable":
        return named
    aspects = _name_aspects(sheet, status, pair=pair, outcome=outcome, speech=speech)
    return speech.sentence("sheet.status.with", status=named, aspects=aspects)


def _name_aspects(sheet: GateSheet, status: str, *, pair: Mapping[str, str], outcome: str, speech: Speech) -> str:
    """The aspects of one pair and variant that have this status."""
    keys = [
        row["aspect"]
        for row in sheet.reasons.iter_rows(named=True)
        if (row["city"], row["other"], row["outcome"], row["status"]) == (pair["city"], pair["other"], outcome, status)
    ]
    return speech.join(name_key(speech, "aspect", key=key) for key in keys)


def _name_variants(variants: Mapping[str, None], *, speech: Speech) -> str:
    if set(variants) == set(VARIANTS):
        return speech.label("sheet.every_variant")
    return speech.join(name_key(speech, "outcome", key=name) for name in variants)


def _name_pair(row: Mapping[str, str], *, names: Mapping[str, str], speech: Speech) -> str:
    return speech.sentence("sheet.pair.name", city=names[row["city"]], other=names[row["other"]])


def tabulate(
    sheet: GateSheet, *, names: Mapping[str, str], methods: Mapping[str, str], speech: Speech,
    sources: Mapping[str, str] | None = None,
) -> Iterator[Twin]:  # fmt: skip
    """The tables of a sheet in the order in which they are read; ``sources`` are titles of publications by key."""
    yield tabulate_balances(sheet, names=names, methods=methods, speech=speech, sources=sources)
    yield tabulate_pairs(sheet, names=names, speech=speech)
    yield tabulate_reasons(sheet, names=names, speech=speech)
