"""Addresses people give: only https, so that a link never runs anything and never leads through plain text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator

from citytandem.web.shell.language import word


class HttpsField(forms.URLField):
    """An address that begins with https."""

    default_validators = [URLValidator(schemes=["https"])]
    default_error_messages = {"invalid": word("web.link.https_only")}

    def __init__(self, **options: Any) -> None:
        more = {"assume_scheme": "https", "max_length": 500, "help_text": word("web.link.help")}
        super().__init__(**{**more, **options})
