"""What could make a pair fall asleep, and what would help against it: rules with their reasons, never a judgement of a city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from citytandem.findings import Code, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from citytandem.findings import Fact
    from citytandem.science.partners.known import Known

Risk: TypeAlias = tuple[Finding, Finding]

MANY_HOURS = 6.0
"""From so many hours between the clocks on, less than two hours of two working days of eight hours overlap. [P]"""
LITTLE_SAY = 0.6
"""A route below this is neither doing nor ruling: the city can pay, shape or ask (``facts/route.csv``). [P]"""
PERSONS = ("mayor", "expert", "creative")
"""Actors that are one person."""
MANY_PARTNERS = 2
SHOWN = (Code.CARD_ASKED_AND_DONE, Code.CARD_LEARNS_MEASURE, Code.CARD_LEARNS_TOPIC, Code.CARD_LEARNS_TOPIC_WEAK)
MEASURED = (Code.CARD_ASKED_AND_DONE, Code.CARD_LEARNS_MEASURE)


def find_risks(
    pair: Mapping[str, Any], *, gets: Sequence[Finding], gives: Sequence[Finding], links: Sequence[Finding], known: Known
) -> list[Risk]:
    """Each risk with what would help against it.

    The rules are those of ``domain.md`` 7.2 (what makes partnerships sleep): no language in common, learning in one
    direction only, less say over what is to be learned, a tie that has slept, clocks many hours apart, everything
    resting on one person, and nothing published behind what is hoped for.

    Parameters
    ----------
    pair
        A row of :class:`~citytandem.tables.matching.MatchPair`.
    gets, gives, links
        The parts of the card that are written already.
    known
        What is known of the participants.
    """
    rules = (
        _language(pair), _one_way(pair, gets=gets, gives=gives), _little_say(pair, gets=gets, gives=gives, known=known),
        _asleep(pair, links=links), _hours(pair), _one_person(pair, known=known), _nothing_measured(pair, told=[*gets, *gives]),
    )  # fmt: skip
    return [risk for rule in rules for risk in rule]


def _risk(fails: Code, helps: Code, /, **facts: Fact) -> Risk:
    told = [Finding(code, facts, where="card", severity=Severity.NOTE) for code in (fails, helps)]
    return told[0], told[1]


def _both(pair: Mapping[str, Any]) -> dict[str, Fact]:
    return {"city": pair["participant"], "other": pair["other"]}


def _language(pair: Mapping[str, Any]) -> Iterator[Risk]:
    if not pair["languages"]:
        yield _risk(Code.RISK_NO_LANGUAGE, Code.HELP_INTERPRETER, **_both(pair))


def _one_way(pair: Mapping[str, Any], *, gets: Sequence[Finding], gives: Sequence[Finding]) -> Iterator[Risk]:
    silent = [any(finding.code is Code.CARD_NOTHING_KNOWN for finding in told) for told in (gets, gives)]
    if silent[0] != silent[1]:
        one, other = pair["participant"], pair["other"]
        teacher, learner = (one, other) if silent[0] else (other, one)
        yield _risk(Code.RISK_ONE_WAY, Code.HELP_BOTH_WAYS, city=learner, other=teacher)


def _little_say(pair: Mapping[str, Any], *, gets: Sequence[Finding], gives: Sequence[Finding], known: Known) -> Iterator[Risk]:
    city = dict(known.candidates.select("participant", "city").iter_rows())
    similar = known.closeness.select("learner", "giver", "similarity")
    if city[pair["participant"]] is None or city[pair["other"]] is None:
        return
    for told, learner, giver in ((gets, pair["participant"], pair["other"]), (gives, pair["other"], pair["participant"])):
        named = [str(finding.facts["measure"]) for finding in told if finding.code in MEASURED]
        rows = known.leads.filter(
            (pl.col("learner") == city[learner]) & (pl.col("giver") == city[giver]) & pl.col("subject").is_in(named)
        ).join(similar, on=["learner", "giver"], how="left")
        less = rows.filter(pl.col("transfer") / pl.col("similarity") < LITTLE_SAY).get_column("subject").sort()
        if less.len():
            yield _risk(Code.RISK_LITTLE_SAY, Code.HELP_LITTLE_SAY, city=learner, other=giver, measure=less[0])


def _asleep(pair: Mapping[str, Any], *, links: Sequence[Finding]) -> Iterator[Risk]:
    if any(finding.code is Code.CARD_TIE_ASLEEP for finding in links):
        yield _risk(Code.RISK_ASLEEP, Code.HELP_WAKE, **_both(pair))


def _hours(pair: Mapping[str, Any]) -> Iterator[Risk]:
    if pair["hours_apart"] is not None and pair["hours_apart"] >= MANY_HOURS:
        yield _risk(Code.RISK_HOURS, Code.HELP_HOURS, **_both(pair), hours=pair["hours_apart"])


def _one_person(pair: Mapping[str, Any], *, known: Known) -> Iterator[Risk]:
    """A person who falls ill, or a side with as many partners as it can carry, leaves nobody to go on."""
    sides = known.candidates.filter(pl.col("participant").is_in([pair["participant"], pair["other"]])).select(
        "participant", pl.col("actor").cast(pl.String), pl.col("capacity").alias("said")
    )
    loads = known.loads.filter(pl.col("capacity") == pl.col("partners")).select("participant", "partners")
    for who, actor, said, partners in sides.join(loads, on="participant", how="left").sort("participant").iter_rows():
        if actor in PERSONS:
            yield _risk(Code.RISK_ONE_PERSON, Code.HELP_SECOND_PERSON, city=who)
        elif partners is not None and partners >= MANY_PARTNERS and partners == said:
            yield _risk(Code.RISK_NO_ROOM, Code.HELP_ROOM, city=who, count=int(partners))


def _nothing_measured(pair: Mapping[str, Any], *, told: Sequence[Finding]) -> Iterator[Risk]:
    if not any(finding.code in SHOWN for finding in told):
        yield _risk(Code.RISK_NOTHING_MEASURED, Code.HELP_MEASURE, **_both(pair))
