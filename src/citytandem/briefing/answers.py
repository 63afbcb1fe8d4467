"""Everything a briefing says, gathered before a word is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from citytandem.findings import Finding
from citytandem.tables.provenance import Provenance

if TYPE_CHECKING:
    from citytandem.science.action.portfolio import Portfolio
    from citytandem.science.balance.bridge import Bridge

Part: TypeAlias = pl.DataFrame | Finding
"""The rows of an answer, or the finding that says why there are none and what would cure it."""


@dataclass(frozen=True)
class Answers:
    """The answers for one city.

    Parameters
    ----------
    city, country
        Id of the city and ISO code of its country.
    names
        How cities are called: for each id the name by language, with ``""`` for the name in Latin letters.
    year, question, outcome
        Year of the balance, the question asked, and the outcome that answers it.
    provenance
        Release, code version and seed.
    balance
        Header of the own balance as a row of the balance table; empty without a balance.
    lines
        year, sector, emissions_t, population: one view of the own series, one row per year and sector.
    places
        city, latitude, longitude, role (own, partner, peer).
    structure, peers, reasons, outcomes, gate, position, strip, trend, drivers
        Frames as in ``tables.results_benchmark``; ``outcomes`` those of the own balance.
    split, profile, advice, done_by
        Frames as in ``tables.results_action``.
    portfolio
        What the measures could do together; None without a balance.
    partners, exchanges
        Frames as in ``tables.results_partners``.
    titles
        Titles of measures by id and language.
    methods
        What people call the methods of balances, by key.
    bridge
        The steps from the own balance to our comparable core; None if it was not asked for.
    sources
        Rows of the source table behind the figures.
    notes
        Findings beside an answer, by page.
    """

    city: str
    country: str
    names: Mapping[str, Mapping[str, str]]
    year: int | None
    question: str
    outcome: str | None
    provenance: Provenance
    lines: Part
    places: pl.DataFrame
    structure: Part
    peers: Part
    reasons: Part
    outcomes: Part
    gate: Part
    position: Part
    strip: Part
    trend: Part
    drivers: Part
    split: Part
    profile: Part
    advice: Part
    done_by: Part
    partners: Part
    exchanges: Part
    titles: Mapping[str, Mapping[str, str]]
    sources: pl.DataFrame
    balance: Mapping[str, object] = field(default_factory=dict)
    methods: Mapping[str, str] = field(default_factory=dict)
    bridge: Bridge | Finding | None = None
    portfolio: Portfolio | None = None
    notes: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def name_city(self, city: str, *, language: str) -> str:
        """The name of a city in a language; its Latin name where the language has none; its id as a last resort."""
        names = self.names.get(city, {})
        return names.get(language) or names.get("") or city

    def name_cities(self, language: str) -> dict[str, str]:
        """Every city's name in one language."""
        return {city: self.name_city(city, language=language) for city in self.names}

    def title_measures(self, language: str) -> dict[str, str]:
        """Every measure's title in one language; the English one where a translation is missing."""
        return {measure: titles.get(language) or titles.get("en", measure) for measure, titles in self.titles.items()}


def rows_of(part: Part) -> pl.DataFrame:
    """The rows of a part; none where there is a finding instead."""
    return pl.DataFrame() if isinstance(part, Finding) else part


def findings_of(*parts: Part) -> list[Finding]:
    """The findings among parts, each once."""
    found: list[Finding] = []
    for part in parts:
        if isinstance(part, Finding) and part not in found:
            found.append(part)
    return found
