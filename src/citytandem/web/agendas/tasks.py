"""The background job that computes a plan and tells on its way how good the best one is so far."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from citytandem.findings import CannotCompute
from citytandem.web.agendas import solving
from citytandem.web.agendas.models import Plan, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.science.exchange.agenda import Progress

PATIENCE = dt.timedelta(minutes=5)
"""A computation that has said nothing for so long was stopped with its worker."""
EVERY_SECONDS = 1.0


@task()
def solve_plan(plan: int) -> None:
    """Compute a plan that waits; one that was computed already is left as it is."""
    taken = Plan.objects.filter(pk=plan, stage=Stage.WAITING).update(stage=Stage.RUNNING, stage_since=timezone.now())
    if not taken:
        return
    own = Plan.objects.select_related("event__organisation", "before").get(pk=plan)
    try:
        solving.keep_solved(own, solving.compute_plan(own, progress=_tell_progress(own.pk)))
        own.stage = Stage.READY
    except CannotCompute as refusal:
        own.findings = [one.as_dict() for one in solving.explain_failure(own, refusal=refusal)]
        own.stage = Stage.FAILED
    own.stage_since = timezone.now()
    own.progress = {}
    own.save()


def is_lost(plan: Plan) -> bool:
    """Has a plan been waited for longer than any can take?"""
    return plan.stage in {Stage.WAITING, Stage.RUNNING} and timezone.now() - plan.stage_since > PATIENCE


def _tell_progress(plan: int) -> Callable[[Progress], None]:
    """Writes the best so far down, at most once a second."""
    last = [0.0]

    def tell(found: Progress) -> None:
        if time.monotonic() - last[0] < EVERY_SECONDS:
            return
        last[0] = time.monotonic()
        Plan.objects.filter(pk=plan, stage=Stage.RUNNING).update(progress=dataclasses.asdict(found))

    return tell
