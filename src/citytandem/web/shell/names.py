"""How a city is called in a language, looked up once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.atlas import once_per_atlas
from citytandem.gazetteer import names_in

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.words import Language


@once_per_atlas(maxsize=50_000)
def call_city(atlas: Atlas, city: str, *, language: Language) -> str:
    """The name of a city in a language; its own name where the language has none; its id as a last resort."""
    return names_in(atlas, [city], language=language).get(city, city)
