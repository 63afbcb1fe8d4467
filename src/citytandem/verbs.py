"""The verbs of the house: each joins a release with the science and gives one answer, the same on every face."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.footing import balance_of, closeness, corrections_of, place_of, standing_of
from citytandem.gazetteer import find_city
from citytandem.places import read_languages, read_places
from citytandem.readiness import newest_year, prepare_all, prepare_cities, prepare_for, prepare_playbook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from citytandem.atlas import Atlas
    from citytandem.science.action.answer import Advice
    from citytandem.science.action.portfolio import Limits
    from citytandem.science.balance.bridge import Bridge
    from citytandem.science.balance.reconcile import Reconciled
    from citytandem.science.benchmark.answer import Benchmark
    from citytandem.science.benchmark.own_balance import BalanceAnswer
    from citytandem.science.benchmark.sheet import GateSheet
    from citytandem.science.estimate.answer import Estimated
    from citytandem.science.exchange.toured import Toured
    from citytandem.science.partners.answer import Partners
    from citytandem.science.partners.matching import MatchSettings
    from citytandem.science.partners.programme import Matching, Programme
    from citytandem.transition import Analogues

SEED = 2026
PROPOSALS = 5


def balance(atlas: Atlas, *, city: str, year: int | None = None) -> BalanceAnswer:
    """What a city emits: its balance of one year as published, the outcomes that can be compared, and the years before.

    Parameters
    ----------
    atlas
        The release.
    city
        Id, code or name of the city in any language.
    year
        Year of the balance; the newest if None.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN, CITY_AMBIGUOUS, CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE.
    """
    from citytandem.ends import look_closer
    from citytandem.science.benchmark.own_balance import answer

    own = find_city(atlas, city)
    found = answer(
        prepare_for(atlas, city=own, year=year), city=own, year=year, source=atlas.source, provenance=atlas.provenance()
    )
    closer = look_closer(atlas, found.balance.row(0, named=True), line=found.line)
    return replace(found, **closer | {"findings": (*found.findings, *closer.get("findings", ()))})


def estimate(atlas: Atlas, *, city: str, year: int | None = None, context: Path | None = None) -> Estimated:
    """What a city without a balance may emit: a first estimate learned from other cities. Never a balance, never a peer.

    Parameters
    ----------
    atlas
        The release.
    city
        Id, code or name of the city in any language; with a context any German municipality.
    year
        Year of the estimate; the one with most balances if None.
    context
        Folder with local facts of German municipalities; never needed.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN, CITY_AMBIGUOUS, CITY_WITHOUT_POPULATION, COUNTRY_WITHOUT_TOTAL, CONTEXT_UNREADABLE.
    """
    from citytandem.estimates import gather_material, place_city
    from citytandem.science.estimate.answer import answer

    placed = place_city(atlas, city=city, context=context)
    return answer(gather_material(atlas, placed), city=placed.city, year=year, provenance=atlas.provenance())


def benchmark(
    atlas: Atlas,
    *,
    city: str,
    year: int | None = None,
    question: str = "overall",
    countries: Collection[str] | None = None,
    networks: Collection[str] | None = None,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    seed: int = SEED,
    **choices: Any,
) -> Benchmark:
    """Where a city stands among its true peers, and why.

    Parameters
    ----------
    atlas
        The release.
    city
        Id, code or name of the city in any language.
    year
        Year of its balance; the newest that answers the question if None.
    question
        overall, buildings, transport, industry or waste.
    countries, networks
        Only peers of these countries (two letters) or members of these networks.
    add, remove
        Cities to add to or remove from the peers, by id, code or name.
    weights
        Weight by structure variable, over those of the named profile.
    seed
        For the weightings behind the stability of the peers.
    choices
        Further choices of :class:`~citytandem.science.benchmark.answer.Question`, such as ``k``.

    Raises
    ------
    CannotCompute
        If the city is not known or ambiguous, has no balance, or has no true peers.
    """
    from citytandem.science.balance.gate import WINDOW_YEARS
    from citytandem.science.benchmark.answer import Question, answer

    own = find_city(atlas, city)
    asked = Question(
        question=question,
        countries=[country.upper() for country in countries] if countries else None,
        pool=_members(atlas, networks) if networks else None,
        add=[find_city(atlas, name) for name in add],
        remove=[find_city(atlas, name) for name in remove],
        weights=weights,
        seed=seed,
        **choices,
    )
    given = atlas.provenance(seed)
    prepared = prepare_for(atlas, city=own, year=year)
    found = answer(prepared, city=own, year=year, asked=asked, provenance=given)
    if asked.window > WINDOW_YEARS or found.year != (year or newest_year(atlas, city=own)):
        # the balance that answers lies at another year than the one made ready for
        found = answer(prepare_all(atlas), city=own, year=year, asked=asked, provenance=given)
    return found


def gate(atlas: Atlas, *, cities: Sequence[str], years: Sequence[int] = ()) -> GateSheet:
    """May these cities be compared: as they are, after named steps, or not, and why? For each variant of the core.

    Parameters
    ----------
    atlas
        The release.
    cities
        Two to six cities by id, code or name in any language.
    years
        One year for all, or one for each; where none is given, new years close together.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN, CITY_AMBIGUOUS, CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE, GATE_NEEDS_CITIES, GATE_NEEDS_YEARS.
    """
    from citytandem.science.benchmark.sheet import answer

    found = [find_city(atlas, name) for name in cities]
    prepared = prepare_cities(atlas, frozenset(found))
    return answer(prepared, cities=found, years=years, source=atlas.source, provenance=atlas.provenance())


def advise(
    atlas: Atlas,
    *,
    city: str,
    year: int | None = None,
    corrections: pl.DataFrame | None = None,
    limits: Limits | None = None,
    seed: int = SEED,
) -> Advice:
    """What is in a city's hands, how far it has come, and which measures would still help most.

    Parameters
    ----------
    atlas
        The release.
    city
        Id, code or name of the city in any language.
    year
        Year of the balance it stands on; the newest that separates sectors if None.
    corrections
        Powers as the city itself knows them: asset, dimension, level, law; those it has published if None.
    limits
        Budget and staff for the portfolio.
    seed
        For the share of weightings under which a measure is among the first five.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN, CITY_AMBIGUOUS. Anything else that is missing is told as a finding of the answer.
    """
    from citytandem.science.action import answer as action
    from citytandem.science.action.profile import fold_stages

    own = find_city(atlas, city)
    return action.advise(
        prepare_playbook(atlas),
        place=place_of(atlas, own),
        own=balance_of(atlas, own, year=year),
        stages=fold_stages(atlas.stage),
        corrections=corrections_of(atlas, own) if corrections is None else corrections,
        closeness=closeness(atlas, city=own),
        limits=limits,
        seed=seed,
        provenance=atlas.provenance(seed),
    )


def partners(
    atlas: Atlas, *, city: str, year: int | None = None, limit: int = PROPOSALS, among: Collection[str] | None = None
) -> Partners:
    """Which cities to learn from, and what each side would give and get.

    Parameters
    ----------
    atlas
        The release.
    city
        Id, code or name of the city in any language.
    year
        Year of the balance it stands on; the newest that separates sectors if None.
    limit
        At most this many proposals.
    among
        Ids of the only cities to look at; those that are alike, tied or publish stages if None.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN, CITY_AMBIGUOUS. Anything else that is missing is told as a finding of the answer.
    """
    from citytandem.science.action.answer import size_city
    from citytandem.science.action.profile import fold_stages
    from citytandem.science.partners.affinity import choose_candidates
    from citytandem.science.partners.answer import Links, find_partners

    own = find_city(atlas, city)
    stages, near = fold_stages(atlas.stage), closeness(atlas, city=own)
    found = choose_candidates(city=own, closeness=near, tie=atlas.tie, stages=stages) if among is None else among
    candidates = [other for other in found if other != own]
    playbook = prepare_playbook(atlas)
    place = read_places(atlas).filter(pl.col("city").is_in([own, *candidates]))

    def size(other: str) -> pl.DataFrame | None:
        """The needs of a city; None where it has no balance to read them from."""
        balance = balance_of(atlas, other, year=year if other == own else None, seen_from=own)
        if balance is None:
            return None
        corrections = corrections_of(atlas, other)
        return size_city(playbook, place=place_of(atlas, other), own=balance, stages=stages, corrections=corrections)

    return find_partners(
        city=own,
        candidates=candidates,
        size=size,
        stages=stages,
        standing=standing_of(atlas, own, year=year, candidates=candidates),
        closeness=near,
        links=Links(place, atlas.tie, atlas.membership, read_languages(place["country"])),
        limit=limit,
        provenance=atlas.provenance(),
    )


def match(
    atlas: Atlas,
    *,
    programme: Path | str | Programme,
    settings: MatchSettings | None = None,
    draws: int = 0,
    seed: int = SEED,
    without: Sequence[str] = (),
    move: tuple[str, str] | None = None,
    say: Callable[[str, int, int], None] | None = None,
) -> Matching:
    """Who learns with whom in a whole programme: groups with their reasons, who stays without, and how sure it is.

    Parameters
    ----------
    atlas
        The release.
    programme
        Folder of CSV files or workbook with applications, wishes, rules and ties; or what ``open_programme`` made of it.
    settings
        Form, sizes, countries and limits; tandems between any countries if None.
    draws, seed
        How many times the weights are drawn anew to see which pairs stay; none by default.
    without
        Participants that left: the rest is matched again, changing as little as possible.
    move
        Two participants to be put together by hand; the answer says what that costs.
    say
        Told what is being done, how far it is and of how many, as this can take some seconds.

    Returns
    -------
    A :class:`~citytandem.science.partners.programme.Matching`. Applications that could not be read are left out, and named
    in its findings.

    Raises
    ------
    CannotCompute
        PROGRAMME_NOBODY and what stands in the way of reading the files; PROGRAMME_WHO for a participant named in
        ``without`` or ``move`` that takes no part; anything the rules make impossible.
    """
    from citytandem.applications import name_participants, open_programme
    from citytandem.matchmaking import match_programme
    from citytandem.science.partners.matching import MatchSettings

    read = open_programme(atlas, programme) if isinstance(programme, str | PathLike) else programme
    left = name_participants(atlas, without, programme=read)
    put = name_participants(atlas, move or (), programme=read)
    return match_programme(
        atlas,
        read,
        settings=settings or MatchSettings(seed=seed),
        draws=draws,
        seed=seed,
        without=left,
        move=(put[0], put[1]) if put else None,
        say=say,
    )


def tour(files: Mapping[str, bytes], *, seed: int = SEED) -> Toured:
    """Which sites a study tour should visit, when and in which order; and what coming to it emits and costs.

    Parameters
    ----------
    files
        Content by file name: CSV tables, or one workbook, as in :func:`~citytandem.sources.tour_files.read_tour`.
    seed
        The same seed gives the same tour.

    Raises
    ------
    CannotCompute
        The first thing that is wrong with the files, with the rest behind it; TOUR_MUSTS_CONFLICT, TOUR_MUST_IMPOSSIBLE,
        TOUR_DAYS_IMPOSSIBLE; EXTRA_MISSING without the solver.
    """
    from citytandem.science.exchange.toured import plan
    from citytandem.sources.facts import load_facts
    from citytandem.sources.tour_files import read_tour

    tables, findings = read_tour(files)
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    if wrong:
        raise CannotCompute(wrong[0], because=tuple(wrong[1:]))
    facts = load_facts()
    return plan(tables, factors=facts.travel_factor, ways=facts.travel_way, seed=seed)


def bridge(atlas: Atlas, *, city: str, year: int | None = None, start: str | None = None, to: str = "core") -> Bridge:
    """Why two balances of a city differ, or what one would be under another method: named steps that close to the tonne.

    Parameters
    ----------
    atlas
        The release.
    city
        Id, code or name of the city in any language.
    year
        Year of the balance to start from; the newest if None.
    start
        Method, publication or id of the balance to start from; the one that separates most if None.
    to
        Where to end: core, core_no_industry, core_waste, a method, a publication, or the id of a balance. Where the city
        has a published balance of that year under the method, the bridge leads there.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN, CITY_AMBIGUOUS, CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE, BRIDGE_END_UNKNOWN, BRIDGE_WITHOUT_TOTAL.
    """
    from citytandem.ends import add_nearby, find_end, find_factors, find_start, read_rules
    from citytandem.science.balance.bridge_target import Target, build_bridge

    own = find_start(atlas, city=find_city(atlas, city), year=year, asked=start)
    end = find_end(atlas, own, asked=to)
    if not isinstance(end, Target):
        own, end = add_nearby(atlas.facts, (own, end), tables=[(atlas.balance, atlas.line)])
    found = build_bridge(own, end, factor=find_factors(atlas), **read_rules(atlas.facts))
    return replace(found, source=_publications(atlas, found.steps), provenance=atlas.provenance())


def reconcile(atlas: Atlas, *, city: str, published: float, year: int | None = None, start: str | None = None) -> Reconciled:
    """Why a published total is not ours: boundary, factor or activity, before anything else.

    Parameters
    ----------
    atlas
        The release.
    city
        Id, code or name of the city in any language.
    published
        The published total, t CO2e.
    year, start
        Which of our balances, as in :func:`bridge`.

    Raises
    ------
    CannotCompute
        As in :func:`bridge`.
    """
    from citytandem.ends import find_factors, find_start, read_rules
    from citytandem.science.balance.reconcile import reconcile as split

    own = find_start(atlas, city=find_city(atlas, city), year=year, asked=start)
    contents = read_rules(atlas.facts)["contents"]
    found = split(own, published_t=published, contents=contents, factor=find_factors(atlas))
    return replace(found, source=_publications(atlas, found.buckets), provenance=atlas.provenance())


def _publications(atlas: Atlas, rows: pl.DataFrame) -> pl.DataFrame:
    """The publications behind the rows of an answer, from the release and from the facts."""
    keys = sorted({key for keys in rows["source"].to_list() for key in keys.split("+")})
    known = pl.concat([atlas.source, atlas.facts.source.select(atlas.source.columns)]).unique("source", keep="first")
    return known.filter(pl.col("source").is_in(keys)).sort("source")


def _members(atlas: Atlas, networks: Collection[str]) -> list[str]:
    known = atlas.membership["network"].unique().to_list()
    for network in networks:
        if network not in known:
            facts = {"asked": network, "option": "network", "choices": ", ".join(sorted(known))}
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))
    return atlas.membership.filter(pl.col("network").is_in(list(networks)))["city"].unique().to_list()


def analogues(
    atlas: Atlas,
    *,
    region: str,
    window: str,
    raw: Path | None = None,
    traits: Sequence[str] | None = None,
    k: int = 5,
    least_lag: int = 10,
    seed: int = SEED,
    language: str = "en",
) -> Analogues:
    """Which region's past resembles a region now, what was tried there, and what went wrong.

    Parameters
    ----------
    atlas
        The release; names what the answer was made from.
    region, window
        Key or name of a region in any language, and years such as 2000-2022.
    raw
        Folder with more series of regions; the shipped figures alone if None.
    traits, k, least_lag
        What is compared, how many regions at most, and how many years back at least.

    Raises
    ------
    CannotCompute
        REGION_UNKNOWN, REGION_AMBIGUOUS, REGION_WINDOW_INVALID, REGION_WITHOUT_PATH, REGION_FILES_MISSING, UNKNOWN_CHOICE.
        That nothing fits is an answer with ``refusal``.
    """
    from citytandem import transition

    known = transition.read_regions(raw)
    return transition.answer(
        known, region=transition.find_region(known, region), window=transition.read_window(window), traits=traits, k=k,
        least_lag=least_lag, controls=99, seed=seed, language=language, provenance=atlas.provenance(seed),
    )  # fmt: skip
