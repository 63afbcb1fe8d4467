"""Turns a frozen record of frames into plain values for JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from enum import Enum
from typing import Any

import polars as pl


def as_plain(value: Any) -> Any:
    """Records, frames, findings and numbers as dicts, lists and scalars.

    A frame becomes a list of rows; a number that is not finite becomes null, because JSON
    has no such numbers and unknown stays unknown.

    >>> as_plain({"rows": pl.DataFrame({"a": [1.0, float("nan")]})})
    {'rows': [{'a': 1.0}, {'a': None}]}
    """
    if hasattr(value, "as_dict"):
        return as_plain(value.as_dict())
    if isinstance(value, pl.DataFrame):
        return _as_rows(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return as_plain({field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    if isinstance(value, dict):
        return {str(name): as_plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_plain(inner) for inner in value]
    return _as_scalar(value)


def _as_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    plain = [name for name, dtype in frame.schema.items() if dtype.is_integer() or dtype in _PLAIN]
    columns = [
        column.to_list() if column.name in plain else [as_plain(value) for value in column.to_list()]
        for column in frame.cast({pl.Enum: pl.String}).iter_columns()
    ]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


_PLAIN = (pl.String, pl.Boolean, pl.Enum, pl.Categorical)
"""Kinds of columns whose values are plain already."""


def _as_scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if hasattr(value, "item"):
        return as_plain(value.item())
    return value
