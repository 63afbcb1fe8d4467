"""A small invented release: forty towns in four countries, drawn with a seed."""

from datetime import date

import numpy as np
import polars as pl

from citytandem.science.benchmark.prepare import Prepared, prepare

WIDTH = {"A": 0.05, "B": 0.15, "C": 0.3, "D": 0.5, "H": 0.1, "M": 0.25, "L": 0.5, "top_down": 0.4, "none": 0.4}
SECTORS = ("households", "services", "industry_energy", "road", "rail", "waste")
COUNTRIES = ("DE", "DK", "JP", "US")


def town(number: int) -> str:
    return f"{COUNTRIES[number % 4]}-{number:05d}"


def cities(count: int = 40) -> pl.DataFrame:
    return pl.DataFrame({"city": [town(n) for n in range(count)], "country": [COUNTRIES[n % 4] for n in range(count)]})


def structures(count: int = 40, *, seed: int = 1) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    rows = []
    for n in range(count):
        numbers = {
            "population": float(random.uniform(9e4, 3e5)),
            "hdd": float(random.uniform(2500, 3500)),
            "cdd": float(random.uniform(50, 200)),
            "grid_factor": 400.0 + 50 * (n % 4),
        }
        rows += [(town(n), name, 2020, value, None, "municipality", "invented") for name, value in numbers.items()]
        rows.append((town(n), "koppen", 2020, None, "Cfb" if n % 3 else "Cfa", "municipality", "invented"))
    names = ("city", "variable", "year", "value", "category", "basis", "source")
    return pl.DataFrame(rows, schema=names, orient="row")


def world() -> pl.DataFrame:
    """Places without a balance, far apart in structure: they set the scales, as the places of the world do."""
    ends = {"population": (2e4, 4e6), "hdd": (0.0, 5000.0), "cdd": (0.0, 1500.0), "grid_factor": (0.0, 900.0)}
    rows = [
        (f"FR-{n:05d}", name, 2020, low + (high - low) * n / 19, None, "place", "invented")
        for n in range(20)
        for name, (low, high) in ends.items()
    ]
    return pl.DataFrame(rows, schema=structures(1).schema, orient="row")


def balances(count: int = 40, *, years: tuple[int, ...] = (2016, 2017, 2018, 2019)) -> pl.DataFrame:
    rows = [head(town(n), year) for n in range(count) for year in years]
    return pl.DataFrame(rows)


def head(city: str, year: int, **other: object) -> dict[str, object]:
    return {
        "balance": f"{city}.{year}.invented",
        "city": city,
        "year": year,
        "method": "bisko",
        "gwp": "AR5",
        "upstream": "yes",
        "electricity": "national",
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "boundary": "municipality",
        "top_down": False,
        "weather_corrected": False,
        "population": 100_000.0,
        "reported_t": None,
        "source": "invented",
    } | other


def lines(balance: pl.DataFrame, *, seed: int = 2) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    rows = [
        (name, "sector", sector, sector, "all", "1+2", None, float(random.uniform(2e4, 2e5)), None, "B")
        for name in balance["balance"]
        for sector in SECTORS
    ]
    return pl.DataFrame(rows, schema=LINE, orient="row")


LINE = {
    "balance": pl.String,
    "view": pl.String,
    "item": pl.String,
    "sector": pl.String,
    "carrier": pl.String,
    "scope": pl.String,
    "activity_mwh": pl.Float64,
    "emissions_t": pl.Float64,
    "notation": pl.String,
    "grade": pl.String,
}
VARIABLE = pl.DataFrame(
    {
        "variable": ["population", "hdd", "cdd", "grid_factor", "koppen"],
        "scale": ["log", "linear", "linear", "linear", "category"],
    }
)
PROFILE = pl.DataFrame(
    [
        ("structure_2026", question, name, 1.0)
        for question in ("overall", "buildings", "transport", "industry", "waste")
        for name in VARIABLE["variable"]
    ],
    schema=("profile", "question", "variable", "weight"),
    orient="row",
)
ANCHOR = pl.DataFrame({"indicator": ["core_t_per_head", "households_t_per_head"], "at_zero": [15.0, 4.0], "at_ten": [0.0, 0.0]})
QUALITY = pl.DataFrame({"profile": "bisko_gpc_2026", "grade": list(WIDTH), "half_width": list(WIDTH.values())})


def made_ready(**other: pl.DataFrame) -> Prepared:
    """The invented release made ready; tables given by name take the place of the invented ones."""
    balance = other.get("balance", balances())
    frames = {"city": cities(), "structure": structures(), "balance": balance, "line": lines(balance)} | other
    frames["structure"] = pl.concat([frames["structure"], world()])
    return prepare(**frames, variable=VARIABLE, profile=PROFILE, anchor=ANCHOR, quality=QUALITY)
