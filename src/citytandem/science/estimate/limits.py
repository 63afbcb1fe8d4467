"""What must a reader know before using a first estimate?"""

from __future__ import annotations

import polars as pl

from citytandem.findings import Code, Fact, Finding, Severity
from citytandem.science.estimate.context import NATION, facts_of
from citytandem.science.estimate.guess import BASES
from citytandem.science.estimate.interval import FEWEST
from citytandem.science.estimate.mix import PARTS


def limits(
    frame: pl.DataFrame, *, balance: pl.DataFrame, others: pl.DataFrame, city: str, country: str, people: float
) -> tuple[Finding, ...]:
    """What an estimate is, from what it comes, and what it cannot say."""
    found = [Finding(Code.ESTIMATE_IS_NO_BALANCE, {"city": city}, severity=Severity.NOTE)]
    own = balance.filter(pl.col("city") == city)["year"]
    if own.len():
        facts: dict[str, Fact] = {"city": city, "years": ", ".join(str(one) for one in own.unique().sort())}
        found.append(Finding(Code.ESTIMATE_BESIDE_BALANCE, facts, severity=Severity.NOTE))
    told = frame.filter(pl.col("status") == "complete")
    wide = told.filter(pl.col("basis") == BASES[2])
    if wide.height:
        here = others.filter(pl.col("country") == country)["city"].n_unique()
        facts = {"country": country, "found": here, "outcome": _join(wide), "countries": int(wide["n_countries"][0])}
        found.append(Finding(Code.ESTIMATE_FROM_NATIONAL_TOTAL, facts, severity=Severity.WARNING))
    unknown = frame.filter(pl.col("status") == "refused")
    if unknown.height:
        facts = {"outcome": _join(unknown), "country": country, "needed": FEWEST}
        found.append(Finding(Code.ESTIMATE_NOT_POSSIBLE, facts, severity=Severity.WARNING))
    found += _outside(told, others=others, city=city, country=country, people=people)
    return tuple(found)


def _outside(told: pl.DataFrame, *, others: pl.DataFrame, city: str, country: str, people: float) -> list[Finding]:
    """A warning where the city is smaller or larger than all of its country that taught an outcome."""
    named = told.filter(pl.col("basis") != BASES[2])["outcome"].cast(pl.String)
    home = others.filter((pl.col("country") == country) & pl.col("outcome").is_in(named.to_list()))
    spans = home.group_by("outcome").agg(pl.col("population").min().alias("least"), pl.col("population").max().alias("most"))
    beyond = spans.filter((pl.col("least") > people) | (pl.col("most") < people))
    if beyond.is_empty():
        return []
    facts: dict[str, Fact] = {
        "city": city,
        "country": country,
        "least": round(float(str(beyond["least"].min()))),
        "most": round(float(str(beyond["most"].max()))),
    }
    return [Finding(Code.ESTIMATE_OUTSIDE_RANGE, facts, severity=Severity.WARNING)]


def _join(rows: pl.DataFrame) -> str:
    return ", ".join(rows["outcome"].cast(pl.String))


def limits_of_carriers(estimate: pl.DataFrame, *, carriers: pl.DataFrame, country: str) -> tuple[Finding, ...]:
    """Which parts are split by carrier as the whole country is, and of which no split is known."""
    told = estimate.filter((pl.col("status") == "complete") & pl.col("outcome").cast(pl.String).is_in(list(PARTS)))
    split = carriers["part"].cast(pl.String).unique()
    found = []
    alike = carriers.filter(pl.col("basis") != "cities")
    if alike.height:
        parts = told.filter(pl.col("outcome").cast(pl.String).is_in(alike["part"].cast(pl.String).unique().implode()))
        facts: dict[str, Fact] = {"country": country, "outcome": _join(parts), "year": int(str(alike["mix_year"].max()))}
        found.append(Finding(Code.ESTIMATE_CARRIERS_AS_COUNTRY, facts, severity=Severity.NOTE))
    silent = told.filter(~pl.col("outcome").cast(pl.String).is_in(split.implode()))
    if silent.height or told.is_empty():
        facts = {"country": country, "outcome": _join(silent) if silent.height else ", ".join(PARTS)}
        found.append(Finding(Code.ESTIMATE_WITHOUT_CARRIERS, facts, severity=Severity.NOTE))
    return tuple(found)


def limits_of_context(
    context: pl.DataFrame | None, *, estimate: pl.DataFrame, carriers: pl.DataFrame, city: str, country: str
) -> tuple[Finding, ...]:
    """Which local facts were used for a German city, and whether they are missing."""
    if country != NATION:
        return ()
    if context is None:
        return (Finding(Code.ESTIMATE_WITHOUT_CONTEXT, {"city": city}, severity=Severity.NOTE),)
    if not facts_of(context, city=city):
        return (Finding(Code.ESTIMATE_CONTEXT_NOT_KNOWN, {"city": city}, severity=Severity.NOTE),)
    used = set(estimate["context"].drop_nulls())
    if (carriers["basis"] == "country_with_local_heat").any():
        used.add("district_heat_share")
    facts: dict[str, Fact] = {"city": city, "context": ", ".join(sorted(used)), "found": len(used)}
    return (Finding(Code.ESTIMATE_WITH_CONTEXT, facts, severity=Severity.NOTE),)
