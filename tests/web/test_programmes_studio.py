"""The matching studio on real cities: a proven answer, moves by hand with their price, least change, proposals."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from citytandem.web.accounts.models import AuditEntry, Role
from citytandem.web.networks.models import Meeting, NetworkMember, Tie
from citytandem.web.programmes import actions, applying
from citytandem.web.programmes.models import Application, MatchRun, Stage, Tandem
from citytandem.web.programmes.runs import price_move
from citytandem.words import Speech
from tests.web.programmes import CITIES, apply_for, fill_call, make_call, make_network, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
AS_PROPOSED = {f"weight_{name}": "as_proposed" for name in ("mutual", "surplus", "possible", "wish", "tie", "language", "hour")}
SETTINGS = {
    "form": "tandem", "size_low": "3", "size_high": "5", "countries": "any", "ties_first": "on", "everyone": "on", **AS_PROPOSED,
}  # fmt: skip


@pytest.fixture
def studio(person, browser_of, request):
    """A closed call with real cities, six if not said otherwise, the coordinator's browser, and the address of the studio."""
    network = make_network()
    programme = make_call(network)
    applications = fill_call(programme, CITIES[: getattr(request, "param", 6)])
    browser = browser_of(person(Role.COORDINATOR, network, name="Kim Sample"))
    return programme, applications, browser, f"/de/workspace/{network.pk}/programmes/{programme.pk}/studio/"


def pairs_of(run: MatchRun) -> set[frozenset[str]]:
    frame = run.result["frames"]["pairs"]
    return {frozenset(pair) for pair in zip(frame["participant"], frame["other"], strict=True)}


@pytest.mark.parametrize("studio", [12], indirect=True)
def test_twelve_cities_are_paired_with_proof_and_reasons(studio):
    programme, _, browser, address = studio
    answer = browser.post(address, SETTINGS, follow=True)
    run = programme.runs.get()
    page = answer.content.decode()

    assert run.stage == Stage.DONE, run.result
    assert run.result["proof"] == "duals"
    assert run.result["value"] == run.result["bound"]
    assert len(pairs_of(run)) == 6
    assert set(run.result["cards"]) == {":".join(sorted(pair)) for pair in pairs_of(run)}
    assert run.release_sha256
    assert "Heidelberg" in page
    assert answer.status_code == 200


def test_a_run_is_kept_as_it_was_and_the_same_again_is_the_same(studio):
    programme, _, browser, address = studio
    for _ in range(2):
        browser.post(address, SETTINGS)
    second, first = programme.runs.all()

    assert (first.number, second.number) == (1, 2)
    assert first.result == second.result
    assert browser.get(f"{address}1/").status_code == 200


def test_a_move_by_hand_costs_what_the_solver_says_and_leaves_the_first_run_alone(studio):
    programme, applications, browser, address = studio
    browser.post(address, SETTINGS)
    first = programme.runs.get()
    kept, together = first.result, pairs_of(first)
    one = str(applications[0].pk)
    other = next(str(other.pk) for other in applications[1:] if frozenset((one, str(other.pk))) not in together)
    price = price_move(first, one=one, other=other)
    asked = browser.get(f"{address}1/", {"one": one, "kind": "pin", "other": other}).content.decode()
    browser.post(f"{address}1/move/", {"one": one, "kind": "pin", "other": other})
    moved = programme.runs.first()
    first.refresh_from_db()

    assert moved.base == first
    assert frozenset((one, other)) in pairs_of(moved)
    assert first.result["value"] - moved.result["value"] == price.cost == moved.result["change"]["cost"] >= 0
    assert str(price.cost) in asked
    assert first.result == kept


def test_when_a_city_leaves_the_pairs_that_stand_are_kept(studio):
    programme, applications, browser, address = studio
    browser.post(address, SETTINGS)
    first = programme.runs.get()
    gone = Application.objects.get(pk=applications[0].pk)
    applying.withdraw_application(user=None, application=gone, version=gone.version)
    page = browser.get(f"{address}1/").content.decode()
    browser.post(f"{address}1/again/")
    again = programme.runs.first()
    untouched = {pair for pair in pairs_of(first) if str(gone.pk) not in pair}

    assert "Heidelberg" in page
    assert again.kind == "rematch"
    assert untouched <= pairs_of(again)
    assert not any(str(gone.pk) in pair for pair in pairs_of(again))


def test_pins_and_bans_with_reasons_are_kept_and_contradictions_are_refused_in_words(studio):
    programme, applications, browser, address = studio
    one, two, three = (str(one.pk) for one in applications[:3])
    browser.post(f"{address}rules/", {"one": two, "kind": "pin", "other": one, "reason": "Sie kennen sich."})
    browser.post(f"{address}rules/", {"one": one, "kind": "ban", "other": two, "reason": "Doppelt."})
    browser.post(f"{address}rules/", {"one": one, "kind": "pin", "other": three, "reason": ""})
    browser.post(address, SETTINGS)
    pinned = programme.runs.first()
    browser.post(f"{address}rules/", {"one": one, "kind": "pin", "other": three, "reason": "Beide."})
    refused = browser.post(address, SETTINGS, follow=True).content.decode()

    assert programme.pair_rules.count() == 2
    assert frozenset((one, two)) in pairs_of(pinned)
    assert programme.runs.first().stage == Stage.FAILED
    assert Speech("de").label("web.studio.refused") in refused


def test_a_veto_is_kept_even_against_a_wish(person, browser_of):
    network = make_network()
    programme = make_call(network)
    for number, (city, more) in enumerate(
        {"DE-08221000": {"vetoes": ["DK-0751"]}, "DK-0751": {"wishes": ["DE-08221000"]}, "JP-14100": {}}.items()
    ):
        apply_for(programme, team=make_team(city), number=number, **more)
    actions.move_programme(user=None, programme=programme, version=programme.version, step="close")
    browser = browser_of(person(Role.COORDINATOR, network))
    browser.post(f"/de/workspace/{network.pk}/programmes/{programme.pk}/studio/", SETTINGS)
    a, b, _ = (str(one.pk) for one in Application.objects.order_by("pk"))

    assert programme.runs.get().stage == Stage.DONE
    assert frozenset((a, b)) not in pairs_of(programme.runs.get())


def test_nothing_is_matched_while_the_call_is_open(person, browser_of):
    network = make_network()
    programme = make_call(network)
    for city in ("DE-08221000", "DK-0751"):
        apply_for(programme, team=make_team(city))
    browser = browser_of(person(Role.COORDINATOR, network))
    browser.post(f"/de/workspace/{network.pk}/programmes/{programme.pk}/studio/", SETTINGS)

    assert not MatchRun.objects.exists()


def test_groups_are_proposed_once_and_each_team_has_a_letter(studio, person):
    programme, applications, browser, address = studio
    person(Role.EDITOR, applications[0].organisation, email="team@example.org", language="ja")
    browser.post(address, SETTINGS)
    groups = sorted(set(programme.runs.get().result["frames"]["groups"]["group"]))
    browser.post(f"{address}1/propose/", {"group": groups})
    browser.post(f"{address}1/propose/", {"group": groups})
    unknown = browser.post(f"{address}1/propose/", {"group": ["99"]}).status_code

    assert Tandem.objects.count() == len(groups) == 3
    assert all(one.card["cards"] and one.sides.count() == 2 for one in Tandem.objects.all())
    assert [letter.to for letter in mail.outbox] == [["team@example.org"]]
    assert "/ja/workspace/" in mail.outbox[0].body
    assert unknown == 302
    assert AuditEntry.objects.filter(action="tandem.proposed", organisation=programme.organisation).count() == 3


@pytest.mark.parametrize("form", ["trio", "cluster"])
def test_groups_of_three_and_more_are_found_too(studio, form):
    programme, _, browser, address = studio
    browser.post(address, SETTINGS | {"form": form})
    run = programme.runs.get()
    groups = run.result["frames"]["groups"]["group"]
    sizes = {groups.count(group) for group in groups}

    assert run.stage == Stage.DONE
    assert sizes <= ({3} if form == "trio" else {3, 4, 5})
    assert browser.get(f"{address}1/").status_code == 200


def test_a_sleeping_tie_of_the_registry_is_woken_first(person, browser_of):
    network = make_network()
    programme = make_call(network)
    fill_call(programme, ["DE-08221000", "DK-0751", "JP-14100", "DE-05113000"])
    tie = Tie.objects.create(city="DE-08221000", other="JP-14100", kind="partnership", since=1980, source="invented")
    Meeting.objects.create(tie=tie, day=timezone.now().date() - dt.timedelta(days=400), form="visit", state="held", subject="x")
    since, now = dt.date(2020, 1, 1), timezone.now()
    for city in (tie.city, tie.other):
        NetworkMember.objects.create(network=network, city=city, since=since, confirmed=now, source="x")
    browser_of(person(Role.COORDINATOR, network)).post(f"/de/workspace/{network.pk}/programmes/{programme.pk}/studio/", SETTINGS)
    run, keys = programme.runs.get(), {one.organisation.city: str(one.pk) for one in Application.objects.all()}

    assert run.result["woken"] == 1
    assert frozenset((keys["DE-08221000"], keys["JP-14100"])) in pairs_of(run)
