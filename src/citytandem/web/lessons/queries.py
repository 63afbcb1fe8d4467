"""Look-ups of cases: those people recorded and those of the house, told alike, with mark and source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.sources.facts import load_facts
from citytandem.web.lessons.models import Case, Shown
from citytandem.web.lessons.results import topics_of_region

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.lessons.results import RegionTopic

TEAM = "team-"
"""How the key of a case that a team recorded begins; keys of the house never do."""


@dataclass(frozen=True, slots=True)
class ToldCase:
    """One case. ``policy`` is what was tried, ``title`` the phase or topic in words. ``conditions``
    are what would have to hold elsewhere, our reading [P] in cases of the house.

    ``mark``: S read in its source, K recalled, which is no evidence. ``organisation`` is empty for cases of the house.
    """

    key: str
    title: str
    region: str
    city: str
    region_type: str
    phase: str
    first_year: int
    last_year: int | None
    policy: str
    instrument: str
    actors: str
    happened: str
    failed: str
    conditions: tuple[str, ...]
    evidence: str
    measures: tuple[str, ...]
    mark: str
    source: str
    source_url: str
    language: str
    organisation: str = ""
    is_invented: bool = False
    tandem: int | None = None
    is_public: bool = True

    @property
    def is_ours(self) -> bool:
        """A case of the house, not of a team."""
        return not self.organisation


def published_cases(*, region: str | None = None, city: str | None = None, measure: str | None = None) -> list[ToldCase]:
    """What everybody may read, by what was tried: of a region, a city, or resembling a measure; all if nothing is named."""
    found = [*cases_of_the_house(), *map(tell_case, Case.objects.filter(state=Shown.PUBLISHED).select_related("organisation"))]
    kept = [
        one
        for one in found
        if (region is None or one.region == region)
        and (city is None or one.city == city)
        and (measure is None or measure in one.measures)
    ]
    return sorted(kept, key=lambda one: (one.policy.casefold(), one.key))


def find_case(key: str, *, organisation: Organisation | None = None) -> ToldCase | None:
    """One case by its key: published, or a draft of this very team."""
    if not key.startswith(TEAM):
        return next((one for one in cases_of_the_house() if one.key == key), None)
    number = key.removeprefix(TEAM)
    if not number.isdecimal() or len(number) > 15:
        return None
    own = Case.objects.select_related("organisation").filter(pk=int(number)).first()
    if own is None or (own.state != Shown.PUBLISHED and (organisation is None or own.organisation_id != organisation.pk)):
        return None
    return tell_case(own)


def cases_of(organisation: Organisation) -> QuerySet[Case]:
    """Everything a team has recorded."""
    return Case.objects.filter(organisation=organisation).select_related("changed_by")


def topics_of(region: str) -> list[RegionTopic]:
    """What experts of a region spoke of, from published rounds, by title."""
    return topics_of_region(region)


def tell_case(own: Case) -> ToldCase:
    """A case that a team recorded."""
    return ToldCase(
        key=f"{TEAM}{own.pk}", title=own.title, region=own.region, city=own.city, region_type=own.region_type, phase=own.phase,
        first_year=own.first_year, last_year=own.last_year, policy=own.policy, instrument=own.instrument, actors=own.actors,
        happened=own.happened, failed=own.failed, conditions=split_conditions(own.transfer), evidence=own.evidence,
        measures=tuple(own.measures), mark=own.mark, source=own.source, source_url=own.source_url, language=own.language,
        organisation=own.organisation.name, is_invented=own.organisation.is_invented, tandem=own.tandem_id,
        is_public=own.state == Shown.PUBLISHED,
    )  # fmt: skip


@cache
def cases_of_the_house() -> tuple[ToldCase, ...]:
    """The cases shipped with the software."""
    facts = load_facts()
    sources = facts.source.select("source", "attribution", "url")
    rows = facts.case.join(sources, on="source", how="left").with_columns(
        pl.col("region_type", "phase", "evidence", "mark").cast(pl.String)
    )
    return tuple(_tell_row(row) for row in rows.iter_rows(named=True))


def split_conditions(text: str | None) -> tuple[str, ...]:
    r"""One condition per line; a text without lines is split where a sentence ends.

    >>> split_conditions("Act early. Act while jobs are high."), split_conditions("One owner\nA social plan")
    (('Act early.', 'Act while jobs are high.'), ('One owner', 'A social plan'))
    """
    lines = (text or "").splitlines()
    parts = lines if len(lines) > 1 else re.split(r"(?<=[.。])\s+(?=[A-ZÄÖÜ])", text or "")
    return tuple(part.strip() for part in parts if part.strip())


def _tell_row(row: dict[str, Any]) -> ToldCase:
    return ToldCase(
        key=row["case"], title=row["title"], region=row["region"], city="", region_type=row["region_type"],
        phase=row["phase"], first_year=row["first_year"], last_year=row["last_year"], policy=row["policy"],
        instrument=row["instrument"], actors=row["actors"] or "", happened=row["happened"], failed=row["failed"] or "",
        conditions=split_conditions(row["transfer"]), evidence=row["evidence"],
        measures=tuple(filter(None, (row["measures"] or "").split(";"))), mark=row["mark"], source=row["attribution"] or "",
        source_url=row["url"] or "", language="en",
    )  # fmt: skip
