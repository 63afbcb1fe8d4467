"""Why does a city differ from its peers, and from its own past? The parts of a difference, adding up exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from citytandem.science.benchmark.lmdi import split_difference

Parts = Mapping[str, float]
"""Emissions per head by sector, t CO2e."""
Cell = tuple[str, str]
"""Sector and carrier."""

_SPLITS = {
    "core_no_industry": ("buildings", "transport"),
    "core": ("stationary", "transport"),
    "core_waste": ("stationary", "transport", "waste"),
}
_NAMES = {"industry": "industry_energy", "full": "total"}


@dataclass(frozen=True)
class Energy:
    """Energy and emissions of one balance by sector and carrier; ``level`` says which of the two is known."""

    level: str
    mwh: Mapping[Cell, float]
    emissions_t: Mapping[Cell, float]


def partition(outcome: str, *, sides: Sequence[Mapping[str, float | None]]) -> list[dict[str, float]]:
    """Split an outcome into sectors as finely as every side knows them.

    Parameters
    ----------
    outcome
        What is split, known on every side.
    sides
        For each balance emissions by outcome (t CO2e or per head), None where unknown.

    Returns
    -------
    For each side emissions by sector, adding up to the outcome; the same sectors on every side.

    >>> partition("buildings", sides=[{"buildings": 3.0, "households": 2.0}, {"buildings": 4.0, "households": 1.0}])
    [{'households': 2.0, 'services': 1.0}, {'households': 1.0, 'services': 3.0}]
    """
    found: list[dict[str, float]] = [{} for _ in sides]
    pieces_of = _SPLITS.get(outcome, (outcome,))
    if not _all_known(sides, *pieces_of):
        return [{"total": _of(side, outcome)} for side in sides]
    for part in pieces_of:
        for into, pieces in zip(found, _pieces(part, sides), strict=True):
            into.update(pieces)
    return found


def _pieces(part: str, sides: Sequence[Mapping[str, float | None]]) -> list[dict[str, float]]:
    if part == "stationary" and _all_known(sides, "buildings", "industry"):
        inner = _pieces("buildings", sides)
        return [
            {
                **pieces,
                "industry_energy": _of(side, "industry"),
                "other": _of(side, part) - _of(side, "buildings") - _of(side, "industry"),
            }
            for side, pieces in zip(sides, inner, strict=True)
        ]
    if part == "buildings" and _all_known(sides, "households"):
        return [{"households": _of(side, "households"), "services": _of(side, part) - _of(side, "households")} for side in sides]
    return [{_NAMES.get(part, part): _of(side, part)} for side in sides]


def _all_known(sides: Sequence[Mapping[str, float | None]], *names: str) -> bool:
    return all(side.get(name) is not None for side in sides for name in names)


def _of(side: Mapping[str, float | None], name: str) -> float:
    value = side[name]
    if value is None:
        raise ValueError(name)
    return value


FACTORS = ("population", "per_head", "energy_per_head", "carrier_mix", "emission_factor")
_SIDES = ("own", "ref")
_ERRORS = ("half_own", "half_ref", "half_gap")
_KEYS = ("kind", "level", "sector", "carrier", "reference", "people", *_ERRORS)
PAIRS = {
    **dict.fromkeys(_KEYS[:5], pl.String),
    **dict.fromkeys(("people", *_ERRORS), pl.Float64),
    **{f"{name}_{side}": pl.Float64 for name in FACTORS for side in _SIDES},
}
"""One row per sector or carrier and identity, with the factors of both sides; null where the identity has no such factor.
``half_own`` and ``half_ref`` are half-widths of emissions per head on each side where their errors are independent, ``half_gap``
that of the difference where they are not."""


def by_sector(own: Parts, *, reference: Parts, people: tuple[float, float], kind: str, name: str) -> pl.DataFrame:
    """Pairs for the identity emissions = population × emissions per head, one row per sector.

    Parameters
    ----------
    own, reference
        Emissions per head by sector, the same sectors.
    people
        Population of the two sides.
    kind, name
        Spatial or temporal, and what the reference is called.
    """
    rows = [
        {
            "kind": kind, "level": "sector", "sector": sector, "carrier": "all", "reference": name, "people": people[0],
            "population_own": people[0], "population_ref": people[1], "per_head_own": own[sector],
            "per_head_ref": reference[sector],
        }
        for sector in own
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=PAIRS)


def with_errors(
    pairs: pl.DataFrame, *, own: Parts | None = None, reference: Parts | None = None, gap: Parts | None = None
) -> pl.DataFrame:
    """Pairs with half-widths of emissions per head by sector: of both sides, or of their difference."""
    given = {"half_own": own, "half_ref": reference, "half_gap": gap}
    sectors = pairs["sector"].to_list()
    return pairs.with_columns(
        pl.Series(name, [values[sector] for sector in sectors], dtype=pl.Float64).fill_nan(None)
        for name, values in given.items()
        if values is not None
    )


def by_energy(own: Energy, *, reference: Energy, people: tuple[float, float], kind: str, name: str) -> pl.DataFrame | None:
    """Pairs for population × energy per head × carrier mix × emission factor; None if emissions stand without energy.

    Energy per head is that of the sector (of all sectors where only carriers are known), the mix the share of the
    carrier in it. Without carriers there is no mix. A cell not used on one side has share zero and no factor there.
    """
    sides = (own, reference)
    if any(value < 0 for side in sides for value in (*side.emissions_t.values(), *side.mwh.values())):
        return None
    if any(side.mwh.get(cell, 0.0) <= 0 < tonnes for side in sides for cell, tonnes in side.emissions_t.items()):
        return None
    rows = []
    for cell in dict.fromkeys((*own.mwh, *reference.mwh)):
        row: dict[str, object] = {
            "kind": kind, "level": own.level, "sector": cell[0], "carrier": cell[1], "reference": name, "people": people[0],
        }  # fmt: skip
        for end, side, heads in zip(_SIDES, sides, people, strict=True):
            row |= {f"{factor}_{end}": value for factor, value in _cell_factors(side, cell, heads).items()}
        rows.append(row)
    return pl.DataFrame(rows, schema=PAIRS)


def _cell_factors(side: Energy, cell: Cell, people: float) -> dict[str, float | None]:
    sector_mwh = sum(value for other, value in side.mwh.items() if other[0] == cell[0])
    mwh = side.mwh.get(cell, 0.0)
    found: dict[str, float | None] = {"population": people, "energy_per_head": sector_mwh / people}
    if side.level != "sector_energy":
        found["carrier_mix"] = mwh / sector_mwh if sector_mwh > 0 else None
    found["emission_factor"] = side.emissions_t.get(cell, 0.0) / mwh if mwh > 0 else None
    return found


def explain(pairs: pl.DataFrame) -> pl.DataFrame:
    """Rows as :class:`~citytandem.tables.results_benchmark.Driver` for pairs of any number of identities and cities.

    Parts below zero, as credits of waste, have no logarithmic mean: their difference stays whole. Columns of
    ``pairs`` before ``kind``, such as a city, are kept.

    Effects of the identity population × emissions per head have 90 % intervals: errors of the emissions of both sides, carried to
    first order (an effect against the peers, where population is held, has exactly the error of the difference). Effects that
    tell energy, mix and factor apart have none: grades do not say how sure each of these is, so the ends stay null.
    """
    extra = [name for name in pairs.columns if name not in PAIRS]
    columns = [f"{name}_{side}" for name in FACTORS for side in _SIDES]
    below = pl.any_horizontal(pl.col(columns) < 0).fill_null(False)
    keys = [*extra, *_KEYS]
    effects = _half_of_effects(split_difference(pairs.filter(~below), factors=list(FACTORS)))
    long = [_long(effects, name, keys) for name in FACTORS]
    per_head = pl.col("effect_t") / pl.col("people")
    long.append(_whole(pairs.filter(below), keys))
    return pl.concat(long).select(
        *extra, "kind", "level", "sector", "carrier", "factor", "effect_t", per_head.alias("effect_t_per_head"),
        (per_head - pl.col("half")).alias("low_t_per_head"), (per_head + pl.col("half")).alias("high_t_per_head"),
        "from_value", "to_value", "reference",
    )  # fmt: skip


def _half_of_effects(pairs: pl.DataFrame) -> pl.DataFrame:
    """Half-width per own inhabitant of the effects of population and of emissions per head; null where none can be given.

    With E = P h and the logarithmic mean L, an effect is L ln(ratio of its factor); its change with E of either side is taken,
    with P known exactly.
    """
    own, ref = (pl.col(f"population_{side}") * pl.col(f"per_head_{side}") for side in _SIDES)
    ratio = (own / ref).log()
    level = ratio.abs() < _LEVEL
    mean = pl.when(level).then((own + ref) / 2).otherwise((own - ref) / ratio)
    slopes = {
        "own": pl.when(level).then(0.5).otherwise((ratio - (own - ref) / own) / ratio**2),
        "ref": pl.when(level).then(0.5).otherwise(((own - ref) / ref - ratio) / ratio**2),
    }
    heads, errors = ((pl.col(f"{name}_own") / pl.col(f"{name}_ref")).log() for name in ("population", "per_head")), []
    for moved, turned in zip(heads, (0.0, 1.0), strict=True):
        by_own = (slopes["own"] * moved + turned * mean / own) * pl.col("half_own") * pl.col("population_own")
        by_ref = (slopes["ref"] * moved - turned * mean / ref) * pl.col("half_ref") * pl.col("population_ref")
        errors.append((by_own**2 + by_ref**2).sqrt() / pl.col("people"))
    positive = (own > 0) & (ref > 0)
    known = [pl.when(positive).then(one) for one in errors]
    return pairs.with_columns(
        pl.when(pl.col("half_gap").is_not_null()).then(0.0).otherwise(known[0]).alias("half_population"),
        pl.coalesce("half_gap", known[1]).alias("half_per_head"),
    )


_LEVEL = 1e-4
"""Below this logarithmic gap the two sides count as equal: the slope of their mean is then one half."""


def _long(effects: pl.DataFrame, name: str, keys: list[str]) -> pl.DataFrame:
    own, ref = f"{name}_own", f"{name}_ref"
    return effects.filter(pl.col(own).is_not_null() | pl.col(ref).is_not_null()).select(
        *keys,
        pl.lit(name).alias("factor"),
        pl.col(f"{name}_effect").alias("effect_t"),
        pl.col(ref).alias("from_value"),
        pl.col(own).alias("to_value"),
        (pl.col(f"half_{name}") if name in {"population", "per_head"} else pl.lit(None, pl.Float64)).alias("half"),
    )


def _whole(pairs: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    own, ref = (pl.col(f"population_{side}") * pl.col(f"per_head_{side}") for side in _SIDES)
    apart = ((pl.col("half_own") * pl.col("population_own")) ** 2 + (pl.col("half_ref") * pl.col("population_ref")) ** 2).sqrt()
    return pairs.select(
        *keys,
        pl.lit("difference").alias("factor"),
        (own - ref).alias("effect_t"),
        ref.alias("from_value"),
        own.alias("to_value"),
        pl.coalesce("half_gap", apart / pl.col("people")).alias("half"),
    )


def energy_of(lines: pl.DataFrame, *, sectors: Sequence[str], view: str, with_carriers: bool) -> Energy | None:
    """Energy and emissions of one balance in one view, or None if a line that emits states no energy.

    Parameters
    ----------
    lines
        Lines of one balance.
    sectors
        Sectors that count in the sector view; the carrier view has no sectors and counts whole.
    view
        ``sector`` or ``carrier``.
    with_carriers
        Keep carriers apart.
    """
    part = lines.filter(pl.col("view").cast(pl.String) == view)
    if view == "sector":
        part = part.filter(pl.col("sector").cast(pl.String).is_in(list(sectors)))
    part = part.filter(pl.col("emissions_t").fill_null(0) + pl.col("activity_mwh").fill_null(0) != 0)
    if part.is_empty() or part["activity_mwh"].null_count() or part["emissions_t"].null_count():
        return None
    carrier = pl.col("carrier").cast(pl.String) if with_carriers else pl.lit("all")
    if with_carriers and part["carrier"].cast(pl.String).is_in(["all"]).any():
        return None
    sector = pl.lit("all") if view == "carrier" else pl.col("sector").cast(pl.String)
    sums = (
        part.group_by(sector.alias("s"), carrier.alias("c"))
        .agg(pl.col("activity_mwh").sum(), pl.col("emissions_t").sum())
        .sort("s", "c")
    )
    cells = list(zip(sums["s"], sums["c"], strict=True))
    level = "carrier" if view == "carrier" else "sector_carrier" if with_carriers else "sector_energy"
    return Energy(
        level,
        dict(zip(cells, sums["activity_mwh"], strict=True)),
        dict(zip(cells, sums["emissions_t"], strict=True)),
    )


LEVELS: tuple[tuple[str, str, bool], ...] = (
    ("sector_carrier", "sector", True),
    ("carrier", "carrier", True),
    ("sector_energy", "sector", False),
)
"""Identities with energy, deepest first: name, view, carriers apart."""
