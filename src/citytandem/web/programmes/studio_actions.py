"""What changes the studio's rules, and what makes proposals of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from citytandem.web.accounts.actions import record
from citytandem.web.programmes.actions import NotAllowedNow, name_programme
from citytandem.web.programmes.cards import keep_card
from citytandem.web.programmes.models import PairRule, Stage
from citytandem.web.programmes.proposing import propose_tandem
from citytandem.web.programmes.queries import candidates_of
from citytandem.web.programmes.runs import MATCHED_IN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.web.accounts.models import User
    from citytandem.web.programmes.models import MatchRun, Programme, Tandem


@transaction.atomic
def add_rule(*, user: User | None, programme: Programme, pair: tuple[int, int], kind: str, reason: str) -> PairRule:
    """Fix that two are together, or that they are not, with a reason.

    Raises
    ------
    NotAllowedNow
        The pair has a rule already, or one of the two is not let in.
    """
    one, other = sorted(pair)
    known = set(candidates_of(programme).filter(pk__in=pair).values_list("pk", flat=True))
    if known != {one, other} or PairRule.objects.filter(programme=programme, one=one, other=other).exists():
        raise NotAllowedNow
    made = PairRule.objects.create(programme=programme, one_id=one, other_id=other, kind=kind, reason=reason, created_by=user)
    after = {"pair": [one, other], "kind": kind, "reason": reason}
    record(user=user, action="studio.rule", organisation=programme.organisation, subject=name_programme(programme), after=after)
    return made


@transaction.atomic
def drop_rule(*, user: User | None, rule: PairRule) -> None:
    """Take a pin or a ban back."""
    programme = rule.programme
    before = {"pair": [rule.one_id, rule.other_id], "kind": rule.kind, "reason": rule.reason}
    record(
        user=user,
        action="studio.rule_dropped",
        organisation=programme.organisation,
        subject=name_programme(programme),
        before=before,
    )
    rule.delete()


@transaction.atomic
def propose_groups(*, user: User | None, run: MatchRun, groups: Sequence[int]) -> list[Tandem]:
    """Make proposals of groups of a run; those that are asked or together already stay as they are.

    Raises
    ------
    NotAllowedNow
        The run is not done, the call is still open, or a member is not let in any more.
    """
    if run.stage != Stage.DONE or run.programme.state not in MATCHED_IN or not groups:
        raise NotAllowedNow
    frame = run.result["frames"]["groups"]
    rows = list(zip(frame["group"], frame["participant"], frame["part"], strict=True))
    known = {str(one.pk): one.organisation for one in candidates_of(run.programme)}
    made = []
    for number in dict.fromkeys(groups):
        members = [(who, part) for group, who, part in rows if group == number]
        if not members or any(who not in known for who, _ in members):
            raise NotAllowedNow
        keys = {who for who, _ in members}
        cards = [card for pair, card in run.result["cards"].items() if set(pair.split(":")) <= keys]
        card = keep_card(cards, sides={who: known[who] for who in keys})
        sides = [(known[who], part) for who, part in members]
        try:
            made.append(propose_tandem(user=user, programme=run.programme, sides=sides, card=card, run=run))
        except NotAllowedNow:
            continue
    return made
