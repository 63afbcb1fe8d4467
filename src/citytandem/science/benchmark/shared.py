"""How sure is a difference between cities whose errors are partly the same?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from citytandem.science.benchmark.structure import Floats
from citytandem.tables.results_benchmark import OUTCOMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from citytandem.science.benchmark.prepare import Prepared

_PIECES = {"services": ("buildings", ("households",)), "other": ("stationary", ("buildings", "industry"))}
"""Sectors of a driver that are what one outcome holds beyond others."""
_OUTCOME_OF = {"industry_energy": "industry"}
_COLUMN = {name: number for number, name in enumerate(OUTCOMES)}


def half_of_gap(
    prepared: Prepared, *, row: int, others: Sequence[int], weights: Floats, sector: str, peers_apart: bool = True
) -> float:
    """Half-width of the 90 % interval of own value less the weighted mean of others, t CO2e per head.

    Errors of the lines are independent: they add as the root of their squares. An error of a grid factor moves all that is made
    with it: cities known to use the same national factor of the same year move together, and only the difference of their
    electricity is left; where a balance gives only bounds of its electricity, the pair of bounds counts that leaves most. Where
    it is not known whether two balances share a factor, the case that widens counts: the others together, the own one apart.
    Factors of different years or countries are taken as independent.

    Parameters
    ----------
    prepared
        The prepared release.
    row, others
        Rows of the own balance and of the others.
    weights
        Weight of each other, adding up to one.
    sector
        An outcome, or a sector of a driver.
    peers_apart
        False leaves out the independent errors of the others, for what compares with values as they are.

    Returns
    -------
    nan where the own value has no interval.
    """
    rows = np.array([row, *others], dtype=np.int64)
    square, low, high = _errors(prepared, rows=rows, sector=sector)
    width, grid = prepared.electricity_width, prepared.grid[rows]
    total = float(square[0]) + (float((weights**2) @ square[1:]) if peers_apart else 0.0)
    own_low, own_high, alone = float(low[0]), float(high[0]), True
    for number in np.unique(grid[1:]).tolist():
        here = grid[1:] == number
        least, most = float(weights[here] @ low[1:][here]), float(weights[here] @ high[1:][here])
        if number == grid[0] and prepared.grid_known[row]:
            alone, left = False, max(abs(own_high - least), abs(own_low - most))
            total += (left * width) ** 2
        else:
            total += (most * width) ** 2
    return float(np.sqrt(total + (own_high * width) ** 2 * alone))


def half_of_value(prepared: Prepared, *, row: int, sector: str) -> float:
    """Half-width of the 90 % interval of one value, t CO2e per head: an outcome, or a sector of a driver."""
    square, _, high = _errors(prepared, rows=np.array([row]), sector=sector)
    return float(np.sqrt(square[0] + (high[0] * prepared.electricity_width) ** 2))


def _errors(prepared: Prepared, *, rows: NDArray[np.int64], sector: str) -> tuple[Floats, Floats, Floats]:
    """Square of the error of each row without the grid, and its electricity, at least and at most.

    What an outcome holds beyond others has at most the difference of their squares, because errors inside one balance that are
    shared (heat, population) only add to it; its electricity has the bounds that the others leave.
    """
    whole, parts = _PIECES.get(sector, (_OUTCOME_OF.get(sector, sector), ()))
    square, low, high = _of_outcome(prepared, rows=rows, outcome=whole)
    for part in parts:
        less, its_low, its_high = _of_outcome(prepared, rows=rows, outcome=part)
        square, low, high = square - less, low - its_high, high - its_low
    return np.maximum(square, 0.0), np.maximum(low, 0.0), np.maximum(high, 0.0)


def _of_outcome(prepared: Prepared, *, rows: NDArray[np.int64], outcome: str) -> tuple[Floats, Floats, Floats]:
    column = _COLUMN[outcome]
    half = (prepared.high[rows, column] - prepared.low[rows, column]) / 2
    low, high = (np.nan_to_num(grid[rows, column]) for grid in (prepared.electricity_low, prepared.electricity_high))
    return half**2 - (high * prepared.electricity_width) ** 2, low, high
