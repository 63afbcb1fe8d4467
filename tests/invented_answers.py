"""The answers for Musterstadt, an invented city: complete, and with everything refused."""

from __future__ import annotations

import polars as pl

from citytandem.briefing.answers import Answers
from citytandem.findings import Code, Finding
from citytandem.tables.provenance import Provenance
from tests import invented_city as invented

PROVENANCE = Provenance(release="invented-2026.1", release_sha256="0" * 64, code_version="0.1.0", seed=7)
NAMES = {city: {"": name} for city, name in invented.NAMES.items()} | {
    invented.CITY: {"": "Musterstadt", "ja": "ムスター市", "zh-Hans": "穆斯特市", "de": "Musterstadt"}
}
TITLES_JA = {
    "E03": "熱供給網の脱炭素化（大型ヒートポンプ、地熱、排熱、太陽熱）",
    "B11": "既存建物の性能基準（BPS）",
    "T01": "連続した自転車道網",
    "T12": "都心部の道路課金",
    "B01": "公共施設の改修",
    "B07": "エネルギー相談",
    "G01": "拘束力のある削減目標と議会議決",
}


def invent_structure() -> pl.DataFrame:
    """Own values beside the range of the peers."""
    rows = [
        ("population", 160_355.0, None, 2019, 90_000.0, 150_000.0, 260_000.0),
        ("density", 1_472.0, None, 2019, 700.0, 1_300.0, 2_900.0),
        ("hdd", 2_604.0, None, 2017, 2_100.0, 2_650.0, 3_300.0),
        ("koppen", None, "Cfb", 2017, None, None, None),
        ("industry_share", 0.21, None, 2018, 0.14, 0.24, 0.4),
        ("growth", 0.004, None, 2019, -0.006, 0.001, 0.009),
    ]
    names = ("variable", "own_value", "own_category", "year", "p10", "median", "p90")
    return pl.DataFrame(
        [{**dict(zip(names, row, strict=True)), "source": "invented", "n_known": 9} for row in rows],
        schema_overrides={"own_category": pl.String},
    )


def invent_trend() -> pl.DataFrame:
    """A falling series whose method changed once."""
    numbers = {"slope_per_year": [-0.021], "low": [-0.03], "high": [-0.012], "from_year": [2010], "to_year": [2021]}
    return pl.DataFrame({"outcome": ["core_no_industry"], "basis": ["per_head"], **numbers, "breaks": ["2017"]})


def invent_peers() -> pl.DataFrame:
    """Nine peers, most alike first."""
    return pl.DataFrame(
        {
            "peer": invented.PEERS,
            "country": [peer[:2] for peer in invented.PEERS],
            "distance": [0.1 + 0.03 * place for place in range(9)],
            "stability": [1.0 - 0.07 * place for place in range(9)],
        }
    )


def invent_reasons() -> pl.DataFrame:
    """Two variables for each peer: one in which it differs, one in which it is alike."""
    rows = [(peer, "density", 0.6, "more") for peer in invented.PEERS] + [(peer, "hdd", 0.1, "alike") for peer in invented.PEERS]
    return pl.DataFrame(rows, schema=["peer", "variable", "contribution", "direction"], orient="row")


def invent_outcomes() -> pl.DataFrame:
    """The outcomes of the own balance; stationary is not separated."""
    rows = [("full", 5.4, None), ("core_no_industry", 4.0, None), ("waste", None, "waste,wastewater")]
    return pl.DataFrame(
        [
            {
                "balance": "DE-00000001-2021",
                "outcome": outcome,
                "emissions_t": None if heads is None else heads * 152_000,
                "per_head_t": heads,
                "low_t_per_head": None if heads is None else heads * 0.94,
                "high_t_per_head": None if heads is None else heads * 1.06,
                "missing": missing,
                "grade": "B",
            }
            for outcome, heads, missing in rows
        ]
    )


def invent_gate() -> pl.DataFrame:
    """Nine pairs: most comparable, two after a step, one not."""
    rows = []
    for place, peer in enumerate(invented.PEERS):
        status = "not" if place == 3 else "after_step" if place in {5, 6} else "comparable"
        code = {"not": "gate_scope", "after_step": "gate_gwp", "comparable": None}[status]
        aspect = {"not": "scope", "after_step": "gwp", "comparable": "year"}[status]
        row = {"outcome": "core_no_industry", "other": f"{peer}-2019", "aspect": aspect, "city": peer, "status": status}
        rows.append({**row, "code": code, "own": "AR5", "theirs": "SAR", "cure": None})
    return pl.DataFrame(rows, schema_overrides={"cure": pl.String})


def invent_partners() -> pl.DataFrame:
    """Two partners: one with a tie, one without."""
    shared = {"reciprocity": "both", "topics_in": ["transport"], "topics_out": ["buildings"], "similarity": 0.7, "networks": []}
    rows = [
        {
            **shared,
            "partner": invented.PEERS[0],
            "sentence": "tie_both_learn",
            "tie": "partnership",
            "tie_since": 1988,
            "distance_km": 412.0,
        },
        {
            **shared,
            "partner": invented.PEERS[7],
            "sentence": "partner_both_learn",
            "tie": None,
            "tie_since": None,
            "distance_km": 9320.0,
        },
    ]
    more = {"differs": ["population", "hdd", "grid_factor"], "languages": ["de"], "timezone_hours": 8.0}
    return pl.DataFrame([{**row, **more} for row in rows])


def invent_exchanges() -> pl.DataFrame:
    """One measure in each direction."""
    rows = [(invented.PEERS[0], "gets", "E03"), (invented.PEERS[0], "gives", "T01"), (invented.PEERS[7], "gets", "T12")]
    return pl.DataFrame(rows, schema=["partner", "direction", "subject"], orient="row")


def invent_sources() -> pl.DataFrame:
    """One invented source, so that nobody takes these figures for real."""
    row = {
        "title": "Invented figures",
        "publisher": "tests",
        "licence": "none",
        "attribution": "Invented figures for tests",
        "year": "2026",
    }
    return pl.DataFrame([{"source": "invented", **row, "url": "https://example.org/invented", "sha256": None}])


def invent_answers() -> Answers:
    """Every part answered."""
    places = (
        invented.invent_places().with_columns(pl.Series("city", [invented.CITY, *[f"P-{n}" for n in range(10)]])).drop("name")
    )
    names = NAMES | {f"P-{n}": {"": name} for n, name in enumerate(invented.invent_places()["name"][1:])}
    return Answers(
        city=invented.CITY,
        country="DE",
        names=names,
        year=2021,
        question="overall",
        outcome="core_no_industry",
        provenance=PROVENANCE,
        lines=invented.invent_lines(),
        places=places,
        structure=invent_structure(),
        peers=invent_peers(),
        reasons=invent_reasons(),
        outcomes=invent_outcomes(),
        gate=invent_gate(),
        bridge=invented.invent_bridge(),
        position=invented.invent_position(),
        strip=invented.invent_strip(),
        trend=invent_trend(),
        drivers=invented.invent_drivers(),
        split=invented.invent_split(),
        profile=invented.invent_profile(),
        advice=invented.invent_advice(),
        done_by=pl.DataFrame({"measure": ["E03", "E03", "T01"], "city": invented.PEERS[:3]}),
        partners=invent_partners(),
        exchanges=invent_exchanges(),
        titles={key: {"de": title, "en": title, "ja": TITLES_JA[key]} for key, title in invented.TITLES.items()},
        sources=invent_sources(),
        balance={"method": "bisko", "source": "invented", "gwp": "AR5", "electricity": "national", "boundary": "municipality"},
    )


def refuse_answers() -> Answers:
    """A city without a balance: every part is a finding."""
    finding = Finding(Code.CITY_WITHOUT_BALANCE, {"city": "Musterstadt"})
    full = invent_answers()
    parts = dict.fromkeys(
        (
            "lines", "structure", "peers", "reasons", "outcomes", "gate", "position", "strip", "trend", "drivers", "split",
            "profile", "advice", "done_by", "partners", "exchanges",
        ),
        finding,
    )  # fmt: skip
    return Answers(
        city=full.city,
        country=full.country,
        names=full.names,
        year=None,
        question="overall",
        outcome=None,
        provenance=full.provenance,
        places=full.places.clear(),
        titles=full.titles,
        sources=full.sources.clear(),
        **parts,
    )
