"""What changes interviews: what was said, what may be told of it, who codes it, and what two coders settle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.lessons.actions import NotAllowedNow, hold, keep, note
from citytandem.web.lessons.models import Code, Consent, Interview, Seat, Settlement, Statement, Topic

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from citytandem.web.accounts.models import User

CODERS = 2


class AlreadyCoding(Exception):
    """Two people have taken this interview, or this person has."""


@transaction.atomic
def keep_interview(
    interview: Interview, *, by: User, version: int, values: Mapping[str, Any], consents: Mapping[str, Mapping[str, Any]]
) -> Interview:
    """Write down who was asked, and what they allow; ``consents`` by purpose, an empty one takes the row away.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    """
    organisation = interview.round.organisation
    own = keep(interview, by=by, organisation=organisation, version=version, values=values)
    before = tell_consents(own)
    for purpose, told in consents.items():
        if told:
            Consent.objects.update_or_create(interview=own, purpose=purpose, defaults={**told, "withdrawn": None})
        else:
            Consent.objects.filter(interview=own, purpose=purpose).delete()
    after = tell_consents(own)
    if before != after:
        note(own, by=by, organisation=organisation, action="consented", before=before, after=after)
    return own


@transaction.atomic
def withdraw_consent(interview: Interview, *, by: User | None, on: dt.date, purpose: str = "") -> None:
    """Take back what an expert allowed, for one purpose or all; from this moment nothing public rests on it."""
    rows = interview.consents.filter(withdrawn=None)
    rows = rows.filter(purpose=purpose) if purpose else rows
    before = tell_consents(interview)
    rows.update(withdrawn=on)
    note(
        interview, by=by, organisation=interview.round.organisation, action="withdrawn", before=before,
        after=tell_consents(interview),
    )  # fmt: skip


@transaction.atomic
def forget_interview(interview: Interview, *, by: User | None) -> None:
    """Forget an expert with everything they said and how it was coded; only that it was done is kept."""
    note(interview, by=by, organisation=interview.round.organisation, action="forgotten", after={"round": interview.round_id})
    interview.delete()


@transaction.atomic
def keep_statement(statement: Statement, *, by: User, version: int, values: Mapping[str, Any]) -> Statement:
    """Write down what was said.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        A coder is done: what they coded must not change under their codes. Start the coding anew first.
    """
    interview = Interview.objects.select_for_update().get(pk=statement.interview_id)
    if interview.seats.exclude(done=None).exists():
        raise NotAllowedNow
    if statement.pk is None:
        last = interview.statements.order_by("-number").values_list("number", flat=True).first()
        statement.number = (last or 0) + 1
    return keep(statement, by=by, organisation=interview.round.organisation, version=version, values=values)


@transaction.atomic
def remove_statement(statement: Statement, *, by: User, version: int) -> None:
    """Take a statement away. Raises as :func:`keep_statement`."""
    interview = Interview.objects.select_for_update().get(pk=statement.interview_id)
    if interview.seats.exclude(done=None).exists():
        raise NotAllowedNow
    own = hold(statement, version=version)
    # the words are gone with the row: the record does not keep what was taken away
    note(own, by=by, organisation=interview.round.organisation, action="removed", before={"number": own.number}, after={})
    own.delete()


@transaction.atomic
def take_seat(interview: Interview, *, by: User) -> Seat:
    """Become one of the two who code an interview.

    Raises
    ------
    AlreadyCoding
        Both seats are taken.
    """
    Interview.objects.select_for_update().get(pk=interview.pk)
    own = interview.seats.filter(user=by).first()
    if own:
        return own
    taken = set(interview.seats.values_list("number", flat=True))
    free = [number for number in range(1, CODERS + 1) if number not in taken]
    if not free:
        raise AlreadyCoding
    made = Seat.objects.create(interview=interview, number=free[0], user=by)
    note(interview, by=by, organisation=interview.round.organisation, action="coder", after={"seat": made.number})
    return made


@transaction.atomic
def keep_codes(seat: Seat, *, by: User, codes: Mapping[int, set[int]], is_done: bool) -> Seat:
    """Keep what one coder found: topics by statement. Once done, codes stand.

    Raises
    ------
    NotAllowedNow
        It is another person's seat, or done already.
    """
    own = Seat.objects.select_for_update().select_related("interview__round").get(pk=seat.pk)
    if own.done or own.user_id != by.pk:
        raise NotAllowedNow
    topics = set(Topic.objects.filter(organisation=own.interview.round.organisation_id).values_list("pk", flat=True))
    own.codes.all().delete()
    statements = {one.pk: one for one in own.interview.statements.all()}
    Code.objects.bulk_create(
        Code(seat=own, statement=statements[number], topic_id=topic)
        for number, chosen in codes.items()
        if number in statements
        for topic in sorted(chosen & topics)
    )
    own.topics = sorted(topics)
    own.done = timezone.now() if is_done else None
    own.save()
    if is_done:
        note(own.interview, by=by, organisation=own.interview.round.organisation, action="coded", after={"seat": own.number})
    return own


@transaction.atomic
def code_anew(interview: Interview, *, by: User) -> None:
    """Drop all codes and what was settled, so that statements can change and two people begin again."""
    Settlement.objects.filter(statement__interview=interview).delete()
    interview.seats.all().delete()
    note(interview, by=by, organisation=interview.round.organisation, action="code_anew")


@transaction.atomic
def settle(statement: Statement, *, by: User, topic: Topic, is_present: bool, reason: str) -> Settlement:
    """Say what stands where the two coders differ.

    Raises
    ------
    NotAllowedNow
        They do not differ there, or not both are done.
    """
    seats = list(statement.interview.seats.exclude(done=None))
    found = {seat.pk: seat.codes.filter(statement=statement, topic=topic).exists() for seat in seats}
    if len(seats) < CODERS or len(set(found.values())) == 1 or any(topic.pk not in seat.topics for seat in seats):
        raise NotAllowedNow
    told = {"is_present": is_present, "reason": reason, "by": by, "on": timezone.now()}
    own, _ = Settlement.objects.update_or_create(statement=statement, topic=topic, defaults=told)
    record(
        user=by, action="lesson.interview_settled", organisation=statement.interview.round.organisation,
        subject=f"interview:{statement.interview_id}",
        after={"statement": statement.number, "topic": topic.title, "is_present": is_present},
    )  # fmt: skip
    return own


def tell_consents(interview: Interview) -> list[dict[str, str]]:
    """What stands of a person's consent, as plain values."""
    names = ("purpose", "level", "given", "how", "withdrawn")
    return [{name: str(getattr(one, name) or "") for name in names} for one in interview.consents.all()]
