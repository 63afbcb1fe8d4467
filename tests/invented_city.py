"""Musterstadt: an invented city with invented figures, for tests of charts and briefings only."""

from __future__ import annotations

import polars as pl

from citytandem.science.balance.bridge import SCHEMA, Bridge

CITY = "DE-00000001"
PEERS = [f"DE-1000000{place}" for place in range(5)] + [f"JP-2000{place}" for place in range(4)]
NAMES = {CITY: "Musterstadt", **{peer: f"Erfundenheim {place}" for place, peer in enumerate(PEERS)}}


def invent_lines() -> pl.DataFrame:
    """Eleven years of a series with one year missing."""
    shares = {"households": 300.0, "services": 180.0, "municipal": 20.0, "industry_energy": 210.0, "road": 240.0, "rail": 12.0}
    return pl.DataFrame(
        [
            {
                "year": year,
                "sector": sector,
                "emissions_t": 1000 * base * (1 - 0.02 * (year - 2010)),
                "population": 150_000.0 + year,
            }
            for year in range(2010, 2022)
            if year != 2014
            for sector, base in shares.items()
        ]
    )


def invent_position() -> pl.DataFrame:
    """Four outcomes; industry is refused."""
    base = {"year": 2021, "method": "bisko", "grade": "B", "source": "invented", "expected_n": 300, "points": None, "n_peers": 9}
    rows = [
        ("households", 1.6, 1.5, 1.7, 1.5, 2.3, "less"),
        ("buildings", 2.7, 2.5, 2.9, 2.2, 3.6, "usual"),
        ("transport", 1.3, 1.2, 1.4, 1.0, 1.9, "usual"),
        ("core_no_industry", 4.0, 3.8, 4.2, 4.3, 5.7, "less"),
    ]
    shown = [
        {
            **base,
            "outcome": outcome,
            "value": value,
            "low": low,
            "high": high,
            "p10": p10,
            "p25": p10 + (p90 - p10) * 0.25,
            "median": p10 + (p90 - p10) * 0.45,
            "p75": p10 + (p90 - p10) * 0.7,
            "p90": p90,
            "expected": (p10 + p90) / 2 + 0.1,
            "expected_low": p10 - 0.4,
            "expected_high": p90 + 0.5,
            "verdict": verdict,
            "status": "complete",
        }
        for outcome, value, low, high, p10, p90, verdict in rows
    ]
    nothing = dict.fromkeys(
        ("value", "low", "high", "p10", "p25", "median", "p75", "p90", "expected", "expected_low", "expected_high")
    )
    refused = {**base, "outcome": "industry", **nothing, "verdict": "cannot_tell", "status": "refused", "n_peers": 2}
    return pl.DataFrame([*shown, refused], schema_overrides={"points": pl.Float64})


def invent_strip() -> pl.DataFrame:
    """Nine peers for each of four outcomes, one of them without a value."""
    rows = [
        {
            "outcome": row["outcome"],
            "peer": peer,
            "value": None if place == 3 else row["p10"] + (row["p90"] - row["p10"]) * ((place * 37 + 11) % 100) / 90,
            "low": None,
            "high": None,
            "year": 2019,
            "balance": f"{peer}-2019",
            "method": "bisko" if peer.startswith("DE") else "jp_area",
            "source": "invented",
            "status": "comparable",
        }
        for row in invent_position().filter(pl.col("value").is_not_null()).iter_rows(named=True)
        for place, peer in enumerate(PEERS)
    ]
    return pl.DataFrame(rows, schema_overrides={"low": pl.Float64, "high": pl.Float64})


def invent_drivers() -> pl.DataFrame:
    """Spatial effects per head that add up from 4.9 to 4.0, temporal ones in tonnes."""
    parts = [
        ("households", "energy_per_head", -0.31),
        ("households", "carrier_mix", -0.22),
        ("households", "emission_factor", 0.05),
        ("services", "energy_per_head", 0.14),
        ("services", "carrier_mix", -0.09),
        ("services", "emission_factor", -0.02),
        ("municipal", "energy_per_head", 0.01),
        ("road", "energy_per_head", -0.4),
        ("road", "carrier_mix", 0.02),
        ("road", "emission_factor", -0.06),
        ("rail", "energy_per_head", -0.02),
    ]
    return pl.DataFrame(
        [
            {
                "kind": kind,
                "level": "sector_carrier",
                "sector": sector,
                "carrier": "all",
                "factor": factor,
                "effect_t": effect * 150_000,
                "effect_t_per_head": effect,
                "from_value": 1.0,
                "to_value": 1.0 + effect,
                "reference": "peers" if kind == "spatial" else "DE-00000001-2010",
            }
            for kind in ("spatial", "temporal")
            for sector, factor, effect in parts
        ]
    )


def invent_split() -> pl.DataFrame:
    """Emissions by sector, carrier and part."""
    rows = [
        ("households", "natural_gas", "influence", 180_000.0),
        ("households", "electricity", "outside", 70_000.0),
        ("services", "all", "open", 140_000.0),
        ("municipal", "all", "decide", 18_000.0),
        ("road", "motor_fuel", "influence", 90_000.0),
        ("road", "motor_fuel", "outside", 110_000.0),
        ("industry_energy", "all", "outside", 160_000.0),
    ]
    return pl.DataFrame(
        [
            {
                "sector": sector,
                "carrier": carrier,
                "part": part,
                "emissions_t": tonnes,
                "low_t": tonnes,
                "high_t": tonnes,
                "reason": "invented",
                "asset": None,
                "level": 1 if part == "influence" else None,
                "mark": "P",
            }
            for sector, carrier, part, tonnes in rows
        ],
        schema_overrides={"asset": pl.String, "level": pl.Int8},
    )


def invent_profile() -> pl.DataFrame:
    """Seven fields; nothing is known about industry."""
    rows = [
        ("governance", 3.1, 10, 12),
        ("buildings", 1.8, 9, 22),
        ("energy", 2.4, 8, 20),
        ("transport", 2.0, 20, 29),
        ("waste", 2.9, 4, 13),
        ("land", 1.0, 2, 9),
        ("industry", None, 0, 12),
    ]
    return pl.DataFrame(
        [
            {
                "field": field,
                "row": "all",
                "stage": stage,
                "stage_low": stage,
                "stage_high": stage,
                "known": known,
                "measures": measures,
                "coverage": known / measures,
            }
            for field, stage, known, measures in rows
        ]
    )


TITLES = {
    "E03": "Dekarbonisierung des Wärmenetzes (Großwärmepumpe, Geothermie, Abwärme, Solar)",
    "B11": "Standards für den Bestand / Mindesteffizienzstandard",
    "T01": "Netz durchgehender Radwege",
    "T12": "City-Maut",
    "B01": "Sanierung kommunaler Gebäude",
    "B07": "Energieberatung",
    "G01": "Verbindliches Klimaziel mit Ratsbeschluss",
}


def invent_advice() -> pl.DataFrame:
    """Seven measures: six with a number, one whose effect is not known."""
    rows = [
        ("E03", "energy", "do", 1.0, 1.0, 0.2, 0.6, 2, 0.15, 0.4, 8_000.0, 42_000.0, "S", True),
        ("B11", "buildings", "rule", 0.4, 0.7, 0.1, 0.3, None, 0.0, 0.95, 500.0, 30_000.0, "S", True),
        ("T01", "transport", "do", 1.0, 1.0, 0.02, 0.08, 3, 0.4, 0.75, 300.0, 9_000.0, "S", True),
        ("T12", "transport", "rule", 0.2, 0.2, 0.05, 0.2, 0, 0.0, 0.02, 1_500.0, 12_000.0, "S", True),
        ("B01", "buildings", "do", 1.0, 1.0, 0.3, 0.6, 3, 0.4, 0.75, 1_000.0, 5_200.0, "P", False),
        ("B07", "buildings", "ask", 0.2, 0.2, 0.01, 0.1, 3, 0.4, 0.75, 20.0, 2_000.0, "K", False),
        ("G01", "governance", "do", 1.0, 1.0, None, None, 4, 0.9, 1.0, None, None, None, False),
    ]
    names = (
        "measure", "field", "route", "route_factor", "route_factor_high", "depth_low", "depth_high", "stage", "implemented_low",
        "implemented_high", "remaining_low_t", "remaining_high_t", "evidence_mark", "is_evidence",
    )  # fmt: skip
    more = {"remaining_t": None, "holds_share": 0.62, "cost_low": "L", "cost_high": "M", "visible_in_inventory": "yes"}
    frame = pl.DataFrame(
        [{**dict(zip(names, row, strict=True)), **more} for row in rows], schema_overrides={"remaining_t": pl.Float64}
    )
    known = pl.when(pl.col("remaining_high_t").is_null())
    return frame.with_columns(
        pl.lit("separated").alias("addressed_basis"),
        known.then(pl.lit("effect_not_known")).otherwise(pl.lit("numbers")).alias("basis"),
    )


def invent_places() -> pl.DataFrame:
    """The city, its peers in two parts of the world, and one partner."""
    rows = [("Musterstadt", 49.4, 8.7, "own"), ("Erfundenheim am Meer", 55.6, 12.5, "partner")]
    rows += [(f"Erfundenheim {place}", 48.0 + place, 8.0 + place, "peer") for place in range(5)]
    rows += [(f"Sōzō-shi {place}", 34.0 + place, 135.0 + place, "peer") for place in range(4)]
    return pl.DataFrame(rows, schema=["name", "latitude", "longitude", "role"], orient="row")


def invent_bridge() -> Bridge:
    """Six steps of every kind: named, unexplained, bounded, without a size, and zero."""
    rows = [
        ("boundary", "total", "none", 0.0, None, None, "method"),
        ("upstream", "total", "none", None, -40_000.0, -10_000.0, "bounded"),
        ("chp_allocation", "total", "none", None, None, None, "not_known"),
        ("industry", "industry_process", "1", -35_000.0, -50_000.0, -20_000.0, "lines"),
        ("waste", "waste+wastewater", "none", 12_500.0, 7_500.0, 17_500.0, "lines"),
        ("unexplained", "households", "1+2", -8_250.0, -20_000.0, 3_500.0, "lines"),
    ]
    names = ("step", "part", "scope", "change_t", "low_t", "high_t", "basis")
    steps = [
        {"number": number, **dict(zip(names, row, strict=True)), "mark": None, "code": None, "source": "invented"}
        for number, row in enumerate(rows, 1)
    ]
    return Bridge(
        city="DE-00000", year=2019, start="DE-00000.2019.invented", end="bisko", from_t=600_000.0, to_t=569_250.0,
        from_half_t=60_000.0, to_half_t=58_000.0, steps=pl.DataFrame(steps, schema=SCHEMA), published=False,
    )  # fmt: skip
