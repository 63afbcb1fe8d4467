"""Fields of forms that events need in several places: a city by its name, a country, languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from citytandem.atlas import load
from citytandem.findings import CannotCompute
from citytandem.gazetteer import find_city
from citytandem.narration import name_country
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.names import call_city
from citytandem.words import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
MORE_LANGUAGES = ("fr", "es", "it", "nl", "pl", "pt", "sv", "uk", "tr", "ko")
"""Languages people may speak besides those the site speaks."""


class CityField(forms.CharField):
    """A city by its name or id; the value is its id in the atlas. What is shown of a known city is its name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 80, "help_text": word("event.field.city_help"), **options})

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if not text:
            return ""
        try:
            return find_city(load(), text)
        except CannotCompute as refused:
            raise forms.ValidationError(current_speech().say(refused.finding)) from refused

    def prepare_value(self, value: Any) -> Any:
        known = isinstance(value, str) and "-" in value and not load().city.filter(city=value).is_empty()
        if not known:
            return value
        name = call_city(load(), value, language=current_speech().language)
        return name if _is_clear(name, value) else value


def name_languages(spoken: Iterable[str]) -> list[str]:
    """Languages by their names in the language of the page."""
    from babel import Locale  # slow import

    here = Locale.parse(current_speech().language.replace("-", "_")).languages
    return [str(here.get(one.replace("-", "_"), here.get(one, one))) for one in spoken]


def list_languages() -> list[tuple[str, str]]:
    """Languages to choose from, ours first."""
    known = [tag for tag, _ in LANGUAGES]
    return [*zip(known, name_languages(known), strict=True), *zip(MORE_LANGUAGES, name_languages(MORE_LANGUAGES), strict=True)]


def list_countries() -> list[tuple[str, str]]:
    """Countries to choose from, by name in the language of the page."""
    from babel import Locale  # slow import

    speech = current_speech()
    known = (str(code) for code in Locale.parse("en").territories)
    codes = [code for code in known if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES]
    return sorted(((code, name_country(code, speech)) for code in codes), key=lambda pair: pair[1])


NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}


def _is_clear(name: str, city: str) -> bool:
    """Does the name lead back to this very city?"""
    try:
        return find_city(load(), name) == city
    except CannotCompute:
        return False
