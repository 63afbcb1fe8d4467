"""Interviews: two people code alone, what experts allow is all that counts, and what comes of it is told with its counts."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.accounts.personal import erase_person, gather_personal_data
from citytandem.web.lessons import interviews
from citytandem.web.lessons.actions import NotAllowedNow, show
from citytandem.web.lessons.coding_pages import list_differences
from citytandem.web.lessons.models import Code, Interview, Round, Seat, Settlement, Statement, Topic
from citytandem.web.lessons.queries import topics_of
from citytandem.web.lessons.results import read_result
from tests.web.interviews import DAY, ask, code, make_coded_round, make_round, make_topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(heidelberg, person):
    return person(Role.EDITOR, heidelberg)


@pytest.fixture
def second(heidelberg, person):
    return person(Role.PUBLISHER, heidelberg)


@pytest.fixture
def coded(heidelberg, first, second):
    round_, asked, topics = make_coded_round(heidelberg, first=first, second=second)
    return show(round_, by=second, organisation=heidelberg, version=1, state="published"), asked, topics


def page_of(client, round_):
    return client.get(reverse("lesson_topics_of", args=[round_.pk])).content.decode()


def test_neither_coder_sees_the_others_codes_before_both_are_done(heidelberg, first, second, browser_of):
    topics, round_ = make_topics(heidelberg, first), make_round(heidelberg, first)
    own = ask(round_, first, number=0)
    code(own, first, topics=topics, number=0)
    browser = browser_of(second)
    browser.post(reverse("lesson_take_seat", args=[heidelberg.pk, own.pk]))
    form = browser.get(reverse("lesson_code", args=[heidelberg.pk, own.pk])).content.decode()
    apart = browser.get(reverse("lesson_differences", args=[heidelberg.pk, own.pk]))
    result = browser.get(reverse("lesson_round_result", args=[heidelberg.pk, round_.pk])).content.decode()

    assert form.count('type="checkbox"') == 12
    assert " checked" not in form
    assert apart.status_code == 404
    assert "Said about" not in result


def test_only_two_people_code_and_nobody_twice(heidelberg, first, second, person):
    topics, round_ = make_topics(heidelberg, first), make_round(heidelberg, first)
    own = ask(round_, first, number=0)
    seat = code(own, first, topics=topics, number=0, is_done=False)
    again = interviews.take_seat(own, by=first)
    interviews.take_seat(own, by=second)
    with pytest.raises(interviews.AlreadyCoding):
        interviews.take_seat(own, by=person(Role.ADMIN, heidelberg))

    assert (seat.pk, Seat.objects.count()) == (again.pk, 2)


def test_codes_stand_once_a_coder_is_done_and_nobody_codes_in_anothers_name(heidelberg, first, second):
    topics, round_ = make_topics(heidelberg, first), make_round(heidelberg, first)
    own = ask(round_, first, number=0)
    seat = code(own, first, topics=topics, number=0)
    for user in (first, second):
        with pytest.raises(NotAllowedNow):
            interviews.keep_codes(seat, by=user, codes={}, is_done=False)
    with pytest.raises(NotAllowedNow):
        interviews.keep_statement(Statement(interview=own), by=first, version=0, values={"text": "late", "language": "en"})

    assert Code.objects.count() == 4


def test_a_form_with_no_tick_is_an_answer_and_foreign_topics_are_not_kept(heidelberg, first, browser_of):
    round_ = make_round(heidelberg, first)
    topics = make_topics(heidelberg, first)
    own = ask(round_, first, number=0)
    other = Organisation.objects.create(kind=Kind.CIVIC, name="Other")
    foreign = Topic.objects.create(organisation=other, title="Foreign", definition="x")
    browser = browser_of(first)
    browser.post(reverse("lesson_take_seat", args=[heidelberg.pk, own.pk]))
    statement = own.statements.first()
    wrong = browser.post(reverse("lesson_code", args=[heidelberg.pk, own.pk]), {f"s{statement.pk}": foreign.pk})
    browser.post(reverse("lesson_code", args=[heidelberg.pk, own.pk]), {f"s{statement.pk}": topics["Land"].pk})
    kept = Code.objects.count()
    browser.post(reverse("lesson_code", args=[heidelberg.pk, own.pk]), {"done": "yes"})

    assert (wrong.status_code, kept, Code.objects.count()) == (422, 1, 0)
    assert Seat.objects.get().done is not None


def test_differences_are_listed_settled_and_only_then_counted(coded, heidelberg, first, browser_of):
    round_, asked, topics = coded
    before = read_result(round_, language="en")
    (difference,) = list_differences(asked[0])
    sent = {
        "statement": difference["statement"].pk,
        "topic": topics["Jobs"].pk,
        "is_present": "yes",
        "reason": "It is about work.",
    }
    browser_of(first).post(reverse("lesson_differences", args=[heidelberg.pk, asked[0].pk]), sent)
    after = read_result(round_, language="en")
    jobs = [next(one.statements for one in result.topics if one.title == "Jobs") for result in (before, after)]

    assert (before.open_differences, after.open_differences) == (2, 1)
    assert jobs == [4, 5]
    assert after.coding.alpha == before.coding.alpha
    assert Settlement.objects.get().reason == "It is about work."


def test_what_both_agree_on_cannot_be_settled_away(coded, first):
    _, asked, topics = coded
    with pytest.raises(NotAllowedNow):
        interviews.settle(asked[0].statements.first(), by=first, topic=topics["Land"], is_present=False, reason="")

    assert not Settlement.objects.exists()


def test_the_page_tells_agreement_counts_groups_and_sub_topics(coded, client):
    round_, _, _ = coded
    page = page_of(client, round_)
    result = read_result(round_, language="en")

    assert (result.experts, result.statements, result.coding.pairs) == (3, 12, 36)
    assert result.coding.low < result.coding.alpha < 1
    assert {topic for one in result.sub_topics for topic in one.topics} == {"Land", "Jobs", "Trust"}
    assert all(one.experts >= 2 and one.statements >= 3 for one in result.sub_topics)
    assert 'class="tree"' in page
    assert "Krippendorff" in page
    assert "Expert 0 (invented), function 0" in page


def test_a_topic_that_joined_the_list_later_does_not_count_against_the_coders(coded, heidelberg):
    round_, _, _ = coded
    Topic.objects.create(organisation=heidelberg, title="Air", definition="Air that people breathe")

    assert "Air" not in {one.title for one in read_result(round_, language="en").topics}


def test_consent_taken_back_leaves_every_public_page_and_table_at_once(coded, heidelberg, first, browser_of, client):
    round_, asked, _ = coded
    words = asked[2].statements.first().text
    addresses = [reverse("lesson_topics_of", args=[round_.pk]), reverse("lesson_topics_csv", args=[round_.pk, "statements"])]
    there = [words in client.get(address).content.decode() for address in addresses]
    told = {"purpose": "", "on": DAY.isoformat()}
    browser_of(first).post(reverse("withdraw_lesson_consent", args=[heidelberg.pk, asked[2].pk]), told)
    gone = [words in client.get(address).content.decode() for address in addresses]
    result = read_result(round_, language="en")

    assert (there, gone) == ([True, True], [False, False])
    assert (result.statements, result.not_allowed, result.experts) == (8, 4, 2)
    assert not topics_of("south-wales")
    assert "Expert 2" not in page_of(client, round_)


def test_each_purpose_is_asked_for_by_itself(heidelberg, first, second, client):
    levels = {0: {"topics": "function", "quotes": "function"}, 1: {"topics": "named", "quotes": "none"}, 2: {"quotes": "named"}}
    round_, _, _ = make_coded_round(heidelberg, first=first, second=second, levels=levels)
    show(round_, by=second, organisation=heidelberg, version=1, state="published")
    page, result = page_of(client, round_), read_result(round_, language="en")

    assert (result.experts, result.not_allowed) == (2, 4)
    assert "function 0" in page
    assert "Expert 0" not in page
    assert "Without clean land no firm came." not in page
    assert "Spoil heaps" not in page
    assert result.contacts == ()


def test_a_draft_round_is_seen_by_its_team_alone(coded, heidelberg, second, client, browser_of):
    round_, _, _ = coded
    show(round_, by=second, organisation=heidelberg, version=2, state="draft")
    answers = [
        client.get(reverse("lesson_topics_of", args=[round_.pk])),
        client.get(reverse("lesson_topics_csv", args=[round_.pk, "topics"])),
        browser_of(second).get(reverse("lesson_round_result", args=[heidelberg.pk, round_.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 200]
    assert not topics_of("ruhr")


def test_topics_of_a_region_count_its_experts_alone(coded):
    found = {one.title: (one.statements, one.experts) for one in topics_of("south-wales")}

    assert found == {"Jobs": (1, 1), "Land": (1, 1), "Trust": (2, 1)}


def test_interviews_are_closed_to_viewers_and_other_teams(coded, heidelberg, person, browser_of):
    round_, asked, _ = coded
    other = Organisation.objects.create(kind=Kind.CIVIC, name="Other")
    viewer, stranger = browser_of(person(Role.VIEWER, heidelberg)), browser_of(person(Role.ADMIN, other, email="o@example.org"))
    answers = [
        viewer.get(reverse("lesson_interview", args=[heidelberg.pk, asked[0].pk])),
        stranger.get(reverse("lesson_interview", args=[other.pk, asked[0].pk])),
        stranger.get(reverse("lesson_round_result", args=[other.pk, round_.pk])),
        stranger.post(reverse("lesson_take_seat", args=[other.pk, asked[0].pk])),
        stranger.post(reverse("forget_lesson_interview", args=[other.pk, asked[0].pk])),
    ]

    assert [answer.status_code for answer in answers] == [403, 404, 404, 404, 404]
    assert Interview.objects.count() == 3


def test_an_expert_is_told_all_and_forgotten_with_the_account(coded, person):
    user = person(email="expert1@example.org")
    told = gather_personal_data(user)["lessons.interview"]
    erase_person(user)
    left = str(list(AuditEntry.objects.values_list("before", "after")))

    assert [len(one["statements"]) for one in told] == [4]
    assert told[0]["consents"][0]["level"] == "named"
    assert Interview.objects.count() == 2
    assert "Expert 1" not in left
    assert "Without clean land" not in left


def test_a_team_forgets_an_expert_and_codes_go_too(coded, heidelberg, second, browser_of):
    _, asked, _ = coded
    browser_of(second).post(reverse("forget_lesson_interview", args=[heidelberg.pk, asked[0].pk]))

    assert (Interview.objects.count(), Statement.objects.count()) == (2, 8)
    assert Code.objects.filter(seat__interview=asked[0].pk).count() == 0


def test_consent_without_a_day_or_a_way_is_sent_back(heidelberg, first, browser_of):
    round_ = make_round(heidelberg, first)
    sent = {
        "version": 0, "name": "N", "function": "F", "region": "ruhr", "region_type": "coal", "language": "de",
        "held": "2026-09-01", "topics_level": "named",
    }  # fmt: skip
    address = reverse("new_lesson_interview", args=[heidelberg.pk, round_.pk])
    half = browser_of(first).post(address, sent)
    browser_of(first).post(address, sent | {"topics_given": "2026-09-01", "topics_how": "email"})

    assert half.status_code == 422
    assert [(one.purpose, one.level) for one in Interview.objects.get().consents.all()] == [("topics", "named")]


def test_coding_anew_drops_codes_and_lets_statements_change(coded, heidelberg, second, browser_of):
    _, asked, _ = coded
    browser_of(second).post(reverse("lesson_code_anew", args=[heidelberg.pk, asked[0].pk]))
    statement = asked[0].statements.first()
    kept = interviews.keep_statement(statement, by=second, version=1, values={"text": "Corrected"})

    assert asked[0].seats.count() == 0
    assert kept.text == "Corrected"


def test_few_statements_say_that_they_are_few(heidelberg, first, second, client):
    topics, round_ = make_topics(heidelberg, first), make_round(heidelberg, first)
    own = ask(round_, first, number=0)
    code(own, first, topics=topics, number=0)
    code(own, second, topics=topics, number=0, is_second=True)
    show(round_, by=second, organisation=heidelberg, version=1, state="published")
    page, result = page_of(client, round_), read_result(round_, language="en")

    assert (result.coding.told, result.clusters.told, result.sub_topics) == ("too_few", "too_few", ())
    assert "too few to tell" in page


def test_every_page_of_a_team_opens(coded, heidelberg, second, browser_of):
    round_, asked, topics = coded
    browser, here = browser_of(second), [heidelberg.pk]
    addresses = [
        reverse("lessons_room", args=here), reverse("new_case", args=here), reverse("new_topic", args=here),
        reverse("write_topic", args=[*here, topics["Land"].pk]), reverse("new_round", args=here),
        reverse("lesson_round", args=[*here, round_.pk]), reverse("write_round", args=[*here, round_.pk]),
        reverse("new_lesson_interview", args=[*here, round_.pk]), reverse("lesson_interview", args=[*here, asked[0].pk]),
        reverse("write_lesson_interview", args=[*here, asked[0].pk]), reverse("lesson_code", args=[*here, asked[0].pk]),
        reverse("lesson_differences", args=[*here, asked[0].pk]), reverse("forget_lesson_interview", args=[*here, asked[0].pk]),
        reverse("desk", args=here), reverse("lesson_topics"),
    ]  # fmt: skip

    assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_desk_names_what_waits_for_a_second_coder_and_what_is_open(coded, heidelberg, person, browser_of):
    round_, _, _ = coded
    ask(Round.objects.get(pk=round_.pk), person(Role.ADMIN, heidelberg), number=0)
    page = browser_of(person(Role.EDITOR, heidelberg, email="e2@example.org")).get(reverse("desk", args=[heidelberg.pk]))

    assert page.content.decode().count("What the Ruhr would do again") == 3


def test_nothing_is_missing_from_the_migrations():
    call_command("makemigrations", "lessons", check=True, dry_run=True, verbosity=0)

    assert Interview._meta.app_label == "lessons"
