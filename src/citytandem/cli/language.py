"""Which language the person at this terminal reads."""

from __future__ import annotations

import os
import sys

from citytandem.words.catalogue import Language, language_of
from citytandem.words.speech import Speech

VARIABLES = ("CITYTANDEM_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(arguments: list[str]) -> Language:
    """The language asked for with ``--lang``, else the one the terminal is set to, else English.

    It is read before the commands are built, because their help is in that language too.

    >>> choose_language(["benchmark", "Essen", "--lang", "de"]), choose_language(["--lang=zh"])
    ('de', 'zh-Hans')
    """
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or next(iter(arguments[at + 1 : at + 2]), "")
            return language_of(asked) or "en"
    for variable in VARIABLES:
        if known := language_of(os.environ.get(variable, "")):
            return known
    return "en"


SPEECH = Speech(choose_language(sys.argv[1:]))
