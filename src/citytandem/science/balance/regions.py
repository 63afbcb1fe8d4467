"""On which region of the grid does a city lie? Where nothing decides between several, none is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection

_MARKS = ("S", "P", "K")
"""From surest to least sure."""
_KINDS = ("province", "grid")
"""A factor of the province goes before that of the grid around it."""


@dataclass(frozen=True, slots=True)
class Regions:
    """Where a city lies.

    Parameters
    ----------
    names
        Regions it is known to lie in, the smallest first: the first of these with a factor of the year counts.
    mark
        How sure that is: S read, P ours, K recalled; None where no region is known.
    possible
        Regions it may lie in where the state is cut by several and nothing decides.
    """

    names: tuple[str, ...] = ()
    mark: str | None = None
    possible: tuple[str, ...] = ()


NOWHERE = Regions()


def find_regions(grid_region: pl.DataFrame, *, country: str, state: str | None, city: str) -> Regions:
    """The regions of the grid a city lies in.

    A row for the city goes before the rows of its state. Of each kind (province, grid) a region is taken only where it is the one
    that is possible; a state that several regions share decides nothing, and no share of a state stands in for the city.

    Parameters
    ----------
    grid_region
        Rows of :class:`~citytandem.tables.reference.GridRegion`.
    country, state, city
        As in the table of cities.

    >>> from citytandem.sources.facts import load_facts
    >>> rows = load_facts().grid_region
    >>> find_regions(rows, country="US", state="MN", city="US-2743000").names
    ('MROW',)
    >>> find_regions(rows, country="US", state="WI", city="US-G5263045").possible
    ('MROE', 'MROW', 'RFCW')
    """
    of_state = grid_region.filter((pl.col("country") == country) & (pl.col("state") == (state or "")))
    own = of_state.filter(pl.col("city") == city)
    rows = own if own.height else of_state.filter(pl.col("city") == "all")
    names, marks, possible = [], [], []
    for kind in _KINDS:
        found = rows.filter(pl.col("kind").cast(pl.String) == kind)
        if found.height == 1:
            names.append(str(found["region"][0]))
            marks.append(str(found["mark"][0]))
        possible += found["region"].to_list() if found.height > 1 else []
    return Regions(tuple(names), least_sure(marks), tuple(possible))


def least_sure(marks: Collection[str]) -> str | None:
    """The mark of what rests on several rows: that of the least sure one; None for no rows.

    >>> least_sure(["S", "K"])
    'K'
    """
    return max(marks, key=_MARKS.index) if marks else None
