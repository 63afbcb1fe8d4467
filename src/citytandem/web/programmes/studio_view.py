"""What the page of a run shows: groups with their pairs and reasons, who stays without, how sure it is, in words and as a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.gazetteer import fold
from citytandem.narration import tell
from citytandem.web.insights.world_map import draw_dots
from citytandem.web.programmes.application_forms import say_languages
from citytandem.web.programmes.cards import Told, name_pair, name_sides, tell_card
from citytandem.web.programmes.matching import as_findings
from citytandem.web.programmes.models import Application
from citytandem.web.programmes.results import read_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.atlas import Atlas
    from citytandem.web.programmes.models import MatchRun
    from citytandem.words import Speech

NEARLY_ALWAYS, MOSTLY = 0.9, 0.5


@dataclass(frozen=True)
class Pair:
    """One pair of a group: who, what each gets as a range of shares, what links them, how firmly it stands."""

    one: str
    other: str
    names: tuple[str, str]
    gains: tuple[float | None, float | None, float | None, float | None]
    tie: str | None
    asleep: bool
    languages: str
    hours: float | None
    pinned: bool
    stays: float | None
    cost: int | None
    card: Told | None

    @property
    def firmness(self) -> str:
        """In one word how often the pair stays when the weights are drawn anew."""
        if self.stays is None:
            return "not_drawn"
        return "nearly_always" if self.stays >= NEARLY_ALWAYS else "mostly" if self.stays >= MOSTLY else "seldom"


@dataclass(frozen=True)
class Group:
    """One group: its number, its members by the alphabet with their parts, its pairs."""

    number: int
    members: tuple[tuple[str, str, str], ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Shown:
    """A run in words."""

    groups: tuple[Group, ...]
    unmatched: tuple[tuple[str, str], ...]
    blocking: tuple[dict[str, Any], ...]
    loads: tuple[dict[str, Any], ...]
    findings: tuple[str, ...]
    names: dict[str, str]
    value: int
    bound: int
    proof: str
    map: str
    change: dict[str, Any] | None

    @property
    def gap_percent(self) -> float:
        """How far the value may lie below the best, at most."""
        return 100 * (self.bound - self.value) / self.bound if self.bound else 0.0


def call_all(run: MatchRun, *, atlas: Atlas, speech: Speech) -> dict[str, str]:
    """How everybody who took part in a run is called."""
    keys = run.result.get("frames", {}).get("candidates", {}).get("participant", [])
    rows = Application.objects.filter(pk__in=[int(key) for key in keys]).select_related("organisation")
    return {**dict.fromkeys(keys, "–"), **name_sides(rows, atlas=atlas, speech=speech)}


def show_run(run: MatchRun, *, atlas: Atlas, speech: Speech) -> Shown:
    """Everything the page of a run that is done shows."""
    names = call_all(run, atlas=atlas, speech=speech)
    kept = run.result
    pairs = read_frame(kept, "pairs")
    groups = _list_groups(read_frame(kept, "groups"), pairs, cards=kept["cards"], names=names, speech=speech)
    unmatched = [(names[who], str(why)) for who, why in read_frame(kept, "unmatched").iter_rows()]
    told = [tell(one, speech=speech, name_city=lambda key: names.get(key, key)) for one in as_findings(kept["findings"])]
    return Shown(
        groups=tuple(groups), unmatched=tuple(sorted(unmatched, key=lambda row: fold(row[0]))),
        blocking=tuple(_name_rows(read_frame(kept, "blocking"), names)),
        loads=tuple(_name_rows(read_frame(kept, "loads"), names)),
        findings=tuple(told), names=names, value=kept["value"], bound=kept["bound"], proof=kept["proof"],
        map=draw_pairs(run, pairs, atlas=atlas), change=name_change(kept.get("change"), names=names),
    )  # fmt: skip


def name_change(change: Mapping[str, Any] | None, *, names: Mapping[str, str]) -> dict[str, Any] | None:
    """A change with names instead of keys: pairs that go, pairs that come, what it costs."""
    if change is None:
        return None
    named = {
        way: sorted(
            ((names.get(row[0], row[0]), names.get(row[1], row[1])) for row in change[way]), key=lambda pair: fold(pair[0])
        )
        for way in ("left", "joined")
    }
    return {**change, **named}


def draw_pairs(run: MatchRun, pairs: pl.DataFrame, *, atlas: Atlas) -> str:
    """A map of those who take part, with a line for each pair; nothing where no place is known."""
    candidates = read_frame(run.result, "candidates").select("participant", "city")
    places = candidates.join(atlas.city.select("city", "latitude", "longitude"), on="city").drop_nulls()
    spots = {row["participant"]: (row["longitude"], row["latitude"]) for row in places.iter_rows(named=True)}
    lines = [(spots[a], spots[b]) for a, b in pairs.select("participant", "other").iter_rows() if a in spots and b in spots]
    return draw_dots({"known": places}, lines=lines) if places.height else ""


def _list_groups(
    groups: pl.DataFrame, pairs: pl.DataFrame, *, cards: Mapping[str, Any], names: Mapping[str, str], speech: Speech
) -> list[Group]:
    found = []
    for number in groups["group"].unique().to_list():
        members = [
            (names[row["participant"]], str(row["part"]), row["participant"])
            for row in groups.filter(pl.col("group") == number).iter_rows(named=True)
        ]
        own = [
            _pair(row, cards=cards, names=names, speech=speech)
            for row in pairs.filter(pl.col("group") == number).iter_rows(named=True)
        ]
        found.append(Group(number, tuple(sorted(members, key=lambda row: (row[1] != "mentor", fold(row[0])))), tuple(own)))
    return sorted(found, key=lambda group: [fold(name) for name, _, _ in group.members])


def _pair(row: Mapping[str, Any], *, cards: Mapping[str, Any], names: Mapping[str, str], speech: Speech) -> Pair:
    one, other = sorted((row["participant"], row["other"]), key=lambda key: (fold(names[key]), key))
    ways = ("in", "out") if one == row["participant"] else ("out", "in")
    card = cards.get(name_pair(one, other))
    return Pair(
        one=one, other=other, names=(names[one], names[other]),
        gains=tuple(row[f"gain_{way}_{end}"] for way in ways for end in ("low", "high")),
        tie=str(row["tie"]) if row["tie"] else None, asleep=row["asleep"], languages=say_languages(row["languages"], speech),
        hours=row["hours_apart"], pinned=row["pinned"], stays=row["stays"], cost=row["cost_of_leaving"],
        card=tell_card(card, names=names, speech=speech, seen_from=one) if card else None,
    )  # fmt: skip


def _name_rows(rows: pl.DataFrame, names: Mapping[str, str]) -> list[dict[str, Any]]:
    named = [
        {**row, **{key: names[row[key]] for key in ("participant", "other") if key in row}} for row in rows.iter_rows(named=True)
    ]
    return sorted(named, key=lambda row: fold(row["participant"]))
