"""The words of the REST interface."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

API: dict[str, str] = {}
