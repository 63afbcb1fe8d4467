"""What a reader has chosen about the peers, read from the address and written back as short as it can be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city
from citytandem.science.balance.gate import WINDOW_YEARS
from citytandem.science.benchmark.peers import CUTOFF, FEWEST, MOST, USUAL
from citytandem.tables.results_benchmark import QUESTIONS
from citytandem.web.insights.choices import years_of
from citytandem.web.insights.cities import countries_of, name_networks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from citytandem.atlas import Atlas

REACHES = {"true": CUTOFF, "wider": 0.35, "elsewhere": 1.0}
"""How unlike a city may be to be taken: a true peer, one that is less alike, or the most alike there is anywhere. [P]"""
MIXES = ("mixed", "any")
"""At most a few peers from one country, as far as others are there; or whichever are most alike."""
WINDOWS = tuple(range(1, 7))
SIZES = tuple(range(FEWEST, MOST + 1))
HEAVIEST, STEP = 5.0, 0.25
LONGEST = 100
MOST_NAMED = 60
PREFIX = "weight-"


@dataclass(frozen=True, slots=True)
class PeerChoices:
    """Everything that decides who the peers are; each with what is usual.

    ``weights`` holds only those that differ from the profile. ``held`` is the year whose peers are kept; chosen anew if None.
    """

    question: str = "overall"
    year: int | None = None
    weights: tuple[tuple[str, float], ...] = ()
    countries: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    k: int = USUAL
    window: int = WINDOW_YEARS
    reach: str = "true"
    mix: str = MIXES[0]
    held: int | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    trouble: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def is_limited(self) -> bool:
        """Are there fewer cities to choose from than the release holds?"""
        return bool(self.countries or self.networks or self.remove)

    def to_query(self, **changes: Any) -> str:
        """The shortest query that says the same, with some choices changed."""
        asked, usual = replace(self, **changes), PeerChoices()
        single = [(name, getattr(asked, name)) for name in ("question", "year", "k", "window", "reach", "mix", "held")]
        pairs = [(name, value) for name, value in single if value != getattr(usual, name)]
        pairs += [(f"{PREFIX}{name}", f"{value:g}") for name, value in asked.weights]
        for name, values in (
            ("country", asked.countries),
            ("network", asked.networks),
            ("add", asked.add),
            ("remove", asked.remove),
        ):
            pairs += [(name, value) for value in values]
        return f"?{urlencode(pairs)}" if pairs else ""


def read_peer_choices(asked: QueryDict, *, atlas: Atlas, city: str, profiles: Mapping[str, Mapping[str, float]]) -> PeerChoices:
    """The choices of an address.

    Parameters
    ----------
    asked
        The query.
    atlas
        The release.
    city
        Id of the city.
    profiles
        Weight by variable, by question.

    Raises
    ------
    CannotCompute
        UNKNOWN_CHOICE, YEAR_WITHOUT_BALANCE, CITY_UNKNOWN. A name typed to be added that is not known, or that several
        cities bear, is no refusal: it becomes a ``trouble`` beside the peers.
    """
    question = _choose("question", asked.get("question", ""), among=QUESTIONS)
    # sliders of another question say nothing about this one
    own = asked.get("of", question) == question
    named = {name: _read_cities(atlas, asked.getlist(name)) for name in ("add", "remove")}
    more, trouble = _read_more(atlas, asked.get("more", "").strip()[:LONGEST])
    added = tuple(dict.fromkeys(one for one in (*named["add"], *more) if one != city))
    return PeerChoices(
        question=question,
        year=_read_year(asked.get("year", ""), atlas=atlas, city=city),
        weights=_read_weights(asked, profile=profiles[question]) if own else (),
        countries=_choose_many("country", [code.upper() for code in asked.getlist("country")], among=countries_of(atlas)),
        networks=_choose_many("network", asked.getlist("network"), among=list(name_networks(atlas))),
        k=int(_choose("k", asked.get("k", ""), among=[str(USUAL), *map(str, SIZES)])),
        window=int(_choose("window", asked.get("window", ""), among=[str(WINDOW_YEARS), *map(str, WINDOWS)])),
        reach=_choose("reach", asked.get("reach", ""), among=list(REACHES)),
        mix=_choose("mix", asked.get("mix", ""), among=MIXES),
        held=_read_year(asked.get("held", ""), atlas=atlas, city=city),
        add=added,
        remove=tuple(one for one in named["remove"] if one not in more),
        trouble=trouble,
    )


def _read_weights(asked: QueryDict, *, profile: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    given = {name.removeprefix(PREFIX): str(value) for name, value in asked.items() if name.startswith(PREFIX)}
    for name, text in given.items():
        if name not in profile:
            raise CannotCompute(_unknown(name, "weight", among=list(profile)))
        if not _is_weight(text):
            raise CannotCompute(_unknown(text, name, among=["0", "…", f"{HEAVIEST:g}"]))
    return tuple((name, float(given[name])) for name, usual in profile.items() if name in given and float(given[name]) != usual)


def _is_weight(text: str) -> bool:
    """Digits with at most one point, from nothing to the heaviest."""
    return text.isascii() and len(text) < 8 and text.replace(".", "", 1).isdecimal() and float(text) <= HEAVIEST


def _read_year(text: str, *, atlas: Atlas, city: str) -> int | None:
    if not text:
        return None
    years = years_of(atlas, city)
    if text not in map(str, years):
        raise CannotCompute(
            Finding(Code.YEAR_WITHOUT_BALANCE, {"city": city, "year": text[:12], "years": ", ".join(map(str, years))})
            if years
            else Finding(Code.CITY_WITHOUT_BALANCE, {"city": city})
        )
    return int(text)


def _read_cities(atlas: Atlas, names: Sequence[str]) -> tuple[str, ...]:
    if len(names) > MOST_NAMED:
        raise CannotCompute(_unknown(str(len(names)), "city", among=[f"0–{MOST_NAMED}"]))
    return tuple(dict.fromkeys(find_city(atlas, name[:LONGEST]) for name in names if name.strip()))


def _read_more(atlas: Atlas, text: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    if not text:
        return (), ()
    try:
        return (find_city(atlas, text),), ()
    except CannotCompute as refusal:
        return (), (refusal.finding,)


def _choose_many(name: str, asked: Sequence[str], *, among: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_choose(name, value, among=among) for value in asked if value))


def _choose(name: str, asked: str, *, among: Sequence[str]) -> str:
    value = asked or among[0]
    if value not in among:
        raise CannotCompute(_unknown(value, name, among=among))
    return value


def _unknown(asked: str, option: str, *, among: Sequence[str]) -> Finding:
    return Finding(Code.UNKNOWN_CHOICE, {"asked": asked[:80], "option": option, "choices": ", ".join(among)})
