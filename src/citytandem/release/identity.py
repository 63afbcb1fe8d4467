"""Which municipality of a national set is which place of the world list? Joined only where it is certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.sources.geonames import folded
from citytandem.sources.reading import Remark

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLEARLY_LARGER = 5.0
"""Among places of one name in one state, one this many times larger than the next is meant."""
NEAR_KM = 25.0
REGION_KM = 100.0
"""A municipality lies within this distance of the middle of its prefecture's places."""
_EARTH_KM = 6371.0


def distance_km(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64], *, to: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Great-circle distance in km; shapes broadcast."""
    a, b, c, d = (np.radians(x) for x in (latitude, longitude, *to))
    h = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1))))


def link_japan(places: pl.DataFrame, gazetteer: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """Join Japanese municipalities to GeoNames places by name and prefecture.

    ``places`` has city, name (Japanese) and state_code (1-47). The prefecture codes of GeoNames are learned from
    names that occur once in both lists.
    """
    local = gazetteer.filter(pl.col("country") == "JP")
    names = local.explode("alternate").filter(pl.col("alternate").str.contains(r"[\p{Han}\p{Hiragana}\p{Katakana}]"))
    names = names.select("geonameid", "admin1code", "population", key=_plain_characters("alternate")).unique()
    wanted = places.with_columns(_plain_characters("name").alias("full"))
    wanted = wanted.with_columns(pl.col("full").str.replace(r"[市町村区]$", "").alias("stem"))
    full = wanted.join(names, left_on="full", right_on="key").with_columns(pl.lit(0).alias("worse"))
    short = wanted.join(names, left_on="stem", right_on="key").with_columns(pl.lit(1).alias("worse"))
    found = (
        pl.concat([full, short], how="diagonal").sort("worse").unique(["city", "geonameid"], keep="first", maintain_order=True)
    )
    codes = _learn_states(found)
    # a full name that occurs once in both lists is sure even where GeoNames files the place under another prefecture
    once = full.filter((pl.len().over("full") == 1) & pl.col("name").is_in(_names_of_one_city(places)))
    found = found.join(codes, on=["state_code", "admin1code"])
    near, far = _split_by_region(once.join(found, on="city", how="anti"), known=found, gazetteer=local)
    won, open_ = _settle(pl.concat([found, near], how="diagonal"), places, source="moe-japan")
    return won, [*_homonyms(far, source="moe-japan"), *open_]


def _split_by_region(rows: pl.DataFrame, *, known: pl.DataFrame, gazetteer: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split joins into those near the places of their own prefecture and those that cannot be there."""
    seats = gazetteer.select("geonameid", "latitude", "longitude", main="name")
    centre = (
        known.join(seats, on="geonameid")
        .group_by("state_code")
        .agg(pl.col("latitude").median().alias("c_lat"), pl.col("longitude").median().alias("c_lon"))
    )
    placed = rows.join(seats, on="geonameid").join(centre, on="state_code")
    away = distance_km(
        placed["latitude"].to_numpy(), placed["longitude"].to_numpy(), to=(placed["c_lat"].to_numpy(), placed["c_lon"].to_numpy())
    )
    placed = placed.with_columns(pl.Series("away", away))
    columns = rows.columns
    return placed.filter(pl.col("away") <= REGION_KM).select(columns), placed.filter(pl.col("away") > REGION_KM)


def _plain_characters(column: str) -> pl.Expr:
    # two spellings of one name are both in use: 鎌ヶ谷 and 鎌ケ谷, 龍ヶ崎 and 竜ケ崎
    return pl.col(column).str.replace_all("ヶ", "ケ", literal=True).str.replace_all("龍", "竜", literal=True)


def _names_of_one_city(places: pl.DataFrame) -> pl.Series:
    return places.filter(pl.len().over("name") == 1)["name"].implode()


def _learn_states(found: pl.DataFrame) -> pl.DataFrame:
    sure = found.filter((pl.len().over("name") == 1) & (pl.col("worse") == 0))
    votes = sure.group_by("state_code", "admin1code").len().sort("len", "admin1code", descending=[True, False])
    best = votes.unique("state_code", keep="first", maintain_order=True)
    return best.select("state_code", "admin1code")


def _settle(found: pl.DataFrame, places: pl.DataFrame, *, source: str) -> tuple[pl.DataFrame, list[Remark]]:
    """Choose one place per city and one city per place; leave open what is not clear."""
    best = found.filter(pl.col("worse") == pl.col("worse").min().over("city")).sort(
        "population", "geonameid", descending=[True, False]
    )
    first = best.group_by("city", maintain_order=True).agg(
        pl.col("geonameid").first(), pl.col("population").first(), pl.col("population").get(1, null_on_oob=True).alias("next"),
        pl.col("worse").first(),
    )  # fmt: skip
    clear = first.filter(
        pl.col("next").is_null() | ((pl.col("population") >= CLEARLY_LARGER * pl.col("next")) & (pl.col("population") > 0))
    )
    # two municipalities on one place: the full name wins; a draw is left open
    fitting = clear.with_columns(pl.col("worse").min().over("geonameid").alias("least"))
    fitting = fitting.filter(pl.col("worse") == pl.col("least"))
    won = fitting.filter(pl.len().over("geonameid") == 1).select("city", "geonameid")
    open_ = first.join(won, on="city", how="anti").join(places.select("city", "name"), on="city")
    remarks = [
        Remark(
            code="place_ambiguous", rule="leave_place_open", where="city: join by name", source=source, city=row["city"],
            before=row["name"], reason="Several places of this name fit and none is clearly meant; no place is taken.",
        )
        for row in open_.sort("city").iter_rows(named=True)
    ]  # fmt: skip
    return won, remarks


def link_by_name(
    places: pl.DataFrame, gazetteer: pl.DataFrame, *, country: str, state: str | None, source: str
) -> tuple[pl.DataFrame, list[Remark]]:
    """Join municipalities in Latin letters to places of one country (and state) by folded name.

    Where ``places`` has coordinates, a place farther than 25 km is a homonym and not taken.
    """
    local = gazetteer.filter((pl.col("country") == country) & ((pl.col("admin1code") == state) if state else pl.lit(True)))
    keys = local.select(
        "geonameid", "population", pl.col("latitude").alias("p_lat"), pl.col("longitude").alias("p_lon"),
        pl.concat_list(pl.concat_list("name"), "alternate").alias("key"), pl.col("name").alias("main"),
    ).explode("key")  # fmt: skip
    keys = keys.with_columns(folded("key").alias("fold"), (pl.col("key") != pl.col("main")).cast(pl.Int32).alias("worse"))
    keys = keys.filter(pl.col("fold") != "").sort("worse").unique(["geonameid", "fold"], keep="first", maintain_order=True)
    found = places.with_columns(folded("name").alias("fold")).join(keys, on="fold")
    remarks: list[Remark] = []
    if "latitude" in places.columns:
        away = distance_km(
            found["latitude"].to_numpy(), found["longitude"].to_numpy(), to=(found["p_lat"].to_numpy(), found["p_lon"].to_numpy())
        )
        found = found.with_columns(pl.Series("away", away))
        far = found.filter(pl.col("away") > NEAR_KM)
        found = found.filter(pl.col("away") <= NEAR_KM)
        remarks = _homonyms(far.join(found, on="city", how="anti"), source=source)
    won, open_ = _settle(found, places, source=source)
    return won, [*remarks, *open_]


def _homonyms(far: pl.DataFrame, *, source: str) -> list[Remark]:
    return [
        Remark(
            code="city_homonym", rule="homonym_beyond_25_km_not_joined", where="city: join by name", source=source,
            city=row["city"], before=f"{row['main']}, {row['away']:.0f} km away",
            reason="A place of the same name lies too far away to be the same city.",
        )
        for row in far.sort("city", "away").iter_rows(named=True)
    ]  # fmt: skip


def nearest(targets: pl.DataFrame, places: pl.DataFrame, *, within_km: float) -> pl.DataFrame:
    """Find for each target the nearest place within a distance: ``city``, ``geonameid``, ``away_km``."""
    rows = []
    lat, lon = places["latitude"].to_numpy(), places["longitude"].to_numpy()
    ids = places["geonameid"].to_list()
    order = np.argsort(lat)
    for city, y, x in targets.select("city", "latitude", "longitude").iter_rows():
        low, high = np.searchsorted(lat[order], [y - within_km / 110, y + within_km / 110])
        some = order[low:high]
        if not len(some):
            continue
        away = distance_km(lat[some], lon[some], to=(np.array(y), np.array(x)))
        at = int(np.argmin(away))
        if away[at] <= within_km:
            rows.append((city, ids[some[at]], float(away[at])))
    return pl.DataFrame(rows, schema={"city": pl.String, "geonameid": pl.String, "away_km": pl.Float64}, orient="row")
