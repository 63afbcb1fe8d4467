"""What a matching answers: groups and pairs, the value with its bound and proof, who is left, and what a change costs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import dataframely as dy
    import polars as pl

    from citytandem.findings import Finding
    from citytandem.science.partners.matching.settings import MatchSettings
    from citytandem.tables.matching import BlockingPair, Candidate, Grouping, Load, MatchPair, PossiblePair, Rule, Unmatched


class Proof(StrEnum):
    """Why the answer is believed: dual prices reach its value, a complete search found none better, or only a bound is known."""

    DUALS = "duals"
    SEARCH = "search"
    BOUND_ONLY = "bound_only"


@dataclass(frozen=True)
class Question:
    """What was asked, kept beside the answer so that a change can be priced."""

    candidates: dy.DataFrame[Candidate]
    pairs: dy.DataFrame[PossiblePair]
    rules: dy.DataFrame[Rule]
    settings: MatchSettings


@dataclass(frozen=True)
class Matched:
    """A matching with everything a network needs to judge it.

    ``value`` is the points of all pairs together, ``bound`` what no matching that wakes as many ties and serves as many
    participants can exceed. Equal numbers and a proof other than ``bound_only`` mean: there is none better.
    ``woken`` counts sleeping ties that the groups would wake, ``served`` participants in a group.
    """

    question: Question
    groups: dy.DataFrame[Grouping]
    pairs: dy.DataFrame[MatchPair]
    value: int
    bound: int
    proof: Proof
    woken: int
    served: int
    unmatched: dy.DataFrame[Unmatched]
    blocking: dy.DataFrame[BlockingPair]
    loads: dy.DataFrame[Load]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Move:
    """A change made by hand: put two together (pin), or forbid that they are (ban)."""

    participant: str
    other: str
    kind: str = "pin"


@dataclass(frozen=True)
class Change:
    """What a move costs: points, woken ties and served participants lost (negative: won), and what else would change.

    ``left`` and ``joined`` hold participant and other of the pairs that would go and come.
    """

    matched: Matched
    cost: int
    woken_less: int
    served_less: int
    left: pl.DataFrame
    joined: pl.DataFrame
