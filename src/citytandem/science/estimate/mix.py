"""Which energy carriers does a part of a balance live on: as in published balances nearby, or as in the whole country?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from citytandem.science.estimate.interval import FEWEST, span_errors

PARTS: dict[str, tuple[str, ...]] = {
    "households": ("households",),
    "buildings": ("households", "services"),
    "industry": ("industry_energy",),
    "stationary": ("households", "services", "industry_energy"),
    "transport": ("road", "rail"),
}
"""Estimated parts, and the sectors of a country that fill them."""
INSIDE: dict[str, tuple[str, ...]] = {
    "households": ("households",),
    "buildings": ("households", "services", "municipal", "buildings"),
    "industry": ("industry_energy",),
    "stationary": (
        "households", "services", "municipal", "buildings", "industry_energy",
        "agriculture_energy", "services_and_industry", "stationary",
    ),
    "transport": ("road", "rail", "transport"),
}  # fmt: skip
"""Sectors of published balances that fill the same parts."""
NETWORKS = ("district_heat", "natural_gas")
"""Carriers that need a network: a city without one has none, so nothing is the lower end unless more is known."""
HEAT = ("hard_coal", "heating_oil", "lpg", "natural_gas", "biomass", "ambient_heat", "solar_thermal", "district_heat")
ODDS = {"district_heat": 10.0}
ODDS_USUAL, ODDS_KNOWN = 4.0, 5.0
"""How far the odds of a carrier's share may lie from those of the country: usually fourfold; of district heat tenfold, fivefold
with the flats on it known, as its factor differs between cities. [P] How often this holds is measured."""
WARMED = ("households", "services")
"""Sectors whose district heat follows the flats on it."""
CLOSE = 0.05
"""Carriers of a published part must add up to it within this share, or they teach nothing. [P]"""
MOST_HEAT = 0.9
NEAR_YEARS = 6
_MIX = {
    "part": pl.String, "carrier": pl.String, "share": pl.Float64, "share_low": pl.Float64, "share_high": pl.Float64,
    "mwh_per_t": pl.Float64, "factor_kg_per_mwh": pl.Float64, "basis": pl.String, "n_cities": pl.Int64,
    "mix_year": pl.Int64, "mark": pl.String, "source": pl.String,
}  # fmt: skip


def factors_of(country: str, *, year: int, factor: pl.DataFrame, fuel_factor: pl.DataFrame) -> dict[str, float]:
    """Direct emissions of each carrier in a country, kg CO2 per MWh; carriers without a figure read in a source are left out.

    The country's own factors of the nearest year come before those of the IPCC. Carriers that grow again, and heat from the air
    and the sun, count zero.

    Parameters
    ----------
    country, year
        Where and when; electricity further away than three years is unknown.
    factor
        Table :class:`~citytandem.tables.reference.Factor`.
    fuel_factor
        Table :class:`~citytandem.tables.crosswalk.FuelFactor`.
    """
    found = {"biomass": 0.0, "biofuel": 0.0, "biogas": 0.0, "ambient_heat": 0.0, "solar_thermal": 0.0}
    fuels = fuel_factor.filter(
        (pl.col("gas").cast(pl.String) == "CO2") & (pl.col("mark").cast(pl.String) == "S") & ~pl.col("biogenic")
    )
    for fuel, carrier, kg_per_tj in fuels.select("fuel", pl.col("carrier").cast(pl.String), "kg_per_tj").iter_rows():
        if carrier not in MIXED and fuel in USUAL_FUEL.get(carrier, (fuel,)):
            found.setdefault(carrier, kg_per_tj * 3.6 / 1000)
    own = (
        factor.filter((pl.col("country") == country) & (pl.col("region") == "national") & (pl.col("mark").cast(pl.String) == "S"))
        .with_columns(pl.col("carrier").cast(pl.String), (pl.col("year").cast(pl.Int64) - year).abs().alias("gap"))
        .filter(pl.col("view").cast(pl.String).is_in(["direct", "adjusted"]))
        .filter((pl.col("carrier") != "electricity") | (pl.col("gap") <= 3))
        .filter(~pl.col("carrier").is_in(["biogas", "biomass", "biofuel"]))
        .sort("carrier", "gap", "source")
        .unique("carrier", keep="first", maintain_order=True)
    )
    return found | dict(own.select("carrier", "kg_per_mwh").iter_rows())


MIXED = ("other_fossil", "other", "motor_fuel", "all", "none")
"""Carriers without a factor of their own."""
USUAL_FUEL = {
    "hard_coal": ("other_bituminous_coal",),
    "heating_oil": ("gas_diesel_oil",),
    "coke": ("coke",),
    "lignite": ("lignite",),
}
"""Which fuel speaks for a carrier that holds several."""


def mix_of_country(
    national_use: pl.DataFrame, *, country: str, factors: Mapping[str, float], heat: float | None = None
) -> pl.DataFrame:
    """The carriers of each part as in the whole country.

    Parameters
    ----------
    national_use
        Table :class:`~citytandem.tables.national.NationalUse`.
    country
        Which one.
    factors
        From :func:`factors_of`.
    heat
        Flats with district heat in the city over those in the country, as shares; None where unknown. The other carriers of
        heat make room in proportion, so that energy stays the same.

    Returns
    -------
    One row per part and carrier: ``share`` of the part's emissions with ``share_low`` and ``share_high``, ``mwh_per_t``
    (energy per tonne of the part; null where unknown), ``factor_kg_per_mwh``, ``basis``, ``n_cities``, ``mix_year``, ``mark``,
    ``source``. Parts of which a sector or a factor is not known are left out.
    """
    own = national_use.filter(pl.col("country") == country).with_columns(
        pl.col("sector").cast(pl.String), pl.col("carrier").cast(pl.String), pl.col("mark").cast(pl.String)
    )
    rates = pl.DataFrame(
        {"carrier": list(factors), "kg": list(factors.values())}, schema={"carrier": pl.String, "kg": pl.Float64}
    )
    priced = own.join(rates, on="carrier", how="left")
    if heat is not None:
        priced = priced.with_columns(_shift_heat(heat))
    energy = pl.when(pl.col("kg") > 0).then(pl.col("emissions_t") / pl.col("kg") * 1000)
    priced = priced.with_columns(
        pl.coalesce("emissions_t", pl.col("energy_mwh") * pl.col("kg") / 1000).alias("t"),
        pl.coalesce("energy_mwh", energy).alias("mwh"),
    )
    frames = [_mix_part(priced, part=part, known=heat is not None and bool({*WARMED} & {*PARTS[part]})) for part in PARTS]
    return pl.concat(frames) if frames else pl.DataFrame(schema=_MIX)


def _shift_heat(heat: float) -> pl.Expr:
    """Energy with more or less district heat in homes and services, the rest of heat making room."""
    mwh, warm = pl.col("energy_mwh"), pl.col("carrier").is_in(HEAT)
    from_network = pl.col("carrier") == "district_heat"
    moves = pl.col("sector").is_in(WARMED)
    total = mwh.filter(warm).sum().over("sector")
    before = mwh.filter(from_network).sum().over("sector")
    after = pl.min_horizontal(before * heat, MOST_HEAT * total)
    rest = pl.when(total > before).then((total - after) / (total - before)).otherwise(1.0)
    shifted = pl.when(moves & from_network).then(after).when(moves & warm).then(mwh * rest).otherwise(mwh)
    return shifted.alias("energy_mwh")


def _mix_part(priced: pl.DataFrame, *, part: str, known: bool) -> pl.DataFrame:
    sectors = PARTS[part]
    rows = priced.filter(pl.col("sector").is_in(sectors))
    if rows["sector"].n_unique() < len(sectors) or rows["t"].null_count():
        return pl.DataFrame(schema=_MIX)
    total = float(rows["t"].sum())
    whole = rows.group_by("carrier", maintain_order=True).agg(
        (pl.col("t").sum() / total).alias("share"),
        pl.when(pl.col("mwh").null_count() == 0).then(pl.col("mwh").sum() / total).alias("mwh_per_t"),
        pl.col("kg").first().alias("factor_kg_per_mwh"),
        pl.col("year").first().cast(pl.Int64).alias("mix_year"),
        pl.when((pl.col("mark") == "P").any()).then(pl.lit("P")).otherwise(pl.lit("S")).alias("mark"),
        pl.col("source").first(),
    )
    spans = [span_odds(row["share"], carrier=row["carrier"], known=known) for row in whole.iter_rows(named=True)]
    return whole.with_columns(
        pl.lit(part).alias("part"),
        pl.Series("share_low", [low for low, _ in spans], pl.Float64),
        pl.Series("share_high", [high for _, high in spans], pl.Float64),
        pl.lit("country_with_local_heat" if known else "country").alias("basis"),
        pl.lit(0, pl.Int64).alias("n_cities"),
    ).select(list(_MIX))


def span_odds(share: float, *, carrier: str, known: bool) -> tuple[float, float]:
    """Between which shares a carrier may lie in a city, given its share in the country.

    >>> span_odds(0.5, carrier="electricity", known=False)
    (0.2, 0.8)
    >>> span_odds(0.5, carrier="natural_gas", known=False)[0]
    0.0
    """
    heat_known = known and carrier == "district_heat"
    wide = ODDS_KNOWN if heat_known else ODDS.get(carrier, ODDS_USUAL)
    low = share / (share + wide * (1 - share)) if share < 1 else 1.0
    high = wide * share / (wide * share + 1 - share) if share < 1 else 1.0
    return (0.0 if carrier in NETWORKS and not heat_known else low), high


def published_mixes(line: pl.DataFrame, *, outcome: pl.DataFrame, balance: pl.DataFrame, year: int) -> pl.DataFrame:
    """Of each city and part the carriers its published balance nearest to a year gives, where they add up to the part.

    Parameters
    ----------
    line
        Table :class:`~citytandem.tables.balance.Line`.
    outcome, balance
        From :class:`~citytandem.science.benchmark.prepare.Prepared`.
    year
        The year estimated; balances more than six years away are not used.

    Returns
    -------
    ``city``, ``part``, ``carrier``, ``share``, ``t``, ``year``, ``source``: shares add up to one for each city and part.
    """
    near = balance.select("balance", "city", pl.col("year").cast(pl.Int64), "source").filter(
        (pl.col("year") - year).abs() <= NEAR_YEARS
    )
    apart = line.with_columns(pl.col("sector").cast(pl.String), pl.col("carrier").cast(pl.String), pl.col("view").cast(pl.String))
    apart = apart.filter(~pl.col("carrier").is_in(["all", "none"]) & (pl.col("view") == "sector")).join(
        near.select("balance"), on="balance", how="semi"
    )
    known = outcome.select("balance", pl.col("outcome").cast(pl.String).alias("part"), pl.col("emissions_t").alias("whole_t"))
    frames = []
    for part, sectors in INSIDE.items():
        sums = (
            apart.filter(pl.col("sector").is_in(sectors))
            .group_by("balance", "carrier")
            .agg(pl.when(pl.col("emissions_t").null_count() == 0).then(pl.col("emissions_t").sum()).alias("t"))
        )
        frames.append(sums.with_columns(pl.lit(part).alias("part")))
    total = pl.col("t").sum().over("balance", "part")
    whole = pl.concat(frames).join(known, on=["balance", "part"]).filter(pl.col("t").null_count().over("balance", "part") == 0)
    fit = whole.filter((total > 0) & ((total / pl.col("whole_t") - 1).abs() <= CLOSE)).with_columns(
        (pl.col("t") / total).alias("share")
    )
    placed = fit.join(near, on="balance").with_columns((pl.col("year") - year).abs().alias("gap"))
    # the nearest balance of a city speaks for it, the same for all its carriers
    first = pl.col("balance").sort_by("gap", "balance").first().over("city", "part")
    return (
        placed.filter(pl.col("balance") == first)
        .select("city", "part", "carrier", "share", "t", "year", "source")
        .sort("city", "part", "carrier")
    )


def mix_of_cities(published: pl.DataFrame, *, cities: Sequence[str], factors: Mapping[str, float]) -> pl.DataFrame:
    """The carriers of each part as in published balances of some cities: their mean, and how far each lies from the others.

    Parameters
    ----------
    published
        From :func:`published_mixes`.
    cities
        Those that may teach. Parts of which fewer than five of them publish the carriers are left out.
    factors
        From :func:`factors_of`.

    Returns
    -------
    As :func:`mix_of_country`.
    """
    frames = [pl.DataFrame(schema=_MIX)]
    for (part,), rows in published.filter(pl.col("city").is_in(list(cities))).group_by("part", maintain_order=True):
        if rows["city"].n_unique() < FEWEST:
            continue
        wide = rows.pivot(on="carrier", index="city", values="share").fill_null(0.0)
        found = []
        for carrier in sorted(rows["carrier"].unique()):
            share = wide[carrier].to_numpy()
            kg, middle = factors.get(carrier), float(share.mean())
            ends = span_errors((share - middle) * share.size / (share.size - 1)) or (-1.0, 1.0)
            low, high = max(middle + min(ends[0], 0.0), 0.0), min(middle + max(ends[1], 0.0), 1.0)
            per_tonne = 1000 * middle / kg if kg else None
            teach = (share.size, int(float(str(rows["year"].median()))), "P", rows["source"][0])
            found.append((str(part), carrier, middle, low, high, per_tonne, kg, "cities", *teach))
        frames.append(pl.DataFrame(found, schema=_MIX, orient="row"))
    return pl.concat(frames)


def is_whole(mix: pl.DataFrame) -> bool:
    """Do the shares of each part add up to one?"""
    sums = mix.group_by("part").agg(pl.col("share").sum())["share"].to_numpy()
    return bool(np.allclose(sums, 1.0, atol=1e-9))
