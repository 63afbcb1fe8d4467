"""A round of interviews: three experts, twelve statements, coded by two people who differ twice."""

from __future__ import annotations

import datetime as dt

from citytandem.web.lessons import actions, interviews
from citytandem.web.lessons.models import Interview, Round, Statement, Topic

DAY = dt.date(2026, 9, 1)
TOPICS = {
    "Land": "Owning and clearing old works",
    "Jobs": "What becomes of people who lose their work",
    "Trust": "Who speaks with whom",
}
RUHR_COAL = [
    ("Land", "Land stood empty for twenty years because nobody owned it alone."),
    ("Land", "A public land fund cleared the works."),
    ("Jobs", "Miners were retrained before the pit closed."),
    ("Trust", "The unions sat at the table from the first day."),
]
RUHR_STEEL = [
    ("Land", "Without clean land no firm came."),
    ("Jobs", "Young workers left, older workers retired early."),
    ("Jobs", "Replacement jobs came too late for workers."),
    ("Trust", "Town halls did not speak with each other."),
]
WALES_COAL = [
    ("Land", "Spoil heaps made the land worthless."),
    ("Jobs", "Workers found jobs only far away."),
    ("Trust", "Nobody trusted a promise after the strike."),
    ("Trust", "The towns learned to speak with one voice."),
]
SAID = (("ruhr", "coal", RUHR_COAL), ("ruhr", "steel", RUHR_STEEL), ("south-wales", "coal", WALES_COAL))
DIFFER = {(0, 3): "Jobs", (2, 1): "Land"}
"""Interview and statement, counted from 0, where the second coder finds one topic more."""


def make_topics(team, user):
    return {
        title: actions.keep(
            Topic(organisation=team), by=user, organisation=team, version=0, values={"title": title, "definition": told}
        )
        for title, told in TOPICS.items()
    }


def make_round(team, user):
    values = {"title": "What the Ruhr would do again", "question": "What would you do again?", "language": "en"}
    return actions.keep(Round(organisation=team), by=user, organisation=team, version=0, values=values)


def ask(round_, user, *, number, levels=None):
    """One interview with its statements; consent by purpose as told, all with name if nothing is."""
    region, kind, said = SAID[number]
    levels = levels if levels is not None else dict.fromkeys(("topics", "quotes", "contact"), "named")
    made = interviews.keep_interview(
        Interview(round=round_), by=user, version=0,
        values={"name": f"Expert {number} (invented)", "function": f"function {number}", "region": region, "region_type": kind,
                "language": "en", "held": DAY, "is_invented": True, "email": f"expert{number}@example.org"},
        consents={purpose: {"level": level, "given": DAY, "how": "written"} for purpose, level in levels.items()},
    )  # fmt: skip
    for _, text in said:
        interviews.keep_statement(
            Statement(interview=made), by=user, version=0, values={"text": text, "language": "en"}
        )  # fmt: skip
    return made


def code(interview, user, *, topics, number, is_second=False, is_done=True):
    """One person codes an interview; the second finds more where the two are to differ."""
    seat = interviews.take_seat(interview, by=user)
    codes = {}
    for place, (statement, (title, _)) in enumerate(zip(interview.statements.all(), SAID[number][2], strict=True)):
        codes[statement.pk] = {topics[title].pk}
        if is_second and (number, place) in DIFFER:
            codes[statement.pk].add(topics[DIFFER[number, place]].pk)
    return interviews.keep_codes(seat, by=user, codes=codes, is_done=is_done)


def make_coded_round(team, *, first, second, levels=None):
    """All three interviews, coded by both."""
    topics, round_ = make_topics(team, first), make_round(team, first)
    asked = [ask(round_, first, number=number, levels=(levels or {}).get(number)) for number in range(3)]
    for number, one in enumerate(asked):
        code(one, first, topics=topics, number=number)
        code(one, second, topics=topics, number=number, is_second=True)
    return round_, asked, topics
