"""A programme that is to be matched, and everything a coordinator gets back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import dataframely as dy

    from citytandem.findings import Finding
    from citytandem.science.partners.card import Card
    from citytandem.science.partners.matching import Change, Matched
    from citytandem.tables.matching import BlockingPair, Bond, Candidate, Grouping, Load, MatchPair, Rule, Unmatched, Wish
    from citytandem.tables.network import Declared
    from citytandem.tables.provenance import Provenance

WORDS = {"participant": pl.String, "learns": pl.String, "offers": pl.String}
"""Columns of what participants write in their own words; null for nothing."""


@dataclass(frozen=True)
class Programme:
    """Who takes part, what they ask for and offer, whom they wish or refuse, and what the network fixes by hand.

    ``bonds`` are ties the participants tell of themselves, with whether they are asleep; those of the release come beside.
    ``words`` hold participant, learns and offers as free text, which is shown and never counted. ``findings`` say what of
    the files could not be read, and so who is left out.
    """

    candidates: dy.DataFrame[Candidate]
    declared: dy.DataFrame[Declared]
    wishes: dy.DataFrame[Wish]
    rules: dy.DataFrame[Rule]
    bonds: dy.DataFrame[Bond]
    words: pl.DataFrame
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Matching:
    """The groups of a programme with their reasons, who stays without, who would rather have met, and how sure it is.

    ``value`` and ``bound`` are points: equal numbers and a ``proof`` other than bound_only mean that there is no better
    choice by these weights. ``change`` is what a move by hand or a city that left costs, where one was asked about.
    ``matched`` is the answer of the core, for further moves.
    """

    candidates: dy.DataFrame[Candidate]
    groups: dy.DataFrame[Grouping]
    pairs: dy.DataFrame[MatchPair]
    cards: tuple[Card, ...]
    unmatched: dy.DataFrame[Unmatched]
    blocking: dy.DataFrame[BlockingPair]
    loads: dy.DataFrame[Load]
    value: int
    bound: int
    proof: str
    findings: tuple[Finding, ...]
    matched: Matched
    change: Change | None = None
    provenance: Provenance | None = None

    def __repr__(self) -> str:
        groups = self.groups.get_column("group").n_unique()
        return (
            f"Matching({groups} groups of {self.candidates.height} participants, {self.unmatched.height} without, {self.proof})"
        )

    @property
    def names(self) -> dict[str, str]:
        """How each participant is called."""
        return dict(self.candidates.select("participant", "name").iter_rows())
