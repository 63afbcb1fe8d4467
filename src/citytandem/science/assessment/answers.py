"""Which rows of a filled-in form can be used as answers, and what is wrong with the others?"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.tables.assessment import WHOLE, Answer

if TYPE_CHECKING:
    import dataframely as dy

    from citytandem.science.assessment.framework import Framework

COLUMNS = ("city", "criterion", "level", "evidence", "note")
"""The form as people see it."""
ROW = "row_of_file"
NOT_APPLICABLE = frozenset({"n/a", "na", "not applicable", "does not apply"})
LEVELS = {str(level): level for level in range(5)}


def check_answers(
    framework: Framework, rows: pl.DataFrame, *, where: str, subject: str | None = None
) -> tuple[dy.DataFrame[Answer], list[Finding]]:
    """Split a form into answers and findings about the rest, row by row.

    An unknown criterion, a measure that does not count under it, a missing city or a second answer leave the row out; a level
    outside 0 to 4 leaves the criterion unknown. A level that asks for evidence without any is kept, and told: it is held
    down when it is scored.

    Parameters
    ----------
    framework
        The framework the form is for.
    rows
        Text columns city, criterion, level, evidence, note, and ``row_of_file``; ``measure`` where measures are answered.
    where
        File the findings should name.
    subject
        Whom rows without a city are about.

    Returns
    -------
    Rows of ``tables.assessment.Answer`` and findings with row and column.
    """
    criteria = framework.criterion["criterion"].to_list()
    measures = set(framework.criterion_measure.select("criterion", "measure").iter_rows())
    findings: list[Finding] = []
    kept: dict[tuple[str, str, str], dict[str, object]] = {}
    for row in rows.iter_rows(named=True):
        answer, told = _read_row(row, framework=framework, criteria=criteria, measures=measures, subject=subject, where=where)
        findings += told
        if answer is None:
            continue
        key = (str(answer["subject"]), str(answer["criterion"]), str(answer["part"]))
        if key in kept:
            facts = {"criterion": framework.key_of(key[1]), "subject": key[0]}
            findings.append(Finding(Code.ANSWER_TWICE, facts, row=row[ROW], where=where, severity=Severity.WARNING))
        else:
            kept[key] = answer
    schema = {name: column.dtype for name, column in Answer.columns().items()}
    return Answer.validate(pl.DataFrame(list(kept.values()), schema=schema), cast=True), findings


def _read_row(
    row: dict[str, object],
    *,
    framework: Framework,
    criteria: list[str],
    measures: set[tuple[str, str]],
    subject: str | None,
    where: str,
) -> tuple[dict[str, object] | None, list[Finding]]:
    """One row of the form as an answer, or None."""

    def find(code: Code, severity: Severity = Severity.ERROR, **facts: str | int | None) -> list[Finding]:
        number = row[ROW]
        return [Finding(code, facts, row=number if isinstance(number, int) else None, where=where, severity=severity)]

    criterion, part = _text(row, "criterion"), _text(row, "measure") or WHOLE
    whom = _text(row, "city") or subject
    level, note, evidence = (_text(row, name) for name in ("level", "note", "evidence"))
    if not any((level, note, evidence)):
        return None, []
    if criterion is None or criterion not in criteria:
        nearest = ", ".join(get_close_matches(criterion or "", criteria, n=3, cutoff=0.4)) or "–"
        return None, find(Code.ANSWER_CRITERION_UNKNOWN, value=criterion, framework=framework.key_of(), nearest=nearest)
    named = framework.key_of(criterion)
    if part != WHOLE and (criterion, part) not in measures:
        return None, find(Code.ANSWER_PART_UNKNOWN, value=part, criterion=named, column="measure")
    if whom is None:
        return None, find(Code.ANSWER_SUBJECT_MISSING, column="city")
    given = (level or "").lower()
    applies = given not in NOT_APPLICABLE
    number = LEVELS.get(given.removesuffix(".0"))
    told: list[Finding] = []
    if level and applies and number is None:
        told = find(Code.ANSWER_LEVEL_UNKNOWN, Severity.WARNING, value=level, column="level", criterion=named)
    asked = ask_for_evidence(framework, criterion=criterion, level=number)
    if part == WHOLE and asked and not evidence:
        told += find(Code.ANSWER_WITHOUT_EVIDENCE, Severity.WARNING, level=number, criterion=named)
    answer: dict[str, object] = {
        "subject": whom,
        "criterion": criterion,
        "part": part,
        "level": number if applies else None,
        "level_low": None,
        "level_high": None,
        "applies": applies,
        "evidence": evidence,
        "note": note,
    }
    return answer, told


def ask_for_evidence(framework: Framework, *, criterion: str, level: int | None) -> str | None:
    """The evidence a level of a criterion asks for, in plain English; None where it asks for none.

    Parameters
    ----------
    framework
        The framework.
    criterion, level
        Which level of which criterion; nothing is asked for an unknown level, nor for 0.

    Examples
    --------
    >>> from citytandem.science.assessment.framework import pick_framework
    >>> from citytandem.sources.facts import load_facts
    >>> ask_for_evidence(pick_framework(load_facts(), "activity_2026"), criterion="target", level=2)
    'a number of what was done'
    """
    if not level:
        return None
    of_level = framework.levels_of(criterion).filter(pl.col("level") <= level)["evidence"].drop_nulls().to_list()[-1:]
    own = framework.criterion.filter(pl.col("criterion") == criterion)["evidence"].drop_nulls().to_list()
    return "; ".join([*of_level, *own]) or None


def _text(row: dict[str, object], name: str) -> str | None:
    value = row.get(name)
    return str(value).strip() or None if value is not None else None
