"""Shows where a city stands among its true peers, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_provenance, show_table, write_json
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.replies import answered
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from citytandem.briefing.answers import Answers


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose beside the city."""

    question: str
    countries: list[str] | None
    networks: list[str] | None
    add: tuple[str, ...]
    remove: tuple[str, ...]
    weights: tuple[str, ...]
    k: int


def show_benchmark(city: str, *, year: int | None, choice: Choice, as_json: bool, data: Path | None) -> None:
    """Print peers, position, drivers and role models of one city."""
    from citytandem import verbs
    from citytandem.atlas import load

    atlas = load(data)
    found = verbs.benchmark(
        atlas,
        city=city,
        year=year,
        question=choice.question,
        countries=choice.countries,
        networks=choice.networks,
        add=choice.add,
        remove=choice.remove,
        weights=read_weights(choice.weights),
        k=choice.k,
    )
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    from citytandem.briefing.collect import assemble
    from citytandem.briefing.pages.position import write_position
    from citytandem.cli.show_page import show_page

    answers = assemble(atlas, own=found.city, question=choice.question, benchmark=found)
    console = open_console()
    show_page(console, write_position(answers, SPEECH))
    show_peers(console, answers)
    show_role_models(console, answers, rows=found.rolemodels.to_dicts())
    show_provenance(console, found.provenance)


def read_weights(given: tuple[str, ...]) -> dict[str, float] | None:
    """Weights such as ``hdd=2`` by variable."""
    weights = {}
    for pair in given:
        name, _, value = pair.partition("=")
        try:
            weights[name] = float(value)
        except ValueError as error:
            facts = {"asked": pair, "option": "--weight", "choices": "hdd=2"}
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts)) from error
    return weights or None


def show_peers(console: Console, answers: Answers) -> None:
    """The peers, the most alike first, with how alike they are, how firmly, and in what they differ."""
    from citytandem.briefing.answers import rows_of
    from citytandem.charts.chart import name_key

    reasons = rows_of(answers.reasons)
    rows = []
    for peer in rows_of(answers.peers).iter_rows(named=True):
        own = reasons.filter(reasons["peer"] == peer["peer"]).sort("contribution", descending=True)
        differs = SPEECH.join(name_key(SPEECH, "variable", key=name) for name in own["variable"].head(2))
        name = answers.name_city(peer["peer"], language=SPEECH.language)
        rows.append([name, peer["country"], SPEECH.percent(1 - peer["distance"]), SPEECH.percent(peer["stability"]), differs])
    headings = [SPEECH.label(f"cli.peers.{column}") for column in ("peer", "country", "likeness", "stability", "differs")]
    headings[2], headings[3] = f">{headings[2]}", f">{headings[3]}"
    show_table(console, headings, rows, title=SPEECH.label("cli.peers.title"))


def show_role_models(console: Console, answers: Answers, *, rows: list[dict[str, object]]) -> None:
    """Real peers that are no worse anywhere and emit less where the city wants to improve."""
    ahead = dict.fromkeys(str(row["peer"]) for row in rows if row["dominates"])
    if ahead:
        names = SPEECH.join(answers.name_city(peer, language=SPEECH.language) for peer in ahead)
        console.print(SPEECH.sentence("cli.rolemodels", cities=names))
