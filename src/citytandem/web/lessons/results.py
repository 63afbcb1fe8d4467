"""What did the experts speak of? Topics counted and grouped, from what two people coded and what the experts allow.

Whatever is not allowed, or no longer, is left out of every number here: the pages of the team and of everybody show the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from django.core.cache import cache

from citytandem.science.assessment.clusters import Clusters, cluster_statements, mark_clusters
from citytandem.science.assessment.coding import Coding, compare_coders
from citytandem.web.lessons.consent import level_for, may_count, name_expert
from citytandem.web.lessons.models import Interview, Level, Purpose, Round, Settlement, Shown, Statement, Topic
from citytandem.web.lessons.vocabulary import list_terms, list_words, weigh_statements
from citytandem.web.partnerships import meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citytandem.words import Language

SEED = 2026
CODERS = 2
MOST_GROUPED = 200
"""Statements that are grouped on the spot; more are counted."""
FEWEST_STATEMENTS, FEWEST_EXPERTS = 3, 2
"""A sub-topic rests on so many statements of so many experts at least. [P]"""
LEADING = 0.5
"""A topic leads a group where so large a share of its statements is about it. [P]"""
FIRM = 0.6
"""From this kappa on, two people see the same topic well enough to build an exchange on it. [P]"""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement that counts: where it stands, what it is about, and its words only where they may be shown."""

    key: str
    number: int
    interview: int
    expert: int
    region: str
    topics: frozenset[int]
    language: str
    quote: str = ""
    translation: str = ""
    translation_language: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic: in how many statements, of how many experts, from which regions; with the agreement of the two coders."""

    title: str
    definition: str
    statements: int
    experts: int
    regions: tuple[str, ...]
    observed: float | None
    kappa: float | None
    low: float | None
    high: float | None
    told: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class RegionTopic:
    """A topic as the experts of one region spoke of it."""

    round: int
    round_title: str
    organisation: str
    title: str
    definition: str
    statements: int
    experts: int


@dataclass(frozen=True, slots=True)
class Trait:
    """What marks a group: in ``inside`` of its ``size`` statements, in ``outside`` of the ``others``."""

    kind: str
    name: str
    inside: int
    size: int
    outside: int
    others: int


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that belong together."""

    number: int
    said: tuple[Said, ...]
    experts: int
    regions: tuple[str, ...]
    stability: float
    leading: tuple[str, ...]
    traits: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class SubTopic:
    """What a regular exchange could be about, and what that rests on. ``group`` is None where counting alone proposes it."""

    topics: tuple[str, ...]
    group: int | None
    statements: int
    experts: int
    regions: tuple[str, ...]
    stability: float | None
    is_firm: bool
    may_be_asked: int


@dataclass(frozen=True)
class Result:
    """All that can be told of a round."""

    round: Round
    interviews: int
    experts: int
    statements: int
    not_allowed: int
    not_coded: int
    open_differences: int
    coding: Coding
    topics: tuple[TopicCount, ...]
    clusters: Clusters
    groups: tuple[Group, ...]
    sub_topics: tuple[SubTopic, ...]
    said: tuple[Said, ...]
    contacts: tuple[str, ...]
    by_meaning: bool


def read_result(own: Round, *, language: Language) -> Result:
    """What a round says today."""
    every = list(own.interviews.prefetch_related("consents", "seats__codes", "statements"))
    allowed = [one for one in every if may_count(one)]
    coded = [one for one in allowed if is_coded(one)]
    topics = {one.pk: one for one in Topic.objects.filter(organisation=own.organisation_id)}
    settled = {
        (one.statement_id, one.topic_id): one.is_present
        for one in Settlement.objects.filter(statement__interview__in=coded)
    }  # fmt: skip
    codes = [row for one in coded for row in list_codes(one)]
    still_open = sum(first != second and (statement, topic) not in settled for statement, topic, first, second in codes)
    agreed = _agree(codes, settled)
    said = tuple(one for number, interview in enumerate(coded, start=1) for one in _say(interview, number=number, agreed=agreed))
    titled = [
        (str(statement), topics[topic].title, first, second) for statement, topic, first, second in codes if topic in topics
    ]
    coding = compare_coders(pl.DataFrame(titled, schema=_CODES, orient="row"), seed=SEED)
    counted = _count_topics(said, topics=topics, coding=coding)
    clusters = _cluster(said, topics=sorted(topics), texts=_read_texts(coded))
    groups = _tell_groups(clusters, said=said, topics=topics, texts=_read_texts(coded), language=language)
    return Result(
        own, len(every), len({one.expert for one in said}), len(said),
        sum(one.statements.count() for one in every if one not in allowed),
        sum(one.statements.count() for one in allowed if one not in coded),
        still_open, coding, counted, clusters, groups, _propose(groups, counted, interviews=coded), said,
        tuple(filter(None, (name_expert(one, Purpose.CONTACT) for one in coded))), bool(meaning.name_model()),
    )  # fmt: skip


def is_coded(interview: Interview) -> bool:
    """Are both coders done?"""
    return sum(1 for seat in interview.seats.all() if seat.done) == CODERS


def list_codes(interview: Interview) -> list[tuple[int, int, bool, bool]]:
    """Statement, topic, found by the first, found by the second; only topics both had before them."""
    seats = list(interview.seats.all())
    found = [{(code.statement_id, code.topic_id) for code in seat.codes.all()} for seat in seats]
    both = sorted(set(seats[0].topics) & set(seats[1].topics))
    return [
        (one.pk, topic, (one.pk, topic) in found[0], (one.pk, topic) in found[1])
        for one in interview.statements.all()
        for topic in both
    ]


def topics_of_region(region: str) -> list[RegionTopic]:
    """Topics of published rounds that experts of a region spoke of, by title."""
    found = []
    for own in Round.objects.filter(state=Shown.PUBLISHED, interviews__region=region).distinct().select_related("organisation"):
        interviews = own.interviews.filter(region=region).prefetch_related("consents", "seats__codes", "statements")
        coded = [one for one in interviews if may_count(one) and is_coded(one)]
        topics = {one.pk: one for one in Topic.objects.filter(organisation=own.organisation_id)}
        settled = {
            (one.statement_id, one.topic_id): one.is_present
            for one in Settlement.objects.filter(statement__interview__in=coded)
        }  # fmt: skip
        agreed = _agree([row for one in coded for row in list_codes(one)], settled)
        said = [one for interview in coded for one in _say(interview, number=0, agreed=agreed)]
        for pk, topic in topics.items():
            own_said = [one for one in said if pk in one.topics]
            if own_said:
                experts = len({one.expert for one in own_said})
                names = (own.pk, own.title, own.organisation.name, topic.title, topic.definition)
                found.append(RegionTopic(*names, len(own_said), experts))
    return sorted(found, key=lambda one: one.title.casefold())


_CODES = {"statement": pl.String, "topic": pl.String, "first": pl.Boolean, "second": pl.Boolean}


def _agree(codes: Iterable[tuple[int, int, bool, bool]], settled: Mapping[tuple[int, int], bool]) -> dict[int, set[int]]:
    """Topics by statement: what both found, and what was settled so."""
    found: dict[int, set[int]] = {}
    for statement, topic, first, second in codes:
        if (first and second) or (first != second and settled.get((statement, topic))):
            found.setdefault(statement, set()).add(topic)
    return found


def _say(interview: Interview, *, number: int, agreed: Mapping[int, set[int]]) -> list[Said]:
    may_quote = level_for(interview, Purpose.QUOTES) != Level.NONE
    return [
        Said(
            str(one.pk), one.number, number, interview.pk, interview.region, frozenset(agreed.get(one.pk, ())), one.language,
            *((one.text, one.translation, one.translation_language, name_expert(interview, Purpose.QUOTES)) if may_quote else ()),
        )
        for one in interview.statements.all()
    ]  # fmt: skip


def _read_texts(interviews: Iterable[Interview]) -> dict[str, Statement]:
    return {str(one.pk): one for interview in interviews for one in interview.statements.all()}


def _count_topics(said: Iterable[Said], *, topics: Mapping[int, Topic], coding: Coding) -> tuple[TopicCount, ...]:
    """Every topic that was coded, those in most statements first; of equally many by title."""
    agreement = {row["topic"]: row for row in coding.topics.iter_rows(named=True)}
    found = []
    for pk, topic in topics.items():
        own = tuple(one for one in said if pk in one.topics)
        row = agreement.get(topic.title)
        if row is None:
            continue
        told = (row["observed"], row["kappa"], row["low"], row["high"], row["told"])
        found.append(TopicCount(topic.title, topic.definition, len(own), *_whence(own), *told, own))
    return tuple(sorted(found, key=lambda one: (-one.statements, one.title.casefold())))


def _whence(said: Iterable[Said]) -> tuple[int, tuple[str, ...]]:
    own = list(said)
    return len({one.expert for one in own}), tuple(sorted({one.region for one in own}))


def _cluster(said: tuple[Said, ...], *, topics: list[int], texts: Mapping[str, Statement]) -> Clusters:
    """Statements grouped; remembered under a hash of what they are, without any word of them."""
    about = [one for one in said if one.topics]
    keys = [one.key for one in about]
    codes = np.array([[float(topic in one.topics) for topic in topics] for one in about]).reshape(len(about), len(topics))
    if len(about) > MOST_GROUPED or not about:
        return cluster_statements([], codes=np.zeros((0, 0)))
    made = repr((keys, [texts[key].text for key in keys], codes.tolist(), meaning.name_model()))
    name = f"clusters-{hashlib.sha256(made.encode()).hexdigest()[:40]}"
    found: Clusters | None = cache.get(name)
    if found is None:
        vectors = weigh_statements([texts[key].text for key in keys]) if len(about) > 1 else None
        found = cluster_statements(keys, codes=codes, vectors=vectors, seed=SEED)
        cache.set(name, found)
    return found


def _tell_groups(
    clusters: Clusters, *, said: tuple[Said, ...], topics: Mapping[int, Topic], texts: Mapping[str, Statement], language: Language
) -> tuple[Group, ...]:
    if clusters.told != "told":
        return ()
    by_key = {one.key: one for one in said}
    rows = [(key, "topic", topics[topic].title) for key, one in by_key.items() for topic in one.topics]
    rows += [(key, "term", term) for key in by_key for term in list_terms(texts[key].text, language=language)]
    # words are shown only of statements whose words may be shown
    rows += [(key, "word", found) for key, one in by_key.items() if one.quote for found in list_words(one.quote)]
    marks = mark_clusters(clusters.members, pl.DataFrame(rows, schema=["statement", "kind", "trait"], orient="row"))
    traits: dict[int, list[Trait]] = {}
    for cluster, *told in marks.iter_rows():
        traits.setdefault(cluster, []).append(Trait(*told))
    stability = dict(clusters.groups.select("cluster", "stability").iter_rows())
    found = []
    for number in clusters.groups["cluster"]:
        own = tuple(by_key[key] for key in clusters.members.filter(pl.col("cluster") == number)["statement"])
        marked = tuple(traits.get(number, ()))
        leading = tuple(one.name for one in marked if one.kind == "topic" and one.inside >= LEADING * one.size)
        found.append(Group(number, own, *_whence(own), stability[number], leading, marked))
    return tuple(found)


def _propose(
    groups: tuple[Group, ...], counted: tuple[TopicCount, ...], *, interviews: list[Interview]
) -> tuple[SubTopic, ...]:  # fmt: skip
    """Groups with a leading topic, then topics of several experts that lead no group; those of most statements first."""
    firm = {one.title for one in counted if one.kappa is not None and one.kappa >= FIRM}
    asked = {one.pk for one in interviews if level_for(one, Purpose.CONTACT) != Level.NONE}
    found = []
    for group in groups:
        if group.leading and len(group.said) >= FEWEST_STATEMENTS and group.experts >= FEWEST_EXPERTS:
            whom = len(asked & {one.expert for one in group.said})
            rests = (len(group.said), group.experts, group.regions, group.stability)
            found.append(SubTopic(group.leading, group.number, *rests, firm >= set(group.leading), whom))
    led = {title for one in found for title in one.topics}
    for topic in counted:
        if topic.title not in led and topic.statements >= FEWEST_STATEMENTS and topic.experts >= FEWEST_EXPERTS:
            whom = len(asked & {one.expert for one in topic.said})
            counts = (topic.statements, topic.experts, topic.regions)
            found.append(SubTopic((topic.title,), None, *counts, None, topic.title in firm, whom))
    return tuple(sorted(found, key=lambda one: (-one.statements, one.topics)))
