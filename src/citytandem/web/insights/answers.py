"""The answers behind a page, asked once for each city, year and question of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.atlas import once_per_atlas
from citytandem.briefing.collect import collect

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.briefing.answers import Answers


@once_per_atlas(maxsize=256)
def answers_for(atlas: Atlas, *, city: str, year: int | None = None, question: str = "overall") -> Answers:
    """All answers for one city; see :func:`citytandem.briefing.collect.collect`.

    Raises
    ------
    CannotCompute
        CITY_UNKNOWN or CITY_AMBIGUOUS.
    """
    return collect(atlas, city=city, year=year, question=question)
