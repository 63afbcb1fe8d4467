"""One row per city: municipalities of the national sets and places of the world list, joined into one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.release import identity
from citytandem.release.facts import read_facts
from citytandem.sources.geonames import folded
from citytandem.sources.reading import Remark, shape
from citytandem.tables import City, Identifier, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.reading import Reading

_SCHEME = {"JP": "jis", "DK": "dk_kommune", "US": "fips", "DE": "ags"}


@dataclass(frozen=True, slots=True)
class Cities:
    """The city table and what the other tables need to point to it.

    ``link`` has city, geonameid for every place; ``place`` the world list with the city id of each row.
    """

    city: pl.DataFrame
    identifier: pl.DataFrame
    link: pl.DataFrame
    remarks: list[Remark]


def join_cities(readings: Mapping[str, Reading], *, place: pl.DataFrame, gazetteer: pl.DataFrame) -> Cities:
    """Join municipalities (Japan, Denmark, United States, Germany) to the places of the world list."""
    japan, remarks_jp = identity.link_japan(readings["japan"].tables["place"], gazetteer)
    danish = readings["denmark"].tables["place"]
    denmark, remarks_dk = identity.link_by_name(danish, gazetteer, country="DK", state=None, source="energistyrelsen")
    towns = readings["metropolitan_council"].tables["place"]
    minnesota, remarks_us = identity.link_by_name(
        towns.filter(pl.col("kind") == "CITY"), gazetteer, country="US", state="MN", source="metropolitan-council"
    )
    german = _german()
    link = pl.concat([japan, denmark, minnesota, german.select("city", "geonameid")])
    seats = gazetteer.select("geonameid", "latitude", "longitude", _romaji().alias("main"), admin1="admin1code").join(
        place.select("geonameid", "timezone"), on="geonameid", how="left"
    )
    local = _municipalities(readings, german).join(link, on="city", how="left").join(seats, on="geonameid", how="left")
    local = local.with_columns(
        pl.coalesce("own_latitude", "latitude").alias("latitude"),
        pl.coalesce("own_longitude", "longitude").alias("longitude"),
        pl.when(pl.col("country") == "JP").then(pl.coalesce("main", "name")).otherwise(pl.col("name")).alias("name"),
        pl.coalesce("state", "admin1").alias("state"),
        pl.coalesce("timezone", "own_zone", pl.col("country").replace_strict(_ZONES, default=None)).alias("timezone"),
    )
    others = place.join(link, on="geonameid", how="anti").with_columns(
        pl.format("{}-G{}", "country", "geonameid").alias("city"), pl.col("admin1code").alias("state")
    )
    city = pl.concat([shape(local, City, boundary="municipality"), shape(others, City, boundary="place", source="geonames")])
    link = pl.concat([link, others.select("city", "geonameid")])
    remarks = [*remarks_jp, *remarks_dk, *remarks_us, *_recalled_tiers()]
    return Cities(city=city, identifier=_identifiers(local, link, towns), link=link, remarks=remarks)


def _romaji() -> pl.Expr:
    # "Fukui-shi", "Ikata-chō", "Misato, Saitama": the kind of municipality and the prefecture are not the name
    plain = pl.col("name").str.replace(r"-(?:shi|ku|machi|chō|cho|mura|son)$", "").str.replace(r", .*$", "")
    return pl.when(pl.col("country") == "JP").then(plain).otherwise(pl.col("name"))


_ZONES = {"JP": "Asia/Tokyo", "DK": "Europe/Copenhagen", "DE": "Europe/Berlin"}


def _german() -> pl.DataFrame:
    codes = read_facts("national_codes").filter(pl.col("country") == "DE")
    return codes.with_columns(("DE-" + pl.col("code")).alias("city"))


def german_ids() -> dict[str, str]:
    """City id for each German city name of our table of codes."""
    return dict(_german().select("name", "city").iter_rows())


def _municipalities(readings: Mapping[str, Reading], german: pl.DataFrame) -> pl.DataFrame:
    core = read_facts("core_cities_japan")["code"].to_list()
    part = pl.col("code").str.slice(2).cast(pl.Int32)
    japan = readings["japan"].tables["place"].with_columns(
        pl.lit("JP").alias("country"), pl.lit("moe-japan").alias("source"),
        pl.when(pl.col("code").str.starts_with("131")).then(None)
        .when(part.is_between(100, 199)).then(pl.lit("designated_city"))
        .when(pl.col("code").is_in(core)).then(pl.lit("core_city"))
        .otherwise(pl.lit("other_municipality")).alias("tier"),
    )  # fmt: skip
    denmark = readings["denmark"].tables["place"].rename({"latitude": "own_latitude", "longitude": "own_longitude"})
    denmark = denmark.with_columns(
        pl.lit("DK").alias("country"), pl.lit("energistyrelsen").alias("source"), pl.lit("kommune").alias("tier")
    )
    towns = readings["metropolitan_council"].tables["place"].with_columns(
        pl.lit("US").alias("country"), pl.lit("metropolitan-council").alias("source"), pl.lit("MN").alias("state"),
        pl.lit("America/Chicago").alias("own_zone"),
        pl.when(pl.col("kind") == "CITY").then(pl.lit("city")).alias("tier"),
        pl.when(pl.col("kind") == "TOWNSHIP").then(pl.col("name") + " Township").otherwise(pl.col("name")).alias("name"),
    )  # fmt: skip
    german = german.select("city", "code", "name", "tier", "country", "source")
    columns = ["city", "code", "name", "state", "tier", "country", "source", "own_latitude", "own_longitude", "own_zone"]
    return pl.concat([japan, denmark, towns, german], how="diagonal").select(columns)


def _identifiers(local: pl.DataFrame, link: pl.DataFrame, towns: pl.DataFrame) -> pl.DataFrame:
    national = local.with_columns(
        pl.col("country").replace_strict(_SCHEME).alias("scheme"),
        pl.when(pl.col("country") == "US").then("27" + pl.col("code")).otherwise(pl.col("code")).alias("value"),
    )
    frames = [
        shape(national, Identifier),
        shape(link.rename({"geonameid": "value"}), Identifier, scheme="geonames", source="geonames"),
        shape(towns.select("city", value="gnis"), Identifier, scheme="gnis", source="metropolitan-council"),
    ]
    return pl.concat(frames).unique(["city", "scheme", "value"])


def collect_names(cities: Cities, *, readings: Mapping[str, Reading], names: pl.DataFrame) -> pl.DataFrame:
    """Every name of every city once per spelling that search can tell apart; official names marked."""
    official = pl.concat([
        readings["japan"].tables["place"].select("city", "name", language=pl.lit("ja"), source=pl.lit("moe-japan")),
        readings["denmark"].tables["place"].select("city", "name", language=pl.lit("da"), source=pl.lit("energistyrelsen")),
        _german().select("city", "name", language=pl.lit("de"), source=pl.lit("destatis-ags")),
    ]).with_columns(pl.lit(value=True).alias("official"))  # fmt: skip
    main = cities.city.select("city", "name", "source", language=pl.lit("und"), official=pl.lit(value=False))
    other = names.join(cities.link, on="geonameid").select(
        "city", "name", source=pl.lit("geonames"), language="language", official=pl.lit(value=False)
    )
    other = other.sort("city", "name")  # of two spellings that search cannot tell apart the same one is always kept
    everything = pl.concat([official, main.select(official.columns), other.select(official.columns)])
    everything = everything.with_columns(folded("name").alias("fold")).filter(pl.col("fold") != "")
    kept = everything.unique(["city", "fold"], keep="first", maintain_order=True)
    return shape(kept, Name)


def _recalled_tiers() -> list[Remark]:
    return [
        Remark(
            code="tier_recalled", rule="tier_shown_not_evidence", where="city: tier", source="citytandem",
            before="62 core cities of Japan", after="core_city",
            reason="The list of core cities is recalled, not read in a source (mark K); it only chooses the default powers.",
        )
    ]  # fmt: skip
