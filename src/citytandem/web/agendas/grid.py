"""How does an agenda lie on a page? Days, each with rows of times and columns of rooms, and what stands in each cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from citytandem.tables.agenda import ALONE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from citytandem.web.agendas.entries import Entry

ELSEWHERE = 0
"""The column of what needs no room of the house."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands at a time in a room: nothing, one session, or the excursions that begin together."""

    column: int
    starts: dt.datetime
    rows: int = 1
    columns: int = 1
    entries: tuple[Entry, ...] = ()

    @property
    def key(self) -> str:
        """Time and column as one short text, for forms."""
        return f"{self.starts.timestamp():.0f}.{self.column}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One time of a day."""

    starts: dt.datetime
    starts_there: dt.datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day: the names of its columns by room, and its rows."""

    date: dt.date
    columns: dict[int, str]
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...] = field(default=())


def lay_days(
    entries: Iterable[Entry], *, zone: str, rooms: dict[int, str] | None = None, starts: Sequence[dt.datetime] = ()
) -> list[Day]:
    """Entries by day. With ``rooms`` and ``starts``, free cells are there as well; without, only what is taken."""
    place = ZoneInfo(zone)
    ordered = sorted(entries, key=lambda one: (one.starts, one.room_name, one.session))
    by_day: dict[dt.date, list[Entry]] = {day: list(found) for day, found in groupby(ordered, key=lambda one: one.day)}
    for moment in starts:
        by_day.setdefault(moment.astimezone(place).date(), [])
    days = []
    for date in sorted(by_day):
        own = by_day[date]
        times = sorted({one.starts for one in own} | {one for one in starts if one.astimezone(place).date() == date})
        days.append(_lay_day(date, entries=own, times=times, rooms=rooms, zone=place))
    return days


def _lay_day(
    date: dt.date, *, entries: list[Entry], times: list[dt.datetime], rooms: dict[int, str] | None, zone: ZoneInfo
) -> Day:
    columns = dict(rooms) if rooms is not None else {one.room: one.room_name for one in entries if one.room is not None}
    if any(one.room is None and one.kind not in ALONE for one in entries):
        columns[ELSEWHERE] = ""
    taken: set[tuple[int, dt.datetime]] = set()
    rows = []
    for moment in times:
        cells = _lay_row(moment, entries=entries, columns=list(columns), times=times, taken=taken)
        rows.append(Row(starts=moment, starts_there=moment.astimezone(zone), cells=tuple(cells)))
    return Day(date=date, columns=columns, rows=tuple(rows), entries=tuple(entries))


def _lay_row(
    moment: dt.datetime,
    *,
    entries: list[Entry],
    columns: list[int],
    times: list[dt.datetime],
    taken: set[tuple[int, dt.datetime]],
) -> list[Cell]:
    """The cells of one time; ``taken`` remembers those that a longer session above reaches into."""
    alone = [one for one in entries if one.starts == moment and one.kind in ALONE]
    if alone:
        rows = _count_rows(alone, times=times)
        taken.update((column, time) for column in columns for time in rows)
        return [Cell(column=ELSEWHERE, starts=moment, rows=len(rows), columns=max(1, len(columns)), entries=tuple(alone))]
    cells = []
    for column in columns:
        if (column, moment) in taken:
            continue
        found = _together([one for one in entries if (one.room or ELSEWHERE) == column and one.kind not in ALONE], start=moment)
        rows = _count_rows(found, times=times) or [moment]
        taken.update((column, time) for time in rows)
        cells.append(Cell(column=column, starts=moment, rows=len(rows), entries=tuple(found)))
    return cells


def _together(entries: list[Entry], *, start: dt.datetime) -> list[Entry]:
    """Those of a column that begin at a time, with all that begin while they last."""
    found = [one for one in entries if one.starts == start]
    for one in entries:
        if found and one not in found and start < one.starts < max(each.ends for each in found):
            found.append(one)
    return found


def _count_rows(entries: Sequence[Entry], *, times: list[dt.datetime]) -> list[dt.datetime]:
    if not entries:
        return []
    start, end = min(one.starts for one in entries), max(one.ends for one in entries)
    return [time for time in times if start <= time < end]
