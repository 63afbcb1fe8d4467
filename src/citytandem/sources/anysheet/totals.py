"""Which figures of one city-year are parts, which are their totals, and do they agree? Nothing is repaired."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from citytandem.findings import Code, Severity
from citytandem.sources.crosswalks import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citytandem.findings import Fact
    from citytandem.sources.anysheet.records import Record
    from citytandem.sources.cells import Page

FITS = 0.005
"""Parts and total this close, as a share of the total, agree up to rounding."""
COVERS = 0.05
"""Parts that lack more than this share of a whole are not all of it: the whole counts and they stand beside."""
NEIGHBOURS = 200
"""A subtotal is compared with its neighbours in balances of at most so many lines; in larger ones its sector tells."""
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
    ledger = Ledger(account)
    for record in sorted(_distinct(totals, pages), key=lambda one: not (one.sector or one.carrier)):
        ledger.check(record)
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
    combined = [entry for entry in lines if entry.first.sector in parts_of()]
    single = [entry for entry in lines if entry.first.sector not in parts_of()]
    for wholes in (single, combined):
        # first the carriers of a sector, then the sectors inside a combined one
        lines = _take_apart(account, lines, wholes=wholes, totals=totals, pages=pages)
    account.lines += lines


_NOTHING: tuple[list[Entry], dict[str, float]] = ([], {})


def _take_apart(
    account: Account, lines: list[Entry], *, wholes: list[Entry], totals: list[Record], pages: Mapping[str, Page]
) -> list[Entry]:
    """Lines without those that are wholes of others; parts that are not all of their whole stand beside."""
    finer_of = _finer(lines)
    gone, beside = set[int](), set[int]()
    nearer: dict[tuple[str, str, str], bool] = {}
    for entry in wholes:
        finer, sums = finer_of.get((entry.view, entry.first.sector), _NOTHING)
        amount = entry.amount()
        if not finer or amount is None or entry.first.carrier:
            continue
        measure, published = amount
        parts = sums.get(measure, 0.0)
        if parts >= published * (1 - COVERS):
            gone.add(id(entry))
            values = [(each, value) for each, value in entry.values.items() if each in UNITS]
            account.controls += [Control(entry.first, each, value, sums.get(each, 0.0)) for each, value in values]
            continue
        key = (entry.view, entry.first.sector, measure)
        if key not in nearer:
            nearer[key] = _stand_beside(lines, finer, measure=measure, totals=totals)
        if not nearer[key]:
            facts: dict[str, Fact] = {
                "parts": parts, "published": published, "unit": UNITS[measure], "label": entry.item[:80]
            }  # fmt: skip
            pages[entry.first.place].say(Code.SHEET_PARTS_BESIDE, row=entry.first.row, severity=Severity.WARNING, **facts)
            beside |= {id(one) for one in finer}
            finer_of[entry.view, entry.first.sector] = _NOTHING
    beside -= gone
    account.memo += [entry for entry in lines if id(entry) in beside]
    left = gone | beside
    return [entry for entry in lines if id(entry) not in left]


def _finer(lines: list[Entry]) -> dict[tuple[str, str], tuple[list[Entry], dict[str, float]]]:
    """For each view and sector, the lines that say more of it, and their sums: its carriers, or the sectors inside it."""
    named: dict[tuple[str, str], list[Entry]] = {}
    for entry in lines:
        named.setdefault((entry.view, entry.first.sector), []).append(entry)
    found = {}
    for (view, sector), group in named.items():
        if view != "carrier":
            finer = [one for one in group if one.first.carrier]
            finer += [one for part in sorted(parts_of().get(sector, ())) for one in named.get((view, part), [])]
            found[view, sector] = finer, _sums(finer)
    return found


def _sums(entries: list[Entry]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for entry in entries:
        for measure, value in entry.values.items():
            sums[measure] = sums.get(measure, 0.0) + value
    return sums


def _stand_beside(lines: list[Entry], finer: list[Entry], *, measure: str, totals: list[Record]) -> bool:
    """Does the published total come nearer if the parts are counted beside the whole, as lines of their own?"""
    grand = [record.value or 0.0 for record in totals if record.measure == measure and not record.sector and not record.carrier]
    if not grand:
        return False
    together = sum(entry.values.get(measure, 0.0) for entry in lines if entry.view == finer[0].view)
    inside = together - sum(one.values.get(measure, 0.0) for one in finer)
    return abs(together - grand[0]) < abs(inside - grand[0])


def _distinct(totals: list[Record], pages: Mapping[str, Page]) -> Iterable[Record]:
    seen: dict[tuple[str, ...], Record] = {}
    for record in totals:
        key = (record.measure, record.sector, record.carrier, record.scope, record.label)
        if key in seen:
            _say_repeated(record, seen[key], pages[record.place])
        else:
            seen[key] = record
            yield record


class Ledger:
    """Sums of the lines of one city-year, kept while totals that have no parts become lines themselves."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.by_kind: dict[tuple[str, str, str], float] = {}
        self.by_view: dict[tuple[str, str], float] = {}
        self.twins: dict[tuple[str, str], Entry] = {}
        for entry in account.lines:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        self.twins.setdefault((entry.view, entry.item), entry)
        for measure, value in entry.values.items():
            self._count(entry, measure, value)

    def _count(self, entry: Entry, measure: str, value: float) -> None:
        kind = (measure, entry.first.sector, entry.first.carrier)
        self.by_kind[kind] = self.by_kind.get(kind, 0.0) + value
        views = {entry.view, "application"} if entry.first.sector == "transport" else {entry.view}
        for view in views:
            self.by_view[measure, view] = self.by_view.get((measure, view), 0.0) + value

    def check(self, record: Record) -> None:
        """Compare a total with its parts; a total without parts is a line of its own."""
        published, measure = record.value or 0.0, record.measure
        if record.sector or record.carrier:
            sums = self._candidates(record)
        else:
            if measure == "emissions" and self.account.reported_t is None and not record.scope:
                self.account.reported_t = published
            sums = [
                self.by_view[measure, view] for view in ("sector", "carrier", "application") if (measure, view) in self.by_view
            ]
        if sums:
            nearest = min(sums, key=lambda parts: abs(parts - published))
            self.account.controls.append(Control(record, measure, published, nearest))
            return
        entry = Entry(record, _view(record), record.label, {measure: published})
        twin = self.twins.get((entry.view, entry.item))
        if twin is not None and measure not in twin.values:
            twin.values[measure] = published
            self._count(twin, measure, published)
            return
        self.account.lines.append(entry)
        self._add(entry)

    def _candidates(self, record: Record) -> list[float]:
        family = parts_of().get(record.sector, frozenset()) | {record.sector}
        fitting = [
            value
            for (measure, sector, carrier), value in self.by_kind.items()
            if measure == record.measure
            and sector
            and (not record.sector or sector in family)
            and (not record.carrier or carrier == record.carrier)
        ]
        sums = [sum(fitting)] if fitting else []
        if fitting and record.sector and not record.carrier and len(self.account.lines) <= NEIGHBOURS:
            sums += _runs(record, [entry for entry in self.account.lines if record.measure in entry.values], record.measure)
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
    def said(one: Record) -> str | float:
        return one.notation or (one.value or 0.0)

    facts: dict[str, Fact] = {"label": record.label[:80], "value": said(record), "first": first.row, "kept": said(first)}
    page.say(Code.SHEET_ROW_REPEATED, row=record.row, severity=Severity.WARNING, **facts)


def _say_differs(control: Control, page: Page) -> None:
    facts: dict[str, Fact] = {
        "label": control.record.label[:80], "published": control.published, "parts": control.parts,
        "difference": control.difference, "unit": UNITS[control.measure],
    }  # fmt: skip
    page.say(Code.SHEET_TOTAL_DIFFERS, row=control.record.row, severity=Severity.WARNING, **facts)
