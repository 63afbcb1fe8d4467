"""The background job that computes a tour."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task

from citytandem.findings import CannotCompute
from citytandem.web.tours import solving
from citytandem.web.tours.models import Stage, TourPlan

PATIENCE = dt.timedelta(minutes=10)
"""A computation that has taken so long was stopped with its worker."""


@task()
def solve_tour(plan: int) -> None:
    """Compute a tour that waits; one that was computed already is left as it is."""
    taken = TourPlan.objects.filter(pk=plan, stage=Stage.WAITING).update(stage=Stage.RUNNING, stage_since=timezone.now())
    if not taken:
        return
    own = TourPlan.objects.get(pk=plan)
    try:
        tour, left = solving.compute_tour(own)
        solving.keep_tour(own, tour, left=left)
        own.stage = Stage.READY
    except CannotCompute as refusal:
        solving.keep_refusal(own, refusal)
        own.stage = Stage.FAILED
    own.stage_since = timezone.now()
    own.save()


def is_lost(plan: TourPlan) -> bool:
    """Has a tour been waited for longer than any can take?"""
    return plan.stage in {Stage.WAITING, Stage.RUNNING} and timezone.now() - plan.stage_since > PATIENCE
