"""Which buildings does a person see? Those from publications, and those whose owners let everybody see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.sources.facts import load_facts
from citytandem.web.buildings.models import BuildingVersion, OwnBuilding, State
from citytandem.web.buildings.rows import RECORD, as_frame

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

OWN = re.compile(r".+:([1-9][0-9]{0,8})")
"""How the key of an owner's building looks among all buildings; see ``OwnBuilding.address``."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose building it is, and since when everybody may see which version of it."""

    pk: int
    name: str
    organisation: str
    city: str
    is_invented: bool
    licence: str
    published: dt.datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The buildings a person sees.

    Parameters
    ----------
    buildings
        Rows of :class:`~citytandem.tables.building.Building`, by name. The key of an owner's building ends with a colon
        and a number, so that it is nobody else's.
    values
        Rows of :class:`~citytandem.tables.building.BuildingValue` about them.
    owners
        Whose those are that do not come from a publication, by key.
    """

    buildings: pl.DataFrame
    values: pl.DataFrame
    owners: Mapping[str, Owner]

    @property
    def evidence(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Buildings and figures that may stand for others: without those that are invented."""
        invented = [key for key, owner in self.owners.items() if owner.is_invented]
        known = ~pl.col("building").is_in(invented)
        return self.buildings.filter(known), self.values.filter(known)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The readings of one building, and the outdoor temperatures that came with them."""

    meters: pl.DataFrame
    weather: pl.DataFrame


def visible_buildings(request: HttpRequest) -> Shown:
    """The buildings this person sees on public pages and through the interface, by name; asked once a request."""
    known: Shown | None = getattr(request, "_buildings", None)
    if known is None:
        known = request._buildings = _gather()  # type: ignore[attr-defined]  # noqa: SLF001 - one answer per request
    return known


def measured_of(building: str) -> Measured:
    """The monthly readings and temperatures everybody may see of one building; empty where none are."""
    hit = OWN.fullmatch(building)
    own = OwnBuilding.objects.filter(pk=int(hit[1]), state=State.PUBLISHED).select_related("shown").first() if hit else None
    if own is None or own.shown is None or own.address != building:
        return Measured(meters=as_frame("meters", rows=[]), weather=as_frame("weather", rows=[]))
    return measured_in(own.shown.tables, key=building)


def measured_in(tables: Mapping[str, Any], *, key: str) -> Measured:
    """The readings and temperatures of kept tables, under the key by which the building is known to others."""
    meters = as_frame("meters", rows=tables.get("meters", ()))
    return Measured(
        meters=meters.with_columns(pl.lit(key).alias("building")), weather=as_frame("weather", rows=tables.get("weather", ()))
    )


def show_draft(shown: Shown, *, building: OwnBuilding, version: BuildingVersion) -> Shown:
    """The same buildings with one version of an own one in its place, for the team to look at."""
    key, owner = building.address, tell_owner(building, number=version.number)
    others, values = (frame.filter(pl.col("building") != key) for frame in (shown.buildings, shown.values))
    mine = _read_version(version.tables, key=key)
    return _by_name([others, mine[0]], [values, mine[1]], owners={**shown.owners, key: owner})


def own_buildings(organisation: Organisation) -> QuerySet[OwnBuilding]:
    """The buildings of an organisation, by name."""
    return OwnBuilding.objects.filter(organisation=organisation).select_related("shown", "changed_by")


def latest_version(building: OwnBuilding) -> BuildingVersion:
    """The newest version; each building has one."""
    newest = building.versions.select_related("made_by").first()
    assert newest is not None, "a building is made with its first version"  # noqa: S101 - what actions hold
    return newest


def latest_tables(organisation: Organisation) -> dict[str, dict[str, Any]]:
    """The newest tables of every building of an organisation, by key."""
    return {one.key: latest_version(one).tables for one in own_buildings(organisation)}


def subject_of(building: OwnBuilding) -> str:
    """How the record of changes calls a building."""
    return f"building:{building.pk}"


def tell_owner(own: OwnBuilding, *, number: int) -> Owner:
    """Whose a building is."""
    return Owner(
        pk=own.pk, name=own.owner_name or own.organisation.name, organisation=own.organisation.name, city=own.organisation.city,
        is_invented=own.organisation.is_invented, licence=own.licence, published=own.published, version=number,
    )  # fmt: skip


def _gather() -> Shown:
    facts = load_facts()
    buildings, values, owners = [facts.pilot_building], [facts.pilot_building_value], {}
    published = OwnBuilding.objects.filter(state=State.PUBLISHED).exclude(shown=None)
    for own in published.select_related("organisation", "shown"):
        if own.shown is None:
            continue
        record, figures = _read_version(own.shown.tables, key=own.address)
        buildings.append(record)
        values.append(figures)
        owners[own.address] = tell_owner(own, number=own.shown.number)
    return _by_name(buildings, values, owners=owners)


def _read_version(tables: Mapping[str, Any], *, key: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    named = pl.lit(key).alias("building")
    record, values = as_frame("buildings", rows=[tables[RECORD]]), as_frame("values", rows=tables.get("values", ()))
    return record.with_columns(named), values.with_columns(named)


def _by_name(buildings: list[pl.DataFrame], values: list[pl.DataFrame], *, owners: Mapping[str, Owner]) -> Shown:
    return Shown(
        buildings=pl.concat(buildings).sort(pl.col("name").str.to_lowercase(), "building"),
        values=pl.concat(values).sort("building", "indicator", "state", "source"),
        owners=owners,
    )
