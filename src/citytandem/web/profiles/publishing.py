"""A city publishes what it says of itself as a version, compares versions, takes an older one up again, or withdraws."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.accounts.models import Organisation
from citytandem.web.live import bump
from citytandem.web.profiles.conflicts import ChangedMeanwhile, NothingNew
from citytandem.web.profiles.models import PowerCorrection, ProfileVersion, StageAnswer, Target
from citytandem.web.profiles.queries import content_of, version_seen

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User
    from citytandem.web.profiles.models import Kept

MODELS: dict[str, type[Kept]] = {"stages": StageAnswer, "corrections": PowerCorrection, "targets": Target}


def fingerprint(content: dict[str, Any]) -> str:
    """The hash by which a content is known.

    >>> fingerprint({"stages": []})[:8]
    '7e594bd6'
    """
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def publish(*, user: User, organisation: Organisation, shown: str, note: str = "") -> ProfileVersion:
    """Let everybody see what the team says now.

    Parameters
    ----------
    shown
        Fingerprint of what the person looked at before the button was pressed.

    Raises
    ------
    ChangedMeanwhile
        The team has said something else since.
    NothingNew
        It is what everybody sees already.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    content = content_of(organisation)
    if fingerprint(content) != shown:
        raise ChangedMeanwhile(None)
    seen = version_seen(organisation)
    if seen is not None and seen.sha256 == shown:
        raise NothingNew
    return _add(user=user, organisation=organisation, content=content, note=note, restored_from=None)


@transaction.atomic
def restore(*, user: User, version: ProfileVersion) -> ProfileVersion:
    """Publish an older version again as the newest; the team goes on from there."""
    organisation = Organisation.objects.select_for_update().get(pk=version.organisation_id)
    for name, model in MODELS.items():
        model._default_manager.filter(organisation=organisation).delete()  # noqa: SLF001 - Django's name
        for values in version.content[name]:
            model._default_manager.create(organisation=organisation, changed_by=user, **values)  # noqa: SLF001 - Django's name
    return _add(user=user, organisation=organisation, content=version.content, note=version.note, restored_from=version)


@transaction.atomic
def withdraw(*, user: User, organisation: Organisation) -> None:
    """Take everything the city said of itself out of sight; it stays among the versions, and with the team."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    seen = version_seen(organisation)
    if seen is None:
        return
    now = timezone.now()
    ProfileVersion.objects.filter(organisation=organisation, withdrawn=None).update(withdrawn=now)
    subject = f"profile_version:{seen.number}"
    record(user=user, action="profile.withdrawn", organisation=organisation, subject=subject, before={"sha256": seen.sha256})
    bump(taken_back=True)


def _add(
    *, user: User, organisation: Organisation, content: dict[str, Any], note: str, restored_from: ProfileVersion | None
) -> ProfileVersion:
    last = ProfileVersion.objects.filter(organisation=organisation).order_by("-number").first()
    made = ProfileVersion.objects.create(
        organisation=organisation,
        number=(last.number if last else 0) + 1,
        content=content,
        sha256=fingerprint(content),
        language=user.language,
        note=note,
        published_by=user,
        restored_from=restored_from,
    )
    action = "profile.restored" if restored_from else "profile.published"
    after = {"sha256": made.sha256, "from": restored_from.number if restored_from else None}
    record(user=user, action=action, organisation=organisation, subject=f"profile_version:{made.number}", after=after)
    bump()
    return made
