"""What would all cities emit with other factors? Prices a kept activity cube without reading the activities again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from citytandem.bulk.native import Codes, code_words, dense_factors, finish
from citytandem.science.balance.price import FACTOR_KEYS, KEYS
from citytandem.science.kernels.engine import Engine
from citytandem.science.kernels.price import price_cells, price_table

FILLED = 3
"""Places per cell up to which a table is quicker than a list."""


@dataclass(frozen=True)
class KeptCube:
    """Cells of activity that lie together by city, year and sector, and the keys of the result.

    ``price`` gives tonnes and unknown rows of every group under dense factors.
    """

    codes: Codes
    groups: pl.DataFrame
    price: Callable[..., tuple[NDArray[np.float64], NDArray[Any]]]
    in_one_country: bool
    last: list[tuple[pl.DataFrame, NDArray[np.int64]]] = field(default_factory=list)
    """Keys of the factors priced last and their places: the next set most often has the same."""

    @classmethod
    def of(cls, cube: pl.DataFrame) -> KeptCube:
        """Keep the rows of :class:`~citytandem.tables.bulk.Cube`."""
        coded, codes = code_words(cube)
        coded = coded.sort("city", "year", "sector", "country", "carrier", nulls_last=True)
        groups = coded.group_by([*KEYS, "country"], maintain_order=True).agg(
            pl.len().alias("cells"), pl.col("rows").sum().cast(pl.Int64), pl.col("rows_without_amount").sum().cast(pl.Int64)
        )
        return cls(
            codes=codes,
            groups=groups.select(*KEYS, "rows"),
            price=_lay_out(coded, groups, codes),
            in_one_country=not groups.select(KEYS).is_duplicated().any(),
        )

    def reprice(self, factor: pl.DataFrame, *, engine: Engine | str = Engine.AUTO, threads: int | None = None) -> pl.DataFrame:
        """Emissions under these factors, as :func:`~citytandem.bulk.native.compile_native` gives them.

        Parameters
        ----------
        factor
            Rows of :class:`~citytandem.tables.bulk.PinnedFactor`, of any set of factors or warming potentials.
        engine, threads
            See :mod:`citytandem.science.kernels.engine`.
        """
        known, unknown = self.price(factor=self._lay_factors(factor), engine=engine, threads=threads)
        table = self.groups.with_columns(pl.Series("known_t", known), pl.Series("rows_unknown", unknown))
        if not self.in_one_country:
            table = table.group_by(KEYS, maintain_order=True).agg(pl.col("rows", "known_t", "rows_unknown").sum())
        return finish(table)

    def _lay_factors(self, factor: pl.DataFrame) -> NDArray[np.float64]:
        """Factors of shape (countries and years, carriers), nan where there is none."""
        keys = factor.select(FACTOR_KEYS)
        if not self.last or not self.last[0][0].equals(keys):
            numbered = keys.with_columns(pl.int_range(pl.len()).cast(pl.Float64).alias("kg_per_mwh"))
            numbers = dense_factors(numbered, self.codes)
            self.last[:] = [(keys, np.where(np.isnan(numbers), keys.height, numbers).astype(np.int64))]
        prices: NDArray[np.float64] = np.append(factor["kg_per_mwh"].cast(pl.Float64).fill_null(np.nan).to_numpy(), np.nan)
        place = self.last[0][1]
        found: NDArray[np.float64] = prices[place].reshape(-1, place.shape[2])
        return found


def _lay_out(cells: pl.DataFrame, groups: pl.DataFrame, codes: Codes) -> Callable[..., Any]:
    """Cells as a table with a column for each carrier where they fill it well enough, else as a list."""
    country = groups["country"].to_physical().fill_null(codes.size("country") - 1).to_numpy().astype(np.int64)
    year = groups["year"].fill_null(codes.first_year + codes.years).to_numpy().astype(np.int64) - codes.first_year
    factor_row = country * (codes.years + 1) + year
    carrier = cells["carrier"].to_physical().fill_null(codes.size("carrier") - 1).to_numpy()
    amount, with_energy = cells["activity_mwh"].to_numpy(), cells["rows_with_energy"].cast(pl.UInt32).to_numpy()
    without = groups["rows_without_amount"].to_numpy()
    start = np.concatenate([[0], np.cumsum(groups["cells"].to_numpy(), dtype=np.int64)])
    columns = int(carrier.max(initial=0)) + 1
    if groups.height * columns > FILLED * cells.height:
        return partial(
            price_cells, amount, carrier=carrier, start=start, factor_row=factor_row, with_energy=with_energy, without=without
        )
    group = np.repeat(np.arange(groups.height), np.diff(start))
    wide, counts = np.zeros((groups.height, columns)), np.zeros((groups.height, columns), np.uint32)
    wide[group, carrier], counts[group, carrier] = amount, with_energy
    runs = np.flatnonzero(np.diff(factor_row, prepend=-1))
    return partial(
        price_table, wide, start=np.append(runs, groups.height), factor_row=factor_row[runs], with_energy=counts,
        without=without.astype(np.uint32),
    )  # fmt: skip
