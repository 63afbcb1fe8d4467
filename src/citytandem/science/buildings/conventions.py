"""On which floor area does a figure stand, and can it be put on another?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.tables.building import PER_AREA

if TYPE_CHECKING:
    from collections.abc import Mapping


def areas_of(building: Mapping[str, Any]) -> dict[str, float]:
    """The known floor areas of a building by convention; an area without a convention is none that can be used.

    >>> areas_of({"gross_area_m2": 1200.0, "gross_convention": "chinese_built", "treated_area_m2": 900.0,
    ...           "treated_convention": None})
    {'chinese_built': 1200.0}
    """
    known = (
        (building.get("gross_convention"), building.get("gross_area_m2")),
        (building.get("treated_convention"), building.get("treated_area_m2")),
    )
    return {convention: area for convention, area in known if area and convention not in {None, "not_stated"}}


def convert_values(values: pl.DataFrame, buildings: pl.DataFrame, *, area_convention: str) -> pl.DataFrame:
    """Put figures per m2 on another convention of area, only where both areas of the building are known.

    Parameters
    ----------
    values
        Rows of :class:`~citytandem.tables.building.BuildingValue`.
    buildings
        Rows of :class:`~citytandem.tables.building.Building`.
    area_convention
        The convention to put them on.

    Returns
    -------
    ``values`` with ``converted``: the figure on the asked convention; the figure itself where it stands on it, or on no
    area at all; null where one of the two areas is not known. The reported ``value`` stays as it is.
    """
    areas = {row["building"]: areas_of(row) for row in buildings.cast({pl.Enum: pl.String}).to_dicts()}

    def convert(row: dict[str, Any]) -> float | None:
        own = row["area_convention"]
        if row["indicator"] not in PER_AREA or own == area_convention:
            return float(row["value"])
        known = areas.get(row["building"], {})
        if own not in known or area_convention not in known:
            return None
        return float(row["value"]) * known[own] / known[area_convention]

    plain = values.cast({pl.Enum: pl.String}).to_dicts()
    return values.with_columns(pl.Series("converted", [convert(row) for row in plain], dtype=pl.Float64))
