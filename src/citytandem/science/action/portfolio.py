"""Which measures go together, and what they save one after the other: never more than there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.action.selection import select_best
from citytandem.tables.catalogue import ORDERS
from citytandem.tables.results_action import PortfolioStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    import dataframely as dy
    from numpy.typing import NDArray

    from citytandem.science.action.addressed import Emissions, Inclusion

    Array: TypeAlias = NDArray[np.float64]

ENABLING_CAP_2026 = 1.5
"""Enabling measures raise the reach of the ones they enable at most by half (domain notes 5.9, our proposal)."""
COST_CEILING_2026 = {"saves": 0.0, "L": 10.0, "M": 50.0}
"""EUR per inhabitant at most, by cost class; class H has no upper end, so it cannot be held against a budget."""


@dataclass(frozen=True)
class Limits:
    """What the city can afford: EUR per inhabitant and staff, either of which may be open.

    ``need`` may hold measure, cost_eur_per_head and staff as the city knows them; what it does not name is taken
    from the upper end of the cost class, and staff need is then not known.
    """

    budget_eur_per_head: float | None = None
    staff: float | None = None
    need: pl.DataFrame | None = None

    @property
    def is_set(self) -> bool:
        """Is anything limited at all?"""
        return self.budget_eur_per_head is not None or self.staff is not None


@dataclass(frozen=True)
class Portfolio:
    """Steps in their order, those left out with the reason, and the bounds of the whole."""

    steps: dy.DataFrame[PortfolioStep]
    total_t: float
    reduction_low_t: float
    reduction_high_t: float
    findings: tuple[Finding, ...]

    @property
    def reduction_high_share(self) -> float:
        """The most the plan could save, as a share of the emissions it acts on; never above one."""
        return self.reduction_high_t / self.total_t if self.total_t > 0 else 0.0


def compose_portfolio(
    sized: pl.DataFrame, *, emissions: Emissions, inclusion: Inclusion, limits: Limits | None = None
) -> Portfolio:
    """Choose measures that do not exclude each other and apply them in order to what is left.

    Of each exclusion group one measure is chosen, the one that could save most. Under limits the choice is the
    exact optimum of a small integer programme over the most each could save. Effects are applied multiplicatively
    line by line, avoid before shift before improve before supply, so no plan can save more than there is. A chosen
    enabling measure raises the high end of what it enables by up to half where a share below one was reached.

    Parameters
    ----------
    sized
        Answer of ``size_measures``.
    emissions, inclusion
        The balance on the grid, and which share of each cell each measure addresses.
    limits
        Budget and staff; None for no limit.

    Raises
    ------
    CannotCompute
        With EXTRA_MISSING when limits are set and the solver is not installed.
    """
    wanted = sized.sort("measure")
    status, because = _choose(wanted, limits=limits or Limits())
    chosen = wanted.filter(pl.Series(status) == "chosen")
    places = {measure: place for place, measure in enumerate(inclusion.measures)}
    ordered = (
        chosen.with_columns(
            pl.col("step")
            .cast(pl.String)
            .replace_strict({name: n for n, name in enumerate(ORDERS)}, return_dtype=pl.Int32)
            .alias("order_of_step")
        )
        .sort("order_of_step", "measure")
        .drop("order_of_step")
    )
    run = _run(ordered, cells=emissions.positive, inclusion=inclusion, places=places)
    left_out = (
        wanted.select("measure", "step", pl.col("exclusion_group").alias("group"))
        .with_columns(pl.Series("status", status), pl.Series("because", because, dtype=pl.String))
        .filter(pl.col("status") != "chosen")
    )
    steps = pl.concat([run.steps, left_out], how="diagonal_relaxed")
    findings = _findings(status)
    return Portfolio(
        steps=PortfolioStep.cast(steps.select(PortfolioStep.column_names())),
        total_t=float(emissions.positive.sum()),
        reduction_low_t=run.low,
        reduction_high_t=run.high,
        findings=findings,
    )


def _choose(wanted: pl.DataFrame, *, limits: Limits) -> tuple[list[str], list[str | None]]:
    gains = wanted.get_column("remaining_high_t").fill_null(0.0).to_numpy()
    groups = wanted.get_column("exclusion_group").to_list()
    enabling = (wanted.get_column("step").cast(pl.String) == "enable").to_numpy()
    status: list[str] = []
    for basis, gain, enables in zip(wanted.get_column("basis"), gains, enabling, strict=True):
        if enables:
            status.append("chosen")
        elif basis != "numbers":
            status.append(basis)
        else:
            status.append("chosen" if gain > 0 else "saves_nothing")
    costs, staff = _needs(wanted, limits=limits)
    for place, state in enumerate(status):
        if state == "chosen" and limits.budget_eur_per_head is not None and np.isnan(costs[place]):
            status[place] = "cost_not_known"
        elif state == "chosen" and limits.staff is not None and np.isnan(staff[place]):
            status[place] = "staff_not_known"
    open_places = [place for place, state in enumerate(status) if state == "chosen"]
    taken = _take(open_places, gains=gains, groups=groups, costs=costs, staff=staff, limits=limits)
    because: list[str | None] = [None] * len(status)
    names = wanted.get_column("measure").to_list()
    for place in set(open_places) - taken:
        rival = next((n for n in sorted(taken) if set(groups[n]) & set(groups[place])), None)
        status[place] = "over_limit" if rival is None else "excluded_by_group"
        because[place] = None if rival is None else names[rival]
    return status, because


def _needs(wanted: pl.DataFrame, *, limits: Limits) -> tuple[Array, Array]:
    by_class = pl.col("cost_high").cast(pl.String).replace_strict(COST_CEILING_2026, default=None, return_dtype=pl.Float64)
    asked = wanted.select("measure", by_class.alias("ceiling"))
    need = limits.need if limits.need is not None else pl.DataFrame(schema={"measure": pl.String})
    told = need.select(
        "measure",
        *(
            (pl.col(name) if name in need.columns else pl.lit(None)).cast(pl.Float64).alias(name)
            for name in ("cost_eur_per_head", "staff")
        ),
    )
    joined = asked.join(told, on="measure", how="left", maintain_order="left")
    costs = joined.select(pl.coalesce("cost_eur_per_head", "ceiling").alias("cost"))
    return costs.get_column("cost").fill_null(np.nan).to_numpy(), joined.get_column("staff").fill_null(np.nan).to_numpy()


def _take(
    open_places: Sequence[int], *, gains: Array, groups: Sequence[Sequence[str]], costs: Array, staff: Array, limits: Limits
) -> set[int]:
    bounds = [(costs, limits.budget_eur_per_head), (staff, limits.staff)]
    needs = [(need[list(open_places)], limit) for need, limit in bounds if limit is not None]
    members = [
        [n for n, place in enumerate(open_places) if group in groups[place]]
        for group in sorted({g for p in open_places for g in groups[p]})
    ]
    picked = select_best(gains[list(open_places)], needs=needs, exclusive=members)
    return {open_places[n] for n in picked}


@dataclass(frozen=True)
class _Run:
    steps: pl.DataFrame
    low: float
    high: float


def _run(ordered: pl.DataFrame, *, cells: Array, inclusion: Inclusion, places: dict[str, int]) -> _Run:
    """Walk the steps twice: once as if all work least, once as if all work best."""
    least, best = cells.copy(), cells.copy()
    start = float(cells.sum())
    raised = {
        name for names in ordered.filter(pl.col("step").cast(pl.String) == "enable").get_column("enables") for name in names
    }
    rows: list[dict[str, object]] = []
    for number, row in enumerate(ordered.iter_rows(named=True), start=1):
        place = places[row["measure"]]
        weak, strong = _shares(row, raised=row["measure"] in raised)
        before = float(best.sum()), float(least.sum())
        cut_low, cut_high = weak * inclusion.low[place], strong * _reach_cells(row, cells=cells, high=inclusion.high[place])
        reduction = float((best * cut_low).sum()), float((least * cut_high).sum())
        least, best = least * (1 - cut_low), best * (1 - cut_high)
        rows.append(
            {
                "measure": row["measure"],
                "step": row["step"],
                "order": number,
                "status": "chosen",
                "because": None,
                "before_low_t": before[0],
                "before_high_t": before[1],
                "reduction_low_t": reduction[0],
                "reduction_high_t": reduction[1],
                "after_low_t": float(best.sum()),
                "after_high_t": float(least.sum()),
                "group": row["exclusion_group"],
            }
        )
    steps = pl.DataFrame(rows, schema=PortfolioStep.create_empty().schema)
    return _Run(steps=steps, low=max(0.0, start - float(least.sum())), high=min(start, start - float(best.sum())))


def _reach_cells(row: dict[str, object], *, cells: Array, high: Array) -> Array:
    """Share of each cell the measure acts on at most; own operations without a line lie anywhere in the balance."""
    if row["addressed_basis"] == "own_operations":
        return np.full(
            cells.shape, min(1.0, float(str(row["addressed_high_t"] or 0.0)) / float(cells.sum())) if cells.sum() > 0 else 0.0
        )
    return high


def _shares(row: dict[str, object], *, raised: bool) -> tuple[float, float]:
    """The cut a measure makes in what it addresses: at least and at most."""
    if row["basis"] != "numbers" or not row["credited"]:
        return 0.0, 0.0
    number = {name: float(str(row[name])) for name in _PARTS}
    weak = number["depth_low"] * number["route_factor"] * (1 - number["implemented_high"])
    strong = number["depth_high"] * number["route_factor_high"] * (1 - number["implemented_low"])
    if raised:
        # a share that was reached may grow by half, the depth of what is reached may not
        strong = min(
            strong * ENABLING_CAP_2026,
            number["unreached_depth_high"] * number["route_factor_high"] * (1 - number["implemented_low"]),
        )
        strong = max(strong, weak)
    return min(1.0, weak), min(1.0, strong)


_PARTS = (
    "depth_low",
    "depth_high",
    "unreached_depth_high",
    "route_factor",
    "route_factor_high",
    "implemented_low",
    "implemented_high",
)


def _findings(status: Sequence[str]) -> tuple[Finding, ...]:
    unknown = sum(state in {"cost_not_known", "staff_not_known"} for state in status)
    if not unknown:
        return ()
    return (Finding(Code.COST_NOT_KNOWN, {"count": unknown}, where="portfolio", severity=Severity.NOTE),)
