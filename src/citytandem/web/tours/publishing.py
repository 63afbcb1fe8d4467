"""Which tour does the public see, and how often has each stop changed? Editions are added and never altered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.events.models import Event
from citytandem.web.live import bump
from citytandem.web.tours.models import Stage, TourPlan
from citytandem.web.tours.queries import published_tour
from citytandem.web.tours.route import name_places

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User

TOLD = ("begins", "ends", "name", "state")
"""What a calendar shows of a stop: when one of these changes, its SEQUENCE rises."""


class NotReady(Exception):
    """A tour that is not computed, or was published already, cannot be published."""


@transaction.atomic
def publish_tour(*, user: User, plan: TourPlan) -> TourPlan:
    """Let everybody see a tour as the next edition.

    Raises
    ------
    NotReady
        It is not computed, or is an edition already.
    """
    Event.objects.select_for_update().get(pk=plan.event_id)  # two who publish at once are put in a line
    own = TourPlan.objects.select_related("event__organisation").get(pk=plan.pk)
    if own.stage != Stage.READY or own.edition is not None:
        raise NotReady
    before = published_tour(own.event)
    own.entries = number_entries(entries_of(own), before=before.entries if before else [])
    own.edition = (before.edition or 0) + 1 if before else 1
    own.published, own.published_by = timezone.now(), user
    own.save()
    record(
        user=user, action="tour.published", organisation=own.event.organisation, city=own.event.city,
        subject=f"event:{own.event_id}", after={"tour": own.number, "edition": own.edition},
    )  # fmt: skip
    bump()
    return own


def entries_of(plan: TourPlan) -> list[dict[str, Any]]:
    """What a calendar says of a tour: visits under the key of their site, rests under their day, on local clocks."""
    names = name_places(plan)
    return [
        {
            "key": f"visit-{one['place']}" if one["kind"] == "visit" else f"rest-{one['day']}",
            "kind": one["kind"], "place": one["place"], "name": names[one["place"]], "begins": one["begins"], "ends": one["ends"],
            "state": "held", "sequence": 0,
        }
        for one in plan.result["stops"]
        if one["kind"] != "end"
    ]  # fmt: skip


def number_entries(new: list[dict[str, Any]], *, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """New entries with the count of their changes; what was there and is gone stays as cancelled.

    >>> stop = {"key": "visit-a", "name": "A", "begins": "9", "ends": "10", "state": "held", "sequence": 0}
    >>> [one["sequence"] for one in number_entries([{**stop, "begins": "8"}], before=[stop])]
    [1]
    >>> [(one["state"], one["sequence"]) for one in number_entries([], before=[stop])]
    [('cancelled', 1)]
    """
    old, there = {one["key"]: one for one in before}, {one["key"] for one in new}
    gone = [{**one, "state": "cancelled"} for key, one in old.items() if key not in there]
    numbered = [_number(one, before=old.get(one["key"])) for one in (*new, *gone)]
    return sorted(numbered, key=lambda one: (one["begins"], one["key"]))


def _number(one: dict[str, Any], *, before: dict[str, Any] | None) -> dict[str, Any]:
    if before is None:
        return one
    changed = any(one[name] != before[name] for name in TOLD)
    return {**one, "sequence": before["sequence"] + changed}
