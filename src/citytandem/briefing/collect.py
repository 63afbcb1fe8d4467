"""Gathers the answers of every verb for one city; what is refused is kept as its finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem import verbs
from citytandem.briefing.answers import Answers, rows_of
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city, names_in
from citytandem.science.balance.bridge_target import CORE_VARIANTS
from citytandem.words.catalogue import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from citytandem.atlas import Atlas
    from citytandem.briefing.answers import Part

BENCHMARK_PARTS = ("gate", "position", "strip", "trend", "drivers", "structure")
ADVICE_PARTS = ("split", "profile", "advice", "done_by")
PARTNER_PARTS = ("partners", "exchanges")

PAGE_OF: dict[Code, str] = {
    Code.COUNTRY_LIMIT: "profile",
    Code.METHOD_BREAK: "balance",
    Code.TOO_FEW_YEARS: "balance",
    Code.TOP_DOWN_CANNOT_CREDIT: "comparable",
    Code.NOT_COMPARABLE: "comparable",
    Code.POWERS_UNKNOWN: "powers",
    Code.DIRECT_SHARE_IMPLAUSIBLE: "powers",
    Code.STAGES_UNKNOWN: "powers",
    Code.STAGES_PARTLY_KNOWN: "powers",
}
"""On which page a finding beside an answer is told; else on the page of its verb."""

TOLD_BY_A_TABLE = (Code.SECTOR_NOT_SEPARATED,)
"""Findings that a table of the briefing says already, row by row."""

TOLD_OF_THE_MAIN_OUTCOME = (Code.TOO_FEW_YEARS, Code.METHOD_BREAK)
"""Findings that are told once, of the outcome the briefing is mainly about."""


def collect(atlas: Atlas, *, city: str, year: int | None = None, question: str = "overall") -> Answers:
    """All answers for one city, as a briefing needs them.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN or CITY_AMBIGUOUS. Everything else that is refused stands as a finding in its part.
    """
    own = find_city(atlas, city)
    benchmark = _ask(lambda: verbs.benchmark(atlas, city=own, year=year, question=question))
    shown_year = year if isinstance(benchmark, Finding) else benchmark.year
    advice = _ask(lambda: verbs.advise(atlas, city=own, year=shown_year))
    asked = {
        "benchmark": benchmark,
        "advice": advice,
        "partners": _ask(lambda: verbs.partners(atlas, city=own)),
        "balance": _ask(lambda: verbs.balance(atlas, city=own, year=shown_year)),
    }
    return assemble(atlas, own=own, question=question, bridge=_bridge_to_core(atlas, own, **asked), **asked)


def assemble(
    atlas: Atlas,
    *,
    own: str,
    question: str = "overall",
    benchmark: Any = None,
    advice: Any = None,
    partners: Any = None,
    balance: Any = None,
    bridge: Any = None,
) -> Answers:
    """The answers already at hand under the names a briefing uses.

    Each is the record of a verb, its finding, or None if it was not asked.
    """
    parts = _gather_parts(benchmark=benchmark, advice=advice, partners=partners, balance=balance)
    if not rows_of(parts["structure"]).height:
        parts["structure"] = _own_structure(atlas, own)
    header = _header(atlas, benchmark=benchmark, balance=balance)
    named = _cities_in(own, parts)
    return Answers(
        city=own,
        country=own[:2],
        names=_names(atlas, named),
        year=int(str(header["year"])) if header else None,
        question=question,
        outcome=str(benchmark.main_outcome) if _is_answer(benchmark) else None,
        provenance=atlas.provenance(verbs.SEED),
        places=_places(atlas, own=own, parts=parts),
        titles=_titles(atlas),
        methods={key: method.short for key, method in atlas.facts.methods.items()},
        sources=_sources(atlas, parts.values()),
        balance=header,
        bridge=bridge,
        notes=_notes(benchmark=benchmark, advice=advice, partners=partners),
        portfolio=advice.portfolio if _is_answer(advice) else None,
        **parts,
    )


def _ask(question: Callable[[], Any]) -> Any:
    """The answer, or the finding that says why there is none."""
    try:
        return question()
    except CannotCompute as refusal:
        return refusal.finding


def _bridge_to_core(atlas: Atlas, own: str, *, benchmark: Any, balance: Any, **_: Any) -> Any:
    """From the balance everything stands on to the variant of the core that is compared; None without a balance."""
    header = _header(atlas, benchmark=benchmark, balance=balance)
    if not header:
        return None
    outcome = str(benchmark.main_outcome) if _is_answer(benchmark) else "core"
    to = outcome if outcome in CORE_VARIANTS else "core"
    return _ask(lambda: verbs.bridge(atlas, city=own, year=int(str(header["year"])), start=str(header["balance"]), to=to))


def _gather_parts(*, benchmark: Any, advice: Any, partners: Any, balance: Any) -> dict[str, Part]:
    """The frames of every answer under the names of a briefing; a refused answer puts its finding in each of its parts."""
    parts = {name: _part(benchmark, name) for name in BENCHMARK_PARTS}
    peers = benchmark.peers if _is_answer(benchmark) else benchmark
    parts |= {"peers": _part(peers, "peer"), "reasons": _part(peers, "reason")}
    parts |= {"outcomes": _part(balance, "outcome"), "lines": _part(balance, "history")}
    parts |= {name: _part(advice, name) for name in ADVICE_PARTS}
    parts |= {name: _part(partners, name) for name in PARTNER_PARTS}
    return parts


def _is_answer(answer: Any) -> bool:
    return answer is not None and not isinstance(answer, Finding)


def _part(answer: Any, name: str) -> Part:
    if isinstance(answer, Finding):
        return answer
    if answer is None:
        return pl.DataFrame()
    found: pl.DataFrame = getattr(answer, name)
    return found


def _own_structure(atlas: Atlas, own: str) -> pl.DataFrame:
    """What is known of a city's structure without any peers: the newest value of each variable."""
    known = atlas.structure.filter(pl.col("city") == own).sort("year").group_by("variable", maintain_order=True).last()
    nothing = [pl.lit(None, pl.Float64).alias(name) for name in ("p10", "median", "p90")]
    return known.select(
        pl.col("variable").cast(pl.String), pl.col("value").alias("own_value"), pl.col("category").alias("own_category"),
        "year", "source", *nothing,
    )  # fmt: skip


def _header(atlas: Atlas, *, benchmark: Any, balance: Any) -> dict[str, object]:
    """The header of the balance everything stands on."""
    for answer in (benchmark, balance):
        if _is_answer(answer):
            key = answer.balance["balance"][0]
            return atlas.balance.filter(pl.col("balance") == key).to_dicts()[0]
    return {}


def _cities_in(own: str, parts: dict[str, Part]) -> list[str]:
    """Every city that is named somewhere."""
    found = {own}
    for part in parts.values():
        rows = rows_of(part)
        for column in {"city", "peer", "partner"} & set(rows.columns):
            found |= set(rows[column].drop_nulls().to_list())
    return sorted(found)


def _names(atlas: Atlas, cities: list[str]) -> dict[str, dict[str, str]]:
    latin = dict(atlas.city.filter(pl.col("city").is_in(cities)).select("city", "name").iter_rows())
    spoken = {language: names_in(atlas, cities, language=language) for language in LANGUAGES}
    return {
        city: {"": latin.get(city, city), **{language: names[city] for language, names in spoken.items() if city in names}}
        for city in cities
    }


def _titles(atlas: Atlas) -> dict[str, dict[str, str]]:
    titles: dict[str, dict[str, str]] = {}
    for measure, language, title in atlas.facts.measure_title.select("measure", "language", "title").iter_rows():
        titles.setdefault(measure, {})[str(language)] = title
    return titles


def _places(atlas: Atlas, *, own: str, parts: dict[str, Part]) -> pl.DataFrame:
    """Where the city, its peers and its partners lie; a city that is both peer and partner is shown as partner."""
    roles = dict.fromkeys(_column(parts["peers"], "peer"), "peer")
    roles |= dict.fromkeys(_column(parts["partners"], "partner")[:SHOWN_PARTNERS], "partner")
    roles[own] = "own"
    chosen = atlas.city.filter(pl.col("city").is_in(list(roles))).select("city", "latitude", "longitude")
    return chosen.with_columns(pl.col("city").replace_strict(roles, return_dtype=pl.String).alias("role"))


SHOWN_PARTNERS = 5


def _column(part: Part, name: str) -> list[str]:
    rows = rows_of(part)
    return rows[name].to_list() if name in rows.columns else []


def _sources(atlas: Atlas, parts: Iterable[Part]) -> pl.DataFrame:
    """The publications behind all rows shown, from the release and from the facts."""
    keys: set[str] = set()
    for part in parts:
        rows = rows_of(part)
        if "source" in rows.columns:
            keys |= set(rows["source"].drop_nulls().to_list())
    known = pl.concat([atlas.source, atlas.facts.source.select(atlas.source.columns)], how="vertical_relaxed")
    return known.filter(pl.col("source").is_in(sorted(keys))).unique("source", keep="first").sort("source")


def _notes(*, benchmark: Any, advice: Any, partners: Any) -> dict[str, tuple[Finding, ...]]:
    """Findings beside the answers, each on the page where it belongs."""
    notes: dict[str, list[Finding]] = {}
    main = str(benchmark.main_outcome) if _is_answer(benchmark) else None
    for page, answer in (("position", benchmark), ("measures", advice), ("partners", partners)):
        told = answer.findings if _is_answer(answer) else ()
        for finding in (finding for finding in told if _is_worth_telling(finding, main=main)):
            notes.setdefault(PAGE_OF.get(finding.code, page), []).append(finding)
    return {page: tuple(findings) for page, findings in notes.items()}


def _is_worth_telling(finding: Finding, *, main: str | None) -> bool:
    if finding.code in TOLD_BY_A_TABLE:
        return False
    return finding.code not in TOLD_OF_THE_MAIN_OUTCOME or finding.facts.get("outcome") == main
