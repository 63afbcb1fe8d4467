"""What a reader has chosen to see, read from the address; a choice that is none is refused with the choices there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.tables.results_benchmark import QUESTIONS
from citytandem.tables.results_bridge import ELECTRICITY_VIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.atlas import Atlas

UNITS = ("per_head", "total")
VARIANTS = ("published", "core_no_industry", "core", "core_waste")


@dataclass(frozen=True, slots=True)
class Choices:
    """What is shown.

    Parameters
    ----------
    year
        Year of the balance; the newest that answers the question if None.
    question
        overall, buildings, transport, industry or waste.
    unit
        per_head or total.
    variant
        What the bars hold: all that is published, or a variant of the core.
    electricity
        The view of electricity that is spelled out; reported, national, common, ...
    to
        Where the bridge leads: a variant of the core, a method or a balance.
    preview
        The draft that is looked at, which every link keeps; whether it may be seen is judged elsewhere.
    """

    year: int | None = None
    question: str = "overall"
    unit: str = "per_head"
    variant: str = "published"
    electricity: str = "reported"
    to: str = ""
    preview: str = ""


def read_choices(asked: Mapping[str, str], *, years: Sequence[int], city: str) -> Choices:
    """The choices of an address.

    Parameters
    ----------
    asked
        Names and values of the query.
    years
        Years for which the city has a balance.
    city
        Its id, for the refusal.

    Raises
    ------
    CannotCompute
        CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE or UNKNOWN_CHOICE.
    """
    return Choices(
        year=_read_year(asked.get("year", ""), years=years, city=city),
        question=_choose("question", asked, among=QUESTIONS),
        unit=_choose("unit", asked, among=UNITS),
        variant=_choose("variant", asked, among=VARIANTS),
        electricity=_choose("electricity", asked, among=ELECTRICITY_VIEWS),
        to=asked.get("to", "").strip()[:120],
        preview=asked.get("preview", "") if asked.get("preview", "").isdecimal() else "",
    )


def years_of(atlas: Atlas, city: str) -> list[int]:
    """Years for which a city has a balance, newest first."""
    own = atlas.balance.filter(pl.col("city") == city)
    return sorted({int(year) for year in own["year"].to_list()}, reverse=True)


def _choose(name: str, asked: Mapping[str, str], *, among: Sequence[str]) -> str:
    value = asked.get(name) or among[0]
    if value not in among:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": value[:80], "option": name, "choices": ", ".join(among)}))
    return value


def _read_year(text: str, *, years: Sequence[int], city: str) -> int | None:
    if not text:
        return None
    if not years:
        raise CannotCompute(Finding(Code.CITY_WITHOUT_BALANCE, {"city": city}))
    if text not in {str(year) for year in years}:
        known = ", ".join(str(year) for year in years)
        raise CannotCompute(Finding(Code.YEAR_WITHOUT_BALANCE, {"city": city, "year": text[:12], "years": known}))
    return int(text)
