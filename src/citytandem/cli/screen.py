"""Tables, strips and bars for a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

    from citytandem.findings import Finding
    from citytandem.tables.provenance import Provenance

WIDTH = 40
NAME = 17
"""A cell up to this many letters is kept on one line; headings give way first."""
WORD = 14
"""A word of a heading up to this many letters is not broken."""
TIGHT = 9
"""Where all columns would not fit, each keeps this much, so that none is cut off."""


def open_console() -> Console:
    """A console for people; wide enough for our tables when the output is a file."""
    import sys

    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 124, highlight=False, soft_wrap=False)


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """A line on the error stream that says what is being done, for work of more than two seconds."""
    from rich.console import Console

    from citytandem.cli.language import SPEECH

    console = Console(stderr=True)
    with console.status("") as status:

        def say(step: str) -> None:
            key = f"cli.step.{step}"
            told = SPEECH.label(key) if key in LABELS else step
            status.update(told)
            if not console.is_terminal:
                console.print(told)

        yield say


def show_findings(console: Console, findings: Iterable[Finding]) -> None:
    """Print the sentence of each finding."""
    from citytandem.cli.language import SPEECH
    from citytandem.replies import say

    for finding in findings:
        console.print(f"[yellow]![/yellow] {say(finding, SPEECH)}")


def show_provenance(console: Console, provenance: Provenance | None) -> None:
    """Print what the answer was made from, so that it can be made again."""
    from citytandem.cli.language import SPEECH

    if provenance is not None:
        facts = {"release": provenance.release, "hash": provenance.release_sha256[:12], "version": provenance.code_version}
        console.print(f"[dim]{SPEECH.sentence('cli.provenance', seed=str(provenance.seed or '–'), **facts)}[/dim]")


def write_json(answer: dict[str, Any]) -> None:
    """Print an answer for a program, with each row of a table on a line of its own."""
    import sys

    sys.stdout.write(write_lines(answer) + "\n")


def write_lines(value: object, *, indent: str = "") -> str:
    """JSON with a line for each name and for each row of a table; a person can read it, and it is quick to write.

    >>> print(write_lines({"status": "complete", "peers": [{"peer": "DK-0101"}, {"peer": "JP-14100"}], "findings": []}))
    {
      "status": "complete",
      "peers": [
        {"peer": "DK-0101"},
        {"peer": "JP-14100"}
      ],
      "findings": []
    }
    """
    import json

    inner = indent + "  "
    if isinstance(value, dict) and any(isinstance(part, dict | list) for part in value.values()):
        parts = [f"{json.dumps(name, ensure_ascii=False)}: {write_lines(part, indent=inner)}" for name, part in value.items()]
        ends = "{}"
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        parts, ends = [write_lines(part, indent=inner) for part in value], "[]"
    else:
        return json.dumps(value, ensure_ascii=False)
    return f"{ends[0]}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{ends[1]}"


def _least_width(heading: str, *, column: Sequence[str]) -> int:
    """So wide that no word of the heading is broken, and names stay readable; headings of numbers give way last."""
    from rich.cells import cell_len

    longest = max((cell_len(word) for word in heading.removeprefix(">").replace("-", "- ").split()), default=0)
    words = min(longest, WORD)
    return words if heading.startswith(">") else max(words, min(NAME, max((cell_len(cell) for cell in column), default=0)))


def show_table(
    console: Console, headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", drawn: bool = False
) -> None:
    """Print a quiet table; headings that begin with ``>`` are set right; a last column that is ``drawn`` keeps its width."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    if title:
        console.print(f"\n[bold]{title}[/bold]")
    cells = [tuple(row) for row in rows]
    widths = [_least_width(heading, column=[row[place] for row in cells]) for place, heading in enumerate(headings)]
    tight = sum(widths) + 3 * len(widths) > console.width
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for place, heading in enumerate(headings):
        picture = drawn and place == len(headings) - 1
        side: Literal["left", "right"] = "right" if heading.startswith(">") else "left"
        name = Text(heading) if picture else heading.removeprefix(">")
        least = min(widths[place], TIGHT if heading.startswith(">") else NAME) if tight else widths[place]
        table.add_column(name, justify=side, overflow="fold", no_wrap=picture, min_width=WIDTH if picture else least)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of characters that shows a value among those of peers, on an axis from ``low`` to ``high``."""

    low: float
    high: float

    def draw(self, *, own: float | None, middle: float | None, expected: float | None, band: tuple[float, float] | None) -> str:
        """Range of the peers as a line with its middle, the expected value as a diamond, the own value as a full dot."""
        cells = [" "] * WIDTH
        if band:
            for at in range(self._at(band[0]), self._at(band[1]) + 1):
                cells[at] = "─"
        for value, sign in ((middle, "│"), (expected, "◇"), (own, "●")):
            if value is not None:
                cells[self._at(value)] = sign
        return "".join(cells)

    def _at(self, value: float) -> int:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round(min(max(share, 0.0), 1.0) * (WIDTH - 1))


def draw_bar(share: float, *, width: int = WIDTH) -> str:
    """A bar for a share of one."""
    return "█" * round(max(0.0, min(share, 1.0)) * width)


def draw_signed(share: float) -> str:
    """A bar to the left or the right of a middle line, for a share between -1 and 1."""
    half = WIDTH // 2 - 1
    length = round(min(abs(share), 1.0) * half)
    left, right = (length, 0) if share < 0 else (0, length)
    return " " * (half - left) + "█" * left + "│" + "█" * right
