"""Matches a programme: what its cities could learn from each other, what links them, the best groups, a card for each pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.footing import balance_of, compare_all, corrections_of, place_of, standing_of
from citytandem.readiness import prepare_all, prepare_playbook
from citytandem.science.action.answer import size_city
from citytandem.science.action.profile import fold_stages
from citytandem.science.partners import matching as core
from citytandem.science.partners.card import write_cards
from citytandem.science.partners.declared import meet_needs
from citytandem.science.partners.gains import fold_gains
from citytandem.science.partners.known import Known
from citytandem.science.partners.network import learn_from_all
from citytandem.science.partners.programme import Matching
from citytandem.tables.matching import Bond

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import dataframely as dy
    from polars._typing import PolarsDataType

    from citytandem.atlas import Atlas
    from citytandem.science.partners.card import Card
    from citytandem.science.partners.matching import MatchSettings, Weights
    from citytandem.science.partners.programme import Programme
    from citytandem.tables.matching import Gain, PossiblePair


CLOSENESS: dict[str, PolarsDataType] = {
    "learner": pl.String, "giver": pl.String, "similarity": pl.Float64, "differs": pl.List(pl.String),
}  # fmt: skip
"""How alike cities are, seen from each learner."""


@dataclass(frozen=True)
class Network:
    """Cities seen together: ``leads`` between all pairs, how alike they are (learner, giver, similarity, differs), stages."""

    leads: pl.DataFrame
    closeness: pl.DataFrame
    stages: pl.DataFrame
    without_balance: tuple[str, ...]


def gather_network(atlas: Atlas, cities: Collection[str], *, say: Callable[[int, int], None] | None = None) -> Network:
    """What every one of these cities could learn from every other, with everything shared prepared once.

    Parameters
    ----------
    atlas
        The release.
    cities
        Ids of cities; some hundreds take some seconds.
    say
        Told how many cities are done, of how many.
    """
    wanted = sorted(set(cities))
    prepared, playbook = prepare_all(atlas), prepare_playbook(atlas)
    stages = fold_stages(atlas.stage.filter(pl.col("city").is_in(wanted)))
    near = compare_all(atlas, prepared, cities=wanted)
    done = 0

    def size(city: str) -> pl.DataFrame | None:
        """The needs of a city; None where it has no balance to read them from."""
        own = balance_of(atlas, city, year=None, prepared=prepared)
        if own is None:
            return None
        corrections = corrections_of(atlas, city)
        return size_city(playbook, place=place_of(atlas, city), own=own, stages=stages, corrections=corrections)

    def standing(city: str) -> pl.DataFrame:
        """What the city and the others emit per head; told of, because this is the long part."""
        nonlocal done
        done += 1
        if say is not None:
            say(done, len(wanted))
        return standing_of(atlas, city, year=None, candidates=wanted, prepared=prepared)

    leads = learn_from_all(closeness=near, size=size, stages=stages, standing=standing)
    told = [frame.rename({"city": "giver"}).with_columns(pl.lit(city).alias("learner")) for city, frame in near.items()]
    closeness = pl.concat([pl.DataFrame(schema=CLOSENESS), *(frame.select(list(CLOSENESS)) for frame in told)])
    return Network(leads, closeness, stages, tuple(city for city in wanted if city not in prepared.rows_of))


@dataclass(frozen=True)
class Evidence:
    """What a matching stands on: the network of its cities, needs met, gains, ties, and the pairs with their points."""

    network: Network
    met: pl.DataFrame
    gains: dy.DataFrame[Gain]
    bonds: dy.DataFrame[Bond]
    ties: pl.DataFrame
    pairs: dy.DataFrame[PossiblePair]


def gather_evidence(
    atlas: Atlas, programme: Programme, *, weights: Weights | None = None, say: Callable[[int, int], None] | None = None
) -> Evidence:
    """Everything known about the participants of a programme before any group is made.

    The ties of the release stand beside those the participants tell of; where both name a tie, the participants know better
    whether it is asleep. Nothing is heard of the others, and they count as awake.
    """
    candidates = programme.candidates
    network = gather_network(atlas, candidates["city"].drop_nulls().to_list(), say=say)
    met = meet_needs(
        programme.declared, candidates=candidates, stages=network.stages, leads=network.leads,
        closeness=network.closeness, fields=atlas.facts.measure.select("measure", "field"),
    )  # fmt: skip
    gains = fold_gains(candidates=candidates, declared=programme.declared, leads=network.leads, met=met)
    ties = _find_ties(atlas, programme)
    bonds = Bond.cast(ties.select("participant", "other", "kind", pl.col("asleep").fill_null(value=False)))
    pairs = core.score_pairs(candidates, gains, wishes=programme.wishes, bonds=bonds, weights=weights or core.WEIGHTS_2026)
    return Evidence(network, met, gains, bonds, ties, pairs)


def _find_ties(atlas: Atlas, programme: Programme) -> pl.DataFrame:
    """Participant, other, kind, since, asleep (null: nobody has said), one row per tie and kind."""
    told = programme.bonds.select("participant", "other", pl.col("kind").cast(pl.String), "asleep")
    both = told.select(
        pl.min_horizontal("participant", "other").alias("participant"), pl.max_horizontal("participant", "other").alias("other"),
        "kind", pl.lit(None, pl.Int16).alias("since"), "asleep",
    )  # fmt: skip
    who = programme.candidates.filter(pl.col("city").is_not_null()).select("participant", "city")
    listed = (
        atlas.tie.join(who, on="city")
        .join(who.rename({"participant": "theirs", "city": "other"}), on="other")
        .select(
            pl.min_horizontal("participant", "theirs").alias("participant"),
            pl.max_horizontal("participant", "theirs").alias("other"),
            pl.col("kind").cast(pl.String),
            "since",
            pl.lit(None, pl.Boolean).alias("asleep"),
        )
    )
    joined = (
        pl.concat([both, listed])
        .group_by("participant", "other", "kind")
        .agg(pl.col("since").min(), pl.col("asleep").drop_nulls().first())
    )
    return joined.sort("participant", "other", "kind")


def match_programme(
    atlas: Atlas,
    programme: Programme,
    *,
    settings: MatchSettings,
    weights: Weights | None = None,
    draws: int = 0,
    seed: int = 0,
    without: Sequence[str] = (),
    move: tuple[str, str] | None = None,
    say: Callable[[str, int, int], None] | None = None,
) -> Matching:
    """The groups of a programme with all their reasons; parameters as in :func:`citytandem.verbs.match`."""
    told = say or _keep_quiet
    evidence = gather_evidence(atlas, programme, weights=weights, say=lambda done, total: told("match.gains", done, total))
    told("match.groups", 0, 0)
    matched = core.match(programme.candidates, pairs=evidence.pairs, rules=programme.rules, settings=settings)
    change = None
    if move is not None:
        change = core.price_change(matched, move=core.Move(*move))
    elif without:
        change = core.rematch(matched, without=list(without))
    matched = core.price_leaving(change.matched if change else matched)
    if draws:
        told("match.draws", 0, 0)
        matched = core.stability(matched, draws=draws, seed=seed, weights=weights or core.WEIGHTS_2026)
    return Matching(
        candidates=programme.candidates,
        groups=matched.groups,
        pairs=matched.pairs,
        cards=tell_reasons(matched.pairs, programme=programme, evidence=evidence, loads=matched.loads),
        unmatched=matched.unmatched,
        blocking=matched.blocking,
        loads=matched.loads,
        value=matched.value,
        bound=matched.bound,
        proof=str(matched.proof),
        findings=(*programme.findings, *_tell_gaps(evidence), *matched.findings),
        matched=matched,
        change=change,
        provenance=atlas.provenance(seed),
    )


def _keep_quiet(_step: str, _done: int, _total: int) -> None:
    """Nobody waits."""


def tell_reasons(pairs: pl.DataFrame, *, programme: Programme, evidence: Evidence, loads: pl.DataFrame) -> tuple[Card, ...]:
    """A card for each pair, of a matching or of one that was moved by hand."""
    network = evidence.network
    known = Known(
        candidates=programme.candidates, leads=network.leads, met=evidence.met, gains=evidence.gains,
        closeness=network.closeness, ties=evidence.ties, words=programme.words, loads=loads,
    )  # fmt: skip
    return write_cards(pairs, known=known)


def _tell_gaps(evidence: Evidence) -> list[Finding]:
    """What is not known of the network, and so moved nothing."""
    network = evidence.network
    topics = network.leads.group_by("learner", "giver").agg((pl.col("kind").cast(pl.String) == "sector").all().alias("only"))
    counts = {
        Code.PROGRAMME_TOPICS_ONLY: topics.filter(pl.col("only")).height,
        Code.PROGRAMME_WITHOUT_BALANCE: len(network.without_balance),
    }
    return [Finding(code, {"count": count}, where="programme", severity=Severity.NOTE) for code, count in counts.items() if count]
