"""What does a change made by hand cost, and what is the least change when somebody drops out?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.partners.matching.answer import Change, Matched, Move
from citytandem.science.partners.matching.field import ask, read_field
from citytandem.science.partners.matching.match import shape, solve
from citytandem.science.partners.matching.score import ENDS
from citytandem.science.partners.matching.settings import Form
from citytandem.tables.matching import MatchPair, Rule

if TYPE_CHECKING:
    import dataframely as dy


def price_change(matched: Matched, *, move: Move) -> Change:
    """What it costs to put two together by hand, or to forbid that they are; everybody else is matched anew as well as can be.

    A move replaces the rule that stood for the same two.

    Raises
    ------
    CannotCompute
        MATCH_NOBODY for somebody who takes no part; MATCH_RULES_CONFLICT where the move contradicts other rules.
    """
    _refuse_strangers(matched, {move.participant, move.other})
    rules = _ruled(matched.question.rules, pairs=[(move.participant, move.other)], kind=move.kind)
    question = replace(matched.question, rules=rules)
    field = read_field(question)
    return _compare(matched, shape(solve(field), field=field, question=question))


def price_leaving(matched: Matched, *, pairs: Collection[tuple[str, str]] | None = None) -> Matched:
    """The same matching with ``cost_of_leaving``: the points the whole loses if a pair is forbidden and all are matched anew.

    One question is solved per pair: at once for a programme of some dozens, so name the pairs where there are hundreds. A
    pair that is pinned keeps null. The cost is below zero where forbidding the pair wakes fewer ties or serves fewer
    participants and thereby wins points.

    Parameters
    ----------
    pairs
        Smaller key, larger key of the pairs to price; None for all.
    """
    rows = []
    for one, two, pinned in matched.pairs.select(*ENDS, "pinned").iter_rows():
        if not pinned and (pairs is None or (one, two) in pairs):
            question = replace(matched.question, rules=_ruled(matched.question.rules, pairs=[(one, two)], kind="ban"))
            rows.append((one, two, matched.value - solve(read_field(question)).value))
    priced = pl.DataFrame(rows, schema={"participant": pl.String, "other": pl.String, "priced": pl.Int64}, orient="row")
    joined = matched.pairs.join(priced, on=ENDS, how="left", maintain_order="left")
    told = joined.with_columns(pl.coalesce("priced", "cost_of_leaving").alias("cost_of_leaving"))
    return replace(matched, pairs=MatchPair.cast(told.select(MatchPair.column_names())))


def rematch(matched: Matched, *, without: Collection[str]) -> Change:
    """The least change when somebody drops out: every group that still stands is kept, the others are matched as well as can be.

    Groups nobody left can all be kept together, so all of them are; a cluster that lost a member and is still large enough
    stands too. Whoever lost a partner, and whoever had none, is matched among the places that are left.

    Parameters
    ----------
    without
        Keys of those who drop out.

    Raises
    ------
    CannotCompute
        MATCH_NOBODY for somebody who takes no part.
    """
    gone = set(without)
    _refuse_strangers(matched, gone)
    before = matched.question
    left = before.candidates.filter(~pl.col("participant").is_in(sorted(gone)))
    question = ask(left, pairs=before.pairs, rules=before.rules, settings=before.settings)
    standing = _standing(matched, gone=gone)
    held = replace(question, rules=_ruled(question.rules, pairs=standing, kind="pin"))
    return _compare(matched, shape(solve(read_field(held)), field=read_field(question), question=question))


def _standing(matched: Matched, *, gone: set[str]) -> list[tuple[str, str]]:
    """Pairs of groups that are still large enough without those who are gone."""
    settings = matched.question.settings
    least = {Form.TRIO: 3, Form.CLUSTER: settings.size[0]}.get(Form(settings.form), 2)
    pairs: list[tuple[str, str]] = []
    for number, rows in matched.groups.group_by("group", maintain_order=True):
        members = [key for key in rows.get_column("participant") if key not in gone]
        if len(members) >= least:
            own = matched.pairs.filter(pl.col("group") == number[0])
            pairs += [(one, two) for one, two in own.select(ENDS).iter_rows() if not {one, two} & gone]
    return pairs


def _ruled(rules: pl.DataFrame, *, pairs: Collection[tuple[str, str]], kind: str) -> dy.DataFrame[Rule]:
    """The rules with one kind set for some pairs, in place of whatever stood for these."""
    named = {frozenset(pair) for pair in pairs}
    kept = [row for row in rules.select(*ENDS, "kind").iter_rows() if frozenset(row[:2]) not in named]
    new = [(*sorted(pair), kind) for pair in named]
    schema = {"participant": pl.String, "other": pl.String, "kind": pl.String}
    return Rule.validate(pl.DataFrame(sorted([*kept, *new]), schema=schema, orient="row"), cast=True)


def _compare(before: Matched, after: Matched) -> Change:
    old, new = before.pairs.select(ENDS), after.pairs.select(ENDS)
    return Change(
        matched=after,
        cost=before.value - after.value,
        woken_less=before.woken - after.woken,
        served_less=before.served - after.served,
        left=old.join(new, on=ENDS, how="anti").sort(ENDS),
        joined=new.join(old, on=ENDS, how="anti").sort(ENDS),
    )


def _refuse_strangers(matched: Matched, keys: set[str]) -> None:
    known = set(matched.question.candidates.get_column("participant"))
    for key in sorted(keys - known):
        raise CannotCompute(Finding(Code.MATCH_NOBODY, {"participant": key}, where="participant"))
