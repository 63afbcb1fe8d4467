"""Which needs and offers are near to some words, or to a need? By meaning in any language, and by the words of the field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from citytandem.web.partnerships import meaning
from citytandem.web.partnerships.models import Listing
from citytandem.web.partnerships.wording import compare_words

if TYPE_CHECKING:
    from collections.abc import Sequence

QUERY_LETTERS = 300
LEAST, LEAST_WORDS = 0.25, 0.05
"""Below this two texts have nothing to do with each other: by meaning and words, and by words alone."""
SAME_MEASURE, SAME_SOLUTION = 0.5, 0.15
"""What it adds when a need and an offer name the same measure, or the same field of solutions."""

_INVENTED = re.compile(r"\s*[(（][^()（）]*(?:invented|erfunden|opdigtet|架空|虚构)[^()（）]*[)）]", re.IGNORECASE)
"""The mark of an invented example says nothing of what a text is about."""


@dataclass(frozen=True, slots=True)
class Near:
    """A listing that is near to what was asked; ``same_measure`` where both name one measure."""

    listing: Listing
    nearness: float
    same_measure: bool = False


def find_near(asked: str, among: Sequence[Listing]) -> list[Near]:
    """The listings near to some words, the nearest first; those that have nothing to do with them are left out."""
    query = asked[:QUERY_LETTERS].strip()
    if not query or not among:
        return []
    return _sort([Near(one, near) for one, near in zip(among, _measure(query, among), strict=True)])


def find_matches(own: Listing, among: Sequence[Listing], *, most: int = 5) -> list[Near]:
    """The offers near to a need, or the needs near to an offer: by words, meaning, measure and field of solutions."""
    others = [one for one in among if one.organisation_id != own.organisation_id and one.kind != own.kind]
    if not others:
        return []
    found = []
    for one, near in zip(others, _measure(_text_of(own), others), strict=True):
        same_measure = bool(own.measure) and own.measure == one.measure
        same_solution = bool(own.solution) and own.solution == one.solution
        found.append(Near(one, near + SAME_MEASURE * same_measure + SAME_SOLUTION * same_solution, same_measure))
    return _sort(found)[:most]


def is_by_meaning() -> bool:
    """Is the encoder installed, so that texts in other languages are found by their meaning?"""
    return bool(meaning.name_model())


def _sort(found: list[Near]) -> list[Near]:
    least = LEAST if is_by_meaning() else LEAST_WORDS
    return sorted((one for one in found if one.nearness >= least), key=lambda one: (-one.nearness, -one.listing.pk))


def _measure(query: str, among: Sequence[Listing]) -> list[float]:
    """How near each listing is: nearness of the words, from 0 to 1, and of the meaning, where the encoder is installed."""
    near = compare_words(query, [_text_of(one) for one in among])
    asked = meaning.encode([query])
    if asked is None:
        return near
    vectors = _vectors_of(among)
    by_meaning = vectors @ asked[0]
    return [words + max(0.0, float(meant)) for words, meant in zip(near, by_meaning, strict=True)]


def _vectors_of(among: Sequence[Listing]) -> meaning.Vectors:
    """The vector of each listing; those without one of this encoder get one, which is kept."""
    model = meaning.name_model()
    kept = dict(Listing.objects.filter(pk__in=[one.pk for one in among], vector_model=model).values_list("pk", "vector"))
    missing = [one for one in among if not kept.get(one.pk)]
    made = meaning.encode([_text_of(one) for one in missing])
    for one, vector in zip(missing, made if made is not None else (), strict=True):
        kept[one.pk] = meaning.pack(vector)
        # only where its words are still these: who changes them meanwhile takes the name of the encoder away
        Listing.objects.filter(pk=one.pk, version=one.version).update(vector=kept[one.pk], vector_model=model)
    return np.stack([meaning.unpack(bytes(kept[one.pk] or b"")) for one in among])


def _text_of(one: Listing) -> str:
    return _INVENTED.sub("", f"{one.title}. {one.text}")
