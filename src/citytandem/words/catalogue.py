"""Which languages we speak, and where their words are kept."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "de", "ja", "zh-Hans", "da"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "citytandem"

_SPELLINGS: dict[str, Language] = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "cn": "zh-Hans", "jp": "ja", "dk": "da"}


def translatable(message: str) -> str:
    """Mark a message for extraction; it is translated when it is shown."""
    return message


def language_of(spelling: str) -> Language | None:
    """Our tag for a language however a person or a system writes it.

    >>> language_of("de_DE.UTF-8"), language_of("zh"), language_of("ja-JP"), language_of("tlh")
    ('de', 'zh-Hans', 'ja', None)
    """
    tag = spelling.split(".", maxsplit=1)[0].replace("_", "-").lower()
    for candidate in (tag, tag.split("-")[0]):
        if candidate in _SPELLINGS:
            return _SPELLINGS[candidate]
        for language in LANGUAGES:
            if candidate == language.lower():
                return language
    return None


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The compiled catalogue of a language; English needs none.

    A checkout whose catalogues are not compiled yet (``just words``) speaks English.
    """
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, languages=[language.replace("-", "_")], fallback=True)
