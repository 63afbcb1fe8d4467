"""Which city is meant? Finds cities by id, code or name in any language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.tables._base import CITY_ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.atlas import Atlas

NEAREST = 5
# a name may be copied from a sentence with the marks around it
_AROUND = " \t\r\n\u3000\"'“”„‘’«»「」"
_LETTERS = {"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"}


def fold(text: str) -> str:
    """A name without case, accents and outer space, so that people find it as they type it.

    >>> fold(" København "), fold("Münster"), fold("横浜市")
    ('kobenhavn', 'munster', '横浜市')
    """
    # lower case before and after: letters of fancy alphabets become plain capitals only when they are taken apart
    plain = unicodedata.normalize("NFKD", text.strip(_AROUND).lower()).lower()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for special, simple in _LETTERS.items():
        bare = bare.replace(special, simple)
    return unicodedata.normalize("NFC", bare)


def find_city(atlas: Atlas, asked: str) -> str:
    """The id of the one city meant.

    A name that several places bear means the one with a balance, or the one at least ten times
    larger than the next; otherwise the house asks back.

    Raises
    ------
    CannotCompute
        ``CITY_UNKNOWN`` with the nearest names, or ``CITY_AMBIGUOUS`` with the choices.
    """
    exact = find_by_code(atlas, asked)
    if exact:
        return exact
    named = _named(atlas, asked, exact=True)
    if named.is_empty():
        nearest = ", ".join(_nearest(atlas, asked))
        raise CannotCompute(Finding(Code.CITY_UNKNOWN, {"asked": asked, "nearest": nearest or None}))
    return str(named[0]) if named.len() == 1 else _choose(_known_of(atlas, named), asked)


def search(atlas: Atlas, text: str | None = None, *, exact: bool = False) -> pl.DataFrame:
    """Cities whose name in any language matches, with what we know of them.

    Parameters
    ----------
    atlas
        The release.
    text
        Name, or part of one, in any language; all cities if None.
    exact
        Only whole names.

    Returns
    -------
    One row per city, alphabetical: city, name, country, state, population, population_year,
    first_year and last_year of its balances, balances (count), stages (count).
    """
    return _known_of(atlas, _named(atlas, text, exact=exact) if text else None)


def _known_of(atlas: Atlas, named: pl.Series | None) -> pl.DataFrame:
    """What we know of the cities named, of all if None."""
    chosen = atlas.city if named is None else atlas.city.filter(pl.col("city").is_in(named.implode()))
    return (
        chosen.select("city", "name", "country", "state", "tier")
        .join(_population(atlas, chosen["city"]), on="city", how="left")
        .join(_balances(atlas), on="city", how="left")
        .join(atlas.stage.group_by("city").len("stages"), on="city", how="left")
        .with_columns(pl.col("balances", "stages").fill_null(0))
        .sort("name", "city")
    )


def find_cities(
    atlas: Atlas, text: str | None = None, *, countries: Sequence[str] | None = None, with_balance: bool = False
) -> pl.DataFrame:
    """Cities by name and country, alphabetical; the columns are those of :func:`search`."""
    coded = find_by_code(atlas, text) if text else None
    found = search(atlas).filter(pl.col("city") == coded) if coded else search(atlas, text)
    if countries:
        found = found.filter(pl.col("country").is_in([country.upper() for country in countries]))
    return found.filter(pl.col("balances") > 0) if with_balance else found


def _named(atlas: Atlas, text: str, *, exact: bool) -> pl.Series:
    wanted = fold(text)
    spellings = [wanted, *_with_suffix(wanted)]
    key, name = pl.col("key"), pl.col("name")
    hit = key.is_in(spellings) if exact else key.str.contains(wanted, literal=True)
    # nearly all names are told apart by their length, before any is folded
    alike = name.str.len_bytes().is_in([len(spelling) for spelling in spellings]) if exact else pl.lit(value=True)
    plain = _lowered(_names(atlas).filter(alike & _IS_PLAIN))
    return pl.concat([names.filter(hit)["city"] for names in (plain, _other_names(atlas))]).unique().sort()


def list_names(atlas: Atlas) -> pl.DataFrame:
    """Every name of every city, with the ``key`` that :func:`fold` would give it."""
    return pl.concat([_lowered(_names(atlas).filter(_IS_PLAIN)), _other_names(atlas)]).sort("row")


@cache
def _names(atlas: Atlas) -> pl.DataFrame:
    return pl.concat([atlas.city.select("city", "name"), atlas.name.select("city", "name")]).with_row_index("row")


def _lowered(plain: pl.DataFrame) -> pl.DataFrame:
    """Names in ASCII: their key is the name in lower case."""
    return plain.with_columns(pl.col("name").str.to_lowercase().alias("key"))


@cache
def _other_names(atlas: Atlas) -> pl.DataFrame:
    """The names with other letters, with their key."""
    names = _names(atlas).filter(~_IS_PLAIN)
    key = pl.col("name").str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{Mn}", "")
    for special, simple in _LETTERS.items():
        key = key.str.replace_all(special, simple, literal=True)
    return names.with_columns(key.str.normalize("NFC").alias("key"))


_IS_PLAIN = pl.col("name").str.len_bytes() == pl.col("name").str.len_chars()


def _with_suffix(name: str) -> list[str]:
    """Japanese and Chinese cities are often written without the word for city."""
    return [name + suffix for suffix in "市町村区"] if re.search(r"[\u4e00-\u9fff]", name) else []


def find_by_code(atlas: Atlas, asked: str) -> str | None:
    """The city with this id, or the only one known elsewhere under this code; None for anything else."""
    if re.match(CITY_ID, asked.upper()):
        hit = atlas.city.filter(pl.col("city") == asked.upper())
        if hit.height:
            return str(hit["city"][0])
    if re.fullmatch(r"[A-Z]{0,2}\s?[0-9A-Z]{3,}|Q\d+", asked):
        codes = atlas.identifier.filter(pl.col("value") == asked.replace(" ", ""))["city"].unique()
        if codes.len() == 1:
            return str(codes[0])
    return None


def _choose(matches: pl.DataFrame, asked: str) -> str:
    if matches.height == 1:
        return str(matches["city"][0])
    known = matches.filter(pl.col("balances") > 0)
    if known.height == 1:
        return str(known["city"][0])
    among = known if known.height else matches
    by_size = among.sort("population", descending=True, nulls_last=True)
    first, second = (by_size["population"][row] or 0 for row in (0, 1))
    if first >= 10 * max(second, 1):
        return str(by_size["city"][0])
    choices = ", ".join(f"{row['city']} ({row['name']}, {row['country']})" for row in among.head(8).iter_rows(named=True))
    raise CannotCompute(Finding(Code.CITY_AMBIGUOUS, {"asked": asked, "choices": choices}))


def _nearest(atlas: Atlas, asked: str) -> list[str]:
    """Cities with the names most like the one asked for, written as the city itself writes it."""
    from rapidfuzz import fuzz, process  # slow import

    names = list_names(atlas)
    found = process.extract(fold(asked), names["key"].to_list(), scorer=fuzz.ratio, limit=NEAREST * 4, score_cutoff=60)
    ids = list(dict.fromkeys(str(names["city"][row]) for _, _, row in found))[:NEAREST]
    own = dict(atlas.city.filter(pl.col("city").is_in(ids)).select("city", "name").iter_rows())
    return [f"{own[city]} ({city})" for city in ids]


def _population(atlas: Atlas, cities: pl.Series) -> pl.DataFrame:
    """The newest figure for the municipality itself; one for a wider or narrower place only where there is none."""
    counted = atlas.structure.filter((pl.col("variable") == "population") & pl.col("city").is_in(cities.implode()))
    own = (pl.col("basis") == "municipality").cast(pl.Int32) * 10_000 + pl.col("year")
    best = own.arg_max()
    return counted.group_by("city").agg(
        pl.col("value").get(best).alias("population"), pl.col("year").get(best).alias("population_year")
    )


def _balances(atlas: Atlas) -> pl.DataFrame:
    return atlas.balance.group_by("city").agg(
        pl.len().alias("balances"), pl.col("year").min().alias("first_year"), pl.col("year").max().alias("last_year")
    )


def names_in(atlas: Atlas, cities: list[str], *, language: str) -> dict[str, str]:
    """How cities are called in a language: their official name there, else the name in Latin letters.

    A Japanese reader sees 横浜市, all others Yokohama; who reads a name in a script foreign to
    them is not helped by it.
    """
    latin = atlas.city.filter(pl.col("city").is_in(cities)).select("city", "name")
    told = dict(zip(latin["city"].to_list(), latin["name"].to_list(), strict=True))
    spoken = atlas.name.filter(pl.col("city").is_in(cities) & (pl.col("language") == language))
    told.update(_full_chinese_names(spoken) if language == "zh-Hans" else {})
    official = spoken.filter(pl.col("official"))
    told.update(zip(official["city"].to_list(), official["name"].to_list(), strict=True))
    return told


def _full_chinese_names(spoken: pl.DataFrame) -> dict[str, str]:
    """The name that ends in 市 and is written in simplified letters, where a city has just one such name."""
    found: dict[str, list[str]] = {}
    for city, name in spoken.filter(pl.col("name").str.ends_with("市")).select("city", "name").iter_rows():
        if name.encode("gb2312", errors="ignore").decode("gb2312") == name:
            found.setdefault(city, []).append(name)
    return {city: names[0] for city, names in found.items() if len(names) == 1}
