"""Activities of many cities times factors: ours beside hand-written DuckDB, Polars and pandas, on one Parquet file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from polars.testing import assert_frame_equal

from benchmarks.race import OURS, Contest

YEARS, COUNTRIES = 30, 60
SECTORS = (
    "households", "services", "municipal", "industry_energy", "agriculture_energy",
    "road", "rail", "navigation", "off_road", "other",
)  # fmt: skip
CARRIERS = (
    "electricity", "district_heat", "natural_gas", "lpg", "heating_oil", "petrol",
    "diesel", "hard_coal", "biomass", "biogas", "hydrogen", "other_fossil",
)  # fmt: skip
KEYS = ["city", "year", "sector"]
SEED = 20261122


def generate(
    rows: int, folder: Path, *, cities: int = 2_000, seed: int = SEED, sorted_by_city: bool = True, files: int = 1
) -> tuple[Path, Path]:
    """Made activities and factors as Parquet files; the activities as one file, or as a folder of several.

    One row in a thousand has no amount, one in a thousand is zero; one factor in two hundred is missing.
    """
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / ("activity.parquet" if files == 1 else "activity"), folder / "factor.parquet"
    if files > 1:
        paths[0].mkdir(exist_ok=True)
    for number in range(files):
        part = range(number * cities // files, (number + 1) * cities // files)
        table = _make_activities(rng, rows // files, part=part, cities=cities, sorted_by_city=sorted_by_city)
        where = paths[0] if files == 1 else paths[0] / f"{number:02d}.parquet"
        table.write_parquet(where, compression="zstd", row_group_size=524_288)
    make_factors(seed).write_parquet(paths[1], compression="zstd")
    return paths


def _make_activities(rng: np.random.Generator, rows: int, *, part: range, cities: int, sorted_by_city: bool) -> pl.DataFrame:
    ids = [f"{_country(number * COUNTRIES // cities)}-{number:06d}" for number in range(cities)]
    city = rng.integers(part.start, part.stop, rows)
    if sorted_by_city:
        city.sort()
    amount = pl.Series(rng.lognormal(6.0, 1.5, rows).round(1))
    chance = rng.random(rows)
    return pl.DataFrame(
        {
            "city": _words(city, ids),
            "year": (1995 + rng.integers(0, YEARS, rows)).astype(np.int16),
            "country": _words(city * COUNTRIES // cities, [_country(number) for number in range(COUNTRIES)]),
            "sector": _words(rng.integers(0, len(SECTORS), rows), sorted(SECTORS)),
            "carrier": _words(rng.integers(0, len(CARRIERS), rows), sorted(CARRIERS)),
            "activity_mwh": amount.set(pl.Series(chance < 0.001), None).set(pl.Series(chance > 0.999), 0.0),
        }
    )


def make_factors(seed: int) -> pl.DataFrame:
    """A factor for nearly every country, year and carrier."""
    rng = np.random.default_rng(seed)
    keys = pl.DataFrame({"country": [_country(number) for number in range(COUNTRIES)]})
    keys = keys.join(pl.DataFrame({"year": pl.int_range(1995, 1995 + YEARS, dtype=pl.Int16, eager=True)}), how="cross")
    keys = keys.join(pl.DataFrame({"carrier": sorted(CARRIERS)}), how="cross")
    price = rng.uniform(20.0, 900.0, keys.height).round(2)
    return keys.with_columns(pl.Series("kg_per_mwh", price)).filter(pl.Series(rng.random(keys.height) > 0.005))


def _country(number: int) -> str:
    return chr(65 + number // 26) + chr(65 + number % 26)


def _words(codes: np.ndarray, words: list[str]) -> pl.Series:
    kind = pl.Enum(words)
    return pl.Series(codes).cast(pl.Series([], dtype=kind).to_physical().dtype).cat.to(kind)


SQL = """
SELECT city, year, sector,
       CASE WHEN count(*) = count(emitted) THEN sum(emitted) END AS emissions_t,
       coalesce(sum(emitted), 0) AS known_t, count(*) AS rows, count(*) - count(emitted) AS rows_unknown
FROM (
    SELECT city, year, sector,
           CASE WHEN activity_mwh = 0 THEN 0 ELSE activity_mwh * kg_per_mwh / 1000 END AS emitted
    FROM '{activity}' LEFT JOIN '{factor}' USING (country, year, carrier)
) GROUP BY city, year, sector
"""


def by_duckdb(activity: Path, factor: Path) -> pl.DataFrame:
    import duckdb

    with duckdb.connect() as connection:
        return connection.sql(SQL.format(activity=activity, factor=factor)).pl()


def by_polars(activity: Path, factor: Path) -> pl.DataFrame:
    rows = pl.scan_parquet(activity)
    types = rows.collect_schema()
    price = pl.scan_parquet(factor).with_columns(
        pl.col("country").cast(types["country"]), pl.col("carrier").cast(types["carrier"])
    )
    energy = pl.col("activity_mwh")
    emitted = pl.when(energy == 0).then(0.0).otherwise(energy * pl.col("kg_per_mwh") / 1000)
    table = (
        rows.join(price, on=["country", "year", "carrier"], how="left")
        .select(*KEYS, emitted.alias("known_t"))
        .group_by(KEYS)
        .agg(pl.col("known_t").sum(), pl.len().alias("rows"), pl.col("known_t").null_count().alias("rows_unknown"))
    )
    complete = pl.when(pl.col("rows_unknown") == 0).then("known_t").alias("emissions_t")
    return table.select(*KEYS, complete, "known_t", "rows", "rows_unknown").collect(engine="streaming")


def by_pandas(activity: Path, factor: Path) -> pl.DataFrame:
    import pandas as pd

    rows, price = pd.read_parquet(activity), pd.read_parquet(factor)
    for name in ("country", "carrier"):
        price[name] = pd.Categorical(price[name], categories=rows[name].cat.categories)
    joined = rows.merge(price, on=["country", "year", "carrier"], how="left")
    emitted = (joined["activity_mwh"] * joined["kg_per_mwh"] / 1000).mask(joined["activity_mwh"] == 0, 0.0)
    groups = joined.assign(known_t=emitted).groupby(KEYS, observed=True, sort=False)["known_t"]
    table = groups.agg(["sum", "size", "count"]).reset_index()
    table.columns = [*KEYS, "known_t", "rows", "known"]
    table["rows_unknown"] = table["rows"] - table["known"]
    table["emissions_t"] = table["known_t"].where(table["rows_unknown"] == 0)
    return pl.from_pandas(table[[*KEYS, "emissions_t", "known_t", "rows", "rows_unknown"]])


def ours(activity: Path, factor: Path, *, engine: str, memory_gb: float | None = None) -> pl.DataFrame:
    from citytandem.bulk.compile import price_on

    return price_on(str(activity), str(factor), engine=engine, memory_gb=memory_gb)


def agree(ours: pl.DataFrame, theirs: pl.DataFrame, name: str) -> None:
    """Equal keys, equal counts, tonnes within 1e-12."""
    assert name
    assert_frame_equal(_plain(ours), _plain(theirs), rel_tol=1e-12, abs_tol=0.0)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    typed = frame.with_columns(
        pl.col("city", "sector").cast(pl.String), pl.col("year").cast(pl.Int32), pl.col("rows", "rows_unknown").cast(pl.Int64),
        pl.col("emissions_t", "known_t").cast(pl.Float64).fill_nan(None),
    )  # fmt: skip
    return typed.sort(KEYS)


TOLERANCE = "equal keys and counts, tonnes within 1e-12"
_made: list[tempfile.TemporaryDirectory[str]] = []


def contests(scale: float) -> list[Contest]:
    """The native way at growing sizes; at the largest also the portable way, and pricing a kept cube."""
    found = []
    cities = max(20, int(2_000 * min(1.0, scale)))
    for full in (1_000_000, 5_000_000, 20_000_000):
        _made.append(tempfile.TemporaryDirectory(prefix="citytandem-bench-"))
        rows = max(2_000, int(full * scale))
        activity, factor = generate(rows, Path(_made[-1].name), cities=cities)
        size = f"{rows:,} rows, {cities:,} cities"
        found.append(_native(activity, factor, size=size))
    return [*found, _portable(activity, factor, size=size), _repriced(activity, factor, size=size)]


def _native(activity: Path, factor: Path, *, size: str) -> Contest:
    entrants = {
        OURS: lambda: ours(activity, factor, engine="native"),
        "DuckDB, hand-written SQL": lambda: by_duckdb(activity, factor),
        "Polars, streaming": lambda: by_polars(activity, factor),
        "pandas": lambda: by_pandas(activity, factor),
    }
    promised = {"DuckDB, hand-written SQL": 3.0, "Polars, streaming": 3.0}
    return Contest("Compile, native", size, entrants, agree, TOLERANCE, promised)


def _portable(activity: Path, factor: Path, *, size: str) -> Contest:
    entrants = {
        OURS: lambda: ours(activity, factor, engine="duckdb"),
        "DuckDB, hand-written SQL": lambda: by_duckdb(activity, factor),
        "ours on Polars": lambda: ours(activity, factor, engine="polars"),
        "Polars, streaming": lambda: by_polars(activity, factor),
    }
    return Contest("Compile, portable on DuckDB", size, entrants, agree, TOLERANCE, {"DuckDB, hand-written SQL": 1 / 1.2})


def _repriced(activity: Path, factor: Path, *, size: str) -> Contest:
    from citytandem.bulk.cube import KeptCube
    from citytandem.science.balance.price import sum_activities

    other = activity.with_name("other.parquet")
    prices = pl.read_parquet(factor).with_columns(pl.col("kg_per_mwh") * 1.05)
    prices.write_parquet(other)
    kept: list[KeptCube] = []

    def reprice() -> pl.DataFrame:
        if not kept:
            kept.append(KeptCube.of(sum_activities(pl.scan_parquet(activity)).collect(engine="streaming")))
        return kept[0].reprice(prices)

    entrants = {
        OURS: reprice,
        "compiling again, DuckDB": lambda: ours(activity, other, engine="duckdb"),
        "compiling again, Polars": lambda: ours(activity, other, engine="polars"),
        "compiling again, native": lambda: ours(activity, other, engine="native"),
    }
    promised = {"compiling again, DuckDB": 200.0, "compiling again, Polars": 200.0}
    return Contest("Other factors from a kept cube", size, entrants, agree, TOLERANCE, promised)
