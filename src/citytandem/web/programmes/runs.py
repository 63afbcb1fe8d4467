"""The runs of the studio: started, computed beside the requests where they are large, kept, never overwritten."""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_tasks import task

from citytandem.findings import CannotCompute
from citytandem.web.accounts.actions import record
from citytandem.web.live import atlas_of_everybody
from citytandem.web.programmes.acquaintances import list_acquaintances
from citytandem.web.programmes.actions import NotAllowedNow, name_programme
from citytandem.web.programmes.cards import write_cards
from citytandem.web.programmes.matching import gather_material, judge, key_of, list_words, match_all
from citytandem.web.programmes.models import Application, ApplicationState, MatchRun, RunKind, Stage, State
from citytandem.web.programmes.queries import candidates_of
from citytandem.web.programmes.results import keep_change, keep_matched, open_matched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.science.partners.matching import Change, Matched
    from citytandem.web.accounts.models import User
    from citytandem.web.programmes.models import Programme

SEED = 2026
AT_ONCE = 60
"""Up to so many participants are matched in the request that asks for it; it takes a second or two."""
LOST_AFTER = dt.timedelta(minutes=15)
MATCHED_IN = (State.MATCHING, State.RUNNING)
log = logging.getLogger(__name__)


@transaction.atomic
def start_run(
    *, user: User | None, programme: Programme, asked: Mapping[str, Any], kind: str = RunKind.MATCH, base: MatchRun | None = None
) -> MatchRun:
    """Write down what is asked for, under the next number; the answer follows.

    Raises
    ------
    NotAllowedNow
        The call is not closed, or fewer than two are let in.
    """
    if programme.state not in MATCHED_IN or candidates_of(programme).count() < 2:
        raise NotAllowedNow
    last = MatchRun.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
    made = MatchRun.objects.create(
        programme=programme, number=last + 1, kind=kind, base=base, asked=dict(asked), seed=SEED, created_by=user,
        code_version=version("citytandem"),
    )  # fmt: skip
    record(
        user=user, action="run.started", organisation=programme.organisation, subject=name_programme(programme),
        after={"run": made.number, "kind": kind, "base": base.number if base else None},
    )  # fmt: skip
    return made


def run_now_or_later(run: MatchRun) -> None:
    """Compute a small run at once, and leave a large one to the worker."""
    if candidates_of(run.programme).count() <= AT_ONCE:
        compute_run.call(run.pk)
    else:
        transaction.on_commit(partial(compute_run.enqueue, run.pk))


@task()
def compute_run(run: int) -> None:
    """Fill a run with its answer; one that has an answer stays as it is."""
    own = MatchRun.objects.select_related("programme__organisation", "base").filter(pk=run).first()
    if own is None or own.stage in {Stage.DONE, Stage.FAILED}:
        return
    _say(own, 0)
    try:
        result, sha256 = _compute(own)
    except CannotCompute as stop:
        _settle(own, stage=Stage.FAILED, result={"stopped": stop.finding.as_dict()}, sha256="")
    except Exception:
        log.exception("a run of the studio failed")
        _settle(own, stage=Stage.FAILED, result={}, sha256="")
    else:
        _settle(own, stage=Stage.DONE, result=result, sha256=sha256)


def is_lost(run: MatchRun) -> bool:
    """Has a run been waited for longer than any can take?"""
    return run.stage in {Stage.WAITING, Stage.RUNNING} and timezone.now() - run.stage_since > LOST_AFTER


def price_move(run: MatchRun, *, one: str, other: str, kind: str = "pin") -> Change:
    """What it would cost to put two together, or to keep them apart, with everything else as it is kept.

    Raises
    ------
    CannotCompute
        The move breaks a veto, a ban or a pin.
    """
    from citytandem.science.partners.matching import Move, price_change  # slow import

    return price_change(open_matched(run.result, asked=run.asked), move=Move(one, other, kind))


def find_gone(run: MatchRun) -> list[Application]:
    """Those who took part in a run and do not any more: withdrawn, or refused since."""
    there = set(run.result.get("frames", {}).get("candidates", {}).get("participant", ()))
    rows = Application.objects.filter(programme=run.programme).exclude(state=ApplicationState.ELIGIBLE)
    return [one for one in rows.select_related("organisation") if key_of(one) in there]


def _compute(own: MatchRun) -> tuple[dict[str, Any], str]:
    atlas = atlas_of_everybody()
    applications = list(candidates_of(own.programme))
    say = partial(_say, own)
    material = gather_material(applications, atlas=atlas, say=lambda done, of: _say(own, round(30 * done / max(of, 1))))
    if own.kind == RunKind.MATCH or own.base is None:
        matched = match_all(material, asked=own.asked, seed=own.seed, say=say)
        change = None
    else:
        change = _change(own, base=own.base)
        matched = judge(change.matched, asked=own.asked, seed=own.seed, say=say)
    cards = write_cards(matched, material=material, words=list_words(applications))
    _say(own, 95)
    told = keep_matched(matched, cards=cards) | {"acquaintances": list_acquaintances(matched, material=material)}
    return told | ({"change": keep_change(change)} if change else {}), atlas.sha256


def _change(own: MatchRun, *, base: MatchRun) -> Change:
    """The matching of the run before, with one move by hand, or without those who left and with least change."""
    from citytandem.science.partners.matching import Move, price_change, rematch  # slow import

    before: Matched = open_matched(base.result, asked=base.asked)
    if own.kind == RunKind.MOVE:
        one, other, kind = own.asked["move"]
        return price_change(before, move=Move(one, other, kind))
    return rematch(before, without=own.asked["without"])


def _say(own: MatchRun, percent: int) -> None:
    MatchRun.objects.filter(pk=own.pk).update(percent=percent, stage=Stage.RUNNING, stage_since=timezone.now())


def _settle(own: MatchRun, *, stage: str, result: dict[str, Any], sha256: str) -> None:
    open_runs = MatchRun.objects.filter(pk=own.pk).exclude(stage__in=(Stage.DONE, Stage.FAILED))
    open_runs.update(stage=stage, result=result, release_sha256=sha256, percent=100, stage_since=timezone.now())
