"""How are clusters made where there are too many participants for a complete search? Grown one by one, then exchanged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from citytandem.science.partners.matching.answer import Proof
from citytandem.science.partners.matching.links import Links, bound_by_degree, list_pinned_parties
from citytandem.science.partners.matching.tandems import Found

if TYPE_CHECKING:
    import numpy.typing as npt

    from citytandem.science.partners.matching.field import Field

    Ints: TypeAlias = npt.NDArray[np.int64]
    Groups: TypeAlias = list[set[int]]

PASSES = 20
"""Rounds of exchange; most networks need fewer than ten until nothing can be won any more."""


def grow_clusters(field: Field, *, links: Links) -> Found | None:
    """Good clusters with a bound: grown to even sizes from the most promising pairs, then improved by exchanging members.

    Returns None where a pinned party breaks a rule or cannot be made large enough.
    """
    low, high = field.settings.size
    worth = links.score + links.asleep * (int(links.score.max(initial=0)) + 1) * high
    groups = _grow(field, links=links, worth=worth)
    for _ in range(PASSES):
        if not _exchange(groups, field=field, links=links, worth=worth):
            break
    kept = [group for group in groups if len(group) >= low]
    seated = {member for group in kept for member in group}
    if not set(np.flatnonzero(links.pinned.any(axis=1)).tolist()) <= seated:
        return None
    value = sum(int(links.score[np.ix_(members, members)].sum()) // 2 for members in map(sorted, kept))
    found = sorted(tuple(sorted(group)) for group in kept)
    return Found(found, value, max(value, bound_by_degree(links, size=high)), Proof.BOUND_ONLY)


def _grow(field: Field, *, links: Links, worth: Ints) -> Groups:
    """Pinned parties first, then pairs with most points, each grown to its share of all participants."""
    low, high = field.settings.size
    able = np.flatnonzero(links.linked.any(axis=1))
    size = max(low, math.ceil(len(able) / max(1, math.ceil(len(able) / high))))
    groups: Groups = []
    free = set(range(field.nodes))
    for party in list_pinned_parties(links):
        allowed = links.may[np.ix_(party, party)].sum() == len(party) * (len(party) - 1)
        if allowed and len(party) <= high and _has_room(party, groups=groups, field=field):
            groups.append(
                _fill(
                    set(party),
                    free - set(party),
                    size=max(size, len(party)),
                    groups=groups,
                    field=field,
                    worth=worth,
                    links=links,
                )
            )
            free -= groups[-1]
    while len(free) >= low:
        rest = sorted(free)
        among = worth[np.ix_(rest, rest)]
        if not among.any():
            break
        seed = int(np.argmax(among.sum(axis=1)))
        group = _fill({rest[seed]}, free - {rest[seed]}, size=size, groups=groups, field=field, worth=worth, links=links)
        free -= group
        if len(group) >= low:
            groups.append(group)
    return groups


def _fill(group: set[int], free: set[int], *, size: int, groups: Groups, field: Field, worth: Ints, links: Links) -> set[int]:
    """The group with those who bring most to it, one after the other."""
    full, left = set(group), sorted(free)
    while len(full) < size and left:
        members = sorted(full)
        bring = np.where(links.may[np.ix_(left, members)].all(axis=1), worth[np.ix_(left, members)].sum(axis=1), 0)
        for place in np.argsort(-bring, kind="stable").tolist():
            if bring[place] <= 0:
                return full
            if _has_room([*full, left[place]], groups=groups, field=field):
                full.add(left.pop(place))
                break
        else:
            return full
    return full


def _has_room(members: list[int], *, groups: Groups, field: Field) -> bool:
    """Whether no country has more places than its limit when these join."""
    limit = field.settings.per_country_limit
    if limit is None:
        return True
    seated = [*members, *(member for group in groups for member in group)]
    return int(np.bincount(field.country[seated]).max()) <= limit


def _exchange(groups: Groups, *, field: Field, links: Links, worth: Ints) -> bool:
    """Swap two members of two groups, or one with somebody who has no group, wherever that wins points."""
    seated = {member for group in groups for member in group}
    outside = [{node} for node in range(field.nodes) if node not in seated and links.linked[node].any()]
    fixed, better = set(np.flatnonzero(links.pinned.any(axis=1)).tolist()), False
    parties = [*groups, *(outside if field.settings.per_country_limit is None else [])]
    for number, group in enumerate(groups):
        for other in parties[number + 1 :]:
            for one in sorted(group):
                for two in sorted(other):
                    if one in fixed or two in fixed or one not in group or two not in other:
                        continue
                    rest, others = sorted(group - {one}), sorted(other - {two})
                    won = worth[two, rest].sum() + worth[one, others].sum() - worth[one, rest].sum() - worth[two, others].sum()
                    if won > 0 and _fits(two, rest, links=links) and _fits(one, others, links=links):
                        swapped = {*rest, two}, {*others, one}
                        if all(_all_linked(party, links=links) for party in swapped):
                            for party, new in zip((group, other), swapped, strict=True):
                                party.clear()
                                party.update(new)
                            better = True
    return better


def _fits(node: int, members: list[int], *, links: Links) -> bool:
    return bool(np.all(links.may[node, members]))


def _all_linked(party: set[int], *, links: Links) -> bool:
    """Whether points speak for each member with another, as every group must have it."""
    members = sorted(party)
    near = np.ix_(members, members)
    spoken = (links.linked[near] | links.pinned[near]).any(axis=1)
    return len(members) == 1 or bool(spoken.all())
