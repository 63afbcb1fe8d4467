"""Whose decision are a city's emissions: its own, one it can influence, or one made elsewhere?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.action.addressed import OWN_OPERATIONS_2026, SECTOR_CONTENT_2026
from citytandem.tables.balance import CARRIERS, SECTORS
from citytandem.tables.results_action import ScopeSplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import dataframely as dy

    from citytandem.science.action.addressed import Emissions

DIRECT_LIMIT_2026 = 0.6
"""A municipality that decides directly over this share of its territory's emissions is not plausible (domain notes 2.4)."""

REAL_LEVEL_2026 = 2
"""From this level on (partial) a power moves emissions on its own; below it is limited, and said so. Our proposal (mark P)."""

TOUCHES_2026: dict[tuple[str, str], tuple[float, float]] = {
    ("social_housing", "*"): (0.02, 0.3),
    ("building_code", "*"): (0.01, 0.3),
    ("private_new_build", "*"): (0.01, 0.1),
    ("land_use_plan", "households"): (0.01, 0.1),
    ("land_use_plan", "services"): (0.01, 0.1),
    ("land_use_plan", "road"): (0.05, 0.3),
    ("electricity_utility", "*"): (0.0, 1.0),
    ("local_generation_siting", "*"): (0.05, 0.3),
    ("parking", "*"): (0.2, 0.6),
    ("public_transport", "road"): (0.02, 0.2),
    ("roads", "*"): (0.5, 1.0),
    ("traffic_rules_pricing", "*"): (0.5, 1.0),
    ("industry_permitting", "*"): (0.3, 1.0),
    ("economic_development_land", "*"): (0.1, 0.5),
}
"""Share of a sector's emissions an asset has to do with, where it is not all: new homes are few, motorways are not local.
Our proposal (mark P), wide on purpose; what is not named here is touched wholly."""

_ALL = "all"
_OWN = "municipal"
_HOMES_OF_OWN = ("services", "buildings", "services_and_industry", "stationary", "heat_use", "electricity_use")


@dataclass(frozen=True)
class _Shares:
    """Of one line: at least and at most decided, influenced and outside; and what says so."""

    decide: tuple[float, float]
    influence: tuple[float, float]
    outside: tuple[float, float]
    reasons: tuple[tuple[str, str | None], ...]
    level: int | None = None


def split_scope(
    emissions: Emissions, *, powers: pl.DataFrame, scope: pl.DataFrame, sector_part: pl.DataFrame
) -> tuple[dy.DataFrame[ScopeSplit], list[Finding]]:
    """Split a balance into ours to decide, ours to influence and outside our reach.

    What a city owns and runs is its to decide. What it can move by rule, money or ownership elsewhere is its to
    influence, as much of the sector as the power touches, as in the official British statistics of emissions within
    the influence of authorities; ``level`` says how far the strongest power goes, because a limited power is an
    influence too, but a weak one. What cannot be told is ``open``: a power not assessed, a power that touches an
    unknown share, a line that mixes sectors or carriers, own operations hidden in services. Nothing open is halved
    or guessed.

    Parameters
    ----------
    emissions
        The balance on the grid, t CO2e a year.
    powers
        Answer of ``answer_powers``.
    scope
        Sector, carrier, asset, dimension, minimum_level, influence: which power puts what in whose hands.
    sector_part
        Sector, part: what combined sectors contain.

    Returns
    -------
    One row per line and part; ``emissions_t`` is what certainly belongs to the part, and with the open row the
    line adds up exactly. And a finding when the direct part is implausibly large.
    """
    rules = _read_rules(scope, powers=powers)
    parts_of = _parts_of(sector_part)
    hidden_own = (
        0.0 if emissions.published[SECTORS.index(_OWN)].any() else OWN_OPERATIONS_2026[1] * float(emissions.positive.sum())
    )
    rows: list[dict[str, object]] = []
    for s, c in np.argwhere(emissions.published):
        sector, carrier, tonnes = SECTORS[s], CARRIERS[c], float(emissions.tonnes[s, c])
        shares = _possible(rules, sector=sector, sectors=parts_of.get(sector, (sector,)), carrier=carrier)
        hidden = min(tonnes, hidden_own) if sector in _HOMES_OF_OWN and tonnes > 0 else 0.0
        hidden_own -= hidden
        rows += _rows_of_line(sector, carrier, tonnes=tonnes, shares=shares, hidden=hidden)
    frame = ScopeSplit.cast(pl.DataFrame(rows, schema=ScopeSplit.create_empty().schema))
    return frame, _check_direct_share(frame, total=emissions.total)


def _read_rules(scope: pl.DataFrame, *, powers: pl.DataFrame) -> dict[tuple[str, str], _Shares]:
    """Every sector and carrier of the scope table with its shares under these powers."""
    text = [pl.col(name).cast(pl.String) for name in ("sector", "carrier", "dimension", "influence")]
    judged = (
        scope.select(*text, "asset", "minimum_level")
        .join(powers.select("asset", pl.col("dimension").cast(pl.String), "level"), on=["asset", "dimension"], how="left")
        .sort("sector", "carrier", "influence", "asset", "dimension", "minimum_level")
    )
    groups = judged.group_by("sector", "carrier", maintain_order=True)
    return {(str(sector), str(carrier)): _judge(str(sector), rows.to_dicts()) for (sector, carrier), rows in groups}


@dataclass(frozen=True)
class _Hold:
    """What one power puts into a city's hands: at least and at most this share, for this reason, at this level."""

    ends: tuple[float, float]
    reason: str
    asset: str | None
    level: int | None


_NO_HOLD = _Hold((0.0, 0.0), "no_power", None, None)


def _judge(sector: str, rows: Sequence[dict[str, object]]) -> _Shares:
    holds: dict[str, list[_Hold]] = {"ours": [], "influence": []}
    for row in rows:
        asset, level = str(row["asset"]), row["level"]
        touch = TOUCHES_2026.get((asset, sector)) or TOUCHES_2026.get((asset, "*")) or (1.0, 1.0)
        if level is None:
            hold = _Hold((0.0, touch[1]), "power_not_assessed", asset, None)
        elif int(str(level)) >= int(str(row["minimum_level"])):
            hold = _Hold(touch, f"power_{row['dimension']}", asset, int(str(level)))
        else:
            continue
        holds[str(row["influence"])].append(hold)
    return _close(_strongest(holds["ours"]), influence=_strongest(holds["influence"]))


def _strongest(holds: Sequence[_Hold]) -> _Hold:
    """Powers over the same line overlap: the widest counts, and the highest level of those that touch all it does."""
    if not holds:
        return _NO_HOLD
    ends = (max(hold.ends[0] for hold in holds), max(hold.ends[1] for hold in holds))
    widest = max(holds, key=lambda hold: (*hold.ends, hold.level or 0))
    level = max((hold.level for hold in holds if hold.level is not None and hold.ends >= widest.ends), default=None)
    return _Hold(ends, widest.reason, widest.asset, level)


def _close(ours: _Hold, *, influence: _Hold) -> _Shares:
    """Decided comes first; influence and outside share what is left."""
    decide = ours.ends
    left = (min(influence.ends[0], 1 - decide[1]), min(influence.ends[1], 1 - decide[0]))
    outside = (max(0.0, 1 - decide[1] - left[1]), 1 - decide[0] - left[0])
    return _Shares(decide, left, outside, ((ours.reason, ours.asset), (influence.reason, influence.asset)), influence.level)


def _parts_of(sector_part: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """What combined sectors contain, own operations apart: those are bounded by their usual share."""
    pairs = sector_part.select(pl.col("sector").cast(pl.String), pl.col("part").cast(pl.String)).filter(pl.col("part") != _OWN)
    grouped = pairs.sort("sector", "part").group_by("sector", maintain_order=True).agg("part")
    return {sector: tuple(parts) for sector, parts in grouped.iter_rows()}


def _possible(rules: dict[tuple[str, str], _Shares], *, sector: str, sectors: Iterable[str], carrier: str) -> _Shares:
    """The hull over everything the line may hold: its sectors as far as the content profile tells, and all carriers."""
    inside = {part: _over_carriers(rules, sector=part, carrier=carrier) for part in sectors}
    content = SECTOR_CONTENT_2026.get(sector, {})
    mix = {part: content.get(part, (0.0, 0.0 if content else 1.0)) for part in inside}

    def bound(kind: str) -> tuple[float, float]:
        ends = {part: getattr(shares, kind) for part, shares in inside.items()}
        low = _extreme({part: end[0] for part, end in ends.items()}, mix=mix, largest=False)
        return low, _extreme({part: end[1] for part, end in ends.items()}, mix=mix, largest=True)

    widest = max(inside.values(), key=lambda shares: (shares.decide[1], shares.influence[1]))
    return _Shares(bound("decide"), bound("influence"), bound("outside"), widest.reasons, _weakest(inside.values()))


def _over_carriers(rules: dict[tuple[str, str], _Shares], *, sector: str, carrier: str) -> _Shares:
    """The shares of one sector; where the carrier is not separated, the hull over those the rules tell apart."""
    if carrier != _ALL:
        return rules.get((sector, carrier)) or rules.get((sector, _ALL)) or _close(_NO_HOLD, influence=_NO_HOLD)
    found = [shares for (key, _), shares in rules.items() if key == sector] or [_close(_NO_HOLD, influence=_NO_HOLD)]

    def hull(kind: str) -> tuple[float, float]:
        ends = [getattr(shares, kind) for shares in found]
        return min(low for low, _ in ends), max(high for _, high in ends)

    widest = max(found, key=lambda shares: (shares.decide[1], shares.influence[1]))
    return _Shares(hull("decide"), hull("influence"), hull("outside"), widest.reasons, _weakest(found))


def _weakest(found: Iterable[_Shares]) -> int | None:
    """The lowest level among what is influenced; None where one is not known."""
    levels = [shares.level for shares in found if shares.influence[1] > 0]
    known = [level for level in levels if level is not None]
    return min(known) if known and len(known) == len(levels) else None


def _extreme(value: dict[str, float], *, mix: dict[str, tuple[float, float]], largest: bool) -> float:
    """The largest or smallest mean of values whose weights add up to one, each weight within its bounds.

    >>> round(_extreme({"road": 0.5, "aviation": 0.0}, mix={"road": (0.65, 1.0), "aviation": (0.0, 0.5)}, largest=False), 3)
    0.325
    """
    found = sum(mix[part][0] * value[part] for part in value)
    left = 1.0 - sum(mix[part][0] for part in value)
    for part in sorted(value, key=lambda name: value[name], reverse=largest):
        taken = min(max(left, 0.0), mix[part][1] - mix[part][0])
        found, left = found + taken * value[part], left - taken
    return min(max(found, 0.0), 1.0)


def _rows_of_line(sector: str, carrier: str, *, tonnes: float, shares: _Shares, hidden: float) -> list[dict[str, object]]:
    decided = (shares.decide[0] * (tonnes - hidden), shares.decide[1] * (tonnes - hidden) + hidden)
    influenced = (shares.influence[0] * (tonnes - hidden), shares.influence[1] * tonnes)
    outside = (shares.outside[0] * (tonnes - hidden), shares.outside[1] * tonnes)
    unclear = tonnes - decided[0] - influenced[0] - outside[0]
    reasons = {
        "decide": ("own_operations_hidden", "municipal_buildings", "K") if hidden else (*shares.reasons[0], "P"),
        "influence": (*shares.reasons[1], "P"),
        "outside": ("no_power" if shares.reasons[1][0] == "no_power" else "beyond_power", None, "P"),
    }
    rows: list[dict[str, object]] = []
    for part, ends in (("decide", decided), ("influence", influenced), ("outside", outside)):
        if ends[1] != 0:
            level = shares.level if part == "influence" else None
            rows.append(_row(sector, carrier, part=part, value=ends[0], most=ends[1], told=reasons[part], level=level))
    if unclear != 0 or not rows:
        vague = "power_not_assessed" if "power_not_assessed" in {reason for reason, _ in shares.reasons} else "part_of_the_way"
        rows.append(_row(sector, carrier, part="open", value=unclear, most=unclear, told=(vague, None, "K" if hidden else "P")))
    return rows


def _row(
    sector: str,
    carrier: str,
    *,
    part: str,
    value: float,
    most: float,
    told: tuple[str, str | None, str],
    level: int | None = None,
) -> dict[str, object]:
    low, high = (min(0.0, value), max(0.0, value)) if part == "open" else (min(value, most), max(value, most))
    reason, asset, mark = told
    return {
        "sector": sector, "carrier": carrier, "part": part, "emissions_t": value,
        "low_t": low, "high_t": high, "reason": reason, "asset": asset, "level": level, "mark": mark,
    }  # fmt: skip


def _check_direct_share(split: pl.DataFrame, *, total: float) -> list[Finding]:
    direct = float(split.filter(pl.col("part").cast(pl.String) == "decide").get_column("emissions_t").sum())
    if total <= 0 or direct / total <= DIRECT_LIMIT_2026:
        return []
    facts = {"share": direct / total, "limit": DIRECT_LIMIT_2026}
    return [Finding(Code.DIRECT_SHARE_IMPLAUSIBLE, facts, where="split", severity=Severity.WARNING)]
