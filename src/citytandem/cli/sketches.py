"""Small pictures made of characters, drawn from the same tables as the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import WIDTH, Strip, draw_bar, draw_signed, show_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from citytandem.charts.chart import Twin

COLUMNS_OF_STRIPS = ("value", "low", "high", "median", "expected")


def sketch_strips(console: Console, twin: Twin) -> bool:
    """Per outcome the own value (●) with the range of the peers (─) and their middle (│), on one axis from zero."""
    rows = twin.rows
    ends = [value for name in ("value", "p90", "median") if name in rows.columns for value in rows[name].drop_nulls().to_list()]
    if not ends:
        return False
    strip = Strip(0.0, max(ends) * 1.05)
    heading = {column.name: column.label for column in twin.columns}
    unit = next(column.unit for column in twin.columns if column.name == "value")
    drawn = []
    for row in rows.iter_rows(named=True):
        band = (row["p10"], row["p90"]) if row["p10"] is not None and row["p90"] is not None else None
        picture = strip.draw(own=row["value"], middle=row["median"], expected=row["expected"], band=band)
        interval = f"{SPEECH.number(row['low'])}–{SPEECH.number(row['high'])}" if row["low"] is not None else "–"
        drawn.append(
            [
                row["name"],
                SPEECH.number(row["value"]),
                interval,
                SPEECH.number(row["median"]),
                SPEECH.number(row["expected"]),
                picture,
            ]
        )
    axis = f"0{' ' * (WIDTH - 6)}{SPEECH.number(strip.high)}"
    short = [SPEECH.label(f"cli.strips.{name}") for name in ("own", "interval", "middle", "expected")]
    show_table(
        console, [heading["name"], *(f">{name}" for name in short), axis], drawn, title=f"{twin.caption}, {unit}", drawn=True
    )
    console.print(f"[dim]{SPEECH.label('cli.sketch.strips')}[/dim]")
    return True


def sketch_scope(console: Console, twin: Twin) -> bool:
    """One bar per part: ours to decide, ours to influence, outside our reach, open."""
    parts = [(column, float(twin.rows[column.name].sum() or 0.0)) for column in twin.columns if column.digits is not None]
    whole = sum(size for _, size in parts)
    if whole <= 0:
        return False
    rows = [[column.label, SPEECH.percent(size / whole), draw_bar(size / whole)] for column, size in parts]
    show_table(console, ["", ">%", ""], rows, title=twin.caption, drawn=True)
    return True


def sketch_waterfall(console: Console, twin: Twin) -> bool:
    """Each driver as a bar to the left (less than the reference) or to the right (more) of a middle line."""
    rows = [row for row in twin.rows.to_dicts() if row["effect"] is not None and row["from"] is not None]
    largest = max((abs(row["effect"]) for row in rows), default=0.0)
    if largest == 0:
        return False
    drawn = []
    for row in rows:
        name = ": ".join(part for part in (row["sector_name"], row["driver"]) if part and part != "–")
        drawn.append([name, SPEECH.localise(f"{row['effect']:+.2f}"), draw_signed(row["effect"] / largest)])
    unit = next((column.unit for column in twin.columns if column.name == "effect"), "")
    show_table(console, ["", f">{unit}", ""], drawn, title=twin.caption, drawn=True)
    return True


def sketch_sectors(console: Console, twin: Twin) -> bool:
    """The sum of each year as a bar; sectors stand in the table of the newest year below."""
    rows, unit = twin.rows, next((column.unit for column in twin.columns if column.digits is not None), "")
    sums = [column.name for column in twin.columns if column.digits is not None]
    whole = "sum" if "sum" in sums else sums[0]
    values = rows[whole].to_list()
    top = max((value for value in values if value is not None), default=0.0)
    if top <= 0:
        return False
    kept = rows.tail(YEARS).iter_rows(named=True)
    drawn = [[str(row["year"]), SPEECH.number(row[whole], digits=2), draw_bar((row[whole] or 0.0) / top)] for row in kept]
    show_table(console, ["", f">{unit}", ""], drawn, title=twin.caption, drawn=True)
    newest = rows.tail(1).to_dicts()[0]
    split = [[column.label, SPEECH.number(newest[column.name], digits=2), draw_bar((newest[column.name] or 0.0) / top)]
             for column in twin.columns if column.digits is not None and column.name != "sum"]  # fmt: skip
    if len(split) > 1:
        show_table(console, [str(newest["year"]), f">{unit}", ""], split, drawn=True)
    return True


YEARS = 12
SKETCHES: dict[str, Callable[[Console, Twin], bool]] = {
    "strips": sketch_strips,
    "scope": sketch_scope,
    "waterfall": sketch_waterfall,
    "sectors": sketch_sectors,
}
