"""Look-ups of assessments: what they say now, whether they are settled, who may see them, what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db.models import Q
from django.utils import timezone

from citytandem.assessments import SEED, fill_from_stages, read_stages
from citytandem.findings import CannotCompute
from citytandem.science.assessment.answer import answer
from citytandem.science.assessment.answers import ask_for_evidence
from citytandem.science.assessment.assessors import compare_assessors, place_beside, reconcile
from citytandem.tables.assessment import WHOLE, Answer, Beside
from citytandem.tables.assessment import Decision as DecisionTable
from citytandem.web.accounts.queries import organisation_of_city
from citytandem.web.assessments.frameworks import framework_of
from citytandem.web.assessments.models import Assessment, Decision, HandIn, OwnFramework, Seat, State
from citytandem.web.live import atlas_of_everybody

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet

    from citytandem.findings import Finding
    from citytandem.science.assessment.answer import Assessment as Answered
    from citytandem.science.assessment.assessors import Compared
    from citytandem.science.assessment.framework import Framework
    from citytandem.web.accounts.models import Organisation, User

FIRST, SECOND = 1, 2


@dataclass(frozen=True)
class Result:
    """What an assessment says now.

    ``answered`` is None while nothing may be shown, or nothing is known; ``refusal`` says why, where science refused.
    ``compared`` is None unless both handed in. ``stood`` has what is agreed, decided or open of each criterion.
    """

    assessment: Assessment
    framework: Framework
    state: str
    is_settled: bool
    answered: Answered | None
    compared: Compared | None
    stood: pl.DataFrame | None
    decisions: Mapping[str, Decision]
    refusal: Finding | None = None

    @property
    def city(self) -> str:
        """Who is judged."""
        return self.assessment.city

    @property
    def open_criteria(self) -> list[str]:
        """Criteria on which the two differ and nothing is settled, in the order of the framework."""
        if self.compared is None:
            return []
        return [key for key in self.compared.to_reconcile["criterion"].to_list() if key not in self.decisions]


def read_result(assessment: Assessment) -> Result:
    """The result as it stands: levels with intervals, how two assessors agree, what they settled on.

    While a form is out, nobody reads the others: then there is no answer yet.
    """
    framework = framework_of(assessment)
    settled = is_settled(assessment)
    decisions = {one.criterion: one for one in assessment.decisions.filter(is_current=True).select_related("decided_by")}
    forms = last_answers(assessment)
    is_out = assessment.seats.filter(handed_in=None).exists()
    if assessment.state not in {State.RECONCILING, State.RECONCILED} or is_out or not forms:
        return Result(assessment, framework, assessment.state, settled, None, None, None, decisions)
    frames = {place: frame_answers(rows.values(), city=assessment.city) for place, rows in forms.items()}
    first = frames.get(FIRST, frames[min(frames)])
    second = frames.get(SECOND) if len(frames) > 1 else None
    compared = compare_assessors(framework, first=first, second=second) if second is not None else None
    stood = reconcile(first, second if second is not None else first, decisions=_frame_decisions(assessment.city, decisions))
    stages = _stages_of(assessment, framework)
    answered, refusal = _answer(framework, stood=stood, stages=stages)
    return Result(assessment, framework, assessment.state, settled, answered, compared, stood, decisions, refusal)


def is_settled(assessment: Assessment) -> bool:
    """Whether a result stands: reconciled, no reply waits for its answer, and the city replied, had its time, or needs none."""
    if assessment.state != State.RECONCILED:
        return False
    replies = list(assessment.replies.values_list("answered", flat=True))
    if any(answered is None for answered in replies):
        return False
    until = assessment.reply_until
    over = until is None or until < timezone.now().date()
    return over or assessment.replied_enough is not None or bool(replies)


def is_public(assessment: Assessment) -> bool:
    """Whether everybody may read it: a result that who runs it and the city agreed to publish."""
    return assessment.state == State.RECONCILED and assessment.offered is not None and assessment.consented is not None


def published_assessments(*, city: str | None = None) -> QuerySet[Assessment]:
    """The results everybody may read, by date; of one city or of all."""
    rows = Assessment.objects.filter(state=State.RECONCILED, offered__isnull=False, consented__isnull=False)
    rows = rows.filter(city=city) if city else rows
    return rows.select_related("organisation", "own_framework").order_by("-reconciled", "-pk")


def assessments_of(organisation: Organisation) -> QuerySet[Assessment]:
    """Those an organisation runs."""
    return Assessment.objects.filter(organisation=organisation).select_related("organisation", "own_framework")


def assessments_about(organisation: Organisation) -> QuerySet[Assessment]:
    """Those others run about its city, once there is a result to reply to."""
    rows = Assessment.objects.filter(city=organisation.city, outside=True, state=State.RECONCILED)
    rows = rows if organisation.kind == "city" and organisation.city else rows.none()
    return rows.exclude(organisation=organisation).select_related("organisation", "own_framework")


def seats_of(user: User) -> QuerySet[Seat]:
    """Forms a person is asked to fill in, or filled in: by account, or by an address they confirmed."""
    mine = Q(user=user) | Q(user=None, email__in=addresses_of(user))
    rows = Seat.objects.filter(mine).exclude(user=None, email="")
    return rows.select_related("assessment__organisation", "assessment__own_framework").order_by("-invited", "-pk")


def addresses_of(user: User) -> list[str]:
    """The confirmed addresses of a person, in small letters."""
    from allauth.account.models import EmailAddress  # app ready

    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return [address.lower() for address in (user.email, *confirmed)]


def subject_organisation(assessment: Assessment) -> Organisation | None:
    """The city's team on this site, if it has one."""
    return organisation_of_city(assessment.city)


def own_frameworks(organisation: Organisation) -> QuerySet[OwnFramework]:
    """The frameworks an organisation brought, newest version first, those retired too."""
    return OwnFramework.objects.filter(organisation=organisation)


def last_answers(assessment: Assessment) -> dict[int, dict[str, dict[str, Any]]]:
    """By place and criterion what was handed in last; forms that are open again count by nothing until they are back."""
    rows = HandIn.objects.filter(seat__assessment=assessment, seat__handed_in__isnull=False, opened_again=None).order_by("pk")
    return {one.seat.place: {row["criterion"]: row for row in one.answers} for one in rows.select_related("seat")}


def beside_of(
    result: Result, *, may_see: Callable[[Assessment], bool] = lambda _: True
) -> tuple[Assessment, pl.DataFrame] | None:
    """The newest result of the other kind about the same city by the same framework, and both views side by side.

    ``may_see`` says which results the reader may read; the others are as if they were not there.
    """
    own = result.assessment
    if result.answered is None:
        return None
    others = _same_framework(own).filter(state=State.RECONCILED).exclude(outside=own.outside).order_by("-reconciled")
    for other in filter(may_see, others):
        read = read_result(other)
        if read.answered is None:
            continue
        mine, theirs = (result, read) if not own.outside else (read, result)
        assert mine.answered is not None and theirs.answered is not None  # noqa: S101, PT018 - both were looked at
        frame = place_beside(result.framework, own=mine.answered.answers, outside=theirs.answered.answers, seed=SEED)
        return other, Beside.cast(frame)
    return None


def earlier_of(assessment: Assessment) -> list[Assessment]:
    """Results of the same city by any version of the same framework and of the same kind, oldest first, with this one."""
    rows = Assessment.objects.filter(
        city=assessment.city, framework=assessment.framework, outside=assessment.outside, state=State.RECONCILED
    )
    if assessment.own_framework is not None:
        rows = rows.filter(own_framework__organisation=assessment.own_framework.organisation)
    else:
        rows = rows.filter(own_framework=None)
    return list(rows.select_related("organisation", "own_framework").order_by("reconciled", "pk"))


def freeze_stages(assessment: Assessment) -> list[dict[str, Any]]:
    """Published stages that count under the framework's criteria, as they stand now."""
    framework = framework_of(assessment)
    return read_stages(atlas_of_everybody(), framework=framework, subjects=[assessment.city]).to_dicts()


def frame_answers(rows: Any, *, city: str) -> pl.DataFrame:
    """Kept answers as the science reads them; a file is evidence as an address is."""
    plain = [
        {
            "subject": city, "criterion": row["criterion"], "part": WHOLE, "level": row["level"] if row["applies"] else None,
            "level_low": None, "level_high": None, "applies": row["applies"],
            "evidence": "; ".join(filter(None, (row["evidence"], row["file_name"]))) or None, "note": row["note"] or None,
        }
        for row in rows
        if row["level"] is not None or not row["applies"]
    ]  # fmt: skip
    return pl.DataFrame(plain, schema=_schema())


def lacks_evidence(framework: Framework, row: Mapping[str, Any]) -> bool:
    """Whether an answer claims a level that asks for evidence, and names none."""
    shown = row["evidence"] or row["file_name"]
    asked = ask_for_evidence(framework, criterion=row["criterion"], level=row["level"] if row["applies"] else None)
    return bool(asked) and not shown


def _schema() -> dict[str, Any]:
    return {name: column.dtype for name, column in Answer.columns().items()}


def _stages_of(assessment: Assessment, framework: Framework) -> pl.DataFrame:
    """Frozen with the result; before, as they are published now."""
    if assessment.state == State.RECONCILED:
        return pl.DataFrame(assessment.stages, schema=_schema())
    return read_stages(atlas_of_everybody(), framework=framework, subjects=[assessment.city])


def _answer(framework: Framework, *, stood: pl.DataFrame, stages: pl.DataFrame) -> tuple[Answered | None, Finding | None]:
    says = pl.col("level").is_not_null() | pl.col("level_low").is_not_null() | ~pl.col("applies")
    known = stood.filter(says).select(list(_schema())).cast(pl.Schema(_schema()))
    try:
        filled = fill_from_stages(known, stages=stages)
        provenance = atlas_of_everybody().provenance(SEED)
        return answer(framework, answers=filled, seed=SEED, provenance=provenance), None
    except CannotCompute as refused:
        return None, refused.finding


def _frame_decisions(city: str, decisions: Mapping[str, Decision]) -> pl.DataFrame:
    rows = [
        {
            "subject": city, "criterion": one.criterion, "level": one.level, "applies": one.choice != "not_applicable",
            "evidence": one.evidence or None, "reason": one.reason,
        }
        for one in decisions.values()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={name: column.dtype for name, column in DecisionTable.columns().items()})


def _same_framework(assessment: Assessment) -> QuerySet[Assessment]:
    return Assessment.objects.filter(
        city=assessment.city, framework=assessment.framework, version=assessment.version, own_framework=assessment.own_framework
    ).select_related("organisation", "own_framework")


def places_in(framework: Framework) -> Sequence[str]:
    """The criteria in the order of the framework."""
    return [str(key) for key in framework.criterion["criterion"].to_list()]
