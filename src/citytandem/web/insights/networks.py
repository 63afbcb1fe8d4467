"""Which networks are there, who belongs to one, who is tied to whom, of whom is something missing? Never ordered by value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.atlas import once_per_atlas
from citytandem.gazetteer import fold, names_in
from citytandem.narration import name_country, name_method
from citytandem.web.insights.cities import name_networks
from citytandem.web.insights.directory import pick_cities
from citytandem.web.insights.world_map import draw_dots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citytandem.atlas import Atlas
    from citytandem.words import Speech

KINDS = {"city network": "network", "programme": "programme"}
"""Kinds of facts that have members, and under which words they are called."""
READ_IN_SOURCE = "S"


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says of a network: how many members it had in which year."""

    kind: str
    founded: int | None
    members: int | None
    year: int | None
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A class of members, an office or a body, as a source tells it."""

    part: str
    title: str
    text: str
    holder: str
    years: str
    mark: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One network of the list."""

    key: str
    name: str
    known: int
    told: Told | None


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a network, as it is printed."""

    city: str
    name: str
    country: str
    country_code: str
    year: int | None
    method: str
    method_keys: str
    has_stages: bool
    ties: int


@dataclass(frozen=True, slots=True)
class Bond:
    """One tie between two members; the one first in the alphabet is named first."""

    city: str
    other: str
    city_name: str
    other_name: str
    kind: str
    since: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Circle:
    """The members of a network, the ties among them, and a map."""

    members: tuple[Member, ...]
    bonds: tuple[Bond, ...]
    map: str

    @property
    def alone(self) -> tuple[Member, ...]:
        """Members without a known tie to another member."""
        return tuple(member for member in self.members if not member.ties)

    @property
    def without_balance(self) -> tuple[Member, ...]:
        """Members of which no balance is known."""
        return tuple(member for member in self.members if member.year is None)

    @property
    def without_stages(self) -> tuple[Member, ...]:
        """Members that have published no stages."""
        return tuple(member for member in self.members if not member.has_stages)

    @property
    def counts(self) -> dict[str, int]:
        """How many members there are, and of how many what is known."""
        every = len(self.members)
        return {
            "members": every,
            "balances": every - len(self.without_balance),
            "stages": every - len(self.without_stages),
            "tied": every - len(self.alone),
        }


def list_networks(atlas: Atlas) -> list[Listed]:
    """Every network of which a member or a fact is known, in the order of the alphabet."""
    known = dict(atlas.membership.group_by("network").agg(pl.col("city").n_unique()).iter_rows())
    names = dict(_facts(atlas).select("network", "name").unique("network", keep="first").iter_rows())
    called = names | name_networks(atlas)
    found = [Listed(key, name, int(known.get(key, 0)), read_told(atlas, key)) for key, name in called.items()]
    return sorted(found, key=lambda one: (fold(one.name), one.key))


def read_told(atlas: Atlas, network: str) -> Told | None:
    """What was read about a network in a source, the newest count of its members first."""
    rows = _facts(atlas).filter(pl.col("network") == network)
    if rows.is_empty():
        return None
    counted = rows.filter(pl.col("members").is_not_null() & pl.col("members_year").is_not_null()).sort("members_year")
    row = (counted.tail(1) if counted.height else rows.head(1)).row(0, named=True)
    sources = atlas.facts.source.filter(pl.col("source") == row["source"])
    source = sources.row(0, named=True) if sources.height else {"title": row["source"], "publisher": None, "url": None}
    title = ", ".join(str(part) for part in (source["title"], source["publisher"]) if part)
    kind = KINDS[str(row["kind"])]
    members = row["members"] if counted.height else None
    return Told(kind, row["founded"], members, row["members_year"] if counted.height else None, title, source["url"] or "")


def list_parts(atlas: Atlas, network: str) -> list[ToldPart]:
    """Classes of members, offices and bodies of a network as sources tell them: each kind in the order of the alphabet, then
    by year. Each with its source and how sure it is.
    """
    rows = atlas.facts.network_part.filter(pl.col("network") == network)
    named = rows.join(
        atlas.facts.source.select("source", "title", "publisher", "url"), on="source", how="left", suffix="_of_source"
    )
    found = []
    for row in named.sort("part", "title", "year", nulls_last=True).iter_rows(named=True):
        source = ", ".join(str(part) for part in (row["title_of_source"], row["publisher"]) if part) or row["source"]
        since, until = row["year_from"], row["year_until"]
        years = f"{since or ''}–{until or ''}" if since or until else str(row["year"] or "")
        told = (row["title"], row["text"] or "", row["holder"] or "")
        found.append(ToldPart(str(row["part"]), *told, years, str(row["mark"]), source, row["url"] or ""))
    return found


def members_of(atlas: Atlas, network: str) -> tuple[str, ...]:
    """The cities of which a list says that they belong to a network."""
    return tuple(atlas.membership.filter(pl.col("network") == network)["city"].unique().sort().to_list())


def list_sources(atlas: Atlas, network: str) -> list[tuple[str, str]]:
    """The publications the list of members comes from, each with its year."""
    rows = atlas.membership.filter(pl.col("network") == network).select("source", "year").unique().sort("year", "source")
    titles = dict(atlas.source.select("source", "title").iter_rows())
    return [(str(titles.get(source, source)), str(year)) for source, year in rows.iter_rows()]


@once_per_atlas(maxsize=64)
def draw_members(atlas: Atlas, *, cities: tuple[str, ...], pairs: tuple[tuple[str, str], ...] = ()) -> str:
    """A map of some cities and of ties between them; cities with a balance stand out."""
    rows = pick_cities(atlas, cities)
    known = pl.col("balances") > 0
    spots = {city: (x, y) for city, x, y in rows.select("city", "longitude", "latitude").drop_nulls().iter_rows()}
    lines = [(spots[city], spots[other]) for city, other in pairs if city in spots and other in spots]
    return draw_dots({"some": rows.filter(~known), "known": rows.filter(known)}, lines=lines) if rows.height else ""


def describe(atlas: Atlas, cities: Iterable[str], *, speech: Speech, recorded: pl.DataFrame | None = None) -> Circle:
    """The members in the order of the alphabet of the page, and the ties among them.

    Parameters
    ----------
    atlas
        The atlas.
    cities
        The members.
    speech
        Language of the page.
    recorded
        Ties recorded on this site: city, other, kind, since, source, is_ended. What they say of a pair takes the place of
        what a list says; a tie that was ended is none.
    """
    rows = {row["city"]: row for row in pick_cities(atlas, sorted(set(cities))).iter_rows(named=True)}
    names = names_in(atlas, list(rows), language=speech.language)
    within = pl.col("city").is_in(list(rows)) & pl.col("other").is_in(list(rows))
    ties = _lay_over(_name_sources(atlas, atlas.tie.filter(within)), recorded)
    newest = _find_newest(atlas, list(rows))
    methods = {key: method.short for key, method in atlas.facts.methods.items()}
    partners = _count_partners(ties)
    members = []
    for city, row in rows.items():
        year, used = newest.get(city, (None, []))
        said = speech.join(name_method(key, methods=methods, speech=speech) for key in used) if used else ""
        place, keys = (name_country(row["country"], speech), row["country"]), ";".join(used)
        members.append(Member(city, names[city], *place, year, said, keys, row["stages"] > 0, partners.get(city, 0)))
    ordered = tuple(sorted(members, key=lambda one: (fold(one.name), one.city)))
    pairs = tuple(sorted(set(ties.select("city", "other").iter_rows())))
    return Circle(ordered, _write_bonds(ties, names=names), draw_members(atlas, cities=tuple(rows), pairs=pairs))


def tabulate_members(circle: Circle) -> pl.DataFrame:
    """The members for a program: keys, years, counts; empty for unknown."""
    schema = {
        "city": pl.String, "name": pl.String, "country": pl.String, "newest_balance_year": pl.Int64,
        "newest_balance_methods": pl.String, "stages_published": pl.Boolean, "ties_to_members": pl.Int64,
    }  # fmt: skip
    rows = [
        (one.city, one.name, one.country_code, one.year, one.method_keys or None, one.has_stages, one.ties)
        for one in circle.members
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _name_sources(atlas: Atlas, ties: pl.DataFrame) -> pl.DataFrame:
    titles = atlas.source.select("source", "title").unique("source")
    named = ties.join(titles, on="source", how="left", maintain_order="left")
    said = pl.col("title").fill_null(pl.col("source")).alias("source")
    return named.select("city", "other", pl.col("kind").cast(pl.String), pl.col("since").cast(pl.Int64), said)


def _lay_over(listed: pl.DataFrame, recorded: pl.DataFrame | None) -> pl.DataFrame:
    if recorded is None or recorded.is_empty():
        return listed
    rest = listed.join(recorded, on=["city", "other"], how="anti", maintain_order="left")
    return pl.concat([rest, recorded.filter(~pl.col("is_ended")).select(listed.columns)])


def _facts(atlas: Atlas) -> pl.DataFrame:
    """Networks and programmes, as far as what is said of them was read in a source."""
    return atlas.facts.network.filter(pl.col("kind").cast(pl.String).is_in(list(KINDS)) & (pl.col("mark") == READ_IN_SOURCE))


def _find_newest(atlas: Atlas, cities: Sequence[str]) -> dict[str, tuple[int, list[str]]]:
    own = atlas.balance.filter(pl.col("city").is_in(cities)).select("city", "year", pl.col("method").cast(pl.String))
    newest = own.filter(pl.col("year") == pl.col("year").max().over("city"))
    grouped = newest.group_by("city").agg(pl.col("year").first(), pl.col("method").unique().sort())
    return {city: (year, methods) for city, year, methods in grouped.iter_rows()}


def _count_partners(ties: pl.DataFrame) -> dict[str, int]:
    """To how many other members each is tied, however many kinds of ties two share."""
    pairs = ties.select("city", "other").unique()
    ends = pl.concat([pairs["city"], pairs["other"].alias("city")]).value_counts()
    return dict(ends.iter_rows())


def _write_bonds(ties: pl.DataFrame, *, names: Mapping[str, str]) -> tuple[Bond, ...]:
    bonds = []
    for row in ties.iter_rows(named=True):
        city, other = sorted((row["city"], row["other"]), key=lambda one: (fold(names[one]), one))
        bonds.append(Bond(city, other, names[city], names[other], str(row["kind"]), row["since"], row["source"]))
    return tuple(sorted(bonds, key=lambda bond: (fold(bond.city_name), fold(bond.other_name), bond.kind)))
