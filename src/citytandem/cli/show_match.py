"""Matches a programme from files, shows each pair as a reason card, and says who is left and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_progress, show_provenance, show_table, write_json
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.replies import answered, call_city

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.console import Console

    from citytandem.cards import CardPart
    from citytandem.science.partners.card import Card
    from citytandem.science.partners.matching import MatchSettings
    from citytandem.science.partners.programme import Matching

FORMS = ("tandem", "trio", "cluster", "mentoring")
COUNTRIES = ("any", "different", "same")
SMALLEST, LARGEST = 3, 8
EVERY = 10
"""While it looks at cities, the progress is told for each tenth one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person types beside the files."""

    form: str = "tandem"
    size: str = "3-5"
    countries: str = "any"
    out: Path | None = None
    seed: int = 2026
    draws: int = 0
    without: Sequence[str] = ()
    move: str | None = None


def show_match(programme: Path, *, wish: Wish, as_json: bool, data: Path | None) -> None:
    """Read, match, show, and write files where asked to."""
    from citytandem import verbs
    from citytandem.atlas import load

    settings, move = _settle(wish), _read_move(wish.move)
    with show_progress() as tell_step:
        tell_step("match.read")
        atlas = load(data)
        found = verbs.match(
            atlas, programme=programme, settings=settings, draws=wish.draws, seed=wish.seed,
            without=wish.without, move=move, say=_report(tell_step),
        )  # fmt: skip
    name = name_participant(found)
    told = [(card, _tell(card, name=name)) for card in found.cards]
    if wish.out is not None:
        _write(found, told, out=wish.out, name=name)
    if as_json:
        write_json(answered(_as_answer(found, told), found.findings, speech=SPEECH))
        return
    console = open_console()
    _show(console, found, told, name=name, form=wish.form)
    if wish.out is not None:
        console.print(SPEECH.sentence("match.written", folder=str(wish.out)))
    show_provenance(console, found.provenance)


def write_templates(folder: Path) -> None:
    """Write empty files of a programme, and a text that explains every column."""
    from citytandem.sinks.matching import write_template
    from citytandem.sources.programme import COLUMNS

    lines = [SPEECH.label("match.template.title"), ""]
    for table, columns in COLUMNS.items():
        lines += [f"{table}.csv", SPEECH.label(f"match.table.{table}"), ""]
        lines += [f"  {column}: {SPEECH.label(f'match.column.{column}')}" for column in columns if column != "kind"]
        if "kind" in columns:
            lines.append(f"  kind: {SPEECH.label(f'match.kind.{table}')}")
        lines.append("")
    _save(write_template(COLUMNS, explained="\n".join(lines)), folder)
    open_console().print(SPEECH.sentence("match.template.written", folder=str(folder)))


def name_participant(found: Matching) -> Callable[[str], str]:
    """How participants are called: as their files say, else as their city is called in the person's language."""
    from citytandem.atlas import load

    rows = found.candidates.select("participant", "name", "city").iter_rows()
    latin = dict(load().city.select("city", "name").iter_rows())
    names = {
        key: call_city(city, language=SPEECH.language) if city and name == latin.get(city) else name for key, name, city in rows
    }
    for key, actor in found.candidates.select("participant", "actor").iter_rows():
        if str(actor) != "city":
            names[key] = SPEECH.sentence("match.actor", name=names[key], actor=SPEECH.label(f"actor.{actor}"))
    return lambda key: names.get(key, key)


def _settle(wish: Wish) -> MatchSettings:
    from citytandem.science.partners.matching import MatchSettings

    for option, asked, choices in (("--form", wish.form, FORMS), ("--countries", wish.countries, COUNTRIES)):
        if asked not in choices:
            facts = {"asked": asked, "option": option, "choices": ", ".join(choices)}
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))
    low, _, high = wish.size.replace("–", "-").partition("-")
    ends = [int(end) if end.strip().isdecimal() else 0 for end in (low, high or low)]
    if not SMALLEST <= ends[0] <= ends[1] <= LARGEST:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": wish.size, "option": "--size", "choices": "3-8, 3-5, 4"}))
    return MatchSettings(form=wish.form, size=(ends[0], ends[1]), countries=wish.countries, seed=wish.seed)


def _read_move(asked: str | None) -> tuple[str, str] | None:
    if asked is None:
        return None
    one, _, other = asked.partition(":")
    if not one.strip() or not other.strip():
        raise CannotCompute(Finding(Code.PROGRAMME_MOVE_UNCLEAR, {"asked": asked}))
    return one.strip(), other.strip()


def _report(tell_step: Callable[[str], None]) -> Callable[[str, int, int], None]:
    def report(step: str, done: int, total: int) -> None:
        if not total or done == 1:
            tell_step(step)
        elif done % EVERY == 0:
            tell_step(SPEECH.sentence("match.progress", done=done, total=total))

    return report


def _tell(card: Card, *, name: Callable[[str], str]) -> tuple[CardPart, ...]:
    from citytandem.cards import tell_card

    return tell_card(card, speech=SPEECH, name_city=name)


def _as_answer(found: Matching, told: Sequence[tuple[Card, tuple[CardPart, ...]]]) -> dict[str, Any]:
    from citytandem.tables.records import as_plain

    keep = ("candidates", "groups", "pairs", "unmatched", "blocking", "loads", "value", "bound", "proof", "provenance")
    answer = {field: as_plain(getattr(found, field)) for field in keep}
    change = found.change
    costs = None
    if change is not None:
        costs = {field: as_plain(getattr(change, field)) for field in ("cost", "woken_less", "served_less", "left", "joined")}
    return answer | {"cards": [_plain_card(card, parts) for card, parts in told], "change": costs}


def _plain_card(card: Card, parts: tuple[CardPart, ...]) -> dict[str, Any]:
    from citytandem.science.partners.card import card_as_json

    return card_as_json(card) | {"told": {part.key: list(part.lines) for part in parts}}


def _write(found: Matching, told: Sequence[tuple[Card, tuple[CardPart, ...]]], *, out: Path, name: Callable[[str], str]) -> None:
    from citytandem.sinks.matching import write_files

    text = "\n\n".join(
        "\n".join([f"{name(card.participant)} – {name(card.other)}", *(line for part in parts for line in _lines(part))])
        for card, parts in told
    )
    _save(write_files(found, cards=[_plain_card(*one) for one in told], text=text + "\n", name=name), out)


def _save(files: dict[str, bytes], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            (folder / file).write_bytes(content)
    except OSError as error:
        facts = {"file": str(folder), "problem": error.strerror or type(error).__name__}
        raise CannotCompute(Finding(Code.PROGRAMME_NOT_WRITTEN, facts)) from None


def _lines(part: CardPart) -> list[str]:
    return [f"  {part.heading}", *(f"    · {line}" for line in part.lines)]


def _show(
    console: Console, found: Matching, told: Sequence[tuple[Card, tuple[CardPart, ...]]], *, name: Callable[[str], str], form: str
) -> None:
    groups = found.groups.get_column("group").n_unique()
    facts = {"participants": found.matched.question.candidates.height, "groups": groups, "unmatched": found.unmatched.height}
    console.print(SPEECH.sentence("match.figures", **facts))
    show_findings(console, found.findings)
    pairs = {(row["participant"], row["other"]): row for row in found.pairs.iter_rows(named=True)}
    shown = 0
    for card, parts in told:
        if card.group != shown:
            shown = card.group
            members = found.groups.filter(found.groups["group"] == shown).get_column("participant").to_list()
            title = SPEECH.sentence(f"match.group.{form}", number=shown)
            console.print(f"\n{title}: {SPEECH.join(name(member) for member in members)}", markup=False, style="bold")
        if len(told) and form != "tandem":
            console.print(f"\n {name(card.participant)} – {name(card.other)}", markup=False)
        for part in parts:
            _show_part(console, part)
        _show_pair(console, pairs[card.participant, card.other])
    _show_rest(console, found, name=name)


def _show_part(console: Console, part: CardPart) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console.print(f"  {part.heading}", markup=False, style="bold")
    lines = Table.grid(padding=(0, 1))
    for line in part.lines:
        lines.add_row(Text("·"), Text(line))
    console.print(Padding(lines, (0, 0, 0, 4)))


def _show_pair(console: Console, pair: dict[str, Any]) -> None:
    if pair["pinned"]:
        console.print("  " + SPEECH.label("match.pinned"))
    if pair["stays"] is not None:
        console.print("  " + SPEECH.sentence("match.stays", percent=SPEECH.percent(pair["stays"])))
    if pair["cost_of_leaving"] is not None:
        points = int(pair["cost_of_leaving"])
        key = "match.leaving" if points >= 0 else "match.leaving.more"
        console.print("  " + SPEECH.sentence(key, points=abs(points)))


def _show_rest(console: Console, found: Matching, *, name: Callable[[str], str]) -> None:
    if found.unmatched.height:
        console.print(f"\n[bold]{SPEECH.label('match.unmatched')}[/bold]")
        for who, reason in found.unmatched.iter_rows():
            console.print(f"  {name(who)}: {SPEECH.label(f'match.reason.{reason}')}", markup=False)
    console.print(f"\n[bold]{SPEECH.label('match.blocking')}[/bold]")
    for row in found.blocking.iter_rows(named=True):
        told = SPEECH.sentence("match.blocking.pair", city=name(row["participant"]), other=name(row["other"]))
        console.print(f"  {told}", markup=False)
    if found.blocking.is_empty():
        console.print("  " + SPEECH.label("match.blocking.none"))
    known = {row["participant"] for row in found.pairs.iter_rows(named=True) if row["gain_in_high"] is not None}
    known |= {row["other"] for row in found.pairs.iter_rows(named=True) if row["gain_out_high"] is not None}
    heads = [SPEECH.label(f"match.load.{column}") for column in ("participant", "partners", "capacity", "gain")]
    rows = [
        (name(row["participant"]), str(row["partners"]), str(row["capacity"]), _range(row, known=known))
        for row in found.loads.iter_rows(named=True)
    ]
    show_table(console, heads, rows, title=SPEECH.label("match.loads"))
    if found.change is not None:
        _show_change(console, found, name=name)
    console.print(f"\n[bold]{SPEECH.label('match.proof')}[/bold]")
    if found.change is not None:
        console.print("  " + SPEECH.label("match.proof.given"))
    console.print("  " + SPEECH.sentence(f"match.proof.{found.proof}", value=found.value, bound=found.bound))


def _range(load: dict[str, Any], *, known: set[str]) -> str:
    """What several partners could help with may overlap, so together it is never more than all of the need."""
    if load["participant"] not in known:
        return SPEECH.label("stage.unknown")
    return f"{SPEECH.percent(min(load['gain_low'], 1.0))} – {SPEECH.percent(min(load['gain_high'], 1.0))}"


def _show_change(console: Console, found: Matching, *, name: Callable[[str], str]) -> None:
    change = found.change
    if change is None:
        return
    console.print(f"\n[bold]{SPEECH.label('match.change')}[/bold]")
    facts = {"cost": change.cost, "woken": change.woken_less, "served": change.served_less}
    console.print("  " + SPEECH.sentence("match.change.cost", **facts))
    for key, frame in (("left", change.left), ("joined", change.joined)):
        if frame.height:
            pairs = [f"{name(one)} – {name(other)}" for one, other in frame.select("participant", "other").iter_rows()]
            console.print(f"  {SPEECH.label(f'match.change.{key}')}: {SPEECH.join(pairs)}", markup=False)
