"""The words of bringing and publishing a balance."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

BALANCES: dict[str, str] = {}
