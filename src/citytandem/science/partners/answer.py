"""Which cities to ask, what each side would give and get, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.action.profile import LEAD_STAGE
from citytandem.science.partners.affinity import link_cities
from citytandem.science.partners.benefit import add_up, learn_measures, learn_topics, share_need
from citytandem.science.partners.tandem import ENOUGH, PROPOSALS, propose, say_why, shape_exchanges, shape_partners

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from citytandem.tables.provenance import Provenance


@dataclass(frozen=True)
class Links:
    """What may link cities: frames place, tie, membership and language, as ``link_cities`` takes them."""

    place: pl.DataFrame
    tie: pl.DataFrame
    membership: pl.DataFrame
    language: pl.DataFrame


@dataclass(frozen=True)
class Partners:
    """Proposed partners of one city; frames as in ``tables.results_partners``, and a sentence each as code and facts."""

    city: str
    partners: pl.DataFrame
    exchanges: pl.DataFrame
    sentences: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    provenance: Provenance | None = None

    def __repr__(self) -> str:
        names = ", ".join(self.partners.get_column("partner").to_list()) or "none"
        return f"Partners({self.city}: {names}; {self.exchanges.height} subjects)"


def find_partners(
    *,
    city: str,
    candidates: Collection[str],
    size: Callable[[str], pl.DataFrame | None],
    stages: pl.DataFrame,
    standing: pl.DataFrame,
    closeness: pl.DataFrame,
    links: Links,
    limit: int = PROPOSALS,
    provenance: Provenance | None = None,
) -> Partners:
    """Propose three to five cities to learn with.

    Two kinds of lead are kept apart: a measure done with evidence, which can be taken over; and lower emissions in a sector,
    which is a topic for a first talk and proves no measure.

    Parameters
    ----------
    city
        The city asking.
    candidates
        Cities to look at, from ``choose_candidates``.
    size
        Gives the answer of ``size_measures`` of a city, or None where its needs are not known. Asked for the city itself
        and for proposed cities that could learn from it.
    stages
        All cities' rows of ``fold_stages``.
    standing
        As for ``learn_topics``; empty without a balance.
    closeness
        City, similarity, differs, seen from the asking city.
    links
        Ties, memberships, places and languages.

    Returns
    -------
    :class:`Partners`; without any lead it has no rows and a finding that says what would change that.
    """
    pool = sorted(set(candidates) - {city})
    mine, theirs = stages.filter(pl.col("city") == city), stages.filter(pl.col("city").is_in(pool))
    near = closeness.filter(pl.col("city").is_in(pool))
    gets = learn_measures(need=_need(size(city)), learner=mine, givers=theirs, closeness=near)
    gives = _teach(pool, city=city, mine=mine, theirs=theirs, closeness=near, size=None)
    topics = learn_topics(standing.filter(pl.col("city").is_in([*pool, city])), city=city)
    exchanges = _join(gets, gives, topics)
    far = link_cities(
        city=city, others=exchanges.get_column("city").to_list(), place=links.place, tie=links.tie,
        membership=links.membership, language=links.language,
    )  # fmt: skip
    proposed = propose(exchanges, links=far, closeness=near, limit=limit)
    learners = proposed.filter(pl.col("teaches")).get_column("city").to_list()
    gives = _teach(learners, city=city, mine=mine, theirs=theirs, closeness=near, size=size)
    partners = shape_partners(proposed, benefit_in=add_up(gets), benefit_out=add_up(gives))
    shown = shape_exchanges(_join(gets, gives, topics), partners=partners)
    return Partners(
        city=city, partners=partners, exchanges=shown, sentences=say_why(partners, exchanges=shown),
        findings=_findings(partners, exchanges=shown, city=city), provenance=provenance,
    )  # fmt: skip


def _need(sized: pl.DataFrame | None) -> pl.DataFrame:
    return share_need(sized) if sized is not None else _NO_NEED


def _join(gets: pl.DataFrame, gives: pl.DataFrame, topics: pl.DataFrame) -> pl.DataFrame:
    told = [gets.with_columns(pl.lit("gets").alias("direction")), gives.with_columns(pl.lit("gives").alias("direction")), topics]
    return pl.concat([_EMPTY, *told], how="diagonal_relaxed")


def _teach(
    learners: Sequence[str],
    *,
    city: str,
    mine: pl.DataFrame,
    theirs: pl.DataFrame,
    closeness: pl.DataFrame,
    size: Callable[[str], pl.DataFrame | None] | None,
) -> pl.DataFrame:
    """What each other city could learn from us; its needs are sized only where ``size`` is given.

    A city that publishes no stages is not said to need anything.
    """
    likeness = dict(closeness.select("city", "similarity").iter_rows())
    found = [learn_measures(need=_NO_NEED, learner=mine, givers=mine.head(0), closeness=closeness)]
    if mine.filter(pl.col("lead_stage") >= LEAD_STAGE).is_empty():
        return found[0]
    telling = set(theirs.filter(pl.col("stage").is_not_null()).get_column("city"))
    for learner in sorted(telling & set(learners)):
        own = pl.DataFrame(
            {"city": [city], "similarity": [likeness.get(learner)]}, schema={"city": pl.String, "similarity": pl.Float64}
        )
        need = _need(size(learner)) if size is not None else _NO_NEED
        taught = learn_measures(need=need, learner=theirs.filter(pl.col("city") == learner), givers=mine, closeness=own)
        found.append(taught.with_columns(pl.lit(learner).alias("city")))
    return pl.concat(found, how="vertical_relaxed")


def _findings(proposed: pl.DataFrame, *, exchanges: pl.DataFrame, city: str) -> tuple[Finding, ...]:
    if proposed.is_empty():
        return (Finding(Code.NO_LEAD_KNOWN, {"city": city}, where="partners", severity=Severity.WARNING),)
    told = []
    if proposed.height < ENOUGH:
        told.append(Finding(Code.FEW_PARTNERS, {"count": proposed.height}, where="partners", severity=Severity.NOTE))
    seen = exchanges.filter(pl.col("kind").cast(pl.String) == "stage").get_column("partner").n_unique()
    if seen < proposed.height:
        told.append(Finding(Code.LEADS_ARE_TOPICS, {"count": proposed.height - seen}, where="partners", severity=Severity.NOTE))
    return tuple(told)


_NO_NEED = pl.DataFrame(
    schema={"measure": pl.String, "need_low": pl.Float64, "need_high": pl.Float64, "route_factor": pl.Float64}
)
_EMPTY = pl.DataFrame(
    schema={
        "city": pl.String, "direction": pl.String, "kind": pl.String, "subject": pl.String, "strength": pl.String,
        "need_low": pl.Float64, "need_high": pl.Float64, "lead_low": pl.Float64, "lead_high": pl.Float64, "transfer": pl.Float64,
        "stage": pl.Int8, "item": pl.String, "evidence": pl.String, "learner_t_per_head": pl.Float64,
        "giver_t_per_head": pl.Float64, "gap_t_per_head": pl.Float64, "mark": pl.String, "source": pl.String,
    }
)  # fmt: skip
