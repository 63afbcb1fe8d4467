"""Which city is a row about? Known cities by code or name; others under a provisional id until a person says."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import polars as pl

from citytandem.findings import Code
from citytandem.sources.crosswalks import find_country, read_rows
from citytandem.sources.reading import shape
from citytandem.tables import City, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.cells import Page

UNKNOWN_COUNTRY = "XX"
"""Country of a provisional id where the country is not known; no country bears this code."""
FAR_LARGER = 10.0
"""So many times larger than the next of its name a city is the one meant."""


class Resolve(Protocol):
    """Finds the id of a city of ours; None where it is not known or several fit."""

    def __call__(self, name: str, *, country: str | None, locode: str | None) -> str | None:
        """Look a city up by name, ISO country and UN/LOCODE."""


def unresolved(name: str, *, country: str | None, locode: str | None) -> str | None:  # noqa: ARG001 the interface's names
    """Know no city: every row gets a provisional id."""
    return None


def provisional_id(name: str, *, country: str | None) -> str:
    """An id for a city we cannot place: country, U, up to eight letters of its name, six signs of a hash.

    The hash is of country and name, so the same name always gives the same id; national codes are digits
    and GeoNames ids begin with G, so it can never be taken for one of ours.

    >>> provisional_id("Accra", country="GH"), provisional_id("北京", country="CN")
    ('GH-UACCRAD2OCOU', 'CN-UBCNNLT')
    """
    code = country or UNKNOWN_COUNTRY
    plain = fold(name)
    letters = re.sub(r"[^a-z0-9]", "", plain).upper()[:8]
    mark = base64.b32encode(hashlib.sha256(f"{code}|{plain}".encode()).digest()).decode()[:6]
    return f"{code}-U{letters}{mark}"


def fold(name: str) -> str:
    """A name without case and accents, as two spellings of one city are compared."""
    text = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return " ".join(text.casefold().replace("ø", "o").replace("æ", "ae").replace("ł", "l").split())


@dataclass(frozen=True, slots=True)
class Places:
    """The cities met in one file, each looked up and reported once.

    Parameters
    ----------
    resolve
        Finds cities of ours.
    page
        Where findings go.
    source
        Key of the publication.
    """

    resolve: Resolve
    page: Page
    source: str
    known: dict[tuple[str, str, str], str] = field(default_factory=dict)
    new: dict[str, tuple[str, str]] = field(default_factory=dict)

    def find(self, name: object, *, country: object = "", locode: str | None = None, boundary: str = "unknown") -> str:
        """The id of the city with this name, provisional if none of ours fits."""
        called = " ".join(str(name).split())[:120] or (locode or "unnamed")
        key = (called, str(country), locode or "")
        if key not in self.known:
            code = find_country(country)
            found = self.resolve(called, country=code, locode=locode)
            if found is None:
                found = provisional_id(called, country=code)
                self._say_rivals(called, country=code)
                self.new[found] = (called, boundary)
                self.page.say(Code.CITY_NOT_MATCHED, name=called, country=code or (str(country)[:60] or "?"), city=found)
            self.known[key] = found
        return self.known[key]

    def _say_rivals(self, name: str, *, country: str | None) -> None:
        """Name the cities between which nothing was chosen, where there are several of the name."""
        known = getattr(self.resolve, "candidates", None)
        rivals = known(name, country=country) if known else ()
        if len(rivals) > 1:
            self.page.say(Code.CITY_AMBIGUOUS, asked=name, choices=", ".join(rivals[:8]))

    def tables(self) -> dict[str, pl.DataFrame]:
        """Rows of the city and name tables for the provisional ids."""
        allowed = set(City.columns()["boundary"].categories)  # type: ignore[attr-defined]
        rows = [
            {
                "city": city,
                "name": name,
                "country": city[:2],
                "boundary": kind if kind in allowed else "unknown",
                "source": self.source,
            }
            for city, (name, kind) in self.new.items()
        ]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(("city", "name", "country", "boundary", "source"), pl.String))
        return {"city": shape(frame, City), "name": shape(frame, Name, language="und", official=False)}


def bare_names(name: str) -> list[str]:
    """The folded forms under which a city may be known: as written, without brackets, without words such as City of.

    >>> bare_names("City of Durban (eThekwini)")
    ['city of durban (ethekwini)', 'city of durban', 'durban']
    """
    forms = [fold(name), fold(re.sub(r"\(.*?\)", " ", name))]
    short = forms[-1]
    for row in sorted(read_rows("city_name_words"), key=lambda row: -len(row["words"])):
        words = fold(row["words"])
        if row["place"] == "before" and short.startswith(words) and (words.endswith("'") or short.startswith(f"{words} ")):
            short = short.removeprefix(words).strip()
        elif row["place"] == "after":
            short = short.removesuffix(f" {words}").strip()
        forms.append(short)
    return [form for form in dict.fromkeys(forms) if form]


def resolve_from(
    *, city: pl.DataFrame, name: pl.DataFrame, identifier: pl.DataFrame, population: Mapping[str, float] | None = None
) -> Directory:
    """A look-up over the cities of a release: by UN/LOCODE, else by a name that one city of the country bears.

    A main name goes before other names. Of several cities with one name the only local government among them is
    meant, or the one at least ten times larger than the next where ``population`` is given; otherwise none. A name
    such as ``Portland, OR`` also gives the state.
    """
    codes: dict[str, str] = dict(
        identifier.filter(pl.col("scheme").cast(pl.String) == "locode").select("value", "city").iter_rows()
    )
    heads = {row["city"]: row for row in city.select("city", "state", pl.col("boundary").cast(pl.String)).iter_rows(named=True)}
    named: list[dict[tuple[str, str], set[str]]] = []
    for table in (city.select("city", "name"), name.select("city", "name")):
        named.append({})
        for one, called in table.iter_rows():
            named[-1].setdefault((one[:2], fold(called)), set()).add(one)

    return Directory(codes, heads, tuple(named), population or {})


@dataclass(frozen=True, slots=True)
class Directory:
    """A look-up over the cities of a release; see :func:`resolve_from`.

    Parameters
    ----------
    codes
        City by UN/LOCODE.
    heads
        State and boundary of each city.
    named
        Cities by country and folded name: main names first, then all other names.
    population
        People of each city, where known.
    """

    codes: Mapping[str, str]
    heads: Mapping[str, Mapping[str, str | None]]
    named: tuple[Mapping[tuple[str, str], set[str]], ...]
    population: Mapping[str, float]

    def __call__(self, name: str, *, country: str | None, locode: str | None) -> str | None:
        """The one city meant; None where none or several fit."""
        if locode and (found := self.codes.get(locode.replace(" ", ""))):
            return str(found)
        fits = self._fitting(name, country=country)
        if len(fits) <= 1:
            return next(iter(fits), None)
        return _far_larger(fits, self.population)

    def candidates(self, name: str, *, country: str | None) -> tuple[str, ...]:
        """Every city that fits a name, by id: what a person chooses from where :meth:`__call__` refuses."""
        return tuple(sorted(self._fitting(name, country=country)))

    def _fitting(self, name: str, *, country: str | None) -> set[str]:
        if not country:
            return set()
        short, comma, state = name.rpartition(",")
        if comma and len(state.strip()) == 2:
            name = short
        else:
            state = ""
        for form in bare_names(name):
            for names in self.named:
                fits = {
                    one for one in names.get((country, form), set()) if not state or self.heads[one]["state"] == state.strip()
                }
                fits = {one for one in fits if self.heads[one]["boundary"] != "place"} or fits
                if fits:
                    return fits
        return set()


def _far_larger(fits: set[str], population: Mapping[str, float]) -> str | None:
    """The one of several cities that is at least ten times larger than the next; None if sizes leave a doubt."""
    sizes = sorted(((population.get(one, 0.0), one) for one in fits), reverse=True)
    (largest, found), (second, _) = sizes[0], sizes[1]
    return found if second > 0 and largest >= FAR_LARGER * second else None
