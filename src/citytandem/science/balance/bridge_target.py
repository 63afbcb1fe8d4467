"""What would a balance be under another method, or inside our comparable core?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding
from citytandem.science.balance import parts as cut
from citytandem.science.balance.bridge import Bridge, Steps, bridge_between, note
from citytandem.science.balance.electricity import GridFactor, find_grid_factor, find_regional_factor
from citytandem.science.balance.views import energy_view
from citytandem.tables.balance import SECTORS

if TYPE_CHECKING:
    from citytandem.science.balance.parts import Cell, Side
    from citytandem.tables.method import Method

CORE_VARIANTS = ("core_no_industry", "core", "core_waste")
STEP_OF = {
    "waste": "waste",
    "wastewater": "waste",
    "agriculture": "land",
    "land_use": "land",
    "industry_process": "industry",
    "industry_energy": "industry",
    "aviation": "aviation",
    "navigation": "other_transport",
    "off_road": "other_transport",
    "energy_industry": "energy_industry",
}
"""The step that leaves a sector out."""
_UPSTREAM = ("direct", "upstream_included")


@dataclass(frozen=True, slots=True)
class Target:
    """What the end of a bridge counts. ``any`` where the end accepts whatever a balance says."""

    name: str
    sectors: frozenset[str]
    optional: frozenset[str]
    electricity: str
    upstream: str
    chp: str
    gwp: str
    booking: str
    marks: Mapping[str, str | None]
    source: str


def target_of_method(method: Method) -> Target:
    """A method as the end of a bridge."""
    keys = {field: method.mark_of(field) for field in ("sectors", "electricity", "upstream", "chp", "gwp", "booking")}
    return Target(
        name=method.method,
        sectors=frozenset(method.sectors),
        optional=frozenset(method.optional_sectors) | {"municipal"},
        electricity=method.electricity,
        upstream="any" if method.upstream == "optional" else method.upstream,
        chp="any" if method.chp == "unknown" else method.chp,
        gwp="any" if method.gwp == "unknown" else method.gwp,
        booking="any" if method.booking in {"both", "unknown"} else method.booking,
        marks=keys,
        source="+".join(sorted({source.source for source in method.sources})),
    )


def target_of_core(sector: pl.DataFrame, *, variant: str = "core") -> Target:
    """A variant of our comparable core as the end of a bridge.

    Parameters
    ----------
    sector
        Rows of :class:`~citytandem.tables.crosswalk.SectorRow`.
    variant
        core_no_industry, core or core_waste.
    """
    rows = sector.filter(~pl.col("combined") & (pl.col(variant).cast(pl.String) == "in"))
    inside = frozenset(rows["sector"].cast(pl.String).to_list())
    ours = dict.fromkeys(("sectors", "electricity", "upstream", "chp", "gwp", "booking"), "P")
    return Target(
        name=variant,
        sectors=inside,
        optional=inside & {"municipal", "agriculture_energy", "rail", "wastewater"},
        electricity="national",
        upstream="no",
        chp="any",
        gwp="any",
        booking="user",
        marks=ours,
        source="citytandem-2026",
    )


def bridge_to_target(
    own: Side,
    target: Target,
    *,
    contents: Mapping[str, frozenset[str]],
    factor: pl.DataFrame,
    bound: pl.DataFrame,
    other_gases: float = 0.0,
) -> tuple[pl.DataFrame, list[Finding]]:
    """Steps from a published balance to what another method would count.

    Parameters
    ----------
    own
        The balance.
    target
        Where the bridge ends.
    contents
        Sectors inside each combined sector.
    factor, bound
        Emission factors, and between which values they can be true.
    other_gases
        Largest share by which other gases add to the CO2 of burned fuels.

    Returns
    -------
    Rows of :class:`~citytandem.tables.results_bridge.BridgeStep`, and findings. A step that cannot be sized has no change: the
    total at the end is then the one before that step.
    """
    steps = Steps()
    _leave_out(steps, own, target=target)
    _ask_for(steps, own, target=target, contents=contents)
    if not own.is_itemised:
        finding = note(Code.BRIDGE_TOTAL_NOT_ITEMISED, own=float(round(own.rest_t)), theirs=None)
        steps.add("coverage", change=None, part="not_itemised", source=own.source, basis="not_known", finding=finding)
    _price_electricity(steps, own, target=target, factor=factor)
    _take_out_upstream(steps, own, target=target, bound=bound)
    heat = _heat_bound(own, bound=bound) if target.chp not in {"any", own.says("chp")} else None
    _compare(steps, "chp_allocation", own=own, aspect="chp", wanted=target.chp, target=target, bound=heat)
    most = other_gases * abs(own.total_t)
    gases = {own.says("gwp"): (0.0, most), target.gwp: (-most, 0.0)}.get("co2_only")
    _compare(steps, "gwp_set", own=own, aspect="gwp", wanted=target.gwp, target=target, bound=gases)
    return steps.frame(), steps.told()


def _leave_out(steps: Steps, own: Side, *, target: Target) -> None:
    """Every line whose sectors the end does not count, and what cannot be told apart inside the others."""
    inside = target.sectors | target.optional
    unsplit: dict[str, set[str]] = {}
    left_out: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in own.cells:
        sectors = {sector for sector, _ in cell.nodes}
        if sectors & inside:
            for sector in sectors - inside:
                unsplit.setdefault(STEP_OF.get(sector, "coverage"), set()).add(sector)
        elif cell.value is not None:
            # a key instead of a number adds nothing to the published total, so there is nothing to take out
            left_out.setdefault(_name_left(cell, own=own, target=target), []).append(cell)
    for (step, name, scope), cells in left_out.items():
        if any(cell.value for cell in cells):
            change, half = -math.fsum(cell.value or 0.0 for cell in cells), cut.half_of_cells(cells, side=own)
            mark = target.marks.get("sectors")
            steps.add(step, change=change, half=half, mark=mark, part=name, scope=scope, source=own.source)
    separate = {sector for cell in own.cells if cut.is_told(cell) and len(cell.nodes) == 1 for sector, _ in cell.nodes}
    for step, sectors in unsplit.items():
        if left := sectors - separate:
            finding = note(Code.BRIDGE_NOT_SEPARATED, sector=_join(left))
            steps.add(step, change=None, part=_join(left), source=own.source, basis="not_known", finding=finding)


def _name_left(cell: Cell, *, own: Side, target: Target) -> tuple[str, str, str]:
    """Step, part and scope under which a line is left out."""
    name = _join({sector for sector, _ in cell.nodes})
    sector = name.split("+", maxsplit=1)[0]
    booked = sector == "energy_industry" and target.booking != own.method.booking
    scopes = sorted({scope for _, scope in cell.nodes})
    return "booking" if booked else STEP_OF.get(sector, "coverage"), name, scopes[0] if len(scopes) == 1 else "none"


def _ask_for(steps: Steps, own: Side, *, target: Target, contents: Mapping[str, frozenset[str]]) -> None:
    """Sectors the end counts and the balance does not tell, and heat and power of a balance booked at the plants."""
    told = {sector for cell in own.cells if cut.is_told(cell) for sector, _ in cell.nodes}
    hidden = {sector for cell in own.cells if cell.notation in {"NE", "C"} for sector, _ in cell.nodes}
    if "heat_use" in {str(name) for name in own.line["sector"].cast(pl.String).unique()}:
        told |= contents["stationary"]
    for sector in SECTORS:
        if sector not in target.sectors or sector in target.optional or (sector in told and sector not in hidden):
            continue
        code = Code.BRIDGE_NOT_ESTIMATED if sector in hidden else Code.BRIDGE_SECTOR_MISSING
        steps.add(
            STEP_OF.get(sector, "coverage"),
            change=None,
            part=sector,
            source=own.source,
            basis="not_known",
            finding=note(code, sector=sector),
        )
    if target.booking == "user" and own.method.booking == "producer":
        steps.add(
            "booking", change=None, source=own.source, basis="not_known", finding=note(Code.BRIDGE_NEEDS_KWH, sector="total")
        )


def _price_electricity(steps: Steps, own: Side, *, target: Target, factor: pl.DataFrame) -> None:
    """Electricity under the national factor of the year, where its energy and its published factor are known."""
    said = own.says("electricity")
    mark = target.marks.get("electricity")
    if target.electricity in {"unknown", "none"} or target.booking == "producer":
        return
    rows = _electric(own.line)
    grid = _find_grid(factor, own=own, wanted=target.electricity)
    if rows.height and grid is not None:
        _reprice(steps, rows, grid=grid, own=own)
    elif said == target.electricity:
        steps.add("electricity_view", change=0.0, source=f"{own.source}+{target.source}", basis="method", mark=mark)
    else:
        energy = float(rows["activity_mwh"].sum()) if rows.height else None
        finding = (
            note(Code.BRIDGE_NEEDS_FACTOR, mwh=float(round(energy)))
            if energy
            else note(Code.BRIDGE_NEEDS_KWH, sector="electricity_use")
        )
        steps.add("electricity_view", change=None, source=own.source, basis="not_known", finding=finding)


def _find_grid(factor: pl.DataFrame, *, own: Side, wanted: str) -> GridFactor | None:
    """The national factor; for a method that wants that of the grid region the one of the city, where its country is cut into
    regions and it is known in which the city lies.
    """
    here = factor.filter((pl.col("country") == own.country) & (pl.col("carrier").cast(pl.String) == "electricity"))
    regions = set(here["region"].to_list()) - {"national"}
    if wanted == "regional" and regions:
        return find_regional_factor(here, country=own.country, year=int(own.header["year"]), regions=own.regions)
    if wanted not in {"national", "regional"}:
        return None
    return find_grid_factor(here, country=own.country, year=int(own.header["year"]))


def _reprice(steps: Steps, rows: pl.DataFrame, *, grid: GridFactor, own: Side) -> None:
    priced = rows.filter(pl.col("published_t").is_not_null())
    energy = float(priced["activity_mwh"].sum())
    before = float(priced["published_t"].sum())
    after = energy * grid.kg_per_mwh / 1000.0
    # one factor prices all lines, so its error is shared by all of them and does not average out
    half = own.shared.electricity * after
    if priced.height:
        steps.add("electricity_view", change=after - before, half=half, source=f"{own.source}+{grid.source}", mark=grid.mark)
    if priced.height < rows.height:
        finding = note(Code.BRIDGE_NEEDS_FACTOR, mwh=float(round(float(rows["activity_mwh"].sum()) - energy)))
        part = "electricity_use" if priced.height else "total"
        steps.add("electricity_view", change=None, part=part, source=own.source, basis="not_known", finding=finding)


def _electric(line: pl.DataFrame) -> pl.DataFrame:
    """Lines of electricity with energy, of the one view with most of it, and what their publisher emits with them."""
    rows = line.filter((pl.col("carrier").cast(pl.String) == "electricity") & (pl.col("activity_mwh") > 0))
    published = pl.coalesce("emissions_t", pl.col("activity_mwh") * pl.col("factor_kg_per_mwh") / 1000.0)
    rows = rows.with_columns(pl.col("view").cast(pl.String), published.alias("published_t"))
    return rows.filter(pl.col("view") == energy_view(rows)) if rows.height else rows


def _take_out_upstream(steps: Steps, own: Side, *, target: Target, bound: pl.DataFrame) -> None:
    """Upstream chains in or out: bounded by what factors with and without them can be, where energy by carrier is known."""
    said = own.says("upstream")
    if target.upstream == "any":
        return
    mark = target.marks.get("upstream")
    if said == target.upstream != "unknown":
        steps.add("upstream", change=0.0, source=f"{own.source}+{target.source}", basis="method", mark=mark)
        return
    finding = note(Code.BRIDGE_NEEDS_STATEMENT, step="upstream", own=said, theirs=target.upstream)
    limits = _upstream_bound(own.line, bound=bound) if {said, target.upstream} == {"yes", "no"} else None
    if limits is None:
        steps.add("upstream", change=None, source=own.source, basis="not_known", finding=finding)
        return
    signed = limits if target.upstream == "yes" else (-limits[1], -limits[0])
    source = f"{own.source}+citytandem-2026"
    steps.add("upstream", change=None, bound=signed, source=source, basis="bounded", mark="P", finding=finding)


def _upstream_bound(line: pl.DataFrame, *, bound: pl.DataFrame) -> tuple[float, float] | None:
    """Least and most that upstream chains can add to the fuels whose energy is known."""
    limits = bound.with_columns(pl.col("carrier", "view").cast(pl.String))
    pair = [limits.filter(pl.col("view") == view).select("carrier", "low", "high") for view in _UPSTREAM]
    both = pair[0].join(pair[1], on="carrier", suffix="_upstream").filter(pl.col("carrier") != "electricity")
    energy = line.with_columns(pl.col("carrier", "view").cast(pl.String)).filter(pl.col("activity_mwh") > 0)
    known = energy.join(both, on="carrier")
    if not known.height:
        return None
    rows = known.filter(pl.col("view") == energy_view(known))
    least = rows.select((pl.col("activity_mwh") * (pl.col("low_upstream") - pl.col("high")).clip(lower_bound=0) / 1000.0).sum())
    most = rows.select((pl.col("activity_mwh") * (pl.col("high_upstream") - pl.col("low")).clip(lower_bound=0) / 1000.0).sum())
    return float(least.item()), float(most.item())


def _compare(
    steps: Steps, step: str, *, own: Side, aspect: str, wanted: str, target: Target, bound: tuple[float, float] | None
) -> None:
    """A choice of the method: equal, within the ``bound``, or without a size."""
    said = own.says(aspect)
    if wanted == "any":
        return
    if said == wanted:
        source = f"{own.source}+{target.source}"
        steps.add(step, change=0.0, source=source, basis="method", mark=target.marks.get(aspect))
        return
    finding = note(Code.BRIDGE_NEEDS_STATEMENT, step=step, own=said, theirs=wanted)
    basis = "bounded" if bound else "not_known"
    steps.add(step, change=None, bound=bound, source=own.source, basis=basis, finding=finding)


def _heat_bound(own: Side, *, bound: pl.DataFrame) -> tuple[float, float] | None:
    """Least and most that another way of sharing out heat and power can change, where the heat used is known in MWh.

    However a plant is shared out, its heat carries no less than nothing and no more than heat of this kind can; the factor it
    really has needs the power and heat its plants deliver, which no balance states.
    """
    rows = own.line.filter((pl.col("carrier").cast(pl.String) == "district_heat") & (pl.col("activity_mwh") > 0))
    priced = rows.with_columns(
        pl.coalesce("emissions_t", pl.col("activity_mwh") * pl.col("factor_kg_per_mwh") / 1000.0).alias("t")
    )
    told = priced.filter(pl.col("view").cast(pl.String) == energy_view(priced)) if priced.height else priced
    content = "upstream_included" if own.says("upstream") == "yes" else "direct"
    texts = bound.with_columns(pl.col("carrier", "view").cast(pl.String))
    limit = texts.filter((pl.col("carrier") == "district_heat") & (pl.col("view") == content))["high"].to_list()
    if not told.height or told["t"].null_count() or not limit:
        return None
    emitted, energy = float(told["t"].sum()), float(told["activity_mwh"].sum())
    return -emitted, max(0.0, limit[0] * energy / 1000.0 - emitted)


def _join(sectors: set[str]) -> str:
    return "+".join(sector for sector in SECTORS if sector in sectors)


def _half_at_end(own: Side, steps: pl.DataFrame, *, target: Target) -> float:
    """Half-width of what is left: lines taken out take their error along, a new factor brings its own instead of the old one."""
    kept = [cell for cell in own.cells if {sector for sector, _ in cell.nodes} & (target.sectors | target.optional)]
    priced = steps.filter((pl.col("step") == "electricity_view") & (pl.col("basis") != "method"))
    sized = priced.filter(pl.col("high_t").is_not_null())
    new = (sized["high_t"] - sized["change_t"]).to_list()
    # where a part keeps its old factor, the old error is kept for all of it
    anew = sized.height > 0 and sized.height == priced.height
    return math.hypot(cut.half_of_cells(kept, side=own, with_grid=not anew), own.rest_half_t, *new)


def build_bridge(
    own: Side,
    end: Side | Target,
    *,
    contents: Mapping[str, frozenset[str]],
    factor: pl.DataFrame,
    bound: pl.DataFrame,
    other_gases: float = 0.0,
) -> Bridge:
    """The bridge from a balance to another one, or to what a method or the core would count.

    Parameters
    ----------
    own
        Where it starts.
    end
        Another published balance, or a target.
    contents, factor, bound, other_gases
        As in :func:`bridge_to_target`.

    Returns
    -------
    Bridge
        Its steps add up to the difference of both ends, to the tonne.
    """
    if isinstance(end, Target):
        steps, findings = bridge_to_target(own, end, contents=contents, factor=factor, bound=bound, other_gases=other_gases)
        to_t, name = own.total_t + math.fsum(steps["change_t"].drop_nulls().to_list()), end.name
        half = _half_at_end(own, steps, target=end)
    else:
        steps, findings = bridge_between(own, end, other_gases=other_gases)
        to_t, half, name = end.total_t, end.half_t, str(end.header["balance"])
    recalled = steps.filter((pl.col("mark") == "K") & (pl.col("change_t") != 0)).height
    told = [note(Code.BRIDGE_RECALLED, count=recalled)] if recalled else []
    return Bridge(
        city=str(own.header["city"]),
        year=int(own.header["year"]),
        start=str(own.header["balance"]),
        end=name,
        from_t=own.total_t,
        to_t=to_t,
        from_half_t=own.half_t,
        to_half_t=half,
        steps=steps,
        published=not isinstance(end, Target),
        findings=(*told, *findings),
    )
