"""Who may sit in one group with whom, and what a group would bring: pairs as square tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from citytandem.science.partners.matching.settings import Countries

if TYPE_CHECKING:
    import numpy.typing as npt

    from citytandem.science.partners.matching.field import Field

    Ints: TypeAlias = npt.NDArray[np.int64]
    Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Links:
    """Square tables of shape (participants, participants), symmetric, their diagonals empty.

    ``may``: the two may share a group; ``linked``: points speak for the two; ``pinned``: they must share one.
    """

    may: Bools
    linked: Bools
    pinned: Bools
    score: Ints
    asleep: Bools


def link_all(field: Field) -> Links:
    """The pairs of the field as square tables; pairs without a row may share a group unless their countries forbid it."""
    nodes = field.nodes
    same = field.country[:, None] == field.country[None, :]
    wish = Countries(field.settings.countries)
    listed = np.zeros((nodes, nodes), dtype=np.bool_)
    listed[field.first, field.second] = True
    may = ~same if wish is Countries.DIFFERENT else same if wish is Countries.SAME else np.ones_like(same)
    may = np.where(listed | listed.T, _square(field, field.open).astype(np.bool_), may)
    able = field.capacity > 0
    may &= able[:, None] & able[None, :] & ~np.eye(nodes, dtype=np.bool_)
    score = np.where(may, _square(field, field.score), 0)
    return Links(
        may=may,
        linked=score > 0,
        pinned=_square(field, field.pinned).astype(np.bool_),
        score=score,
        asleep=may & _square(field, field.asleep & field.settings.ties_first).astype(np.bool_),
    )


def list_pinned_parties(links: Links) -> list[list[int]]:
    """Participants that pins bind together, directly or through others."""
    left, parties = set(np.flatnonzero(links.pinned.any(axis=1)).tolist()), []
    while left:
        party, front = set(), [min(left)]
        while front:
            node = front.pop()
            if node not in party:
                party.add(node)
                front.extend(np.flatnonzero(links.pinned[node]).tolist())
        parties.append(sorted(party))
        left -= party
    return parties


def bound_by_degree(links: Links, *, size: int) -> int:
    """What no grouping can exceed: everybody with its best possible companions."""
    best = -np.sort(-links.score, axis=1)[:, : size - 1]
    return int(best.sum()) // 2


def _square(field: Field, values: npt.NDArray[np.generic]) -> Ints:
    table = np.zeros((field.nodes, field.nodes), dtype=np.int64)
    table[field.first, field.second] = values
    return table + table.T
