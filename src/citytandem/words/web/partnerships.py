"""The words of needs and offers."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

PARTNERSHIPS: dict[str, str] = {}
