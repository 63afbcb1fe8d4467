"""What do answers about pilot buildings look like? Models for OpenAPI, derived from the classes of the tables."""

from __future__ import annotations

from pydantic import BaseModel

from citytandem import tables
from citytandem.tables import building, results_building
from citytandem.web.api.shapes import STRICT, FindingRow, Provenance, answer_of, list_of, row_of


class DayAndWarmth(BaseModel):
    """One period of reference weather. [day], [degC]"""

    model_config = STRICT
    days: int
    temperature_mean: float


class ChangePointModel(BaseModel):
    """A change-point model: base + heating slope x (heating point - T)+ + cooling slope x (T - cooling point)+, kWh a day."""

    model_config = STRICT
    kind: str
    base: float
    heating_slope: float
    cooling_slope: float
    heating_point: float | None
    cooling_point: float | None
    residual_squares: float
    count: int


class ModelFit(BaseModel):
    """The model with how well it fits."""

    model_config = STRICT
    model: ChangePointModel
    r_squared: float | None
    cv_rmse_percent: float | None
    bias_percent: float | None


class NormalisedUse(BaseModel):
    """Metered use beside what it would have been in reference weather, with a 90 % interval; neither takes the other's place."""

    model_config = STRICT
    building: str
    periods: list[row_of(results_building.MeteredPeriod)] | list[row_of(results_building.FittedPeriod)]  # type: ignore[valid-type]
    metered_year_kwh: float | None
    fit: ModelFit | None
    reference_year_kwh: float | None
    low_kwh: float | None
    high_kwh: float | None
    reference: list[DayAndWarmth]
    findings: list[FindingRow]


class BuildingOwner(BaseModel):
    """Whose a building is that no publication tells of; its figures are the owner's word, at the terms of the licence."""

    model_config = STRICT
    building: str
    owner: str
    organisation: str
    city: str | None
    is_invented: bool
    licence: str
    published: str | None
    version: int


_PAGE = {"total": int, "limit": int, "offset": int, "provenance": Provenance}
BUILDINGS = answer_of(
    "BuildingsList",
    {
        "buildings": building.Building,
        "values": building.BuildingValue,
        "source": tables.Source,
        "owners": list[BuildingOwner],
        **_PAGE,
    },
)
BUILDING = answer_of(
    "BuildingSheet",
    {
        "building": building.Building, "values": building.BuildingValue, "limits": results_building.HeldLimit,
        "similar": results_building.SimilarRange, "findings": list[FindingRow], "source": tables.Source,
        "owners": list[BuildingOwner], "provenance": Provenance,
    },
)  # fmt: skip
COMPARISON = answer_of(
    "BuildingComparison",
    {
        "building": str, "area_convention": str | None, "area_m2": float | None, "designed": float | None,
        "measured": float | None, "reference": float | None, "low": float | None, "high": float | None,
        "terms": results_building.GapTerm, "normalised": NormalisedUse | None, "limits": results_building.HeldFit,
        "findings": list[FindingRow], "provenance": Provenance,
    },
)  # fmt: skip
ZONES = list_of("climate_zones", building.ClimateZone)
