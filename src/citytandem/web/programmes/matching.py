"""What the matching of a programme stands on, and what comes out: applications and atlas in, a result that is kept out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl
from django.utils import timezone

from citytandem.findings import Code, Finding, Severity
from citytandem.matchmaking import Network, gather_network
from citytandem.places import read_languages
from citytandem.tables.matching import Bond, Candidate, Gain, Rule, Wish
from citytandem.tables.network import Declared
from citytandem.web.networks.health import describe_ties
from citytandem.web.networks.sight import ties_seen_by
from citytandem.web.programmes.eligibility import find_country

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import dataframely as dy

    from citytandem.atlas import Atlas
    from citytandem.science.partners.matching import Matched, MatchSettings, Weights
    from citytandem.web.networks.models import Tie
    from citytandem.web.programmes.models import Application, PairRule, Programme

SCALES = {"less": 0.5, "as_proposed": 1.0, "more": 2.0}
"""What the words of the form do to a weight."""
DRAWS = 24
MOST_PRICED = 60
"""Pairs for which is computed what the whole would lose without them."""


def shape(rows: Any, schema: type[dy.Schema], /) -> Any:
    """Rows or columns as a table of a schema, checked."""
    return schema.validate(pl.DataFrame(rows, schema=schema.create_empty().schema, strict=False), cast=True)


@dataclass(frozen=True)
class Material:
    """The frames a matching takes, and what the atlas said of the cities for the reason cards."""

    candidates: pl.DataFrame
    gains: pl.DataFrame
    wishes: pl.DataFrame
    bonds: pl.DataFrame
    ties: pl.DataFrame
    declared: pl.DataFrame
    met: pl.DataFrame
    network: Network


def key_of(application: Application) -> str:
    """The key of an application in every table of a matching."""
    return str(application.pk)


def gather_material(
    applications: Sequence[Application], *, atlas: Atlas, say: Callable[[int, int], None] | None = None
) -> Material:
    """Everything known of those who take part, as the matching takes it."""
    from citytandem.science.partners.declared import meet_needs  # slow import
    from citytandem.science.partners.gains import fold_gains  # slow import

    candidates = list_candidates(applications, atlas=atlas)
    cities = candidates.drop_nulls("city")["city"].unique().to_list()
    network = gather_network(atlas, cities, say=say)
    declared = list_declared(applications)
    met = meet_needs(
        declared, candidates=candidates, stages=network.stages, leads=network.leads, closeness=network.closeness,
        fields=atlas.facts.measure.select("measure", "field"),
    )  # fmt: skip
    gains = fold_gains(candidates=candidates, declared=declared, leads=network.leads, met=met)
    return Material(
        candidates=candidates, gains=Gain.cast(gains), wishes=list_wishes(applications),
        bonds=list_bonds(applications, atlas=atlas), ties=list_ties(applications, atlas=atlas),
        declared=declared, met=met, network=network,
    )  # fmt: skip


def list_candidates(applications: Iterable[Application], *, atlas: Atlas) -> pl.DataFrame:
    """One row per application that is let in; whose country is not known cannot be placed and is left out."""
    zones = dict(atlas.city.select("city", "timezone").iter_rows())
    known = set(zones)
    rows = [
        {
            "participant": key_of(one),
            "name": one.organisation.name,
            "city": one.organisation.city if one.organisation.city in known else None,
            "actor": one.actor,
            "country": country,
            "languages": sorted(one.languages) or _official(country),
            "zone": zones.get(one.organisation.city),
            "capacity": one.capacity,
            "part": one.part,
        }
        for one in applications
        if (country := find_country(one, atlas=atlas)) is not None
    ]
    return shape(rows, Candidate)


def list_declared(applications: Iterable[Application]) -> pl.DataFrame:
    """What each wants to learn and says others can learn, by measures of the catalogue."""
    rows = [
        {"participant": key_of(one), "way": way, "kind": "measure", "subject": measure}
        for one in applications
        for way, measures in (("learns", one.learns_measures), ("offers", one.offers_measures))
        for measure in dict.fromkeys(measures)
    ]
    return shape(rows, Declared)


def list_wishes(applications: Sequence[Application]) -> pl.DataFrame:
    """Wishes and vetoes of those who take part, about others who take part; a veto wins over a wish."""
    by_city: dict[str, list[str]] = {}
    for one in applications:
        if one.organisation.city:
            by_city.setdefault(one.organisation.city, []).append(key_of(one))
    told: dict[tuple[str, str], str] = {}
    for one in applications:
        for kind, cities in (("wish", one.wishes), ("veto", one.vetoes)):
            for other in (key for city in cities for key in by_city.get(city, ()) if key != key_of(one)):
                told[key_of(one), other] = kind
    rows = [{"participant": one, "other": other, "kind": kind} for (one, other), kind in sorted(told.items())]
    return shape(rows, Wish)


def list_ties(applications: Sequence[Application], *, atlas: Atlas) -> pl.DataFrame:
    """Ties between cities that take part, of the release and of the network's registry: participant, other, kind, since, asleep.

    Whether a tie sleeps only a registry knows; what it says holds for all ties of the pair, and null is for nobody has said.
    """
    keys = {one.organisation.city: key_of(one) for one in applications if one.organisation.city}
    within = atlas.tie.filter(pl.col("city").is_in(list(keys)) & pl.col("other").is_in(list(keys)))
    listed = [(row["city"], row["other"], str(row["kind"]), row["since"]) for row in within.iter_rows(named=True)]
    recorded = _list_recorded(applications[0].programme, atlas=atlas, cities=keys) if applications else {}
    listed += [(tie.city, tie.other, tie.kind, tie.since) for tie in recorded]
    asleep = {_pair(keys[tie.city], keys[tie.other]): sleeps for tie, sleeps in recorded.items()}
    pairs = [(*_pair(keys[one], keys[other]), kind, since) for one, other, kind, since in listed]
    rows = [(one, other, kind, since, asleep.get((one, other))) for one, other, kind, since in dict.fromkeys(pairs)]
    schema = {"participant": pl.String, "other": pl.String, "kind": pl.String, "since": pl.Int16, "asleep": pl.Boolean}
    told = pl.DataFrame(rows, schema=schema, orient="row")
    return told.sort("participant", "other", "kind", "since", nulls_last=True)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _list_recorded(programme: Programme, *, atlas: Atlas, cities: Collection[str]) -> dict[Tie, bool | None]:
    """Ties of the registry that the network may see, with whether they sleep; those that were ended are none."""
    today = timezone.now().date()
    seen = ties_seen_by(programme.organisation, atlas=atlas, on=today).filter(city__in=cities, other__in=cities)
    ties = [tie for tie in seen if tie.until is None or tie.until > today]
    health = describe_ties(ties, on=today)
    return {tie: health[tie.pk].is_asleep for tie in ties}


def list_bonds(applications: Sequence[Application], *, atlas: Atlas) -> pl.DataFrame:
    """The same for the matching, each kind once; a tie of which nobody has said that it sleeps is not woken first."""
    ties = list_ties(applications, atlas=atlas).unique(("participant", "other", "kind"), maintain_order=True)
    bonds = ties.select("participant", "other", "kind", pl.col("asleep").fill_null(value=False))
    return shape(bonds.to_dict(as_series=False), Bond)


def list_words(applications: Iterable[Application]) -> pl.DataFrame:
    """The two answers in their own words, which are shown and never counted."""
    rows = [(key_of(one), one.learns.strip() or None, one.offers.strip() or None) for one in applications]
    return pl.DataFrame(rows, schema={"participant": pl.String, "learns": pl.String, "offers": pl.String}, orient="row")


def list_rules(rules: Iterable[PairRule]) -> list[list[str]]:
    """Pins and bans as a run keeps them: one, other, kind."""
    return [[str(one.one_id), str(one.other_id), one.kind] for one in rules]


def frame_rules(kept: Iterable[Sequence[str]], *, among: Iterable[str]) -> pl.DataFrame:
    """Pins and bans of a run as the matching takes them, as far as both sides still take part."""
    there = set(among)
    rows = [{"participant": one, "other": other, "kind": kind} for one, other, kind in kept if {one, other} <= there]
    return shape(rows, Rule)


def read_settings(asked: Mapping[str, Any]) -> MatchSettings:
    """The decisions of the network from what a run keeps."""
    from citytandem.science.partners.matching import MatchSettings  # slow import

    return MatchSettings(
        form=asked.get("form", "tandem"),
        size=(int(asked.get("size_low", 3)), int(asked.get("size_high", 5))),
        countries=asked.get("countries", "any"),
        ties_first=bool(asked.get("ties_first", True)),
        everyone=bool(asked.get("everyone", True)),
        per_country_limit=asked.get("per_country_limit"),
    )


def read_weights(asked: Mapping[str, Any]) -> Weights:
    """The weights from the words a run keeps: less, as proposed, more."""
    from citytandem.science.partners.matching import WEIGHTS_2026  # slow import

    words = asked.get("weights", {})
    scaled = {name: value * SCALES[words.get(_group_of(name), "as_proposed")] for name, value in asdict(WEIGHTS_2026).items()}
    return replace(WEIGHTS_2026, **scaled)


def _group_of(name: str) -> str:
    """Which word of the form speaks of a weight."""
    return {"mutual": "mutual", "surplus": "surplus", "possible": "possible", "asleep": "tie"}.get(name, name)


def match_all(material: Material, *, asked: Mapping[str, Any], seed: int, say: Callable[[int], None] = lambda _: None) -> Matched:
    """The best pairs or groups for what was asked, with how firmly each pair stands and what it would cost to lose it."""
    from citytandem.science.partners import matching as science  # slow import

    pairs = science.score_pairs(
        material.candidates, gains=material.gains, wishes=material.wishes, bonds=material.bonds, weights=read_weights(asked)
    )
    say(40)
    rules = frame_rules(asked.get("rules", ()), among=material.candidates["participant"])
    matched = science.match(material.candidates, pairs=pairs, rules=rules, settings=read_settings(asked))
    say(60)
    return judge(matched, asked=asked, seed=seed, say=say)


def judge(matched: Matched, *, asked: Mapping[str, Any], seed: int, say: Callable[[int], None] = lambda _: None) -> Matched:
    """The same matching with the share of weight draws in which each pair stays, and what the whole loses without it."""
    from citytandem.science.partners import matching as science  # slow import

    drawn = science.stability(matched, draws=DRAWS, seed=seed, weights=read_weights(asked))
    say(80)
    ends = list(drawn.pairs.select("participant", "other").iter_rows())
    return science.price_leaving(drawn, pairs=ends[:MOST_PRICED])


@cache
def _official(country: str) -> list[str]:
    return sorted(read_languages([country])["language"].unique().to_list())


def as_findings(kept: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Findings as they were kept."""
    return [
        Finding(
            Code(one["code"]),
            dict(one["facts"]),
            row=one.get("row"),
            where=one.get("where", ""),
            severity=Severity(one["severity"]),
        )
        for one in kept
    ]
