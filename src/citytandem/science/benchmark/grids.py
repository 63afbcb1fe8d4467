"""Which balances are made with the same factor of a grid?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray


def number_grids(
    balance: pl.DataFrame, *, country: Mapping[str, str], electricity: Mapping[str, str]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Which balances are made with the same factor of a grid?

    Two balances of one country and year share its national factor where both are known to use it: by their own statement, else
    by their method. Where that is not known, balances of one publication, country and year may share a factor or not.

    Parameters
    ----------
    balance
        Table Balance, in the order wanted.
    country
        Country by city.
    electricity
        By method which factor stands behind its electricity.

    Returns
    -------
    Number of the factor by balance, and whether it is known to be the national one.
    """
    numbers: dict[tuple[object, ...], int] = {}
    grid, known = [], []
    rows = balance.select("city", "year", "method", "source", pl.col("electricity").cast(pl.String))
    for city, year, method, source, stated in rows.iter_rows():
        said = stated if stated not in {None, "unknown"} else electricity.get(method, "unknown")
        is_national = said == "national"
        key = (country[city], year, "national" if is_national else f"{source} {said}")
        grid.append(numbers.setdefault(key, len(numbers)))
        known.append(is_national)
    return np.array(grid, dtype=np.int64), np.array(known, dtype=np.bool_)
