"""What do cities emit per head in each sector, beside what would be expected of cities built like them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.science.balance.gate import WINDOW_YEARS, aspects, kind_aspects, verdict
from citytandem.science.benchmark.expected import FEWEST_CITIES, learnable, ridge
from citytandem.science.benchmark.prepare import COLUMN
from citytandem.science.partners.benefit import TOPICS

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from citytandem.science.benchmark.prepare import Prepared, Window

SCHEMA = {
    "city": pl.String, "outcome": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "expected": pl.Float64,
    "status": pl.String, "top_down": pl.Boolean, "year": pl.Int64, "method": pl.String, "source": pl.String,
}  # fmt: skip


def read_standing(
    prepared: Prepared, *, row: int, cities: Collection[str], outcomes: Collection[str] = TOPICS, reach: int = WINDOW_YEARS
) -> pl.DataFrame:
    """Values per head of one balance and of other cities near its year, what the gate says, and what would be expected.

    The expected value of a city is predicted by a ridge regression of the logarithm of emissions per head on structure
    that has not seen the city itself (leave-one-out in closed form), learned from balances made in a comparable way.

    Parameters
    ----------
    prepared
        The prepared release.
    row
        Row of the asking city's balance.
    cities
        Others to show; those without a balance in the window are left out.
    outcomes
        Outcomes wanted.

    Returns
    -------
    City, outcome, value, low, high, expected in t CO2e per head (null unknown), status (what the gate says of the pair;
    comparable for the city itself), top_down, year, method, source.
    """
    own = prepared.header(row)
    window = prepared.window(own.year, reach=reach)
    shown = {city: window.row_of[city] for city in sorted({*cities}) if city in window.row_of} | {own.city: row}
    rows = []
    for outcome in outcomes:
        expected = _expect_all(prepared, window=window, row=row, outcome=outcome)
        for city, at in shown.items():
            numbers = [_known(grid[at, COLUMN[outcome]]) for grid in (prepared.value, prepared.low, prepared.high)]
            header = prepared.header(at)
            status = "comparable" if at == row else verdict(aspects(own, header, outcome=outcome, window=reach))
            source = prepared.columns["source"][at]
            usual = expected.get(city) if window.row_of.get(city) == at else None
            rows.append((city, outcome, *numbers, usual, status, header.top_down, header.year, header.method, source))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _expect_all(prepared: Prepared, *, window: Window, row: int, outcome: str) -> dict[str, float]:
    """Expected value of every city of the window from which and for which it can be learned."""
    value = np.where(
        _comparable(prepared, window=window, row=row, outcome=outcome), prepared.value[window.rows, COLUMN[outcome]], np.nan
    )
    learned = learnable(value)
    if learned.size < FEWEST_CITIES:
        return {}
    target = np.log(value[learned])
    fit = ridge(window.design[learned], target=target)
    usual = np.exp(target - fit.held_out_error)
    return {window.features.cities[at]: float(number) for at, number in zip(learned, usual, strict=True)}


def _comparable(prepared: Prepared, *, window: Window, row: int, outcome: str) -> NDArray[np.bool_]:
    own = prepared.header(row)
    _, first, member = np.unique(prepared.kind[window.rows], return_index=True, return_inverse=True)
    headers = [prepared.header(int(window.rows[at])) for at in first]
    return np.array([verdict(kind_aspects(own, header, outcome=outcome)) != "not" for header in headers])[member]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
