"""Do the lines of a publication give its own totals again? Each total beside the sum of its lines, with the difference."""

from __future__ import annotations

import polars as pl

from citytandem.sources.reading import Remark, shape
from citytandem.tables.recount import Recount

_EXACT = 1e-9
"""Share of a figure that adding up in floating point may lose."""
SHOWN_REMARKS = 10_000
"""So many differences of one publication become remarks; a damaged file could have millions."""


def recount(totals: pl.DataFrame, parts: pl.DataFrame, *, figure: str, source: str, step_t: float) -> pl.DataFrame:
    """Add the parts of each city and year up, and put the published figure beside.

    Parameters
    ----------
    totals
        city, year, published_t: one row per published figure; null where none is published.
    parts
        city, year, value_t: the lines it should be the sum of; where one is null the sum is unknown and the verdict open.
    figure, source
        Name of the figure and key of its publication.
    step_t
        The last digit in which figures are published, in t: each may be off by half of it, so a total and its n lines
        may differ by half of n + 1 steps without being wrong.

    Returns
    -------
    Rows of :class:`~citytandem.tables.recount.Recount`, in the order of ``totals``.

    Examples
    --------
    >>> totals = pl.DataFrame({"city": ["DK-0101", "DK-0147"], "year": [2023, 2023], "published_t": [10.0, 9.0]})
    >>> parts = pl.DataFrame({"city": ["DK-0101"] * 2 + ["DK-0147"], "year": [2023] * 3, "value_t": [6.1, 4.0, 5.0]})
    >>> found = recount(totals, parts, figure="total", source="energistyrelsen", step_t=0.1)
    >>> found.select(pl.col("difference_t", "rounding_t").round(3), pl.col("verdict").cast(pl.String)).rows()
    [(-0.1, 0.15, 'agrees'), (4.0, 0.1, 'differs')]
    """
    on = ["city", "year"]
    whole = pl.col("value_t").is_not_null().all()
    summed = parts.group_by(on).agg(
        pl.when(whole).then(pl.col("value_t").sum()).alias("lines_t"), pl.col("value_t").count().alias("n_lines")
    )
    both = totals.drop_nulls("published_t").join(summed, on=on, how="left", maintain_order="left", nulls_equal=True)
    counted = both.with_columns(pl.col("n_lines").fill_null(0), pl.lit(figure).alias("figure"))
    return judge(counted.with_columns((0.5 * step_t * (pl.col("n_lines") + 1)).alias("rounding_t")), source=source)


def judge(compared: pl.DataFrame, *, source: str) -> pl.DataFrame:
    """Say of each figure with its lines whether they agree within rounding.

    ``compared`` has figure, city, year, published_t, lines_t, n_lines and rounding_t, perhaps item.
    """
    difference = pl.col("published_t") - pl.col("lines_t")
    allowed = pl.col("rounding_t") + _EXACT * pl.col("published_t").abs()
    verdict = (
        pl.when(pl.col("lines_t").is_null())
        .then(pl.lit("open"))
        .when(difference.abs() <= allowed)
        .then(pl.lit("agrees"))
        .otherwise(pl.lit("differs"))
    )
    return shape(compared.with_columns(difference.alias("difference_t"), verdict.alias("verdict")), Recount, source=source)


def remark_differences(found: pl.DataFrame, *, where: str) -> list[Remark]:
    """A remark for each figure that its lines do not give, with the size of the difference; nothing is scaled."""
    return [
        Remark(
            code="lines_miss_total",
            rule="keep_lines_and_total_as_published",
            where=f"{where}: {row['figure']}" + (f", {row['item']}" if row["item"] else ""),
            city=row["city"],
            year=row["year"],
            before=f"{row['figure']} {row['published_t']:.3f} t",
            after=f"lines {row['lines_t']:.3f} t, difference {row['difference_t']:.3f} t",
            source=row["source"],
            reason="The published lines do not give the published figure; both are kept, nothing is scaled.",
        )
        for row in found.filter(pl.col("verdict") == "differs").head(SHOWN_REMARKS).iter_rows(named=True)
    ]
