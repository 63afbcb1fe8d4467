"""Who learns with whom in a whole network? The best tandems, trios, clusters or mentors, with bound and proof."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.science.partners.matching.answer import Matched
from citytandem.science.partners.matching.clusters import make_clusters
from citytandem.science.partners.matching.field import Field, ask, read_field
from citytandem.science.partners.matching.rules import find_conflict, keep_clauses, keeps_pairs, list_clauses, refuse
from citytandem.science.partners.matching.settings import LARGEST_CLUSTER, SMALLEST_CLUSTER, Countries, Form, MatchSettings
from citytandem.science.partners.matching.shape import explain_unmatched, find_blocking, shape_groups, shape_loads, shape_pairs
from citytandem.science.partners.matching.tandems import Found, pair_tandems
from citytandem.science.partners.matching.trios import make_trios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.science.partners.matching.answer import Question
    from citytandem.science.partners.matching.rules import Clause


def match(
    candidates: pl.DataFrame, *, pairs: pl.DataFrame, rules: pl.DataFrame | None = None, settings: MatchSettings | None = None
) -> Matched:
    """The groups that are worth most together under all rules.

    First as many sleeping ties as possible are woken (``ties_first``), then as many participants as possible get somebody of
    whom a gain is known (``everyone``), then the points of all pairs together are largest. Vetoes and bans are always kept,
    pins always too. Among equal optima the order of keys decides, so that the order of rows does not matter.

    Parameters
    ----------
    candidates, pairs, rules
        Rows of ``tables.matching``; pairs as ``score_pairs`` gives them.
    settings
        Form, size, countries, limits.

    Raises
    ------
    CannotCompute
        MATCH_RULES_CONFLICT with the smallest set of rules that contradict each other; MATCH_SIZE for a size of clusters
        outside 3 to 8; UNKNOWN_CHOICE for a form we do not know; EXTRA_MISSING without the extra ``exchange``.
    """
    question = ask(candidates, pairs=pairs, rules=rules, settings=_checked(settings or MatchSettings()))
    field = read_field(question)
    return shape(solve(field), field=field, question=question)


def solve(field: Field) -> Found:
    """The choice of groups for a question in numbers; refuses where pins contradict other rules."""
    form = Form(field.settings.form)
    if form in {Form.TANDEM, Form.MENTORING}:
        return pair_tandems(field)
    make = make_trios if form is Form.TRIO else make_clusters
    if (found := make(field)) is not None:
        return found

    def holds(clauses: Sequence[Clause]) -> bool:
        fewer = keep_clauses(field, clauses=clauses)
        return keeps_pairs(clauses, field=field) and make(_hushed(fewer)) is not None

    raise refuse(find_conflict(list_clauses(field), holds=holds))


def shape(found: Found, *, field: Field, question: Question) -> Matched:
    """The choice as tables, with everything a network needs to judge it."""
    groups, chosen = shape_groups(found, field=field)
    matched, full = shape_pairs(chosen, field=field, question=question)
    unmatched = explain_unmatched(groups, field=field)
    loads = shape_loads(matched, full=full, question=question)
    answer = Matched(
        question=question,
        groups=groups,
        pairs=matched,
        value=found.value,
        bound=found.bound,
        proof=found.proof,
        woken=int(matched.get_column("asleep").sum() or 0),
        served=groups.get_column("participant").n_unique(),
        unmatched=unmatched,
        blocking=find_blocking(matched, full=full, field=field),
        loads=loads,
        findings=(),
    )
    return replace(answer, findings=_tell(answer))


def _hushed(field: Field) -> Field:
    """The same question without points that would have to be compared: is there any answer at all?"""
    quiet = replace(field.settings, everyone=False, ties_first=False)
    return replace(field, settings=quiet, score=np.minimum(field.score, 1))


def _checked(settings: MatchSettings) -> MatchSettings:
    for kind, value in ((Form, settings.form), (Countries, settings.countries)):
        known = [str(choice) for choice in kind]
        if str(value) not in known:
            facts = {"asked": str(value), "option": kind.__name__.lower(), "choices": ", ".join(known)}
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts, where="settings"))
    low, high = settings.size
    if not SMALLEST_CLUSTER <= low <= high <= LARGEST_CLUSTER:
        raise CannotCompute(Finding(Code.MATCH_SIZE, {"low": low, "high": high}, where="settings"))
    return settings


def _tell(answer: Matched) -> tuple[Finding, ...]:
    """What a coordinator should know besides the groups."""
    left, blocking = answer.unmatched.height, answer.blocking.height
    facts = {"count": left, "total": answer.question.candidates.height}
    told = []
    if left:
        told.append(Finding(Code.MATCH_LEFT_OUT, facts, where="unmatched", severity=Severity.WARNING))
    if blocking:
        told.append(Finding(Code.MATCH_BLOCKING, {"count": blocking}, where="blocking", severity=Severity.NOTE))
    if answer.bound > answer.value:
        gap = {"value": answer.value, "bound": answer.bound}
        told.append(Finding(Code.MATCH_NOT_PROVEN, gap, where="value", severity=Severity.WARNING))
    return tuple(told)
