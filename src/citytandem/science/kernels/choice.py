"""Which edges are worth most together when nodes carry several, and limits bind many of them at once?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Ints: TypeAlias = npt.NDArray[np.int64]
    Floats: TypeAlias = npt.NDArray[np.float64]
    Bools: TypeAlias = npt.NDArray[np.bool_]

MOST_NODES = 50_000
"""Branches looked at before the search ends with a bound only: a count, so that every machine gives the same answer."""


@dataclass(frozen=True)
class Rows:
    """Limits in sparse form: entry ``values[k]`` of limit ``row[k]`` on choice ``column[k]``; each sum stays within its ends."""

    row: Ints
    column: Ints
    values: Floats
    least: Floats
    most: Floats


@dataclass(frozen=True)
class Choice:
    """What is taken, its worth under the last aim, the bound on it, and whether the search was complete."""

    taken: Floats
    value: int
    bound: int
    is_proven: bool


def choose(aims: Sequence[Ints], *, rows: Rows, whole: Bools) -> Choice | None:
    """The best choice under limits, by one aim after the other: the first is met as far as possible, then the next.

    Each aim is an integer programme of its own that keeps what the aims before reached, so no aim is bought with a weight.

    Parameters
    ----------
    aims
        Whole-number worth of each column, of shape (columns,), most important first.
    rows
        Limits.
    whole
        Columns taken wholly or not at all, of shape (columns,); the others may lie between 0 and 1.

    Returns
    -------
    The choice; None where the limits leave none at all.

    Raises
    ------
    CannotCompute
        With EXTRA_MISSING when the solver is not installed.

    >>> pair = Rows(np.array([0, 0]), np.array([0, 1]), np.ones(2), np.array([0.0]), np.array([1.0]))
    >>> choose([np.array([3, 5])], rows=pair, whole=np.array([True, True])).taken
    array([0., 1.])
    """
    columns = len(whole)
    if not columns:
        return Choice(np.zeros(0), 0, 0, is_proven=True) if (rows.least <= 0).all() and (rows.most >= 0).all() else None
    solver = _model(columns, rows=rows, whole=whole)
    proven, taken, value, bound = True, np.zeros(columns), 0, 0
    for turn, aim in enumerate(aims):
        if turn and not aim.any():
            value = bound = 0
            continue
        found = _solve(solver, aim)
        if found is None:
            return None
        taken, best, done = found
        value = int(np.rint(aim @ np.where(whole, np.rint(taken), taken)))
        bound, proven = max(best, value), proven and done
        if turn < len(aims) - 1 and aim.any():
            used = np.flatnonzero(aim).astype(np.int32)
            solver.addRow(value - 1e-6, 1e30, len(used), used, aim[used].astype(np.float64))
    return Choice(np.where(whole, np.rint(taken), taken), value, bound, proven)


def _model(columns: int, *, rows: Rows, whole: Bools) -> Any:
    try:
        import highspy  # optional dependency
    except ImportError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": "exchange"}, where="highspy")) from error
    model = highspy.HighsLp()
    model.num_col_, model.num_row_, model.sense_ = columns, len(rows.most), highspy.ObjSense.kMaximize
    model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(columns), np.zeros(columns), np.ones(columns)
    model.row_lower_, model.row_upper_ = rows.least, rows.most
    order = np.lexsort((rows.row, rows.column))
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.searchsorted(rows.column[order], np.arange(columns + 1)).astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = rows.row[order].astype(np.int32), rows.values[order]
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(one)] for one in whole]
    solver = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.99, "mip_max_nodes": MOST_NODES}
    for option, value in options.items():
        solver.setOptionValue(option, value)
    solver.passModel(model)
    return solver


def _solve(solver: Any, aim: Ints) -> tuple[Floats, int, bool] | None:
    """The best solution found, the whole-number bound, and whether the search was complete; None where there is none."""
    import highspy  # optional dependency

    solver.changeColsCost(len(aim), np.arange(len(aim), dtype=np.int32), aim.astype(np.float64))
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    if info.primal_solution_status != 2:  # no feasible point
        return None
    done = status == highspy.HighsModelStatus.kOptimal
    bound = info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else float(np.abs(aim).sum())
    value = int(np.rint(info.objective_function_value))
    return np.array(solver.getSolution().col_value), value if done else int(np.floor(bound + 1e-6)), done
