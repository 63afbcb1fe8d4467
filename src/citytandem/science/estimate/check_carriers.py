"""How far are estimated carriers off? Beside every published balance that separates them, held out."""

from __future__ import annotations

import numpy as np
import polars as pl

from citytandem.science.estimate.answer import Material, answer, learn, mix_for
from citytandem.science.estimate.mix import INSIDE, NEAR_YEARS, published_mixes, span_odds

CHECKED = {
    "country": pl.String, "part": pl.String, "quantity": pl.String, "cities": pl.Int64, "cells": pl.Int64,
    "covered": pl.Float64, "covered_without": pl.Float64, "error": pl.Float64, "error_without": pl.Float64,
    "error_shuffled": pl.Float64, "width": pl.Float64, "width_without": pl.Float64,
    "covered_amount": pl.Float64, "error_amount": pl.Float64,
}  # fmt: skip
LARGE = 0.05
"""Carriers with a smaller share of their part do not enter the error of amounts."""
MOST_CITIES = 20
"""Of each country at most so many cities are held out, drawn with the seed: each needs a lesson of its own."""


def hold_out_carriers(material: Material, *, year: int, seed: int) -> pl.DataFrame:
    """Split the parts of cities that publish carriers as if they did not, with and without local facts, and compare.

    Parameters
    ----------
    material
        From :func:`~citytandem.science.estimate.answer.gather`.
    year
        Year of the estimates.
    seed
        Draws cities where many publish, and shuffles shares among the carriers of a part for the control.

    Returns
    -------
    One row per country, part and quantity (shares of emissions or of energy): ``cities`` and ``cells`` (a carrier of a city)
    compared, ``covered`` (share of cells inside the interval), ``error`` (mean absolute difference of shares), ``width`` (mean
    upper less lower end), and the same without local facts and for shuffled shares; ``covered_amount`` and ``error_amount`` are
    about tonnes or MWh instead of shares, the latter the median of carriers with at least a twentieth of their part.
    """
    random = np.random.default_rng(seed)
    truth = pl.concat(
        [
            published_mixes(material.line, outcome=material.outcome, balance=material.balance, year=year)
            .select("city", "part", "carrier", "share", pl.col("t").alias("amount"))
            .with_columns(pl.lit("emissions").alias("quantity")),
            published_energy(material.line, balance=material.balance, year=year),
        ]
    )
    lesson, pool = learn(material, year=year, also=truth["city"].unique().to_list())
    frames = []
    for city, country in _draw(truth, material=material, random=random):
        others = lesson.filter(pl.col("city") != city)
        own = truth.filter(pl.col("city") == city)
        guesses = [
            _lay_beside(own, mix_for(material, pool=pool, lesson=others, city=city, country=country, year=year, own_heat=heat))
            for heat in (True, False)
        ]
        joined = guesses[0].join(guesses[1], on=["city", "part", "carrier", "quantity"], suffix="_without")
        amounts = _tell_amounts(answer(material, city=city, year=year).carriers)
        whole = joined.join(amounts, on=["part", "carrier", "quantity"], how="left", maintain_order="left")
        frames.append(whole.with_columns(pl.lit(country).alias("country")))
    told = pl.concat(frames) if frames else pl.DataFrame()
    return _sum_up(told, random=random) if told.height else pl.DataFrame(schema=CHECKED)


def published_energy(line: pl.DataFrame, *, balance: pl.DataFrame, year: int) -> pl.DataFrame:
    """Of each city and part the energy by carrier its published balance nearest to a year gives.

    Returns
    -------
    ``city``, ``part``, ``carrier``, ``share`` (of energy), ``amount`` (MWh), ``quantity``.
    """
    near = balance.select("balance", "city", (pl.col("year").cast(pl.Int64) - year).abs().alias("gap"))
    known = (
        line.with_columns(pl.col(name).cast(pl.String) for name in ("view", "sector", "carrier"))
        .filter((pl.col("view") == "carrier") & (pl.col("activity_mwh") > 0) & ~pl.col("carrier").is_in(["all", "none"]))
        .join(near.filter(pl.col("gap") <= NEAR_YEARS), on="balance")
    )
    first = pl.col("balance").sort_by("gap", "balance").first().over("city")
    picked = known.filter(pl.col("balance") == first)
    total = pl.col("mwh").sum().over("city", "part")
    parts = [
        picked.filter(pl.col("sector") == part)
        .group_by("city", "carrier")
        .agg(pl.col("activity_mwh").sum().alias("mwh"))
        .with_columns(pl.lit(part).alias("part"))
        for part in INSIDE
    ]
    return (
        pl.concat(parts)
        .select(
            "city",
            "part",
            "carrier",
            (pl.col("mwh") / total).alias("share"),
            pl.col("mwh").alias("amount"),
            pl.lit("energy").alias("quantity"),
        )
        .sort("city", "part", "carrier")
    )


def _draw(truth: pl.DataFrame, *, material: Material, random: np.random.Generator) -> list[tuple[str, str]]:
    places = truth.select("city").unique().join(material.city.select("city", "country"), on="city").sort("country", "city")
    drawn: list[tuple[str, str]] = []
    for (country,), rows in places.group_by("country", maintain_order=True):
        chosen = random.permutation(rows.height)[:MOST_CITIES]
        drawn += [(rows["city"][int(at)], str(country)) for at in sorted(chosen)]
    return drawn


def _lay_beside(own: pl.DataFrame, mix: pl.DataFrame) -> pl.DataFrame:
    """Published and guessed shares of the carriers both know."""
    energy = mix.filter(pl.col("mwh_per_t").is_not_null()).with_columns(
        (pl.col("mwh_per_t") / pl.col("mwh_per_t").sum().over("part")).alias("share")
    )
    known = (energy["basis"] == "country_with_local_heat").to_list()
    spans = [
        span_odds(share, carrier=carrier, known=local)
        for share, carrier, local in zip(energy["share"], energy["carrier"], known, strict=True)
    ]
    energy = energy.with_columns(
        pl.Series("share_low", [low for low, _ in spans], pl.Float64),
        pl.Series("share_high", [high for _, high in spans], pl.Float64),
        pl.lit("energy").alias("quantity"),
    )
    columns = ["part", "carrier", "quantity", "share", "share_low", "share_high"]
    both = pl.concat([mix.with_columns(pl.lit("emissions").alias("quantity")).select(columns), energy.select(columns)])
    return own.rename({"share": "published"}).join(both, on=["part", "carrier", "quantity"])


def _tell_amounts(carriers: pl.DataFrame) -> pl.DataFrame:
    """Estimated tonnes and MWh of each part and carrier with their ends."""
    keys = [pl.col("part").cast(pl.String), pl.col("carrier").cast(pl.String)]
    ends = {"emissions": ("emissions_t", "emissions_low_t", "emissions_high_t")}
    ends["energy"] = ("energy_mwh", "energy_low_mwh", "energy_high_mwh")
    return pl.concat(
        carriers.select(
            *keys, pl.lit(name).alias("quantity"), *(pl.col(a).alias(b) for a, b in zip(columns, _AMOUNTS, strict=True))
        )
        for name, columns in ends.items()
    )


_AMOUNTS = ("told", "told_low", "told_high")


def _compare_amounts(here: pl.DataFrame) -> tuple[float | None, float | None]:
    """Share of cells whose published amount lies inside, and the median error of amounts that are not small."""
    known = here.filter(pl.col("told").is_not_null())
    if known.is_empty():
        return None, None
    inside = (known["told_low"] * (1 - 1e-9) <= known["amount"]) & (known["amount"] <= known["told_high"] * (1 + 1e-9))
    large = known.filter(pl.col("published") >= LARGE)
    off = (large["told"] / large["amount"] - 1).abs().median()
    return float(inside.sum()) / known.height, None if off is None else float(str(off))


def _sum_up(told: pl.DataFrame, *, random: np.random.Generator) -> pl.DataFrame:
    rows = []
    for (country, part, quantity), here in told.group_by("country", "part", "quantity", maintain_order=True):
        published = here["published"].to_numpy()
        mixed = np.concatenate(
            [random.permutation(one["share"].to_numpy()) for one in here.partition_by("city", maintain_order=True)]
        )
        measured = []
        for end in ("", "_without"):
            share, low, high = (here[name + end].to_numpy() for name in ("share", "share_low", "share_high"))
            inside = (low - 1e-9 <= published) & (published <= high + 1e-9)
            measured.append((float(inside.mean()), float(np.abs(share - published).mean()), float((high - low).mean())))
        (covered, error, width), (covered_without, error_without, width_without) = measured
        shuffled = float(np.abs(mixed - published).mean())
        rows.append(
            (
                country, part, quantity, here["city"].n_unique(), here.height,
                covered, covered_without, error, error_without, shuffled, width, width_without,
                *_compare_amounts(here),
            )
        )  # fmt: skip
    return pl.DataFrame(rows, schema=CHECKED, orient="row").sort("country", "part", "quantity")
