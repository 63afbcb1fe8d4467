"""What brings a whole tour at once: files of somebody's own, and the example of the Ruhr moved to the days of an event."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction

from citytandem.sources.tour_files import read_tour
from citytandem.web.accounts.actions import record
from citytandem.web.tours.models import Day, Leg, Opening, Party, Site, Stay, Wish
from citytandem.web.tours.queries import places_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.web.accounts.models import User
    from citytandem.web.events.models import Event

GROUP = ("people", "step_free", "budget_eur", "mode")


@transaction.atomic
def take_tables(*, user: User, event: Event, tables: Mapping[str, pl.DataFrame]) -> dict[str, int]:
    """Let tables take the place of what is set up under their names; returns how many rows each has.

    Hours stay with a site that stays, as long as the tables bring no hours; what hangs on a site that goes, goes with it.
    """
    if "group" in tables:
        values = {name: tables["group"][name][0] for name in GROUP}
        Party.objects.update_or_create(event=event, defaults=values)
    if "stays" in tables:
        _replace_places(event, rows=tables["stays"].to_dicts(), model=Stay, key="stay")
    if "sites" in tables:
        _replace_places(event, rows=tables["sites"].to_dicts(), model=Site, key="site")
    if "openings" in tables:
        Opening.objects.filter(site__event=event).delete()
        sites = {one.key: one for one in event.tour_sites.all()}
        Opening.objects.bulk_create(Opening(**{**row, "site": sites[row["site"]]}) for row in tables["openings"].to_dicts())
    if "days" in tables:
        _replace_days(event, rows=tables["days"].to_dicts())
    if "wishes" in tables:
        Wish.objects.filter(event=event).delete()
        Wish.objects.bulk_create(Wish(event=event, **row) for row in tables["wishes"].to_dicts())
    if "legs" in tables:
        Leg.objects.filter(event=event).delete()
        Leg.objects.bulk_create(Leg(event=event, **row) for row in tables["legs"].to_dicts())
    if "stays" in tables:
        keys = tables["stays"]["stay"].to_list()
        Stay.objects.filter(event=event).exclude(key__in=keys).delete()
    places = list(places_of(event))
    Leg.objects.filter(event=event).exclude(start__in=places, end__in=places).delete()
    counts = {name: frame.height for name, frame in tables.items()}
    record(
        user=user, action="tour.tables_taken", organisation=event.organisation, city=event.city, subject=f"event:{event.pk}",
        after=counts,
    )  # fmt: skip
    return counts


def _replace_places(event: Event, *, rows: list[dict[str, Any]], model: type[Site | Stay], key: str) -> None:
    """Places by their key: known ones are described anew, others come and go. Stays that go are dropped after the days."""
    for row in rows:
        values = {name: value for name, value in row.items() if name != key}
        model.objects.update_or_create(event=event, key=row[key], defaults=values)
    if model is Site:
        Site.objects.filter(event=event).exclude(key__in=[row[key] for row in rows]).delete()


def _replace_days(event: Event, *, rows: list[dict[str, Any]]) -> None:
    stays = {one.key: one for one in event.tour_stays.all()}
    Day.objects.filter(event=event).delete()
    Day.objects.bulk_create(
        Day(event=event, **{**row, "starts_at": stays[row["starts_at"]], "ends_at": stays[row["ends_at"]]}) for row in rows
    )


def take_example(*, user: User, event: Event) -> dict[str, int]:
    """Take the example of the Ruhr, on days of this event."""
    folder = files("citytandem").joinpath("data", "examples", "tour_ruhr")
    tables, _ = read_tour({one.name: one.read_bytes() for one in folder.iterdir() if one.name.endswith(".csv")})
    return take_tables(user=user, event=event, tables=move_days(tables, event=event))


def move_days(tables: Mapping[str, pl.DataFrame], *, event: Event) -> dict[str, pl.DataFrame]:
    """Tables of an example on days of an event: the same weekdays if it has them, else its first days in order.

    Hours on another date than the example's are a proposal (P), whatever was read for that date.
    """
    before = tables["days"]["day"].sort().to_list()
    there = [event.starts + dt.timedelta(days=number) for number in range((event.ends - event.starts).days + 1)]
    same = [next((day for day in there if day.weekday() == one.weekday()), None) for one in before]
    target = same if None not in same and len(set(same)) == len(same) else there
    moved = dict(zip(before, target, strict=False))
    days = tables["days"].filter(pl.col("day").is_in(list(moved)))
    openings = tables["openings"].filter(pl.col("day").is_in(list(moved)))
    is_same = all(one == other for one, other in moved.items())
    mark = openings["mark"] if is_same else pl.Series("mark", ["P"] * openings.height).cast(openings["mark"].dtype)
    return {
        **{name: tables[name] for name in ("group", "sites", "stays", "wishes", "legs")},
        "days": days.with_columns(pl.col("day").replace_strict(moved, return_dtype=pl.Date)),
        "openings": openings.with_columns(pl.col("day").replace_strict(moved, return_dtype=pl.Date), mark),
    }
