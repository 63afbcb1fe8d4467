"""Makes a release ready for questions: only what one city needs at first, everything from the second city on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import polars as pl

from citytandem.atlas import once_per_atlas

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.science.action.playbook import Playbook
    from citytandem.science.benchmark.prepare import Prepared

# A person at a terminal asks about one city and waits; a notebook or a server asks about many.
_ASKED: WeakKeyDictionary[Atlas, tuple[str, int | None]] = WeakKeyDictionary()


def prepare_for(atlas: Atlas, *, city: str, year: int | None = None) -> Prepared:
    """What is needed to answer for one city; the answers are the same as from everything.

    The first city asked about gets its own balances and those of others within the window of
    ``year`` (its newest if None). Any other question prepares the whole release, once.
    """
    first = _ASKED.setdefault(atlas, (city, year))
    return prepare_near(atlas, city=city, year=year) if first == (city, year) else prepare_all(atlas)


@once_per_atlas()
def prepare_all(atlas: Atlas) -> Prepared:
    """Every balance of the release, ready for benchmarks."""
    return _prepare(atlas, balance=atlas.balance)


@once_per_atlas(maxsize=8)
def prepare_near(atlas: Atlas, *, city: str, year: int | None) -> Prepared:
    """The balances of one city, and those of all others near its year."""
    from citytandem.science.balance.gate import WINDOW_YEARS

    centre = year if year is not None else newest_year(atlas, city=city)
    if centre is None:
        return prepare_all(atlas)
    near = (pl.col("year").cast(pl.Int32) - centre).abs() <= WINDOW_YEARS
    return _prepare(atlas, balance=atlas.balance.filter((pl.col("city") == city) | near))


@once_per_atlas(maxsize=32)
def prepare_cities(atlas: Atlas, cities: frozenset[str]) -> Prepared:
    """The balances of a few cities alone, for what is only about them."""
    return _prepare(atlas, balance=atlas.balance.filter(pl.col("city").is_in(list(cities))))


def newest_year(atlas: Atlas, *, city: str) -> int | None:
    """The newest year whose balance separates sectors, else uses, else of any; None without a balance."""
    own = atlas.balance.filter(pl.col("city") == city).select("balance", "year")
    lines = atlas.line.filter(pl.col("balance").is_in(own["balance"].implode()) & pl.col("emissions_t").is_not_null())
    seen = own.join(lines.select("balance", pl.col("view").cast(pl.String)), on="balance")
    for view in ("sector", "application"):
        years = seen.filter(pl.col("view") == view)["year"]
        if years.len():
            return int(str(years.max()))
    return int(str(own["year"].max())) if own.height else None


@once_per_atlas()
def prepare_playbook(atlas: Atlas) -> Playbook:
    """The catalogue of measures with the effects its evidence supports."""
    from citytandem.science.action import playbook

    return playbook.prepare_playbook(atlas.facts)


def _prepare(atlas: Atlas, *, balance: pl.DataFrame) -> Prepared:
    from citytandem.science.balance.quality import read_shared_errors
    from citytandem.science.benchmark.prepare import prepare

    facts = atlas.facts
    return prepare(
        city=atlas.city,
        structure=atlas.structure,
        balance=balance,
        line=atlas.line,
        variable=facts.variable,
        profile=facts.profile,
        anchor=facts.anchor,
        quality=facts.quality,
        booking={name: method.booking for name, method in facts.methods.items()},
        electricity={name: method.electricity for name, method in facts.methods.items()},
        shared=read_shared_errors(facts.shared_error, facts.electricity_share),
    )
