"""What do answers about cases, published assessments, pilot programmes and certificates look like? Models for OpenAPI."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from citytandem.web.api.shapes import STRICT, Provenance, answer_of


class ToldCase(BaseModel):
    """One case. ``mark`` S: read in its source, K: recalled, which is no evidence. ``conditions`` are our reading."""

    model_config = STRICT
    case: str
    title: str
    region: str | None
    city: str | None
    region_type: str
    phase: str
    first_year: int
    last_year: int | None
    policy: str
    instrument: str
    actors: str | None
    happened: str
    failed: str | None
    conditions: list[str]
    evidence: str
    measures: list[str]
    mark: str
    source: str | None
    source_url: str | None
    language: str
    organisation: str | None
    is_invented: bool
    page: str


class LevelSpan(BaseModel):
    """The level of one category with its interval, from 0 to 4, and what its knock-outs say. There is no total. [level]"""

    model_config = STRICT
    category: str
    called: str
    level: float | None
    low: float | None
    high: float | None
    outcome: str


class PublishedAssessment(BaseModel):
    """One published result: by which framework, when, seen from where, with a span for each category."""

    model_config = STRICT
    assessment: int
    framework: str
    version: str
    city: str
    organisation: str
    outside: bool
    settled: bool
    reconciled: str | None
    is_invented: bool
    page: str
    spans: list[LevelSpan]


class ToldCertificate(BaseModel):
    """One certificate; ``state`` says how it stands on the day ``on``."""

    model_config = STRICT
    number: str
    pilot: int
    name: str
    city: str | None
    country: str | None
    programme: int
    programme_title: str
    organisation: str
    framework: str
    level: int | None
    level_called: str | None
    issued: str
    valid_from: str
    valid_until: str
    conditions: str | None
    withdrawn: str | None
    withdrawn_because: str | None
    state: Literal["valid", "later", "expired", "withdrawn"]
    on: str
    is_invented: bool
    page: str


class ToldProgramme(BaseModel):
    """One pilot programme everybody may know of."""

    model_config = STRICT
    programme: int
    title: str
    language: str
    text: str | None
    organisation: str
    framework: str
    framework_called: str
    starts: str
    ends: str | None
    months_valid: int
    website: str | None
    state: str
    is_invented: bool
    cities: int
    page: str


class PilotStage(BaseModel):
    """One stage of the way; how many of the cities shown ever reached it, and how many are in it."""

    model_config = STRICT
    stage: int
    title: str
    demanded: str | None
    reached: int
    here: int


class StageReached(BaseModel):
    """That a city reached a stage."""

    model_config = STRICT
    stage: int
    on: str


class JudgedOnce(BaseModel):
    """One published, settled assessment of a pilot city."""

    model_config = STRICT
    on: str
    spans: list[LevelSpan]


class PilotWay(BaseModel):
    """One pilot city and its own way; cities are in the order of their names."""

    model_config = STRICT
    pilot: int
    name: str
    city: str | None
    country: str | None
    within: str | None
    joined: str
    left: str | None
    stage: int | None
    steps: list[StageReached]
    judged: list[JudgedOnce]
    page: str


_PAGE = {"total": int, "limit": int, "offset": int, "provenance": Provenance}
CASES = answer_of("CasesList", {"cases": list[ToldCase], **_PAGE})
ASSESSED = answer_of("AssessedList", {"city": str, "assessments": list[PublishedAssessment], "provenance": Provenance})
PILOTS = answer_of("PilotsList", {"pilots": list[ToldProgramme], **_PAGE})
PILOT = answer_of(
    "Pilot",
    {
        "programme": ToldProgramme,
        "stages": list[PilotStage],
        "cities": list[PilotWay],
        "certificates": list[ToldCertificate],
        "provenance": Provenance,
    },
)
CERTIFICATE = answer_of("Certificate", {"certificate": ToldCertificate, "provenance": Provenance})
