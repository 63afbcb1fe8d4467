"""How is a balance handed in as a workbook of the Common Reporting Framework? Our own layout, with the form's columns."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Fact, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FACTS = {
    "hdd": "Heating degree days (HDD, °C)",
    "cdd": "Cooling degree days (CDD, °C)",
    "area_km2": "Land area (km2) within city boundary",
    "population": "Resident population within city boundary",
}
"""Structure variables the first sheet asks for, and its words for them."""
BOUNDARIES = {"municipality": "City / Municipality", "urban_area": "A Metropolitan area"}
LEVELS = {"gpc_basic": "BASIC", "gpc_basic_plus": "BASIC+"}
SCOPES = {"1": "Direct emissions", "2": "Indirect emissions", "3": "Outside city boundary"}
COLUMNS = (
    "Inventory year", "GPC ref. no.", "CRF - Sector", "CRF - Sub-sector", "Scope", "Fuel type or activity", "Notation key",
    "Activity data - Amount", "Activity data - Unit", "Activity data - Description and Methodology", "Activity data - Source",
    "Activity data - Data Quality", "Emission factor - Unit", "Emission factor - Total CO2e", "Emission factor - Data Quality",
    "GHGs (metric tonnes CO2e) - Total CO2e",
)  # fmt: skip
"""Columns of the third sheet; the form's columns for single gases are left out, because a line holds their sum."""
_OTHER_NAMES = {
    "I.4": ("Stationary energy", "Energy industries"), "I.6": ("Stationary energy", "Non-specified sources"),
    "I.7": ("Stationary energy", "Fugitive emissions"), "VI.1": ("Other scope 3", "Other scope 3"),
}  # fmt: skip
_NUMBERED = re.compile(r" \((\d+)\)$")


@dataclass(frozen=True, slots=True)
class Inventory:
    """One balance with all that belongs to it.

    Parameters
    ----------
    balance, city
        Their rows as in the tables of a release.
    line, memo
        Lines of the total, and lines beside it. Only the breakdown by sector has a place in the form.
    structure
        Structure of the city; what is stated for the year of the balance is handed in.
    """

    balance: Mapping[str, Any]
    city: Mapping[str, Any]
    line: pl.DataFrame
    memo: pl.DataFrame
    structure: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """What leads from our words to the form's.

    Parameters
    ----------
    references
        One row per GPC reference: ref, sector, scope, carrier and, as ``true`` or ``false``, what each level holds.
    labels
        One row per row of the second sheet: label, reference.
    words
        One row per fuel or activity the form knows: word, carrier.
    """

    references: Sequence[Mapping[str, str]]
    labels: Sequence[Mapping[str, str]]
    words: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Row:
    reference: str
    word: str
    item: str
    counted: bool
    line: Mapping[str, Any]


def write(inventory: Inventory, *, crosswalk: Crosswalk) -> tuple[bytes, list[Finding]]:
    """Write one balance into the three sheets of the form.

    Parameters
    ----------
    inventory
        The balance.
    crosswalk
        What leads from our words to the form's.

    Returns
    -------
    The workbook, and a finding for lines the form has no place for: those whose sector and scope lead to no one
    reference. They are left out and never spread over others; the published total stays as it is. Read back, a
    workbook gives the lines it was written from, to the 16 digits a workbook holds.
    """
    import xlsxwriter  # slow import

    rows, left = _place(inventory, crosswalk=crosswalk)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    for name, cells in (
        ("eCRF_1", _facts(inventory)),
        ("eCRF_2", _sums(inventory, rows, crosswalk=crosswalk)),
        ("eCRF_3", _details(inventory, rows, crosswalk=crosswalk)),
    ):
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 9, 24)
        for number, row in enumerate(cells):
            for at, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, str):
                    sheet.write_string(number, at, cell, bold if number == 0 else None)
                else:
                    sheet.write_number(number, at, cell)
    book.close()
    return stream.getvalue(), _left_out(inventory, left)


def _place(inventory: Inventory, *, crosswalk: Crosswalk) -> tuple[list[_Row], list[Mapping[str, Any]]]:
    """Each line with the reference it belongs under, sorted as the form is; and those without one."""
    known = {row["ref"]: row for row in crosswalk.references}
    order = {ref: at for at, ref in enumerate(known)}
    unique = _unique_references(crosswalk)
    rows: list[_Row] = []
    left: list[Mapping[str, Any]] = []
    for frame, counted in ((inventory.line, True), (inventory.memo, False)):
        given = frame.filter(pl.col("view").cast(pl.String) == "sector").to_dicts()
        items = {line["item"] for line in given}
        for line in given:
            item = str(line["item"])
            bare = _NUMBERED.sub("", item)
            item = bare if bare in items else item
            first, _, rest = item.partition(" ")
            reference = first if first in known else unique.get((line["sector"], line["scope"]), "")
            if first in known:
                word = rest
            elif reference:
                word = next((row["word"] for row in crosswalk.words if row["carrier"] == line["carrier"]), "")
            elif not counted:
                reference, word = item, ""
            else:
                left.append(line)
                continue
            rows.append(_Row(reference, word, str(line["item"]), counted, line))
    return sorted(rows, key=lambda row: (order.get(row.reference, len(order)), row.word, _number_of(row.item))), left


def _unique_references(crosswalk: Crosswalk) -> dict[tuple[str, str], str]:
    """The one reference for a sector and scope, where there is only one; buildings of the city are services there."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in crosswalk.references:
        if row["crf"] == "true":
            found.setdefault((row["sector"], row["scope"]), []).append(row["ref"])
    one = {key: refs[0] for key, refs in found.items() if len(refs) == 1}
    return one | {("municipal", scope): ref for (sector, scope), ref in one.items() if sector == "services"}


def _number_of(item: str) -> int:
    found = _NUMBERED.search(item)
    return int(found[1]) if found else 1


def _facts(inventory: Inventory) -> list[list[Any]]:
    balance, year = inventory.balance, inventory.balance["year"]
    numeric = inventory.structure.filter((pl.col("year") == year) & pl.col("value").is_not_null())
    stated = {str(name): value for name, value in numeric.select("variable", "value").iter_rows()}
    people = balance["population"] or stated.get("population")
    per_head = stated.get("gdp_per_head")
    rows: list[tuple[str, Any]] = [
        ("Name of city", inventory.city["name"]),
        ("Country", inventory.city["country"]),
        ("Inventory year", year),
        ("Geographic boundary", BOUNDARIES.get(balance["boundary"])),
        *((label, people if name == "population" else stated.get(name)) for name, label in FACTS.items()),
        ("GDP (US$) of economic activity within city boundary", per_head * people if per_head and people else None),
        ("Inventory tool used", balance["tool"]),
        ("GPC reporting level", LEVELS.get(balance["method"])),
        ("Global Warming Potential", f"IPCC {balance['gwp']}" if balance["gwp"] not in {"unknown", "co2_only"} else None),
        ("Description of overall methodology and tools used", f"Method {balance['method']}; source {balance['source']}"),
        ("Has the inventory been audited or verified by a third party?", "Yes" if balance["verification"] else None),
        ("Name of auditor/verifier", balance["verification"]),
    ]
    return [["City inventory" if at == 0 else "", label, value] for at, (label, value) in enumerate(rows)]


def _sums(inventory: Inventory, rows: Sequence[_Row], *, crosswalk: Crosswalk) -> list[list[Any]]:
    """The second sheet: each sub-sector with its direct, indirect and outside emissions."""
    head = ["Sectors and Sub-Sectors", "Direct Emissions", "", "Indirect emissions", "", "Outside city boundary", ""]
    body: list[list[Any]] = [head, ["", *["Emissions in tCO2e", "Notation key"] * 3]]
    done: set[str] = set()
    for label in crosswalk.labels:
        stem = label["reference"]
        if stem in {"total", "I.4.4"} or label["label"].endswith("Produce Use"):
            continue
        cells: list[Any] = [label["label"]]
        for scope in "123":
            here = [row for row in rows if _belongs(row.reference, stem, scope)]
            cells += [None, "IE"] if stem in done else _sum_of(here)
        done.add(stem)
        body.append(cells)
    total = next(label["label"] for label in crosswalk.labels if label["reference"] == "total")
    return [*body, [total, *_total(inventory, rows)]]


def _belongs(reference: str, stem: str, scope: str) -> bool:
    own, _, last = reference.rpartition(".")
    if stem == "I.8":
        return scope == "1" and reference in {"I.7.1", "I.8.1"}
    if stem.startswith(("IV", "V.")):
        return scope == "1" and reference == stem
    return own == stem and last == scope


def _sum_of(rows: Sequence[_Row]) -> list[Any]:
    values = [row.line["emissions_t"] for row in rows if row.line["emissions_t"] is not None]
    if values:
        return [sum(values), None]
    return [None, next((row.line["notation"] for row in rows if row.line["notation"]), None)]


def _total(inventory: Inventory, rows: Sequence[_Row]) -> list[Any]:
    """The total by scope; where the published one is another, that one alone, because nobody says how it splits."""
    by_scope = dict.fromkeys("123", 0.0)
    for row in rows:
        if row.counted and row.line["scope"] in by_scope:
            by_scope[row.line["scope"]] += row.line["emissions_t"] or 0.0
    reported = inventory.balance["reported_t"]
    if reported is not None and abs(sum(by_scope.values()) - reported) > 1e-9 * abs(reported):
        return [reported]
    return [cell for scope in "123" for cell in (by_scope[scope], None)]


def _details(inventory: Inventory, rows: Sequence[_Row], *, crosswalk: Crosswalk) -> list[list[Any]]:
    names = {label["reference"]: tuple(label["label"].split(" > ")) for label in crosswalk.labels if " > " in label["label"]}
    names |= _OTHER_NAMES
    body: list[list[Any]] = [list(COLUMNS)]
    for row in rows:
        line = row.line
        stem = row.reference if row.reference in names else row.reference.rpartition(".")[0]
        sector, part = names.get(stem, ("", ""))
        energy, factor, grade = line["activity_mwh"], line["factor_kg_per_mwh"], line["grade"]
        quality = grade if grade in {"H", "M", "L"} else None
        told = None if row.item.startswith(row.reference) else row.item
        body.append([
            inventory.balance["year"], row.reference, sector, part, SCOPES.get(line["scope"]), row.word, line["notation"],
            energy, "MWh" if energy is not None else None, told, line["source"], quality,
            "kg CO2e/MWh" if factor is not None else None, factor, quality, line["emissions_t"],
        ])  # fmt: skip
    return body


def _left_out(inventory: Inventory, left: Sequence[Mapping[str, Any]]) -> list[Finding]:
    if not left:
        return []
    facts: dict[str, Fact] = {
        "count": len(left), "balance": inventory.balance["balance"], "example": str(left[0]["item"])[:80],
        "tonnes": round(sum(line["emissions_t"] or 0.0 for line in left)),
    }  # fmt: skip
    return [Finding(Code.EXPORT_LINES_LEFT_OUT, facts, where="eCRF_3", severity=Severity.WARNING)]
