"""An assessment goes from two blind forms to a settled result with the city's reply, and nothing of it gets lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from citytandem.findings import CannotCompute, Code
from citytandem.web.accounts.models import AuditEntry, Role
from citytandem.web.assessments import actions, settling
from citytandem.web.assessments.actions import Given, NotAllowedNow
from citytandem.web.assessments.models import Choice, State
from citytandem.web.assessments.queries import beside_of, is_public, is_settled, read_result
from tests.web.assessing import CITY, FRAMEWORK, a_person, an_assessment, fill_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LOW, HIGH = (
    {"organisation": 1, "guiding_principles": 3, "mobility": 2},
    {"organisation": 3, "guiding_principles": 3, "mobility": 2},
)


def why(call) -> str:
    with pytest.raises(NotAllowedNow) as refused:
        call()
    return str(refused.value)


def test_nobody_reads_a_form_before_both_are_in():
    half = an_assessment(first=LOW)

    assert half.state == State.ANSWERING
    assert read_result(half).answered is None
    assert not AuditEntry.objects.filter(subject=half.subject_key, after__has_key="levels").exists()


def test_both_forms_are_compared_and_differences_stand_as_a_range():
    made = an_assessment(first=LOW, second=HIGH)
    result = read_result(made)

    assert made.framework == FRAMEWORK
    assert made.state == State.RECONCILING
    assert result.open_criteria == ["organisation"]
    row = result.stood.filter(criterion="organisation").row(0, named=True)
    assert (row["level"], row["level_low"], row["level_high"], row["basis"]) == (None, 1, 3, "open")


def test_a_form_is_final_until_it_is_opened_again_with_a_reason():
    made = an_assessment(first=LOW, second=HIGH)
    seat, head = made.seats.first(), made.opened_by

    assert why(lambda: fill_in(seat, levels={"organisation": 4})) == "handed_in"

    actions.open_again(seat=seat, by=head, because="the wrong city was meant")

    assert read_result(made).answered is None

    fill_in(seat, levels={"organisation": 3})
    actions.hand_in(seat=seat, by=seat.user)

    assert [one.because for one in seat.hand_ins.all()] == ["the wrong city was meant", ""]
    assert seat.hand_ins.first().had_seen_other
    assert read_result(made).open_criteria == []


def test_what_is_settled_carries_reason_person_and_what_was_settled_before():
    made = an_assessment(first=LOW, second=HIGH)
    tell = {"assessment": made, "by": made.opened_by, "criterion": "organisation"}
    settling.decide(**tell, choice=Choice.FIRST, reason="the post is not filled")
    settling.decide(**tell, choice=Choice.OTHER, level=2, reason="half a post is")
    row = read_result(made).stood.filter(criterion="organisation").row(0, named=True)

    assert (row["level"], row["basis"], row["note"]) == (2, "decided", "half a post is")
    assert made.decisions.count() == 2
    assert why(lambda: settling.decide(**tell, choice=Choice.OTHER, reason="no level named")) == "no_level"
    assert why(lambda: settling.decide(**tell, choice=Choice.FIRST, reason=" ")) == "no_reason"


def test_a_result_is_settled_once_the_time_to_reply_is_over_or_the_reply_is_answered():
    made = an_assessment(first=LOW, second=HIGH, finished=True)

    assert not is_settled(made)

    reply = settling.write_reply(assessment=made, by=made.opened_by, text="We hired two people.", language="en", by_letter=True)

    assert not is_settled(made)

    settling.answer_reply(reply=reply, by=made.opened_by, answer="Thank you; seen.")

    assert is_settled(made)


def test_no_reply_settles_when_its_time_is_over():
    made = an_assessment(first=LOW, second=HIGH, finished=True)
    made.reply_until = timezone.now().date() - timedelta(days=1)
    made.save()

    assert is_settled(made)
    assert why(lambda: settling.write_reply(assessment=made, by=made.opened_by, text="late", language="en")) == "reply_over"


def test_a_reply_may_change_a_level_and_both_stay():
    made = an_assessment(first=LOW, second=HIGH, finished=True)
    reply = settling.write_reply(assessment=made, by=made.opened_by, text="Here is the post.", language="en")
    settling.decide(
        assessment=made,
        by=made.opened_by,
        criterion="organisation",
        choice=Choice.OTHER,
        level=3,
        reason="shown",
        after_reply=reply,
    )

    assert read_result(made).decisions["organisation"].after_reply == reply
    assert (
        why(
            lambda: settling.decide(
                assessment=made, by=made.opened_by, criterion="mobility", choice=Choice.OTHER, level=3, reason="without a reply"
            )
        )
        == "not_reconciling"
    )


def test_only_both_consents_make_a_result_public():
    made = an_assessment(first=LOW, second=HIGH, finished=True)
    tell = {"assessment": made, "by": made.opened_by}

    assert why(lambda: settling.agree_to_publish(**tell, as_city=True)) == "not_settled"

    settling.end_replies(**tell)
    settling.agree_to_publish(**tell, as_city=False)
    made.refresh_from_db()

    assert not is_public(made)

    settling.agree_to_publish(**tell, as_city=True)
    made.refresh_from_db()

    assert is_public(made)

    settling.take_back(**tell, as_city=True)
    made.refresh_from_db()

    assert not is_public(made)


def test_an_own_view_takes_one_assessor_and_no_reply_and_stands_beside_one_from_outside(heidelberg):
    outside = an_assessment(first=LOW, second=LOW, finished=True)
    editor = a_person("cy", of=heidelberg, role=Role.PUBLISHER)
    own = actions.open_assessment(organisation=heidelberg, framework="sino_german", city=CITY, by=editor)
    seat = actions.invite_assessor(assessment=own, by=editor, user=editor)
    fill_in(seat, levels=HIGH)
    actions.hand_in(seat=seat, by=editor)
    settling.finish_reconciling(assessment=own, by=editor)
    own.refresh_from_db()
    other, frame = beside_of(read_result(own))
    row = frame.filter(criterion="organisation").row(0, named=True)

    assert is_settled(own)
    assert other == outside
    assert (row["own"], row["outside"]) == (3.0, 1.0)


def test_only_the_city_itself_runs_its_own_view(heidelberg):
    tell = {"organisation": heidelberg, "framework": "sino_german", "by": None}

    assert why(lambda: actions.open_assessment(**tell, city="DE-05315000")) == "not_own_city"
    assert why(lambda: actions.open_assessment(**tell, city=CITY, outside=True)) == "own_city"


def test_published_stages_answer_the_activity_profile_and_are_frozen_with_the_result(heidelberg):
    editor = a_person("cy", of=heidelberg)
    own = actions.open_assessment(organisation=heidelberg, framework="activity_2026", city=CITY, by=editor)
    seat = actions.invite_assessor(assessment=own, by=editor, user=editor)
    actions.save_answers(seat=seat, answers={"target": Given(level=1, evidence="decision of the council")})
    actions.hand_in(seat=seat, by=editor)
    settling.finish_reconciling(assessment=own, by=editor)
    own.refresh_from_db()
    known = read_result(own).answered.scored.criteria.filter(criterion="target").row(0, named=True)

    assert known["level"] == 1.0
    assert {row["criterion"] for row in own.stages} <= set(read_result(own).framework.criterion["criterion"])


def test_two_seats_and_no_more_nor_twice_the_same_person():
    made = an_assessment()
    first = made.seats.first()

    assert why(lambda: actions.invite_assessor(assessment=made, by=None, email="x@example.org")) == "two"

    actions.withdraw_assessor(seat=made.seats.last(), by=made.opened_by)

    assert why(lambda: actions.invite_assessor(assessment=made, by=None, user=first.user)) == "twice"


def test_a_broken_framework_is_refused_with_every_slip(heidelberg):
    with pytest.raises(CannotCompute) as refused:
        actions.bring_framework(organisation=heidelberg, by=None, files={"framework.csv": b"framework,version\nours_1,1\n"})

    assert refused.value.finding.code is Code.FRAMEWORK_NOT_SOUND
    assert Code.FILE_MISSING in {finding.code for finding in refused.value.because}
