"""The programmes of the demo's network: one that runs, with its tandems at work, and one open call. All of it invented.

The cities are real, and so are the ties between them; what their teams say, ask and decide is an example.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from django.utils import timezone

from citytandem.web.accounts.models import Organisation, User
from citytandem.web.agreements.actions import keep_agreement, send_to_sign, sign
from citytandem.web.agreements.models import (
    Agreement,
    Decision,
    LearningAnswer,
    Minutes,
    Module,
    Question,
    ReplicationPlan,
    Review,
    Task,
    Transfer,
)
from citytandem.web.demo.people import TEAMS
from citytandem.web.networks.models import Body, MemberClass, NetworkMember, Office, Registry
from citytandem.web.programmes.models import Application, ApplicationState, Contact, Programme, State, Tandem
from citytandem.web.programmes.proposing import answer_proposal
from citytandem.web.programmes.runs import compute_run, start_run
from citytandem.web.programmes.studio_actions import propose_groups

EXAMPLE = "Invented example of the demo"
RULES = {
    "form": "tandem", "size_low": 3, "size_high": 5, "countries": "different", "per_country_limit": None, "ties_first": True,
    "everyone": True,
    "weights": dict.fromkeys(("mutual", "surplus", "possible", "wish", "tie", "language", "hour"), "as_proposed"),
}  # fmt: skip
STILL_ASKED = 1
"""Proposals of the running programme that are not answered yet, so that a desk has one."""


class Asks(NamedTuple):
    """What one team wants to learn and can offer, by measures and in its own words, and the languages it works in."""

    city: str
    learns: str
    offers: str
    language: str
    learns_measures: list[str]
    offers_measures: list[str]
    languages: list[str]


@cache
def read_asks() -> tuple[Asks, ...]:
    """What the fourteen teams ask and offer."""
    with files("citytandem.web.demo").joinpath("asks.toml").open("rb") as file:
        return tuple(Asks(**row) for row in tomllib.load(file)["team"])


def load_registry(network: Organisation, *, user: User, today: dt.date) -> None:
    """The members of the network by class, an office and two bodies."""
    Registry.objects.create(network=network, is_public=True)
    full = MemberClass.objects.create(network=network, title="Full member", text="Takes part in tandems.", source=EXAMPLE)
    guest = MemberClass.objects.create(network=network, title="Guest", text="In its first year.", source=EXAMPLE)
    since = today.replace(year=today.year - 2, month=1, day=1)
    for number, asks in enumerate(read_asks()):
        NetworkMember.objects.create(
            network=network, city=asks.city, member_class=guest if number > 11 else full, since=since, capacity=2, source=EXAMPLE,
            confirmed=timezone.now(), created_by=user,
        )  # fmt: skip
    Office.objects.create(network=network, title="Chair", city="DE-05113000", since=since, source=EXAMPLE)
    cities = [asks.city for asks in read_asks()]
    changing = [cities[2], cities[10], cities[12], cities[13]]
    for kind, title, some in (("forum", "Forum on heat", cities[:6]), ("working_group", "Group on structural change", changing)):
        Body.objects.create(network=network, kind=kind, title=title, cities=some, since=since, source=EXAMPLE)


def load_running(network: Organisation, *, user: User) -> Programme:
    """A programme that asked ten months ago and let everybody in."""
    now = timezone.now()
    made = Programme.objects.create(
        organisation=network, title="Learning Pairs (invented programme)", language="en", is_invented=True, created_by=user,
        text="Fourteen cities learn in pairs for eighteen months: each asks one question and answers one. Invented example.",
        topics=["energy", "buildings", "transport"], opens=now - dt.timedelta(days=300), closes=now - dt.timedelta(days=240),
        zone="Europe/Berlin", rules=RULES, state=State.RUNNING,
        keep_until=(now + dt.timedelta(days=400)).date(),
    )  # fmt: skip
    for asks in read_asks():
        _apply(made, asks, sent=now - dt.timedelta(days=250))
    return made


def match_running(programme: Programme, *, user: User) -> None:
    """The programme as the solver matches it; its tandems have agreed, all but one."""
    if programme.runs.exists():
        return
    run = start_run(user=user, programme=programme, asked=RULES)
    compute_run.call(run.pk)
    run.refresh_from_db()
    groups = sorted(set(run.result.get("frames", {}).get("groups", {}).get("group", [])))
    tandems = propose_groups(user=user, run=run, groups=groups) if groups else []
    for tandem in tandems[:-STILL_ASKED]:
        for side in tandem.sides.select_related("organisation"):
            answer_proposal(user=_speaker(side.organisation), side=side, says_yes=True, may_be_shown=True)


def load_open_call(network: Organisation, *, user: User) -> Programme:
    """A call that is open for another six weeks, with two applications."""
    now = timezone.now()
    closes = (now + dt.timedelta(days=45)).replace(hour=22, minute=59, second=0, microsecond=0)
    made = Programme.objects.create(
        organisation=network, title="Warm Homes Without Gas (invented call)", language="en", is_invented=True, created_by=user,
        text="We look for cities that want to get homes off gas, and for cities that have begun. Invented example.",
        topics=["buildings", "energy"], opens=now - dt.timedelta(days=10), closes=closes, zone="Europe/Berlin", rules=RULES,
        state=State.OPEN, keep_until=(now + dt.timedelta(days=400)).date(),
    )  # fmt: skip
    for asks in read_asks()[4:6]:
        _apply(made, asks, sent=now - dt.timedelta(days=2), state=ApplicationState.SENT)
    return made


def load_work(programme: Programme, *, today: dt.date) -> Tandem | None:
    """One tandem at work: agreement, questions, minutes, a decision, what was begun, and what people say they learned."""
    own = Tandem.objects.filter(programme=programme, sides__organisation__city="DE-08221000", state="agreed").first()
    own = own or Tandem.objects.filter(programme=programme, state="agreed").first()
    if own is None:
        return None
    learner, giver = (side.organisation for side in own.sides.select_related("organisation"))
    _sign(own, learner, giver, today=today)
    asked = Application.objects.get(programme=programme, organisation=learner)
    measure = asked.learns_measures[0]
    minutes = Minutes.objects.create(
        tandem=own, title="First call (invented)", held=today - dt.timedelta(days=110), language="en", people=6,
        text="Both sides showed one measure each and said openly what went wrong. Invented example.",
    )  # fmt: skip
    question = Question.objects.create(
        tandem=own, organisation=learner, measure=measure, language="en", asked=today - dt.timedelta(days=120),
        text="Who owns the pipe between the source and the net, and who pays when it stands still? (invented example)",
        answer="The utility owns it; a contract of fifteen years shares the risk. (invented example)", answered=minutes.held,
        answered_in=minutes,
    )  # fmt: skip
    Question.objects.create(
        tandem=own, organisation=giver, measure="B09", language="en", asked=today - dt.timedelta(days=30),
        text="How did you win the owners of single houses? (invented example)",
    )  # fmt: skip
    decision = Decision.objects.create(
        minutes=minutes, question=question, organisation=learner, measure=measure, due=today + dt.timedelta(days=40),
        text="Our utility is asked for a draft of such a contract. (invented example)",
    )  # fmt: skip
    Transfer.objects.create(
        tandem=own, decision=decision, organisation=learner, measure=measure, begun=today - dt.timedelta(days=90), stage_before=1
    )
    Module.objects.create(tandem=own, title="Getting started", starts=today - dt.timedelta(days=180), ends=today)
    Task.objects.create(
        tandem=own, organisation=learner, title="Send the draft of the contract (invented)", due=today + dt.timedelta(days=10)
    )
    ReplicationPlan.objects.create(
        tandem=own, organisation=learner, measure=measure, language="en", seen=f"{question.text}\n{question.answer}",
        conditions="A utility of our own; a source that runs all year. (invented example)", steps=decision.text,
    )  # fmt: skip
    return own


def load_answers(tandem: Tandem) -> None:
    """What invented people of both sides said about their learning before it began."""
    people = User.objects.filter(memberships__organisation__sides__tandem=tandem).distinct()
    for number, user in enumerate(people):
        for item, level in (("knows_how", number % 3), ("knows_conditions", (number + 1) % 3), ("knows_whom", 0)):
            LearningAnswer.objects.create(tandem=tandem, moment="before", item=item, user=user, level=level)


def _apply(programme: Programme, asks: Asks, *, sent: dt.datetime, state: str = ApplicationState.ELIGIBLE) -> None:
    organisation = Organisation.objects.get(city=asks.city, is_invented=True)
    made = Application.objects.create(
        programme=programme, organisation=organisation, learns=asks.learns, offers=asks.offers, text_language=asks.language,
        learns_measures=asks.learns_measures, offers_measures=asks.offers_measures, languages=asks.languages,
        state=state, sent=sent, created_by=_speaker(organisation),
    )  # fmt: skip
    for one in (one for one in TEAMS if one.organisation == asks.city):
        Contact.objects.create(application=made, name=one.name, email=one.email, task="Climate office (invented)")


def _sign(own: Tandem, learner: Organisation, giver: Organisation, *, today: dt.date) -> None:
    starts = today - dt.timedelta(days=180)
    values = {
        "kind": "exchange", "language": "en", "starts": starts, "ends": starts.replace(year=starts.year + 2),
        "purpose": "Each side takes one measure of the other home. (invented example)",
        "contributions": "Two contact persons on each side, one hour a week.",
        "costs": "Each side pays its own travel; the host pays rooms and meals.",
        "leaving": "With one month's notice and a reason.",
    }  # fmt: skip
    themes = [{"title": "Heat from data centres (invented)", "measure": "E04", "indicator": "Heat from data centres in the net"}]
    user = _speaker(learner)
    made = keep_agreement(Agreement(tandem=own), user=user, organisation=learner, version=0, values=values, themes=themes)
    made = send_to_sign(made, user=user, organisation=learner, version=made.version)
    for side in (learner, giver):
        speaker = _speaker(side)
        sign(made, user=speaker, organisation=side, version=made.version, name=speaker.name, office="Mayor (invented)", on=starts)
        made.refresh_from_db()
    Review.objects.create(agreement=made, due=today + dt.timedelta(days=20))


def _speaker(organisation: Organisation) -> User:
    """Somebody of a team who may publish."""
    found = User.objects.filter(memberships__organisation=organisation, memberships__role="publisher").first()
    return found or User.objects.filter(memberships__organisation=organisation).first()  # type: ignore[return-value]
