"""A plan as its page shows it: how good it is in words, what stands against it, the grid, and what could not be met."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from citytandem.web.agendas import solving
from citytandem.web.agendas.entries import entries_of, read_entries
from citytandem.web.agendas.grid import lay_days
from citytandem.web.agendas.plan_actions import locked_in
from citytandem.web.agendas.problem import number_of
from citytandem.web.agendas.publishing import compare_entries
from citytandem.web.agendas.queries import published_plan
from citytandem.web.agendas.showing import name_everybody, tell_zone_of
from citytandem.web.agendas.warnings import tell_warnings
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from citytandem.web.agendas.entries import Entry
    from citytandem.web.agendas.models import Plan
    from citytandem.web.events.models import Event

MOST_UNMET = 300


def describe_plan(plan: Plan, *, picked: str = "") -> dict[str, Any]:
    """Everything the page of a computed plan shows."""
    event, entries = plan.event, entries_of(plan)
    chosen = next((one for one in entries if str(one.session) == picked), None)
    rooms = {one.pk: one.name for one in event.rooms.all()}
    starts = [one.starts for one in event.slots.all()]
    placed = {one.session for one in entries}
    edition = published_plan(event)
    return {
        "entries": entries,
        "days": lay_days(entries, zone=event.zone, rooms=rooms, starts=starts),
        "zone": tell_zone_of(event),
        "picked": chosen,
        "slots": event.slots.select_related("event"),
        "rooms": event.rooms.all(),
        "locked": locked_in(plan),
        "answer": tell_quality(plan),
        "bound": tell_bound(plan),
        "warnings": tell_warnings(plan, solving.warn_of(plan), entries=entries),
        "findings": solving.findings_of(plan),
        "crowded": find_crowded(plan, entries),
        "unplaced": event.sessions.filter(is_cancelled=False).exclude(pk__in=placed),
        "unmet": list_unmet(plan),
        "reasons": Counter(one["reason"] for one in plan.result.get("unmet", [])).most_common(),
        "talks": list_talks(plan),
        "speakers": name_everybody(event),
        "changes": plan.changes if plan.edition else compare_entries(read_entries(edition.agenda), entries) if edition else [],
        "edition": edition,
    }


def tell_quality(plan: Plan) -> str:
    """How well the person served least is served, and what no plan can pass."""
    speech = current_speech()
    if plan.worst_share is None:
        return str(speech.label("web.agenda.quality.no_wishes"))
    facts = {"share": speech.percent(plan.worst_share, digits=0), "bound": speech.percent(plan.worst_bound, digits=0)}
    is_best = plan.worst_bound is not None and plan.worst_share >= plan.worst_bound - 1e-9
    return str(speech.sentence("web.agenda.quality.best" if is_best else "web.agenda.quality.open", **facts))


def tell_bound(plan: Plan) -> str:
    """How far the sum over all people may be from the best."""
    speech = current_speech()
    if plan.points is None or not plan.points_bound:
        return ""
    gap = (plan.points_bound - plan.points) / plan.points_bound
    if plan.proof == "optimal" or gap <= 0:
        return str(speech.label("web.agenda.bound.best"))
    return str(speech.sentence("web.agenda.bound.open", gap=speech.percent(gap, digits=1)))


def find_crowded(plan: Plan, entries: list[Entry]) -> list[dict[str, Any]]:
    """Sessions that more people wish to see than their room holds."""
    wishes = Counter(number_of(one["session"]) for one in plan.problem.get("wishes", []))
    return [
        {"entry": one, "wishes": wishes[one.session]}
        for one in entries
        if one.seats is not None and wishes[one.session] > one.seats
    ]


def list_unmet(plan: Plan) -> list[dict[str, Any]]:
    """Whose wish is not met, and why; for the team alone."""
    names = name_guests(plan.event)
    titles = {one.pk: one for one in plan.event.sessions.all()}
    return [
        {
            "person": names.get(number_of(one["person"]), "–"),
            "session": titles.get(number_of(one["session"])),
            "turn": one["turn"],
            "reason": one["reason"],
            "other": titles.get(number_of(one["other"])) if one.get("other") else None,
        }
        for one in plan.result.get("unmet", [])[:MOST_UNMET]
    ]


def list_talks(plan: Plan) -> list[dict[str, Any]]:
    """Talks of two with their time and table."""
    names, slots = name_guests(plan.event), {one.pk: one for one in plan.event.slots.select_related("event")}
    return [
        {
            "one": names.get(number_of(row["a"]), "–"),
            "other": names.get(number_of(row["b"]), "–"),
            "slot": slots.get(number_of(row["slot"])),
            "table": row["table"],
        }
        for row in plan.result.get("talks", [])
    ]


def name_guests(event: Event) -> dict[int, str]:
    """Names of everybody with a seat at an event."""
    return dict(event.registrations.values_list("pk", "name"))


def compare_plans(old: Plan, new: Plan) -> dict[str, Any]:
    """Two plans side by side."""
    seats = [set(solving.numbers_of_seat(one)) for one in (old, new)]
    return {
        "sides": [{"plan": one, "answer": tell_quality(one), "bound": tell_bound(one)} for one in (old, new)],
        "changes": compare_entries(entries_of(old), entries_of(new)),
        "lost": len(seats[0] - seats[1]),
        "gained": len(seats[1] - seats[0]),
    }
