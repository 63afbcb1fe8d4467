"""Everything a city's pages are made from: the answers of every verb, asked once, and how they are to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem import verbs
from citytandem.atlas import once_per_atlas
from citytandem.briefing.collect import assemble
from citytandem.findings import CannotCompute, Finding
from citytandem.science.balance.bridge_target import CORE_VARIANTS
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.atlas import Atlas
    from citytandem.briefing.answers import Answers
    from citytandem.science.action.answer import Advice
    from citytandem.science.balance.bridge import Bridge
    from citytandem.science.benchmark.answer import Benchmark
    from citytandem.science.benchmark.own_balance import BalanceAnswer
    from citytandem.science.partners.answer import Partners
    from citytandem.web.insights.choices import Choices
    from citytandem.words import Speech


@dataclass(frozen=True)
class Records:
    """The answer of each verb, or the finding that says why there is none; and all of them as a briefing needs them."""

    benchmark: Benchmark | Finding
    balance: BalanceAnswer | Finding
    advice: Advice | Finding
    partners: Partners | Finding
    answers: Answers


@dataclass(frozen=True)
class View:
    """One city, as one reader asked to see it."""

    atlas: Atlas
    records: Records
    choices: Choices
    speech: Speech

    @property
    def answers(self) -> Answers:
        """The answers as a briefing needs them."""
        return self.records.answers

    @property
    def city(self) -> str:
        """Id of the city."""
        return self.answers.city

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self.call(self.city)

    def call(self, city: str) -> str:
        """The name of any city in the language of the page."""
        return call_city(self.atlas, city, language=self.speech.language)


@once_per_atlas(maxsize=256)
def ask_all(atlas: Atlas, *, city: str, year: int | None, question: str) -> Records:
    """The answer of every verb for one city; what is refused is kept as its finding."""
    benchmark = _ask(lambda: verbs.benchmark(atlas, city=city, year=year, question=question))
    shown = year if isinstance(benchmark, Finding) else benchmark.year
    asked: dict[str, Any] = {
        "benchmark": benchmark,
        "balance": _ask(lambda: verbs.balance(atlas, city=city, year=shown)),
        "advice": _ask(lambda: verbs.advise(atlas, city=city, year=shown)),
        "partners": _ask(lambda: verbs.partners(atlas, city=city)),
    }
    bridge = _bridge_to_core(atlas, benchmark=benchmark, balance=asked["balance"])
    return Records(**asked, answers=assemble(atlas, own=city, question=question, bridge=bridge, **asked))


@once_per_atlas(maxsize=256)
def ask_bridge(atlas: Atlas, *, balance: str, city: str, year: int, to: str) -> Bridge | Finding:
    """The bridge from one balance to an end."""
    found: Bridge | Finding = _ask(lambda: verbs.bridge(atlas, city=city, year=year, start=balance, to=to))
    return found


def own_balances(atlas: Atlas, city: str) -> pl.DataFrame:
    """Headers of all balances of a city, newest first."""
    return atlas.balance.filter(pl.col("city") == city).sort("year", "balance", descending=[True, False])


def _bridge_to_core(atlas: Atlas, *, benchmark: Any, balance: Any) -> Bridge | Finding | None:
    """The bridge that the briefing shows: from the balance everything stands on to what is mainly compared."""
    own = next((answer.balance for answer in (benchmark, balance) if not isinstance(answer, Finding)), None)
    if own is None:
        return None
    outcome = "core" if isinstance(benchmark, Finding) else str(benchmark.main_outcome)
    to = outcome if outcome in CORE_VARIANTS else "core"
    return ask_bridge(atlas, balance=str(own["balance"][0]), city=str(own["city"][0]), year=int(own["year"][0]), to=to)


def _ask(question: Callable[[], Any]) -> Any:
    try:
        return question()
    except CannotCompute as refusal:
        return refusal.finding
