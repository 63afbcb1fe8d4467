"""Plans a study tour from files, shows it day by day with the travel of the guests, and writes it as tables and calendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_table, write_json
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.replies import answered
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from rich.console import Console

    from citytandem.science.exchange.toured import Toured

EXAMPLE = Path(__file__).parent.parent / "data" / "examples" / "tour_ruhr"
FILES = (".csv", ".xlsx", ".xlsm")


def show_tour(place: Path, *, out: Path | None, seed: int, as_json: bool) -> None:
    """Read, plan, show, and write files where asked to."""
    from citytandem import verbs

    try:
        found = verbs.tour(_read(place), seed=seed)
    except CannotCompute as refusal:
        if not as_json:
            show_findings(open_console(), refusal.because)
        raise
    written = _write(found, out=out) if out is not None else []
    if as_json:
        answer = as_plain({"title": found.title, "zone": found.zone, "tour": found.tour, "travel": found.travel})
        write_json(answered(answer, found.findings, speech=SPEECH))
        return
    console = open_console()
    _show(console, found)
    show_findings(console, found.findings)
    if written:
        console.print(SPEECH.sentence("cli.tour.written", files=", ".join(str(path) for path in written)))


def write_example(folder: Path) -> None:
    """Copy the tour of the Ruhr, ready to be changed."""
    if folder.is_dir() and any(folder.iterdir()):
        raise CannotCompute(Finding(Code.IMPORT_FOLDER_TAKEN, {"folder": str(folder)}))
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(EXAMPLE.glob("*.csv")):
        (folder / path.name).write_bytes(path.read_bytes())
    open_console().print(SPEECH.sentence("cli.tour.template", folder=str(folder)))


def _read(place: Path) -> dict[str, bytes]:
    paths = sorted(place.iterdir()) if place.is_dir() else [place]
    files = {path.name: path.read_bytes() for path in paths if path.suffix.lower() in FILES and path.is_file()}
    if not files:
        raise CannotCompute(Finding(Code.FILE_MISSING, {"file": "sites.csv", "folder": str(place)}, where=str(place)))
    return files


def _show(console: Console, found: Toured) -> None:
    tour = found.tour
    visits = tour.stops.filter(pl.col("kind").cast(pl.String) == "visit").height
    days = tour.stops["day"].n_unique()
    km, cost = SPEECH.number(tour.km, digits=0), SPEECH.number(tour.cost_eur, digits=0)
    worth, bound = SPEECH.number(tour.worth), SPEECH.number(tour.bound)
    console.print(f"\n[bold]{found.title}[/bold]")
    console.print(SPEECH.sentence("cli.tour.title", days=days, visits=visits, km=km, cost=cost))
    console.print(
        SPEECH.sentence(f"cli.tour.proof.{'optimal' if tour.proof == 'optimal' else 'bound'}", worth=worth, bound=bound)
    )
    names = _names(found)
    topics = dict(found.sites.select("site", "topics").iter_rows())
    heads = [SPEECH.label(f"tour.{head}") for head in ("begins", "ends", "what", "topics", "way")]
    for (day,), stops in tour.stops.group_by("day", maintain_order=True):
        rows = [_tell_stop(stop, names=names, topics=topics) for stop in stops.to_dicts()]
        show_table(console, heads, rows, title=_date(day))
    if tour.unmet.height:
        rows = [[row["topic"] or row["site"], SPEECH.label(f"tour.reason.{row['reason']}")] for row in tour.unmet.to_dicts()]
        show_table(console, [SPEECH.label("tour.topic"), SPEECH.label("tour.reason")], rows, title=SPEECH.label("cli.tour.unmet"))
    if found.travel:
        _show_travel(console, found)


def _date(day: object) -> str:
    from babel.dates import format_date

    return format_date(day, format="full", locale=SPEECH.language.replace("-", "_")) if isinstance(day, dt.date) else ""


def _names(found: Toured) -> dict[str, str]:
    return dict(found.sites.select("site", "name").iter_rows()) | dict(found.stays.select("stay", "name").iter_rows())


def _tell_stop(stop: dict[str, Any], *, names: dict[str, str], topics: dict[str, list[str]]) -> list[str]:
    kind, place = str(stop["kind"]), names[stop["place"]]
    what = place if kind == "visit" else SPEECH.sentence(f"tour.kind.{kind}", place=place)
    shown = SPEECH.join(topics[stop["place"]]) if kind == "visit" else ""
    return [f"{stop['begins']:%H:%M}", f"{stop['ends']:%H:%M}", what, shown, _tell_way(stop)]


def _tell_way(stop: dict[str, Any]) -> str:
    if stop["leg_from"] is None:
        return ""
    key = "tour.way.estimated" if stop["leg_estimated"] else "tour.way.leg"
    return SPEECH.sentence(key, minutes=stop["leg_minutes"], km=SPEECH.number(stop["leg_km"]), mode=_mode(stop["leg_mode"]))


def _mode(mode: str | None) -> str:
    from citytandem.words.labels import LABELS

    key = f"mode.{mode}"
    return SPEECH.label(key) if key in LABELS else mode or "–"


def _show_travel(console: Console, found: Toured) -> None:
    travel = found.travel
    if travel is None:
        return
    heads = [
        SPEECH.label(f"travel.{head}") for head in ("guest", "origin", "mode", "km", "emissions", "interval", "cost", "factor")
    ]
    for numeric in (3, 4, 5, 6):
        heads[numeric] = f">{heads[numeric]}"
    rows = [_tell_coming(row) for row in travel.coming.to_dicts()]
    show_table(console, heads, rows, title=SPEECH.label("cli.tour.travel"))
    if travel.emissions_kg is not None:
        tonnes = {"middle": travel.emissions_kg, "low": travel.low_emissions_kg, "high": travel.high_emissions_kg}
        told = {name: SPEECH.number((value or 0) / 1000) for name, value in tonnes.items()}
        costs = {"low_cost": travel.low_cost_eur, "high_cost": travel.high_cost_eur}
        told |= {name: SPEECH.number(value, digits=0) for name, value in costs.items()}
        console.print(SPEECH.sentence("cli.tour.travel.total", known=travel.known, **told))
    used = set(travel.coming["source"].drop_nulls().to_list())
    from citytandem.sources.facts import load_facts

    for row in load_facts().source.filter(pl.col("source").is_in(sorted(used))).sort("source").to_dicts():
        console.print(f"[dim]{row['source']}: {row['publisher']}, {row['title']}, {row['url']}[/dim]")


def _tell_coming(row: dict[str, Any]) -> list[str]:
    name = SPEECH.sentence("travel.invented", name=row["guest"]) if row["is_invented"] else row["guest"]
    between = _between(row["low_emissions_kg"], row["high_emissions_kg"])
    costs = _between(row["low_cost_eur"], row["high_cost_eur"])
    factor = f"{row['mark']} {row['source']}" if row["source"] else "–"
    mode = _mode(row["mode"]) if row["mode"] else "–"
    km, kg = SPEECH.number(row["km"], digits=0), SPEECH.number(row["emissions_kg"], digits=0)
    return [name, row["origin"] or "–", mode, km, kg, between, costs, factor]


def _between(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return SPEECH.sentence("travel.range", low=SPEECH.number(low, digits=0), high=SPEECH.number(high, digits=0))


def _write(found: Toured, *, out: Path) -> list[Path]:
    """The tour as a table and as a calendar, and the travel as a table; the stamp of the calendar is the eve of the tour."""
    out.mkdir(parents=True, exist_ok=True)
    paths = [out / "tour.csv", out / "tour.ics"]
    found.tour.stops.write_csv(paths[0])
    paths[1].write_bytes(_as_calendar(found))
    if found.travel:
        paths.append(out / "travel.csv")
        found.travel.coming.write_csv(paths[-1])
    return paths


def _as_calendar(found: Toured) -> bytes:
    from zoneinfo import ZoneInfo

    from citytandem.sinks.calendar import Calendar, Happening, write_calendar

    zone, names = ZoneInfo(found.zone), _names(found)
    topics = dict(found.sites.select("site", "topics").iter_rows())
    points = {row[0]: row[1:] for row in found.sites.select("site", "latitude", "longitude").iter_rows()}
    happenings = []
    for stop in found.tour.stops.filter(pl.col("kind").cast(pl.String) != "end").to_dicts():
        kind, place = str(stop["kind"]), names[stop["place"]]
        latitude, longitude = points.get(stop["place"], (None, None)) if kind == "visit" else (None, None)
        about = "\n".join(
            line for line in (_tell_way(stop), SPEECH.join(topics[stop["place"]]) if kind == "visit" else "") if line
        )
        happenings.append(
            Happening(
                uid=f"{stop['day']}-{kind}-{stop['place']}@tour.citytandem",
                starts=stop["begins"].replace(tzinfo=zone),
                ends=stop["ends"].replace(tzinfo=zone),
                title=place if kind == "visit" else SPEECH.sentence("tour.kind.rest", place=place),
                place=place,
                about=about,
                latitude=latitude,
                longitude=longitude,
            )
        )
    stamp = dt.datetime.combine(found.tour.stops["day"].min(), dt.time(), tzinfo=zone)  # type: ignore[arg-type]
    return write_calendar(Calendar(found.title, SPEECH.language, tuple(happenings)), stamp=stamp)
