"""What is known of the participants of a programme when their cards are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Known:
    """What a card is written from.

    ``leads`` and ``closeness`` are between cities, ``met`` and ``gains`` between participants; ``ties`` holds participant,
    other, since (null unknown), asleep (null: nobody has said); ``words`` what participants write.
    """

    candidates: pl.DataFrame
    leads: pl.DataFrame
    met: pl.DataFrame
    gains: pl.DataFrame
    closeness: pl.DataFrame
    ties: pl.DataFrame
    words: pl.DataFrame
    loads: pl.DataFrame
