"""Do published totals follow from the published lines? Recounts each of them and writes the page that lists what differs."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.sources.reading import Reading

LISTED = 30
"""So many differences are listed, the largest first; the whole list is in the CSV file."""
_UNIT_FIGURES = {"emissions_per_capita", "total_mtco2e"}
"""Figures of single rows, not totals."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication whose figures are recounted: where its file lies, and what its figures are."""

    name: str
    file: str
    read: Callable[[Path], Reading]
    said: str


def recount_all(raw: Path) -> pl.DataFrame:
    """Recount every figure of every publication that publishes both totals and lines.

    Parameters
    ----------
    raw
        Folder of the raw data sets.

    Returns
    -------
    Rows of :class:`~citytandem.tables.recount.Recount`, with the publication and the name of the city.

    Raises
    ------
    CannotCompute
        RAW_DATA_MISSING: a file is not there.
    """
    found = []
    for publication in PUBLICATIONS:
        reading = publication.read(raw)
        counted = reading.tables["recount"].with_columns(pl.lit(publication.name).alias("publication"))
        found.append(counted.join(_names(reading), on="city", how="left", maintain_order="left"))
    return pl.concat(found)


def report(counted: pl.DataFrame) -> str:
    """The page of recounted totals in Markdown; ``counted`` as from :func:`recount_all`."""
    wrong = counted.filter(pl.col("verdict") == "differs")
    largest = wrong.sort(pl.col("difference_t").abs(), "publication", "city", "year", descending=[True, False, False, False])
    totals = counted.filter(~pl.col("figure").is_in(_UNIT_FIGURES))
    return _PAGE.format(
        totals=f"{totals.height:,}",
        rows=f"{counted.height - totals.height:,}",
        agree=f"{counted.filter(pl.col('verdict') == 'agrees').height:,}",
        differ=f"{wrong.height:,}",
        open=f"{counted.filter(pl.col('verdict') == 'open').height:,}",
        overview=_table(_OVERVIEW, [_overview(counted, *key) for key in _figures(counted)]),
        said="\n".join(f"* **{one.name}**: {one.said}" for one in PUBLICATIONS),
        listed=_table(_LISTED, [_listed(row) for row in largest.head(LISTED).iter_rows(named=True)]),
        more="" if wrong.height <= LISTED else f"\nThe {LISTED} largest of {wrong.height:,} differences.\n",
        moved=_moved(wrong),
    )


def _figures(counted: pl.DataFrame) -> list[tuple[str, str]]:
    return [tuple(row) for row in counted.select("publication", "figure").unique(maintain_order=True).rows()]


def _overview(counted: pl.DataFrame, publication: str, figure: str) -> list[str]:
    rows = counted.filter((pl.col("publication") == publication) & (pl.col("figure") == figure))
    size = pl.col("difference_t").abs()
    by = {verdict: rows.filter(pl.col("verdict") == verdict) for verdict in ("agrees", "differs", "open")}
    return [
        publication,
        f"`{figure}`",
        f"{rows.height:,}",
        f"{by['agrees'].height:,}",
        _tonnes(by["agrees"].select(size.max()).item()),
        f"{by['differs'].height:,}",
        _tonnes(by["differs"].select(size.max()).item()),
        f"{by['open'].height:,}",
    ]


def _listed(row: dict[str, Any]) -> list[str]:
    share = row["difference_t"] / row["published_t"] if row["published_t"] else None
    return [
        row["publication"],
        row["name"] or row["city"] or "all cities",
        str(row["year"]),
        f"`{row['figure']}`",
        f"{row['published_t']:,.0f}",
        f"{row['lines_t']:,.0f}",
        f"{row['difference_t']:+,.0f}".replace("-", "−"),
        "–" if share is None else f"{share:+.1%}".replace("-", "−"),
    ]


def _moved(wrong: pl.DataFrame) -> str:
    """Differences that come again with the other sign in another city: a figure that slipped into another row."""
    size = pl.col("difference_t").round(3)
    other = wrong.select("publication", "figure", _size=-size, other="name", other_year="year")
    both = wrong.with_columns(_size=size).join(other, on=["publication", "figure", "_size"]).filter(pl.col("_size") > 0)
    if both.is_empty():
        return ""
    rows = [
        [row["name"], str(row["year"]), row["other"], str(row["other_year"]), f"`{row['figure']}`", f"{row['_size']:,.0f}"]
        for row in both.sort("publication", "figure", "name", "year").iter_rows(named=True)
    ]
    return _MOVED.format(rows=_table(("too much at", "year", "too little at", "year", "figure", "t"), rows))


def _tonnes(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 0.05 else "0"


def _table(titles: tuple[str, ...], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (list(titles), ["---"] * len(titles), *rows))


def _names(reading: Reading) -> pl.DataFrame:
    for table in ("city", "place"):
        if table in reading.tables:
            return reading.tables[table].select("city", "name").unique("city", keep="first", maintain_order=True)
    return pl.DataFrame(schema={"city": pl.String, "name": pl.String})


def _bytes(raw: Path, file: str) -> bytes:
    path = raw / file
    if not path.is_file():
        raise CannotCompute(Finding(Code.RAW_DATA_MISSING, {"dataset": file, "where": raw.name}))
    content = path.read_bytes()
    return gzip.decompress(content) if file.endswith(".gz") else content


_C40 = "c40-gpc-inventories/C40_GPC_Database.xlsx"
_DENMARK = "dk-municipal-ghg/klimaregnskab_by_kommune_2018_2023.json"
_JAPAN = "jp-municipal-co2/jp_municipal_co2_1990_2019.csv.gz"
_TWIN_CITIES = "us-twin-cities-municipal-ghg/ctu_emissions_2005_2023.csv.gz"
_AMHERST = "us-amherst-gpc-activity/ghg_emissions.csv"
_CHINA = "ceads-china-provinces/ceads_province_sector_fuel_1997_2019.csv.gz"


def _read_c40(raw: Path) -> Reading:
    from citytandem.sources import gpc_c40

    return gpc_c40.read(_bytes(raw, _C40))


def _read_denmark(raw: Path) -> Reading:
    from citytandem.sources import denmark

    return denmark.read(_bytes(raw, _DENMARK), centres=_bytes(raw, "dk-municipal-ghg/kommuner.csv"))


def _read_japan(raw: Path) -> Reading:
    from citytandem.sources import japan

    return japan.read(_bytes(raw, _JAPAN))


def _read_twin_cities(raw: Path) -> Reading:
    from citytandem.sources import metropolitan_council

    return metropolitan_council.read(_bytes(raw, _TWIN_CITIES))


def _read_amherst(raw: Path) -> Reading:
    from citytandem.sources import gpc_activity

    return gpc_activity.read(_bytes(raw, _AMHERST), city="Amherst", country="US")


def _read_china(raw: Path) -> Reading:
    from citytandem.sources import ceads

    return ceads.read(_bytes(raw, _CHINA))


PUBLICATIONS = (
    Publication(
        "C40 dashboard", _C40, _read_c40,
        "four totals for each city and year, from the GPC references each of them holds. Figures have full digits, "
        "so what is more than 1 t or one millionth differs. A total that is not published is not counted.",
    ),
    Publication(
        "Danish accounts", _DENMARK, _read_denmark,
        "the total of each municipality and year from its five sectors, and the total of the country from its 98 "
        "municipalities. Figures have one decimal, so a total and its five sectors may differ by 0.3 t.",
    ),
    Publication(
        "Japan, municipal estimates", _JAPAN, _read_japan,
        "total and three subtotals of each municipality and fiscal year from its ten sectors. Figures are in thousand tonnes "
        "with three decimals, so a total and its ten sectors may differ by 5.5 t.",
    ),
    Publication(
        "Metropolitan Council, Minnesota", _TWIN_CITIES, _read_twin_cities,
        "the set publishes no totals: what we show for a city is our own sum. Each row is published twice, in tonnes and per "
        "head; per head times population is compared with the tonnes, to half of the last digit of both. "
        "Rows without a value (64) stay unknown.",
    ),
    Publication(
        "Amherst, Massachusetts", _AMHERST, _read_amherst,
        "no totals are published either; each row with an amount and a factor is multiplied again.",
    ),
    Publication(
        "CEADs, provinces", _CHINA, _read_china,
        "scope 1 of each province and year from its sectors and fuels; the table has its figures rounded, "
        "so up to 10 t and one in a hundred thousand is rounding.",
    ),
)  # fmt: skip
"""Every publication with figures that its own lines should give. Japan's prefectures (Long et al. 2020) publish no totals."""

_OVERVIEW = ("publication", "figure", "recounted", "agree", "largest rounding, t", "differ", "largest difference, t", "open")
_LISTED = ("publication", "city", "year", "figure", "published, t", "from its lines, t", "difference, t", "share")
_MOVED = """
### The same difference twice, with opposite signs

These differences come again in another city's row, with the other sign, as if a total had been made with the figure of
another row. Only the publisher can tell.

{rows}
"""
_PAGE = """# Published totals, recounted

A total is only worth as much as the lines it is made of.
So every published total is added up again from the lines of its own publication, and whatever differs by more than rounding
is listed with its size. Nothing is corrected: the published lines and the published total are both kept as they are.
`citytandem recount --raw FOLDER --write FILE` writes this page anew, and with `--table FILE` every recounted figure as CSV.

{totals} totals and subtotals and {rows} figures of single rows are recounted:
{agree} agree within rounding, {differ} differ, {open} are open because a line is unknown.

## All figures

{overview}

What is compared, and what counts as rounding:

{said}

Japan's prefectures (Long et al. 2020) publish no totals, so there is nothing to recount; what is shown for a prefecture is
our own sum.

## What differs

{listed}
{more}{moved}
Each difference is also a note of the imported file, with its row: `citytandem import` shows it.
"""
