"""The words of finding, comparing and mapping cities."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

PLACES: dict[str, str] = {}
