"""One spelling of languages inside, Django's at its border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import get_language

from citytandem.words import Language, Speech, language_of

if TYPE_CHECKING:
    from citytandem.findings import Fact

SPEECHES: dict[Language, Speech] = {}


def to_django(language: Language) -> str:
    """Our tag as Django writes it.

    >>> to_django("zh-Hans"), to_django("de")
    ('zh-hans', 'de')
    """
    return language.lower()


def current_speech() -> Speech:
    """How we speak in the request at hand."""
    language = language_of(get_language() or "en") or "en"
    return SPEECHES.setdefault(language, Speech(language))


def _word(key: str, **facts: Fact) -> str:
    speech = current_speech()
    return speech.sentence(key, **facts) if facts else speech.label(key)


word = lazy(_word, str)
"""The label of a key, said only when it is shown: for fields of forms and other things made before a request."""
