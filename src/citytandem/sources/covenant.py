"""What did signatories of the EU Covenant of Mayors report: one total and one target each?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells
from citytandem.sources.cdp_targets import slug
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import lookup
from citytandem.sources.delimited import ROW, missing_columns, read_delimited
from citytandem.sources.delivery import Ids, deliver
from citytandem.sources.reading import Reading, calendar_year, shape
from citytandem.tables import Balance, Line, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.sources.city_match import Resolve

SOURCE = "eu-covenant"
EMISSIONS = ("emissions_id", "actor_id", "year", "total_emissions")
TARGETS = ("target_id", "actor_id", "target_type", "baseline_year", "target_year", "target_value", "target_unit")


def fits(header: Sequence[str]) -> bool:
    """Are these the headings of the totals or of the targets?"""
    return set(EMISSIONS) <= set(header) or set(TARGETS) <= set(header)


def read(raw: bytes, *, where: str = "covenant.csv", resolve: Resolve = unresolved) -> Reading:
    """Read the totals (t CO2e) or the targets; cities are named by UN/LOCODE alone.

    A city of ours is found by its UN/LOCODE where we know it, else by the name that UN/LOCODE gives the code. Several
    codes have one name (Essen is in the Ruhr and near Oldenburg), so where two codes of a file lead to one city by
    name, neither is joined and both are named.

    The Covenant lets cities choose between standard and life-cycle factors and leave out large plants, and the
    compilation does not say what they chose, so the method is unknown.
    """
    frame, findings = read_delimited(raw, where=where)
    page = Page(where, findings)
    if frame.is_empty():
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    wanted = TARGETS if "target_id" in frame.columns else EMISSIONS
    frame, missing = missing_columns(frame, wanted, where=where)
    findings += missing
    rows = [row for row in frame.iter_rows(named=True) if not cells.is_empty(row["actor_id"])]
    places = Places(_Codes(resolve, _choose(rows, page=page, resolve=resolve)), page, SOURCE)
    tables = _targets(rows, page=page, places=places) if wanted is TARGETS else _totals(rows, page=page, places=places)
    return deliver(tables | places.tables(), page=page, raw=raw, sources=[SOURCE])


@dataclass(frozen=True, slots=True)
class _Codes:
    """The cities that were chosen for the codes of a file; others are known to nobody, or to more than one."""

    resolve: Resolve
    chosen: Mapping[str, str]

    def __call__(self, name: str, *, country: str | None, locode: str | None) -> str | None:  # noqa: ARG002 the interface's names
        return self.chosen.get(locode or "")

    def candidates(self, name: str, *, country: str | None) -> tuple[str, ...]:
        """The cities that bear the name of a code."""
        known = getattr(self.resolve, "candidates", None)
        called = _name_of(name.replace(" ", ""))
        return known(called, country=country) if known and called else ()


def _name_of(code: str) -> str | None:
    row = lookup("locode_names", "locode").get(code.lower())
    return row["name"] if row else None


def _choose(rows: list[dict[str, Any]], *, page: Page, resolve: Resolve) -> dict[str, str]:
    """The city of each code; two codes that lead to one city by their name lead to none."""
    found: dict[str, str] = {}
    for code in dict.fromkeys(cells.shown(row["actor_id"]).replace(" ", "") for row in rows):
        city = resolve(_name_of(code) or code, country=code[:2].upper(), locode=code)
        if city is not None:
            found[code] = city
    shared: dict[str, list[str]] = {}
    for code, city in found.items():
        shared.setdefault(city, []).append(code)
    for city, codes in shared.items():
        certain = [code for code in codes if len(codes) == 1 or resolve("", country=None, locode=code)]
        for code in codes:
            if code not in certain:
                del found[code]
                page.say(Code.CITY_AMBIGUOUS, asked=f"{_name_of(code) or code} ({code})", choices=f"{city} ({', '.join(codes)})")
    return found


def _find(row: Mapping[str, Any], places: Places) -> str:
    code = cells.shown(row["actor_id"])
    return places.find(code, country=code[:2], locode=code.replace(" ", ""))


def _totals(rows: list[dict[str, Any]], *, page: Page, places: Places) -> dict[str, pl.DataFrame]:
    ids, found = Ids(page), []
    for row in rows:
        year = page.year(row["year"], row=row[ROW], column="year")
        total = page.number(row["total_emissions"], row=row[ROW], column="total_emissions", low=0, high=1e10)
        if year is None:
            page.say(Code.YEAR_NOT_STATED, row=row[ROW])
        elif total is not None:
            city = _find(row, places)
            balance = ids.take(f"{city}.{year}.{SOURCE}", row=row[ROW])
            found.append({"balance": balance, "city": city, "year": year, "reported_t": total, "emissions_t": total})
    if not found:
        return {}
    frame = pl.DataFrame(found).with_columns(*calendar_year())
    return {
        "balance": shape(
            frame,
            Balance,
            method="unknown",
            version="EU Covenant of Mayors",
            gwp="unknown",
            upstream="unknown",
            electricity="unknown",
            boundary="municipality",
            top_down=False,
            weather_corrected=False,
            source=SOURCE,
        ),
        "line": shape(frame, Line, view="total", item="Total", sector="total", carrier="all", scope="none", source=SOURCE),
    }


def _targets(rows: list[dict[str, Any]], *, page: Page, places: Places) -> dict[str, pl.DataFrame]:
    found: list[dict[str, Any]] = []
    for row in rows:
        year = page.year(row["target_year"], row=row[ROW], column="target_year")
        if year is None:
            page.say(Code.YEAR_NOT_STATED, row=row[ROW])
            continue
        if row["target_unit"] != "percent":
            page.say(Code.UNIT_UNKNOWN, row=row[ROW], column="target_unit", value=cells.shown(row["target_unit"]))
        percent = page.number(row["target_value"], row=row[ROW], column="target_value", low=0, high=200)
        city, kind = _find(row, places), slug(row["target_type"] or "unnamed") or "unnamed"
        again = sum((one["city"], one["kind"].split(".")[0], one["target_year"]) == (city, kind, year) for one in found[-50:])
        found.append(
            {
                "city": city,
                "kind": f"{kind}.{again + 1}" if again else kind,
                "target_year": year,
                "baseline_year": page.year(row["baseline_year"], row=row[ROW], column="baseline_year"),
                "reduction": percent / 100 if percent is not None and row["target_unit"] == "percent" else None,
                "source": SOURCE,
            }
        )
    return {"target": shape(pl.DataFrame(found, infer_schema_length=None), Target)} if found else {}
