"""What changes an assessment up to the hand-in of its forms; each change leaves its entry in the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import name_person, record
from citytandem.web.assessments.frameworks import check_files, choose, framework_of
from citytandem.web.assessments.models import Assessment, FormAnswer, HandIn, OwnFramework, Seat, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.web.accounts.models import Organisation, User

PLACES = (1, 2)


class NotAllowedNow(Exception):
    """Its state does not allow this; the argument says why, as the end of a key of the words."""


class VersionStands(Exception):
    """The version of a framework was brought before, with other content."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an assessor says about one criterion. ``file`` is hash and name; None leaves a file as it is, empty takes it away."""

    level: int | None = None
    applies: bool = True
    evidence: str = ""
    note: str = ""
    file: tuple[str, str] | None = None


@transaction.atomic
def bring_framework(*, organisation: Organisation, by: User, files: Mapping[str, bytes]) -> OwnFramework:
    """Keep a version of a framework of one's own. The very same version once more changes nothing.

    Raises
    ------
    CannotCompute
        FRAMEWORK_NOT_SOUND with a finding for every slip, by file, row and column.
    VersionStands
        This version is kept with other content: raise the version in ``framework.csv``.
    """
    read = check_files(files)
    texts = {name: raw.decode("utf-8-sig") for name, raw in sorted(files.items())}
    stands = OwnFramework.objects.filter(organisation=organisation, framework=read.framework, version=read.version).first()
    if stands is not None:
        if stands.files != texts:
            raise VersionStands(read.version)
        return stands
    made = OwnFramework.objects.create(
        organisation=organisation, framework=read.framework, version=read.version, title=read.title[:200], files=texts,
        brought_by=by,
    )  # fmt: skip
    after = {"framework": made.framework, "version": made.version, "criteria": read.criterion.height}
    record(user=by, action="framework.brought", organisation=organisation, subject=f"framework:{made.pk}", after=after)
    return made


@transaction.atomic
def retire_framework(*, own: OwnFramework, by: User) -> None:
    """Begin no new assessment with it; those that stand keep it."""
    own.retired = timezone.now()
    own.save(update_fields=["retired"])
    record(user=by, action="framework.retired", organisation=own.organisation, subject=f"framework:{own.pk}")


@transaction.atomic
def open_assessment(
    *, organisation: Organisation, framework: str, city: str, by: User | None, outside: bool = False
) -> Assessment:
    """Begin to judge a city by a framework.

    Parameters
    ----------
    organisation
        Who runs it.
    framework
        Key of a shipped framework, with or without its version, or ``own-<number>`` of one the organisation brought.
    city
        Id of the city in the atlas.
    outside
        Whether others judge the city. Its own view is run by the city's organisation alone.

    Raises
    ------
    CannotCompute
        FRAMEWORK_UNKNOWN.
    NotAllowedNow
        ``not_own_city``: an own view of another city; ``own_city``: an outside view of one's own.
    """
    is_own = organisation.city == city
    if outside == is_own:
        raise NotAllowedNow("own_city" if outside else "not_own_city")
    chosen, own = choose(organisation, framework)
    made = Assessment.objects.create(
        organisation=organisation, framework=chosen.framework, version=chosen.version, own_framework=own, city=city,
        outside=outside, opened_by=by,
    )  # fmt: skip
    note(made, by=by, action="opened", after={"framework": made.framework, "version": made.version, "outside": outside})
    return made


@transaction.atomic
def invite_assessor(*, assessment: Assessment, by: User | None, user: User | None = None, email: str = "") -> Seat:
    """Give one of the two seats to a person, or keep it for whoever signs in with an address.

    Raises
    ------
    NotAllowedNow
        ``late``: forms are handed in already; ``two``: both seats are given; ``twice``: this person has the other one.
    """
    held = hold(assessment)
    if held.state != State.ANSWERING:
        raise NotAllowedNow("late")
    seats = list(held.seats.select_for_update())
    free = [place for place in PLACES if place not in {seat.place for seat in seats}]
    if not free:
        raise NotAllowedNow("two")
    email = "" if user else email.strip().lower()
    if any((user and seat.user_id == user.pk) or (email and seat.email == email) for seat in seats):
        raise NotAllowedNow("twice")
    seat = Seat.objects.create(assessment=held, place=free[0], user=user, email=email)
    note(held, by=by, action="assessor_invited", after={"place": seat.place, "person": name_person(user) if user else None})
    return seat


@transaction.atomic
def withdraw_assessor(*, seat: Seat, by: User) -> None:
    """Take a seat back from somebody who has not handed in; what they had filled in goes with it.

    Raises
    ------
    NotAllowedNow
        ``late``: the form was handed in.
    """
    held = hold_seat(seat)
    if held.hand_ins.exists() or held.assessment.state != State.ANSWERING:
        raise NotAllowedNow("late")
    note(held.assessment, by=by, action="assessor_withdrawn", before={"place": held.place})
    held.delete()


@transaction.atomic
def take_seat(*, seat: Seat, user: User) -> Seat:
    """The person an address belongs to has come; the address is forgotten."""
    held = hold_seat(seat)
    held.user, held.email = user, ""
    held.save(update_fields=["user", "email"])
    note(held.assessment, by=user, action="assessor_came", after={"place": held.place, "person": name_person(user)})
    return held


@transaction.atomic
def save_answers(*, seat: Seat, answers: Mapping[str, Given]) -> int:
    """Write down a part of a form; criteria that are not named stay as they are. Returns how many changed.

    Levels are no matter for the record before both forms are handed in, so nothing is noted there.

    Raises
    ------
    NotAllowedNow
        ``handed_in``: the form is final; ``unknown``: a criterion the framework does not have.
    """
    held = hold_seat(seat)
    if held.handed_in is not None or held.assessment.state == State.CLOSED:
        raise NotAllowedNow("handed_in")
    if answers.keys() - set(framework_of(held.assessment).criterion["criterion"].to_list()):
        raise NotAllowedNow("unknown")
    now = {one.criterion: one for one in held.answers.all()}
    return sum(_save_answer(held, criterion, given=given, stood=now.get(criterion)) for criterion, given in answers.items())


@transaction.atomic
def hand_in(*, seat: Seat, by: User | None) -> HandIn:
    """Hand a form in. It is final; when all are in, the assessors see each other's.

    Raises
    ------
    NotAllowedNow
        ``handed_in``: it was before; ``empty``: nothing is filled in.
    """
    held = hold_seat(seat)
    if held.handed_in is not None or held.assessment.state not in {State.ANSWERING, State.RECONCILING}:
        raise NotAllowedNow("handed_in")
    rows = [tell_answer(one) for one in held.answers.all()]
    if not any(row["level"] is not None or not row["applies"] for row in rows):
        raise NotAllowedNow("empty")
    held.handed_in = timezone.now()
    held.save(update_fields=["handed_in"])
    made = HandIn.objects.create(seat=held, at=held.handed_in, answers=rows)
    note(held.assessment, by=by, action="handed_in", after={"place": held.place, "answers": len(rows)})
    _move_on(held.assessment, by=by)
    return made


@transaction.atomic
def open_again(*, seat: Seat, by: User, because: str) -> None:
    """Let an assessor change a form that was handed in; the form as it was stays in the history, with the reason.

    Raises
    ------
    NotAllowedNow
        ``open``: it is not handed in; ``late``: the result was settled on already.
    """
    held = hold_seat(seat)
    if held.handed_in is None:
        raise NotAllowedNow("open")
    if held.assessment.state not in {State.ANSWERING, State.RECONCILING}:
        raise NotAllowedNow("late")
    last = held.hand_ins.last()
    if last is not None:
        last.opened_again, last.because = timezone.now(), because
        last.had_seen_other = held.assessment.state == State.RECONCILING
        last.save(update_fields=["opened_again", "because", "had_seen_other"])
    held.handed_in = None
    held.save(update_fields=["handed_in"])
    note(held.assessment, by=by, action="opened_again", after={"place": held.place, "because": because})


def tell_answer(answer: FormAnswer) -> dict[str, Any]:
    """An answer as it is kept with a hand-in."""
    names = ("criterion", "level", "applies", "evidence", "note", "file_sha256", "file_name")
    return {name: getattr(answer, name) for name in names}


def hold(assessment: Assessment) -> Assessment:
    """The assessment as it stands, held until the change is made."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("organisation", "own_framework")
    return rows.get(pk=assessment.pk)


def hold_seat(seat: Seat) -> Seat:
    """The seat as it stands, behind its assessment, so that two hand-ins at once wait for each other."""
    held = hold(seat.assessment)
    found = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    found.assessment = held
    return found


def note(assessment: Assessment, *, by: User | None, action: str, before: Any = None, after: Any = None) -> None:
    """An entry in the record of who runs it."""
    record(
        user=by, action=f"assessment.{action}", organisation=assessment.organisation, city=assessment.city,
        subject=assessment.subject_key, before=before, after=after,
    )  # fmt: skip


def _save_answer(seat: Seat, criterion: str, *, given: Given, stood: FormAnswer | None) -> bool:
    row = stood or FormAnswer(seat=seat, criterion=criterion)
    before = tell_answer(row)
    row.level, row.applies = (given.level if given.applies else None), given.applies
    row.evidence, row.note = given.evidence, given.note
    if given.file is not None:
        row.file_sha256, row.file_name = given.file
    if tell_answer(row) == before:
        return False
    row.changed = timezone.now()
    row.save()
    return True


def _move_on(assessment: Assessment, *, by: User | None) -> None:
    """Once every form is in: two, or for a city's own view at least one."""
    seats = list(assessment.seats.all())
    is_enough = len(seats) == len(PLACES) or not assessment.outside
    if assessment.state == State.ANSWERING and is_enough and all(seat.handed_in for seat in seats):
        assessment.state = State.RECONCILING
        assessment.save(update_fields=["state"])
        note(assessment, by=by, action="all_handed_in")
