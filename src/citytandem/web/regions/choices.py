"""What does a reader ask of a region? Window, indicators, regions beside it and the years along pictures, from the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.transition.analogues import LEAST_YEARS
from citytandem.science.transition.trajectories import EVERY_TRAIT, TRAITS
from citytandem.transition import read_window
from citytandem.web.regions.reading import paths_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from citytandem.web.regions.reading import Known

NEWEST, LONG = 2022, 22
"""The window that is shown if nothing else is asked for: so many years up to this one, as far as they are known. [P]"""
VIEWS = {"peak": "since_peak", "years": "year"}
MOST_BESIDE = 6
"""More lines beside each other nobody can read."""


@dataclass(frozen=True)
class Choices:
    """What was asked; ``traits`` and ``beside`` are empty if nothing was chosen."""

    first: int
    last: int
    traits: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    view: str = "peak"

    @property
    def window(self) -> str:
        """The window as it is written in an address."""
        return f"{self.first}-{self.last}"

    @property
    def across(self) -> str:
        """The column along the pictures."""
        return VIEWS[self.view]

    @property
    def query(self) -> str:
        """The address's query that leads to the same page."""
        chosen = {"window": self.window, "indicators": ",".join(self.traits), "beside": ",".join(self.beside), "view": self.view}
        return urlencode({name: value for name, value in chosen.items() if value})


def read_choices(asked: QueryDict, *, known: Known, region: str) -> Choices:
    """The choices in an address.

    Raises
    ------
    CannotCompute
        REGION_WINDOW_INVALID, UNKNOWN_CHOICE (an indicator or view nobody knows), REGION_UNKNOWN.
    """
    window = asked.get("window", "").strip()
    first, last = read_window(window) if window else widest_window(known, region)
    traits = _split(asked.getlist("indicators"))
    for trait in traits:
        _check("indicators", trait, among=EVERY_TRAIT)
    view = asked.get("view") or "peak"
    _check("view", view, among=tuple(VIEWS))
    beside = tuple(one for one in _split(asked.getlist("beside")) if one != region)[:MOST_BESIDE]
    for other in beside:
        if other not in known.regions:
            raise CannotCompute(Finding(Code.REGION_UNKNOWN, {"asked": other, "nearest": "–"}))
    return Choices(first, last, () if set(traits) == set(TRAITS) else traits, beside, view)


def widest_window(known: Known, region: str) -> tuple[int, int]:
    """The newest years of a region that are long enough to compare; the usual years where it has no path."""
    paths = paths_of(known)
    if region in paths.regions:
        years = np.flatnonzero(np.isfinite(paths.values[paths.regions.index(region)]).any(axis=0)) + paths.first_year
        last = min(NEWEST, int(years.max())) if years.size else NEWEST
        first = max(last - LONG, int(years.min())) if years.size else last - LONG
        if last - first + 1 >= LEAST_YEARS:
            return first, last
    return NEWEST - LONG, NEWEST


def _split(values: list[str]) -> tuple[str, ...]:
    """Keys from a list joined by commas, or from a name given several times."""
    return tuple(dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip()))


def _check(option: str, value: str, *, among: tuple[str, ...]) -> None:
    if value not in among:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"option": option, "asked": value, "choices": ", ".join(among)}))
