"""Can these numbers be computed with? If not: which column is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


def as_matrix(values: npt.ArrayLike, *, columns: Sequence[str] | None, what: str) -> Floats:
    """A C-ordered float matrix of shape (rows, columns), finite throughout.

    Raises
    ------
    ValueError
        If it is not a matrix, has no column, the names do not fit, or a column holds an
        unknown value; the message names the column and the first row, counted from 0.

    >>> as_matrix([[1.0, float("nan")]], columns=["density", "income"], what="points")
    Traceback (most recent call last):
    ValueError: points: column 'income' is not finite in row 0
    """
    matrix = np.ascontiguousarray(values, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[1] == 0:
        raise ValueError(f"{what}: expected rows x columns, got shape {matrix.shape}")
    names = name_columns(columns, matrix.shape[1], what=what)
    refuse_where(~np.isfinite(matrix), names, what=what, why="is not finite")
    return matrix


def name_columns(columns: Sequence[str] | None, count: int, *, what: str) -> list[str]:
    """The names as given, or ``0, 1, ...``; refuses a wrong number of names."""
    names = [str(name) for name in columns] if columns is not None else [str(number) for number in range(count)]
    if len(names) != count:
        raise ValueError(f"{what}: {len(names)} names for {count} columns")
    return names


def refuse_where(bad: npt.NDArray[np.bool_], names: Sequence[str], *, what: str, why: str) -> None:
    """Raise a ValueError that names the first column in which ``bad`` (rows x columns) is true."""
    if not bad.any():
        return
    column = int(np.flatnonzero(bad.any(axis=0))[0])
    row = int(np.flatnonzero(bad[:, column])[0])
    raise ValueError(f"{what}: column {names[column]!r} {why} in row {row}")
