"""What may be asked? The parameters of every address, with their bounds; no list is ever put in an order by a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from ninja import Field, Path, Schema
from pydantic import StringConstraints

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.tables import building, series
from citytandem.tables.results_benchmark import QUESTIONS
from citytandem.words import Speech

if TYPE_CHECKING:
    from collections.abc import Iterable

FEW, MANY, DEEP = 100, 1000, 1_000_000
"""Rows of a page if nothing is said, and at most; how far into a list one may ask."""

Key = Annotated[str, StringConstraints(max_length=120)]
Name = Annotated[str, StringConstraints(max_length=120)]


def say(name: str, default: Any = None, **bounds: Any) -> Any:
    """A parameter with its description from the words."""
    return Field(default, description=Speech("en").label(f"api.parameter.{name}"), **bounds)


def say_path(name: str) -> str:
    """The words of a part of an address."""
    return Speech("en").label(f"api.parameter.{name}")


def check_choice(given: str | None, *, option: str, choices: Iterable[str]) -> None:
    """Refuse a word that is none of those there are, and name them.

    Raises
    ------
    CannotCompute
        UNKNOWN_CHOICE.
    """
    if given is not None and given not in choices:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": given[:80], "option": option, "choices": ", ".join(choices)}))


CityName = Annotated[str, Path(max_length=120, description=say_path("city"))]
BalanceId = Annotated[str, Path(max_length=200, description=say_path("balance"))]
RegionName = Annotated[str, Path(max_length=120, description=say_path("region"))]
FrameworkKey = Annotated[str, Path(max_length=120, description=say_path("framework"))]
ProgrammeNumber = Annotated[int, Path(ge=1, le=2**53, description=say_path("pilot_programme"))]
CertificateNumber = Annotated[str, Path(max_length=40, description=say_path("certificate"))]
BuildingKey = Annotated[str, Path(max_length=120, description=say_path("building"))]
Year = Annotated[int | None, Field(ge=1700, le=2100)]


class Bare(Schema):
    """What every address understands."""

    lang: str | None = say("lang", max_length=20)


class Asked(Bare):
    """What every address with tables understands."""

    format: str | None = say("format", max_length=20, json_schema_extra={"enum": ["json", "csv", "parquet"]})
    table: str | None = say("table", max_length=60)


class Paged(Asked):
    """A page of a long list."""

    limit: int = say("limit", FEW, ge=1, le=MANY)
    offset: int = say("offset", 0, ge=0, le=DEEP)


class CitiesAsked(Paged):
    """A search for cities."""

    q: str | None = say("q", max_length=120)
    country: list[Key] = say("country", [], max_length=50)
    network: list[Key] = say("network", [], max_length=20)
    with_balance: bool = say("with_balance", default=False)


class YearAsked(Asked):
    """One year."""

    year: Year = say("year")


class BridgeAsked(YearAsked):
    """Both ends of a bridge."""

    start: str | None = say("from", alias="from", max_length=120)
    to: str = say("to", "core", max_length=120)


class BenchmarkAsked(YearAsked):
    """Every choice of a benchmark."""

    question: str = say("question", "overall", max_length=20, json_schema_extra={"enum": list(QUESTIONS)})
    countries: list[Key] = say("countries", [], max_length=50)
    networks: list[Key] = say("networks", [], max_length=20)
    add: list[Name] = say("add", [], max_length=20)
    remove: list[Name] = say("remove", [], max_length=50)
    weights: list[Key] = say("weights", [], max_length=40)
    k: int = say("k", 12, ge=8, le=15)
    window: int | None = say("window", ge=0, le=20)


class GateAsked(Asked):
    """Cities that are to be compared."""

    city: list[Name] = say("gate_city", [], max_length=10)
    year: list[Annotated[int, Field(ge=1700, le=2100)]] = say("gate_year", [], max_length=10)


class PowersAsked(Paged):
    """Powers of one country or kind of local government."""

    country: str | None = say("power_country", max_length=2)
    tier: str | None = say("tier", max_length=60)


class RegionsAsked(Paged):
    """A search for regions."""

    q: str | None = say("region_q", max_length=120)
    country: list[Key] = say("country", [], max_length=50)
    kind: str | None = say("region_kind", max_length=40, json_schema_extra={"enum": list(series.KINDS)})
    with_series: bool = say("with_series", default=False)


class SeriesAsked(Paged):
    """Figures of one region."""

    indicator: list[Key] = say("indicator", [], max_length=60)


class AnaloguesAsked(Asked):
    """Every choice of a search for analogues."""

    window: str = say("analogue_window", ..., max_length=20)
    indicators: list[Key] = say("indicators", [], max_length=20)
    k: int = say("analogue_k", 5, ge=1, le=50)
    lag: int = say("analogue_lag", 10, ge=0, le=100)


class AssessmentAsked(Asked):
    """One framework."""

    framework: str = say("asked_framework", ..., max_length=120)


class BuildingsAsked(Paged):
    """Buildings of one climate zone or use."""

    zone: str | None = say("zone", max_length=60, json_schema_extra={"enum": list(building.MAIN_ZONES)})
    use: str | None = say("use", max_length=40, json_schema_extra={"enum": list(building.USES)})
    country: str | None = say("power_country", max_length=2)


class CasesAsked(Paged):
    """Cases of one region or city, or that resemble a measure."""

    region: str | None = say("region", max_length=120)
    city: str | None = say("city", max_length=120)
    measure: str | None = say("case_measure", max_length=10)
