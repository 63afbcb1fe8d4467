"""What would have to hold at home: from the conditions of a case to a paper."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.models import Kind, Organisation, Role
from citytandem.web.lessons.models import Checklist
from citytandem.web.lessons.queries import find_case
from citytandem.web.programmes.models import Programme, Side, Tandem, TandemState

pytestmark = pytest.mark.django_db
CASE = "ruhr-structural-policy"


@pytest.fixture
def aarhus(db):
    return Organisation.objects.create(kind=Kind.CITY, name="Aarhus (invented team)", city="DK-0751", is_invented=True)


@pytest.fixture
def tandem(heidelberg, aarhus):
    network = Organisation.objects.create(kind=Kind.NETWORK, name="Network (invented)", network="demo")
    now = timezone.now()
    programme = Programme.objects.create(
        organisation=network, title="Pairs", language="en", opens=now, closes=now + dt.timedelta(days=9)
    )
    made = Tandem.objects.create(programme=programme, state=TandemState.AGREED)
    for side in (heidelberg, aarhus):
        Side.objects.create(tandem=made, organisation=side, consent="yes")
    return made


def sent(count, **more):
    lines = {f"line-{number}-holds": "unknown" for number in range(1, count + 4)}
    return {"version": 0, "title": "At home", "language": "en", **lines, **more}


@pytest.fixture
def written(heidelberg, person, browser_of, tandem):
    browser = browser_of(person(Role.PUBLISHER, heidelberg))
    told = sent(
        1, tandem=tandem.pk, **{"line-1-text": "Match sector policy", "line-1-holds": "partly", "line-1-why": "Half of it",
        "line-2-text": "Our own condition", "line-2-who": "Economic affairs", "line-2-due": "2026-11-30"},
    )  # fmt: skip
    browser.post(f"{reverse('new_checklist', args=[heidelberg.pk])}?case={CASE}", told)
    return browser, Checklist.objects.get()


def test_each_condition_of_a_case_becomes_a_line(heidelberg, person, browser_of):
    page = browser_of(person(Role.EDITOR, heidelberg)).get(f"{reverse('new_checklist', args=[heidelberg.pk])}?case=ruhr-iba")
    lines = find_case("ruhr-iba").conditions

    assert all(line in page.content.decode() for line in lines)
    assert page.content.decode().count("-holds") >= len(lines)


def test_a_checklist_is_kept_told_and_printed(written, heidelberg):
    browser, own = written
    page = browser.get(reverse("checklist", args=[heidelberg.pk, own.pk])).content.decode()
    paper = browser.get(reverse("checklist_pdf", args=[heidelberg.pk, own.pk]))

    assert [(one.text, one.holds) for one in own.conditions.all()] == [
        ("Match sector policy", "partly"), ("Our own condition", "unknown"),
    ]  # fmt: skip
    assert "Conditions: 2. At home 0 hold, 1 hold partly, 0 do not hold; not known yet: 1." in page
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_a_team_has_one_checklist_for_a_case(written, heidelberg):
    browser, own = written
    answer = browser.get(f"{reverse('new_checklist', args=[heidelberg.pk])}?case={CASE}")

    assert answer["Location"] == reverse("checklist", args=[heidelberg.pk, own.pk])


def test_the_other_side_of_the_tandem_reads_it_and_strangers_do_not(written, heidelberg, aarhus, tandem, person, browser_of):
    _, own = written
    stranger = Organisation.objects.create(kind=Kind.CIVIC, name="Elsewhere")
    theirs = browser_of(person(Role.ADMIN, aarhus, email="a@example.org"))
    read = theirs.get(reverse("checklist", args=[aarhus.pk, own.pk]))
    room = theirs.get(reverse("tandem_room", args=[aarhus.pk, tandem.pk]))
    written_to = theirs.post(reverse("write_checklist", args=[aarhus.pk, own.pk]), sent(2))
    elsewhere = browser_of(person(Role.ADMIN, stranger, email="s@example.org")).get(
        reverse("checklist", args=[stranger.pk, own.pk])
    )

    assert (read.status_code, written_to.status_code, elsewhere.status_code) == (200, 404, 404)
    assert reverse("checklist", args=[aarhus.pk, own.pk]) in room.content.decode()


def test_a_checklist_shown_stands_beside_its_case_for_everybody(written, heidelberg, client):
    browser, own = written
    address = reverse("public_checklist", args=[own.pk])
    hidden = client.get(address).status_code
    browser.post(reverse("move_checklist", args=[heidelberg.pk, own.pk, "publish"]), {"version": own.version})

    assert hidden == 404
    assert client.get(address).status_code == 200
    assert address in client.get(reverse("lesson_case", args=[CASE])).content.decode()


def test_what_was_to_be_found_out_lies_on_the_desk(written, heidelberg):
    browser, own = written
    own.conditions.filter(holds="unknown").update(due=timezone.now().date())

    assert "Find out: Our own condition" in browser.get(reverse("desk", args=[heidelberg.pk])).content.decode()


def test_a_line_without_a_condition_is_left_out_and_more_lines_may_be_sent(written, heidelberg):
    browser, own = written
    told = sent(4, version=own.version, **{f"line-{number}-text": f"Condition {number}" for number in (1, 3, 6)})
    browser.post(reverse("write_checklist", args=[heidelberg.pk, own.pk]), told)

    assert [one.text for one in own.conditions.all()] == ["Condition 1", "Condition 3", "Condition 6"]


def test_a_checklist_changed_meanwhile_is_not_overwritten(written, heidelberg):
    browser, own = written
    late = browser.post(reverse("write_checklist", args=[heidelberg.pk, own.pk]), sent(2, version=0))

    assert late.status_code == 409
    assert own.conditions.count() == 2


def test_a_case_nobody_has_starts_no_checklist(heidelberg, person, browser_of):
    browser = browser_of(person(Role.EDITOR, heidelberg))

    assert browser.get(reverse("new_checklist", args=[heidelberg.pk])).status_code == 404
    assert browser.get(f"{reverse('new_checklist', args=[heidelberg.pk])}?case=team-1").status_code == 404
