"""Which emission targets did cities report to CDP in 2021?"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import read_toml
from citytandem.sources.delimited import ROW, missing_columns, read_delimited
from citytandem.sources.delivery import deliver
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.sources.workbook import heading
from citytandem.tables import Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.sources.city_match import Resolve

SOURCE = "cdp-targets-2021"
_WHOLE_CITY = "All emissions sources included in city inventory"


def fits(header: Sequence[str]) -> bool:
    """Are these the headings of the targets of 2021?"""
    return {"type.of.target", "target.year", "percentage.reduction.target"} <= set(header)


def read(raw: bytes, *, where: str = "cdp_targets.csv", resolve: Resolve = unresolved) -> Reading:
    """Read one row per target; the kind joins its type and, where it is not the whole city, its sector."""
    frame, findings = read_delimited(raw, where=where)
    page = Page(where, findings)
    if frame.is_empty():
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    columns: Mapping[str, Sequence[str]] = read_toml("cdp_columns")["targets_2021"]
    frame, missing = missing_columns(frame, [heading(names[0]) for names in columns.values()], where=where)
    findings += missing
    places = Places(resolve, page, SOURCE)
    targets: list[dict[str, Any]] = []
    none = 0
    for row in frame.iter_rows(named=True):
        said = {name: _first(row, names) for name, names in columns.items()}
        if said["kind"] is None or heading(said["kind"]) == "no target":
            none += 1
            continue
        target = _read_target(said, row=row[ROW], page=page, places=places)
        targets += [target] if target else []
    remarks = (
        [
            Remark(
                code="no_target_reported",
                rule="no_target_is_no_row",
                where=where,
                before=f"{none} of {frame.height} rows",
                source=SOURCE,
                reason="These rows say that there is no target, or say nothing.",
            )
        ]
        if none
        else []
    )
    tables = {"target": _frame(targets)}
    return deliver(tables | places.tables(), page=page, raw=raw, sources=[SOURCE], remarks=remarks)


def _first(row: Mapping[str, Any], names: Sequence[str]) -> str | None:
    return next((row[heading(name)] for name in names if not cells.is_empty(row.get(heading(name)))), None)


def _read_target(said: Mapping[str, str | None], *, row: int, page: Page, places: Places) -> dict[str, Any] | None:
    year = page.year(said["target_year"], row=row, column="Target.year")
    if year is None:
        page.say(Code.YEAR_NOT_STATED, row=row)
        return None
    sector = "" if said["sector"] in {None, _WHOLE_CITY} else str(said["sector"])
    percent = page.number(said["reduction"], row=row, column="Percentage.reduction.target", low=0, high=200)
    return {
        "city": places.find(said["name"] or "", country=said["country"] or "", boundary="municipality"),
        "kind": ".".join(filter(None, (slug(said["kind"] or ""), slug(sector)))),
        "target_year": year,
        "baseline_year": page.year(said["baseline_year"], row=row, column="Base.year"),
        "reduction": None if percent is None else percent / 100,
        "source": SOURCE,
    }


def slug(words: str) -> str:
    """Words as a short ASCII key.

    >>> slug("Base year emissions (absolute) target"), slug("Other, please specify: Energía")
    ('base_year_emissions_absolute_target', 'other_please_specify_energ_a')
    """
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:60].strip("_")


def _frame(targets: list[dict[str, Any]]) -> pl.DataFrame:
    """One row per target; a second target of the same kind and year gets a number behind its kind."""
    seen: Counter[tuple[str, str, int]] = Counter()
    for target in targets:
        key = (target["city"], target["kind"], target["target_year"])
        seen[key] += 1
        if seen[key] > 1:
            target["kind"] = f"{target['kind']}.{seen[key]}"
    return shape(pl.DataFrame(targets, infer_schema_length=None), Target) if targets else pl.DataFrame()
