"""Reminders: what is due lies on the desk, and one letter a week says so in the language of the person."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone, translation

from citytandem.web.accounts.desk import Pile
from citytandem.web.accounts.models import Role
from citytandem.web.partnerships.models import Listing
from citytandem.web.profiles.models import ReminderChoice, StageAnswer, Target
from citytandem.web.profiles.reminders import gather_due, send_reminders
from citytandem.words import Speech

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SITE = "https://citytandem.example.org"


@pytest.fixture
def begun(heidelberg):
    StageAnswer.objects.create(organisation=heidelberg, measure="G01", said="3", year=2025)
    return heidelberg


def piles(organisation) -> dict[str, Pile]:
    from citytandem.web.partnerships.desk import remind_of_listings
    from citytandem.web.profiles.desk import remind_of_profile

    with translation.override("en"):
        return {
            item.title: item.pile for remind in (remind_of_profile, remind_of_listings) for item in remind(organisation, on=TODAY)
        }


def test_a_self_check_is_due_only_once_it_was_begun(heidelberg):
    before = piles(heidelberg)
    StageAnswer.objects.create(organisation=heidelberg, measure="G01", said="3", year=2025)
    after = piles(heidelberg)

    assert before["Self-check: 117 measures are open"] == Pile.MISSING
    assert after["Self-check: 116 measures are open"] == Pile.DUE


def test_stages_older_than_two_years_are_due(begun):
    StageAnswer.objects.create(organisation=begun, measure="G02", said="2", year=2023)
    StageAnswer.objects.create(organisation=begun, measure="G03", said="2", year=2024)

    assert piles(begun)["Stages older than two years: 1"] == Pile.DUE


def test_the_review_of_a_target_is_due_a_month_before(heidelberg):
    for year, review in (
        (2030, TODAY + timedelta(days=29)),
        (2035, TODAY - timedelta(days=1)),
        (2040, TODAY + timedelta(days=60)),
    ):
        Target.objects.create(
            organisation=heidelberg, kind="net_zero", target_year=year, scope="x", link="https://x.example/", review=review
        )
    found = {title for title, pile in piles(heidelberg).items() if pile == Pile.DUE}

    assert found == {"Review of the target for 2030", "Review of the target for 2035"}


def test_a_need_past_its_day_is_due(heidelberg):
    Listing.objects.create(
        organisation=heidelberg, kind="need", topic="energy", title="Heat", text="x", language="en",
        valid_until=TODAY - timedelta(days=1), state="published",
    )  # fmt: skip

    assert piles(heidelberg)["Its day is over: Heat"] == Pile.DUE


def test_what_is_due_lies_on_the_desk(browser_of, person, begun):
    page = browser_of(person(Role.EDITOR, begun)).get(f"/en/workspace/{begun.pk}/").content.decode()

    assert "Self-check: 116 measures are open" in page
    assert f"/en/workspace/{begun.pk}/profile/fields/governance/" in page


def test_a_letter_says_what_is_due_in_the_language_of_the_person(person, begun):
    person(Role.EDITOR, begun, language="de")
    sent = send_reminders(address=f"{SITE}/")
    (letter,) = mail.outbox
    speech = Speech("de")

    assert sent == 1
    assert letter.to == ["editor@example.org"]
    assert letter.subject == speech.sentence("mail.reminder.subject", count=1)
    assert speech.sentence("desk.check.title", remaining=116) in letter.body
    assert f"{SITE}/de/workspace/{begun.pk}/" in letter.body
    assert f"{SITE}/de/workspace/reminders/" in letter.body
    assert speech.label("mail.greeting") in letter.body


def test_at_most_one_letter_a_week(person, begun):
    person(Role.EDITOR, begun)
    first, second = send_reminders(address=SITE), send_reminders(address=SITE)
    ReminderChoice.objects.update(last_sent=timezone.now() - timedelta(days=7, minutes=1))
    third = send_reminders(address=SITE)

    assert (first, second, third) == (1, 0, 1)


def test_nobody_is_written_to_who_cannot_act_or_for_whom_nothing_is_due(person, heidelberg, begun):
    person(Role.VIEWER, heidelberg)
    person(Role.EDITOR, heidelberg, is_active=False)
    person(email="stranger@example.org")

    assert send_reminders(address=SITE) == 0


def test_who_wants_no_letters_gets_none(browser_of, person, begun):
    user = person(Role.EDITOR, begun)
    browser = browser_of(user)
    shown = browser.get("/de/workspace/reminders/")
    browser.post("/de/workspace/reminders/", {})

    assert "checked" in shown.content.decode()
    assert send_reminders(address=SITE) == 0
    assert ReminderChoice.objects.get(user=user).wanted is False


def test_reminders_are_chosen_by_those_who_are_signed_in(browser_of):
    assert browser_of(None).get("/de/workspace/reminders/").status_code == 302


def test_the_command_says_how_many_letters_went(person, begun, capsys):
    person(Role.EDITOR, begun)
    call_command("send_reminders", address=SITE)

    assert capsys.readouterr().out.strip() == "1"


def test_a_letter_of_two_teams_is_one_letter(person, begun, heidelberg):
    from citytandem.web.accounts.models import Kind, Membership, Organisation

    aarhus = Organisation.objects.create(kind=Kind.CITY, name="Aarhus", city="DK-0751")
    StageAnswer.objects.create(organisation=aarhus, measure="G01", said="3", year=2025)
    user = person(Role.EDITOR, heidelberg)
    Membership.objects.create(user=user, organisation=aarhus, role=Role.EDITOR)

    assert send_reminders(address=SITE) == 1
    assert "Aarhus" in mail.outbox[0].body
    assert heidelberg.name in mail.outbox[0].body


def test_only_what_is_due_is_reminded_of(heidelberg):
    assert gather_due(heidelberg, on=TODAY) == []
