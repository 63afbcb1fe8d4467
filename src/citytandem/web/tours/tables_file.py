"""The set-up of a tour and a computed tour as tables that leave: CSV files, in the form ``citytandem tour`` reads and writes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.web.tours.problem import write_tables
from citytandem.web.tours.queries import party_of
from citytandem.web.tours.route import lay_route

if TYPE_CHECKING:
    from citytandem.web.events.models import Event
    from citytandem.web.tours.models import TourPlan

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula."""


def pack_tables(event: Event) -> bytes:
    """Every table that holds something, in one archive; the same set-up gives the same bytes."""
    party = party_of(event)
    group = pl.DataFrame(
        {
            "title": [event.title], "people": [party.people], "step_free": [party.step_free], "budget_eur": [party.budget_eur],
            "mode": [party.mode], "zone": [event.zone],
        }
    )  # fmt: skip
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name, frame in {"group": group, **write_tables(event)}.items():
            if frame.height:
                target.writestr(zipfile.ZipInfo(f"{name}.csv", date_time=(1980, 1, 1, 0, 0, 0)), write_csv(frame))
    return archive.getvalue()


def write_csv(frame: pl.DataFrame) -> str:
    """A table as CSV: lists parted by semicolons, times without seconds, no cell a spreadsheet would run."""
    plain = frame.with_columns(pl.col(pl.List(pl.String)).list.join("; "))
    texts = pl.col(pl.String)
    return plain.with_columns(
        pl.when(texts.str.slice(0, 1).is_in(RISKY)).then("'" + texts).otherwise(texts).name.keep()
    ).write_csv(time_format="%H:%M", datetime_format="%Y-%m-%dT%H:%M")


def write_tour(plan: TourPlan) -> str:
    """A computed tour as one table, a row for each stop; empty is not known."""
    rows = [
        {
            "day": day.date, "begins": stop.begins, "ends": stop.ends, "kind": stop.kind, "place": stop.key, "name": stop.name,
            "topics": stop.site["topics"] if stop.site else [], "latitude": stop.point[0], "longitude": stop.point[1],
            "way_minutes": stop.leg_minutes if stop.has_way else None, "way_km": stop.leg_km, "way_mode": stop.leg_mode,
            "way_is_estimated": stop.leg_estimated if stop.has_way else None,
            "visit_eur": stop.site["cost_eur"] if stop.site else None, "mark": stop.site["mark"] if stop.site else None,
            "source": stop.site["source"] if stop.site else None, "hours_mark": stop.hours["mark"] if stop.hours else None,
            "hours_source": stop.hours["source"] if stop.hours else None, "zone": plan.event.zone,
        }
        for day in lay_route(plan)
        for stop in day.stops
    ]  # fmt: skip
    types: dict[str, Any] = {"topics": pl.List(pl.String), "visit_eur": pl.Float64, "way_km": pl.Float64}
    return write_csv(pl.DataFrame(rows, schema_overrides=types, infer_schema_length=None))
