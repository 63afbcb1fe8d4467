"""Every word a person reads, in five languages: sentences for codes, labels for keys, numbers for people."""

from citytandem.words.catalogue import LANGUAGES, Language, language_of
from citytandem.words.sentences import SENTENCES
from citytandem.words.speech import Speech

__all__ = ["LANGUAGES", "SENTENCES", "Language", "Speech", "language_of"]
