"""Writes a briefing as one web page that asks nobody for anything: pictures, style and tables inside."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from citytandem.briefing.document import Block, Card, Cards, Document, Grid, Notice, Page, Picture, Text
from citytandem.charts.render import render_svg
from citytandem.words import Speech

if TYPE_CHECKING:
    from citytandem.charts.chart import Twin

HERE = Path(__file__).parent


def render_html(document: Document) -> str:
    """The whole page as text."""
    template = Template((HERE / "briefing.html").read_text(encoding="utf-8"))
    speech = Speech(document.language)  # type: ignore[arg-type]
    return template.substitute(
        language=escape(document.language),
        title=escape(document.title),
        subtitle=escape(document.subtitle),
        contents=escape(document.labels["briefing.contents"]),
        style=(HERE / "briefing.css").read_text(encoding="utf-8"),
        links="".join(f'<li><a href="#{page.key}">{escape(page.question)}</a></li>' for page in document.pages),
        pages="\n".join(_render_page(page, document=document, speech=speech) for page in document.pages),
        footer=escape(document.footer),
    )


def _render_page(page: Page, *, document: Document, speech: Speech) -> str:
    body = "\n".join(_render(block, labels=document.labels, speech=speech) for block in page.blocks)
    how = "".join(f"<li>{escape(text)}</li>" for text in page.how)
    told = f"<h3>{escape(document.labels['briefing.how'])}</h3><ul>{how}</ul>" if how else ""
    return (
        f'<section id="{page.key}" aria-labelledby="{page.key}-question">'
        f'<h2 id="{page.key}-question">{escape(page.question)}</h2><p class="answer">{escape(page.answer)}</p>'
        f'{body}<div class="how">{told}</div></section>'
    )


def _render(block: Block, *, labels: dict[str, str], speech: Speech) -> str:
    match block:
        case Text(text):
            return f"<p>{escape(text)}</p>"
        case Notice(text):
            return f'<p class="notice">{escape(text)}</p>'
        case Grid(twin):
            return _render_table(twin, speech=speech)
        case Cards(cards):
            return "".join(_render_card(card) for card in cards)
        case Picture(chart):
            tables = "".join(_render_table(twin, speech=speech) for twin in (chart.twin, *chart.more))
            return (
                f'<figure><div class="picture" role="img" aria-label="{escape(chart.description)}">{render_svg(chart)}</div>'
                f"<details><summary>{escape(labels['briefing.table'])}: {escape(chart.title)}</summary>"
                f"{tables}</details></figure>"
            )


def _render_card(card: Card) -> str:
    lines = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in card.lines)
    return f"<article><h3>{escape(card.title)}</h3><p>{escape(card.subtitle)}</p><dl>{lines}</dl></article>"


def _render_table(twin: Twin, *, speech: Speech) -> str:
    """A table with caption, column headings and row headings; numbers flush right; addresses as links."""
    numbers = [column.is_number for column in twin.columns]
    kinds = [' class="number"' if number else "" for number in numbers]
    head = "".join(f'<th scope="col"{kind}>{escape(text)}</th>' for text, kind in zip(twin.heads, kinds, strict=True))
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row"{kind}>{escape(cell)}</th>' if place == 0 else f"<td{kind}>{_render_cell(cell)}</td>"
            for place, (cell, kind) in enumerate(zip(cells, kinds, strict=True))
        )
        + "</tr>"
        for cells in twin.cells(speech)
    )
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{escape(twin.caption)}"><table>'
        f"<caption>{escape(twin.heading)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _render_cell(cell: str) -> str:
    """The text of a cell; an address becomes a link that is only followed when a person clicks it."""
    if cell.startswith(("https://", "http://")) and " " not in cell:
        return f'<a href="{escape(cell)}" rel="noreferrer">{escape(cell)}</a>'
    return escape(cell)
