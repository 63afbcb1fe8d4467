"""What is looked for or offered: named fields, nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from citytandem.tables.catalogue import FIELDS
from citytandem.web.partnerships.models import Kind
from citytandem.web.shell.language import word
from citytandem.web.shell.links import HttpsField
from citytandem.words import language_of

LONGEST_DAYS = 730
LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
KINDS = [(value, word(f"web.listing.kind.{value}")) for value in Kind.values]
TOPICS = [(value, word(f"field.{value}")) for value in FIELDS]


class ListingForm(forms.Form):
    """A need or an offer; the measures to choose from are given in the language of the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    kind = forms.ChoiceField(label=word("web.listing.kind"), choices=KINDS)
    topic = forms.ChoiceField(label=word("web.listing.topic"), choices=TOPICS)
    measure = forms.ChoiceField(label=word("web.listing.measure"), help_text=word("web.listing.measure_help"), required=False)
    title = forms.CharField(label=word("web.listing.title"), max_length=120)
    text = forms.CharField(
        label=word("web.listing.text"),
        help_text=word("web.listing.text_help"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = forms.ChoiceField(label=word("web.listing.language"), choices=LANGUAGES)
    evidence = HttpsField(label=word("web.listing.evidence"), help_text=word("web.listing.evidence_help"), required=False)
    valid_until = forms.DateField(
        label=word("web.listing.until"),
        help_text=word("web.listing.until_help"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, measures: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(key, f"{key} {title}") for key, title in measures.items()]
        self.fields["measure"].choices = [("", word("web.listing.any_measure")), *named]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        today = timezone.now().date()
        if day < today:
            raise forms.ValidationError(word("web.listing.over"))
        if day > today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(word("web.listing.too_long"))
        return day

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("kind") == Kind.OFFER and not told.get("evidence") and "evidence" in told:
            self.add_error("evidence", word("web.listing.evidence_needed"))
        return told
