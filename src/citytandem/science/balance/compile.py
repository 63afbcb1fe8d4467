"""What do activities emit under pinned factors, and how good are the data behind them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from citytandem.findings import CannotCompute, Code, Finding

GRADE_WEIGHT: dict[str, float] = {"A": 1.0, "B": 0.5, "C": 0.25, "D": 0.0}
"""Weights of the BISKO grades."""


def pin_factors(
    factor: pl.DataFrame, *, view: str, sources: Mapping[str, str], on: Sequence[str] = ("carrier", "country", "year")
) -> pl.DataFrame:
    """Choose the one factor of each key that a compilation uses, so that it can be made again.

    Parameters
    ----------
    factor
        Rows of :class:`~citytandem.tables.Factor`.
    view
        What must be inside: direct, upstream_included, ... Views are never mixed.
    sources
        The publication pinned for each carrier; other carriers get no factor.
    on
        Columns by which activities will find their factor.

    Returns
    -------
    The columns ``on`` with ``factor_kg_per_mwh`` and ``version`` (source and view).

    Raises
    ------
    CannotCompute
        FACTOR_NOT_PINNED: several factors fit one key, which would count its energy twice.
    """
    pinned = pl.DataFrame({"carrier": list(sources), "source": list(sources.values())}, schema_overrides={"carrier": pl.String})
    national = (pl.col("view").cast(pl.String) == view) & (pl.col("region") == "national" if "region" not in on else pl.lit(True))
    rows = factor.filter(national).with_columns(pl.col("carrier").cast(pl.String)).join(pinned, on=["carrier", "source"])
    found = rows.select(
        *on, pl.col("kg_per_mwh").alias("factor_kg_per_mwh"), (pl.col("source") + "@" + pl.lit(view)).alias("version")
    )
    double = found.filter(pl.struct(on).is_duplicated())
    if double.height:
        first = ", ".join(str(value) for value in double.select(on).row(0))
        raise CannotCompute(Finding(Code.FACTOR_NOT_PINNED, {"key": first, "count": double.height}))
    return found


@nw.narwhalify
def compile_lines(activity: Any, *, factor: Any, on: Sequence[str] = ("carrier", "country", "year")) -> Any:
    """Multiply each activity with its pinned factor; energy is never changed and nothing unknown becomes zero.

    Parameters
    ----------
    activity
        One row per activity, of any engine Narwhals speaks: the columns ``on``, ``activity_mwh``, ``notation``, and any others,
        which are kept.
    factor
        One row per key, as from :func:`pin_factors`; of the same engine.
    on
        Columns both share.

    Returns
    -------
    The activities with ``factor_kg_per_mwh``, ``version``, ``emissions_t`` and ``status``: ``priced``; ``zero`` for energy
    that is stated as zero; ``notation`` where a key stands instead of a number; ``no_activity`` or ``no_factor`` where one
    is missing.

    >>> rows = pl.DataFrame({"carrier": ["gas"] * 3, "activity_mwh": [10.0, 0.0, None], "notation": [None, None, "NE"]})
    >>> gas = pl.DataFrame({"carrier": ["gas"], "factor_kg_per_mwh": [202.0], "version": ["a"]})
    >>> priced = compile_lines(rows, factor=gas, on=["carrier"])
    >>> priced["emissions_t"].to_list(), priced["status"].to_list()
    ([2.02, 0.0, None], ['priced', 'zero', 'notation'])
    """
    rows = activity.join(factor, on=list(on), how="left")
    energy, price = nw.col("activity_mwh"), nw.col("factor_kg_per_mwh")
    has_energy, has_price = ~energy.is_null(), ~price.is_null()
    is_zero = (energy == 0).fill_null(False)
    status = (
        nw.when(is_zero)
        .then(nw.lit("zero"))
        .when(has_energy & has_price)
        .then(nw.lit("priced"))
        .when(has_energy)
        .then(nw.lit("no_factor"))
        .when(~nw.col("notation").is_null())
        .then(nw.lit("notation"))
        .otherwise(nw.lit("no_activity"))
    )
    emitted = nw.when(is_zero).then(nw.lit(0.0)).otherwise(energy * price / 1000.0)
    return rows.with_columns(emitted.cast(nw.Float64).alias("emissions_t"), status.alias("status"))


@nw.narwhalify
def roll_up_quality(line: Any, *, by: Sequence[str] = ("balance",)) -> Any:
    """How well founded is a balance? Its grades weighted by energy.

    Parameters
    ----------
    line
        Lines of one view, with ``activity_mwh`` and ``grade``, of any engine Narwhals speaks.
    by
        Columns to group by.

    Returns
    -------
    One row per group: ``energy_mwh``; ``graded_share`` of it that carries a grade; ``quality``, the BISKO figure over the
    energy graded A to D (A 1, B 0.5, C 0.25, D 0), null where none is; ``share_h``, ``share_m``, ``share_l`` of the energy
    graded H, M, L.

    References
    ----------
    BISKO, criterion 7.

    >>> graded = pl.DataFrame({"balance": ["a", "a"], "activity_mwh": [75.0, 25.0], "grade": ["A", "C"]})
    >>> roll_up_quality(graded)["quality"].to_list()
    [0.8125]
    """
    grade, energy = nw.col("grade").cast(nw.String), nw.col("activity_mwh").abs()
    weight = nw.lit(0.0)
    for name, value in GRADE_WEIGHT.items():
        weight = nw.when(grade == name).then(nw.lit(value)).otherwise(weight)
    zero = nw.lit(0.0)
    known = line.filter(~nw.col("activity_mwh").is_null()).with_columns(
        energy.alias("energy"),
        (energy * weight).alias("points"),
        nw.when(grade.is_in(list(GRADE_WEIGHT))).then(energy).otherwise(zero).alias("lettered"),
        nw.when(grade.is_null()).then(zero).otherwise(energy).alias("graded"),
        *(nw.when(grade == name).then(energy).otherwise(zero).alias(f"in_{name.lower()}") for name in "HML"),
    )
    names = ("energy", "points", "lettered", "graded", "in_h", "in_m", "in_l")
    sums = known.group_by(*by).agg(*(nw.col(name).sum() for name in names))
    whole = nw.when(nw.col("energy") > 0).then(nw.col("energy"))
    return sums.select(
        *by,
        nw.col("energy").alias("energy_mwh"),
        (nw.col("graded") / whole).alias("graded_share"),
        (nw.col("points") / nw.when(nw.col("lettered") > 0).then(nw.col("lettered"))).alias("quality"),
        *((nw.col(f"in_{name}") / whole).alias(f"share_{name}") for name in "hml"),
    )
