"""The demo's pilot programme: real pilot cities at different stages; its office, its assessors and what they say are invented."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.models import Organisation, User
from citytandem.web.accounts.queries import organisation_of_city
from citytandem.web.assessments import actions as assessing
from citytandem.web.assessments import settling
from citytandem.web.assessments.models import Assessment
from citytandem.web.lessons.actions import record_case, show
from citytandem.web.pilots.actions import begin_programme, keep, move_programme, move_stage, send_evidence, take_in
from citytandem.web.pilots.deciding import decide
from citytandem.web.pilots.frame import criteria_of, known_cities
from citytandem.web.pilots.judging import open_for
from citytandem.web.pilots.models import Milestone, PilotCity, PilotProgramme, SiteFinding, Visit
from citytandem.web.pilots.office_pages import STAGES
from citytandem.words import Speech

OFFICE, ASSESSORS = "office@pilots.example", ("assessor.one@pilots.example", "assessor.two@pilots.example")
EVIDENCE = "Invented example: this file stands for a document of the city.\n"
REASONS = "Both assessors agree, the city has replied, and no finding is open. (invented example)"


@cache
def read_pilots() -> dict[str, Any]:
    """The programme and its cities as the file tells them."""
    with files("citytandem.web.demo").joinpath("pilots.toml").open("rb") as file:
        return tomllib.load(file)


@transaction.atomic
def load_pilots() -> None:
    """Make the programme once, with every city at its stage."""
    user = User.objects.filter(email=OFFICE, is_invented=True).first()
    office = user.memberships.select_related("organisation").earliest("pk").organisation if user else None
    if user is None or office is None or PilotProgramme.objects.filter(organisation=office).exists():
        return
    today, told = timezone.now().date(), read_pilots()
    values = {**told["programme"], "starts": _day(told["programme"]["starts"], today=today), "is_invented": True}
    speech = Speech("en")
    stages = [(speech.label(f"pilot_stage.{key}.title"), speech.label(f"pilot_stage.{key}.demanded")) for key in STAGES]
    made = begin_programme(user=user, organisation=office, values=values, stages=stages)
    made = move_programme(made, step="start", user=user, organisation=office, version=made.version)
    for city in told["city"]:
        _load_city(made, city, office=office, user=user, today=today)


def _load_city(programme: PilotProgramme, told: dict[str, Any], *, office: Organisation, user: User, today: dt.date) -> None:
    pilot = _take_in(programme, told, office=office, user=user, today=today)
    who: dict[str, Any] = {"user": user, "organisation": office}
    for row in told["milestones"]:
        days = {name: _day(row[name], today=today) for name in ("due", "reached") if name in row}
        keep(Milestone(pilot=pilot), version=0, values={**row, **days}, **who)
    if pilot.organisation is not None and told["contact"]:
        team = User.objects.get(email=told["contact"])
        raw, first = EVIDENCE.encode(), pilot.milestones.first()
        send_evidence(
            pilot, user=team, organisation=pilot.organisation, raw=raw, name="example.txt", title="Decision (invented example)",
            milestone=first, criterion="guiding_principles",
        )  # fmt: skip
    visit = _load_visit(pilot, told, who=who, today=today)
    if "finding" in told:
        _load_finding(pilot, told["finding"], visit=visit, who=who, today=today)
    for stage, day in zip(programme.stages.all()[1:], told["steps"][1:], strict=False):
        pilot = move_stage(pilot, stage=stage, on=_day(day, today=today), **who)
    if "levels" in told:
        _judge(pilot, told, user=user)
    _decide(pilot, told, who=who, today=today)
    if "lesson" in told:
        _load_lesson(pilot, told["lesson"], who=who)


def _take_in(programme: PilotProgramme, told: dict[str, Any], *, office: Organisation, user: User, today: dt.date) -> PilotCity:
    row = known_cities(programme.framework).row(by_predicate=_is(told["known_as"]), named=True)
    city, within = row["city"] or "", row["within"] or ""
    values = {
        "known_as": told["known_as"], "city": city, "within": within, "country": row["country"],
        "place": "" if city else f"{row['name']} {row['local_name']}", "organisation": organisation_of_city(city),
        "contact_organisation": f"{row['name']} (invented office)", "contact_email": told["contact"],
        "joined": _day(told["joined"], today=today),
    }  # fmt: skip
    return take_in(PilotCity(programme=programme), user=user, organisation=office, version=0, values=values)


def _is(key: str) -> Any:
    return pl.col("pilot_city") == key


def _load_visit(pilot: PilotCity, told: dict[str, Any], *, who: dict[str, Any], today: dt.date) -> Visit | None:
    if "visit" not in told:
        return None
    values = {**told["visit"], "on": _day(told["visit"]["on"], today=today), "language": "en"}
    return keep(Visit(pilot=pilot), version=0, values=values, **who)


def _load_finding(pilot: PilotCity, told: dict[str, Any], *, visit: Visit | None, who: dict[str, Any], today: dt.date) -> None:
    values = {name: told[name] for name in ("graveness", "criterion", "text")} | {"visit": visit}
    values |= {"recommendation": told.get("recommendation", "")}
    if "due" in told:
        values["due"] = _day(told["due"], today=today)
    if "closed" in told and visit is not None:
        later = visit.on + dt.timedelta(days=20)
        values |= {"answer": told["answer"], "answered": later, "closed": later, "closed_because": told["closed"]}
    keep(SiteFinding(pilot=pilot), version=0, values=values, **who)


def _judge(pilot: PilotCity, told: dict[str, Any], *, user: User) -> None:
    """Two forms, one criterion on which they differ, what was settled on, and the end of the time to reply."""
    levels = told["levels"]
    own = open_for(pilot, user=user, organisation=pilot.programme.organisation)
    for email, level in zip(ASSESSORS, (levels["first"], levels["second"]), strict=True):
        person = User.objects.get(email=email)
        seat = assessing.invite_assessor(assessment=own, by=user, user=person)
        answers = {
            key: assessing.Given(level=level, evidence="Invented evidence") for key in criteria_of(pilot.programme.framework)
        }
        if email == ASSESSORS[1]:
            answers[levels["differs"]] = assessing.Given(level=max(0, level - 1), evidence="Invented evidence")
        assessing.save_answers(seat=seat, answers=answers)
        assessing.hand_in(seat=seat, by=person)
    settling.decide(
        assessment=own, by=user, criterion=levels["differs"], choice="other", level=levels["settled"],
        reason="Looked at together on the site visit. (invented example)", evidence="Invented evidence",
    )  # fmt: skip
    own.refresh_from_db()
    own = settling.finish_reconciling(assessment=own, by=user)
    team = User.objects.filter(email=told["contact"]).first()
    if team is not None:
        settling.end_replies(assessment=own, by=team)
        own.refresh_from_db()
        settling.agree_to_publish(assessment=own, by=user, as_city=False)
        settling.agree_to_publish(assessment=own, by=team, as_city=True)
    at = timezone.now() + dt.timedelta(days=told["judged"])
    Assessment.objects.filter(pk=own.pk).update(opened=at, reconciled=at, reply_until=at.date() + dt.timedelta(days=28))


def _decide(pilot: PilotCity, told: dict[str, Any], *, who: dict[str, Any], today: dt.date) -> None:
    if "certified" in told:
        terms, on = told["certified"], _day(told["certified"]["on"], today=today)
        decide(pilot, outcome="certify", reasons=REASONS, on=on, level=terms["level"], conditions=terms["conditions"], **who)
    if "refused" in told:
        decide(pilot, outcome="not_yet", reasons=told["refused"]["reasons"], on=_day(told["refused"]["on"], today=today), **who)


def _load_lesson(pilot: PilotCity, told: dict[str, Any], *, who: dict[str, Any]) -> None:
    fields = {
        "language": "en", "title": "Management in use (invented)", "city": pilot.city, "region_type": "heavy_industry",
        "phase": "renewal", "first_year": pilot.joined.year, "instrument": "Energy management", "evidence": "report",
        "mark": "K", "source": "Invented example of the demo", **told,
    }  # fmt: skip
    case = record_case(organisation=who["organisation"], by=who["user"], **fields)
    show(case, by=who["user"], organisation=who["organisation"], version=case.version, state="published")
    pilot.lessons.create(case=case)


def _day(days: int, *, today: dt.date) -> dt.date:
    """So many days after today; before it where negative."""
    return today + dt.timedelta(days=days)
