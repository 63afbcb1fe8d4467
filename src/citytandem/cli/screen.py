"""Tables, strips and bars for a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

WIDTH = 44


def open_console() -> Console:
    """A console for people; wide enough for our tables when the output is a file."""
    import sys

    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 110, highlight=False, soft_wrap=False)


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


def write_json(answer: dict[str, Any]) -> None:
    """Print an answer for a program."""
    import json
    import sys

    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def show_table(console: Console, headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """Print a quiet table; headings that begin with ``>`` are set to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for heading in headings:
        table.add_column(heading.removeprefix(">"), justify="right" if heading.startswith(">") else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


@dataclass(frozen=True, slots=True)
class Strip:
    """One line that shows a value among those of peers, on a shared axis from ``low`` to ``high``."""

    low: float
    high: float

    def draw(self, *, own: float | None, peers: Sequence[float], band: tuple[float, float] | None) -> str:
        """Band as a line, peers as small dots, the own value as a full dot."""
        cells = [" "] * WIDTH
        if band:
            for at in range(self._at(band[0]), self._at(band[1]) + 1):
                cells[at] = "─"
        for value in peers:
            cells[self._at(value)] = "·" if cells[self._at(value)] != "·" else ":"
        if own is not None:
            cells[self._at(own)] = "●"
        return "".join(cells)

    def _at(self, value: float) -> int:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round(min(max(share, 0.0), 1.0) * (WIDTH - 1))


def draw_bar(share: float, *, width: int = WIDTH) -> str:
    """A bar for a share of one."""
    return "█" * round(max(0.0, min(share, 1.0)) * width)
