"""Why these two? What each gives and gets, where they differ, what links them, what could fail and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.partners.risks import find_risks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citytandem.findings import Fact
    from citytandem.science.partners.known import Known

NAMED = 3
"""So many subjects of each kind are named in each direction."""
DIFFERENCES = 3


@dataclass(frozen=True)
class Card:
    """The reasons for one pair of a group, as codes and facts; ``helps`` answers ``fails`` one by one.

    ``gets`` is what the participant could learn from the other, ``gives`` what the other could learn from it.
    """

    group: int
    participant: str
    other: str
    gets: tuple[Finding, ...]
    gives: tuple[Finding, ...]
    differs: tuple[Finding, ...]
    links: tuple[Finding, ...]
    fails: tuple[Finding, ...]
    helps: tuple[Finding, ...]


PARTS = ("gets", "gives", "differs", "links", "fails", "helps")
"""The parts of a card, in the order in which they are read."""


def write_cards(pairs: pl.DataFrame, *, known: Known) -> tuple[Card, ...]:
    """A card for each pair of a matching, by group.

    Parameters
    ----------
    pairs
        Rows of :class:`~citytandem.tables.matching.MatchPair`.
    known
        What is known of the participants.
    """
    return tuple(card_of(pair, known=known) for pair in pairs.sort("group", "participant", "other").to_dicts())


def card_of(pair: Mapping[str, Any], *, known: Known) -> Card:
    """The card of one pair: a row of :class:`~citytandem.tables.matching.MatchPair` as a dict."""
    one, other = str(pair["participant"]), str(pair["other"])
    gets = _learn(one, giver=other, known=known, gain=(pair["gain_in_low"], pair["gain_in_high"]))
    gives = _learn(other, giver=one, known=known, gain=(pair["gain_out_low"], pair["gain_out_high"]))
    links = tuple(_link(pair, known=known))
    risks = find_risks(pair, gets=gets, gives=gives, links=links, known=known)
    return Card(
        group=int(pair["group"]), participant=one, other=other, gets=gets, gives=gives,
        differs=tuple(_differ(one, other, known=known)), links=links,
        fails=tuple(risk for risk, _ in risks), helps=tuple(help_ for _, help_ in risks),
    )  # fmt: skip


def lessons_of(pair: Mapping[str, Any], *, known: Known) -> Card:
    """What both of a pair could learn and nothing else: a row of :class:`~citytandem.tables.matching.PossiblePair` as a dict."""
    one, other = str(pair["participant"]), str(pair["other"])
    gets = _learn(one, giver=other, known=known, gain=(pair["gain_in_low"], pair["gain_in_high"]))
    gives = _learn(other, giver=one, known=known, gain=(pair["gain_out_low"], pair["gain_out_high"]))
    return Card(0, one, other, gets=gets, gives=gives, differs=(), links=(), fails=(), helps=())


def card_as_json(card: Card) -> dict[str, Any]:
    """A card as plain values, to be stored and read again by :func:`card_from_json`."""
    told: dict[str, Any] = {"group": card.group, "participant": card.participant, "other": card.other}
    return told | {part: [finding.as_dict() for finding in getattr(card, part)] for part in PARTS}


def card_from_json(stored: Mapping[str, Any]) -> Card:
    """The card that :func:`card_as_json` has written.

    >>> empty = Card(1, "DK-0751", "DE-05515000", (), (), (), (), (), ())
    >>> card_from_json(card_as_json(empty)) == empty
    True
    """
    gets, gives, differs, links, fails, helps = (tuple(_read_finding(one) for one in stored.get(part, ())) for part in PARTS)
    return Card(
        stored["group"], stored["participant"], stored["other"], gets, gives, differs, links, fails, helps,
    )  # fmt: skip


def _read_finding(stored: Mapping[str, Any]) -> Finding:
    severity = Severity(stored["severity"])
    return Finding(Code(stored["code"]), dict(stored["facts"]), row=stored["row"], where=stored["where"], severity=severity)


def _note(code: Code, /, **facts: Fact) -> Finding:
    return Finding(code, facts, where="card", severity=Severity.NOTE)


def _learn(learner: str, *, giver: str, known: Known, gain: tuple[float | None, float | None]) -> tuple[Finding, ...]:
    """What one side could learn from the other, the surest first, and how much of its need that is."""
    if (idle := _takes_no_lesson(learner, giver=giver, known=known)) is not None:
        return (idle,)
    told = [*_asked(learner, giver=giver, known=known), *_published(learner, giver=giver, known=known)][: 2 * NAMED]
    words = tuple(_own_words(learner, giver=giver, known=known))
    low, high = gain
    if not told:
        return (_note(Code.CARD_NOTHING_KNOWN, city=learner, other=giver), *words)
    if low is None or high is None:
        return (*told, *words, _note(Code.CARD_GAIN_UNKNOWN, city=learner, other=giver))
    percent = {"low": round(100 * low), "high": round(100 * high)}
    return (*told, *words, _note(Code.CARD_GAIN, city=learner, other=giver, **percent))


def _takes_no_lesson(learner: str, *, giver: str, known: Known) -> Finding | None:
    """Who came to give learns nothing here, and nobody learns from who came only to learn."""
    part = {who: str(part) for who, part in known.candidates.select("participant", "part").iter_rows()}
    if part[learner] == "mentor":
        return _note(Code.CARD_CAME_TO_GIVE, city=learner, other=giver)
    return _note(Code.CARD_CAME_TO_LEARN, city=giver, other=learner) if part[giver] == "learner" else None


def _asked(learner: str, *, giver: str, known: Known) -> Iterator[Finding]:
    rows = known.met.filter((pl.col("learner") == learner) & (pl.col("giver") == giver))
    shown = rows.sort("part_high", "part_low", "subject", descending=[True, True, False])
    for row in shown.filter(pl.col("met_by").cast(pl.String) == "stage").head(NAMED).to_dicts():
        asked = {"city": learner, "other": giver, "subject": f"{row['kind']}.{row['subject']}"}
        yield _note(Code.CARD_ASKED_AND_DONE, **asked, measure=row["measure"], stage=row["stage"], source=row["source"])
    evidence = shown.filter(pl.col("met_by").cast(pl.String) == "stage").select("kind", "subject")
    offers = shown.filter(pl.col("met_by").cast(pl.String) == "offer").join(evidence, on=["kind", "subject"], how="anti")
    for row in offers.head(NAMED).to_dicts():
        yield _note(Code.CARD_ASKED_AND_OFFERED, city=learner, other=giver, subject=f"{row['kind']}.{row['subject']}")


def _published(learner: str, *, giver: str, known: Known) -> Iterator[Finding]:
    cities = [known.candidates.filter(pl.col("participant") == who).get_column("city")[0] for who in (learner, giver)]
    if None in cities:
        return
    leads = known.leads.filter((pl.col("learner") == cities[0]) & (pl.col("giver") == cities[1]))
    asked = known.met.filter((pl.col("learner") == learner) & (pl.col("giver") == giver)).get_column("measure").drop_nulls()
    done = leads.filter((pl.col("kind").cast(pl.String) == "stage") & ~pl.col("subject").is_in(asked.implode()))
    for row in done.sort(pl.col("need_high").neg(), pl.col("stage").neg(), "subject", nulls_last=True).head(NAMED).to_dicts():
        facts = {"measure": row["subject"], "stage": row["stage"], "item": row["item"], "source": row["source"]}
        yield _note(Code.CARD_LEARNS_MEASURE, city=learner, other=giver, **facts)
    topics = leads.filter(pl.col("kind").cast(pl.String) == "sector").sort(pl.col("gap_t_per_head").neg(), "subject")
    for row in topics.head(NAMED).to_dicts():
        facts = {"outcome": row["subject"], "own": row["learner_t_per_head"], "theirs": row["giver_t_per_head"]}
        facts |= {"own_year": row["learner_year"], "their_year": row["giver_year"]}
        weak = str(row["strength"]) == "weak"
        yield _note(Code.CARD_LEARNS_TOPIC_WEAK if weak else Code.CARD_LEARNS_TOPIC, city=learner, other=giver, **facts)


def _own_words(learner: str, *, giver: str, known: Known) -> Iterator[Finding]:
    for who, way, code in ((learner, "learns", Code.CARD_ASKS_IN_WORDS), (giver, "offers", Code.CARD_OFFERS_IN_WORDS)):
        for text in known.words.filter(pl.col("participant") == who).get_column(way).drop_nulls():
            yield _note(code, city=who, text=text)


def _differ(one: str, other: str, *, known: Known) -> Iterator[Finding]:
    row = likeness(one, other, known=known)
    if row is None or row["similarity"] is None:
        yield _note(Code.CARD_LIKENESS_UNKNOWN, city=one, other=other)
        return
    yield _note(Code.CARD_ALIKE, city=one, other=other, percent=round(100 * row["similarity"]))
    if row["differs"]:
        yield _note(Code.CARD_DIFFERS, city=one, other=other, variable=",".join(row["differs"][:DIFFERENCES]))


def likeness(one: str, other: str, *, known: Known) -> dict[str, Any] | None:
    """How alike the cities of two participants are, and in what they differ most; None where it cannot be told."""
    city = dict(known.candidates.select("participant", "city").iter_rows())
    if city[one] is None or city[other] is None:
        return None
    found = known.closeness.filter((pl.col("learner") == city[one]) & (pl.col("giver") == city[other]))
    return found.row(0, named=True) if found.height else None


def _link(pair: Mapping[str, Any], *, known: Known) -> Iterator[Finding]:
    facts: dict[str, Fact] = {"city": pair["participant"], "other": pair["other"]}
    if pair["tie"] is None:
        yield _note(Code.CARD_NO_TIE, **facts)
    else:
        both = [pair["participant"], pair["other"]]
        rows = known.ties.filter(pl.col("participant").is_in(both) & pl.col("other").is_in(both))
        since = rows.get_column("since").drop_nulls().min()
        asleep = rows.get_column("asleep").drop_nulls()
        code = Code.CARD_TIE_UNHEARD if asleep.is_empty() else Code.CARD_TIE_ASLEEP if asleep.all() else Code.CARD_TIE
        tie: dict[str, Fact] = {"tie": str(pair["tie"])}
        yield _note(code, **facts, **tie)
        if since is not None:
            yield _note(Code.CARD_TIE_SINCE, **facts, since=str(since))
    if pair["languages"]:
        yield _note(Code.CARD_LANGUAGES, **facts, languages=",".join(pair["languages"]))
    hours = pair["hours_apart"]
    if hours is None:
        yield _note(Code.CARD_CLOCKS_UNKNOWN, **facts)
    else:
        yield _note(Code.CARD_CLOCKS if hours else Code.CARD_SAME_CLOCK, **facts, hours=hours)
