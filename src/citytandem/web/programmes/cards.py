"""Why these two? The reason cards of a matching, kept as codes and facts, told in the words of whoever reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.cards import CardPart
from citytandem.cards import tell_card as tell
from citytandem.web.accounts.models import Organisation
from citytandem.web.programmes.models import Actor, Application
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citytandem.atlas import Atlas
    from citytandem.science.partners.matching import Matched
    from citytandem.web.programmes.matching import Material
    from citytandem.words import Speech

SPEAK_AS_CITY = (Actor.CITY, Actor.MAYOR)
"""Those who are called by the name of their city."""


@dataclass(frozen=True)
class Told:
    """A card in words: who, and its parts, each with a heading and sentences."""

    one: str
    other: str
    parts: tuple[CardPart, ...]


def write_cards(matched: Matched, *, material: Material, words: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """The card of every pair of each group, by the key of the pair."""
    from citytandem.science.partners.card import card_as_json  # slow import
    from citytandem.science.partners.card import write_cards as write  # slow import
    from citytandem.science.partners.known import Known  # slow import

    known = Known(
        candidates=material.candidates, leads=material.network.leads, met=material.met, gains=material.gains,
        closeness=material.network.closeness, ties=material.ties, words=words, loads=matched.loads,
    )  # fmt: skip
    return {name_pair(card.participant, card.other): card_as_json(card) for card in write(matched.pairs, known=known)}


def name_pair(one: str, other: str) -> str:
    """The key of a pair among the cards.

    >>> name_pair("12", "3")
    '12:3'
    """
    return ":".join(sorted((one, other)))


def name_sides(applications: Iterable[Application], *, atlas: Atlas, speech: Speech) -> dict[str, str]:
    """How those who take part are called: a city by its name in the reader's language, others by their own."""
    return {
        str(one.pk): call_city(atlas, one.organisation.city, language=speech.language)
        if one.organisation.city and one.actor in SPEAK_AS_CITY
        else one.organisation.name
        for one in applications
    }


def tell_card(kept: Mapping[str, Any], *, names: Mapping[str, str], speech: Speech, seen_from: str = "") -> Told:
    """A card in words. ``seen_from`` is the side that reads: what it gets stands first."""
    from citytandem.science.partners.card import card_from_json  # slow import

    card = card_from_json(kept)
    if seen_from == card.other:
        card = replace(card, participant=card.other, other=card.participant, gets=card.gives, gives=card.gets)
    parts = tell(card, speech=speech, name_city=lambda key: names.get(key, key))
    return Told(names.get(card.participant, card.participant), names.get(card.other, card.other), parts)


def keep_card(cards: Iterable[Mapping[str, Any]], *, sides: Mapping[str, Organisation]) -> dict[str, Any]:
    """The cards of a tandem as they were when it was proposed, with who is who."""
    return {"cards": [dict(card) for card in cards], "sides": {key: one.pk for key, one in sides.items()}}


def read_cards(kept: Mapping[str, Any], *, atlas: Atlas, speech: Speech, seen_from: int | None = None) -> list[Told]:
    """The cards of a tandem in words; for a side, only those it is part of."""
    sides: dict[str, int] = kept.get("sides", {})
    rows = {one.pk: one for one in Organisation.objects.filter(pk__in=sides.values())}
    names = {
        key: call_city(atlas, rows[pk].city, language=speech.language) if rows[pk].kind == "city" else rows[pk].name
        for key, pk in sides.items()
        if pk in rows
    }
    mine = next((key for key, pk in sides.items() if pk == seen_from), "")
    cards = [card for card in kept.get("cards", ()) if seen_from is None or mine in {card["participant"], card["other"]}]
    return [tell_card(card, names=names, speech=speech, seen_from=mine) for card in cards]
