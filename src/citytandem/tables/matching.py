"""What a matching takes and gives: who takes part, what each could learn, wishes, rules, ties, and the groups that come out."""

from typing import Any

import dataframely as dy
import polars as pl

from citytandem.tables import _base as base
from citytandem.tables.links import TIE_KINDS

ACTORS = ("city", "mayor", "expert", "civic", "creative", "business", "research")
PARTS = ("both", "learner", "mentor")
WISHES = ("wish", "veto")
RULES = ("pin", "ban")
REASONS = (
    "no_capacity",
    "no_gain_known",
    "vetoes",
    "bans",
    "countries",
    "limits",
    "group_size",
    "odd_number",
    "partners_taken",
)
LARGEST_CAPACITY = 100


def _who(description: str, **more: Any) -> dy.String:
    return base.key(description, **{"nullable": False, **more})


def _gain(description: str, *, nullable: bool = False) -> dy.Float64:
    return base.quantity("fraction", description, low=0, high=1, nullable=nullable)


class Candidate(dy.Schema):
    """One row per participant that may be matched: a city, or a person or organisation of one."""

    participant = _who("Key of the participant", primary_key=True)
    name = base.text("Name as people read it", nullable=False)
    city = base.city("City it belongs to; null where it belongs to none", nullable=True)
    actor = dy.Enum(ACTORS, nullable=False, description="Kind of actor")
    country = dy.String(regex=base.COUNTRY, nullable=False, description="ISO 3166-1 alpha-2 code")
    languages = dy.List(dy.String(), nullable=False, description="Languages it can work in, BCP 47")
    zone = base.text("Time zone, IANA name; null unknown", nullable=True)
    capacity = dy.Int16(
        min=0,
        max=LARGEST_CAPACITY,
        nullable=False,
        description="Partners it can carry at once; in trios and clusters everyone takes part once",
        metadata={"unit": "count"},
    )
    part = dy.Enum(PARTS, nullable=False, description="both: learns and gives; learner: only learns; mentor: only gives")


class Gain(dy.Schema):
    """One row per learner and giver: what is known to be learned. No row: nothing known, which is not the same as nothing."""

    learner = _who("Who would learn", primary_key=True)
    giver = _who("From whom", primary_key=True)
    gain_low = _gain("Share of the learner's open need, at least")
    gain_high = _gain("The same at most")
    mark = base.mark()

    @dy.rule()
    def nobody_learns_from_itself(cls) -> pl.Expr:
        return cls.learner.col != cls.giver.col

    @dy.rule()
    def low_end_is_not_above_high_end(cls) -> pl.Expr:
        return cls.gain_low.col <= cls.gain_high.col


class Wish(dy.Schema):
    """One row per participant and other it asks for (wish) or will not be paired with (veto); a veto holds for both sides."""

    participant = _who("Who says so", primary_key=True)
    other = _who("About whom", primary_key=True)
    kind = dy.Enum(WISHES, nullable=False, description="wish or veto")


class Rule(dy.Schema):
    """One row per pair that the network sets by hand: together in any case (pin), or not at all (ban)."""

    participant = _who("One side", primary_key=True)
    other = _who("Other side; the order does not matter", primary_key=True)
    kind = dy.Enum(RULES, nullable=False, description="pin or ban")

    @dy.rule()
    def two_are_needed(cls) -> pl.Expr:
        return cls.participant.col != cls.other.col


class Bond(dy.Schema):
    """One row per tie that stands already between two participants, awake or asleep."""

    participant = _who("One side", primary_key=True)
    other = _who("Other side; the order does not matter", primary_key=True)
    kind = dy.Enum(TIE_KINDS, primary_key=True, description="Kind of the tie")
    asleep = dy.Bool(nullable=False, description="Nothing has been heard of it for long")


class PossiblePair(dy.Schema):
    """One row per pair of which something speaks for it: a gain known, a wish, or a tie; smaller key first.

    The score is made of the other columns and of the weights, nothing else; it is in points, 10,000 to the whole.
    """

    participant = _who("Participant with the alphabetically smaller key", primary_key=True)
    other = _who("Participant with the larger key", primary_key=True)
    score = dy.Int64(
        min=0,
        nullable=False,
        description="The sum of the parts, at least 1 where a gain is known",
        metadata={"unit": "count"},
    )
    points_mutual = dy.Int64(nullable=False, description="For what the side that learns less learns", metadata={"unit": "count"})
    points_surplus = dy.Int64(nullable=False, description="For what the other side learns beyond", metadata={"unit": "count"})
    points_wish = dy.Int64(nullable=False, description="For wishes", metadata={"unit": "count"})
    points_tie = dy.Int64(nullable=False, description="For a tie that stands", metadata={"unit": "count"})
    points_language = dy.Int64(nullable=False, description="For a language both share", metadata={"unit": "count"})
    points_hours = dy.Int64(
        nullable=False, description="For hours between the clocks; never above zero", metadata={"unit": "count"}
    )
    gain_in_low = _gain("What the participant learns from the other, at least; null: nothing known", nullable=True)
    gain_in_high = _gain("The same at most", nullable=True)
    gain_out_low = _gain("What the other learns from the participant, at least; null: nothing known", nullable=True)
    gain_out_high = _gain("The same at most", nullable=True)
    learns_in = dy.Bool(nullable=False, description="Parts allow the participant to learn from the other")
    learns_out = dy.Bool(nullable=False, description="Parts allow the other to learn from the participant")
    wishes = dy.Int8(min=0, max=2, nullable=False, description="How many of the two asked for it", metadata={"unit": "count"})
    vetoed = dy.Bool(nullable=False, description="One of the two will not")
    tie = dy.Enum(TIE_KINDS, nullable=True, description="Firmest tie that stands; null for none known")
    asleep = dy.Bool(nullable=False, description="A tie stands and every one of them is asleep")
    languages = dy.List(dy.String(), nullable=False, description="Languages both can work in")
    hours_apart = base.quantity("hour", "Hours between the clocks on 15 January; null unknown", low=0, high=26, nullable=True)
    country = dy.String(regex=base.COUNTRY, nullable=False, description="Country of the participant")
    other_country = dy.String(regex=base.COUNTRY, nullable=False, description="Country of the other")


class Grouping(dy.Schema):
    """One row per group and participant in it; groups are numbered by their smallest key, which says nothing of merit."""

    group = dy.Int32(min=1, primary_key=True, description="Number of the group", metadata={"unit": "count"})
    participant = _who("Who takes part", primary_key=True)
    part = dy.Enum(
        ("member", "learner", "mentor"), nullable=False, description="member of a tandem or cluster; mentor or learner"
    )


class MatchPair(dy.Schema):
    """One row per pair of each group: what each side gets, what links them, and how firmly the pair stands."""

    group = dy.Int32(min=1, primary_key=True, description="Number of the group", metadata={"unit": "count"})
    participant = _who("Participant with the smaller key", primary_key=True)
    other = _who("Participant with the larger key", primary_key=True)
    score = dy.Int64(min=0, nullable=False, description="Points of the pair in this matching", metadata={"unit": "count"})
    gain_in_low = _gain("What the participant learns from the other, at least; null: nothing known", nullable=True)
    gain_in_high = _gain("The same at most", nullable=True)
    gain_out_low = _gain("What the other learns from the participant, at least; null: nothing known", nullable=True)
    gain_out_high = _gain("The same at most", nullable=True)
    tie = dy.Enum(TIE_KINDS, nullable=True, description="Tie that stands; null for none known")
    asleep = dy.Bool(nullable=False, description="The tie is asleep: this pair would wake it")
    languages = dy.List(dy.String(), nullable=False, description="Languages both can work in")
    hours_apart = base.quantity("hour", "Hours between the clocks on 15 January; null unknown", low=0, high=26, nullable=True)
    pinned = dy.Bool(nullable=False, description="Set by hand")
    stays = base.quantity(
        "fraction", "Share of weight draws in which the pair stays; null: not drawn", low=0, high=1, nullable=True
    )
    cost_of_leaving = dy.Int64(
        nullable=True,
        description="Points the whole loses if this pair is forbidden; null: not computed",
        metadata={"unit": "count"},
    )


class Unmatched(dy.Schema):
    """One row per participant without a group, with the reason."""

    participant = _who("Who stays without", primary_key=True)
    reason = dy.Enum(REASONS, nullable=False, description="Why nobody was found")


class BlockingPair(dy.Schema):
    """One row per two who both would learn more from each other than from what they got."""

    participant = _who("Participant with the smaller key", primary_key=True)
    other = _who("Participant with the larger key", primary_key=True)
    participant_now = _gain("What the participant learns now from the partner it would give up; zero where it has room")
    participant_then = _gain("What it would learn from the other")
    other_now = _gain("What the other learns now from the partner it would give up; zero where it has room")
    other_then = _gain("What it would learn from the participant")


class Load(dy.Schema):
    """One row per participant: how many partners it carries of how many it can, and what it gets in all."""

    participant = _who("Participant", primary_key=True)
    partners = dy.Int16(min=0, nullable=False, description="Partners it has", metadata={"unit": "count"})
    capacity = dy.Int16(min=0, nullable=False, description="Partners it can carry", metadata={"unit": "count"})
    gain_low = base.quantity(
        "fraction", "What it learns from all of them, at least", low=0, high=LARGEST_CAPACITY, nullable=False
    )
    gain_high = base.quantity("fraction", "The same at most", low=0, high=LARGEST_CAPACITY, nullable=False)
