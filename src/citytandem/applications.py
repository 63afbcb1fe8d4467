"""Who takes part in a programme, by its files? Cities by any name, needs and offers by any word; what is not clear is said."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.gazetteer import find_city, fold
from citytandem.places import read_languages
from citytandem.science.partners.programme import WORDS, Programme
from citytandem.sources.delimited import ROW
from citytandem.sources.programme import COLUMNS, read_programme
from citytandem.tables.links import TIE_KINDS
from citytandem.tables.matching import ACTORS, LARGEST_CAPACITY, PARTS, RULES, WISHES, Bond, Candidate, Rule, Wish
from citytandem.tables.network import Declared
from citytandem.words import LANGUAGES, Speech, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import dataframely as dy

    from citytandem.atlas import Atlas
    from citytandem.findings import Fact

WORKBOOKS = (".xlsx", ".xlsm")
LARGEST_FILE = 64 * 2**20
YES = ("yes", "ja", "true", "1", "x", "はい", "是")
SHOWN = 12
"""So many names are given where one is not known."""


@dataclass(frozen=True)
class _Page:
    """Rows of one table, and what is found in them."""

    findings: list[Finding] = field(default_factory=list)

    def say(self, code: Code, *, at: Mapping[str, Any], severity: Severity = Severity.WARNING, **facts: Fact) -> None:
        self.findings.append(Finding(code, facts, row=at[ROW], where=at["where"], severity=severity))


def open_programme(atlas: Atlas, path: Path | str) -> Programme:
    """Read a programme from a folder of CSV files or from a workbook.

    Raises
    ------
    CannotCompute
        FILE_UNREADABLE if there is nothing at ``path``; PROGRAMME_NOBODY if fewer than two participants can be read.
    """
    path, files = Path(path), dict[str, bytes]()
    found = sorted(path.iterdir()) if path.is_dir() else [path]
    try:
        for file in found:
            if file.is_file() and (not path.is_dir() or _is_ours(file)):
                with file.open("rb") as opened:
                    files[file.name] = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        facts: dict[str, Fact] = {"file": str(error.filename or path), "problem": error.strerror or type(error).__name__}
        raise CannotCompute(Finding(Code.FILE_UNREADABLE, facts, where=path.name)) from None
    if not files and not path.exists():
        raise CannotCompute(
            Finding(Code.FILE_UNREADABLE, {"file": str(path), "problem": "there is no such file"}, where=path.name)
        )
    tables, findings = read_programme(files)
    return understand_programme(atlas, tables, findings=findings, where=path.name)


def _is_ours(file: Path) -> bool:
    """A folder may hold other files too, such as the explanations of the template."""
    return file.suffix.lower() in WORKBOOKS or file.name.partition(".")[0].strip().lower() in COLUMNS


def understand_programme(
    atlas: Atlas, tables: Mapping[str, pl.DataFrame], *, findings: Iterable[Finding] = (), where: str = ""
) -> Programme:
    """Turn tables of text, as ``read_programme`` gives them, into a programme.

    An application that cannot be read is left out with a finding that says so; everything else is read. A language or zone
    that is not given is taken from the city's country; a capacity of one and the part *both* are assumed.

    Raises
    ------
    CannotCompute
        PROGRAMME_NOBODY if fewer than two participants can be read; its facts hold what was wrong first.
    """
    page = _Page(list(findings))
    applications = tables.get("applications", pl.DataFrame())
    members = _read_members(atlas, applications, page=page)
    if len(members) < 2:
        if page.findings and any(finding.severity is Severity.ERROR for finding in page.findings):
            raise CannotCompute(next(finding for finding in page.findings if finding.severity is Severity.ERROR))
        raise CannotCompute(Finding(Code.PROGRAMME_NOBODY, {"file": where}, where=where))
    words, declared = _read_subjects(atlas, members, page=page)
    known = {member["participant"]: member for member in members}
    return Programme(
        candidates=Candidate.validate(pl.DataFrame(members, schema=_SCHEMA, strict=False).drop("row"), cast=True),
        declared=Declared.cast(pl.DataFrame(declared, schema=Declared.column_names(), orient="row").unique(maintain_order=True)),
        wishes=_read_pairs(atlas, tables.get("wishes"), known=known, choices=WISHES, page=page, schema=Wish),
        rules=_read_pairs(atlas, tables.get("rules"), known=known, choices=RULES, page=page, schema=Rule),
        bonds=_read_pairs(atlas, tables.get("ties"), known=known, choices=TIE_KINDS, page=page, schema=Bond),
        words=pl.DataFrame(words, schema=WORDS, orient="row"),
        findings=tuple(page.findings),
    )


_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("participant", "name", "city", "actor", "country"), pl.String), "languages": pl.List(pl.String),
    "zone": pl.String, "capacity": pl.Int16, "part": pl.String, "row": pl.Object,
}  # fmt: skip


def _read_members(atlas: Atlas, rows: pl.DataFrame, *, page: _Page) -> list[dict[str, Any]]:
    places = {row["city"]: row for row in atlas.city.select("city", "name", "country", "timezone").iter_rows(named=True)}
    members: dict[str, dict[str, Any]] = {}
    assumed = 0
    for row in rows.iter_rows(named=True):
        member = _read_member(atlas, row, places=places, page=page)
        if member is None:
            continue
        if member["participant"] in members:
            page.say(Code.PROGRAMME_TWICE, at=row, asked=member["name"])
            continue
        assumed += not row["languages"]
        members[member["participant"]] = member
    if assumed:
        note = Finding(Code.PROGRAMME_LANGUAGE_ASSUMED, {"count": assumed}, where="applications", severity=Severity.NOTE)
        page.findings.append(note)
    return list(members.values())


def _read_member(atlas: Atlas, row: dict[str, Any], *, places: Mapping[str, Any], page: _Page) -> dict[str, Any] | None:
    city = None
    if row["city"]:
        try:
            city = find_city(atlas, row["city"])
        except CannotCompute as refusal:
            near = refusal.finding.facts.get("nearest") or refusal.finding.facts.get("choices")
            page.say(Code.PROGRAMME_CITY_LEFT_OUT, at=row, severity=Severity.ERROR, asked=row["city"], nearest=near)
            return None
    elif not row["name"]:
        page.say(Code.PROGRAMME_EMPTY_CELL, at=row, severity=Severity.ERROR, column="city")
        return None
    country = (places[city]["country"] if city else row["country"] or "").upper()
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        page.say(Code.PROGRAMME_COUNTRY_MISSING, at=row, severity=Severity.ERROR, asked=row["name"])
        return None
    actor = _choose(row, "actor", choices=ACTORS, usual="city", page=page)
    place = places.get(city or "", {})
    return {
        "participant": _key(row, city=city, actor=actor),
        "name": row["name"] or place["name"],
        "city": city,
        "actor": actor,
        "country": country,
        "languages": _read_tags(row, country=country),
        "zone": _read_zone(row, usual=place.get("timezone"), page=page),
        "capacity": _read_capacity(row, page=page),
        "part": _choose(row, "part", choices=PARTS, usual="both", page=page),
        "row": row,
    }


def _key(row: Mapping[str, Any], *, city: str | None, actor: str) -> str:
    """The key given; else the city's id, with the actor where it is not the city itself; else one made of the name."""
    if row["participant"]:
        return _make_key(row["participant"])
    if city is None:
        return _make_key(row["name"])
    return city if actor == "city" else f"{city}.{actor}"


def _make_key(text: str) -> str:
    """A short ASCII key of any text; letters beyond ASCII are told by their number.

    >>> _make_key("Büro Ruhr"), _make_key("横浜")
    ('Buro-Ruhr', 'x6a2a-6d5c')
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text.strip()) if not unicodedata.combining(letter))
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._+:/-") else "-" for letter in bare)
    if not any(letter.isalnum() for letter in plain):
        plain = "x" + "-".join(f"{ord(letter):x}" for letter in bare)
    return "-".join(part for part in plain.split("-") if part).lstrip("._+:/-")


def _choose(row: Mapping[str, Any], column: str, *, choices: Iterable[str], usual: str, page: _Page) -> str:
    asked = fold(row[column] or usual)
    if asked in choices:
        return asked
    page.say(Code.PROGRAMME_CHOICE_UNKNOWN, at=row, column=column, asked=row[column], choices=", ".join(choices), used=usual)
    return usual


def _read_tags(row: Mapping[str, Any], *, country: str) -> list[str]:
    tags = [language_of(tag) or tag.strip().lower() for tag in split_cell(row["languages"])]
    return list(dict.fromkeys(tags)) or read_languages([country]).get_column("language").to_list()


def _read_zone(row: Mapping[str, Any], *, usual: str | None, page: _Page) -> str | None:
    if row["zone"] and row["zone"] not in available_timezones():
        choices = "Europe/Berlin, Asia/Tokyo, America/Chicago"
        page.say(Code.PROGRAMME_CHOICE_UNKNOWN, at=row, column="zone", asked=row["zone"], choices=choices, used=usual or "–")
        return usual
    return row["zone"] or usual


def _read_capacity(row: Mapping[str, Any], *, page: _Page) -> int:
    asked = row["capacity"] or "1"
    if asked.isdecimal() and int(asked) <= LARGEST_CAPACITY:
        return int(asked)
    page.say(Code.PROGRAMME_CHOICE_UNKNOWN, at=row, column="capacity", asked=asked, choices=f"0 – {LARGEST_CAPACITY}", used="1")
    return 1


def split_cell(cell: str | None) -> list[str]:
    """What stands in a cell with several entries.

    >>> split_cell("de; en,ja"), split_cell(None)
    (['de', 'en', 'ja'], [])
    """
    text = cell or ""
    for sign in ";|、；，\n":
        text = text.replace(sign, ",")
    return [part.strip() for part in text.split(",") if part.strip()]


def _read_subjects(
    atlas: Atlas, members: list[dict[str, Any]], *, page: _Page
) -> tuple[list[tuple[str, str | None, str | None]], list[tuple[str, str, str, str]]]:
    """What participants ask for and offer: as measures and fields we know, and in their own words."""
    subjects = _subjects(atlas)
    choices = ", ".join(key for kind, key in dict.fromkeys(subjects.values()) if kind == "field")
    words, declared = [], []
    for member in members:
        row, free = member["row"], {}
        for way in ("learns", "offers"):
            for column in (way, f"{way}_measures"):
                unknown = []
                for entry in split_cell(row[column]):
                    if found := subjects.get(fold(entry)):
                        declared.append((member["participant"], way, *found))
                    else:
                        unknown.append(entry)
                if unknown:
                    free[way] = row[column]
                    facts = {"column": column, "asked": ", ".join(unknown)[:200], "choices": choices}
                    page.say(Code.PROGRAMME_WORD_UNCOUNTED, at=row, severity=Severity.NOTE, **facts)
        if free:
            words.append((member["participant"], free.get("learns"), free.get("offers")))
    return words, declared


@cache
def _subjects(atlas: Atlas) -> dict[str, tuple[str, str]]:
    """Measures and fields by everything they are called in any language, folded."""
    found = {}
    for measure, title in atlas.facts.measure_title.select("measure", "title").iter_rows():
        found[fold(title)] = ("measure", str(measure))
    for measure in atlas.facts.measure["measure"]:
        found[fold(measure)] = ("measure", str(measure))
    for key in atlas.facts.measure["field"].cast(pl.String).unique().sort():
        for name in (key, *(Speech(language).label(f"field.{key}") for language in LANGUAGES)):
            found[fold(name)] = ("field", str(key))
    return found


def _read_pairs(
    atlas: Atlas,
    rows: pl.DataFrame | None,
    *,
    known: Mapping[str, Any],
    choices: tuple[str, ...],
    page: _Page,
    schema: type[dy.Schema],
) -> Any:
    """Rows that name two participants; one that names somebody who takes no part changes nothing, and is said."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in () if rows is None else rows.iter_rows(named=True):
        pair = [_find_participant(atlas, row, side, known=known, page=page) for side in ("participant", "other")]
        if None in pair:
            continue
        if pair[0] == pair[1]:
            page.say(Code.PROGRAMME_SELF, at=row, asked=row["other"])
            continue
        kind = _choose(row, "kind", choices=choices, usual=choices[0], page=page)
        told = {"participant": pair[0], "other": pair[1], "kind": kind, "asleep": fold(row.get("asleep") or "") in YES}
        if tuple(pair) in found:
            page.say(Code.PROGRAMME_TWICE, at=row, asked=f"{row['participant']}, {row['other']}")
            continue
        found[tuple(str(side) for side in pair)] = told
    columns = schema.column_names()
    return schema.cast(pl.DataFrame([{name: row[name] for name in columns} for row in found.values()], schema=columns))


def _find_participant(atlas: Atlas, row: Mapping[str, Any], side: str, *, known: Mapping[str, Any], page: _Page) -> str | None:
    asked = row[side]
    if not asked:
        page.say(Code.PROGRAMME_EMPTY_CELL, at=row, column=side)
        return None
    found = find_participant(atlas, asked, names={key: member["name"] for key, member in known.items()})
    if found is None:
        names = [member["name"] for member in known.values()]
        more = " …" if len(names) > SHOWN else ""
        page.say(Code.PROGRAMME_OTHER_UNKNOWN, at=row, column=side, asked=asked, choices=", ".join(names[:SHOWN]) + more)
    return found


def find_participant(atlas: Atlas, asked: str, *, names: Mapping[str, str]) -> str | None:
    """The key of a participant by its key, its name in the files, or any name of its city; None for nobody."""
    if asked in names:
        return asked
    alike = [key for key, name in names.items() if fold(name) == fold(asked)] or [key for key in names if key == _make_key(asked)]
    if alike:
        return alike[0]
    try:
        city = find_city(atlas, asked)
    except CannotCompute:
        return None
    return city if city in names else next((key for key in names if key.partition(".")[0] == city), None)


def name_participants(atlas: Atlas, asked: Sequence[str], *, programme: Programme) -> list[str]:
    """The keys of participants by any of their names.

    Raises
    ------
    CannotCompute
        PROGRAMME_WHO for one that takes no part.
    """
    names = dict(programme.candidates.select("participant", "name").iter_rows())
    found = []
    for name in asked:
        key = find_participant(atlas, name, names=names)
        if key is None:
            choices = ", ".join([*names.values()][:SHOWN]) + (" …" if len(names) > SHOWN else "")
            raise CannotCompute(Finding(Code.PROGRAMME_WHO, {"asked": name, "choices": choices}))
        found.append(key)
    return found
