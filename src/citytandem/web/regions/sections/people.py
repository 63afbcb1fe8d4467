"""Whom to ask? Cities in the regions beside, with their ties and networks, experts who allow it, and topics of interviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.document import Block, Card, Cards, Grid, Notice
from citytandem.charts.chart import Column, Twin
from citytandem.gazetteer import fold, names_in
from citytandem.web.insights.cities import name_networks
from citytandem.web.lessons.consent import name_expert
from citytandem.web.lessons.models import Interview, Purpose, Shown
from citytandem.web.lessons.queries import topics_of
from citytandem.web.regions.places import cities_in
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.atlas import Atlas
    from citytandem.findings import Fact
    from citytandem.web.regions.asking import View
    from citytandem.words import Speech

MOST = 12
"""Cities of one region that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Host:
    """A city to ask: ``tied`` are cities of the learning region it has a tie with, ``nearby`` others of that country."""

    city: str
    name: str
    region: str
    tied: tuple[str, ...]
    nearby: tuple[str, ...]
    networks: tuple[str, ...]
    has_balance: bool


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who allows to be asked again, told as they allow it."""

    name: str
    region: str
    organisation: str


def write_people(view: View, *, atlas: Atlas) -> Section:
    """The question ``Whom to ask?``."""
    speech = view.speech
    groups = find_hosts(view, atlas=atlas)
    hosts = [host for _, some, _ in groups for host in some]
    experts = find_experts(view)
    topics = [topic for region in (view.region, *view.told) for topic in topics_of(region)]
    tied = sum(bool(host.tied) for host in hosts)
    told: dict[str, Fact] = {"region": view.name, "count": len(hosts), "tied": tied, "experts": len(experts)}
    answer = speech.sentence("web.region.people.none", region=view.name)
    if hosts:
        answer = speech.sentence("web.region.people.answer" if tied or experts else "web.region.people.untied", **told)
    blocks: list[Block] = []
    twin = _tabulate(view, hosts)
    if hosts:
        blocks.append(Grid(twin, "hosts"))
    if experts:
        lines = tuple((one.region, one.name) for one in experts)
        blocks.append(Cards((Card(speech.label("web.region.experts"), "", lines),)))
    if not hosts:
        blocks.append(Notice(speech.label("web.region.people.cure")))
    how = [speech.label(f"web.region.how.{key}") for key in ("people", "experts")]
    page = make_page(view, "people", answer=answer, blocks=blocks, how=how)
    return Section(
        page, template="regions/people.html", told={"groups": groups, "experts": experts, "topics": topics},
        tables={"hosts": twin} if hosts else {},
    )  # fmt: skip


def find_hosts(view: View, *, atlas: Atlas, only: str = "") -> list[tuple[str, list[Host], int]]:
    """Region, its cities with a tie to the learner's country or in a network, and how many more there are; by name.

    ``only`` names the one region that is looked at.
    """
    own = set(cities_in(atlas, view.region))
    country = str(dict(view.known.table("region").select("region", "country").iter_rows()).get(view.region, ""))
    networks = name_networks(atlas)
    members: dict[str, list[str]] = {}
    for city, network in atlas.membership.select("city", "network").unique().iter_rows():
        members.setdefault(city, []).append(networks.get(network, network))
    balanced = set(atlas.balance["city"])
    groups, seen = [], set(own)
    for region in [only] if only else _hosts_of(view):
        cities = [city for city in cities_in(atlas, region) if city not in seen]
        seen |= set(cities)
        ties = _ties_of(atlas, cities)
        names = names_in(
            atlas, list({*cities, *(other for others in ties.values() for other in others)}), language=view.speech.language
        )
        found = []
        for city in cities:
            others = ties.get(city, [])
            tied = tuple(sorted((names[one] for one in others if one in own), key=fold))
            nearby = tuple(sorted((names[one] for one in others if one not in own and one.startswith(f"{country}-")), key=fold))
            joined = tuple(sorted(members.get(city, []), key=fold))
            if tied or nearby or joined:
                found.append(Host(city, names[city], view.names[region], tied, nearby, joined, city in balanced))
        # whoever knows somebody there already is never cut off; otherwise the alphabet decides
        kept = [one for one in found if one.tied or one.nearby]
        rest = sorted((one for one in found if not (one.tied or one.nearby)), key=lambda one: fold(one.name))
        shown = sorted([*kept, *rest[: max(0, MOST - len(kept))]], key=lambda one: fold(one.name))
        if shown:
            groups.append((view.names[region], shown, len(found) - len(shown)))
    return groups


def find_experts(view: View) -> list[Expert]:
    """Experts of published rounds who allow to be asked again, by region and name; what was taken back is not there."""
    rows = Interview.objects.filter(round__state=Shown.PUBLISHED, region__in=[view.region, *view.told])
    found = []
    for one in rows.select_related("round__organisation").prefetch_related("consents"):
        name = name_expert(one, Purpose.CONTACT)
        if name:
            found.append(Expert(name, view.names.get(one.region, one.region), one.round.organisation.name))
    return sorted(found, key=lambda one: (one.region.casefold(), one.name.casefold()))


def _hosts_of(view: View) -> list[str]:
    """Regions to ask in: chosen or found, a coalfield before the districts around it."""
    coalfields = [one for one in view.told if one not in view.others]
    return [*dict.fromkeys([*coalfields, *view.others])] if not view.choices.beside else list(view.told)


def _ties_of(atlas: Atlas, cities: Sequence[str]) -> dict[str, list[str]]:
    ties = atlas.tie.select("city", "other")
    both = pl.concat([ties, ties.select(pl.col("other").alias("city"), pl.col("city").alias("other"))])
    found: dict[str, list[str]] = {}
    for city, other in both.filter(pl.col("city").is_in(list(cities))).unique().iter_rows():
        found.setdefault(city, []).append(other)
    return found


def _tabulate(view: View, hosts: Sequence[Host]) -> Twin:
    speech = view.speech
    rows = [
        {
            "region": host.region, "name": host.name, "city": host.city, "tied": _join(host.tied, speech),
            "nearby": _join(host.nearby, speech), "networks": _join(host.networks, speech),
        }
        for host in hosts
    ]  # fmt: skip
    columns = (
        Column("region", speech.label("analogue.region")),
        Column("name", speech.label("chart.city")),
        Column("tied", speech.sentence("web.region.people.tied", region=view.name)),
        Column("nearby", speech.label("web.region.people.nearby")),
        Column("networks", speech.label("web.cities.network")),
    )
    names = ("region", "name", "city", "tied", "nearby", "networks")
    return Twin(speech.label("web.region.people.table"), columns, pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)))


def _join(words: tuple[str, ...], speech: Speech) -> str | None:
    return speech.join(words) if words else None
