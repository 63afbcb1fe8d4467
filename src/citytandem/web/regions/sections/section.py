"""What one question of a region's page is made of: the page as on paper, and what the site shows beyond it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citytandem.briefing.document import Page

if TYPE_CHECKING:
    from citytandem.briefing.document import Block
    from citytandem.charts.chart import Twin
    from citytandem.web.regions.asking import View


@dataclass(frozen=True)
class Section:
    """One question; ``template`` shows ``told`` on the site instead of the blocks of the page, ``tables`` are sent as files.

    ``sources`` are the keys of every publication it rests on.
    """

    page: Page
    template: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Twin] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


def make_page(view: View, key: str, *, answer: str, blocks: list[Block], how: list[str] | None = None) -> Page:
    """A page whose question is the word ``web.region.question.<key>``."""
    question = view.speech.sentence(f"web.region.question.{key}", region=view.name)
    return Page(key, question, answer, tuple(blocks), tuple(how or ()))
