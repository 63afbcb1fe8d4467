"""What a briefing is made of, whatever it is written on: pages with an answer, pictures, tables and how we know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from citytandem.charts.chart import Chart, Twin


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Notice:
    """Why something is missing here, and what would cure it."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A chart with its table twin; ``on_paper`` is the twin for print where the full one is too wide."""

    chart: Chart
    on_paper: Twin | None = None

    @property
    def printed(self) -> Twin:
        """The table that stands below the picture on paper."""
        return self.on_paper or self.chart.twin


@dataclass(frozen=True)
class Grid:
    """A table without a picture; ``key`` names it among the figures of its page."""

    twin: Twin
    key: str = ""


@dataclass(frozen=True)
class Card:
    """One city or measure in words: a name, a line below it, and labelled lines."""

    title: str
    subtitle: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cards:
    """A list of cards, in the order of the answer."""

    cards: tuple[Card, ...]


Block: TypeAlias = Text | Notice | Picture | Grid | Cards


@dataclass(frozen=True)
class Page:
    """One question: the answer in one sentence, then what shows it, then how we know."""

    key: str
    question: str
    answer: str
    blocks: tuple[Block, ...]
    how: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Document:
    """A briefing in one language, ready to be written."""

    title: str
    subtitle: str
    city: str
    language: str
    footer: str
    pages: tuple[Page, ...]
    labels: dict[str, str]
