"""Whose past resembles a region now? Joins figures, a folder of more, the search, phases and cases into one answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from rapidfuzz import fuzz, process

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.science.transition import analogues as science
from citytandem.science.transition.trajectories import EVERY_TRAIT, TRAITS, build_paths, find_peaks, normalise
from citytandem.sources.facts import load_facts
from citytandem.sources.regional import join_tables, read_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from citytandem.science.transition.trajectories import Paths
    from citytandem.tables.provenance import Provenance

TABLES = ("region", "region_series", "region_break", "region_phase", "case")
NAMES = ("region", "name", "name_de", "name_zh", "name_ja", "name_da")
AFTER = 10
"""Cases of an analogue are listed from the years that resemble today until so many years later. [P]"""
STEADY = 0.5
"""An analogue that stays in fewer of the variations gets a warning. [P]"""


@dataclass(frozen=True)
class Atlas:
    """Regions: tables by name as in :mod:`citytandem.tables.series`, and what reading them brought up."""

    tables: Mapping[str, pl.DataFrame]
    findings: tuple[Finding, ...] = ()

    def paths(self, *, traits: Sequence[str] = TRAITS, until: int | None = None) -> Paths:
        """Paths of all regions that have one."""
        country = self.tables["region"].select("region", "country")
        return build_paths(self.tables["region_series"].join(country, on="region"), traits=tuple(traits), until=until)


@dataclass(frozen=True)
class Analogues:
    """The answer: regions and periods that a region resembles, or why there is none.

    Parameters
    ----------
    region, name, first, last
        What was asked.
    traits
        What was compared; empty where nothing could be.
    limit
        A fit above it may be chance.
    refusal
        Why there is no analogue; None if there is one.
    analogues
        Columns of :class:`~citytandem.science.transition.analogues.Found`, with ``name``.
    nearest
        The nearest windows even if they lie beyond the limit: region, name, first, last, lag, fit.
    peaks
        The plain alternative: region, name, peak_year, years, year, gap.
    phases
        region, name, phase, title, first_year, last_year, mark, source: phases there in the years that resemble today, and the
        region's own at the end of the window.
    cases
        Rows of :class:`~citytandem.tables.series.Case`, with ``name`` and ``because`` (analogue: tried there in those years or
        the ten after; phase: tried elsewhere in the kind of phase the region is in).
    trajectories
        See :func:`~citytandem.science.transition.trajectories.normalise`, of the region and every region above.
    """

    region: str
    name: str
    first: int
    last: int
    traits: tuple[str, ...]
    limit: float | None
    refusal: Finding | None
    regions: int
    windows: int
    least_lag: int
    analogues: pl.DataFrame
    nearest: pl.DataFrame
    peaks: pl.DataFrame
    phases: pl.DataFrame
    cases: pl.DataFrame
    trajectories: pl.DataFrame
    findings: tuple[Finding, ...]
    provenance: Provenance


def read_regions(raw: Path | None = None) -> Atlas:
    """Regions of the house, and of a folder if one is named."""
    facts = load_facts()
    tables = {name: getattr(facts, name) for name in TABLES}
    if raw is None:
        return Atlas(tables)
    more, findings = read_folder(raw)
    return Atlas(join_tables(tables, more), tuple(findings))


def find_region(atlas: Atlas, asked: str) -> str:
    """The key of the one region meant, by key or name in any language.

    Raises
    ------
    CannotCompute
        REGION_UNKNOWN with the nearest names, or REGION_AMBIGUOUS with the choices.
    """
    wanted = asked.strip().casefold()
    spelled = {name: str(row[0]) for row in atlas.tables["region"].select(NAMES).iter_rows() for name in row if name}
    found = {
        str(row[0])
        for row in atlas.tables["region"].select(NAMES).iter_rows()
        if wanted in {str(name).casefold() for name in row if name}
    }
    if len(found) == 1:
        return found.pop()
    if found:
        raise CannotCompute(Finding(Code.REGION_AMBIGUOUS, {"asked": asked, "choices": ", ".join(sorted(found))}))
    near = [name for name, _, _ in process.extract(asked, list(spelled), scorer=fuzz.WRatio, limit=3)]
    raise CannotCompute(Finding(Code.REGION_UNKNOWN, {"asked": asked, "nearest": ", ".join(near)}))


def read_window(text: str) -> tuple[int, int]:
    """First and last year of a window such as 2000-2022.

    Raises
    ------
    CannotCompute
        REGION_WINDOW_INVALID.

    >>> read_window("2000-2022")
    (2000, 2022)
    """
    years = re.fullmatch(r"\s*(\d{4})\s*[-–:]\s*(\d{4})\s*", text)
    first, last = (int(years[1]), int(years[2])) if years else (0, 0)
    if not science.LEAST_YEARS <= last - first + 1 <= science.MOST_YEARS:
        facts: dict[str, Any] = {"asked": text, "least": science.LEAST_YEARS - 1, "most": science.MOST_YEARS - 1}
        raise CannotCompute(Finding(Code.REGION_WINDOW_INVALID, facts))
    return first, last


def name_regions(atlas: Atlas, *, language: str = "en") -> dict[str, str]:
    """What to call each region in a language; its English name where there is none."""
    column = f"name_{language[:2]}"
    frame = atlas.tables["region"]
    told = pl.coalesce(column, "name") if column in frame.columns else pl.col("name")
    return dict(frame.select("region", told).iter_rows())


def answer(
    atlas: Atlas, *, region: str, window: tuple[int, int], traits: Sequence[str] | None, k: int, least_lag: int,
    controls: int, seed: int, language: str, provenance: Provenance,
) -> Analogues:  # fmt: skip
    """The whole answer for a region key; see :func:`citytandem.verbs.analogues`."""
    unknown = sorted(set(traits or ()) - set(EVERY_TRAIT))
    if unknown:
        facts: dict[str, Any] = {"option": "indicators", "asked": unknown[0], "choices": ", ".join(EVERY_TRAIT)}
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))
    paths = atlas.paths(traits=("industry", *(traits or TRAITS)) if "industry" not in (traits or TRAITS) else traits or TRAITS)
    names = name_regions(atlas, language=language)
    query = science.Query(region, *window, traits=tuple(traits) if traits else None, k=k, least_lag=least_lag)
    refusal, found = None, None
    try:
        found = science.find_analogues(paths, query=query, seed=seed, controls=controls)
    except science.NothingFits as refused:
        refusal, found = _call(refused.finding, names), refused.found
    except CannotCompute as refused:
        raise CannotCompute(_call(refused.finding, names)) from refused
    peaks = science.align_peaks(paths, query=query)
    phases = _phases(atlas, found.analogues, region=region, year=window[1])
    shown = [region, *found.analogues["region"], *found.nearest["region"], *peaks["region"]]
    return Analogues(
        region, names[region], *window, found.traits, found.limit, refusal, found.regions, found.windows, least_lag,
        _named(found.analogues, names),
        _named(found.nearest.select("region", "first", "last", "lag", "fit"), names),
        _named(peaks, names),
        _named(phases, names),
        _named(_cases(atlas, found.analogues, region=region, year=window[1]), names),
        normalise(paths, atlas.tables["region_break"], regions=list(dict.fromkeys(shown))),
        (*([refusal] if refusal else []), *_tell(paths, found, names=names, query=query), *atlas.findings),
        provenance,
    )  # fmt: skip


def _named(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    return frame.with_columns(pl.col("region").replace_strict(names, default=pl.col("region")).alias("name"))


def _call(finding: Finding, names: Mapping[str, str]) -> Finding:
    """The same finding with regions called by name."""
    facts = dict(finding.facts)
    for name in ("region", "own"):
        if name in facts:
            facts[name] = names.get(str(facts[name]), str(facts[name]))
    if facts.get("nearest"):
        key, _, years = str(facts["nearest"]).rpartition(" ")
        facts["nearest"] = f"{names.get(key, key)} {years}"
    return Finding(finding.code, facts, finding.row, finding.where, finding.severity)


def family_of(atlas: Atlas, region: str) -> list[str]:
    """A region, what it lies in, what lies in it, and coalfields beside it."""
    frame = atlas.tables["region"]
    part_of = dict(frame.select("region", "part_of").iter_rows())
    kind = dict(frame.select("region", pl.col("kind").cast(pl.String)).iter_rows())
    above = part_of.get(region)
    beside = [key for key, lies in part_of.items() if above and lies == above and kind[key] in {"coalfield", "steel_region"}]
    inside = [key for key, lies in part_of.items() if lies == region]
    upper = [above] if above and kind.get(above) != "country" else []
    return list(dict.fromkeys([region, *upper, *inside, *beside]))


def _phases(atlas: Atlas, found: pl.DataFrame, *, region: str, year: int) -> pl.DataFrame:
    wanted = [(region, year, year)] + [(row["region"], row["low_now"], row["high_now"]) for row in found.to_dicts()]
    parts = [
        _overlap(atlas.tables["region_phase"].filter(pl.col("region") == key), low=low, high=high) for key, low, high in wanted
    ]
    return pl.concat(parts).unique(maintain_order=True)


def _overlap(frame: pl.DataFrame, *, low: int, high: int) -> pl.DataFrame:
    return frame.filter((pl.col("first_year") <= high) & (pl.col("last_year").is_null() | (pl.col("last_year") >= low)))


def _cases(atlas: Atlas, found: pl.DataFrame, *, region: str, year: int) -> pl.DataFrame:
    cases = atlas.tables["case"]
    parts = []
    for row in found.to_dicts():
        there = cases.filter(pl.col("region").is_in(family_of(atlas, row["region"])))
        parts.append(_overlap(there, low=row["low_now"], high=row["high_now"] + AFTER).with_columns(because=pl.lit("analogue")))
    own = family_of(atlas, region)
    phase = _overlap(atlas.tables["region_phase"].filter(pl.col("region").is_in(own)), low=year, high=year)["phase"].cast(
        pl.String
    )
    same = cases.filter(pl.col("phase").cast(pl.String).is_in(phase.implode()) & ~pl.col("region").is_in(own))
    parts.append(same.with_columns(because=pl.lit("phase")))
    return pl.concat(parts).unique("case", keep="first", maintain_order=True)


def _tell(paths: Paths, found: science.Found, *, names: Mapping[str, str], query: science.Query) -> list[Finding]:
    """What a reader should know about each analogue, and about all of them."""
    told = [Finding(Code.ANALOGUE_NO_FORECAST, {"region": names[query.region]}, severity=Severity.NOTE)]
    basis = {(row["region"], row["trait"]): row["basis"] for row in paths.points.unique(["region", "trait"]).to_dicts()}
    for row in found.analogues.to_dicts():
        called = names.get(row["region"], row["region"])
        missing = [trait for trait in found.traits if trait not in row["traits"]]
        if missing:
            fits = {name: round(100 * row[key], 1) for name, key in (("fit", "fit"), ("low", "low_fit"), ("high", "high_fit"))}
            told.append(_warn(Code.ANALOGUE_TRAITS_MISSING, region=called, traits=", ".join(missing), **fits))
        ours, theirs = (basis.get((key, row["traits"][0])) for key in (query.region, row["region"]))
        if ours != theirs:
            own = names.get(query.region, query.region)
            told.append(_warn(Code.ANALOGUE_DEFINITIONS_DIFFER, region=called, own=own, ours=ours, theirs=theirs))
        points = paths.points.filter((pl.col("region") == row["region"]) & pl.col("year").is_between(row["first"], row["last"]))[
            "year"
        ].n_unique()
        if points < row["last"] - row["first"] + 1:
            span = {"points": points, "first": row["first"], "last": row["last"]}
            told.append(Finding(Code.ANALOGUE_BETWEEN_POINTS, {"region": called, **span}, severity=Severity.NOTE))
        if row["stability"] < STEADY:
            told.append(_warn(Code.ANALOGUE_UNSTABLE, region=called, share=round(100 * row["stability"])))
    return told


def _warn(code: Code, **facts: Any) -> Finding:
    return Finding(code, facts, severity=Severity.WARNING)


def years_since_peak(atlas: Atlas) -> pl.DataFrame:
    """region, peak_year, peak of industry's share for every region with a path."""
    return find_peaks(atlas.paths(traits=("industry",)))
