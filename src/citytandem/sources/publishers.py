"""What do the publishers' own sets say? The readers of the reference release, called as those of any file a person brings."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources import checks, denmark, guard, japan, klimawatch, metropolitan_council, nangini
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import find_country
from citytandem.sources.delivery import deliver
from citytandem.sources.reading import Reading, shape
from citytandem.tables import City, Name, Structure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from citytandem.sources.city_match import Resolve

_BROKEN = (
    pl.exceptions.PolarsError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What the readers of the release, which know their files, raise on a file that only looks like theirs."""
_NO_CENTRES = b"kode|navn|regionsnavn|centerLon|centerLat\n"
_HEADINGS: dict[str, frozenset[str]] = {
    "japan_municipal": frozenset({"fiscal_year", "muni_code", *japan.SECTORS}),
    "metropolitan_council": frozenset({"emissions_year", "ctu_id_fips", "category", "value_emissions"}),
    "nangini": frozenset({"city name", "scope-1 ghg emissions [tco2 or tco2-eq]", "total emissions (cdp) [tco2-eq]"}),
    "klimawatch": frozenset({"year", "category", "type", "co2", "note"}),
}


def fits(header: Sequence[str], *, name: str) -> str | None:
    """The publisher whose headings these are; a file of klimawatch names its city only by its own name."""
    for key, wanted in _HEADINGS.items():
        if wanted <= set(header) and (key != "klimawatch" or _stem(name) in klimawatch.CITIES):
            return key
    return None


def is_danish_account(raw: bytes) -> bool:
    """Is this the account of Danish municipalities, as JSON?"""
    start = raw[:4096].lstrip()
    return start.startswith(b"{") and b'"kommuneKode"' in raw[:65536] and b'"samletUdledning"' in raw[:65536]


def read_japan(raw: bytes, *, where: str = "jp_municipal_co2.csv", resolve: Resolve = unresolved) -> Reading:  # noqa: ARG001
    """Read the estimates for all municipalities; the codes in the file are the ids."""
    return _read(raw, where=where, source=japan.SOURCE, reader=lambda text, _: japan.read(text, where=where))


def read_danish(raw: bytes, *, where: str = "klimaregnskab.json", resolve: Resolve = unresolved) -> Reading:  # noqa: ARG001
    """Read the accounts of all municipalities; the codes in the file are the ids."""

    def reader(text: bytes, _: Page) -> Reading:
        found = denmark.read(text, centres=_NO_CENTRES, where=where)
        if "balance" not in found.tables:
            return found
        names = [(f"DK-{one['kommuneKode']}", str(one["kommuneNavn"])) for one in json.loads(text)["kommuner"]]
        place = pl.DataFrame(names, schema={"city": pl.String, "name": pl.String}, orient="row")
        return Reading({**found.tables, "place": place}, found.remarks, found.findings)

    return _read(raw, where=where, source=denmark.SOURCE, reader=reader)


def read_metropolitan_council(
    raw: bytes,
    *,
    where: str = "ctu_emissions.csv",
    resolve: Resolve = unresolved,  # noqa: ARG001 the interface's names
) -> Reading:
    """Read the series of the Twin Cities region; the codes in the file are the ids."""
    source = metropolitan_council.SOURCE
    return _read(raw, where=where, source=source, reader=lambda text, _: metropolitan_council.read(text, where=where))


def read_nangini(raw: bytes, *, where: str = "D_FINAL.csv", resolve: Resolve = unresolved) -> Reading:
    """Read the totals of 343 cities; each city is looked up by its name and country."""

    def reader(text: bytes, page: Page) -> Reading:
        rows = nangini.read_places(text, countries={"": ""}, where=where)
        places = Places(resolve, page, nangini.SOURCE)
        given = rows.tables["row"].to_dicts()
        ids = [
            places.find(row["name"], country=find_country(row["country_name"]) or "") if row["name"] else None for row in given
        ]
        found = nangini.read(rows.tables["row"].with_columns(pl.Series("city", ids, dtype=pl.String)), where=where)
        kept = {name: found.tables[name] for name in ("balance", "line")}
        return Reading(kept | places.tables(), found.remarks, (*rows.findings, *found.findings))

    return _read(raw, where=where, source=nangini.SOURCE, reader=reader)


def read_klimawatch(raw: bytes, *, where: str = "bonn.csv", resolve: Resolve = unresolved) -> Reading:
    """Read the series of one German city, known by the name of its file."""

    def reader(text: bytes, page: Page) -> Reading:
        stem = _stem(where)
        places = Places(resolve, page, klimawatch.SOURCE)
        called = klimawatch.CITIES[stem]
        found = klimawatch.read({stem: text}, codes={called: places.find(called, country="DE", boundary="municipality")})
        return Reading({**found.tables, **places.tables()}, found.remarks, found.findings)

    return _read(raw, where=where, source=klimawatch.SOURCE, reader=reader)


PUBLISHED: dict[str, Callable[..., Reading]] = {
    "japan_municipal": read_japan,
    "danish_accounts": read_danish,
    "metropolitan_council": read_metropolitan_council,
    "nangini": read_nangini,
    "klimawatch": read_klimawatch,
}
"""Readers of the publishers' own sets, by name, called as those of :data:`citytandem.sources.registry.FORMATS`."""


def _read(raw: bytes, *, where: str, source: str, reader: Callable[[bytes, Page], Reading]) -> Reading:
    content, findings = guard.unpack(raw, where=where)
    text, more = guard.decode(content, where=where)
    page = Page(where, [*findings, *more])
    if text.count(",") > guard.LIMITS.cells:
        page.findings.append(guard.too_large(where, part="cells", size=text.count(","), limit=guard.LIMITS.cells))
        return Reading(findings=page.findings)
    if not text.strip():
        return Reading(findings=page.findings or [guard.unreadable(where, problem="the file is empty")])
    try:
        found = reader(text.encode(), page)
    except _BROKEN as error:
        page.findings.append(guard.unreadable(where, problem=f"{type(error).__name__}: {error}"))
        return Reading(findings=page.findings)
    page.findings.extend(found.findings)
    tables = _tables(found.tables, source)
    remarks = list(found.remarks)
    if "line" in tables:
        tables["line"], signs = checks.leave_out_impossible_signs(tables["line"], tables["balance"])
        remarks += signs
    return deliver(tables, page=page, raw=raw, sources=[source], remarks=remarks)


def _tables(found: Mapping[str, pl.DataFrame], source: str) -> dict[str, pl.DataFrame]:
    tables = {name: found[name] for name in ("balance", "line", "city", "name") if name in found}
    if "place" in found:
        heads = found["place"].select("city", "name", pl.col("city").str.slice(0, 2).alias("country"))
        tables["city"] = shape(heads.drop_nulls("name"), City, boundary="municipality", source=source)
        tables["name"] = shape(heads.drop_nulls("name"), Name, language="und", official=False, source=source)
    if "population" in found:
        people = found["population"].unique(["city", "year"], maintain_order=True)
        tables["structure"] = shape(people, Structure, variable="population", basis="municipality", source=source)
    return tables


def _stem(name: str) -> str:
    return PurePath(name).name.partition(".")[0].lower()
