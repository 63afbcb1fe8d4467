"""What changes pilot programmes and the way of their cities; each change leaves its entry in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.agreements.actions import ChangedMeanwhile, NotAllowedNow
from citytandem.web.agreements.models import Written
from citytandem.web.pilots import storage
from citytandem.web.pilots.models import (
    Evidence,
    PilotCity,
    PilotProgramme,
    ProgrammeState,
    SiteFinding,
    Stage,
    StageStep,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from citytandem.web.accounts.models import Organisation, User
    from citytandem.web.pilots.models import Milestone

ROW = TypeVar("ROW", bound=Written)
NEXT = {
    "open": ((ProgrammeState.DRAFT,), ProgrammeState.OPEN),
    "start": ((ProgrammeState.DRAFT, ProgrammeState.OPEN), ProgrammeState.RUNNING),
    "close": ((ProgrammeState.OPEN, ProgrammeState.RUNNING), ProgrammeState.CLOSED),
    "reopen": ((ProgrammeState.CLOSED,), ProgrammeState.RUNNING),
}
"""The steps of a programme: from which states, to which."""
QUIET = {"id", "version", "created", "created_by", "changed", "changed_by", "contact_name", "contact_email"}
"""What the record does not repeat: how a row is kept, and who a person is."""


@transaction.atomic
def keep(row: ROW, *, user: User, organisation: Organisation, version: int, values: Mapping[str, Any]) -> ROW:
    """Write a row down, or other words for one.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    """
    own, before = row, None
    if row.pk is not None:
        own = _hold(row, version=version)
        before = tell(own)
    for name, value in values.items():
        setattr(own, name, value)
    _save(own, user=user)
    _note(own, user=user, organisation=organisation, action="kept", before=before)
    return own


@transaction.atomic
def remove(row: Written, *, user: User, organisation: Organisation, version: int) -> None:
    """Take a row away; the record keeps what it said. Raises as :func:`keep`.

    NotAllowedNow
        A city that was certified stays, and so does a stage that a city has reached: let the city leave instead.
    """
    own = _hold(row, version=version)
    if isinstance(own, PilotCity) and (own.decisions.exists() or own.evidence.exists()):
        raise NotAllowedNow
    if isinstance(own, Stage) and (own.steps.exists() or own.cities.exists()):
        raise NotAllowedNow
    _note(own, user=user, organisation=organisation, action="removed", before=tell(own), after={})
    own.delete()


@transaction.atomic
def begin_programme(
    *, user: User, organisation: Organisation, values: Mapping[str, Any], stages: Iterable[tuple[str, str]]
) -> PilotProgramme:
    """A new programme as a draft, with stages to change: title and what is demanded for each."""
    made = keep(PilotProgramme(organisation=organisation), user=user, organisation=organisation, version=0, values=values)
    for order, (title, demanded) in enumerate(stages, start=1):
        values_of_stage = {"order": order, "title": title, "demanded": demanded}
        keep(Stage(programme=made), user=user, organisation=organisation, version=0, values=values_of_stage)
    return made


@transaction.atomic
def move_programme(
    programme: PilotProgramme, *, step: str, user: User, organisation: Organisation, version: int
) -> PilotProgramme:
    """Open, start, close or reopen. Raises as :func:`keep`; NotAllowedNow where its state does not allow it."""
    own = _hold(programme, version=version)
    before, after = NEXT[step]
    if own.state not in before or (after != ProgrammeState.CLOSED and not own.stages.exists()):
        raise NotAllowedNow
    return keep(own, user=user, organisation=organisation, version=own.version, values={"state": after})


@transaction.atomic
def take_in(pilot: PilotCity, *, user: User, organisation: Organisation, version: int, values: Mapping[str, Any]) -> PilotCity:
    """Take a city in, or change what is written of it. A new one begins in the first stage. Raises as :func:`keep`."""
    is_new = pilot.pk is None
    own = keep(pilot, user=user, organisation=organisation, version=version, values=values)
    first = own.programme.stages.first()
    if is_new and own.stage_id is None and first is not None:
        own = move_stage(own, stage=first, on=own.joined, user=user, organisation=organisation)
    return own


@transaction.atomic
def move_stage(pilot: PilotCity, *, stage: Stage, on: date, user: User, organisation: Organisation) -> PilotCity:
    """Note that a city reached a stage; one it was in before stays in its history. NotAllowedNow for a stage of elsewhere."""
    own = PilotCity.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pilot.pk)
    if stage.programme_id != own.programme_id or own.left is not None or on < own.joined:
        raise NotAllowedNow
    StageStep.objects.create(pilot=own, stage=stage, on=on, noted_by=user)
    own.stage = stage
    _save(own, user=user)
    record(
        user=user, action="pilot.stage_reached", organisation=organisation, city=own.city, subject=f"pilotcity:{own.pk}",
        after={"stage": stage.title, "on": on.isoformat()},
    )  # fmt: skip
    return own


@transaction.atomic
def send_evidence(
    pilot: PilotCity, *, user: User, organisation: Organisation, raw: bytes, name: str, title: str,
    milestone: Milestone | None = None, criterion: str = "",
) -> Evidence:  # fmt: skip
    """Keep a file under its hash, with who sent it and when.

    Raises
    ------
    NotAllowedNow
        A kind of file that is not taken, one that is too large, or one too many.
    """
    kind = storage.find_kind(name, raw=raw)
    count = Evidence.objects.filter(pilot=pilot).count()
    if kind is None or not 0 < len(raw) <= storage.MOST_BYTES or count >= storage.MOST_FILES or pilot.left is not None:
        raise NotAllowedNow
    made = Evidence.objects.create(
        pilot=pilot, milestone=milestone, criterion=criterion, title=title or name, name=name[-200:], kind=kind, size=len(raw),
        sha256=storage.keep_file(raw), sent_for=organisation, sent_by=user,
    )  # fmt: skip
    after = {"title": made.title, "sha256": made.sha256, "size": made.size, "pilot": pilot.pk}
    record(
        user=user, action="pilot.evidence_sent", organisation=organisation, city=pilot.city, subject=f"evidence:{made.pk}",
        after=after,
    )  # fmt: skip
    return made


@transaction.atomic
def take_back(evidence: Evidence, *, user: User, organisation: Organisation) -> None:
    """A file is no evidence any more; that it was there stays known. NotAllowedNow for one another side sent."""
    own = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if own.sent_for_id != organisation.pk or own.taken_back is not None:
        raise NotAllowedNow
    own.taken_back = timezone.now()
    own.save(update_fields=["taken_back"])
    record(user=user, action="pilot.evidence_taken_back", organisation=organisation, subject=f"evidence:{own.pk}")


@transaction.atomic
def answer_finding(
    finding: SiteFinding, *, user: User, organisation: Organisation, version: int, answer: str, on: date
) -> SiteFinding:
    """What the city says to a finding. Raises as :func:`keep`; NotAllowedNow once it is settled."""
    if finding.closed is not None:
        raise NotAllowedNow
    values = {"answer": answer, "answered": on}
    return keep(finding, user=user, organisation=organisation, version=version, values=values)


@transaction.atomic
def close_finding(
    finding: SiteFinding, *, user: User, organisation: Organisation, version: int, because: str, on: date
) -> SiteFinding:
    """The office settles a finding and says why. Raises as :func:`answer_finding`."""
    if finding.closed is not None:
        raise NotAllowedNow
    values = {"closed": on, "closed_because": because}
    return keep(finding, user=user, organisation=organisation, version=version, values=values)


def tell(row: Written) -> dict[str, Any]:
    """A row as plain values for the record, without who a person is."""
    return {name: str(value) for name, value in model_to_dict(row).items() if name not in QUIET}


def _hold(row: ROW, *, version: int) -> ROW:
    now = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()  # noqa: SLF001 - Django's name
    if now is None or now.version != version:
        raise ChangedMeanwhile(now)
    return now


def _save(own: Written, *, user: User) -> None:
    if own.pk is None:
        own.version, own.created_by = 0, user
    own.version += 1
    own.changed, own.changed_by = timezone.now(), user
    own.save()


def _note(own: Written, *, user: User, organisation: Organisation, action: str, before: Any, after: Any = None) -> None:
    kind = own._meta.model_name
    record(
        user=user, action=f"pilot.{kind}_{action}", organisation=organisation, subject=f"{kind}:{own.pk}", before=before,
        after=tell(own) if after is None else after,
    )  # fmt: skip
