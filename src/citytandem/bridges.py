"""Writes the page of bridges between the balances that several publishers drew up for one city, whatever comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.ends import add_nearby, find_factors, read_balance, read_rules
from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citytandem.atlas import Atlas
    from citytandem.charts.chart import Chart
    from citytandem.science.balance.bridge import Bridge

MADE_FROM = "Made from release"
"""Begins the one line of the page that changes with every release."""
C40 = "c40-gpc-inventories/C40_GPC_Database.xlsx"
CDP = {
    "cdp-2018": "cdp-citywide-emissions/2018_City-wide_Emissions.csv",
    "cdp-2019": "cdp-citywide-emissions/2019_City-wide_Emissions.csv",
    "cdp-2020": "cdp-citywide-emissions/2020_City-Wide_Emissions.csv",
}
CITIES = {
    "Berlin": "DE-11000000",
    "Copenhagen": "DK-0101",
    "Heidelberg": "DE-08221000",
    "Minneapolis": "US-2743000",
    "Yokohama": "JP-14100",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two published balances of one city: the beginnings of their ids behind that of the city."""

    city: str
    own: str
    theirs: str


PAIRS = (
    Pair("Berlin", "2016.klimawatch-quellenbilanz", "2016.klimawatch-verursacherbilanz"),
    Pair("Copenhagen", "2018.energistyrelsen", "2018.c40-gpc"),
    Pair("Copenhagen", "2018.energistyrelsen", "2018.cdp-2020"),
    Pair("Copenhagen", "2015.c40-gpc", "2015.nangini"),
    Pair("Heidelberg", "2019.climate-city-contract", "2018.c40-gpc"),
    Pair("Heidelberg", "2015.c40-gpc", "2015.cdp-2018"),
    Pair("Minneapolis", "2018.metropolitan-council", "2018.cdp-2019"),
    Pair("Minneapolis", "2014.metropolitan-council", "2014.nangini"),
    Pair("Yokohama", "2018.moe-japan", "2018.c40-gpc"),
    Pair("Yokohama", "2015.moe-japan", "2015.cdp-2018"),
)
"""In alphabetical order of the cities."""
DRAWN = (PAIRS[0], PAIRS[4], PAIRS[8])
"""Pairs that the page shows as pictures too."""


def report(atlas: Atlas, raw: Path) -> str:
    """The page of bridges in Markdown.

    Parameters
    ----------
    atlas
        The release, which holds one end of most pairs.
    raw
        Folder of the raw data sets, where the files of C40 and CDP lie.

    Raises
    ------
    CannotCompute
        RAW_DATA_MISSING: a file is not there. BRIDGE_END_UNKNOWN: a publication no longer holds the city and year.
    """
    found = build_bridges(atlas, raw)
    made = atlas.provenance()
    return _PAGE.format(
        made=f"{MADE_FROM} {made.release} ({made.release_sha256[:12]}), and from the files of C40 and CDP.",
        overview=_table(_OVERVIEW, [_overview(pair, bridge) for pair, bridge in found]),
        bridges="\n\n".join("\n".join(_tell(pair, bridge)) for pair, bridge in found),
    )


def build_bridges(atlas: Atlas, raw: Path) -> list[tuple[Pair, Bridge]]:
    """The bridge of every pair, in their order; see :func:`report`."""
    from citytandem.science.balance.bridge_target import build_bridge

    tables = [(atlas.balance, atlas.line), *_read_files(raw)]
    factor, rules = find_factors(atlas), read_rules(atlas.facts)
    found = []
    for pair in PAIRS:
        ends = (_find_side(atlas, tables, pair=pair, end=pair.own), _find_side(atlas, tables, pair=pair, end=pair.theirs))
        own, theirs = add_nearby(atlas.facts, ends, tables=tables)
        found.append((pair, build_bridge(own, theirs, factor=factor, **rules)))
    return found


def draw_pictures(atlas: Atlas, raw: Path) -> dict[str, str]:
    """The pictures of the page as SVG, by the names of their files; see :func:`report`.

    Raises
    ------
    CannotCompute
        As in :func:`report`, and EXTRA_MISSING when the addition that draws is not installed.
    """
    from citytandem.charts.render import render_svg

    return {name_picture(pair): render_svg(_draw(pair, bridge)) for pair, bridge in build_bridges(atlas, raw) if pair in DRAWN}


def name_picture(pair: Pair) -> str:
    """The file of a picture: its city, which is drawn once."""
    return f"bridge-{pair.city.lower()}.svg"


def _draw(pair: Pair, bridge: Bridge) -> Chart:
    from citytandem.charts.bridge import draw_bridge
    from citytandem.words import Speech

    return draw_bridge(bridge, city=pair.city, speech=Speech("en"))


def _read_files(raw: Path) -> list[tuple[pl.DataFrame, pl.DataFrame]]:
    from citytandem.sources import cdp, gpc_c40

    readings = [gpc_c40.read(_bytes(raw, C40), resolve=_resolve)]
    readings += [cdp.read(_bytes(raw, file), where=Path(file).name, resolve=_resolve) for file in CDP.values()]
    return [(reading.tables["balance"], reading.tables["line"]) for reading in readings]


def _bytes(raw: Path, file: str) -> bytes:
    path = raw / file
    if not path.is_file():
        raise CannotCompute(Finding(Code.RAW_DATA_MISSING, {"dataset": file, "where": raw.name}))
    return path.read_bytes()


def _resolve(name: str, *, country: str | None, locode: str | None) -> str | None:  # noqa: ARG001 the interface's names
    """Only the cities of this page, by the names the files give them."""
    found = next((city for known, city in CITIES.items() if known in name), None)
    return found if found and (country is None or found.startswith(country)) else None


def _find_side(atlas: Atlas, tables: list[tuple[pl.DataFrame, pl.DataFrame]], *, pair: Pair, end: str) -> Any:
    start = f"{CITIES[pair.city]}.{end}"
    for balance, line in tables:
        found = balance.filter(pl.col("balance").str.starts_with(start)).sort("balance")
        if found.height:
            header = found.row(0, named=True)
            rows = line.filter(pl.col("balance") == header["balance"])
            side = read_balance(atlas.facts, header, line=rows, country=header["city"][:2])
            if side is not None:
                return side
    raise CannotCompute(Finding(Code.BRIDGE_END_UNKNOWN, {"asked": start, "city": CITIES[pair.city], "choices": "–"}))


def _tell(pair: Pair, bridge: Bridge) -> Iterator[str]:
    from citytandem.narration import tell
    from citytandem.words import Speech

    speech = Speech("en")
    yield f"## {pair.city}: {_name(bridge.start)} to {_name(bridge.end)}\n"
    if pair in DRAWN:
        yield f"![{_draw(pair, bridge).description}](../pictures/{name_picture(pair)})\n"
    yield (
        f"{_name(bridge.start)} states {_t(bridge.from_t)} t, {_name(bridge.end)} states {_t(bridge.to_t)} t. "
        f"The steps change {_signed(bridge.net_t)} t in all and {_t(bridge.absolute_t)} t without regard to sign. "
        f"**Unexplained: {_signed(bridge.unexplained_t)} t, {_share(bridge.unexplained_share)} of the sum of absolute steps.**\n"
    )
    rows = bridge.steps.to_dicts()
    changed = [row for row in rows if row["change_t"] is None or round(row["change_t"]) != 0]
    if changed:
        yield _table(_STEPS, [_step(row, speech) for row in changed]) + "\n"
    same = [speech.label(f"step.{row['step']}").lower() for row in rows if row["change_t"] == 0 and row["basis"] == "method"]
    if same:
        yield f"Both say the same about: {', '.join(same)}.\n"
    yield from (f"* {tell(finding, speech=speech, name_city=str)}" for finding in bridge.findings)


def _step(row: dict[str, Any], speech: Any) -> list[str]:
    from citytandem.charts.chart import name_key

    parts = "the whole" if (row["part"], row["scope"]) == ("total", "none") else ", ".join(
        "beside the lines" if key == "not_itemised" else name_key(speech, "sector", key=key) for key in row["part"].split("+")
    )  # fmt: skip
    scope = f" (scope {row['scope']})" if row["scope"] in {"1", "2", "3"} else ""
    interval = "–" if row["low_t"] is None else f"{_signed(row['low_t'])} to {_signed(row['high_t'])}"
    basis = speech.label(f"step_basis.{row['basis']}")
    return [
        speech.label(f"step.{row['step']}"), parts + scope, _signed(row["change_t"]), interval, basis, row["mark"] or "–",
        row["source"].replace("+", ", "),
    ]  # fmt: skip


def _overview(pair: Pair, bridge: Bridge) -> list[str]:
    ends = [_name(bridge.start), _name(bridge.end)]
    sums = [_t(bridge.from_t), _t(bridge.to_t), _signed(bridge.net_t), _t(bridge.absolute_t), _signed(bridge.unexplained_t)]
    return [pair.city, *ends, *sums, _share(bridge.unexplained_share)]


def _name(balance: str) -> str:
    _, year, publication = balance.split(".", 2)
    return f"{publication} {year}"


def _t(value: float) -> str:
    return f"{value + 0.0:,.0f}"


def _signed(value: float | None) -> str:
    if value is None:
        return "–"
    return "0" if round(value) == 0 else f"{value:+,.0f}".replace("-", "−")


def _share(value: float | None) -> str:
    return "nothing to explain" if value is None else f"{value:.0%}"


def _table(titles: tuple[str, ...], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (list(titles), ["---"] * len(titles), *rows))


_OVERVIEW = ("city", "from", "to", "from, t", "to, t", "net, t", "absolute, t", "unexplained, t", "share")
_STEPS = ("step", "part", "change, t CO2e", "90 % interval or bound", "rests on", "cause", "source")
_PAGE = """# Bridges between published balances

Several publishers draw up balances for the same city, each with its own method, and their totals differ.
A bridge names the steps from one total to the other.
This page shows the pairs we have, whatever comes out, and draws some;
`citytandem bridges --raw FOLDER --write FILE --pictures FOLDER` writes it anew.

{made}

## How to read a bridge

Both balances are cut into the finest parts that each of them tells apart, so that no published line is split.

* What only one of them counts is a step of its own: waste, farming and land, industry, aviation, ships and off-road machines.
  Waste, farming and processes that both count are steps too, because their methods differ.
* Where both publish energy in kWh, the difference of a part splits into factor and energy used, each side counting half.
* Where two balances differ in nothing but whether electricity and heat are booked at the plant or where they are used,
  the difference of the energy is that step.
* Where the two are of different periods, the change over time is read off other years of the same publications: between two
  published years, or up to a year and a half beyond them. Its interval is as wide as these years vary, and reaches to zero.
* What is left has no name. It stands as *unexplained*, with what would size it. Nothing is scaled to fit.
* A step whose size cannot be told from what is published has a dash and no figure; it is somewhere inside *unexplained*.
  Where it can be bounded, the bound stands beside it; other gases of burned fuels are bounded by the fuel that has most of them.

The steps add up to the difference, to the tonne.
The sum of absolute steps stands beside the net, because steps that cancel each other out are differences all the same.
Intervals come from the quality grades of the lines, or from the width for lines without a grade; a total that is allocated
from larger ones has a wide one. The error of a grid factor hits all electricity of a balance at once and is added as it is; only
where both balances are known to use the national factor of one year does it move both and leave the difference
([how intervals are made](comparable.md)).
That is why many intervals hold zero: the figures alone do not prove that the two differ.
The column *cause* says how sure the name of a step is: S read in a publication, K recalled, P our proposal.
The share is that of *unexplained* in the sum of absolute steps, where a step made of several parts counts each of them.

## All pairs

{overview}

Totals are those of the publications named; the keys are those of the [tables of facts](../reference/generated/fact-tables.md).

{bridges}
"""
