"""The words of letters sent by e-mail."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

MAIL: dict[str, str] = {}
