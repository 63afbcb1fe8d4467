"""What changes a tandem: proposed by the network, answered by each side, begun, ended, shown or not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.live import bump
from citytandem.web.programmes.actions import NotAllowedNow
from citytandem.web.programmes.models import Consent, Side, Tandem, TandemState
from citytandem.web.programmes.queries import SHOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.web.accounts.models import Organisation, User
    from citytandem.web.programmes.models import MatchRun, Programme

TANDEM_STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    "begin": ((TandemState.AGREED,), TandemState.RUNNING),
    "end": ((TandemState.AGREED, TandemState.RUNNING), TandemState.ENDED),
}
LIVING = (TandemState.PROPOSED, TandemState.AGREED, TandemState.RUNNING)
"""Tandems that bind their sides now."""


@transaction.atomic
def propose_tandem(
    *, user: User | None, programme: Programme, sides: Sequence[tuple[Organisation, str]], card: dict[str, Any],
    run: MatchRun | None = None,
) -> Tandem:  # fmt: skip
    """Ask two or more organisations whether they want to learn with each other; each with its part in it.

    Raises
    ------
    NotAllowedNow
        The same organisations are asked already, or are together.
    """
    asked = {organisation.pk for organisation, _ in sides}
    for one in Tandem.objects.filter(programme=programme, state__in=LIVING).prefetch_related("sides"):
        if {side.organisation_id for side in one.sides.all()} == asked:
            raise NotAllowedNow
    until = timezone.now() + dt.timedelta(days=programme.answer_days)
    made = Tandem.objects.create(programme=programme, run=run, card=card, answer_until=until)
    Side.objects.bulk_create(Side(tandem=made, organisation=organisation, part=part) for organisation, part in sides)
    after = {"organisations": sorted(asked), "answer_until": until.isoformat()}
    for organisation in (programme.organisation, *(organisation for organisation, _ in sides)):
        record(user=user, action="tandem.proposed", organisation=organisation, subject=name_tandem(made), after=after)
    return made


@transaction.atomic
def answer_proposal(*, user: User | None, side: Side, says_yes: bool, note: str = "", may_be_shown: bool = False) -> Tandem:
    """Say yes or no for one side. All yes make it agreed, one no declines it; until then an answer can be changed.

    Raises
    ------
    NotAllowedNow
        It is not a proposal any more.
    """
    own = Tandem.objects.select_for_update().get(pk=side.tandem_id)
    if own.state != TandemState.PROPOSED:
        raise NotAllowedNow
    side.consent, side.note = Consent.YES if says_yes else Consent.NO, note
    side.may_be_shown = says_yes and may_be_shown
    side.said, side.said_by = timezone.now(), user
    side.save()
    said = set(own.sides.values_list("consent", flat=True))
    if said == {Consent.YES}:
        own.state = TandemState.AGREED
    elif Consent.NO in said:
        own.state = TandemState.DECLINED
    own.save(update_fields=["state"])
    after = {"consent": side.consent, "state": own.state, "may_be_shown": side.may_be_shown}
    record(user=user, action="tandem.answered", organisation=side.organisation, subject=name_tandem(own), after=after)
    if own.state == TandemState.AGREED:
        bump()
    return own


@transaction.atomic
def choose_shown(*, user: User | None, side: Side, may_be_shown: bool) -> None:
    """Let everybody see that a side takes part, or not any more; at once.

    Raises
    ------
    NotAllowedNow
        Not every side has agreed.
    """
    own = Tandem.objects.select_for_update().get(pk=side.tandem_id)
    if own.state not in SHOWN:
        raise NotAllowedNow
    before, side.may_be_shown = side.may_be_shown, may_be_shown
    side.save(update_fields=["may_be_shown"])
    record(
        user=user, action="tandem.shown", organisation=side.organisation, subject=name_tandem(own),
        before={"may_be_shown": before}, after={"may_be_shown": may_be_shown},
    )  # fmt: skip
    bump(taken_back=not may_be_shown)


@transaction.atomic
def move_tandem(*, user: User | None, tandem: Tandem, step: str) -> Tandem:
    """Begin the work of a tandem, or end it.

    Raises
    ------
    NotAllowedNow
        Its state does not allow the step.
    """
    own = Tandem.objects.select_for_update().get(pk=tandem.pk)
    froms, to = TANDEM_STEPS[step]
    if own.state not in froms:
        raise NotAllowedNow
    before, own.state = own.state, to
    own.save(update_fields=["state"])
    record(
        user=user, action=f"tandem.{step}", organisation=tandem.programme.organisation, subject=name_tandem(own),
        before={"state": before}, after={"state": own.state},
    )  # fmt: skip
    bump()
    return own


@transaction.atomic
def take_back(*, user: User | None, tandem: Tandem) -> None:
    """Withdraw a proposal that is not agreed; it counts as declined.

    Raises
    ------
    NotAllowedNow
        It is not a proposal any more.
    """
    own = Tandem.objects.select_for_update().get(pk=tandem.pk)
    if own.state != TandemState.PROPOSED:
        raise NotAllowedNow
    own.state = TandemState.DECLINED
    own.save(update_fields=["state"])
    record(user=user, action="tandem.taken_back", organisation=tandem.programme.organisation, subject=name_tandem(own))


def name_tandem(own: Tandem) -> str:
    """How a tandem is named in the record."""
    return f"tandem:{own.pk}"
