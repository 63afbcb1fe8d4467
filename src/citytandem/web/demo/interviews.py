"""Interviews of the demo: three invented experts, twelve invented statements, coded by two invented people; and one checklist."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from citytandem.web.accounts.actions import add_member
from citytandem.web.accounts.models import Organisation, Role, User
from citytandem.web.lessons import actions, interviews
from citytandem.web.lessons.models import Checklist, Interview, Round, Shown, Statement, Topic

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKING, SECOND, LEARNING = "officer@essen.example", "institute@research.example", "officer@tianjin.example"
"""Who asks and codes first, who codes second, and who goes through a case for home."""


@cache
def read_interviews() -> dict[str, Any]:
    """What the interviews of the demo are made of."""
    with files("citytandem.web.demo").joinpath("interviews.toml").open("rb") as file:
        return tomllib.load(file)


def load_interviews(*, today: dt.date) -> Round | None:
    """A published round with codes, one difference settled and one open; does nothing where it is there, or nobody to ask."""
    told, by = read_interviews(), {user.email: user for user in User.objects.filter(email__in=(ASKING, SECOND, LEARNING))}
    team = Organisation.objects.filter(memberships__user__email=ASKING, is_invented=True).first()
    if len(by) < len({ASKING, SECOND, LEARNING}) or team is None or Round.objects.filter(organisation=team).exists():
        return None
    user, second = by[ASKING], by[SECOND]
    add_member(organisation=team, user=second, role=Role.EDITOR)
    topics = {
        one["key"]: actions.keep(
            Topic(organisation=team), by=user, organisation=team, version=0,
            values={"title": one["title"], "definition": one["definition"]},
        )
        for one in told["topic"]
    }  # fmt: skip
    round_ = actions.keep(Round(organisation=team), by=user, organisation=team, version=0, values=told["round"])
    for one in told["interview"]:
        interview = _ask(round_, one, user=user, today=today)
        for coder, name in ((user, "first"), (second, "second")):
            _code(interview, one["said"], coder=coder, name=name, topics=topics)
        _settle(interview, one["said"], user=user, topics=topics)
    _fill_in(told["checklist"], user=by[LEARNING], today=today)
    return actions.show(round_, by=user, organisation=team, version=round_.version, state=Shown.PUBLISHED)


def _ask(round_: Round, told: Mapping[str, Any], *, user: User, today: dt.date) -> Interview:
    day = today - dt.timedelta(days=told["days_ago"])
    names = ("name", "function", "belongs_to", "region", "region_type", "language")
    made = interviews.keep_interview(
        Interview(round=round_), by=user, version=0,
        values={name: told[name] for name in names} | {"held": day, "is_invented": True},
        consents={
            purpose: {"level": level, "given": day, "how": told["how"]} for purpose, level in told["levels"].items()
        },
    )  # fmt: skip
    for one in told["said"]:
        translated = {"translation": one["translation"], "translation_language": "en"} if "translation" in one else {}
        values = {"text": one["text"], "language": told["language"], **translated}
        interviews.keep_statement(Statement(interview=made), by=user, version=0, values=values)
    return made


def _code(interview: Interview, said: list[dict[str, Any]], *, coder: User, name: str, topics: Mapping[str, Topic]) -> None:
    seat = interviews.take_seat(interview, by=coder)
    found = zip(interview.statements.all(), said, strict=True)
    codes = {statement.pk: {topics[key].pk for key in one[name]} for statement, one in found}
    interviews.keep_codes(seat, by=coder, codes=codes, is_done=True)


def _settle(interview: Interview, said: list[dict[str, Any]], *, user: User, topics: Mapping[str, Topic]) -> None:
    for statement, one in zip(interview.statements.all(), said, strict=True):
        stands = dict(one.get("settled", {}))
        reason = stands.pop("reason", "")
        for key, is_present in stands.items():
            interviews.settle(statement, by=user, topic=topics[key], is_present=is_present, reason=reason)


def _fill_in(told: Mapping[str, Any], *, user: User, today: dt.date) -> None:
    team = Organisation.objects.filter(memberships__user=user, is_invented=True).first()
    if team is None or Checklist.objects.filter(organisation=team, case_key=told["case"]).exists():
        return
    lines = [
        {name: line[name] for name in ("text", "holds", "why", "who") if name in line}
        | {"due": today + dt.timedelta(days=line["days_ahead"]) if "days_ahead" in line else None}
        for line in told["lines"]
    ]
    own = actions.keep_checklist(
        Checklist(organisation=team, case_key=told["case"]), by=user, version=0, lines=lines,
        values={"title": told["title"], "language": told["language"]},
    )  # fmt: skip
    actions.show(own, by=user, organisation=team, version=own.version, state=Shown.PUBLISHED)
