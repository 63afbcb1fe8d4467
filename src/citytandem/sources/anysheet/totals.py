"""Which figures of one city-year are parts, which are their totals, and do they agree? Nothing is repaired."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from citytandem.findings import Code, Severity
from citytandem.sources.crosswalks import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citytandem.sources.anysheet.records import Record
    from citytandem.sources.cells import Page

FITS = 0.005
"""Parts and total this close, as a share of the total, agree up to rounding."""
COVERS = 0.05
"""Parts that lack more than this share of a whole are not all of it: the whole counts and they stand beside."""
UNITS = {"emissions": "t", "energy": "MWh"}
_APPLICATION = {"heat_use", "electricity_use"}


@dataclass(slots=True)
class Entry:
    """One line to be: what its records say together."""

    first: Record
    view: str
    item: str
    values: dict[str, float] = field(default_factory=dict)
    notation: str | None = None

    def amount(self) -> tuple[str, float] | None:
        """The amount by which it is compared with others: emissions, else energy."""
        for measure in UNITS:
            if measure in self.values:
                return measure, self.values[measure]
        return None


@dataclass(frozen=True, slots=True)
class Control:
    """A published total beside the sum of its parts."""

    record: Record
    measure: str
    published: float
    parts: float

    @property
    def difference(self) -> float:
        return self.parts - self.published

    @property
    def fits(self) -> bool:
        return abs(self.difference) <= FITS * abs(self.published)


@dataclass(slots=True)
class Account:
    """One city-year sorted out: lines, lines beside them, totals with their check, and the total published."""

    lines: list[Entry] = field(default_factory=list)
    memo: list[Entry] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    reported_t: float | None = None


@cache
def parts_of() -> Mapping[str, frozenset[str]]:
    """The sectors inside each combined sector, the combined ones inside larger ones too."""
    inside: dict[str, set[str]] = {}
    for row in read_rows("sector_part"):
        inside.setdefault(row["sector"], set()).add(row["part"])
    combined = {"stationary": {"buildings", "services_and_industry"}, "total": {"transport"}}
    return {
        sector: frozenset(parts | combined.get(sector, set())) for sector, parts in inside.items() if sector not in _APPLICATION
    }


def settle(records: Sequence[Record], pages: Mapping[str, Page]) -> Account:
    """Sort the records of one city and year; what is given twice is counted once and named."""
    account = Account()
    totals = [record for record in records if record.use == "total" and record.measure in UNITS and record.value is not None]
    entries = _merge([record for record in records if record.use != "total" or record.measure not in UNITS], pages)
    _split(account, entries, totals=totals, pages=pages)
    for record in _distinct(totals, pages):
        _check(account, record)
    for control in account.controls:
        if not control.fits:
            _say_differs(control, pages[control.record.place])
    return account


def _merge(records: list[Record], pages: Mapping[str, Page]) -> list[Entry]:
    """One entry for energy, emissions, factor and notation key of the same thing."""
    merged: dict[tuple[str, ...], Entry] = {}
    rows: dict[tuple[str, ...], Record] = {}
    for record in records:
        if record.use == "ask":
            pages[record.place].say(
                Code.CATEGORY_UNKNOWN, row=record.row, column=record.column, value=record.label[:80], severity=Severity.WARNING
            )
        key = (record.use, record.sector, record.carrier, record.scope, record.label)
        if (seen := rows.get((*key, record.measure))) is not None:
            _say_repeated(record, seen, pages[record.place])
            continue
        rows[*key, record.measure] = record
        entry = merged.get(key)
        if entry is None:
            entry = merged[key] = Entry(record, _view(record), record.label)
        if record.value is not None:
            entry.values[record.measure] = record.value
        entry.notation = entry.notation or record.notation
    return list(merged.values())


def _view(record: Record) -> str:
    if not record.sector:
        return "carrier" if record.carrier else "total"
    return "application" if record.sector in _APPLICATION else "sector"


def _split(account: Account, entries: list[Entry], *, totals: list[Record], pages: Mapping[str, Page]) -> None:
    lines = [entry for entry in entries if entry.first.use == "line"]
    account.memo += [entry for entry in entries if entry.first.use != "line"]
    sectors = {entry.first.sector for entry in lines if entry.view == "sector"}
    if sectors <= {"transport"} and any(entry.view == "application" for entry in lines):
        for entry in lines:
            entry.view = "application" if entry.view == "sector" else entry.view
    wholes, beside = set[int](), set[int]()
    for entry in lines if any(entry.first.carrier or entry.first.sector in parts_of() for entry in lines) else ():
        finer = [one for one in lines if _is_part(one, entry)]
        amount = entry.amount()
        if not finer or amount is None or id(entry) in beside:
            continue
        measure, published = amount
        parts = sum(one.values.get(measure, 0.0) for one in finer)
        if parts < published * (1 - COVERS) and _stand_beside(lines, finer, measure=measure, totals=totals):
            continue
        if parts < published * (1 - COVERS):
            facts = {"parts": _shown(parts), "published": _shown(published), "unit": UNITS[measure], "label": entry.item[:80]}
            pages[entry.first.place].say(Code.SHEET_PARTS_BESIDE, row=entry.first.row, severity=Severity.WARNING, **facts)
            beside |= {id(one) for one in finer}
        else:
            wholes.add(id(entry))
            account.controls += [
                Control(entry.first, each, value, sum(one.values.get(each, 0.0) for one in finer))
                for each, value in entry.values.items()
                if each in UNITS
            ]
    account.memo += [entry for entry in lines if id(entry) in beside]
    account.lines += [entry for entry in lines if id(entry) not in wholes | beside]


def _stand_beside(lines: list[Entry], finer: list[Entry], *, measure: str, totals: list[Record]) -> bool:
    """Does the published total come nearer if the parts are counted beside the whole, as lines of their own?"""
    grand = [record.value or 0.0 for record in totals if record.measure == measure and not record.sector and not record.carrier]
    if not grand:
        return False
    together = sum(entry.values.get(measure, 0.0) for entry in lines if entry.view == finer[0].view)
    inside = together - sum(one.values.get(measure, 0.0) for one in finer)
    return abs(together - grand[0]) < abs(inside - grand[0])


def _is_part(part: Entry, whole: Entry) -> bool:
    if part is whole or part.view != whole.view or whole.view == "carrier" or whole.first.carrier:
        return False
    if part.first.sector == whole.first.sector:
        return bool(part.first.carrier)
    return part.first.sector in parts_of().get(whole.first.sector, frozenset())


def _distinct(totals: list[Record], pages: Mapping[str, Page]) -> Iterable[Record]:
    seen: dict[tuple[str, ...], Record] = {}
    for record in totals:
        key = (record.measure, record.sector, record.carrier, record.scope, record.label)
        if key in seen:
            _say_repeated(record, seen[key], pages[record.place])
        else:
            seen[key] = record
            yield record


def _check(account: Account, record: Record) -> None:
    """Compare a total with its parts; a total without parts is a line of its own."""
    published, measure = record.value or 0.0, record.measure
    lines = [entry for entry in account.lines if measure in entry.values]
    if not record.sector and not record.carrier:
        if measure == "emissions" and account.reported_t is None and not record.scope:
            account.reported_t = published
        sums = [sum(entry.values[measure] for entry in group) for group in _views(lines)]
    else:
        sums = _candidates(record, lines, measure)
    if sums:
        nearest = min(sums, key=lambda parts: abs(parts - published))
        account.controls.append(Control(record, measure, published, nearest))
        return
    view = "carrier" if record.carrier and not record.sector else _view(record)
    twin = next((entry for entry in account.lines if entry.item == record.label and entry.view == view), None)
    if twin is not None and measure not in twin.values:
        twin.values[measure] = published
        return
    account.lines.append(Entry(record, view, record.label, {measure: published}))


def _views(lines: list[Entry]) -> Iterable[list[Entry]]:
    for wanted in ({"sector"}, {"carrier"}, {"application"}):
        group = [entry for entry in lines if entry.view in wanted]
        if group:
            yield group
    transport = [entry for entry in lines if entry.view == "application" or entry.first.sector == "transport"]
    if any(entry.view == "application" for entry in transport):
        yield transport


def _candidates(record: Record, lines: list[Entry], measure: str) -> list[float]:
    family = parts_of().get(record.sector, frozenset()) | {record.sector}
    fitting = [
        entry for entry in lines
        if (not record.sector or entry.first.sector in family)
        and (not record.carrier or entry.first.carrier == record.carrier)
        and (record.sector or entry.first.sector)
    ]  # fmt: skip
    sums = [sum(entry.values[measure] for entry in fitting)] if fitting else []
    if fitting and record.sector and not record.carrier:
        sums += _runs(record, lines, measure)
    return sums


def _runs(record: Record, lines: list[Entry], measure: str) -> list[float]:
    """Sums of the neighbours before and after a subtotal, as far as they may reach."""
    same = [entry for entry in lines if entry.first.table == record.table and entry.first.place == record.place]
    place = (record.row, len(record.column), record.column)
    before = [entry for entry in same if (entry.first.row, len(entry.first.column), entry.first.column) < place][::-1]
    after = [entry for entry in same if (entry.first.row, len(entry.first.column), entry.first.column) > place]
    sums = []
    for side in (before[:30], after[:30]):
        running = 0.0
        for entry in side:
            running += entry.values[measure]
            sums.append(running)
    return [parts for parts in sums if abs(parts - (record.value or 0.0)) <= FITS * abs(record.value or 0.0)]


def _say_repeated(record: Record, first: Record, page: Page) -> None:
    def said(one: Record) -> str:
        return one.notation or _shown(one.value or 0.0)

    facts = {"label": record.label[:80], "value": said(record), "first": first.row, "kept": said(first)}
    page.say(Code.SHEET_ROW_REPEATED, row=record.row, severity=Severity.WARNING, **facts)


def _say_differs(control: Control, page: Page) -> None:
    facts = {
        "label": control.record.label[:80], "published": _shown(control.published), "parts": _shown(control.parts),
        "difference": _shown(control.difference), "unit": UNITS[control.measure],
    }  # fmt: skip
    page.say(Code.SHEET_TOTAL_DIFFERS, row=control.record.row, severity=Severity.WARNING, **facts)


def _shown(value: float) -> str:
    return f"{value:.6g}"
