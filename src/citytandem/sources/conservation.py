"""Do the crosswalks keep every tonne? Each category of a publisher leads to exactly one word of ours, so nothing is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.sources import denmark, japan, klimawatch, metropolitan_council
from citytandem.sources.crosswalks import read_rows
from citytandem.tables.balance import CARRIERS, SECTORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """How the categories of one publisher lead to words of ours.

    Parameters
    ----------
    name
        Whose categories they are.
    kind
        ``sector`` or ``carrier``: what they lead to.
    pairs
        Each category with the word of ours it leads to.
    """

    name: str
    kind: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of every category.

    ``twice`` are categories given more than once, ``unknown`` those that lead to no word of ours; ``by_word`` holds
    the categories behind each word of ours.
    """

    categories: int
    twice: tuple[str, ...]
    unknown: tuple[str, ...]
    by_word: Mapping[str, tuple[str, ...]]
    conserved: bool


def crosswalks() -> tuple[Crosswalk, ...]:
    """Every crosswalk from a publisher's categories to our sectors or carriers."""
    return (
        _table("GPC references", "gpc_sectors", key="ref", kind="sector"),
        Crosswalk("Estimates for Japanese municipalities", "sector", tuple(japan.SECTORS.items())),
        _table("Inventories of Japanese prefectures: industries", "japan_prefecture_sectors", key="number", kind="sector"),
        _table("Inventories of Japanese prefectures: fuels", "japan_prefecture_carriers", key="column", kind="carrier"),
        Crosswalk("Danish energy and CO2 accounts", "sector", tuple(denmark.SECTORS.items())),
        Crosswalk("Metropolitan Council: categories", "sector", tuple(metropolitan_council.SECTORS.items())),
        Crosswalk("Metropolitan Council: sources of energy", "carrier", tuple(metropolitan_council.CARRIERS.items())),
        _table("CEADs: sectors", "ceads_sectors", key="name", kind="sector"),
        _table("CEADs: fuels", "ceads_fuels", key="name", kind="carrier"),
        Crosswalk("Series of German cities (klimawatch)", "sector", tuple(klimawatch.SECTORS.items())),
        _table("Template of the Covenant of Mayors: sectors", "secap_rows", key="label", kind="sector"),
        _table("Template of the Covenant of Mayors: carriers", "secap_carriers", key="heading", kind="carrier"),
        _table("Fuels and activities of GPC inventories", "activity_words", key="word", kind="carrier"),
    )


def prove(crosswalk: Crosswalk) -> Proof:
    """Carry a figure of its own for each category through a crosswalk, and look whether every figure arrives once.

    Category number n stands for 2 to the power of n, so a sum shows of which categories it is made: if the sums of all
    words of ours together are the sum of all categories, each category is there once, none is missing, none is twice.

    Parameters
    ----------
    crosswalk
        The crosswalk.

    Examples
    --------
    >>> prove(Crosswalk("x", "sector", (("homes", "households"), ("flats", "households")))).conserved
    True
    >>> prove(Crosswalk("x", "sector", (("homes", "households"), ("homes", "services")))).conserved
    False
    """
    allowed = SECTORS if crosswalk.kind == "sector" else CARRIERS
    names = list(dict.fromkeys(category for category, _ in crosswalk.pairs))
    figure = {name: 2**at for at, name in enumerate(names)}
    sums: Counter[str] = Counter()
    for category, word in crosswalk.pairs:
        if word in allowed:
            sums[word] += figure[category]
    return Proof(
        categories=len(names),
        twice=_given_twice(category for category, _ in crosswalk.pairs),
        unknown=tuple(category for category, word in crosswalk.pairs if word not in allowed),
        by_word={word: tuple(category for category, to in crosswalk.pairs if to == word) for word in allowed if word in sums},
        conserved=sum(sums.values()) == 2 ** len(names) - 1 and len(crosswalk.pairs) == len(names),
    )


def _table(name: str, table: str, *, key: str, kind: str) -> Crosswalk:
    return Crosswalk(name, kind, tuple((row[key], row[kind]) for row in read_rows(table)))


def _given_twice(categories: Iterable[str]) -> tuple[str, ...]:
    return tuple(category for category, count in Counter(categories).items() if count > 1)
