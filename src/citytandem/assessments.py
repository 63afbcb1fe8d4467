"""Joins a release, a framework and the forms of assessors into one assessment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.science.assessment.answer import Assessment
    from citytandem.science.assessment.framework import Framework

SEED = 2026
KEYS = ["subject", "criterion", "part"]


def assess(
    atlas: Atlas,
    *,
    framework: str | Path,
    city: str | None = None,
    answers: Path | None = None,
    second: Path | None = None,
    outside: bool = False,
    seed: int = SEED,
    draws: int | None = None,
) -> Assessment:
    """How far a city is by a framework: levels with intervals, knock-outs, and two assessors side by side.

    What the release knows of the stages of measures answers the criteria these count under; an answer in a form takes its place.

    Parameters
    ----------
    atlas
        The release.
    framework
        Key of a shipped framework, or the folder with one of your own.
    city
        Id, code or name of the city; if None, every city the answers are about.
    answers, second
        Filled-in forms (CSV or XLSX) of one assessor, and of another.
    outside
        Whether the first form is the city's own view and the second one from outside.
    seed, draws
        From which, and how often, weights are drawn from their ranges.

    Raises
    ------
    CannotCompute
        FRAMEWORK_UNKNOWN, FRAMEWORK_NOT_SOUND, CITY_UNKNOWN, CITY_AMBIGUOUS, FILE_MISSING, ANSWERS_MISSING.
    """
    from citytandem.science.assessment.answer import answer
    from citytandem.science.assessment.score import DRAWS

    chosen = find_framework(atlas, framework)
    whom = find_city(atlas, city) if city is not None else None
    first, told = _read(atlas, answers, framework=chosen, city=whom)
    other, more = _read(atlas, second, framework=chosen, city=whom)
    return answer(
        chosen,
        answers=_fill_from_stages(atlas, first, framework=chosen, city=whom),
        second=other if second is not None else None,
        outside=outside,
        findings=(*told, *more),
        seed=seed,
        draws=DRAWS if draws is None else draws,
        provenance=atlas.provenance(seed),
    )


def find_framework(atlas: Atlas, asked: str | Path) -> Framework:
    """A shipped framework by its key, or one's own by its folder.

    Raises
    ------
    CannotCompute
        FRAMEWORK_UNKNOWN, FRAMEWORK_NOT_SOUND.
    """
    from citytandem.science.assessment.framework import pick_framework
    from citytandem.sources.frameworks import is_framework, read_framework

    folder = Path(asked)
    return read_framework(folder) if is_framework(folder) else pick_framework(atlas.facts, str(asked))


def _read(atlas: Atlas, file: Path | None, *, framework: Framework, city: str | None) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """The answers of one form; cities of the release by their id, others as the form calls them."""
    from citytandem.sources.answers import read_answers
    from citytandem.tables.assessment import Answer

    if file is None:
        return Answer.create_empty(), ()
    if not file.is_file():
        raise CannotCompute(Finding(Code.FILE_MISSING, {"file": str(file)}))
    found, told = read_answers(file.read_bytes(), name=file.name, framework=framework, subject=city)
    ids = {name: _name_or_id(atlas, name) for name in found["subject"].unique().to_list()}
    named = found.with_columns(pl.col("subject").replace(ids)).unique(KEYS, keep="first", maintain_order=True)
    return (named.filter(pl.col("subject") == city) if city is not None else named), tuple(told)


def _name_or_id(atlas: Atlas, name: str) -> str:
    try:
        return find_city(atlas, name)
    except CannotCompute:
        return name


def read_stages(atlas: Atlas, *, framework: Framework, subjects: list[str]) -> pl.DataFrame:
    """What the release knows of the stages of some cities, as answers to the criteria their measures count under."""
    from citytandem.science.action.profile import fold_stages
    from citytandem.science.assessment.answer import answer_from_stages
    from citytandem.tables.assessment import Answer

    known = atlas.stage.filter(pl.col("city").is_in(subjects))
    if known.is_empty() or framework.criterion_measure.is_empty():
        return Answer.create_empty()
    return answer_from_stages(fold_stages(known), framework=framework)


def fill_from_stages(answers: pl.DataFrame, *, stages: pl.DataFrame) -> pl.DataFrame:
    """The answers, and below them what is known from stages; an answer takes the place of a stage about the same."""
    return pl.concat([answers, stages.select(answers.columns)]).unique(KEYS, keep="first", maintain_order=True)


def _fill_from_stages(atlas: Atlas, answers: pl.DataFrame, *, framework: Framework, city: str | None) -> pl.DataFrame:
    """The answers, and below them what the release knows of the stages of the same cities."""
    subjects = [city] if city is not None else answers["subject"].unique().to_list()
    return fill_from_stages(answers, stages=read_stages(atlas, framework=framework, subjects=subjects))
