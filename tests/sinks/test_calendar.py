"""A calendar is read back by a parser that is not the one which wrote it, and its zones hold across a change of the clocks."""

import datetime as dt
import warnings
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from citytandem.sinks.calendar import Calendar, Happening, write_calendar

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # an old library whose own warnings are not about us
    vobject = pytest.importorskip("vobject", reason="the independent parser is in the test group")

STAMP = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")


def _happening(day: int, *, zone: ZoneInfo = BERLIN, uid: str = "a@tandem.example", **more) -> Happening:
    starts = dt.datetime(2027, 3, day, 10, tzinfo=zone)
    return Happening(
        uid, starts, starts + dt.timedelta(hours=1), "見学: 鉱山, 川", "エッセン; ツォルフェライン", "1行目\n2行目", **more
    )


def _read(*happenings: Happening):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = write_calendar(Calendar("Tour", "ja", happenings), stamp=STAMP).decode()
        return vobject.readOne(text), text


@pytest.mark.parametrize(("day", "zone", "hour"), [(27, BERLIN, 9), (29, BERLIN, 8), (27, TOKYO, 1), (29, TOKYO, 1)])
def test_a_time_means_the_same_moment_before_and_after_the_clocks_change(day, zone, hour):
    found, _ = _read(_happening(day, zone=zone))

    assert found.vevent.dtstart.value.astimezone(dt.UTC) == dt.datetime(2027, 3, day, hour, tzinfo=dt.UTC)


def test_a_zone_begins_its_summer_in_the_time_that_held_before():
    _, text = _read(_happening(27))

    assert "DTSTART:20270328T020000\r\nTZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in text
    assert "DTSTART:20271031T030000\r\nTZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100" in text


def test_words_come_back_as_they_were_written():
    found, text = _read(_happening(27))

    assert found.vevent.summary.value == "見学: 鉱山, 川"
    assert found.vevent.location.value == "エッセン; ツォルフェライン"
    assert found.vevent.description.value == "1行目\n2行目"
    assert found.method.value == "PUBLISH"
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_change_keeps_the_name_of_an_entry_and_raises_its_sequence():
    first = _happening(27)
    found, _ = _read(replace(first, starts=first.starts - dt.timedelta(hours=2), sequence=1))

    assert (found.vevent.uid.value, found.vevent.sequence.value) == ("a@tandem.example", "1")


def test_what_does_not_take_place_is_cancelled_and_not_left_out():
    found, _ = _read(_happening(27, is_cancelled=True, sequence=3))

    assert found.vevent.status.value == "CANCELLED"


def test_the_same_calendar_gives_the_same_bytes_in_any_order():
    one, other = _happening(27), _happening(29, uid="b@tandem.example")
    written = [write_calendar(Calendar("Tour", "ja", order), stamp=STAMP) for order in ((one, other), (other, one))]

    assert written[0] == written[1]
    assert b"DTSTAMP:20261122T120000Z" in written[0]
