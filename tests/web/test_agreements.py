"""Tandems at work: who may enter, agreements that all sign, questions that lead somewhere, and what can be told of it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.agreements import actions
from citytandem.web.agreements.chain import follow
from citytandem.web.agreements.desk import remind_of_tandems
from citytandem.web.agreements.drafting import add_months, draft_agreement, draft_plan
from citytandem.web.agreements.instruments import FEWEST
from citytandem.web.agreements.learning import moments_open, summarise
from citytandem.web.agreements.models import Agreement, Decision, LearningAnswer, Minutes, Moment, Question, Task, Transfer
from citytandem.web.programmes.models import Application, Programme, Side, Tandem, TandemState
from citytandem.words import Speech

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 22)
WORDS = {
    "version": 0, "kind": "exchange", "language": "de", "purpose": "Voneinander lernen", "starts": "2026-12-01",
    "ends": "2028-05-31", "theme-1-title": "Abwärme", "theme-1-measure": "E04", "theme-1-indicator": "Abwärme im Netz",
    "theme-1-baseline": "12.5", "theme-1-unit": "GWh", "theme-1-year": "2024",
}  # fmt: skip


@pytest.fixture
def aarhus(db):
    return Organisation.objects.create(kind=Kind.CITY, name="Aarhus (invented team)", city="DK-0751", is_invented=True)


@pytest.fixture
def network(db):
    return Organisation.objects.create(kind=Kind.NETWORK, name="Network (invented)", network="demo", is_invented=True)


@pytest.fixture
def tandem(heidelberg, aarhus, network):
    now = timezone.now()
    programme = Programme.objects.create(
        organisation=network, title="Learning pairs", language="en", opens=now, closes=now + dt.timedelta(days=30)
    )
    for side, learns, offers in ((heidelberg, ["E04"], ["B01"]), (aarhus, ["B02"], ["E04"])):
        Application.objects.create(programme=programme, organisation=side, learns_measures=learns, offers_measures=offers)
    made = Tandem.objects.create(programme=programme, state=TandemState.AGREED)
    for side in (heidelberg, aarhus):
        Side.objects.create(tandem=made, organisation=side, consent="yes")
    return made


@pytest.fixture
def at(tandem):
    """The address of a page of the tandem for an organisation."""
    return lambda name, organisation, *more: reverse(name, args=[organisation.pk, tandem.pk, *more])


def agree(tandem, organisation, user, **more):
    values = {"kind": "exchange", "language": "en", "purpose": "Learn", "starts": DAY, "ends": dt.date(2028, 5, 22), **more}
    return actions.keep_agreement(
        Agreement(tandem=tandem), user=user, organisation=organisation, version=0, values=values, themes=[{"title": "Heat"}]
    )


def test_strangers_learn_nothing_and_sides_and_their_network_come_in(tandem, at, heidelberg, aarhus, network, person, browser_of):
    elsewhere = Organisation.objects.create(kind=Kind.CITY, name="Elsewhere", city="DE-11000000")
    told = {
        "other city": browser_of(person(Role.ADMIN, elsewhere, email="a@example.org")).get(at("tandem_work", elsewhere)),
        "through another door": browser_of(person(Role.ADMIN, elsewhere, email="b@example.org")).get(
            at("tandem_work", heidelberg)
        ),
        "side": browser_of(person(Role.VIEWER, aarhus)).get(at("tandem_work", aarhus)),
        "network": browser_of(person(Role.COORDINATOR, network)).get(at("tandem_work", network)),
    }

    assert {who: answer.status_code for who, answer in told.items()} == {
        "other city": 404, "through another door": 404, "side": 200, "network": 200,
    }  # fmt: skip


def test_before_both_have_agreed_there_is_nothing_to_work_on(tandem, at, heidelberg, person, browser_of):
    Tandem.objects.update(state=TandemState.PROPOSED)

    assert browser_of(person(Role.ADMIN, heidelberg)).get(at("tandem_work", heidelberg)).status_code == 404


def test_a_template_names_the_sides_and_starts_from_what_one_asked_and_the_other_offers(tandem):
    start, themes = draft_agreement(tandem, kind="", speech=Speech("en"))

    assert "Aarhus (invented team)" in start["purpose"]
    assert "Learning pairs" in start["purpose"]
    assert [theme["measure"] for theme in themes] == ["E04", "B02"]
    assert "baseline" not in themes[0]


def test_an_agreement_is_written_fixed_signed_by_both_and_runs(tandem, at, heidelberg, aarhus, person, browser_of):
    ours, theirs = (
        browser_of(person(Role.PUBLISHER, heidelberg)),
        browser_of(person(Role.PUBLISHER, aarhus, email="p@example.org")),
    )
    ours.post(at("tandem_new_agreement", heidelberg), WORDS)
    own = Agreement.objects.get()
    ours.post(at("tandem_move_agreement", heidelberg, own.pk, "send"), {"version": own.version})
    own.refresh_from_db()
    sign = {"version": own.version, "name": "Bernd Muster", "office": "Mayor", "on": "2026-11-22"}
    ours.post(at("tandem_sign", heidelberg, own.pk), sign)
    half = Agreement.objects.get().state
    theirs.post(at("tandem_sign", aarhus, own.pk), sign | {"version": own.version})
    own.refresh_from_db()
    tandem.refresh_from_db()

    assert half == "signing"
    assert (own.state, tandem.state) == ("signed", "running")
    assert own.themes.get().baseline == 12.5
    assert AuditEntry.objects.filter(action="tandem.agreement_signed").exists()


def test_a_signature_under_words_that_changed_is_refused(tandem, heidelberg, person):
    user = person(Role.PUBLISHER, heidelberg)
    own = actions.send_to_sign(agree(tandem, heidelberg, user), user=user, organisation=heidelberg, version=1)
    actions.take_back(own, user=user, organisation=heidelberg, version=2)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.sign(own, user=user, organisation=heidelberg, version=2, name="N", office="O", on=DAY)


def test_what_is_out_for_signing_is_not_changed_and_taking_it_back_drops_signatures(tandem, heidelberg, person):
    user = person(Role.PUBLISHER, heidelberg)
    own = actions.send_to_sign(agree(tandem, heidelberg, user), user=user, organisation=heidelberg, version=1)
    own = actions.sign(own, user=user, organisation=heidelberg, version=2, name="N", office="O", on=DAY)
    with pytest.raises(actions.NotAllowedNow):
        actions.keep_agreement(own, user=user, organisation=heidelberg, version=2, values={"purpose": "x"}, themes=[])
    actions.take_back(own, user=user, organisation=heidelberg, version=2)

    assert Agreement.objects.get().signatures.count() == 0


@pytest.mark.parametrize("themes", [[], [{"title": str(n)} for n in range(5)]])
def test_an_agreement_has_one_to_three_themes(tandem, heidelberg, person, themes):
    user = person(Role.PUBLISHER, heidelberg)
    values = {"kind": "exchange", "language": "en", "purpose": "Learn", "starts": DAY, "ends": None}
    own = actions.keep_agreement(
        Agreement(tandem=tandem), user=user, organisation=heidelberg, version=0, values=values, themes=themes
    )
    if not themes:
        with pytest.raises(actions.NotAllowedNow):
            actions.send_to_sign(own, user=user, organisation=heidelberg, version=1)

    assert own.themes.count() == min(len(themes), 3)


def test_the_network_signs_for_nobody(tandem, at, heidelberg, network, person, browser_of):
    user = person(Role.PUBLISHER, heidelberg)
    own = actions.send_to_sign(agree(tandem, heidelberg, user), user=user, organisation=heidelberg, version=1)
    coordinator = browser_of(person(Role.COORDINATOR, network))
    answer = coordinator.post(at("tandem_sign", network, own.pk), {"version": 2, "name": "N", "office": "O", "on": "2026-11-22"})

    assert answer.status_code == 403
    assert own.signatures.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [({"theme-1-unit": ""}, "theme-1"), ({"ends": "2026-11-01"}, "form"), ({"theme-1-title": ""}, "theme-1")],
)
def test_half_a_baseline_or_an_end_before_the_start_is_sent_back(tandem, at, heidelberg, person, browser_of, values, field):
    answer = browser_of(person(Role.EDITOR, heidelberg)).post(at("tandem_new_agreement", heidelberg), WORDS | values)

    assert answer.status_code == 422
    assert b"errorlist" in answer.content
    assert not Agreement.objects.exists()


def test_a_row_is_written_changed_and_two_people_are_told_of_each_other(tandem, at, heidelberg, person, browser_of):
    browser = browser_of(person(Role.EDITOR, heidelberg))
    told = {
        "version": 0,
        "organisation": heidelberg.pk,
        "text": "Wie?",
        "measure": "E04",
        "language": "de",
        "asked": "2026-11-22",
    }
    first = browser.post(at("tandem_new_row", heidelberg, "question"), told)
    own = Question.objects.get()
    browser.post(at("tandem_row", heidelberg, "question", own.pk), told | {"version": 1, "text": "Wie genau?"})
    late = browser.post(at("tandem_row", heidelberg, "question", own.pk), told | {"version": 1, "text": "Anders?"})
    own.refresh_from_db()

    assert first.status_code == 302
    assert late.status_code == 409
    assert own.text == "Wie genau?"
    assert AuditEntry.objects.filter(action="tandem.question_kept", subject=f"question:{own.pk}").count() == 2


def test_rows_of_another_tandem_cannot_be_reached_nor_named(tandem, at, heidelberg, aarhus, person, browser_of):
    other = Tandem.objects.create(programme=tandem.programme, state=TandemState.AGREED)
    Side.objects.create(tandem=other, organisation=aarhus, consent="yes")
    foreign = Minutes.objects.create(tandem=other, title="Foreign", held=DAY, language="en")
    browser = browser_of(person(Role.EDITOR, heidelberg))
    told = {"version": 0, "organisation": heidelberg.pk, "text": "?", "language": "de", "asked": "2026-11-22"}

    assert browser.get(at("tandem_row", heidelberg, "minutes", foreign.pk)).status_code == 404
    assert browser.post(at("tandem_remove_row", heidelberg, "minutes", foreign.pk), {"version": 1}).status_code == 404
    assert browser.get(f"{at('tandem_new_row', heidelberg, 'decision')}?minutes={foreign.pk}").status_code == 404
    assert browser.post(at("tandem_new_row", heidelberg, "question"), told | {"answered_in": foreign.pk}).status_code == 422
    assert browser.get(at("tandem_new_row", heidelberg, "nothing")).status_code == 404


@pytest.fixture
def worked(tandem, heidelberg, aarhus):
    """A question, answered at a meeting, a decision and what was begun."""
    minutes = Minutes.objects.create(tandem=tandem, title="First call", held=DAY - dt.timedelta(days=100), language="en")
    question = Question.objects.create(
        tandem=tandem, organisation=heidelberg, measure="E04", text="Who owns the pipe?", language="en",
        asked=DAY - dt.timedelta(days=120), answer="The utility.", answered=minutes.held, answered_in=minutes,
    )  # fmt: skip
    decision = Decision.objects.create(
        minutes=minutes, question=question, organisation=heidelberg, measure="E04", text="Ask our utility"
    )
    Transfer.objects.create(
        tandem=tandem, organisation=heidelberg, measure="E04", begun=minutes.held, stage_before=1, decision=decision
    )
    return tandem


def test_the_chain_goes_from_the_question_to_the_years_and_claims_no_cause(worked, at, heidelberg, person, browser_of):
    page = browser_of(person(Role.VIEWER, heidelberg)).get(at("tandem_outcome", heidelberg)).content.decode()
    from citytandem.atlas import load

    chain = follow(worked, atlas=load(), speech=Speech("en"), today=DAY)
    trail = chain.trails[0]

    assert "Who owns the pipe?" in page
    assert "do not prove that the exchange caused anything" in page
    assert "<svg" in page
    assert trail.question.text == "Who owns the pipe?"
    assert trail.moved is None
    assert chain.counts | {"unknown": 1, "further": 0, "held": 1, "answered": 1} == chain.counts


def test_a_published_stage_ends_the_chain(worked, monkeypatch):
    import polars as pl

    from citytandem.atlas import load
    from citytandem.web.agreements.chain import find_stages

    class Atlas:
        stage = pl.DataFrame(
            {
                "city": ["DE-08221000"] * 3, "measure": ["E04"] * 3, "stage": [1, 3, 2], "year": [2024, 2026, 2026],
                "source": ["a", "b", "c"], "mark": ["S", "S", "K"],
            }
        )  # fmt: skip
        facts = load().facts

    found = find_stages(Atlas, city="DE-08221000", measure="E04")

    assert [(one.year, one.stage) for one in found] == [(2024, 1), (2026, 3)]


def test_the_outcome_is_public_once_every_side_agrees_to_be_shown_and_without_minutes(worked, client):
    Minutes.objects.update(text="Confidential words")
    address = reverse("public_outcome", args=[worked.pk])
    hidden = client.get(address).status_code
    worked.sides.update(may_be_shown=True)
    page = client.get(address)

    assert hidden == 404
    assert page.status_code == 200
    assert "Confidential words" not in page.content.decode()
    assert not page.cookies


def test_a_plan_holds_what_was_exchanged_and_adds_nothing(worked, heidelberg):
    plan = draft_plan(worked, learner=heidelberg, measure="E04", speech=Speech("en"))
    other = draft_plan(worked, learner=heidelberg, measure="T01", speech=Speech("en"))

    assert "Who owns the pipe?\nThe utility." in plan["seen"]
    assert plan["steps"] == "Ask our utility"
    assert other["seen"].startswith("(")


def test_only_the_learner_writes_and_adopts_its_plan(worked, at, heidelberg, aarhus, person, browser_of):
    ours = browser_of(person(Role.PUBLISHER, heidelberg))
    ours.post(at("tandem_plan", heidelberg, "E04"), {"version": 0, "seen": "A pipe", "conditions": "A utility of our own"})
    plan = worked.plans.get()
    ours.post(at("tandem_adopt_plan", heidelberg, plan.pk), {"version": plan.version})
    theirs = browser_of(person(Role.PUBLISHER, aarhus, email="p@example.org"))
    plan.refresh_from_db()

    assert plan.state == "adopted"
    assert theirs.post(at("tandem_adopt_plan", aarhus, plan.pk), {"version": plan.version}).status_code == 404


def test_answers_are_shown_only_together(tandem, heidelberg, person):
    for number in range(FEWEST):
        shown = next(row for row in summarise(tandem) if row.item == "knows_how").levels[0]
        assert shown.middle is None
        user = person(Role.VIEWER, heidelberg, email=f"v{number}@example.org")
        LearningAnswer.objects.create(tandem=tandem, moment=Moment.BEFORE, item="knows_how", user=user, level=number)
    row = next(row for row in summarise(tandem) if row.item == "knows_how")

    assert (row.levels[0].count, row.levels[0].middle) == (FEWEST, 1.0)
    assert next(row for row in summarise(tandem) if row.item == "worth_time").levels[0] is None


def test_learning_is_asked_before_after_and_a_year_later(tandem, heidelberg, person):
    user = person(Role.PUBLISHER, heidelberg)
    before = moments_open(tandem, on=DAY)
    own = agree(tandem, heidelberg, user)
    Agreement.objects.filter(pk=own.pk).update(state="signed")

    assert before == (Moment.BEFORE,)
    assert moments_open(tandem, on=DAY) == (Moment.BEFORE,)
    assert moments_open(tandem, on=dt.date(2027, 12, 1)) == ()
    assert moments_open(tandem, on=dt.date(2028, 6, 1)) == (Moment.AFTER,)
    assert moments_open(tandem, on=dt.date(2029, 6, 1)) == (Moment.YEAR,)


def test_the_record_does_not_say_who_learned_what(tandem, at, heidelberg, person, browser_of):
    browser_of(person(Role.VIEWER, heidelberg)).post(at("tandem_answer_learning", heidelberg, "before"), {"knows_how": "2"})
    entry = AuditEntry.objects.get(action="tandem.learning_answered")

    assert LearningAnswer.objects.get().level == 2
    assert entry.user is None
    assert "2" not in str(entry.after)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 11, 22), 18, dt.date(2028, 5, 22)),
        (dt.date(2023, 12, 31), 2, dt.date(2024, 2, 29)),
    ],
)
def test_months_end_where_the_calendar_does(day, months, then):
    assert add_months(day, months) == then


def test_the_desk_asks_after_three_and_twelve_months_and_stops_when_answered(worked, heidelberg):
    Tandem.objects.update(state=TandemState.RUNNING)
    held = Minutes.objects.get().held
    named = lambda day: {item.url.rsplit("/", 2)[-2] for item in remind_of_tandems(heidelberg, on=day)}  # noqa: E731
    Transfer.objects.update(changed=timezone.make_aware(dt.datetime.combine(held, dt.time())))

    assert "outcome" not in named(held + dt.timedelta(days=30))
    assert "outcome" in named(add_months(held, 3))
    assert "outcome" in named(add_months(held, 12))
    Transfer.objects.update(changed=timezone.make_aware(dt.datetime.combine(add_months(held, 3), dt.time(12))))
    assert "outcome" not in named(add_months(held, 3) + dt.timedelta(days=1))


def test_a_due_task_lies_on_its_owners_desk_alone(tandem, heidelberg, aarhus):
    Task.objects.create(tandem=tandem, organisation=heidelberg, title="Send the contract", due=DAY)
    ours = [item.title for item in remind_of_tandems(heidelberg, on=DAY)]
    theirs = [item.title for item in remind_of_tandems(aarhus, on=DAY)]

    assert "Send the contract" in ours
    assert "Send the contract" not in theirs


def test_the_report_counts_what_was_written_down_and_is_for_the_network_alone(worked, network, heidelberg, person, browser_of):
    coordinator = browser_of(person(Role.COORDINATOR, network))
    address = reverse("programme_report", args=[network.pk, worked.programme_id])
    page = coordinator.get(address)
    table = coordinator.get(reverse("programme_report_csv", args=[network.pk, worked.programme_id])).content.decode().splitlines()
    stranger = browser_of(person(Role.ADMIN, heidelberg)).get(address)

    assert page.status_code == 200
    assert "cannot be told yet" in page.content.decode()
    assert table[1].endswith(",1,1,1,1,1,0,1,0,1")
    assert stranger.status_code == 404


@pytest.mark.parametrize("name", ["tandem_agreement", "tandem_work", "tandem_learning", "tandem_plans", "tandem_outcome"])
def test_every_page_is_there_while_nothing_was_written(tandem, at, heidelberg, person, browser_of, name):
    assert browser_of(person(Role.VIEWER, heidelberg)).get(at(name, heidelberg)).status_code == 200


def test_nothing_is_missing_in_the_migrations():
    call_command("makemigrations", "agreements", "--check", "--dry-run")


def test_a_tandem_leads_to_its_rooms_and_a_programme_to_what_came_of_it(worked, at, heidelberg, person, browser_of, client):
    inside = browser_of(person(Role.VIEWER, heidelberg)).get(at("tandem_room", heidelberg)).content.decode()
    hidden = client.get(reverse("programme", args=[worked.programme_id])).status_code
    Programme.objects.update(state="running")
    worked.sides.update(may_be_shown=True)
    public = client.get(reverse("programme", args=[worked.programme_id])).content.decode()

    assert at("tandem_agreement", heidelberg) in inside
    assert at("tandem_outcome", heidelberg) in inside
    assert hidden == 404
    assert reverse("public_outcome", args=[worked.pk]) in public


def test_each_paper_is_a_pdf_in_its_own_language(worked, at, heidelberg, network, person, browser_of):
    user = person(Role.PUBLISHER, heidelberg)
    own = agree(worked, heidelberg, user, language="ja")
    browser = browser_of(user)
    browser.post(at("tandem_plan", heidelberg, "E04"), {"version": 0, "seen": "A pipe"})
    report = reverse("programme_report_pdf", args=[network.pk, worked.programme_id])
    papers = [
        browser.get(at("tandem_agreement_pdf", heidelberg, own.pk)),
        browser.get(at("tandem_plan_pdf", heidelberg, worked.plans.get().pk)),
        browser_of(person(Role.COORDINATOR, network)).get(report),
        browser.get(at("tandem_minutes_pdf", heidelberg, worked.minutes.get().pk)),
    ]

    assert [paper.content[:5] for paper in papers] == [b"%PDF-"] * 4
