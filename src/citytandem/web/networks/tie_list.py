"""Which ties are there between some cities: those of published lists and those recorded here, each with its source?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.gazetteer import fold, names_in
from citytandem.web.networks.health import Health, describe_ties

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from django.db.models import QuerySet

    from citytandem.atlas import Atlas
    from citytandem.web.networks.models import Tie
    from citytandem.words import Language

RECORDED = pl.Schema(
    {"city": pl.String(), "other": pl.String(), "kind": pl.String(), "since": pl.Int64(), "source": pl.String(),
     "is_ended": pl.Boolean()}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One tie between two cities; ``tie`` and ``health`` are None where only a published list names it."""

    city: str
    other: str
    city_name: str
    other_name: str
    kind: str
    since: int | None
    source: str
    tie: Tie | None = None
    health: Health | None = None

    @property
    def state(self) -> str:
        """In one word: listed, ended, unknown, asleep or awake."""
        if self.tie is None or self.health is None:
            return "listed"
        return "ended" if self.tie.until else self.health.state


def as_rows(ties: QuerySet[Tie]) -> pl.DataFrame:
    """Recorded ties as rows: city, other, kind, since, source, is_ended."""
    rows = ties.values_list("city", "other", "kind", "since", "source", "until")
    return pl.DataFrame([(*row[:5], row[5] is not None) for row in rows], schema=RECORDED, orient="row")


def list_within(atlas: Atlas, cities: Collection[str], *, seen: Iterable[Tie], on: dt.date, language: Language) -> list[Line]:
    """Every tie between two of some cities, in the order of the alphabet; of recorded ones those that are seen with figures."""
    wanted = list(cities)
    listed = atlas.tie.filter(pl.col("city").is_in(wanted) & pl.col("other").is_in(wanted))
    return _write(atlas, listed, list(seen), on=on, language=language)


def list_of_city(atlas: Atlas, city: str, *, seen: Iterable[Tie], on: dt.date, language: Language) -> list[Line]:
    """Every tie of one city; the city itself is named first."""
    listed = atlas.tie.filter((pl.col("city") == city) | (pl.col("other") == city))
    lines = _write(atlas, listed, list(seen), on=on, language=language)
    turned = [line if line.city == city else _turn(line) for line in lines]
    return sorted(turned, key=lambda line: (fold(line.other_name), line.other))


def _write(atlas: Atlas, listed: pl.DataFrame, ties: Sequence[Tie], *, on: dt.date, language: Language) -> list[Line]:
    recorded = {(tie.city, tie.other) for tie in ties}
    rest = [row for row in listed.iter_rows(named=True) if (row["city"], row["other"]) not in recorded]
    cities = {end for row in rest for end in (row["city"], row["other"])} | {end for pair in recorded for end in pair}
    names = {city: city for city in cities} | names_in(atlas, sorted(cities), language=language)
    titles = dict(atlas.source.select("source", "title").iter_rows())
    health = describe_ties(ties, on=on)
    lines = [
        Line(
            city=row["city"], other=row["other"], city_name=names[row["city"]], other_name=names[row["other"]],
            kind=str(row["kind"]), since=row["since"], source=str(titles.get(row["source"], row["source"])),
        )
        for row in rest
    ]  # fmt: skip
    lines += [
        Line(
            city=tie.city, other=tie.other, city_name=names[tie.city], other_name=names[tie.other], kind=tie.kind,
            since=tie.since, source=tie.source, tie=tie, health=health[tie.pk],
        )
        for tie in ties
    ]  # fmt: skip
    return sorted((_by_name(line) for line in lines), key=lambda line: (fold(line.city_name), fold(line.other_name), line.kind))


def _by_name(line: Line) -> Line:
    """The city that is first in the alphabet is named first."""
    return line if (fold(line.city_name), line.city) <= (fold(line.other_name), line.other) else _turn(line)


def _turn(line: Line) -> Line:
    return Line(
        city=line.other, other=line.city, city_name=line.other_name, other_name=line.city_name, kind=line.kind,
        since=line.since, source=line.source, tie=line.tie, health=line.health,
    )  # fmt: skip
