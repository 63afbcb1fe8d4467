"""What does a framework say of a city, or of every city of a form, in one answer?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.science.assessment.assessors import compare_assessors, place_beside
from citytandem.science.assessment.levels import TOP
from citytandem.science.assessment.score import DRAWS, score
from citytandem.tables.assessment import WHOLE, Answer

if TYPE_CHECKING:
    from citytandem.science.assessment.assessors import Compared
    from citytandem.science.assessment.framework import Framework
    from citytandem.science.assessment.score import Scored
    from citytandem.tables.provenance import Provenance

RECALLED = "K"


@dataclass(frozen=True)
class Assessment:
    """What a framework says: levels with intervals, knock-outs, and where there are two assessors, how they agree.

    ``compared`` is None without a second assessor, ``beside`` None unless one of the two is the city itself.
    """

    framework: Framework
    subjects: tuple[str, ...]
    answers: pl.DataFrame
    scored: Scored
    compared: Compared | None
    beside: pl.DataFrame | None
    findings: tuple[Finding, ...]
    provenance: Provenance | None = None

    def __repr__(self) -> str:
        return f"Assessment({self.framework.framework}, {len(self.subjects)} subjects, {len(self.findings)} findings)"


def answer(
    framework: Framework,
    *,
    answers: pl.DataFrame,
    second: pl.DataFrame | None = None,
    outside: bool = False,
    findings: tuple[Finding, ...] = (),
    seed: int,
    draws: int = DRAWS,
    provenance: Provenance | None = None,
) -> Assessment:
    """Score the answers and set two assessors side by side.

    Parameters
    ----------
    framework
        The framework.
    answers, second
        Rows of ``tables.assessment.Answer`` of one assessor, and of another where there is one.
    outside
        Whether the first is the city's own view and the second one from outside; then each is scored, and neither blended.
    findings
        What reading the answers had to tell.
    seed, draws
        For the weights.

    Raises
    ------
    CannotCompute
        ANSWERS_MISSING when there is no answer at all.
    """
    if answers.is_empty():
        raise CannotCompute(Finding(Code.ANSWERS_MISSING, {"framework": framework.key_of()}), because=findings)
    scored = score(framework, answers, draws=draws, seed=seed)
    compared = compare_assessors(framework, first=answers, second=second) if second is not None else None
    beside = None
    if second is not None and outside:
        beside = place_beside(framework, own=answers, outside=second, draws=draws, seed=seed)
    told = [*findings, *_tell_framework(framework), *_tell_outcomes(framework, scored)]
    if compared is not None and compared.to_reconcile.height:
        pairs = int(compared.agreement.filter(pl.col("category") == WHOLE)["pairs"][0])
        facts = {"count": compared.to_reconcile.height, "pairs": max(pairs, compared.to_reconcile.height)}
        told.append(Finding(Code.ASSESSORS_DIFFER, facts, where="reconcile", severity=Severity.NOTE))
    return Assessment(
        framework=framework,
        subjects=tuple(scored.outcomes["subject"].to_list()),
        answers=answers,
        scored=scored,
        compared=compared,
        beside=beside,
        findings=tuple(told),
        provenance=provenance,
    )


def answer_from_stages(stages: pl.DataFrame, *, framework: Framework) -> pl.DataFrame:
    """The stages of a city's measures as answers to the criteria they count under.

    Parameters
    ----------
    stages
        Rows of :func:`~citytandem.science.action.profile.fold_stages`.
    framework
        The framework; one whose criteria no measure counts under gets no answer.

    Returns
    -------
    Rows of ``tables.assessment.Answer``, one per measure with a stage, with the range from its least to its most advanced item.
    """
    under = framework.criterion_measure.select("criterion", "measure").unique()
    joined = stages.filter(pl.col("stage").is_not_null()).join(under, on="measure")
    rows = joined.select(
        pl.col("city").alias("subject"),
        "criterion",
        pl.col("measure").alias("part"),
        pl.col("stage").alias("level"),
        pl.col("stage_low").alias("level_low"),
        pl.col("stage_high").alias("level_high"),
        pl.lit(value=True).alias("applies"),
        pl.col("lead_evidence").alias("evidence"),
        pl.lit(None, dtype=pl.String).alias("note"),
    )
    return Answer.cast(rows.sort("subject", "criterion", "part"))


def _tell_framework(framework: Framework) -> list[Finding]:
    named = {"framework": framework.key_of()}
    told = []
    if not framework.complete:
        told.append(Finding(Code.FRAMEWORK_LISTS_A_PART, named, where="framework", severity=Severity.NOTE))
    recalled = framework.criterion.filter(pl.col("mark").cast(pl.String) == RECALLED).height
    if recalled:
        facts = named | {"count": recalled}
        told.append(Finding(Code.FRAMEWORK_RECALLED, facts, where="framework", severity=Severity.NOTE))
    return told


def _tell_outcomes(framework: Framework, scored: Scored) -> list[Finding]:
    told = []
    for row in scored.outcomes.iter_rows(named=True):
        if row["known"] < row["parts"]:
            facts = {name: row[name] for name in ("subject", "known", "parts")}
            told.append(Finding(Code.ANSWERS_PARTLY_GIVEN, facts, where="answers", severity=Severity.NOTE))
    codes = {"failed": Code.KNOCK_OUT_FAILED, "open": Code.KNOCK_OUT_OPEN}
    judged = pl.col("outcome").cast(pl.String).is_in(list(codes)) & (pl.col("high") - pl.col("low") < TOP)
    for row in scored.criteria.filter(judged).iter_rows(named=True):
        facts = {
            "subject": row["subject"],
            "criterion": framework.key_of(row["criterion"]),
            "threshold": row["threshold"],
            "low": _plain(row["low"]),
            "high": _plain(row["high"]),
        }
        told.append(Finding(codes[str(row["outcome"])], facts, where="knock_out", severity=Severity.NOTE))
    return told


def _plain(level: float) -> float | int:
    """A whole level without decimals."""
    return int(level) if level.is_integer() else level
