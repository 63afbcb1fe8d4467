"""Can this emission factor be true, and what does a unit of fuel emit under a set of warming potentials?"""

from __future__ import annotations

import polars as pl

from citytandem.findings import Code, Finding

KG_PER_MWH = 0.0036
"""One kg per TJ in kg per MWh: 1 MWh = 3.6 GJ."""


def check_factors(factor: pl.DataFrame, bound: pl.DataFrame, *, where: str = "factor") -> list[Finding]:
    """Find emission factors that cannot be true for their carrier.

    Parameters
    ----------
    factor
        Rows with carrier, view and kg_per_mwh (lower heating value); other columns are ignored.
    bound
        Rows of :class:`~citytandem.tables.crosswalk.Bound`, kg CO2e/MWh.
    where
        Table or file the findings should name.

    Returns
    -------
    list[Finding]
        One finding per factor outside its bounds, with its row counted below a header. A carrier or view without
        bounds gives none.

    Examples
    --------
    The trap of a public seed set, 60,600 kg/TJ for petrol instead of 69,300:

    >>> from citytandem.sources.facts import load_facts
    >>> seed = pl.DataFrame({"carrier": ["petrol"], "view": ["direct"], "kg_per_mwh": [60_600 * KG_PER_MWH]})
    >>> [finding.code.value for finding in check_factors(seed, load_facts().bound)]
    ['factor_out_of_bounds']
    """
    text = pl.col("carrier", "view").cast(pl.String)
    rows = factor.select(text, "kg_per_mwh").with_row_index("row", offset=2)
    limits = bound.select(text, "low", "high")
    outside = rows.join(limits, on=["carrier", "view"], how="inner", maintain_order="left").filter(
        ~pl.col("kg_per_mwh").is_between(pl.col("low"), pl.col("high"))
    )
    return [
        Finding(
            Code.FACTOR_OUT_OF_BOUNDS,
            facts={"carrier": row["carrier"], "value": row["kg_per_mwh"], "low": row["low"], "high": row["high"]},
            row=row["row"],
            where=where,
        )
        for row in outside.iter_rows(named=True)
    ]


def price_fuels(fuel_factor: pl.DataFrame, gwp: pl.DataFrame, *, gwp_set: str, methane: str = "CH4") -> pl.DataFrame:
    """Add up the gases of each fuel and use under one set of warming potentials.

    Parameters
    ----------
    fuel_factor
        Rows of :class:`~citytandem.tables.crosswalk.FuelFactor`, kg/TJ.
    gwp
        Rows of :class:`~citytandem.tables.crosswalk.Gwp`.
    gwp_set
        SAR, AR4, AR5 or AR6.
    methane
        Which methane the fuels emit: of unspecified origin (CH4), CH4_fossil or CH4_biogenic.

    Returns
    -------
    pl.DataFrame
        One row per fuel and use: carrier, biogenic, co2_kg_per_mwh, kg_per_mwh (CO2e), gwp. CO2 of biogenic fuels is
        inside as a memo item; a balance leaves it out. A fuel with a gas that has no potential in the set stays unknown.

    References
    ----------
    2006 IPCC Guidelines, volume 2, chapters 1 and 2.

    Examples
    --------
    >>> from citytandem.sources.facts import load_facts
    >>> facts = load_facts()
    >>> priced = price_fuels(facts.fuel_factor, facts.gwp, gwp_set="AR5")
    >>> priced.filter((pl.col("fuel") == "natural_gas") & (pl.col("use") == "energy_industries"))["kg_per_mwh"].round(1)[0]
    202.2
    """
    potentials = gwp.filter(pl.col("gwp_set").cast(pl.String) == gwp_set).select(pl.col("gas").cast(pl.String), "gwp100")
    rows = fuel_factor.with_columns(pl.col("gas").cast(pl.String))
    named = pl.when(pl.col("gas") == "CH4").then(pl.lit(methane)).otherwise("gas")
    joined = rows.with_columns(named.alias("potential")).join(potentials, left_on="potential", right_on="gas", how="left")
    emitted = pl.col("kg_per_tj") * KG_PER_MWH
    unknown = pl.col("gwp100").is_null().any()
    return (
        joined.group_by("fuel", "use", "carrier", "biogenic", maintain_order=True)
        .agg(
            emitted.filter(pl.col("gas") == "CO2").sum().alias("co2_kg_per_mwh"),
            pl.when(~unknown).then((emitted * pl.col("gwp100")).sum()).alias("kg_per_mwh"),
        )
        .with_columns(pl.lit(gwp_set).alias("gwp"))
    )
