"""Can all rules of a network be kept at once, and if not: which few of them contradict each other?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.partners.matching.field import ABROAD, APART, BANNED, OPEN, VETOED
from citytandem.science.partners.matching.settings import Countries, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citytandem.science.partners.matching.field import Field

    Test: TypeAlias = Callable[[Sequence["Clause"]], bool]

_BY_STATE = {VETOED: "veto", BANNED: "ban", ABROAD: "countries", APART: "parts"}


@dataclass(frozen=True, order=True)
class Clause:
    """One rule that may be part of a conflict: its kind, and the participants or the country it is about."""

    kind: str
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ":".join([self.kind, *(["+".join(self.about)] if self.about else [])])


def list_clauses(field: Field) -> list[Clause]:
    """Every rule that pins can run into: the pins, and what forbids or limits the pinned."""
    keys, pins = field.keys, np.flatnonzero(field.pinned)
    ends = sorted({int(end) for pin in pins for end in (field.first[pin], field.second[pin])})
    grouped = Form(field.settings.form) in {Form.TRIO, Form.CLUSTER}
    clauses = [Clause("pin", (keys[field.first[pin]], keys[field.second[pin]])) for pin in pins]
    for edge in np.flatnonzero(field.state != OPEN):
        one, two = int(field.first[edge]), int(field.second[edge])
        if field.pinned[edge] or (grouped and one in ends and two in ends):
            kind = _BY_STATE[int(field.state[edge])]
            clauses.append(Clause(kind, (keys[one], keys[two]) if kind in {"veto", "ban"} else ()))
    clauses += [] if grouped else [Clause("capacity", (keys[end],)) for end in ends]
    if field.settings.per_country_limit is not None:
        clauses += [Clause("limit", (field.countries[place],)) for place in sorted({int(field.country[end]) for end in ends})]
    return list(dict.fromkeys(clauses))


def find_conflict(clauses: Sequence[Clause], *, holds: Test) -> list[Clause]:
    """A smallest set of clauses that cannot hold together: take one away, and the others can (deletion filter).

    Parameters
    ----------
    clauses
        Clauses that do not hold together.
    holds
        Whether some clauses hold together.

    References
    ----------
    Chinneck, J. W., Dravnieks, E. W. (1991). Locating minimal infeasible constraint sets. ORSA J. Computing 3, 157-168.
    """
    kept = list(clauses)
    for clause in clauses:
        fewer = [other for other in kept if other != clause]
        if not holds(fewer):
            kept = fewer
    return kept


def keeps_pairs(clauses: Sequence[Clause], *, field: Field) -> bool:
    """Whether pinned pairs can stand beside what forbids and limits them, where groups are pairs."""
    kept = set(clauses)
    keys, limit = field.keys, field.settings.per_country_limit
    load = np.zeros(field.nodes, dtype=np.int64)
    for pin in np.flatnonzero(field.pinned):
        pair = (keys[field.first[pin]], keys[field.second[pin]])
        if Clause("pin", pair) not in kept:
            continue
        state = int(field.state[pin])
        kind = _BY_STATE.get(state, "")
        if state != OPEN and Clause(kind, pair if kind in {"veto", "ban"} else ()) in kept:
            return False
        load[[field.first[pin], field.second[pin]]] += 1
    for place, key in enumerate(keys):
        if load[place] > field.capacity[place] and Clause("capacity", (key,)) in kept:
            return False
    for place, name in enumerate(field.countries):
        if limit is not None and Clause("limit", (name,)) in kept and load[field.country == place].sum() > limit:
            return False
    return True


def keep_clauses(field: Field, *, clauses: Sequence[Clause]) -> Field:
    """The question with some of its clauses only: what is not among them is not asked for."""
    kept = set(clauses)

    def pair(edge: np.integer[Any]) -> tuple[str, str]:
        return field.keys[field.first[edge]], field.keys[field.second[edge]]

    pinned, state = field.pinned.copy(), field.state.copy()
    for edge in np.flatnonzero(field.pinned):
        pinned[edge] = Clause("pin", pair(edge)) in kept
    named = set(list_clauses(field))
    for edge in np.flatnonzero(field.state != OPEN):
        kind = _BY_STATE[int(field.state[edge])]
        clause = Clause(kind, pair(edge) if kind in {"veto", "ban"} else ())
        if clause in named and clause not in kept:
            state[edge] = OPEN
    kinds = {clause.kind for clause in kept}
    settings = field.settings
    if "limit" not in kinds:
        settings = replace(settings, per_country_limit=None)
    if Clause("countries") in named and "countries" not in kinds:
        settings = replace(settings, countries=Countries.ANY)
        state[state == ABROAD] = OPEN
    return replace(field, pinned=pinned, state=state, settings=settings)


def refuse(conflict: Sequence[Clause]) -> CannotCompute:
    """The refusal that names the rules; a face puts names in the place of keys."""
    named = ",".join(str(clause) for clause in conflict)
    return CannotCompute(Finding(Code.MATCH_RULES_CONFLICT, {"count": len(conflict), "rules": named}, where="rules"))
