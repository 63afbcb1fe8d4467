"""Fields that forms of tours share: clocks, coordinates, where something was read, and one value for several rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from citytandem.web.shell.language import word

F = "web.tour.form"
SOURCE = r"^[A-Za-z0-9][A-Za-z0-9._+:/-]*$"
"""A source as the tables of a tour take it: a key, a domain or an address of a page, without spaces."""


def clock(label: str, **more: Any) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(label=word(f"{F}.{label}"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def text(label: str, *, longest: int, **more: Any) -> forms.CharField:
    """A short text without signs that cannot be printed."""
    return forms.CharField(label=word(f"{F}.{label}"), max_length=longest, **more)


def source() -> forms.CharField:
    """Where something was read."""
    told = RegexValidator(SOURCE, message=word(f"{F}.source_wrong"))
    return text("source", longest=160, initial="own", validators=[told], help_text=word(f"{F}.source_help"))


def euro(label: str) -> forms.FloatField:
    """An amount per person; empty is not known."""
    return forms.FloatField(
        label=word(f"{F}.{label}"), min_value=0, max_value=1_000_000, required=False, help_text=word(f"{F}.euro_help")
    )


def whole(label: str, *, low: int, high: int, **more: Any) -> forms.IntegerField:
    """A whole number within bounds."""
    return forms.IntegerField(label=word(f"{F}.{label}"), min_value=low, max_value=high, **more)


def degrees(label: str, *, most: int) -> forms.FloatField:
    """A latitude or longitude."""
    return forms.FloatField(
        label=word(f"{F}.{label}"), min_value=-most, max_value=most, help_text=word(f"{F}.degrees_help"),
        widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip


class SeveralFiles(forms.FileField):
    """Some files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        several = data if isinstance(data, list) else [data] if data else []
        if not several and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(SeveralFiles, self).clean(one, initial) for one in several]


class SeveralFilesInput(forms.ClearableFileInput):
    """The input for them."""

    allow_multiple_selected = True
