"""Whose past resembles this region now, how far back, how well, and how surely? Or why nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.document import Block, Grid, Notice, Text
from citytandem.charts.chart import Column, Twin
from citytandem.findings import Code, Finding
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from citytandem.findings import Fact
    from citytandem.transition import Analogues
    from citytandem.web.regions.asking import View
    from citytandem.words import Speech

WHY = {Code.ANALOGUE_NOTHING_FITS: "web.region.why.nothing_fits", Code.REGION_WITHOUT_PATH: "web.region.why.no_path"}
"""Refusals whose cure on the site is another than in the terminal."""
LIMITS = {Code.ANALOGUE_TRAITS_MISSING, Code.ANALOGUE_DEFINITIONS_DIFFER, Code.ANALOGUE_BETWEEN_POINTS}


def write_analogues(view: View) -> Section:
    """The question ``Whose past resembles it?``."""
    speech, found = view.speech, view.found
    if isinstance(found, Finding):
        page = make_page(view, "analogues", answer=answer_in_short(view), blocks=[Notice(tell_refusal(view, found))])
        return Section(page)
    tables: dict[str, Twin] = {}
    blocks: list[Block] = [Notice(speech.sentence("web.region.no_forecast", region=view.name))]
    if found.refusal is not None:
        blocks.append(Notice(tell_refusal(view, found.refusal)))
        if found.nearest.height:
            tables["nearest"] = _tabulate_nearest(found, speech)
    else:
        tables["analogues"] = _tabulate_analogues(view, found)
    if found.peaks.height:
        tables["peaks"] = _tabulate_peaks(found, speech)
    blocks += [Grid(twin, key) for key, twin in tables.items()]
    limits = _tabulate_limits(view, found)
    if limits.rows.height:
        tables["limits"] = limits
        blocks.append(Grid(limits, "limits"))
    blocks += [Text(speech.say(finding)) for finding in found.findings if finding.code == Code.ANALOGUE_UNSTABLE]
    return Section(
        make_page(view, "analogues", answer=answer_in_short(view), blocks=blocks, how=_how(view, found)), tables=tables
    )


def answer_in_short(view: View) -> str:
    """One sentence: the analogues with their years, or that nothing fits and what is nearest."""
    speech, found = view.speech, view.found
    asked: dict[str, Fact] = {"region": view.name, "first": view.choices.first, "last": view.choices.last}
    if isinstance(found, Finding):
        return speech.sentence("web.region.answer.no_path", **asked)
    if found.refusal is not None:
        if found.nearest.is_empty():
            return speech.sentence("web.region.answer.nothing", **asked)
        nearest = speech.join([_call(row, speech) for row in found.nearest.head(3).to_dicts()])
        return speech.sentence("web.region.answer.refused", **asked, nearest=nearest)
    return speech.sentence("web.region.answer.found", **asked, analogues=name_periods(found.analogues.head(3), speech=speech))


def tell_refusal(view: View, refusal: Finding) -> str:
    """Why nothing fits, and what a reader of the page can do; other findings as they are."""
    key = WHY.get(refusal.code)
    return view.speech.sentence(key, **refusal.facts) if key else view.speech.say(refusal)


def name_periods(rows: pl.DataFrame, *, speech: Speech) -> str:
    """Regions with the years there that resemble today."""
    told = [
        speech.sentence("web.region.period", region=row["name"], years=_years(row["low_now"], row["high_now"]))
        for row in rows.to_dicts()
    ]
    return speech.join(told)


def _call(row: dict[str, object], speech: Speech) -> str:
    return speech.sentence("web.region.period", region=str(row["name"]), years=_years(row["first"], row["last"]))


def _years(low: object, high: object) -> str:
    return f"{low}–{high}" if low != high else str(low)


def _tabulate_analogues(view: View, found: Analogues) -> Twin:
    speech = view.speech
    rows = [
        {
            "name": row["name"],
            "period": _years(row["first"], row["last"]),
            "lag": speech.sentence("web.region.lag", lag=row["lag"], band=_years(row["low_lag"], row["high_lag"])),
            "fit": _fit(row, speech),
            "indicators": f"{len(row['traits'])}/{len(found.traits)}",
            "stability": speech.percent(row["stability"]),
            "now": _years(row["low_now"], row["high_now"]),
        }
        for row in found.analogues.to_dicts()
    ]
    heads = {"name": "region", **{key: key for key in ("period", "lag", "fit", "indicators", "stability", "now")}}
    columns = tuple(Column(key, speech.label(f"analogue.{word}")) for key, word in heads.items())
    exact = found.analogues.with_columns(pl.col("traits").list.join(" "))
    return Twin(speech.label("analogue.table"), columns, pl.DataFrame(rows), exact)


def _fit(row: dict[str, float], speech: Speech) -> str:
    fit, low, high = (speech.number(100 * row[key], digits=1) for key in ("fit", "low_fit", "high_fit"))
    return fit if low == high else speech.sentence("web.region.fit", fit=fit, low=low, high=high)


def _tabulate_nearest(found: Analogues, speech: Speech) -> Twin:
    rows = found.nearest.with_columns(pl.format("{}–{}", "first", "last").alias("period"), (100 * pl.col("fit")).alias("apart"))
    columns = (
        Column("name", speech.label("analogue.region")),
        Column("period", speech.label("analogue.period")),
        Column("lag", speech.label("analogue.lag"), plain=True),
        Column("apart", speech.label("analogue.fit"), digits=1),
    )
    return Twin(speech.label("web.region.nearest"), columns, rows, found.nearest)


def _tabulate_peaks(found: Analogues, speech: Speech) -> Twin:
    columns = (
        Column("name", speech.label("analogue.region")),
        Column("peak_year", speech.label("analogue.peak"), plain=True),
        Column("years", speech.label("analogue.since"), plain=True),
        Column("year", speech.label("analogue.now"), plain=True),
        Column("gap", speech.label("analogue.gap"), digits=1),
    )
    return Twin(speech.label("analogue.peaks"), columns, found.peaks)


def _tabulate_limits(view: View, found: Analogues) -> Twin:
    """What each analogue rests on: indicators it lacks, what shares are of, and how many years were published."""
    speech = view.speech
    rows: dict[str, dict[str, str]] = {}
    for finding in found.findings:
        facts = finding.facts
        own = rows.setdefault(str(facts.get("region")), {}) if finding.code in LIMITS else {}
        if finding.code == Code.ANALOGUE_TRAITS_MISSING:
            own["missing"] = speech.join([speech.label(f"trait.{one.strip()}") for one in str(facts["traits"]).split(",")])
        elif finding.code == Code.ANALOGUE_DEFINITIONS_DIFFER:
            there, here = (speech.label(f"basis.{facts[key]}") for key in ("theirs", "ours"))
            own["basis"] = speech.sentence("web.region.limit.basis", there=there, here=here)
        elif finding.code == Code.ANALOGUE_BETWEEN_POINTS:
            years = int(str(facts["last"])) - int(str(facts["first"])) + 1
            own["points"] = speech.sentence("web.region.limit.points", points=facts["points"], years=years)
    names = ("name", "missing", "basis", "points")
    told = [{"name": name, **{key: own.get(key) for key in names[1:]}} for name, own in rows.items()]
    columns = (
        Column("name", speech.label("analogue.region")),
        *(Column(key, speech.label(f"web.region.limit.{key}_head")) for key in names[1:]),
    )
    return Twin(speech.label("web.region.limit.table"), columns, pl.DataFrame(told, schema=dict.fromkeys(names, pl.String)))


def _how(view: View, found: Analogues) -> list[str]:
    speech = view.speech
    traits = speech.join([speech.label(f"trait.{trait}") for trait in found.traits])
    size = {"regions": found.regions, "windows": found.windows, "lag": found.least_lag}
    told = [speech.sentence("analogue.traits", traits=traits, **size)]
    if found.limit is not None and found.limit < float("inf"):
        limit = speech.number(100 * found.limit, digits=1)
        told.append(speech.sentence("analogue.limit", region=view.name, limit=limit, seed=found.provenance.seed))
    return [
        *told,
        speech.label("web.region.how.fit"),
        speech.label("web.region.how.stability"),
        speech.label("web.region.how.held"),
    ]
