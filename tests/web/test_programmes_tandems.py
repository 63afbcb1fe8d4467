"""Both sides are asked: yes, no, a note for the network alone, and nothing public before all agree and choose so."""

import pytest
from django.core import mail

from citytandem.web.accounts.models import Role
from citytandem.web.programmes import proposing
from citytandem.web.programmes.actions import NotAllowedNow
from citytandem.web.programmes.models import Side, Tandem, TandemState
from citytandem.web.programmes.queries import tandems_shown
from citytandem.words import Speech
from tests.web.programmes import make_call, make_network, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def asked(db):
    """A tandem of Heidelberg and Aarhus that waits for its answers."""
    programme = make_call(make_network())
    sides = [(make_team(city), "member") for city in ("DE-08221000", "DK-0751")]
    tandem = proposing.propose_tandem(user=None, programme=programme, sides=sides, card={})
    return tandem, [one.organisation for one in tandem.sides.all()]


def room(organisation, tandem, rest: str = "") -> str:
    return f"/en/workspace/{organisation.pk}/tandems/{tandem.pk}/{rest}"


def say(tandem, organisation, *, yes: bool = True, **more) -> Tandem:
    side = Side.objects.get(tandem=tandem, organisation=organisation)
    return proposing.answer_proposal(user=None, side=side, says_yes=yes, **more)


def test_it_is_agreed_when_all_have_said_yes(browser_of, person, asked):
    tandem, teams = asked
    browsers = [browser_of(person(Role.PUBLISHER, team, email=f"p{team.pk}@example.org")) for team in teams]
    first = browsers[0].post(room(teams[0], tandem, "answer/"), {"answer": "yes", "note": "Gern"}, follow=True).content.decode()
    waiting = Tandem.objects.get().state
    browsers[1].post(room(teams[1], tandem, "answer/"), {"answer": "yes"})

    assert waiting == TandemState.PROPOSED
    assert Speech("en").label("web.tandem.told.yes") in first
    assert Tandem.objects.get().state == TandemState.AGREED
    assert {letter.to[0] for letter in mail.outbox} == {f"p{team.pk}@example.org" for team in teams}
    assert Side.objects.get(organisation=teams[0]).said_by.email == f"p{teams[0].pk}@example.org"


def test_one_no_declines_it_and_the_coordinator_is_told(browser_of, person, asked):
    tandem, teams = asked
    coordinator = browser_of(person(Role.COORDINATOR, tandem.programme.organisation))
    say(tandem, teams[0], yes=False, note="Zu weit weg")
    desk = coordinator.get(f"/en/workspace/{tandem.programme.organisation_id}/").content.decode()
    page = coordinator.get(f"/en/workspace/{tandem.programme.organisation_id}/programmes/{tandem.programme_id}/").content.decode()

    assert Tandem.objects.get().state == TandemState.DECLINED
    assert Speech("en").label("desk.programme_declined.text") in desk
    assert "Zu weit weg" in page


def test_a_note_is_read_by_the_coordinators_alone(browser_of, person, asked):
    tandem, teams = asked
    say(tandem, teams[0], note="Nur für das Netzwerk")
    other = browser_of(person(Role.ADMIN, teams[1], email="other@example.org")).get(room(teams[1], tandem)).content.decode()
    public = browser_of(None).get(f"/en/programmes/{tandem.programme_id}/").content.decode()

    assert "Nur für das Netzwerk" not in other + public


@pytest.mark.parametrize("answers", [(False, False), (True, False), (False, True)])
def test_nothing_is_public_unless_all_agreed_and_all_chose_so(browser_of, asked, answers):
    tandem, teams = asked
    before = browser_of(None).get(f"/en/programmes/{tandem.programme_id}/").content.decode()
    for team, shown in zip(teams, answers, strict=True):
        say(tandem, team, may_be_shown=shown)
    after = browser_of(None).get(f"/en/programmes/{tandem.programme_id}/").content.decode()

    assert "Aarhus" not in before + after
    assert not tandems_shown().exists()


def test_it_is_shown_when_all_chose_so_and_hidden_again_at_once(browser_of, person, asked):
    tandem, teams = asked
    proposed = tandems_shown().exists()
    for team in teams:
        say(tandem, team, may_be_shown=True)
    seen = browser_of(None).get(f"/en/programmes/{tandem.programme_id}/").content.decode()
    browser_of(person(Role.PUBLISHER, teams[0])).post(room(teams[0], tandem, "shown/"), {})
    hidden = browser_of(None).get(f"/en/programmes/{tandem.programme_id}/").content.decode()

    assert not proposed
    assert "Aarhus" in seen
    assert "Aarhus" not in hidden


def test_an_answer_stands_once_it_is_no_proposal_any_more(asked):
    tandem, teams = asked
    for team in teams:
        say(tandem, team)
    with pytest.raises(NotAllowedNow):
        say(tandem, teams[0], yes=False)
    with pytest.raises(NotAllowedNow):
        proposing.take_back(user=None, tandem=tandem)

    assert Tandem.objects.get().state == TandemState.AGREED


def test_a_tandem_begins_and_ends_only_in_this_order(asked):
    tandem, teams = asked
    with pytest.raises(NotAllowedNow):
        proposing.move_tandem(user=None, tandem=tandem, step="begin")
    for team in teams:
        say(tandem, team)
    states = [proposing.move_tandem(user=None, tandem=tandem, step=step).state for step in ("begin", "end")]
    with pytest.raises(NotAllowedNow):
        proposing.move_tandem(user=None, tandem=tandem, step="begin")

    assert states == ["running", "ended"]


def test_the_same_two_are_asked_only_once(asked):
    tandem, teams = asked
    with pytest.raises(NotAllowedNow):
        proposing.propose_tandem(user=None, programme=tandem.programme, sides=[(team, "member") for team in teams], card={})

    assert Tandem.objects.count() == 1


def test_a_stranger_and_an_editor_do_not_answer(browser_of, person, asked):
    tandem, teams = asked
    third = make_team("JP-14100")
    people = {
        person(Role.ADMIN, third, email="third@example.org"): (404, 404),
        person(Role.EDITOR, teams[0], email="editor@example.org"): (200, 403),
        None: (302, 302),
    }

    def reach(who) -> tuple[int, int]:
        browser = browser_of(who)
        answer = browser.post(room(teams[0], tandem, "answer/"), {"answer": "yes"})
        return browser.get(room(teams[0], tandem)).status_code, answer.status_code

    assert {who: reach(who) for who in people} == people
    assert browser_of(next(iter(people))).get(room(third, tandem)).status_code == 404
