"""Who should get to know whom beside the tandems: pairs of a matching that could learn from each other, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.web.programmes.models import Application, MatchRun, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.science.partners.matching import Matched
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.matching import Material
    from citytandem.web.programmes.models import Programme

MOST_EACH = 3
"""Nobody stands in more pairs than this, so that an event leaves time for all else."""
MOST_WORTH = 7
"""A tandem is worth more to an event than any other pair."""


@dataclass(frozen=True)
class Acquaintance:
    """Two organisations that should meet: how much that is worth, and why, as a card."""

    one: Organisation
    other: Organisation
    worth: int
    card: Mapping[str, Any]
    sides: Mapping[str, Organisation]


def list_acquaintances(matched: Matched, *, material: Material) -> list[dict[str, Any]]:
    """The best pairs that are no tandem, at most three of each participant; vetoes and bans are kept.

    The words of the applications are left out: those they were written for read them on the card of a tandem.
    """
    from citytandem.science.partners.card import card_as_json, lessons_of  # slow import
    from citytandem.science.partners.known import Known  # slow import

    known = Known(
        candidates=material.candidates, leads=material.network.leads, met=material.met, gains=material.gains,
        closeness=material.network.closeness, ties=material.ties, loads=matched.loads,
        words=pl.DataFrame(schema={"participant": pl.String, "learns": pl.String, "offers": pl.String}),
    )  # fmt: skip
    chosen = _choose(matched)
    best = max((row["score"] for row in chosen), default=0)
    return [
        {"worth": max(1, round(MOST_WORTH * row["score"] / max(1, best))), "card": card_as_json(lessons_of(row, known=known))}
        for row in chosen
    ]


def find_acquaintances(programme: Programme) -> list[Acquaintance]:
    """What the last matching of a programme says, for those who still take part."""
    run = MatchRun.objects.filter(programme=programme, stage=Stage.DONE).order_by("-number").first()
    told = run.result.get("acquaintances", ()) if run is not None else ()
    rows = Application.objects.filter(programme=programme).select_related("organisation")
    sides = {str(one.pk): one.organisation for one in rows}
    return [
        Acquaintance(sides[one], sides[other], row["worth"], row["card"], {one: sides[one], other: sides[other]})
        for row in told
        if (one := row["card"]["participant"]) in sides and (other := row["card"]["other"]) in sides
    ]


def _choose(matched: Matched) -> list[dict[str, Any]]:
    """Pairs of which something is known to be learned, the highest score first."""
    rules = matched.question.rules
    apart = rules.filter(pl.col("kind").cast(pl.String) == "ban").select("participant", "other")
    apart = pl.concat([apart, apart.select(pl.col("other").alias("participant"), pl.col("participant").alias("other"))])
    learns = (pl.col("gain_in_high").fill_null(0) > 0) | (pl.col("gain_out_high").fill_null(0) > 0)
    found = (
        matched.question.pairs.filter(~pl.col("vetoed") & learns)
        .join(apart, on=["participant", "other"], how="anti")
        .join(matched.pairs.select("participant", "other"), on=["participant", "other"], how="anti")
        .sort("score", "participant", "other", descending=[True, False, False])
    )
    taken: dict[str, int] = {}
    chosen = []
    for row in found.iter_rows(named=True):
        if max(taken.get(row["participant"], 0), taken.get(row["other"], 0)) < MOST_EACH:
            chosen.append(row)
            for who in (row["participant"], row["other"]):
                taken[who] = taken.get(who, 0) + 1
    return chosen
