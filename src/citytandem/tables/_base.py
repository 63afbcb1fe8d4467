"""What every table has in common: types of columns with their units, and the provenance columns."""

from __future__ import annotations

from typing import Any

import dataframely as dy

CITY_ID = r"^[A-Z]{2}-[0-9A-Z]{3,16}$"
COUNTRY = r"^[A-Z]{2}$"
MARKS = ("S", "K", "P")


def quantity(unit: str, description: str, *, low: float, high: float, **more: Any) -> dy.Float64:
    """A float column with its unit and the range in which it can be true."""
    return dy.Float64(min=low, max=high, description=description, metadata={"unit": unit}, **more)


def year(description: str = "Calendar year", **more: Any) -> dy.Int16:
    """A year column."""
    return dy.Int16(min=1700, max=2100, description=description, metadata={"unit": "year"}, **more)


def city(description: str = "City the row is about", **more: Any) -> dy.String:
    """A city id such as DE-05113000: country, then national code or GeoNames number."""
    return dy.String(regex=CITY_ID, description=description, **more)


def text(description: str, **more: Any) -> dy.String:
    """Free text; empty is never stored, unknown is null."""
    return dy.String(min_length=1, description=description, **more)


def key(description: str, **more: Any) -> dy.String:
    """A short ASCII key."""
    return dy.String(regex=r"^[A-Za-z0-9][A-Za-z0-9._+:/-]*$", description=description, **more)


def source() -> dy.String:
    """Where the row comes from: a key of the source table."""
    return key("Key of the source table: who published this row", nullable=False)


def mark() -> dy.Enum:
    """How sure the row is: S read in its source, K recalled, P our proposal."""
    return dy.Enum(MARKS, nullable=False, description="S read in its source, K recalled, P our proposal")
