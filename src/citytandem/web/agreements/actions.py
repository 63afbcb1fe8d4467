"""What changes agreements and the work of a tandem; each change leaves its entry in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.agreements.models import (
    Agreement,
    AgreementState,
    LearningAnswer,
    Signature,
    Written,
)
from citytandem.web.programmes.models import Tandem, TandemState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from citytandem.web.accounts.models import Organisation, User

ROW = TypeVar("ROW", bound=Written)
MOST_THEMES = 3


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the form was made; ``now`` is how it stands, None if it was taken away."""

    def __init__(self, now: Written | None) -> None:
        super().__init__(getattr(now, "pk", None))
        self.now = now


class NotAllowedNow(Exception):
    """Its state does not allow this."""


@transaction.atomic
def keep(row: ROW, *, user: User, organisation: Organisation, version: int, values: Mapping[str, Any]) -> ROW:
    """Write a row of a tandem's work down, or other words for one.

    Parameters
    ----------
    row
        A row that is not saved yet, with what it belongs to; or one that stands.
    organisation
        For whom the person acts; its record gets the entry.
    version
        The version the form was made from; 0 for a new row.

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
    """Take a row away. Raises as :func:`keep`."""
    own = _hold(row, version=version)
    _note(own, user=user, organisation=organisation, action="removed", before=tell(own), after={})
    own.delete()


@transaction.atomic
def keep_agreement(
    agreement: Agreement,
    *,
    user: User,
    organisation: Organisation,
    version: int,
    values: Mapping[str, Any],
    themes: Iterable[Mapping[str, Any]],
) -> Agreement:
    """Write a draft of an agreement with its themes, at most three.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        It is out for signing already; take it back first.
    """
    if agreement.pk is not None and _hold(agreement, version=version).state != AgreementState.DRAFT:
        raise NotAllowedNow
    own = keep(agreement, user=user, organisation=organisation, version=version, values=values)
    own.themes.all().delete()
    for theme in list(themes)[:MOST_THEMES]:
        own.themes.create(**theme)
    return own


@transaction.atomic
def send_to_sign(agreement: Agreement, *, user: User, organisation: Organisation, version: int) -> Agreement:
    """Fix the words, so that all sign the same. Raises as :func:`keep_agreement`; also without a theme."""
    own = _hold(agreement, version=version)
    if own.state != AgreementState.DRAFT or not own.themes.exists():
        raise NotAllowedNow
    return _move(own, AgreementState.SIGNING, user=user, organisation=organisation)


@transaction.atomic
def take_back(agreement: Agreement, *, user: User, organisation: Organisation, version: int) -> Agreement:
    """Make it a draft again. Signatures under other words would be worth nothing, so they go.

    Raises as :func:`keep_agreement`.
    """
    own = _hold(agreement, version=version)
    if own.state != AgreementState.SIGNING:
        raise NotAllowedNow
    own.signatures.all().delete()
    return _move(own, AgreementState.DRAFT, user=user, organisation=organisation)


@transaction.atomic
def sign(
    agreement: Agreement, *, user: User, organisation: Organisation, version: int, name: str, office: str, on: date
) -> Agreement:
    """Note that one side has signed. When all have, it runs, and the tandem with it.

    Raises
    ------
    ChangedMeanwhile
        Its words were changed since ``version``: read them again.
    NotAllowedNow
        It is not out for signing, the organisation is no side of it, or has signed.
    """
    own = _hold(agreement, version=version)
    sides = set(own.tandem.sides.values_list("organisation_id", flat=True))
    signed = set(own.signatures.values_list("organisation_id", flat=True))
    if own.state != AgreementState.SIGNING or organisation.pk not in sides or organisation.pk in signed:
        raise NotAllowedNow
    Signature.objects.create(agreement=own, organisation=organisation, name=name, office=office, on=on, noted_by=user)
    _note(own, user=user, organisation=organisation, action="signed", before=None)
    if sides <= signed | {organisation.pk}:
        _move(own, AgreementState.SIGNED, user=user, organisation=organisation)
        Tandem.objects.filter(pk=own.tandem_id, state=TandemState.AGREED).update(state=TandemState.RUNNING)
    return own


@transaction.atomic
def end_agreement(agreement: Agreement, *, user: User, organisation: Organisation, version: int, because: str) -> Agreement:
    """End it before its time or at its end, and say why. Raises as :func:`keep_agreement`."""
    own = _hold(agreement, version=version)
    if own.state != AgreementState.SIGNED:
        raise NotAllowedNow
    own.ended_because = because
    return _move(own, AgreementState.ENDED, user=user, organisation=organisation)


@transaction.atomic
def renew(agreement: Agreement, *, user: User, organisation: Organisation, starts: date, ends: date | None) -> Agreement:
    """A new draft with the same words and themes, which names the one before."""
    if agreement.state not in {AgreementState.SIGNED, AgreementState.ENDED}:
        raise NotAllowedNow
    words = {
        name: getattr(agreement, name)
        for name in ("kind", "language", "purpose", "contributions", "costs", "data_sharing", "working", "leaving")
    }
    names = ("measure", "title", "indicator", "baseline", "unit", "year", "source", "aim")
    themes = [{name: getattr(theme, name) for name in names} for theme in agreement.themes.all()]
    fresh = Agreement(tandem=agreement.tandem, before=agreement)
    return keep_agreement(
        fresh, user=user, organisation=organisation, version=0, values={**words, "starts": starts, "ends": ends}, themes=themes
    )


@transaction.atomic
def answer_items(*, user: User, organisation: Organisation, tandem: Tandem, moment: str, levels: Mapping[str, int]) -> None:
    """Keep what a person says about their learning. Who said what is no business of the record: only that somebody did."""
    for item, level in levels.items():
        LearningAnswer.objects.update_or_create(
            tandem=tandem, moment=moment, item=item, user=user, defaults={"level": level, "said": timezone.now()}
        )
    subject = f"tandem:{tandem.pk}"
    record(user=None, action="tandem.learning_answered", organisation=organisation, subject=subject, after={"moment": moment})


def tell(row: Written) -> dict[str, Any]:
    """A row as plain values for the record."""
    quiet = {"id", "version", "created", "created_by", "changed", "changed_by"}
    return {name: str(value) for name, value in model_to_dict(row).items() if name not in quiet}


def _hold(row: ROW, *, version: int) -> ROW:
    now = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()  # noqa: SLF001 - Django's name
    if now is None or now.version != version:
        raise ChangedMeanwhile(now)
    return now


def _move(own: Agreement, state: AgreementState, *, user: User, organisation: Organisation) -> Agreement:
    before, own.state = tell(own), state
    _save(own, user=user)
    _note(own, user=user, organisation=organisation, action=str(state), before=before)
    return own


def _save(own: Written, *, user: User) -> None:
    if own.pk is None:
        own.version, own.created_by = 0, user
    own.version += 1
    own.changed, own.changed_by = timezone.now(), user
    own.save()


def _note(own: Written, *, user: User, organisation: Organisation, action: str, before: Any, after: Any = None) -> None:
    kind = own._meta.model_name
    record(
        user=user, action=f"tandem.{kind}_{action}", organisation=organisation, subject=f"{kind}:{own.pk}", before=before,
        after=tell(own) if after is None else after,
    )  # fmt: skip
