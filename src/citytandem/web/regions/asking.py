"""What is known of a region for one reader? The search, who stands beside it, and the tables of each part of its page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl
from django.core.cache import caches

from citytandem.findings import CannotCompute, Finding
from citytandem.science.transition.trajectories import normalise
from citytandem.transition import Analogues, answer, family_of, name_regions
from citytandem.verbs import SEED
from citytandem.web.regions.reading import paths_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citytandem.tables.provenance import Provenance
    from citytandem.web.regions.choices import Choices
    from citytandem.web.regions.reading import Known
    from citytandem.words import Language, Speech

K, LEAST_LAG, CONTROLS = 5, 10, 99
NEAREST = 3
RUHR = ("DEA1", "DEA3", "DEA5")
"""The districts the Ruhr lies in: always shown beside, as whoever asks here asks about the Ruhr as well. [P]"""
REFERENCE = ("ruhr", "pittsburgh", "upper-silesia", "kitakyushu", "south-wales")
"""Regions without a path that are much told of: their phases, cases and differences stand beside. [P]"""


@dataclass(frozen=True)
class View:
    """One region as one reader asked to see it.

    ``found`` is the answer of the search, also where nothing fits, or the finding that says why nothing could be searched.
    ``others`` have paths that can be drawn; ``told`` are all regions beside it, those without a path too, and ``family`` is
    the region with what it lies in and what lies in it.
    """

    known: Known
    region: str
    choices: Choices
    found: Analogues | Finding
    others: tuple[str, ...]
    told: tuple[str, ...]
    family: tuple[str, ...]
    names: Mapping[str, str]
    provenance: Provenance
    speech: Speech

    @property
    def name(self) -> str:
        """What the region is called."""
        return self.names[self.region]

    @property
    def refusal(self) -> Finding | None:
        """Why there is no analogue."""
        return self.found if isinstance(self.found, Finding) else self.found.refusal

    @property
    def analogues(self) -> pl.DataFrame | None:
        """The analogues; None where there is none."""
        return self.found.analogues if isinstance(self.found, Analogues) and self.found.refusal is None else None

    def name_all(self, regions: Iterable[str]) -> str:
        """Some regions in words."""
        return self.speech.join([self.names[region] for region in regions])

    def trajectories(self, regions: Sequence[str]) -> pl.DataFrame:
        """The paths of some regions beside their own peaks."""
        return normalise(paths_of(self.known), self.known.table("region_break"), regions=list(regions))


def look_at(known: Known, *, region: str, choices: Choices, provenance: Provenance, speech: Speech) -> View:
    """Everything the page of a region is made from."""
    found = search(known, region=region, choices=choices, provenance=provenance, language=speech.language)
    names = name_regions(known.atlas, language=speech.language)
    others = _choose_others(known, found, region=region, beside=choices.beside)
    family = tuple(family_of(known.atlas, region))
    told = _choose_told(known, others=others, region=region, beside=choices.beside)
    return View(known, region, choices, found, others, told, family, names, provenance, speech)


def search(known: Known, *, region: str, choices: Choices, provenance: Provenance, language: Language) -> Analogues | Finding:
    """The answer of :func:`citytandem.verbs.analogues`, computed once for all who ask the same."""
    traits = choices.traits or None
    asked = (known.signature, provenance.code_version, provenance.release_sha256, region, choices.window, traits, language)
    key = "regions-search-" + hashlib.sha256(repr(asked).encode()).hexdigest()[:40]
    kept: Analogues | Finding | None = caches["pages"].get(key)
    if kept is not None:
        return kept
    found: Analogues | Finding
    try:
        found = answer(
            known.atlas, region=region, window=(choices.first, choices.last), traits=traits, k=K, least_lag=LEAST_LAG,
            controls=CONTROLS, seed=SEED, language=language, provenance=provenance,
        )  # fmt: skip
    except CannotCompute as refused:
        found = refused.finding
    caches["pages"].set(key, found)
    return found


def _choose_others(known: Known, found: Analogues | Finding, *, region: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    """Whose paths stand beside: those chosen; else the analogues or the nearest, the Ruhr districts, and the peaks' like."""
    paths = paths_of(known).regions
    if beside:
        return tuple(other for other in beside if other in paths)
    if isinstance(found, Finding):
        return tuple(other for other in RUHR if other != region and other in paths) if region in paths else ()
    near = found.nearest["region"].to_list() if found.refusal else found.analogues["region"].to_list()
    first = near[:NEAREST] if found.refusal else near
    districts = [other for other in RUHR if other != region]
    rest = [*near, *found.peaks["region"].to_list()]
    enough = [*dict.fromkeys([*first, *districts])]
    for other in rest:
        if sum(one not in RUHR for one in enough) >= NEAREST:
            break
        if other not in enough:
            enough.append(other)
    return tuple(other for other in enough if other in paths)


def _choose_told(known: Known, *, others: Sequence[str], region: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    """All regions beside: with a path, chosen without one, and those much told of."""
    inside = [one for other in others for one in closest_of(known, other)]
    named = [*beside, *others, *inside, *(() if beside else REFERENCE)]
    return tuple(one for one in dict.fromkeys(named) if one != region)


def paths_near(known: Known, region: str) -> list[str]:
    """Regions with a path that stand in for one without: those inside it, and those that share its ground."""
    pathed = paths_of(known).regions
    if region in pathed:
        return []
    inside = known.table("region").filter(pl.col("part_of") == region)["region"].to_list()
    return [one for one in pathed if one in inside or region in closest_of(known, one)]


@lru_cache(maxsize=2_000)
def closest_of(known: Known, region: str) -> tuple[str, ...]:
    """The coalfields and steel regions a region shares its ground with: the Ruhr for its districts, South Wales for Wales."""
    kinds = dict(known.table("region").select("region", pl.col("kind").cast(pl.String)).iter_rows())
    return tuple(
        one for one in family_of(known.atlas, region) if one != region and kinds.get(one) in {"coalfield", "steel_region"}
    )
