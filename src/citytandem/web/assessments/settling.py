"""What changes an assessment after the hand-in: what is settled on, what the city replies, what may be published."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from citytandem.web.assessments.actions import NotAllowedNow, hold, note
from citytandem.web.assessments.models import Choice, Decision, Reply, State
from citytandem.web.assessments.queries import freeze_stages, is_settled, last_answers
from citytandem.web.live import bump

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User
    from citytandem.web.assessments.models import Assessment

DAYS_TO_REPLY = 28
"""What a city has at the least: four weeks, so that an office can sleep over it and ask its colleagues."""


@transaction.atomic
def decide(
    *,
    assessment: Assessment,
    by: User | None,
    criterion: str,
    choice: str,
    reason: str,
    level: int | None = None,
    evidence: str = "",
    after_reply: Reply | None = None,
) -> Decision:
    """Settle on the level of one criterion: of the first or second assessor, another one, or that it does not apply.

    An earlier decision stays in the history.

    Raises
    ------
    NotAllowedNow
        ``not_reconciling``: forms are missing, or it was finished and this answers no reply; ``no_level``: the chosen
        assessor gave none, or another level is not named; ``no_reason``.
    """
    held = hold(assessment)
    may = held.state == State.RECONCILING or (held.state == State.RECONCILED and after_reply is not None)
    if not may or held.seats.filter(handed_in=None).exists():
        raise NotAllowedNow("not_reconciling")
    if not reason.strip():
        raise NotAllowedNow("no_reason")
    found = _level_chosen(held, criterion=criterion, choice=choice, level=level)
    before = Decision.objects.filter(assessment=held, criterion=criterion, is_current=True)
    was = before.first()
    before.update(is_current=False)
    made = Decision.objects.create(
        assessment=held, criterion=criterion, choice=choice, level=found, reason=reason.strip(), evidence=evidence,
        decided_by=by, after_reply=after_reply,
    )  # fmt: skip
    told = {"criterion": criterion, "choice": choice, "level": found, "reason": made.reason}
    note(held, by=by, action="decided", before={"choice": was.choice, "level": was.level} if was else None, after=told)
    _show_anew(held)
    return made


@transaction.atomic
def finish_reconciling(*, assessment: Assessment, by: User | None, days: int = DAYS_TO_REPLY) -> Assessment:
    """Hand the result to the city, which may reply for ``days`` days; its own view needs no reply.

    What is not settled stands as the range between both levels. Published stages that count are frozen as they stand.

    Raises
    ------
    NotAllowedNow
        ``not_reconciling``: forms are missing, or it was finished before.
    """
    held = hold(assessment)
    if held.state != State.RECONCILING or held.seats.filter(handed_in=None).exists():
        raise NotAllowedNow("not_reconciling")
    held.stages = freeze_stages(held)
    held.state, held.reconciled = State.RECONCILED, timezone.now()
    held.reply_until = held.reconciled.date() + timedelta(days=max(1, days)) if held.outside else None
    held.save(update_fields=["stages", "state", "reconciled", "reply_until"])
    note(held, by=by, action="reconciled", after={"reply_until": held.reply_until.isoformat() if held.reply_until else None})
    return held


@transaction.atomic
def write_reply(
    *,
    assessment: Assessment,
    by: User,
    text: str,
    language: str,
    criterion: str = "",
    evidence: str = "",
    file: tuple[str, str] = ("", ""),
    by_letter: bool = False,
) -> Reply:
    """What the city says to its result; it stands beside it from now on.

    Raises
    ------
    NotAllowedNow
        ``not_reconciled``: there is no result yet; ``reply_over``: its time is over, or the city closed it.
    """
    held = hold(assessment)
    if held.state != State.RECONCILED:
        raise NotAllowedNow("not_reconciled")
    if not may_reply(held):
        raise NotAllowedNow("reply_over")
    made = Reply.objects.create(
        assessment=held, criterion=criterion, language=language, text=text, evidence=evidence, file_sha256=file[0],
        file_name=file[1], by_letter=by_letter, said_by=by,
    )  # fmt: skip
    note(held, by=by, action="replied", after={"reply": made.pk, "criterion": criterion, "by_letter": by_letter})
    _show_anew(held)
    return made


@transaction.atomic
def answer_reply(*, reply: Reply, by: User, answer: str) -> Reply:
    """The assessors' answer; a level that changes is settled on by :func:`decide` with ``after_reply``.

    Raises
    ------
    NotAllowedNow
        ``answered``: it was answered before.
    """
    held = hold(reply.assessment)
    own = Reply.objects.select_for_update().get(pk=reply.pk)
    if own.answered is not None or held.state != State.RECONCILED:
        raise NotAllowedNow("answered")
    own.answer, own.answered, own.answered_by = answer, timezone.now(), by
    own.save(update_fields=["answer", "answered", "answered_by"])
    note(held, by=by, action="reply_answered", after={"reply": own.pk})
    _show_anew(held)
    return own


@transaction.atomic
def end_replies(*, assessment: Assessment, by: User) -> None:
    """The city says it has no more to add, before its time is over."""
    held = hold(assessment)
    if held.state != State.RECONCILED or not may_reply(held):
        raise NotAllowedNow("reply_over")
    held.replied_enough = timezone.now()
    held.save(update_fields=["replied_enough"])
    note(held, by=by, action="replied_enough")


@transaction.atomic
def agree_to_publish(*, assessment: Assessment, by: User, as_city: bool) -> None:
    """One side agrees that everybody may read the result; with both it is public.

    Raises
    ------
    NotAllowedNow
        ``not_settled``.
    """
    held = hold(assessment)
    if not is_settled(held):
        raise NotAllowedNow("not_settled")
    now = timezone.now()
    if as_city:
        held.consented = held.consented or now
    if not as_city or not held.outside:
        held.offered = held.offered or now
    held.save(update_fields=["offered", "consented"])
    note(held, by=by, action="consented" if as_city else "offered")
    bump()


@transaction.atomic
def take_back(*, assessment: Assessment, by: User, as_city: bool) -> None:
    """One side no longer agrees; the result is public no more, at once."""
    held = hold(assessment)
    if as_city:
        held.consented = None
    if not as_city or not held.outside:
        held.offered = None
    held.save(update_fields=["offered", "consented"])
    note(held, by=by, action="taken_back", after={"as_city": as_city})
    bump(taken_back=True)


@transaction.atomic
def close_assessment(*, assessment: Assessment, by: User, because: str) -> None:
    """Give an assessment up before it is reconciled; it stays in the history with the reason.

    Raises
    ------
    NotAllowedNow
        ``late``: there is a result, and it stays.
    """
    held = hold(assessment)
    if held.state not in {State.ANSWERING, State.RECONCILING}:
        raise NotAllowedNow("late")
    held.state, held.closed_because = State.CLOSED, because
    held.save(update_fields=["state", "closed_because"])
    note(held, by=by, action="closed", after={"because": because})


def may_reply(assessment: Assessment) -> bool:
    """Whether the time in which a city may reply runs."""
    until = assessment.reply_until
    return (
        assessment.state == State.RECONCILED
        and until is not None
        and until >= timezone.now().date()
        and assessment.replied_enough is None
    )


def _show_anew(assessment: Assessment) -> None:
    if assessment.offered and assessment.consented:
        bump()


def _level_chosen(assessment: Assessment, *, criterion: str, choice: str, level: int | None) -> int | None:
    if choice == Choice.NOT_APPLICABLE:
        return None
    if choice != Choice.OTHER:
        given = last_answers(assessment).get(1 if choice == Choice.FIRST else 2, {}).get(criterion)
        level = given["level"] if given else None
    if level is None or not 0 <= level <= 4:
        raise NotAllowedNow("no_level")
    return level
