"""Which pairs are worth most together: tandems, and mentors with their learners?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from citytandem.science.kernels.choice import Rows, choose
from citytandem.science.kernels.matching import pair_nodes
from citytandem.science.partners.matching.answer import Proof
from citytandem.science.partners.matching.rules import find_conflict, keeps_pairs, list_clauses, refuse
from citytandem.science.partners.matching.settings import Form

if TYPE_CHECKING:
    import numpy.typing as npt

    from citytandem.science.partners.matching.field import Field

    Ints: TypeAlias = npt.NDArray[np.int64]
    Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """Groups as sorted numbers of participants, the value of all, what cannot be exceeded, and why that is believed."""

    groups: list[tuple[int, ...]]
    value: int
    bound: int
    proof: Proof


def pair_tandems(field: Field) -> Found:
    """The best pairs under all rules; who carries one partner is in one pair, who carries more in more.

    Where everybody carries one partner and no country has a limit this is a matching of a general graph, solved by its own
    kernel with dual prices. Several partners at once make it a simple b-matching. To split a participant into one copy per
    partner would let two participants meet twice; the splitting that forbids it adds two nodes per pair. Limits per country
    have no such form at all. Both go to an integer programme, one aim after the other.

    Raises
    ------
    CannotCompute
        With MATCH_RULES_CONFLICT when pins cannot stand beside the other rules.
    """
    clauses = list_clauses(field)
    if not keeps_pairs(clauses, field=field):
        raise refuse(find_conflict(clauses, holds=lambda some: keeps_pairs(some, field=field)))
    room = field.capacity.copy()
    np.subtract.at(room, field.first[field.pinned], 1)
    np.subtract.at(room, field.second[field.pinned], 1)
    free = field.open & ~field.pinned & (room[field.first] > 0) & (room[field.second] > 0)
    used = np.unique(np.concatenate([field.first[free], field.second[free]]))
    plain = field.settings.per_country_limit is None and Form(field.settings.form) is Form.TANDEM
    if plain and (room[used] == 1).all():
        taken, proof, slack = _match(field, free=np.flatnonzero(free))
    else:
        taken, proof, slack = _assign(field, free=np.flatnonzero(free), room=room)
    edges = np.union1d(np.flatnonzero(field.pinned), taken)
    groups = [(int(field.first[edge]), int(field.second[edge])) for edge in edges]
    value = int(field.score[edges].sum())
    return Found(sorted(groups), value, value + slack, proof)


def _match(field: Field, *, free: Ints) -> tuple[Ints, Proof, int]:
    """Everybody carries one: ties first, then as many served as can be, then points, all in one weight.

    The weight of a tie or of a served pair need not be large, only large enough: it is raised until as many are reached as
    can be reached at all. Then no matching that reaches as many has more points.
    """
    first, second = field.first[free], field.second[free]
    score, most = field.score[free], int(field.score[free].max(initial=0))
    ties = field.asleep[free] & field.settings.ties_first
    served = field.real[free] & field.settings.everyone
    wanted = _reachable(first, second, ties=ties, served=served, nodes=field.nodes)
    served_weight = 2 * (most + 1)
    while True:
        tie_weight = 4 * (served_weight + most)
        weight = score + served_weight * served + tie_weight * ties
        found = pair_nodes(first, second, weight=weight, nodes=field.nodes)
        reached = (int(ties[found.taken].sum()), int(served[found.taken].sum()))
        if reached == wanted or (
            reached[0] == wanted[0] and reached[1] >= _exact(first, second, ties=ties, served=served, nodes=field.nodes)
        ):
            return free[found.taken], Proof.DUALS if found.by_duals else Proof.SEARCH, found.bound - found.value
        served_weight *= 8


def _reachable(first: Ints, second: Ints, *, ties: Bools, served: Bools, nodes: int) -> tuple[int, int]:
    """How many ties can be woken at once, and how many served pairs there are at most."""
    woken = pair_nodes(first, second, weight=ties.astype(np.int64), nodes=nodes).value if ties.any() else 0
    return woken, len(np.unique(np.concatenate([first[served], second[served]]))) // 2


def _exact(first: Ints, second: Ints, *, ties: Bools, served: Bools, nodes: int) -> int:
    """How many served pairs go together with the most woken ties."""
    weight = served + (nodes + 1) * ties.astype(np.int64)
    return int(pair_nodes(first, second, weight=weight, nodes=nodes).value % (nodes + 1))


def _assign(field: Field, *, free: Ints, room: Ints) -> tuple[Ints, Proof, int]:
    """Several partners at once, or limits per country: an integer programme, one aim after the other."""
    edges, nodes = len(free), field.nodes
    number = np.arange(edges)
    ends = np.concatenate([field.first[free], field.second[free]])
    taken_already = np.zeros(nodes, dtype=np.bool_)
    taken_already[field.first[field.pinned]] = taken_already[field.second[field.pinned]] = True
    real = field.real[free]
    # one more column per participant: served at all, by a pair of which a gain is known
    parts = [
        (ends, np.tile(number, 2), np.ones(2 * edges)),
        (nodes + np.arange(nodes), edges + np.arange(nodes), np.ones(nodes)),
        (nodes + ends[np.tile(real, 2)], np.tile(number[real], 2), -np.ones(2 * int(real.sum()))),
    ]
    most = np.concatenate([np.maximum(room, 0), np.zeros(nodes)]).astype(np.float64)
    limit = field.settings.per_country_limit
    if limit is not None:
        used = np.bincount(
            field.country[np.concatenate([field.first[field.pinned], field.second[field.pinned]])],
            minlength=len(field.countries),
        )
        parts.append((2 * nodes + field.country[ends], np.tile(number, 2), np.ones(2 * edges)))
        most = np.concatenate([most, np.maximum(limit - used, 0)])
    row, column, values = (np.concatenate(piece) for piece in zip(*parts, strict=True))
    rows = Rows(*_added(row, column, values), least=np.full(len(most), -1e30), most=most)
    none = np.zeros(nodes, dtype=np.int64)
    aims = [
        np.concatenate([(field.asleep[free] & field.settings.ties_first).astype(np.int64), none]),
        np.concatenate([np.zeros(edges, dtype=np.int64), (~taken_already & field.settings.everyone).astype(np.int64)]),
        np.concatenate([field.score[free], none]),
    ]
    found = choose(aims, rows=rows, whole=np.arange(edges + nodes) < edges)
    if found is None:
        raise AssertionError("nothing taken is always allowed")
    proof = Proof.SEARCH if found.is_proven else Proof.BOUND_ONLY
    return free[found.taken[:edges] > 0.5], proof, found.bound - found.value


def _added(row: Ints, column: Ints, values: npt.NDArray[np.float64]) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
    """Entries at the same place added up: a pair within one country takes two of its places."""
    place, inverse = np.unique(np.stack([row, column]), axis=1, return_inverse=True)
    return place[0], place[1], np.bincount(inverse.ravel(), weights=values).astype(np.float64)
