"""What do answers about regions and cases look like? Models for OpenAPI, derived from the classes of the tables."""

from __future__ import annotations

from citytandem import tables
from citytandem.tables import results_region, series
from citytandem.web.api.shapes import Provenance, Spec, Tried, answer_of, list_of

_ANALOGUES: Spec = {
    "region": str, "name": str, "first": int, "last": int, "least_lag": int, "regions": int, "windows": int, "traits": list[str],
    "limit": float | None, "analogues": results_region.Analogue, "nearest": results_region.NearestWindow,
    "peaks": results_region.PeakAligned, "phases": results_region.NamedPhase, "cases": results_region.FoundCase,
    "trajectories": results_region.TrajectoryPoint, "provenance": Provenance,
}  # fmt: skip

REGIONS = list_of("regions", results_region.FoundRegion)
REGION = answer_of(
    "Region",
    {
        "region": str, "name": str, "place": series.Region, "within": series.Region, "series": results_region.SeriesHead,
        "breaks": series.Break, "phases": series.Phase, "cases": series.Case, "source": tables.Source, "provenance": Provenance,
    },
)  # fmt: skip
SERIES = list_of("series", series.RegionSeries)
ANALOGUES = answer_of("Analogues", _ANALOGUES, state=Tried)
