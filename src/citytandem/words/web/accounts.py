"""The words of people, organisations and invitations."""

from citytandem.words.catalogue import translatable as _  # noqa: F401 - the first words are on their way

ACCOUNTS: dict[str, str] = {}
