"""Which measures save most together, when some exclude each other and money or staff are short?"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]


def select_best(gains: Array, *, needs: Sequence[tuple[Array, float]], exclusive: Sequence[Sequence[int]]) -> list[int]:
    """The set of largest total gain within the limits, at most one of each exclusive list.

    Without a limit and without overlapping lists the best of each list is simply the largest. Everything else is a
    small integer programme, solved to its proven optimum. Measures that gain nothing and cost nothing are kept.

    Raises
    ------
    CannotCompute
        With EXTRA_MISSING when a programme must be solved and the solver is not installed.

    >>> select_best(np.array([5.0, 4.0, 3.0]), needs=[], exclusive=[[0, 1]])
    [0, 2]
    """
    if not len(gains):
        return []
    listed = [member for members in exclusive for member in members]
    if not needs and len(listed) == len(set(listed)):
        beaten = {n for members in exclusive for n in members if n != max(members, key=lambda m: (gains[m], -m))}
        return [n for n in range(len(gains)) if n not in beaten]
    if not needs:
        return _take_apart(gains, exclusive=exclusive)
    return _solve(gains, needs=needs, exclusive=exclusive)


def _take_apart(gains: Array, *, exclusive: Sequence[Sequence[int]]) -> list[int]:
    """Lists that overlap, without limits: every combination of the few members is tried."""
    members = sorted({member for group in exclusive for member in group})
    best: tuple[float, list[int]] = (-1.0, [])
    allowed: list[tuple[float, list[int], frozenset[int]]] = [(0.0, [], frozenset())]
    of = {m: frozenset(n for n, group in enumerate(exclusive) if m in group) for m in members}
    for member in members:
        grown = [
            (gain + float(gains[member]), [*kept, member], used | of[member])
            for gain, kept, used in allowed
            if not used & of[member]
        ]
        allowed = _drop_dominated([*allowed, *grown])
    best = max(((gain, kept) for gain, kept, _ in allowed), key=lambda pair: pair[0], default=best)
    return sorted({*best[1], *(n for n in range(len(gains)) if n not in set(members))})


def _drop_dominated(
    allowed: list[tuple[float, list[int], frozenset[int]]],
) -> list[tuple[float, list[int], frozenset[int]]]:
    best: dict[frozenset[int], tuple[float, list[int], frozenset[int]]] = {}
    for entry in allowed:
        if entry[2] not in best or entry[0] > best[entry[2]][0]:
            best[entry[2]] = entry
    return list(best.values())


def _solve(gains: Array, *, needs: Sequence[tuple[Array, float]], exclusive: Sequence[Sequence[int]]) -> list[int]:
    try:
        import highspy  # optional dependency
    except ImportError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": "optimise"})) from error
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("threads", 1)
    # a hair above zero lets measures without a figure of their own in where they cost nothing
    scale = float(gains.max(initial=0.0)) or 1.0
    worth = gains / scale + 1e-9
    takes = [model.addBinary(obj=-float(value)) for value in worth]
    for need, limit in needs:
        model.addConstr(sum(float(amount) * take for amount, take in zip(need, takes, strict=True)) <= limit)
    for members in exclusive:
        if len(members) > 1:
            model.addConstr(sum(takes[n] for n in members) <= 1)
    model.run()
    values = model.getSolution().col_value
    return [n for n in range(len(gains)) if values[n] > 0.5]
