"""Which trios are worth most together? Every trio of which something speaks for each member is a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from citytandem.science.kernels.choice import Rows, choose
from citytandem.science.partners.matching.answer import Proof
from citytandem.science.partners.matching.links import Links, link_all, list_pinned_parties
from citytandem.science.partners.matching.tandems import Found

if TYPE_CHECKING:
    import numpy.typing as npt

    from citytandem.science.partners.matching.field import Field

    Ints: TypeAlias = npt.NDArray[np.int64]
    Bools: TypeAlias = npt.NDArray[np.bool_]

MOST_TRIOS = 60_000
"""Trios looked at; beyond it those with most points of each participant, and the answer has a bound only."""


def make_trios(field: Field) -> Found | None:
    """The best set of trios in which nobody sits twice: set packing over all possible trios, by integer programme.

    A trio is possible where all three pairs may be and each member has points with one of the others at least; pinned
    participants need no points. Returns None where no set of trios keeps all pins.
    """
    links = link_all(field)
    trios = _list_trios(links)
    score, ties = _weigh(links.score, trios), _weigh(links.asleep.astype(np.int64), trios)
    kept = _most_promising(trios, score=score + ties * int(links.score.max(initial=0)) * 3, nodes=field.nodes)
    listed, score, ties = trios[kept], score[kept], ties[kept]
    aims = [ties, np.full(len(listed), int(field.settings.everyone)), score]
    found = choose(aims, rows=_limits(field, trios=listed, links=links), whole=np.ones(len(listed), dtype=np.bool_))
    if found is None:
        return None
    groups = sorted(tuple(trio) for trio in listed[found.taken > 0.5].tolist())
    if len(kept) == len(trios):
        return Found(groups, found.value, found.bound, Proof.SEARCH if found.is_proven else Proof.BOUND_ONLY)
    most = np.zeros(field.nodes, dtype=np.int64)
    for end in range(3):
        np.maximum.at(most, trios[:, end], _weigh(links.score, trios))
    return Found(groups, found.value, max(found.value, int(most.sum()) // 3), Proof.BOUND_ONLY)


def _list_trios(links: Links) -> Ints:
    """All possible trios, members in order, of shape (trios, 3)."""
    found, close = [np.empty((0, 3), dtype=np.int64)], links.linked | links.pinned
    for node in range(len(close)):
        others = np.flatnonzero(close[node])
        one, two = np.triu_indices(len(others), k=1)
        one, two = others[one], others[two]
        may = links.may[one, two]
        found.append(np.stack([np.full(int(may.sum()), node), one[may], two[may]], axis=1))
    for party in list_pinned_parties(links):  # two who are pinned take anyone they may sit with
        if len(party) == 2:
            thirds = np.flatnonzero(links.may[party[0]] & links.may[party[1]] & links.linked[party].any(axis=0))
            found.append(np.stack([np.full(len(thirds), party[0]), np.full(len(thirds), party[1]), thirds], axis=1))
    trios = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    allowed = links.may[trios[:, 0], trios[:, 1]] & links.may[trios[:, 0], trios[:, 2]] & links.may[trios[:, 1], trios[:, 2]]
    return np.asarray(trios[allowed & ~_parts_pins(trios, links=links)])


def _parts_pins(trios: Ints, *, links: Links) -> Bools:
    """Trios that take one of two who are pinned together, and not the other."""
    parted = np.zeros(len(trios), dtype=np.bool_)
    for one, two in zip(*np.nonzero(np.triu(links.pinned)), strict=True):
        parted |= (trios == one).any(axis=1) != (trios == two).any(axis=1)
    return parted


def _weigh(table: Ints, trios: Ints) -> Ints:
    one, two, three = trios.T
    return np.asarray(table[one, two] + table[one, three] + table[two, three], dtype=np.int64)


def _most_promising(trios: Ints, *, score: Ints, nodes: int) -> Ints:
    if len(trios) <= MOST_TRIOS:
        return np.arange(len(trios))
    order = np.lexsort((np.arange(len(trios)), -score))
    each, count, kept = MOST_TRIOS // nodes, np.zeros(nodes, dtype=np.int64), []
    for place in order.tolist():
        if (count[trios[place]] < each).any():
            count[trios[place]] += 1
            kept.append(place)
    return np.sort(np.array(kept[:MOST_TRIOS]))


def _limits(field: Field, *, trios: Ints, links: Links) -> Rows:
    """Nobody twice, the pinned exactly once, no country above its limit."""
    nodes, number = field.nodes, np.repeat(np.arange(len(trios)), 3)
    row, column, values = trios.ravel(), number, np.ones(3 * len(trios))
    least = np.where(links.pinned.any(axis=1), 1.0, 0.0)
    most = np.ones(nodes)
    if field.settings.per_country_limit is not None:
        seats = np.zeros((len(trios), len(field.countries)))
        np.add.at(seats, (number, field.country[row]), 1.0)
        at, country = np.nonzero(seats)
        row, column = np.concatenate([row, nodes + country]), np.concatenate([column, at])
        values = np.concatenate([values, seats[at, country]])
        least = np.concatenate([least, np.zeros(len(field.countries))])
        most = np.concatenate([most, np.full(len(field.countries), float(field.settings.per_country_limit))])
    return Rows(row, column, values, least, most)
