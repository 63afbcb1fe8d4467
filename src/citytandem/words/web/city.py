"""The words of a city's pages."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

CITY: dict[str, str] = {}
