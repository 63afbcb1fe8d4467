"""What was done in that phase, and what went wrong? Cases of the house and of teams, told alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.document import Block, Card, Cards, Notice, Text
from citytandem.charts.chart import name_key
from citytandem.transition import AFTER, family_of
from citytandem.web.lessons.queries import published_cases
from citytandem.web.regions.sections.phases import phases_now
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.web.lessons.queries import ToldCase
    from citytandem.web.regions.asking import View

REASONS = ("analogue", "phase", "beside", "own")
"""Why a case is told: tried there in the years that resemble today or soon after; in the kind of phase the region is in;
in a region set beside; at home."""
ON_PAPER = {"analogue": 6, "phase": 5, "beside": 3, "own": 3}
"""So many cases of each reason on paper; the site has them all."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A case, where it was, and why it is told here."""

    case: ToldCase
    place: str
    reason: str

    @property
    def title(self) -> str:
        """What was tried, as a case of the house names it; the title a team gave it."""
        return self.case.policy if self.case.is_ours and self.case.policy else self.case.title

    @property
    def years(self) -> str:
        """From, and to where it is over."""
        return f"{self.case.first_year}–{self.case.last_year or ''}"


def write_cases(view: View) -> Section:
    """The question ``What was done in that phase, and what went wrong?``."""
    speech = view.speech
    found = choose_cases(view)
    if not found:
        answer = speech.sentence("web.region.cases.none", region=view.name)
        return Section(make_page(view, "cases", answer=answer, blocks=[Notice(speech.label("web.region.cases.cure"))]))
    away = [one for one in found if one.reason != "own"]
    wrong = sum(bool(one.case.failed) for one in away)
    answer = speech.sentence("web.region.cases.answer", count=len(away), wrong=wrong, region=view.name)
    blocks: list[Block] = []
    groups = group_cases(found)
    for reason, cases in groups:
        blocks.append(Text(speech.sentence(f"web.region.because.{reason}", region=view.name)))
        blocks.append(Cards(tuple(_print(view, one) for one in cases[: ON_PAPER[reason]])))
        if len(cases) > ON_PAPER[reason]:
            blocks.append(Text(speech.sentence("web.region.cases.more", count=len(cases) - ON_PAPER[reason])))
    how = [speech.label("web.region.how.cases"), speech.label("web.region.how.marks")]
    page = make_page(view, "cases", answer=answer, blocks=blocks, how=how)
    return Section(page, template="regions/cases.html", told={"groups": groups})


def choose_cases(view: View) -> list[Reasoned]:
    """Each case once, for the first reason that holds; by region's name and year within a reason."""
    atlas = view.known.atlas
    every = published_cases()
    reasons: dict[str, str] = {}
    if view.analogues is not None:
        for row in view.analogues.to_dicts():
            there = family_of(atlas, row["region"])
            for one in _overlap(every, regions=there, low=row["low_now"], high=row["high_now"] + AFTER):
                reasons.setdefault(one.key, "analogue")
    kinds = set(phases_now(view))
    beside = {inner for one in (*view.others, *view.choices.beside) for inner in family_of(atlas, one)}
    for one in every:
        if one.region in view.family:
            reasons.setdefault(one.key, "own")
        elif one.phase in kinds:
            reasons.setdefault(one.key, "phase")
        elif one.region in beside:
            reasons.setdefault(one.key, "beside")
    told = [
        Reasoned(one, view.names.get(one.region, one.region), reasons[one.key])
        for one in every
        if one.key in reasons and one.region
    ]
    return sorted(told, key=lambda one: (REASONS.index(one.reason), one.place.casefold(), one.case.first_year, one.case.key))


def group_cases(found: Sequence[Reasoned]) -> list[tuple[str, list[Reasoned]]]:
    """Cases by reason, in the order of the reasons."""
    return [
        (reason, [one for one in found if one.reason == reason])
        for reason in REASONS
        if any(one.reason == reason for one in found)
    ]


def _overlap(cases: Sequence[ToldCase], *, regions: Sequence[str], low: int, high: int) -> list[ToldCase]:
    return [
        one for one in cases
        if one.region in regions and one.first_year <= high and (one.last_year is None or one.last_year >= low)
    ]  # fmt: skip


def _print(view: View, one: Reasoned) -> Card:
    speech, case = view.speech, one.case
    lines = [(speech.label("analogue.happened"), case.happened)]
    if case.failed:
        lines.append((speech.label("analogue.failed"), case.failed))
    if case.conditions:
        lines.append((speech.label("analogue.transfer"), " ".join(case.conditions)))
    lines.append((speech.label("chart.source"), f"{case.source} ({case.mark})"))
    subtitle = f"{one.place} · {one.years} · {name_key(speech, 'phase', key=case.phase)}"
    return Card(one.title, subtitle, tuple(lines))
