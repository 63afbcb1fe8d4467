"""What is in a city's hands and what would help most, in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.action.addressed import bound_addressed, lay_out
from citytandem.science.action.advice import find_done_by, finish_advice, size_measures, weigh_order
from citytandem.science.action.portfolio import compose_portfolio
from citytandem.science.action.powers import answer_powers, find_routes
from citytandem.science.action.profile import bound_done, draw_profile
from citytandem.science.action.split import split_scope
from citytandem.tables.results_action import ScopeSplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.science.action.addressed import Emissions
    from citytandem.science.action.playbook import Playbook
    from citytandem.science.action.portfolio import Limits, Portfolio
    from citytandem.science.balance.quality import LineErrors
    from citytandem.tables.provenance import Provenance

DRAWS = 500


@dataclass(frozen=True)
class Place:
    """The city an answer is for, as far as powers need it."""

    city: str
    country: str
    tier: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class OwnBalance:
    """The balance an advice stands on: its header's rules, its lines, and how sure these are."""

    balance: str
    year: int
    method: str
    electricity: str
    top_down: bool
    source: str
    line: pl.DataFrame
    errors: LineErrors | None = None


@dataclass(frozen=True)
class Advice:
    """What is in a city's hands, how far it has come, and what each measure could still save.

    Frames by name: ``powers`` and ``routes``, ``split``, ``profile`` and ``stages``, ``advice`` with ``done_by``,
    and ``portfolio``. ``split`` is empty and ``portfolio`` None without a balance to stand on.
    """

    city: str
    year: int | None
    balance: str | None
    method: str | None
    source: str | None
    powers: pl.DataFrame
    routes: pl.DataFrame
    split: pl.DataFrame
    profile: pl.DataFrame
    stages: pl.DataFrame
    advice: pl.DataFrame
    done_by: pl.DataFrame
    portfolio: Portfolio | None
    findings: tuple[Finding, ...]
    provenance: Provenance | None = None

    def __repr__(self) -> str:
        numbers = self.advice.filter(pl.col("basis").cast(pl.String) == "numbers").height if self.advice.height else 0
        counted = f"{numbers} of {self.advice.height} measures with a number"
        return f"Advice({self.city}, {self.year}: {counted}, {len(self.findings)} findings)"


def advise(
    playbook: Playbook,
    *,
    place: Place,
    own: OwnBalance | None,
    stages: pl.DataFrame,
    corrections: pl.DataFrame | None = None,
    closeness: pl.DataFrame | None = None,
    limits: Limits | None = None,
    seed: int = 0,
    draws: int = DRAWS,
    provenance: Provenance | None = None,
) -> Advice:
    """Powers, split, profile, advice and portfolio of one city.

    Parameters
    ----------
    playbook
        The prepared catalogue.
    place
        City, country, tier and state.
    own
        Its newest balance; None when it has none. Then powers, routes and profile still answer, and no measure
        carries a number.
    stages
        All cities' rows of ``fold_stages``; those of the city itself are its profile, the others who has done what.
    corrections
        Powers as the city itself knows them.
    closeness
        City, similarity, differs: seen from this city, for who has done it.
    limits
        Budget and staff for the portfolio.
    seed, draws
        For the share of weightings under which a measure is among the first five.

    Returns
    -------
    An :class:`Advice`; nothing is refused here, what is missing is told as findings.
    """
    powers, routes = _find_powers(playbook, place=place, corrections=corrections)
    mine = stages.filter(pl.col("city") == place.city)
    emissions = lay_out(own.line, errors=own.errors) if own is not None else None
    sized = _size(playbook, own=own, emissions=emissions, routes=routes, mine=mine)
    held = weigh_order(sized, draws=draws, seed=seed)
    advice = finish_advice(sized, held=held)
    split, doubts = _split(playbook, emissions=emissions, powers=powers)
    portfolio = None
    if own is not None and emissions is not None:
        inclusion = playbook.include(own.electricity)
        portfolio = compose_portfolio(sized, emissions=emissions, inclusion=inclusion, limits=limits)
    told = [*_tell_powers(powers, place=place), *doubts, *_tell_balance(place, own=own, emissions=emissions)]
    told += [*_tell_stages(mine, place=place, measures=playbook.measure.height), *_tell_advice(advice, place=place, own=own)]
    return Advice(
        city=place.city,
        year=own.year if own else None,
        balance=own.balance if own else None,
        method=own.method if own else None,
        source=own.source if own else None,
        powers=powers,
        routes=routes,
        split=split,
        profile=draw_profile(mine, criteria=playbook.criterion, criterion_measures=playbook.criterion_measure),
        stages=mine,
        advice=advice,
        done_by=find_done_by(stages, city=place.city, closeness=closeness),
        portfolio=portfolio,
        findings=(*told, *(portfolio.findings if portfolio else ())),
        provenance=provenance,
    )


def size_city(
    playbook: Playbook, *, place: Place, own: OwnBalance | None, stages: pl.DataFrame, corrections: pl.DataFrame | None = None
) -> pl.DataFrame:
    """What every measure could still save in one city, without the rest of an advice; as ``size_measures``."""
    _, routes = _find_powers(playbook, place=place, corrections=corrections)
    emissions = lay_out(own.line, errors=own.errors) if own is not None else None
    return _size(playbook, own=own, emissions=emissions, routes=routes, mine=stages.filter(pl.col("city") == place.city))


def _find_powers(playbook: Playbook, *, place: Place, corrections: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    alike = (place.country, place.tier, place.state)
    if corrections is None and alike in playbook.remembered:
        return playbook.remembered[alike]
    base = playbook.base_tier(place.country)
    powers = answer_powers(
        playbook.power, country=place.country, tier=place.tier, base_tier=base, state=place.state, corrections=corrections
    )
    found = powers, find_routes(powers, measures=playbook.measure, levers=playbook.lever, routes=playbook.route)
    if corrections is None:
        playbook.remembered[alike] = found
    return found


def _size(
    playbook: Playbook, *, own: OwnBalance | None, emissions: Emissions | None, routes: pl.DataFrame, mine: pl.DataFrame
) -> pl.DataFrame:
    return size_measures(
        playbook,
        addressed=_address(playbook, own=own, emissions=emissions),
        routes=routes,
        done=bound_done(mine, measures=playbook.measure, implemented=playbook.implemented_share),
        electricity=own.electricity if own else "unknown",
        top_down=own.top_down if own else False,
    )


def _address(playbook: Playbook, *, own: OwnBalance | None, emissions: Emissions | None) -> pl.DataFrame:
    if own is not None and emissions is not None:
        return bound_addressed(emissions, inclusion=playbook.include(own.electricity))
    nothing = pl.lit(None, dtype=pl.Float64)
    return playbook.measure.select(
        "measure",
        nothing.alias("addressed_low_t"),
        nothing.alias("addressed_high_t"),
        nothing.alias("addressed_error_low_t"),
        nothing.alias("addressed_error_high_t"),
        pl.lit("not_published").alias("addressed_basis"),
    )


def _split(playbook: Playbook, *, emissions: Emissions | None, powers: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    if emissions is None:
        return ScopeSplit.create_empty(), []
    return split_scope(emissions, powers=powers, scope=playbook.scope, sector_part=playbook.sector_part)


def _note(code: Code, where: str, /, **facts: str | float | None) -> Finding:
    return Finding(code, facts, where=where, severity=Severity.NOTE)


def _tell_powers(powers: pl.DataFrame, *, place: Place) -> Iterable[Finding]:
    if powers.get_column("level").is_null().all():
        facts = {"city": place.city, "country": place.country, "tier": place.tier}
        yield Finding(Code.POWERS_UNKNOWN, facts, where="powers", severity=Severity.WARNING)
    elif place.tier is None:
        yield _note(Code.TIER_ASSUMED, "powers", city=place.city, country=place.country)


def _tell_balance(place: Place, *, own: OwnBalance | None, emissions: Emissions | None) -> Iterable[Finding]:
    if emissions is None:
        yield Finding(Code.CITY_WITHOUT_BALANCE, {"city": place.city}, where="advice", severity=Severity.WARNING)
    elif emissions.view == "total":
        yield Finding(Code.ONLY_A_TOTAL, {"city": place.city}, where="advice", severity=Severity.WARNING)
    if own is not None and own.top_down:
        yield Finding(Code.MEASURES_NOT_VISIBLE, {"city": place.city}, where="advice", severity=Severity.WARNING)


def _tell_stages(mine: pl.DataFrame, *, place: Place, measures: int) -> Iterable[Finding]:
    known = mine.get_column("stage").drop_nulls().len()
    if not known:
        yield _note(Code.STAGES_UNKNOWN, "profile", city=place.city)
    elif known < measures:
        yield _note(Code.STAGES_PARTLY_KNOWN, "profile", city=place.city, known=int(known), measures=measures)


def _tell_advice(advice: pl.DataFrame, *, place: Place, own: OwnBalance | None) -> Iterable[Finding]:
    if own is None:
        return
    numbers = advice.filter(pl.col("basis").cast(pl.String) == "numbers")
    unknown = advice.height - numbers.height
    if unknown:
        yield _note(Code.EFFECT_NOT_KNOWN, "advice", count=unknown)
    mixed = numbers.filter(pl.col("addressed_basis").cast(pl.String).is_in(["not_separated", "own_operations"])).height
    if mixed:
        yield _note(Code.ADDRESSED_NOT_SEPARATED, "advice", city=place.city, count=mixed)
    recalled = numbers.filter(~pl.col("is_evidence")).height
    if recalled:
        yield _note(Code.RECALLED_IS_NO_EVIDENCE, "advice", count=recalled)
    if numbers.height and not advice.get_column("credited").all():
        yield _note(Code.GREEN_TARIFF_WITHOUT_CREDIT, "advice")
