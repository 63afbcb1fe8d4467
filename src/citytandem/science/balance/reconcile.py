"""Why is a published total not ours? Single causes first: boundary, factor, activity; never a blanket scaling."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.balance import parts as cut
from citytandem.science.balance.electricity import price_electricity
from citytandem.tables.balance import SECTORS

if TYPE_CHECKING:
    from citytandem.science.balance.parts import Side
    from citytandem.tables.provenance import Provenance

TOLERANCE = 0.001
"""Two totals are the same within one in a thousand. [P]"""
MOST_CAUSES = 2
"""More causes than this together fit almost any difference, and so prove nothing."""
_REMEDY = {"boundary": "compare_sectors", "factor": "ask_for_factor", "activity": "ask_for_energy"}


@dataclass(frozen=True)
class Reconciled:
    """The difference between a balance and a published total, and what could stand behind it.

    Parameters
    ----------
    city, year, balance
        Which balance.
    ours_t, published_t
        Both totals.
    buckets
        Rows of :class:`~citytandem.tables.results_bridge.Bucket`: every single cause with its size.
    explanations
        Causes that alone or in pairs close the difference; several mean that the figures cannot decide.
    findings
        What to do next.
    """

    city: str
    year: int
    balance: str
    ours_t: float
    published_t: float
    buckets: pl.DataFrame
    explanations: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...] = ()
    source: pl.DataFrame = field(default_factory=pl.DataFrame, repr=False)
    provenance: Provenance | None = None

    @property
    def difference_t(self) -> float:
        """Published minus ours."""
        return self.published_t - self.ours_t

    @property
    def status(self) -> str:
        """same, explained by one set of causes, several sets fit, or open."""
        if abs(self.difference_t) <= TOLERANCE * abs(self.published_t):
            return "same"
        return {0: "open", 1: "explained"}.get(len(self.explanations), "several")

    def as_dict(self) -> dict[str, Any]:
        """The plain shape in which the answer leaves the house."""
        names = (
            "city",
            "year",
            "balance",
            "ours_t",
            "published_t",
            "difference_t",
            "status",
            "buckets",
            "explanations",
            "source",
        )
        return {name: getattr(self, name) for name in (*names, "provenance")}


def reconcile(
    own: Side, *, published_t: float, contents: Mapping[str, frozenset[str]], factor: pl.DataFrame, tolerance: float = TOLERANCE
) -> Reconciled:
    """Split a difference into boundary, factor and activity before anything else.

    Parameters
    ----------
    own
        The balance whose total differs.
    published_t
        The other total, t CO2e.
    contents
        Sectors inside each combined sector.
    factor
        Rows of :class:`~citytandem.tables.Factor`.
    tolerance
        Share of the published total within which two totals are the same.

    Returns
    -------
    Reconciled
        Boundary: what leaving out each part would change. Factor: what each other factor of electricity would change. Activity:
        without a size, because a total alone cannot show energy; it is asked for and never found by scaling.
    """
    causes = [*_boundaries(own, contents), *_factors(own, factor), ("activity", "energy_itself", None, own.source)]
    gap, near = published_t - own.total_t, tolerance * abs(published_t)
    rows = [
        {
            "bucket": bucket,
            "cause": cause,
            "change_t": change,
            "closes": change is not None and abs(gap - change) <= near < abs(gap),
            "remedy": _REMEDY[bucket],
            "source": source,
        }
        for bucket, cause, change, source in causes
    ]
    explanations = _explain(rows, gap=gap, near=near) if abs(gap) > near else ()
    found = Reconciled(
        city=str(own.header["city"]),
        year=int(own.header["year"]),
        balance=str(own.header["balance"]),
        ours_t=own.total_t,
        published_t=published_t,
        buckets=pl.DataFrame(rows, schema=SCHEMA),
        explanations=explanations,
    )
    code = {"open": Code.RECONCILE_OPEN, "several": Code.RECONCILE_SEVERAL}.get(found.status)
    if code is None:
        return found
    told = Finding(code, facts={"difference": float(round(gap)), "count": len(explanations)}, severity=Severity.WARNING)
    return replace(found, findings=(told,))


def _boundaries(own: Side, contents: Mapping[str, frozenset[str]]) -> list[tuple[str, str, float | None, str]]:
    sums: dict[str, float] = {}
    for cell in own.cells:
        if cell.value:
            sectors = {sector for sector, _ in cell.nodes}
            name = next((name for name, inside in contents.items() if inside == sectors), cut.name_part(frozenset(sectors)))
            sums[name] = sums.get(name, 0.0) + cell.value
    order = {name: number for number, name in enumerate(SECTORS)}
    names = sorted(sums, key=lambda name: order.get(name.split("+")[0], 0))
    found: list[tuple[str, str, float | None, str]]
    found = [("boundary", f"without_{name}", -sums[name], own.source) for name in names if abs(sums[name]) < abs(own.total_t)]
    if not own.is_itemised:
        found.append(("boundary", "without_not_itemised", -own.rest_t, own.source))
    return found


def _factors(own: Side, factor: pl.DataFrame) -> list[tuple[str, str, float | None, str]]:
    header = own.header
    views = price_electricity(
        own.line, factor=factor, country=own.country, year=int(header["year"]), source=own.source, regions=own.regions
    )
    reported = views["emissions_t"][0]
    found: list[tuple[str, str, float | None, str]] = []
    for row in views[1:].filter(pl.col("view") != "common").iter_rows(named=True):
        known = reported is not None and row["emissions_t"] is not None
        source = "+".join(sorted({own.source, row["source"]} if row["source"] else {own.source}))
        found.append(("factor", f"electricity_{row['view']}", row["emissions_t"] - reported if known else None, source))
    return found


def _explain(rows: list[dict[str, Any]], *, gap: float, near: float) -> tuple[tuple[str, ...], ...]:
    """Fewest causes first: sets of one that close the gap; only if there is none, sets of two from different factors."""
    sized = [(row["cause"], row["bucket"], row["change_t"]) for row in rows if row["change_t"]]
    for count in range(1, MOST_CAUSES + 1):
        found = tuple(
            tuple(cause for cause, _, _ in chosen)
            for chosen in combinations(sized, count)
            if sum(bucket == "factor" for _, bucket, _ in chosen) <= 1
            and abs(gap - math.fsum(change for _, _, change in chosen)) <= near
        )
        if found:
            return found
    return ()


SCHEMA = {
    "bucket": pl.String,
    "cause": pl.String,
    "change_t": pl.Float64,
    "closes": pl.Boolean,
    "remedy": pl.String,
    "source": pl.String,
}
