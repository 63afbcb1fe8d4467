"""What does an answer look like? Models for OpenAPI, derived from the classes of the tables, with their units."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any, Literal

import dataframely as dy
from pydantic import BaseModel, ConfigDict, create_model

from citytandem import tables
from citytandem.tables import (
    method,
    powers,
    results_action,
    results_balance,
    results_benchmark,
    results_bridge,
    results_city,
    results_estimate,
    results_gate,
    results_partners,
)

Spec = dict[str, Any]
"""Fields of an answer: a class of table for a list of rows, a dict for a record inside, else a plain type."""

STRICT = ConfigDict(extra="forbid")
State = Literal["complete", "partial"]
Tried = Literal["complete", "partial", "refused"]
"""The state of an answer that tells what comes nearest even where it has to be refused."""


@cache
def row_of(schema: type[dy.Schema], *, name: str = "") -> type[BaseModel]:
    """The model of one row of a table, with the unit of each column in its description."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rules over several columns have no place in a model of one row
        model = schema.to_pydantic_model(name or f"{schema.__name__}Row")
    for column, field in model.model_fields.items():
        unit = (schema.columns()[column].metadata or {}).get("unit")
        if unit:
            field.description = f"{field.description} [{unit}]" if field.description else f"[{unit}]"
            field.json_schema_extra = {"x-unit": unit}
    model.model_config["extra"] = "forbid"
    model.__doc__ = schema.__doc__
    model.model_rebuild(force=True)
    return model


class Provenance(BaseModel):
    """What an answer is made from: with the same release, code and seed it can be made again."""

    model_config = STRICT
    release: str
    release_sha256: str
    code_version: str
    seed: int | None


class FindingRow(BaseModel):
    """One thing to know about data or an answer, as code and facts."""

    model_config = STRICT
    code: str
    severity: Literal["note", "warning", "error"]
    where: str
    row: int | None
    facts: dict[str, str | int | float | None]


class Told(FindingRow):
    """A finding with its sentence in the language asked for."""

    message: str


class Refusal(BaseModel):
    """There is no answer; the findings say why and what would cure it."""

    model_config = STRICT
    status: Literal["refused"]
    answer: None
    findings: list[Told]


class ReleaseTable(BaseModel):
    """One table of a release and where it is read."""

    model_config = STRICT
    table: str
    rows: int
    bytes: int
    hash: str
    parquet: str
    csv: str


class Release(BaseModel):
    """One release: what it is called, its hash, the release it lies over, and its tables."""

    model_config = STRICT
    release: str
    title: str
    version: str
    sha256: str
    over: str | None
    descriptor: str
    tables: list[ReleaseTable]


class Draft(BaseModel):
    """One balance an organisation brought, on its way to being seen."""

    model_config = STRICT
    organisation: int
    set: int
    title: str
    state: str
    stage: str
    is_sound: bool
    questions: int
    file_sha256: str
    file_bytes: int
    page: str


def answer_of(name: str, spec: Spec, *, state: Any = State) -> type[BaseModel]:
    """The model of a whole answer: its state, the answer, and what is to be known about it."""
    whole: dict[str, Any] = {"status": state, "answer": _model_of(name, spec), "findings": list[Told]}
    return create_model(f"{name}Answer", __config__=STRICT, **whole)


def list_of(name: str, schema: type[dy.Schema]) -> type[BaseModel]:
    """The model of a page of a long list: its rows, how many there are in all, and which these are."""
    spec = {name: schema, "total": int, "limit": int, "offset": int, "provenance": Provenance}
    return answer_of(f"{name.title().replace('_', '')}List", spec)


def _model_of(name: str, spec: Spec) -> type[BaseModel]:
    fields: dict[str, Any] = {field: _type_of(kind, f"{name}{field.title()}") for field, kind in spec.items()}
    return create_model(name, __config__=STRICT, **fields)


def _type_of(kind: Any, name: str) -> Any:
    if isinstance(kind, dict):
        return _model_of(name, kind)
    if isinstance(kind, type) and issubclass(kind, dy.Schema):
        return list[row_of(kind)]  # type: ignore[misc]
    return kind


_FOUND: Spec = {"findings": list[FindingRow], "provenance": Provenance}

BALANCE = answer_of(
    "Balance",
    {
        "city": str, "year": int,
        "balance": results_balance.ReadBalance, "line": tables.Line, "outcome": results_benchmark.Outcome,
        "history": results_balance.SectorYear, "years": results_balance.BalanceYear, "source": tables.Source,
        "electricity": results_bridge.ElectricityView, "quality": results_balance.EnergyQuality,
        "rules": results_bridge.RuleCheck, **_FOUND,
    },
)  # fmt: skip
BENCHMARK = answer_of(
    "Benchmark",
    {
        "city": str, "year": int, "question": str, "main_outcome": str,
        "outcome": results_benchmark.Outcome, "balance": results_balance.ReadBalance,
        "peers": {
            "peer": results_benchmark.Peer, "reason": results_benchmark.PeerReason,
            "within": int, "pool": int, "cutoff": float, "per_country_max": int | None, "unused": list[str],
        },
        "gate": results_benchmark.Gate, "position": results_benchmark.Position, "strip": results_benchmark.Strip,
        "trend": results_benchmark.Trend, "series": results_benchmark.TrendPoint, "drivers": results_benchmark.Driver,
        "rolemodels": results_benchmark.RoleModel, "structure": results_benchmark.StructureView, **_FOUND,
    },
)  # fmt: skip
PORTFOLIO = _model_of(
    "Portfolio",
    {
        "steps": results_action.PortfolioStep, "total_t": float, "reduction_low_t": float, "reduction_high_t": float,
        "findings": list[FindingRow],
    },
)  # fmt: skip
ADVICE = answer_of(
    "Advice",
    {
        "city": str, "year": int | None, "balance": str | None, "method": str | None, "source": str | None,
        "powers": results_action.PowerAnswer, "routes": results_action.Route, "split": results_action.ScopeSplit,
        "profile": results_action.Profile, "stages": results_action.MeasureStage, "advice": results_action.AdviceRow,
        "done_by": results_action.DoneBy,
        "portfolio": PORTFOLIO | None,
        **_FOUND,
    },
)  # fmt: skip
PARTNERS = answer_of(
    "Partners",
    {
        "city": str, "partners": results_partners.Partner, "exchanges": results_partners.Exchange,
        "sentences": list[FindingRow], **_FOUND,
    },
)  # fmt: skip
BRIDGE = answer_of(
    "Bridge",
    {
        "city": str, "year": int, "start": str, "end": str, "from_t": float, "to_t": float, "from_half_t": float | None,
        "to_half_t": float | None, "published": bool, "net_t": float, "absolute_t": float, "unexplained_t": float,
        "unexplained_share": float | None, "status": str, "steps": results_bridge.BridgeStep, "source": tables.Source,
        "provenance": Provenance,
    },
)  # fmt: skip
GATE = answer_of(
    "Gate",
    {
        "cities": list[str], "balance": results_gate.ComparedBalance, "group": results_gate.GateGroup,
        "pair": results_gate.GatePair, "aspect": results_gate.GateAspect, "source": tables.Source, **_FOUND,
    },
)  # fmt: skip
ESTIMATE = answer_of(
    "Estimate",
    {
        "city": str, "name": str, "country": str, "year": int, "population": float, "population_year": int,
        "population_source": str, "national_per_head_t": float, "national_year": int,
        "estimate": results_estimate.Estimate, "carriers": results_estimate.CarrierEstimate,
        "context": dict[str, float], **_FOUND,
    },
)  # fmt: skip
CITIES = list_of("cities", results_city.FoundCity)
CITY = answer_of(
    "City",
    {
        "city": str, "years": list[int], "place": tables.City, "names": tables.Name, "identifiers": tables.Identifier,
        "structure": tables.Structure, "ties": tables.Tie, "memberships": tables.Membership, "provenance": Provenance,
    },
)  # fmt: skip
BALANCES = list_of("balances", tables.Balance)
LINES = list_of("lines", tables.Line)
STAGES = list_of("stages", tables.Stage)
SOURCES = list_of("sources", tables.Source)
MEASURES = list_of("measures", results_city.NamedMeasure)
POWERS = list_of("powers", powers.Power)
NETWORKS = list_of("networks", powers.Network)
CODES = list_of("codes", results_city.CodeSentence)
METHODS = answer_of("Methods", {"methods": list[method.Method], "provenance": Provenance})
RELEASES = answer_of("Releases", {"releases": list[Release], "provenance": Provenance})
DRAFT = answer_of("Brought", {"draft": Draft})
