"""An invented conference of three days as files, to begin with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence


def write_example() -> dict[str, bytes]:
    """The files of an invented conference of three days: every table, every column, all people invented."""
    return {f"{name}.csv": _lines(rows) for name, rows in _conference().items()}


def _lines(rows: Sequence[dict[str, Any]]) -> bytes:
    return pl.DataFrame(rows).write_csv().encode()


FAMILY = ("Adler", "Berg", "Celik", "Dahl", "Endo", "Falk", "Goto", "Holm", "Ito", "Jansen", "Kaya", "Lund", "Mori", "Novak",
          "Olsen", "Peng", "Quist", "Rossi", "Sato", "Tang", "Ueda", "Vogt", "Wang", "Xu", "Yilmaz", "Zhao")  # fmt: skip
TOPICS = ("heat", "mobility", "buildings", "solar", "water", "waste")


def _conference() -> dict[str, list[dict[str, Any]]]:
    people, place = _people(), "Old coal mine"
    sessions = _sessions()
    slots = [
        {"slot": f"day{day}-{hour:02}", "day": str(dt.date(2027, 9, 14 + day)),
         "starts": f"{hour:02}:00", "ends": f"{hour:02}:50", "zone": "Europe/Berlin",
         "is_lunch": "yes" if hour in (12, 13) else "no"}
        for day in (1, 2, 3) for hour in (9, 10, 11, 12, 13, 14, 15, 16)
    ]  # fmt: skip
    speakers = [
        {"session": own["session"], "person": people[(7 * number) % len(people)]["person"]}
        for number, own in enumerate(sessions) if own["kind"] not in ("break", "excursion")
    ]  # fmt: skip
    wished = [own["session"] for own in sessions if own["kind"] not in ("plenary", "break")]
    wishes = [
        {"person": own["person"], "session": wished[(number * step + turn * turn) % len(wished)], "turn": turn}
        for number, own in enumerate(people) for turn, step in enumerate((5, 7, 11, 13, 17, 4), start=1)
    ]  # fmt: skip
    spoken = {(row["session"], row["person"]) for row in speakers}
    kept = {
        (wish["person"], wish["session"]): wish for wish in reversed(wishes) if (wish["session"], wish["person"]) not in spoken
    }
    return {
        "sessions": sessions,
        "rooms": [
            {"room": "hall", "name": "Hall", "seats": 60, "accessible": "yes", "equipment": "projector; booth", "place": place},
            {"room": "store", "name": "Store", "seats": 12, "accessible": "yes", "equipment": "projector", "place": place},
            {"room": "loft", "name": "Loft", "seats": 8, "accessible": "no", "equipment": "", "place": place},
        ],
        "slots": slots,
        "speakers": speakers,
        "people": people,
        "wishes": sorted(kept.values(), key=lambda wish: (wish["person"], wish["turn"])),
        "absences": [
            {"person": people[7]["person"], "room": None, "slot": "day1-09"},
            {"person": None, "room": "hall", "slot": "day3-16"},
        ],
        "meetings": [
            {"a": people[n]["person"], "b": people[(n + 9) % len(people)]["person"], "worth": round(1 - n / 20, 2)}
            for n in range(12)
        ],
        "interpreters": [
            {"person": "inge-invented", "language_from": "de", "language_into": "en"},
            {"person": "inge-invented", "language_from": "en", "language_into": "de"},
        ],
        "settings": [
            {"name": "tables", "value": 3}, {"name": "slots_in_a_row", "value": 3}, {"name": "interpreter_slots", "value": 2},
        ],
    }  # fmt: skip


def _people() -> list[dict[str, Any]]:
    return [
        {"person": f"{name.lower()}-invented", "name": f"{name} (invented)",
         "languages": ("en; de", "en", "en; ja", "de; en", "en; zh-Hans", "de")[number % 6],
         "access": {4: "wheelchair", 11: "rest"}.get(number, "")}
        for number, name in enumerate(FAMILY)
    ]  # fmt: skip


def _sessions() -> list[dict[str, Any]]:
    empty: dict[str, Any] = {
        "session": "", "title": "", "kind": "talk", "topic": "", "slots": 1, "seats": None, "languages": "en",
        "interpreted_into": "", "needs": "", "accessible": "", "parallel_group": "", "fixed_slot": "", "fixed_room": "",
        "place": "", "travel_min": None,
    }  # fmt: skip
    opening = {"session": "opening", "title": "Opening", "kind": "plenary", "fixed_slot": "day1-09", "fixed_room": "hall",
               "languages": "de", "interpreted_into": "en", "needs": "booth"}  # fmt: skip
    closing = {
        "session": "closing",
        "title": "What we take home",
        "kind": "plenary",
        "fixed_slot": "day3-15",
        "fixed_room": "hall",
    }
    found = [empty | opening, empty | closing]
    for topic in TOPICS:
        booth = {"languages": "de", "interpreted_into": "en", "needs": "projector; booth"} if topic in ("heat", "water") else {}
        found.append(
            empty | {"session": f"{topic}-talk", "title": f"Talk: {topic}", "topic": topic, "needs": "projector"} | booth
        )
        found.append(
            empty | {"session": f"{topic}-dialogue", "title": f"Dialogue: {topic}", "kind": "dialogue", "topic": topic,
                     "languages": "en", "parallel_group": "dialogues"}
        )  # fmt: skip
    found += [
        empty | {"session": f"{topic}-workshop", "title": f"Workshop: {topic}", "kind": "workshop", "topic": topic,
                 "slots": 2, "seats": 6}
        for topic in TOPICS[:4]
    ]  # fmt: skip
    trips = (("district heating plant", 25), ("bicycle highway", 15), ("river park", 30))
    return found + [
        empty | {"session": f"trip-{number}", "title": f"Excursion: {place}", "kind": "excursion", "slots": 2, "seats": 8,
                 "languages": "en; de", "accessible": "no" if number == 1 else "yes", "place": place, "travel_min": minutes}
        for number, (place, minutes) in enumerate(trips, start=1)
    ]  # fmt: skip
