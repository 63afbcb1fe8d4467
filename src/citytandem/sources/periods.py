"""From when to when did the year of a balance run? Reads the words people write for it."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
Period = tuple[int, dt.date, dt.date, bool]
"""Year in which it starts, first and last day, and whether the words say so clearly."""


def read_period(words: object) -> Period | None:
    """Read a year, a range of dates or of months; None where no year is named.

    A range of twelve months is clear, give or take a few days. What is longer, shorter or without
    months is taken as the year that begins at its start and marked unclear.

    >>> read_period("2013 Apr - 2014 Mar")
    (2013, datetime.date(2013, 4, 1), datetime.date(2014, 3, 31), True)
    >>> read_period(2019.0)[2:], read_period("2005-2006")[3]
    ((datetime.date(2019, 12, 31), True), False)
    """
    if isinstance(words, float | int) and not isinstance(words, bool):
        return _calendar(int(words), clear=words == int(words)) if 1700 <= words <= 2100 else None
    text = str(words).strip()[:100]
    days = _days(text)
    if days:
        return _between(days)
    months = _named_months(text)
    if months:
        start = dt.date(*months[0], 1)
        clear = len(months) == 2 and _distance(months[0], months[1]) == 11
        return start.year, start, _a_year_after(start), clear
    years = [int(found) for found in re.findall(r"\b(1[789]\d\d|20\d\d)\b", text)]
    return _calendar(years[0], clear=len(set(years)) == 1 and text == str(years[0])) if years else None


def read_end(words: object) -> Period | None:
    """Read the last day of a period, as in a column that only gives that.

    >>> read_end("03/31/2014 12:00:00 AM")[1:3]
    (datetime.date(2013, 4, 1), datetime.date(2014, 3, 31))
    """
    days = _days(str(words)[:100])
    if not days:
        return read_period(words)
    end = days[-1]
    if (end.month, end.day) in {(12, 31), (1, 1)}:
        return _calendar(end.year, clear=end.month == 12)
    start = dt.date(end.year - 1, end.month, min(end.day, 28)) + dt.timedelta(days=1)
    if (end + dt.timedelta(days=1)).day == 1:
        start = dt.date(end.year - 1, end.month % 12 + 1, 1)
        return start.year, start, end, True
    return _calendar(end.year, clear=False)


def _calendar(year: int, *, clear: bool) -> Period:
    return year, dt.date(year, 1, 1), dt.date(year, 12, 31), clear


def _a_year_after(start: dt.date) -> dt.date:
    same = dt.date(start.year + 1, start.month, min(start.day, 28))
    return same - dt.timedelta(days=1) if start.day <= 28 else same


def _days(text: str) -> list[dt.date]:
    found = [tuple(map(int, parts)) for parts in _ISO.findall(text)]
    found += [(int(year), int(month), int(day)) for month, day, year in _US.findall(text)]
    return [
        dt.date(year, month, day)
        for year, month, day in found
        if 1700 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    ]


def _between(days: list[dt.date]) -> Period:
    start, end = days[0], days[-1]
    length = (end - start).days + 1
    if len(days) >= 2 and 355 <= length <= 377:
        if (start.month, start.day) == (12, 31):
            return _calendar(start.year + 1, clear=True)
        return start.year, start, end, True
    return start.year, start, _a_year_after(start), False


def _named_months(text: str) -> list[tuple[int, int]]:
    words = re.findall(r"[A-Za-z]{3,9}|\d{4}", text)
    months = [_MONTHS[word[:3].lower()] for word in words if word[:3].lower() in _MONTHS]
    years = [int(word) for word in words if word.isdigit() and 1700 <= int(word) <= 2099]
    return list(zip(years, months, strict=True)) if months and len(months) == len(years) else []


def _distance(start: tuple[int, int], end: tuple[int, int]) -> int:
    return (end[0] - start[0]) * 12 + end[1] - start[1]
