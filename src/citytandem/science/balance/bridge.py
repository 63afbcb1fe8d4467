"""Why do two balances of one city differ? Named steps from one to the other that close to the tonne."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Fact, Finding, Severity
from citytandem.science.balance import parts as cut
from citytandem.science.balance.period import take_out_period
from citytandem.tables.results_bridge import STEPS

if TYPE_CHECKING:
    from citytandem.science.balance.parts import Cell, Part, Side
    from citytandem.tables.provenance import Provenance

MOST_T_PER_MWH = 5.0
"""No carrier emits more than this."""
HIGHER_HEATING = ("JP", "US")
"""Countries whose statistics give fuels by their higher heating value."""
_NAMED = {
    cut.WASTE: ("waste", "waste"),
    cut.LAND: ("land", "land"),
    cut.PROCESS: ("industry", "process"),
    cut.AVIATION: ("aviation", "aviation"),
    cut.OTHER_TRANSPORT: ("other_transport", "sectors"),
    frozenset({"energy_industry"}): ("energy_industry", "sectors"),
}
"""Step of a part by its sectors, and the field of a method that speaks for it."""


@dataclass(frozen=True)
class Bridge:
    """The way from one balance to another.

    Parameters
    ----------
    city, year
        Whose balance is left.
    start, end
        Where the bridge begins and ends: ids of balances, or a method, or a variant of the core.
    from_t, to_t
        Both totals. Where a step could not be sized on the way to a method, ``to_t`` is before that step.
    steps
        Rows of :class:`~citytandem.tables.results_bridge.BridgeStep`.
    published
        Are both ends published? Else the end is worked out by the steps.
    findings
        What would size what could not be sized.
    provenance
        Release and code.
    """

    city: str
    year: int
    start: str
    end: str
    from_t: float
    to_t: float
    from_half_t: float
    to_half_t: float
    steps: pl.DataFrame
    published: bool
    findings: tuple[Finding, ...] = ()
    source: pl.DataFrame = field(default_factory=pl.DataFrame, repr=False)
    provenance: Provenance | None = None

    @property
    def net_t(self) -> float:
        """What all known steps change together."""
        return math.fsum(self.steps["change_t"].drop_nulls().to_list())

    @property
    def absolute_t(self) -> float:
        """Sum of the steps regardless of their sign: steps that cancel each other out do not hide here."""
        return math.fsum(abs(value) for value in self.steps["change_t"].drop_nulls().to_list())

    @property
    def unexplained_t(self) -> float:
        """What is left without a name."""
        return math.fsum(self._unexplained())

    @property
    def unexplained_share(self) -> float | None:
        """Share of the sum of absolute steps that has no name; null where nothing changes."""
        whole = self.absolute_t
        return math.fsum(abs(value) for value in self._unexplained()) / whole if whole else None

    @property
    def status(self) -> str:
        """Complete where every step has a size and a name, else partial."""
        open_steps = self.steps["change_t"].null_count() > 0
        return "partial" if open_steps or self._unexplained() else "complete"

    def _unexplained(self) -> list[float]:
        return self.steps.filter(pl.col("step") == "unexplained")["change_t"].drop_nulls().to_list()

    def as_dict(self) -> dict[str, Any]:
        """The plain shape in which the answer leaves the house."""
        names = ("city", "year", "start", "end", "from_t", "to_t", "from_half_t", "to_half_t", "published")
        sums = ("net_t", "absolute_t", "unexplained_t", "unexplained_share", "status")
        tables = {"steps": self.steps, "source": self.source, "provenance": self.provenance}
        return {name: getattr(self, name) for name in (*names, *sums)} | tables


@dataclass
class Steps:
    """Steps and findings while a bridge is built."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        step: str,
        *,
        change: float | None,
        source: str,
        part: str = "total",
        scope: str = "none",
        half: float | None = None,
        bound: tuple[float, float] | None = None,
        basis: str = "lines",
        mark: str | None = None,
        finding: Finding | None = None,
    ) -> None:
        """Add one step; its interval is the change with ``half`` on both sides, or the ``bound``."""
        low, high = bound or ((change - half, change + half) if change is not None and half is not None else (None, None))
        code = None if finding is None else str(finding.code)
        self.rows.append(
            {"step": step, "part": part, "scope": scope, "change_t": change, "low_t": low, "high_t": high}
            | {"basis": basis, "mark": mark, "code": code, "source": source}
        )
        if finding is not None and finding not in self.findings:
            self.findings.append(finding)

    def told(self) -> list[Finding]:
        """The findings, one of each kind that only differs in its sectors."""
        merged: dict[Code, list[Finding]] = {}
        for finding in self.findings:
            merged.setdefault(finding.code, []).append(finding)
        found: list[Finding] = []
        for code, several in merged.items():
            sectors = [str(finding.facts["sector"]) for finding in several if set(finding.facts) == {"sector"}]
            found += [note(code, sector=",".join(sectors))] if len(sectors) == len(several) else several
        return found

    def frame(self) -> pl.DataFrame:
        """All steps in walking order."""
        ordered = sorted(self.rows, key=lambda row: (STEPS.index(row["step"]), row["part"], row["scope"]))
        return pl.DataFrame([{"number": number} | row for number, row in enumerate(ordered, 1)], schema=SCHEMA)


def note(code: Code, **facts: Fact) -> Finding:
    """A finding that says what would size a step."""
    spoken = {
        name: fact.replace("+", ",") if name == "sector" and isinstance(fact, str) else fact for name, fact in facts.items()
    }
    return Finding(code, facts=spoken, severity=Severity.NOTE)


def bridge_between(own: Side, theirs: Side, *, other_gases: float = 0.0) -> tuple[pl.DataFrame, list[Finding]]:
    """Steps from one published balance to another of the same city.

    The difference is cut into the finest parts that both balances tell apart. What only one of them counts is named by its
    sector; what both count and where energy is known on both sides is split into factor and activity; the rest has no name
    and is *unexplained*, with the finding that would size it. Where two methods differ in nothing but where electricity and
    heat are booked, the difference of the energy is that step.

    Parameters
    ----------
    own, theirs
        The two balances.
    other_gases
        Largest share by which other gases add to the CO2 of burned fuels.

    Returns
    -------
    Rows of :class:`~citytandem.tables.results_bridge.BridgeStep`, and findings. The bridge from A to B is the negative of that
    from B to A, step by step.
    """
    steps, both = Steps(), _sources(own, theirs)
    booked = _only_booking_differs(own, theirs)
    parts = cut.cut_into_parts(own.cells, theirs.cells)
    for part in parts:
        _add_part(steps, part, own=own, theirs=theirs, booked=booked)
    rest = theirs.rest_t - own.rest_t
    if abs(rest) > 1e-9 * max(abs(own.total_t), abs(theirs.total_t)):
        half = math.hypot(own.rest_half_t, theirs.rest_half_t)
        rounded = own.is_itemised and theirs.is_itemised
        finding = None if rounded else note(Code.BRIDGE_TOTAL_NOT_ITEMISED, own=_whole(own.rest_t), theirs=_whole(theirs.rest_t))
        steps.add("unexplained", change=rest, part="not_itemised", half=half, source=both, finding=finding)
    inside = {"electricity_view", "chp_allocation"} if booked else set()
    inside |= {"electricity_view"} if _has_energy(own, theirs) else set()
    _add_period(steps, parts, own=own, theirs=theirs)
    _add_aspects(steps, own=own, theirs=theirs, other_gases=other_gases, inside=inside)
    if _has_energy(own, theirs) and own.country in HIGHER_HEATING:
        finding = note(Code.BRIDGE_NEEDS_STATEMENT, step="heating_value", own=None, theirs=None)
        steps.add("heating_value", change=None, source=both, basis="not_known", finding=finding)
    return steps.frame(), steps.told()


def _add_part(steps: Steps, part: Part, *, own: Side, theirs: Side, booked: bool) -> None:
    told = [tuple(cell for cell in side if cut.is_told(cell)) for side in (part.own, part.theirs)]
    change = math.fsum(cell.value or 0.0 for cell in told[1]) - math.fsum(cell.value or 0.0 for cell in told[0])
    half = cut.half_of_change(*told, sides=(own, theirs))
    name = cut.name_part(part.sectors)
    shared: dict[str, Any] = {"part": name, "scope": cut.name_scope(part)}
    if change == 0:
        return
    both = _sources(own, theirs)
    named = next((found for sectors, found in _NAMED.items() if part.sectors <= sectors), None)
    if not told[0] or not told[1]:
        absent, lines = (own, part.own) if not told[0] else (theirs, part.theirs)
        present = theirs if not told[0] else own
        step, finding, mark = _explain_absence(part, absent=absent, present=present, lines=lines, named=named, name=name)
        steps.add(step, change=change, half=half, source=present.source, mark=mark, finding=finding, **shared)
    elif named:
        steps.add(named[0], change=change, half=half, source=both, mark="S", **shared)
    elif booked:
        steps.add("booking", change=change, half=half, source=both, mark=_weaker(own, theirs, "booking"), **shared)
    else:
        _split_energy(steps, told[0], told[1], change=change, half=half, source=both, name=name, shared=shared)


def _explain_absence(
    part: Part, *, absent: Side, present: Side, lines: Iterable[Cell], named: tuple[str, str] | None, name: str
) -> tuple[str, Finding | None, str | None]:
    """The step for a part that only one balance counts: its name, what it asks for, how sure the cause is."""
    keys = {cell.notation for cell in lines}
    if "IE" in keys:
        return "unexplained", note(Code.BRIDGE_INCLUDED_ELSEWHERE, sector=name), None
    if keys & {"NE", "C"}:
        return (named or ("coverage", ""))[0], note(Code.BRIDGE_NOT_ESTIMATED, sector=name), "S"
    if part.sectors == {"energy_industry"} and absent.method.booking != present.method.booking:
        return "booking", None, _weaker(absent, present, "booking")
    if named:
        return named[0], None, absent.method.mark_of(named[1]) or absent.method.mark_of("sectors")
    if part.sectors <= {"industry_energy"}:
        return "industry", None, absent.method.mark_of("industry")
    return "coverage", None, absent.method.mark_of("sectors")


def _split_energy(
    steps: Steps,
    own: tuple[Cell, ...],
    theirs: tuple[Cell, ...],
    *,
    change: float,
    half: float,
    source: str,
    name: str,
    shared: dict[str, Any],
) -> None:
    """Factor and activity by carrier where both sides know energy and emissions; the remainder has no name."""
    left = [change]
    for carrier in sorted({cell.carrier for cell in own} & {cell.carrier for cell in theirs}):
        first, second = (_energy(side, carrier) for side in (own, theirs))
        if first is None or second is None:
            continue
        factors = [emitted / energy for energy, emitted in (first, second)]
        # each side's factor and energy count half, so that the way back is the negative of the way there
        by_factor = (factors[1] - factors[0]) * (first[0] + second[0]) / 2
        by_activity = (second[0] - first[0]) * (factors[0] + factors[1]) / 2
        step = "electricity_view" if carrier == "electricity" else "factor"
        steps.add(step, change=by_factor, half=half, source=source, mark="S", **shared)
        steps.add("activity", change=by_activity, half=half, source=source, mark="S", **shared)
        left += [-by_factor, -by_activity]
    rest = math.fsum(left)
    if abs(rest) > 1e-9 * abs(change):
        steps.add(
            "unexplained", change=rest, half=half, source=source, finding=note(Code.BRIDGE_PARTS_DIFFER, sector=name), **shared
        )
    elif rest and steps.rows:
        steps.rows[-1]["change_t"] += rest


def _energy(cells: tuple[Cell, ...], carrier: str) -> tuple[float, float] | None:
    """Energy and emissions of a carrier, where every line of it states both."""
    lines = [cell for cell in cells if cell.carrier == carrier]
    if carrier in {"all", "none"} or any(cell.activity_mwh is None or cell.value is None for cell in lines):
        return None
    energy = math.fsum(cell.activity_mwh or 0.0 for cell in lines)
    emitted = math.fsum(cell.value or 0.0 for cell in lines)
    # beyond any fuel the energy or the emissions are of something else, and a split would be nonsense
    return (energy, emitted) if energy > 0 and abs(emitted) <= MOST_T_PER_MWH * energy else None


def _add_period(steps: Steps, parts: list[Part], *, own: Side, theirs: Side) -> None:
    """Change over time: none where both count the same days; else read off other years, or a step without size."""
    both = _sources(own, theirs)
    ends = [(int(side.header["year"]), side.header.get("period_start"), side.header.get("period_end")) for side in (own, theirs)]
    if ends[0] == ends[1]:
        steps.add("period", change=0.0, source=both, basis="method", mark="S")
        return
    first, second = (_period(*end) for end in ends)
    found = take_out_period(steps.rows, parts, own=own, theirs=theirs)
    for one in found:
        steps.add("period", basis="trend", mark="P", **one)
    sized = [one["part"] for one in found]
    if sized:
        steps.findings.append(note(Code.BRIDGE_PERIOD_BY_TREND, own=first, theirs=second, sector=",".join(sized)))
    differing = [row for row in steps.rows if row["code"] == Code.BRIDGE_PARTS_DIFFER and row["part"] not in sized]
    if differing or not sized:
        finding = note(Code.BRIDGE_NEEDS_SAME_YEAR, own=first, theirs=second)
        part = "+".join(row["part"] for row in differing) if sized else "total"
        steps.add("period", change=None, part=part, source=both, basis="not_known", finding=finding)


def _add_aspects(steps: Steps, *, own: Side, theirs: Side, other_gases: float, inside: set[str]) -> None:
    """What the two say about themselves: equal is a step of zero; unlike or unknown is a step without size.

    Steps in ``inside`` are part of others already.
    """
    both = _sources(own, theirs)
    _add_aspect(steps, "boundary", said=(str(own.header["boundary"]), str(theirs.header["boundary"])), source=both, mark="S")
    for step, aspect in (
        ("electricity_view", "electricity"),
        ("upstream", "upstream"),
        ("chp_allocation", "chp"),
        ("gwp_set", "gwp"),
    ):
        if step in inside:
            continue
        said = own.says(aspect), theirs.says(aspect)
        if step == "gwp_set" and ("co2_only" in said) and said[0] != said[1]:
            _add_gases(steps, own=own, theirs=theirs, said=said, share=other_gases)
            continue
        _add_aspect(steps, step, said=said, source=both, mark=_weaker(own, theirs, aspect))


def _add_aspect(steps: Steps, step: str, *, said: tuple[str, str], source: str, mark: str | None) -> None:
    if said[0] == said[1] not in {"unknown", "optional"}:
        steps.add(step, change=0.0, source=source, basis="method", mark=mark)
        return
    finding = note(Code.BRIDGE_NEEDS_STATEMENT, step=step, own=said[0], theirs=said[1])
    steps.add(step, change=None, source=source, basis="not_known", finding=finding)


def _add_gases(steps: Steps, *, own: Side, theirs: Side, said: tuple[str, str], share: float) -> None:
    most = share * max(abs(own.total_t), abs(theirs.total_t))
    bound = (0.0, most) if said[0] == "co2_only" else (-most, 0.0)
    finding = note(Code.BRIDGE_NEEDS_STATEMENT, step="gwp_set", own=said[0], theirs=said[1])
    steps.add("gwp_set", change=None, bound=bound, source=_sources(own, theirs), basis="bounded", mark="S", finding=finding)


def _only_booking_differs(own: Side, theirs: Side) -> bool:
    """One publisher, period and area, and methods that differ in where electricity and heat are booked and in nothing else."""
    same = all(own.header[name] == theirs.header[name] for name in ("source", "period_start", "period_end", "boundary"))
    fields = ("gwp", "upstream", "aviation", "waste", "process", "land", "industry")
    alike = all(getattr(own.method, name) == getattr(theirs.method, name) != "unknown" for name in fields)
    return same and alike and {own.method.booking, theirs.method.booking} == {"user", "producer"}


def _has_energy(own: Side, theirs: Side) -> bool:
    return all(any(cell.activity_mwh is not None and cell.value is not None for cell in side.cells) for side in (own, theirs))


def _weaker(own: Side, theirs: Side, aspect: str) -> str | None:
    """How sure we are of a statement about both: as sure as of the one we know less well."""
    marks = [side.mark_of(aspect) for side in (own, theirs)]
    return None if None in marks else next((mark for mark in ("K", "P") if mark in marks), "S")


def _whole(tonnes: float) -> float:
    """Tonnes as a sentence says them; a rest below half a tonne is none."""
    return float(round(tonnes))


def _sources(own: Side, theirs: Side) -> str:
    return "+".join(sorted({own.source, theirs.source}))


def _period(year: int, start: object, end: object) -> str:
    return f"{start}–{end}" if start is not None and end is not None else str(year)


SCHEMA: dict[str, Any] = {
    "number": pl.Int16,
    "step": pl.String,
    "part": pl.String,
    "scope": pl.String,
    "change_t": pl.Float64,
    "low_t": pl.Float64,
    "high_t": pl.Float64,
    "basis": pl.String,
    "mark": pl.String,
    "code": pl.String,
    "source": pl.String,
}
