"""What people do with buildings of their own: bring them, put single values right, take an older version up, delete for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.buildings.models import BuildingVersion, Made, OwnBuilding, State
from citytandem.web.buildings.queries import subject_of
from citytandem.web.buildings.rows import RECORD
from citytandem.web.live import bump

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.web.accounts.models import Organisation, User

MOST_BUILDINGS = 500


class ChangedMeanwhile(Exception):
    """The building was changed since the form was made."""


class NotAllowedNow(Exception):
    """The building's state does not allow this; ``reason`` is the key of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def bring_buildings(
    *,
    user: User,
    organisation: Organisation,
    tables: Mapping[str, Mapping[str, Any]],
    files: str,
    warnings: Mapping[str, int],
) -> list[OwnBuilding]:
    """Keep the tables of each building as a new version; buildings that are new are made. What is published stays as it is.

    Raises
    ------
    NotAllowedNow
        There would be more buildings than one organisation can hold here.
    """
    known = {one.key: one for one in OwnBuilding.objects.select_for_update().filter(organisation=organisation)}
    if len(known.keys() | tables.keys()) > MOST_BUILDINGS:
        reason = "web.building.refused.full"
        raise NotAllowedNow(reason)
    kept = []
    for key, own in tables.items():
        building = known.get(key)
        if building is None:
            building = OwnBuilding.objects.create(
                organisation=organisation, key=key, name=own[RECORD]["name"], version=0, changed_by=user
            )
        add_version(building, tables=own, user=user, made_as=Made.BROUGHT, files=files, warnings=warnings.get(key, 0))
        kept.append(building)
    return kept


@transaction.atomic
def change_tables(
    *, user: User, building: OwnBuilding, version: int, tables: Mapping[str, Any], made_as: Made, warnings: int
) -> BuildingVersion:
    """Keep what a form changed as a new version.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed the building since ``version``.
    """
    own = hold(building, version=version)
    return add_version(own, tables=tables, user=user, made_as=made_as, warnings=warnings)


@transaction.atomic
def restore_version(*, user: User, building: OwnBuilding, version: int, older: BuildingVersion) -> BuildingVersion:
    """Take an older version up again as the newest one.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed the building since ``version``.
    """
    own = hold(building, version=version)
    return add_version(own, tables=older.tables, user=user, made_as=Made.RESTORED, warnings=older.warnings)


@transaction.atomic
def publish_building(*, user: User, building: OwnBuilding, version: int, owner_name: str, licence: str) -> OwnBuilding:
    """Let everybody see the newest version, under the name of its owner; those who send the form have agreed to it.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed the building since ``version``.
    """
    own = hold(building, version=version)
    before = own.state
    own.state, own.shown, own.owner_name, own.licence = State.PUBLISHED, own.versions.first(), owner_name, licence
    own.published, own.published_by = timezone.now(), user
    _save(own, user=user)
    record(
        user=user, action="building.published", organisation=own.organisation, subject=subject_of(own), before={"state": before},
        after={"version": own.shown.number if own.shown else None, "owner": owner_name, "licence": licence, "consent": True},
    )  # fmt: skip
    bump()
    return own


@transaction.atomic
def withdraw_building(*, user: User, building: OwnBuilding, version: int) -> OwnBuilding:
    """Take a building out of sight at once; its versions stay with the team.

    Raises
    ------
    ChangedMeanwhile, NotAllowedNow
        Somebody else changed it since ``version``, or nobody sees it.
    """
    own = hold(building, version=version)
    if own.state != State.PUBLISHED:
        reason = "web.building.refused.not_published"
        raise NotAllowedNow(reason)
    own.state, own.shown = State.WITHDRAWN, None
    _save(own, user=user)
    record(user=user, action="building.withdrawn", organisation=own.organisation, subject=subject_of(own))
    bump(taken_back=True)
    return own


@transaction.atomic
def erase_building(*, user: User, building: OwnBuilding) -> None:
    """Delete a building with all its versions for good. What stays is the record of who did what with it."""
    was_seen = building.state == State.PUBLISHED
    record(user=user, action="building.erased", organisation=building.organisation, subject=subject_of(building))
    building.delete()
    if was_seen:
        bump(taken_back=True)


def hold(building: OwnBuilding, *, version: int) -> OwnBuilding:
    """The building as it stands now, held until the end of the transaction.

    Raises
    ------
    ChangedMeanwhile
        It is not at ``version`` any more.
    """
    own = OwnBuilding.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=building.pk)
    if own.version != version:
        raise ChangedMeanwhile
    return own


def add_version(
    own: OwnBuilding, *, tables: Mapping[str, Any], user: User, made_as: Made, files: str = "", warnings: int = 0
) -> BuildingVersion:
    """The next version of a building that is held."""
    latest = own.versions.first()
    number = latest.number + 1 if latest else 1
    made = BuildingVersion.objects.create(
        building=own, number=number, made_as=made_as, files=files[:400], tables=dict(tables), warnings=warnings, made_by=user
    )
    own.name = tables[RECORD]["name"]
    _save(own, user=user)
    record(
        user=user, action=f"building.{made_as}", organisation=own.organisation, subject=subject_of(own),
        after={"version": number, "files": files[:400]},
    )  # fmt: skip
    return made


def _save(own: OwnBuilding, *, user: User) -> None:
    own.version += 1
    own.changed, own.changed_by = timezone.now(), user
    own.save()
