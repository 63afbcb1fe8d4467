"""What makes plans: asking the solver, moving one session by hand, replanning when somebody fails. Each makes a new row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.agendas import solving
from citytandem.web.agendas.actions import write_absences
from citytandem.web.agendas.models import Plan, Session, Stage, Way
from citytandem.web.agendas.problem import leave_names_out, number_of, tell_absences, write_problem
from citytandem.web.agendas.storing import problem_as_json
from citytandem.web.agendas.tasks import solve_plan
from citytandem.web.events.models import Event

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User

SEED = 2026


class LockedNow(Exception):
    """The session is locked where it stands; unlock it first."""


@transaction.atomic
def ask_plan(*, user: User, event: Event, seconds: int = 20) -> Plan:
    """Ask the solver for a plan of the event as it is set up now; the plan is there at once and is filled later."""
    made = _make_plan(event, user=user, seconds=seconds, problem=leave_names_out(problem_as_json(write_problem(event))))
    _note(user, made, action="agenda.plan_asked")
    _begin_later(made)
    return made


@transaction.atomic
def ask_replan(*, user: User, plan: Plan, absence: dict[str, Any], seconds: int = 20) -> Plan:
    """Note that somebody or a room fails, and ask for the plan that changes least."""
    write_absences(user=user, event=plan.event, **absence)
    problem = {**plan.problem, "absences": tell_absences(plan.event)}
    made = _make_plan(plan.event, user=user, seconds=seconds, problem=problem, way=Way.REPLANNED, before=plan)
    _note(user, made, action="agenda.replan_asked")
    _begin_later(made)
    return made


def move_session(*, user: User, plan: Plan, session: int, slot: int, room: int | None) -> Plan:
    """Put one session elsewhere; returns the new plan.

    Raises
    ------
    LockedNow
        The session is locked.
    solving.MoveRefused
        It cannot stand there.
    """
    if session in locked_in(plan):
        raise LockedNow
    solved = solving.move_session(plan, session=session, slot=slot, room=room)
    with transaction.atomic():
        made = _make_plan(
            plan.event, user=user, seconds=plan.seconds, problem=plan.problem, way=Way.MOVED, before=plan, save=False
        )
        solving.keep_solved(made, solved)
        made.stage = Stage.READY
        made.save()
        _note(user, made, action="agenda.session_moved")
    return made


@transaction.atomic
def lock_session(*, user: User, plan: Plan, session: Session, is_locked: bool) -> None:
    """Hold a session where a plan puts it, or let it go: plans asked for from now on keep to that."""
    own = Session.objects.select_for_update().get(pk=session.pk)
    row = next((one for one in plan.result.get("placed", []) if number_of(one["session"]) == own.pk), None)
    own.fixed_slot_id = number_of(row["slot"]) if is_locked and row else None
    own.fixed_room_id = number_of(row["room"]) if is_locked and row and row["room"] else None
    own.version += 1
    own.save()
    what = "agenda.session_locked" if is_locked else "agenda.session_unlocked"
    record(user=user, action=what, organisation=plan.event.organisation, city=plan.event.city, subject=f"session:{own.pk}")


def locked_in(plan: Plan) -> set[int]:
    """The sessions of the event that are held where they are."""
    found = Session.objects.filter(event=plan.event_id).exclude(fixed_slot=None, fixed_room=None)
    return set(found.values_list("pk", flat=True))


def _make_plan(
    event: Event, *, user: User, seconds: int, problem: dict[str, Any], way: Way = Way.SOLVED, before: Plan | None = None,
    save: bool = True,
) -> Plan:  # fmt: skip
    Event.objects.select_for_update().get(pk=event.pk)  # numbers are given one after the other
    number = (Plan.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0) + 1
    made = Plan(
        event=event, number=number, way=way, before=before, seconds=seconds, seed=SEED, problem=problem, made_by=user,
        stage_since=timezone.now(),
    )  # fmt: skip
    if save:
        made.save()
    return made


def _begin_later(plan: Plan) -> None:
    transaction.on_commit(partial(solve_plan.enqueue, plan.pk))


def _note(user: User, plan: Plan, *, action: str) -> None:
    record(
        user=user, action=action, organisation=plan.event.organisation, city=plan.event.city,
        subject=f"event:{plan.event_id}", after={"plan": plan.number},
    )  # fmt: skip
