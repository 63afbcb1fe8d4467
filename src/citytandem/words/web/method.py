"""The words of the pages of methods, measures, powers and sources."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

METHOD: dict[str, str] = {}
