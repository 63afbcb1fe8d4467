"""The sheet of one building as a PDF: the same words as its page, each figure with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Sheet, Table
from citytandem.briefing.papers.write import set_sheet
from citytandem.narration import tell
from citytandem.web.buildings.telling import tell_place, tell_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.findings import Finding
    from citytandem.web.buildings.comparing import ComparisonPage
    from citytandem.web.buildings.sheet import BuildingPage, Group
    from citytandem.words import Speech

GAP = "web.building.gap"


def write_paper(page: BuildingPage, *, answer: str, compared: ComparisonPage | None, speech: Speech) -> bytes:
    """The PDF of a building."""
    numbers = {one.text: number for number, one in enumerate(page.sources, start=1)}
    parts = [Part(paragraphs=(answer,))]
    parts += [_write_group(group, numbers=numbers, speech=speech) for group in page.groups]
    parts += _write_limits(page, numbers=numbers, speech=speech)
    parts += _write_compared(compared, speech=speech) if compared else []
    similar = tuple(_say(one, speech) for one in page.few)
    parts.append(
        Part(speech.label("web.building.similar"), paragraphs=similar) if similar else _write_similar(page, speech=speech)
    )
    if page.findings:
        parts.append(Part(speech.label("web.building.findings"), points=tuple(_say(one, speech) for one in page.findings)))
    listed = tuple(f"{number}  {one.text} {one.url}".strip() for number, one in enumerate(page.sources, start=1))
    parts.append(Part(speech.label("web.building.sources"), paragraphs=listed))
    year = tell_year(page.row, speech=speech)
    is_invented = page.owner is not None and page.owner.is_invented
    sheet = Sheet(
        title=page.row["name"],
        subtitle=" · ".join(part for part in (tell_place(page.row, speech=speech), year) if part),
        parts=tuple(parts),
        footer=speech.label("web.building.paper_footer"),
        notice=speech.label("web.building.invented_told") if is_invented else "",
    )
    return set_sheet(sheet, speech.language)


def _write_group(group: Group, *, numbers: dict[str, int], speech: Speech) -> Part:
    heads = tuple(speech.label(f"web.building.head.{name}") for name in ("figure", "how", "value", "area", "source"))
    gap = speech.label(GAP)
    rows = tuple(
        (
            line.figure,
            " · ".join(part for part in (line.how, line.period) if part),
            f"{line.value} {line.unit}".strip() or gap,
            " ".join(part for part in (line.area, line.other) if part),
            f"{line.mark} {numbers.get(line.cited.text, '')}".strip() if line.cited else "",
        )
        for line in group.lines
    )
    return Part(
        speech.label(f"web.building.group.{group.key}"), table=Table(heads, rows, shares=(2.4, 2.6, 1.4, 2.4, 0.9), numbers=(2,))
    )


def _write_limits(page: BuildingPage, *, numbers: dict[str, int], speech: Speech) -> list[Part]:
    heading = speech.label("web.building.against_limits")
    if not page.held:
        return [Part(heading, paragraphs=(speech.label("web.building.no_limits"),))]
    heads = tuple(
        speech.label(f"web.building.head.{name}") for name in ("standard", "figure", "value", "limit", "verdict", "source")
    )
    gap = speech.label(GAP)
    rows = tuple(
        (
            one.standard,
            one.figure,
            " ".join(part for part in (one.value or gap, one.state) if part),
            one.limit,
            one.verdict or "–",
            f"{one.mark} {numbers.get(one.cited.text, '')}",
        )
        for one in page.held
    )
    told = (speech.label("web.building.limits_how"),)
    return [Part(heading, paragraphs=told, table=Table(heads, rows, shares=(2.2, 1.8, 1.8, 1.8, 1.6, 0.8)))]


def _write_compared(compared: ComparisonPage, *, speech: Speech) -> list[Part]:
    gap = speech.label(GAP)
    heads = tuple(speech.label(f"web.building.head.{name}") for name in ("what", "energy", "note"))
    rows = tuple((what, value or gap, note) for what, value, note in compared.figures)
    paragraphs = tuple(part for part in (compared.answer, compared.model) if part)
    parts = [Part(speech.label("web.building.compare"), paragraphs=paragraphs, table=Table(heads, rows, numbers=(1,)))]
    if compared.terms:
        heads = tuple(speech.label(f"web.building.head.{name}") for name in ("term", "energy", "mark"))
        told = tuple((term, value or speech.label("web.building.unknown"), mark) for term, value, mark in compared.terms)
        parts.append(Part(speech.label("web.building.gap_by_term"), table=Table(heads, told, numbers=(1,))))
    findings = tuple(_say(one, speech) for one in compared.findings)
    return [*parts, Part(points=findings)] if findings else parts


def _write_similar(page: BuildingPage, *, speech: Speech) -> Part:
    names = ("figure", "value", "count", "low", "middle", "high")
    heads = tuple(speech.label(f"web.building.head.{name}") for name in names)
    rows = tuple(
        (
            f"{row['figure']} ({row['state']})",
            row["value"],
            str(row["buildings"]),
            row["low"] or "–",
            row["middle"] or "–",
            row["high"] or "–",
        )
        for row in page.similar
    )
    return Part(speech.label("web.building.similar"), table=Table(heads, rows, numbers=(1, 2, 3, 4, 5)))


def _say(finding: Finding, speech: Speech) -> str:
    name: Callable[[str], str] = str
    return tell(finding, speech=speech, name_city=name)
