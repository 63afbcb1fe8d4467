"""Shows which cities bear a name, and what we know of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_table, write_json
from citytandem.replies import answered
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHOWN = 40


def show_cities(text: str | None, *, country: Sequence[str] | None, with_balance: bool, as_json: bool, data: Path | None) -> None:
    """Print the cities that match, in alphabetical order."""
    from citytandem.atlas import load
    from citytandem.gazetteer import find_cities

    found = find_cities(load(data), text, countries=country, with_balance=with_balance)
    if as_json:
        write_json(answered({"cities": as_plain(found)}, [], speech=SPEECH))
        return
    console = open_console()
    headings = [SPEECH.label(f"cli.cities.{column}") for column in ("id", "name", "country", "population", "balances", "stages")]
    rows = [_row(city) for city in found.head(SHOWN).iter_rows(named=True)]
    show_table(console, [headings[0], headings[1], headings[2], ">" + headings[3], headings[4], ">" + headings[5]], rows)
    if found.height > SHOWN:
        console.print(SPEECH.sentence("cli.cities.more", shown=SHOWN, found=found.height))
    if found.is_empty():
        console.print(SPEECH.label("cli.cities.none"))


def _row(city: dict[str, object]) -> list[str]:
    population, year = city["population"], city["population_year"]
    people = f"{SPEECH.number(float(str(population)), digits=0)} ({year})" if population is not None else "–"
    years = f"{city['first_year']}–{city['last_year']}" if city["balances"] else "–"
    return [str(city["city"]), str(city["name"]), str(city["country"]), people, years, str(city["stages"] or "–")]
