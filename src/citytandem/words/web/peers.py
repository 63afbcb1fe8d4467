"""The words of the peer panel."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

PEERS: dict[str, str] = {}
