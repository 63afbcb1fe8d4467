"""The words of what a city says about itself."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

PROFILES: dict[str, str] = {}
