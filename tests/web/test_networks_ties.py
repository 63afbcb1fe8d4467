"""Ties: figures and never a score, unknown stays unknown; both cities record, a network sees what the cities let it see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.networks import contacts
from citytandem.web.networks.contacts import Contact, Load, Sort
from citytandem.web.networks.health import ASLEEP_DAYS, describe_tie
from citytandem.web.networks.load import weigh
from citytandem.web.networks.models import Meeting, NetworkMember, Question, Tie, Transfer
from citytandem.web.networks.tie_list import Line
from tests.web.networks import AARHUS, HEIDELBERG, YOKOHAMA, add_member, day, set_scene, tie_of

pytestmark = pytest.mark.django_db
PRIVATE = "A word between the two of us"


@pytest.fixture
def scene(person, browser_of):
    return set_scene(person, browser_of)


def test_of_a_tie_on_which_nothing_is_recorded_nothing_is_said(scene):
    health = describe_tie(tie_of(scene), on=day(0))

    assert (health.meetings, health.held, health.questions, health.answered, health.transfers, health.days) == (None,) * 6
    assert (health.is_asleep, health.state) == (None, "unknown")


def test_the_figures_of_a_tie_are_counts_of_what_was_recorded(scene):
    tie = tie_of(scene)
    for days, state in ((-200, "held"), (-50, "held"), (20, "planned"), (-10, "cancelled")):
        Meeting.objects.create(tie=tie, day=day(days), state=state, form="call", subject="heat")
    Question.objects.create(tie=tie, asked_by=HEIDELBERG, asked=day(-40), text="how?", answered=day(-30), answer="so")
    Question.objects.create(tie=tie, asked_by=HEIDELBERG, asked=day(-45), text="why?")
    Transfer.objects.create(tie=tie, measure="B09", learner=HEIDELBERG, begun=day(-10))
    Transfer.objects.create(tie=tie, measure="E02", learner=YOKOHAMA, begun=day(-10), stage="stopped")
    health = describe_tie(tie, on=day(0))

    assert (health.held, health.meetings, health.answered, health.questions, health.transfers) == (2, 3, 1, 2, 1)
    assert (health.days, health.is_asleep, health.open) == (30, False, 1)


@given(days=st.integers(0, 400))
def test_a_tie_is_asleep_after_more_than_120_days_without_contact(days):
    contact = Contact(city=HEIDELBERG, other=YOKOHAMA, day=day(-days), sort=Sort.HELD, title="x")
    health = describe_tie(Nothing(), on=day(0), contacts=[contact])

    assert health.is_asleep is (days > ASLEEP_DAYS)
    assert (health.held, health.meetings) == (1, 1)


def test_what_is_planned_is_no_contact(scene):
    planned = Contact(city=HEIDELBERG, other=YOKOHAMA, day=day(-3), sort=Sort.PLANNED, title="x")
    health = describe_tie(tie_of(scene), on=day(0), contacts=[planned])

    assert (health.held, health.meetings, health.state) == (0, 1, "unknown")


def test_other_rooms_tell_contacts_and_loads(monkeypatch, scene):
    known = Contact(city=HEIDELBERG, other=YOKOHAMA, day=day(-5), sort=Sort.HELD, title="Conference", url="/en/")
    stray = Contact(city=AARHUS, other=YOKOHAMA, day=day(-5), sort=Sort.HELD, title="x")
    told = {
        "CONTACTS": [lambda _: [known, stray]],
        "LOADS": [
            lambda _: [Load(city=HEIDELBERG, running=2, capacity=3)],
            lambda _: [Load(city=HEIDELBERG, running=2, capacity=5)],
        ],
    }
    monkeypatch.setattr(contacts, "_find", told.__getitem__)
    page = scene.german.get(f"/en/workspace/{scene.heidelberg.pk}/ties/{tie_of(scene).pk}/").content.decode()

    assert contacts.gather_contacts({(HEIDELBERG, YOKOHAMA)}) == {(HEIDELBERG, YOKOHAMA): [known]}
    assert contacts.gather_loads([HEIDELBERG]) == {HEIDELBERG: Load(city=HEIDELBERG, running=4, capacity=3)}
    assert "Conference" in page


def test_only_who_said_what_it_can_carry_can_be_overloaded(monkeypatch, scene):
    monkeypatch.setattr(
        contacts,
        "_find",
        lambda name: [lambda _: [Load(city=c, running=9) for c in (HEIDELBERG, YOKOHAMA)]] if name == "LOADS" else [],
    )
    NetworkMember.objects.filter(city=HEIDELBERG).update(capacity=8)
    line = Line(city=HEIDELBERG, other=YOKOHAMA, city_name="H", other_name="Y", kind="contact", since=None, source="s")
    carried = weigh([line], members=NetworkMember.objects.all(), cities=[HEIDELBERG, YOKOHAMA])
    page = scene.coordinator.get(f"/en/workspace/{scene.network.pk}/network/ties/").content.decode()

    assert {city for city, one in carried.items() if one.is_over} == {HEIDELBERG}
    assert "it said it can carry 8" in page


def test_both_sides_record_and_answer_on_their_tie(scene):
    scene.german.post(
        f"/en/workspace/{scene.heidelberg.pk}/ties/new/",
        {"version": 0, "other": "Yokohama", "kind": "contact", "since": 2019, "source": "letter"},
    )
    tie = Tie.objects.get()
    question = {
        "question-version": 0,
        "question-asked_by": HEIDELBERG,
        "question-asked": day(-2).isoformat(),
        "question-text": "How?",
    }
    scene.german.post(f"/en/workspace/{scene.heidelberg.pk}/ties/{tie.pk}/question/new/", question)
    asked = Question.objects.get()
    desk = scene.japanese.get(f"/en/workspace/{scene.yokohama.pk}/").content.decode()
    prefix = f"question{asked.pk}-"
    answer = {"version": 1, "asked_by": HEIDELBERG, "asked": day(-2).isoformat(), "text": "How?", "answer": "So."}
    scene.japanese.post(
        f"/en/workspace/{scene.yokohama.pk}/ties/{tie.pk}/question/{asked.pk}/",
        {prefix + name: value for name, value in answer.items()},
    )
    asked.refresh_from_db()

    assert (tie.city, tie.other, tie.since) == (HEIDELBERG, YOKOHAMA, 2019)
    assert "asks you something" in desk
    assert (asked.answer, asked.answered) == ("So.", day(0))
    assert AuditEntry.objects.filter(action__startswith="tie.").count() == 3


def test_strangers_and_third_cities_see_nothing_of_a_tie(scene, person, browser_of):
    tie = tie_of(scene)
    third = Organisation.objects.create(kind=Kind.CITY, name="Aarhus (invented team)", city=AARHUS, is_invented=True)
    dane = browser_of(person(Role.ADMIN, third, email="dk@example.org"))
    meeting = Meeting.objects.create(tie=tie, day=day(-1), state="held", form="call", subject=PRIVATE)
    paths = [f"{tie.pk}/change/", f"{tie.pk}/end/", f"{tie.pk}/meeting/new/", f"{tie.pk}/meeting/{meeting.pk}/"]

    assert dane.get(f"/en/workspace/{third.pk}/ties/{tie.pk}/").status_code == 404
    assert [dane.post(f"/en/workspace/{third.pk}/ties/{path}", {}).status_code for path in paths] == [404] * 4
    assert dane.get(f"/en/workspace/{scene.heidelberg.pk}/ties/{tie.pk}/").status_code == 404
    assert PRIVATE not in dane.get(f"/en/workspace/{third.pk}/ties/").content.decode()


def test_an_entry_of_another_tie_cannot_be_reached_through_ones_own(scene):
    own = tie_of(scene)
    foreign = Tie.objects.create(city=AARHUS, other=YOKOHAMA, kind="contact", source="x")
    entry = Meeting.objects.create(tie=foreign, day=day(-1), state="held", form="call", subject=PRIVATE)

    assert scene.german.post(f"/en/workspace/{scene.heidelberg.pk}/ties/{own.pk}/meeting/{entry.pk}/", {}).status_code == 404


def test_a_network_counts_everything_but_reads_only_what_is_shared_with_it(scene):
    tie = tie_of(scene)
    Meeting.objects.create(tie=tie, day=day(-1), state="held", form="call", subject=PRIVATE, by=scene.heidelberg)
    Meeting.objects.create(
        tie=tie, day=day(-2), state="held", form="call", subject="Open word", by=scene.heidelberg, is_shared=True
    )
    page = scene.coordinator.get(f"/en/workspace/{scene.network.pk}/ties/{tie.pk}/").content.decode()
    entry = Meeting.objects.get(subject=PRIVATE)

    assert PRIVATE not in page
    assert "Open word" in page
    assert "2 of 2" in page
    assert scene.coordinator.post(f"/en/workspace/{scene.network.pk}/ties/{tie.pk}/meeting/{entry.pk}/", {}).status_code == 404
    assert PRIVATE in scene.japanese.get(f"/en/workspace/{scene.yokohama.pk}/ties/{tie.pk}/").content.decode()


def test_a_network_that_names_a_city_without_its_word_sees_none_of_its_ties(person, browser_of):
    scene = set_scene(person, browser_of, confirmed=False)
    tie = tie_of(scene)
    room = scene.coordinator.get(f"/en/workspace/{scene.network.pk}/network/ties/").content.decode()
    sheet = scene.coordinator.get(f"/en/workspace/{scene.network.pk}/network/ties.csv").content.decode()
    made = scene.coordinator.post(
        f"/en/workspace/{scene.network.pk}/ties/new/",
        {"version": 0, "city": HEIDELBERG, "other": AARHUS, "kind": "contact", "source": "x"},
    )

    assert scene.coordinator.get(f"/en/workspace/{scene.network.pk}/ties/{tie.pk}/").status_code == 404
    assert f"/ties/{tie.pk}/" not in room
    assert "minutes" not in sheet
    assert made.status_code == 422


def test_a_network_cannot_end_a_tie_the_cities_recorded_but_they_can(scene):
    tie = tie_of(scene)
    scene.coordinator.post(f"/en/workspace/{scene.network.pk}/ties/{tie.pk}/end/", {"version": 1})
    tie.refresh_from_db()
    before = tie.until
    scene.japanese.post(f"/en/workspace/{scene.yokohama.pk}/ties/{tie.pk}/end/", {"version": 1})
    tie.refresh_from_db()

    assert before is None
    assert tie.until == day(0)


def test_what_was_planned_becomes_held_only_on_a_day_that_has_come(scene):
    tie = tie_of(scene)
    form = {"meeting-version": 0, "meeting-day": day(3).isoformat(), "meeting-form": "call", "meeting-subject": "x"}
    address = f"/en/workspace/{scene.heidelberg.pk}/ties/{tie.pk}/meeting/new/"

    assert scene.german.post(address, form | {"meeting-state": "held"}).status_code == 422
    assert scene.german.post(address, form | {"meeting-state": "planned"}).status_code == 302
    assert Meeting.objects.get().by == scene.heidelberg


def test_the_desk_tells_of_ties_asleep(scene):
    Meeting.objects.create(tie=tie_of(scene), day=day(-300), state="held", form="visit", subject="x")

    assert "300 days ago" in scene.german.get(f"/en/workspace/{scene.heidelberg.pk}/").content.decode()
    assert "Ties asleep among your members: 1" in scene.coordinator.get(f"/en/workspace/{scene.network.pk}/").content.decode()


def test_imported_ties_stand_beside_recorded_ones_each_with_its_source(scene):
    page = scene.german.get(f"/en/workspace/{scene.heidelberg.pk}/ties/").content.decode()
    tie_of(scene)
    later = scene.german.get(f"/en/workspace/{scene.heidelberg.pk}/ties/").content.decode()

    assert "from a published list only" in page
    assert "minutes" not in page
    assert "minutes" in later


def test_one_pair_has_one_tie_whoever_records_it(scene):
    form = {"version": 0, "kind": "contact", "source": "letter"}
    scene.german.post(f"/en/workspace/{scene.heidelberg.pk}/ties/new/", form | {"other": YOKOHAMA})
    scene.japanese.post(f"/en/workspace/{scene.yokohama.pk}/ties/new/", form | {"other": HEIDELBERG})
    itself = scene.german.post(f"/en/workspace/{scene.heidelberg.pk}/ties/new/", form | {"other": HEIDELBERG})

    assert Tie.objects.count() == 1
    assert itself.status_code == 422


def test_isolated_members_are_told_and_ended_ties_count_as_none(scene):
    add_member(scene.network, "DK-0101")
    tie_of(scene, until=day(-1))
    page = scene.coordinator.get(f"/en/workspace/{scene.network.pk}/network/ties/").content.decode()
    alone = page[page.index('id="alone"') : page.index('id="over"')]

    assert f"/en/cities/{HEIDELBERG}/" in alone
    assert f"/en/cities/{YOKOHAMA}/" in alone


class Nothing:
    """A tie on which nothing is recorded."""

    class _Rows:
        def all(self):
            return []

    meetings = questions = transfers = _Rows()
