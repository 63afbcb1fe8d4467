"""What is somebody's own agenda? What everybody attends, what they speak at or interpret, where they sit, whom they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.tables.agenda import ALONE
from citytandem.web.agendas.entries import Entry, read_entries
from citytandem.web.agendas.models import Session
from citytandem.web.agendas.plan_view import name_guests
from citytandem.web.agendas.problem import number_of, person_key
from citytandem.web.agendas.queries import published_plan

if TYPE_CHECKING:
    from citytandem.web.agendas.models import Plan
    from citytandem.web.events.models import Registration


def own_entries(registration: Registration, *, plan: Plan | None = None) -> list[Entry]:
    """The entries of the published agenda that concern somebody, in order of time, with their talks of two among them."""
    edition = plan or published_plan(registration.event)
    if edition is None:
        return []
    mine = own_sessions(registration, plan=edition)
    entries = [one for one in read_entries(edition.agenda) if one.session in mine or one.kind in ALONE]
    return sorted([*entries, *own_talks(registration, plan=edition)], key=lambda one: (one.starts, one.session))


def own_sessions(registration: Registration, *, plan: Plan) -> set[int]:
    """The sessions somebody has a seat in, speaks at, or interprets."""
    key = person_key(registration.pk)
    seats = {number_of(row["session"]) for row in plan.result.get("seats", []) if row["person"] == key}
    interprets = {number_of(row["session"]) for row in plan.result.get("interpreted", []) if row["person"] == key}
    speaks = set(Session.objects.filter(speakers__registration=registration).values_list("pk", flat=True))
    return seats | interprets | speaks


def own_talks(registration: Registration, *, plan: Plan) -> list[Entry]:
    """Talks of two somebody has, as entries; their numbers lie below zero, so that they are never taken for sessions."""
    key, names = person_key(registration.pk), name_guests(registration.event)
    slots = {one.pk: one for one in registration.event.slots.select_related("event")}
    found = []
    for row in plan.result.get("talks", []):
        slot = slots.get(number_of(row["slot"]))
        if slot is None or key not in {row["a"], row["b"]}:
            continue
        other = number_of(row["b"] if row["a"] == key else row["a"])
        found.append(_make_talk(other, name=names.get(other, "–"), slot=slot, table=row["table"], edition=plan.edition or 1))
    return found


def _make_talk(other: int, *, name: str, slot: Any, table: int, edition: int) -> Entry:
    return Entry(
        session=-other, kind="meeting", topic="", titles={"": name}, starts=slot.starts, ends=slot.ends, table=table,
        sequence=edition - 1, zone=slot.event.zone,
    )  # fmt: skip
