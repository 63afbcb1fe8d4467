"""What a network decides before a matching: the form, who may meet whom, and what weighs how much."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What is made: two, three, three to eight, or a mentor with learners."""

    TANDEM = "tandem"
    TRIO = "trio"
    CLUSTER = "cluster"
    MENTORING = "mentoring"


class Countries(StrEnum):
    """Who may meet whom: anybody, only across a border, or only within a country."""

    ANY = "any"
    DIFFERENT = "different"
    SAME = "same"


SMALLEST_CLUSTER, LARGEST_CLUSTER = 3, 8


@dataclass(frozen=True)
class MatchSettings:
    """The decisions of the network.

    Parameters
    ----------
    form
        Tandem, trio, cluster or mentoring.
    size
        Members of a cluster, at least and at most (3 to 8); other forms have their own size.
    countries
        Who may meet whom.
    ties_first
        As many sleeping ties as possible are woken, before anything else is weighed.
    everyone
        As many participants as possible get a partner of whom a gain is known, before points are weighed.
    per_country_limit
        At most so many places go to one country: ends of pairs in tandems and mentoring, members in trios and clusters.
    seconds
        The time a search for clusters may take, in the solver's own deterministic seconds: the same on every machine.
    seed
        Of the search for clusters.
    """

    form: Form | str = Form.TANDEM
    size: tuple[int, int] = (SMALLEST_CLUSTER, 5)
    countries: Countries | str = Countries.ANY
    ties_first: bool = True
    everyone: bool = True
    per_country_limit: int | None = None
    seconds: float = 2.0
    seed: int = 20261122


@dataclass(frozen=True)
class Weights:
    """What each part of a score weighs, as shares of the whole (1.0 = 10,000 points); our proposal.

    Parameters
    ----------
    mutual
        Of the gain of the side that learns less: reciprocity, for one-way partnerships fall asleep (OECD 2018; domain notes 7.2).
    surplus
        Of what the other side learns beyond that.
    possible
        Of the span between the least and the most of a gain: what is only possible counts less than what is certain.
    wish
        For each of the two that asked for the pair.
    tie, asleep
        For a tie that stands, and beyond it for one that sleeps.
    language
        For a language both can work in.
    hour
        Taken off for each hour between the clocks beyond one.
    """

    mutual: float = 1.0
    surplus: float = 0.25
    possible: float = 0.25
    wish: float = 0.05
    tie: float = 0.02
    asleep: float = 0.05
    language: float = 0.02
    hour: float = 0.002


WEIGHTS_2026 = Weights()
"""Set by judgement, written down before any network was matched with them; ``stability`` says how much they decide."""
