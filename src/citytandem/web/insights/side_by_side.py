"""The same questions for a few cities in columns: what they are like, what they emit, what is in their hands, who could learn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import isnan
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem import verbs
from citytandem.briefing.document import Grid, Notice, Picture, Text
from citytandem.briefing.pages.position import SHOWN, WHOLE
from citytandem.briefing.pages.profile import PRINTED
from citytandem.charts import palette
from citytandem.charts.beside import draw_beside, draw_shares
from citytandem.charts.chart import Column, Twin, name_key, write_number
from citytandem.charts.scope import PARTS as SCOPE
from citytandem.findings import CannotCompute, Finding
from citytandem.narration import name_country, name_method, tell
from citytandem.readiness import prepare_cities
from citytandem.science.action.answer import Advice
from citytandem.science.balance.gate import WINDOW_YEARS, aspects, verdict
from citytandem.science.balance.views import best_view
from citytandem.science.benchmark.prepare import COLUMN
from citytandem.tables.results_benchmark import OUTCOMES
from citytandem.web.insights.cities import name_networks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.atlas import Atlas
    from citytandem.briefing.document import Block
    from citytandem.science.benchmark.sheet import GateSheet
    from citytandem.words import Speech

FEWEST = 2
"""Cities that can stand side by side."""
SECTOR_VIEW = "sector"


@dataclass(frozen=True)
class Side:
    """What every section needs: the cities in the order they were named, how they are called, and the gate's sheet if any."""

    atlas: Atlas
    names: Mapping[str, str]
    sheet: GateSheet | None
    speech: Speech

    @property
    def cities(self) -> tuple[str, ...]:
        """Ids in the order they were named."""
        return tuple(self.names)

    def head(self, unit: str | None = None, digits: int | None = None) -> tuple[Column, ...]:
        """A column for each city."""
        return tuple(Column(city, self.names[city], unit, digits) for city in self.cities)


def show_facts(side: Side) -> list[Block]:
    """What the cities are like, row by row: place, networks, and the newest figure of each structure variable."""
    atlas, speech = side.atlas, side.speech
    countries = dict(atlas.city.filter(pl.col("city").is_in(side.cities)).select("city", "country").iter_rows())
    networks = name_networks(atlas)
    member = {
        city: speech.join(
            networks[str(key)] for key in atlas.membership.filter(pl.col("city") == city)["network"].unique().sort()
        )
        for city in side.cities
    }
    rows = [
        {
            "name": speech.label("chart.country"),
            "unit": "",
            **{city: name_country(countries[city], speech) for city in side.cities},
        },
        {"name": speech.label("web.cities.network"), "unit": "", **member},
    ]
    own = atlas.structure.filter(pl.col("city").is_in(side.cities)).with_columns(pl.col("variable").cast(pl.String))
    newest = own.sort("year").group_by("city", "variable", maintain_order=True).last()
    for variable, (unit, digits, scale) in PRINTED.items():
        known = {row["city"]: row for row in newest.filter(pl.col("variable") == variable).iter_rows(named=True)}
        if known:
            cells = {city: _write_fact(known.get(city), digits=digits, scale=scale, speech=speech) for city in side.cities}
            rows.append({"name": name_key(speech, "variable", key=variable), "unit": speech.label(f"unit.{unit}"), **cells})
    columns = (Column("name", speech.label("chart.variable")), Column("unit", speech.label("chart.unit")), *side.head())
    sources = _attribute(atlas, sorted({*newest["source"].to_list()}))
    how = speech.sentence("web.compare.sources", sources=speech.join(sources))
    return [Grid(Twin(speech.label("web.compare.facts.table"), columns, pl.DataFrame(rows)), "facts"), Text(how)]


def _write_fact(row: Mapping[str, Any] | None, *, digits: int, scale: float, speech: Speech) -> str:
    if row is None:
        return "–"
    said = row["category"] if row["value"] is None else write_number(float(row["value"]) * scale, digits=digits, speech=speech)
    return f"{said} ({row['year']})" if row["year"] else str(said)


def _attribute(atlas: Atlas, keys: Sequence[str]) -> list[str]:
    known = dict(atlas.source.select("source", "attribution").iter_rows())
    return [str(known.get(key, key)) for key in keys]


def show_outcomes(side: Side) -> list[Block]:
    """What they emit per person, outcome by outcome: only cities of which no two stand in each other's way."""
    speech = side.speech
    rows, left_out = _measure(side)
    told: list[Block] = [Notice(speech.sentence("web.compare.left_out", outcomes=speech.join(left_out)))] if left_out else []
    if not rows:
        return [Notice(speech.label("web.compare.outcomes.none")), *told]
    frame = pl.DataFrame(rows)
    unit = speech.label("unit.t_per_head")
    columns = (
        Column("name", speech.label("chart.outcome")), Column("city_name", speech.label("chart.city")),
        Column("value", speech.label("web.figure.value"), unit, 2), Column("low", speech.label("web.compare.low"), unit, 2),
        Column("high", speech.label("web.compare.high"), unit, 2), Column("year", speech.label("chart.year"), plain=True),
        Column("method", speech.label("chart.method")), Column("grade", speech.label("web.figure.quality")),
        Column("status", speech.label("web.compare.gate")), Column("source", speech.label("chart.source")),
    )  # fmt: skip
    twin = Twin(speech.label("chart.beside.title"), columns, frame)
    return [Picture(draw_beside(frame, names=side.names, twin=twin, speech=speech)), *told]


def _measure(side: Side) -> tuple[list[dict[str, Any]], list[str]]:
    """A row per outcome and city let through, and the names of outcomes that are published by several but let nobody through."""
    assert side.sheet is not None  # noqa: S101 - asked only with a sheet
    prepared = prepare_cities(side.atlas, frozenset(side.cities))
    place = {str(header): row for row, header in enumerate(prepared.columns["balance"])}
    row_of = {city: place[balance] for city, balance in side.sheet.balance.select("city", "balance").iter_rows()}
    methods = {key: method.short for key, method in side.atlas.facts.methods.items()}
    titles = dict(side.atlas.source.select("source", "title").iter_rows())
    rows: list[dict[str, Any]] = []
    left_out = []
    for outcome in (*SHOWN, *WHOLE):
        headers = {city: prepared.header(row) for city, row in row_of.items() if prepared.known(row, outcome)}
        known = [city for city in side.cities if city in headers]
        if len(known) < FEWEST:
            continue
        status = {
            (one, other): verdict(aspects(headers[one], headers[other], outcome=outcome, window=WINDOW_YEARS))
            for one, other in combinations(known, 2)
        }
        through = _largest(known, status)
        if not through:
            left_out.append(name_key(side.speech, "outcome", key=outcome))
            continue
        worst = "after_step" if any(status[pair] == "after_step" for pair in combinations(through, 2)) else "comparable"
        for city in through:
            row, column = row_of[city], COLUMN[outcome]
            header = {name: values[row] for name, values in prepared.columns.items()}
            numbers = {name: float(getattr(prepared, name)[row, column]) for name in ("value", "low", "high")}
            rows.append({
                "outcome": outcome, "name": name_key(side.speech, "outcome", key=outcome), "city": city,
                "city_name": side.names[city], **{name: None if isnan(value) else value for name, value in numbers.items()},
                "year": header["year"], "method": name_method(header["method"], methods=methods, speech=side.speech),
                "grade": prepared.outcome["grade"][row * len(OUTCOMES) + column],
                "status": name_key(side.speech, "gate", key=worst), "source": titles.get(header["source"], header["source"]),
            })  # fmt: skip
    return rows, left_out


def _largest(cities: Sequence[str], status: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """Most cities of which no two stand in each other's way; of equally many the first named; none if every pair does."""
    for count in range(len(cities), 1, -1):
        for chosen in combinations(cities, count):
            if all(status[pair] != "not" for pair in combinations(chosen, 2)):
                return chosen
    return ()


def show_mix(side: Side) -> list[Block]:
    """Which sectors the balances consist of, each as its own city publishes it."""
    assert side.sheet is not None  # noqa: S101 - asked only with a sheet
    speech = side.speech
    balances = dict(side.sheet.balance.select("city", "balance").iter_rows())
    lines = side.atlas.line.filter(pl.col("balance").is_in(list(balances.values())) & pl.col("emissions_t").is_not_null())
    rows: list[dict[str, Any]] = []
    for city, balance in balances.items():
        own = lines.filter(pl.col("balance") == balance)
        if best_view(own) == SECTOR_VIEW:
            chosen = own.filter((pl.col("view").cast(pl.String) == SECTOR_VIEW) & (pl.col("emissions_t") > 0))
            rows += _share(city, chosen.select(pl.col("sector").cast(pl.String).alias("part"), "emissions_t"))
    if not rows:
        return [Notice(speech.label("web.compare.mix.none"))]
    words = {sector: name_key(speech, "sector", key=sector) for sector in palette.SECTORS}
    return _draw_parts(side, rows, key="mix", colors=palette.SECTORS, words=words)


def show_scope(side: Side, advice: Mapping[str, Advice]) -> list[Block]:
    """How much of what each city emits is its own to decide, to influence, or out of its reach."""
    speech = side.speech
    rows = [
        row
        for city, answer in advice.items()
        if answer.split.height
        for row in _share(city, answer.split.select(pl.col("part").cast(pl.String), "emissions_t"))
    ]
    if not rows:
        return [Notice(speech.label("web.compare.scope.none"))]
    words = {part: speech.label(f"part.{part}") for part in SCOPE}
    return [*_draw_parts(side, rows, key="hands", colors=SCOPE, words=words), Text(speech.label("web.compare.scope.how"))]


def _share(city: str, parts: pl.DataFrame) -> list[dict[str, Any]]:
    summed = parts.filter(pl.col("emissions_t") > 0).group_by("part", maintain_order=True).agg(pl.col("emissions_t").sum())
    whole = float(summed["emissions_t"].sum())
    return [{"city": city, "part": part, "share": tonnes / whole} for part, tonnes in summed.iter_rows()] if whole else []


def _draw_parts(
    side: Side, rows: Sequence[Mapping[str, Any]], *, key: str, colors: Mapping[str, str], words: Mapping[str, str]
) -> list[Block]:
    """Bars of shares with their table: a row per part, a column per city; a city without them is named."""
    speech = side.speech
    known = [{**row, "part": row["part"] if row["part"] in colors else "other"} for row in rows]
    shares = pl.DataFrame(known).group_by("city", "part", maintain_order=True).agg(pl.col("share").sum())
    cells = {(row["city"], row["part"]): 100 * row["share"] for row in shares.iter_rows(named=True)}
    shown = [part for part in colors if any((city, part) in cells for city in side.cities)]
    table = [{"part": part, "name": words[part], **{city: cells.get((city, part)) for city in side.cities}} for part in shown]
    schema = {"part": pl.String, "name": pl.String, **dict.fromkeys(side.cities, pl.Float64)}
    columns = (Column("name", speech.label(f"chart.{key}.part")), *side.head(speech.label("unit.percent"), 0))
    twin = Twin(speech.label(f"chart.{key}.title"), columns, pl.DataFrame(table, schema=schema))
    chart = draw_shares(shares, key=key, colors=colors, words=words, names=side.names, twin=twin, speech=speech)
    without = [side.names[city] for city in side.cities if city not in set(shares["city"])]
    told = [Notice(speech.sentence("web.compare.without", cities=speech.join(without)))] if without else []
    return [Picture(chart), *told]


def show_stages(side: Side, advice: Mapping[str, Advice]) -> list[Block]:
    """How far each city is in its fields of action, and how much of that is known."""
    speech = side.speech
    cells: dict[str, dict[str, str]] = {}
    for city, answer in advice.items():
        for row in answer.profile.filter(pl.col("row").cast(pl.String) == "all").iter_rows(named=True):
            stage = "–" if row["stage"] is None else speech.number(row["stage"], digits=1)
            told = speech.sentence("web.compare.stage", stage=stage, known=row["known"], measures=row["measures"])
            cells.setdefault(name_key(speech, "field", key=str(row["field"])), {})[city] = told
    silent = [side.names[city] for city, answer in advice.items() if not answer.profile["known"].sum()]
    notice: list[Block] = [Notice(speech.sentence("web.compare.stages.none", cities=speech.join(silent)))] if silent else []
    if len(silent) == len(advice):
        return notice
    rows = [{"name": name, **{city: told.get(city, "–") for city in side.cities}} for name, told in cells.items()]
    columns = (Column("name", speech.label("chart.field")), *side.head())
    return [Grid(Twin(speech.label("web.compare.stages.table"), columns, pl.DataFrame(rows)), "stages"), *notice]


def show_learning(side: Side) -> list[Block]:
    """What each city could learn from each other one, as far as it is published."""
    speech = side.speech
    titles: dict[str, str] = {}
    for measure, language, title in side.atlas.facts.measure_title.select("measure", "language", "title").iter_rows():
        if str(language) == speech.language or measure not in titles:
            titles[measure] = title
    rows: list[dict[str, str]] = []
    for city in side.cities:
        try:
            found = verbs.partners(side.atlas, city=city, among=side.cities, limit=len(side.cities)).exchanges
        except CannotCompute:
            continue
        for row in found.filter(pl.col("direction").cast(pl.String) == "gets").iter_rows(named=True):
            is_topic = str(row["kind"]) == "sector"
            subject = name_key(speech, "outcome", key=row["subject"]) if is_topic else titles.get(row["subject"], row["subject"])
            basis = (
                speech.label("web.compare.learn.topic") if is_topic else (row["item"] or speech.label("web.compare.learn.done"))
            )
            rows.append({"learner": side.names[city], "giver": side.names[row["partner"]], "subject": subject}
                        | {"basis": basis, "source": row["source"] or "–"})  # fmt: skip
    if not rows:
        return [Notice(speech.label("web.compare.learn.none"))]
    columns = (
        Column("learner", speech.label("web.compare.learner")), Column("giver", speech.label("web.compare.giver")),
        Column("subject", speech.label("web.compare.subject")), Column("basis", speech.label("web.compare.basis")),
        Column("source", speech.label("chart.source")),
    )  # fmt: skip
    return [Grid(Twin(speech.label("web.compare.learn.table"), columns, pl.DataFrame(rows)), "learning")]


def ask_advice(side: Side) -> dict[str, Advice]:
    """The advice of each city for the year of its balance on the sheet; the newest where there is no sheet."""
    years = {} if side.sheet is None else dict(side.sheet.balance.select("city", "year").iter_rows())
    return {city: verbs.advise(side.atlas, city=city, year=years.get(city)) for city in side.cities}


def tell_refusal(side: Side, finding: Finding) -> Notice:
    """Why there is no sheet."""
    return Notice(tell(finding, speech=side.speech, name_city=lambda city: side.names.get(city, city)))
