"""Interviews of the demo: invented, labelled, and loaded once."""

import datetime as dt

import pytest

from citytandem.web.accounts.models import Membership
from citytandem.web.demo.interviews import ASKING, SECOND, load_interviews
from citytandem.web.demo.people import load_people
from citytandem.web.lessons.models import Checklist, Interview, Seat
from citytandem.web.lessons.queries import find_case
from citytandem.web.lessons.results import read_result

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 22)
INVENTED = ("(erfunden)", "(invented)", "(虚构)")


@pytest.fixture
def loaded(db):
    load_people()
    return load_interviews(today=DAY)


def test_every_expert_is_plainly_invented_and_speaks_another_language(loaded):
    experts = list(Interview.objects.all())

    assert all(one.is_invented and one.name.endswith(INVENTED) and one.function.endswith(INVENTED) for one in experts)
    assert {one.language for one in experts} == {"de", "en", "zh-Hans"}


def test_two_people_coded_each_interview_and_sub_topics_come_of_it(loaded):
    result = read_result(loaded, language="en")
    coders = {seat.user.email for seat in Seat.objects.all()}

    assert coders == {ASKING, SECOND}
    assert (result.experts, result.statements, result.open_differences) == (3, 12, 1)
    assert "Land and brownfields" in {title for one in result.sub_topics for title in one.topics}


def test_the_checklist_goes_back_to_a_case_of_the_house(loaded):
    own = Checklist.objects.get()

    assert find_case(own.case_key).is_ours
    assert {one.holds for one in own.conditions.all()} == {"holds", "partly", "not", "unknown"}


def test_loading_twice_changes_nothing(loaded):
    before = Interview.objects.count(), Membership.objects.count()

    assert load_interviews(today=DAY) is None
    assert (Interview.objects.count(), Membership.objects.count()) == before


def test_without_the_people_of_the_demo_nothing_is_loaded(db):
    assert load_interviews(today=DAY) is None
