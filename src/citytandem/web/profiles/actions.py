"""What changes the words of a team about its city; each change leaves its entry in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.accounts.models import Organisation
from citytandem.web.live import bump
from citytandem.web.profiles.conflicts import ChangedMeanwhile
from citytandem.web.profiles.models import Comment, Kept, PowerCorrection, ReminderChoice, Reply, StageAnswer, Target

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User

KEPT = TypeVar("KEPT", bound=Kept)


def save_answer(*, user: User, organisation: Organisation, measure: str, version: int, values: dict[str, Any]) -> StageAnswer:
    """Keep what the team says of a measure: said, year, evidence, remark.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``; 0 is for a measure without an answer.
    """
    key = {"measure": measure}
    return _keep(
        StageAnswer, key, user=user, organisation=organisation, version=version, values=values, subject=f"stage:{measure}"
    )


def save_correction(
    *, user: User, organisation: Organisation, asset: str, dimension: str, version: int, values: dict[str, Any]
) -> PowerCorrection:
    """Keep what the city may do: level, law, law_date, reason, link. Raises as :func:`save_answer`."""
    key = {"asset": asset, "dimension": dimension}
    subject = f"power:{asset}.{dimension}"
    return _keep(PowerCorrection, key, user=user, organisation=organisation, version=version, values=values, subject=subject)


@transaction.atomic
def save_target(*, user: User, organisation: Organisation, target: Target | None, version: int, values: dict[str, Any]) -> Target:
    """Keep a target, a new one if None. Raises as :func:`save_answer`."""
    _hold(organisation)
    own = Target.objects.filter(pk=target.pk, organisation=organisation).first() if target else None
    if target is not None and (own is None or own.version != version):
        raise ChangedMeanwhile(own)
    before = _tell(own)
    own = own or Target(organisation=organisation, version=0)
    _write(own, user=user, values=values)
    record(
        user=user, action="profile.target", organisation=organisation, subject=f"target:{own.pk}", before=before, after=_tell(own)
    )
    return own


@transaction.atomic
def remove(*, user: User, own: Kept, version: int) -> None:
    """Take back a correction or a target. What is published stays until the next publication.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    """
    _hold(own.organisation)
    now = type(own)._default_manager.filter(pk=own.pk).first()  # noqa: SLF001 - Django's name
    if now is None or now.version != version:
        raise ChangedMeanwhile(now)
    if isinstance(now, PowerCorrection):
        action, subject = "profile.power_removed", f"power:{now.asset}.{now.dimension}"
    else:
        action, subject = "profile.target_removed", f"target:{now.pk}"
    record(user=user, action=action, organisation=own.organisation, subject=subject, before=_tell(now))
    now.delete()


@transaction.atomic
def add_comment(*, user: User, organisation: Organisation, measure: str, text: str) -> Comment:
    """Say a word among the team."""
    made = Comment.objects.create(organisation=organisation, measure=measure, text=text, said_by=user)
    subject = f"stage:{measure}"
    record(user=user, action="profile.comment", organisation=organisation, subject=subject, after={"comment": made.pk})
    return made


@transaction.atomic
def reply(*, user: User, organisation: Organisation, section: str, figure: str, values: dict[str, Any]) -> Reply:
    """Stand beside a statement with words of the city; everybody sees them at once."""
    made = Reply.objects.create(
        organisation=organisation, city=organisation.city, section=section, figure=figure, said_by=user, **values
    )
    after = {"section": section, "figure": figure, **values}
    record(user=user, action="reply.published", organisation=organisation, subject=f"reply:{made.pk}", after=after)
    bump()
    return made


@transaction.atomic
def withdraw_reply(*, user: User, own: Reply) -> None:
    """Take a reply out of sight at once; what it said stays in the record."""
    held = Reply.objects.select_for_update().get(pk=own.pk)
    if held.withdrawn is None:
        held.withdrawn, held.withdrawn_by = timezone.now(), user
        held.save(update_fields=["withdrawn", "withdrawn_by"])
        before = {"section": held.section, "figure": held.figure, "text": held.text, "link": held.link}
        record(user=user, action="reply.withdrawn", organisation=held.organisation, subject=f"reply:{held.pk}", before=before)
        bump(taken_back=True)


@transaction.atomic
def choose_reminders(*, user: User, wanted: bool) -> None:
    """Say whether letters about what is due are welcome."""
    choice, _ = ReminderChoice.objects.get_or_create(user=user)
    if choice.wanted != wanted:
        choice.wanted = wanted
        choice.save(update_fields=["wanted"])
        record(user=user, action="person.reminders", subject=f"person:{user.pk}", after={"wanted": wanted})


@transaction.atomic
def _keep(
    model: type[KEPT],
    key: dict[str, str],
    *,
    user: User,
    organisation: Organisation,
    version: int,
    values: dict[str, Any],
    subject: str,
) -> KEPT:
    _hold(organisation)
    own = model._default_manager.filter(organisation=organisation, **key).first()  # noqa: SLF001 - Django's name
    if own is not None and all(getattr(own, name) == value for name, value in values.items()):
        return own  # said already, by whomever
    if (own.version if own else 0) != version:
        raise ChangedMeanwhile(own)
    before = _tell(own)
    own = own or model(organisation=organisation, version=0, **key)
    _write(own, user=user, values=values)
    action = "profile.stage" if model is StageAnswer else "profile.power"
    record(user=user, action=action, organisation=organisation, subject=subject, before=before, after=_tell(own))
    return own


def _hold(organisation: Organisation) -> None:
    """One change of a team's words at a time."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _write(own: Kept, *, user: User, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(own, name, value)
    own.version += 1
    own.changed, own.changed_by = timezone.now(), user
    own.save()


def _tell(own: Kept | None) -> dict[str, Any] | None:
    """What is said, without whose it is and when."""
    if own is None:
        return None
    told = model_to_dict(own, exclude=["id", "organisation", "version", "changed", "changed_by"])
    return {name: value if isinstance(value, bool | int | float | str | None) else str(value) for name, value in told.items()}
