"""What is looked for or offered: named fields, nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils import timezone

from citytandem.gazetteer import fold
from citytandem.tables.catalogue import FIELDS
from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.partnerships.models import Kind, ReportReason, Solution
from citytandem.web.shell.language import word
from citytandem.web.shell.links import HttpsField
from citytandem.words import language_of

if TYPE_CHECKING:
    from citytandem.web.accounts.models import Organisation

LONGEST_DAYS = 730
LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
KINDS = [(value, word(f"web.listing.kind.{value}")) for value in Kind.values]
SOLUTIONS = [(value, word(f"web.solution.{value}")) for value in Solution.values]
TOPICS = [(value, word(f"field.{value}")) for value in FIELDS]


REFERENCES = 3
"""Places in the form for those who have a solution in use."""


class ListingForm(forms.Form):
    """A need or an offer; the measures to choose from are given in the language of the page.

    ``organisation`` is who offers: a business names at least one other that has its solution in use.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    kind = forms.ChoiceField(label=word("web.listing.kind"), choices=KINDS)
    topic = forms.ChoiceField(label=word("web.listing.topic"), choices=TOPICS)
    solution = forms.ChoiceField(label=word("web.solution"), help_text=word("web.solution.help"), required=False)
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

    def __init__(self, *args: Any, measures: dict[str, str], organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation
        self.fields["solution"].choices = [("", word("web.solution.any")), *SOLUTIONS]  # type: ignore[attr-defined]
        for number in range(1, REFERENCES + 1):
            self.fields[f"reference_{number}"] = forms.CharField(
                label=word("web.solution.reference", number=number), max_length=160, required=False,
                help_text=word("web.solution.reference_help") if number == 1 else "",
            )  # fmt: skip
            self.fields[f"reference_{number}_link"] = HttpsField(
                label=word("web.solution.reference_link", number=number), required=False
            )
        self.order_fields([name for name in self.fields if name != "valid_until"])
        named = [(key, f"{key} {title}") for key, title in measures.items()]
        self.fields["measure"].choices = [("", word("web.listing.any_measure")), *named]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "version" and name[:10] != "reference_"}
        return told | {"references": self.references}

    @property
    def references(self) -> list[dict[str, str]]:
        """Who has it in use, as far as somebody is named."""
        named = [(f"reference_{number}", f"reference_{number}_link") for number in range(1, REFERENCES + 1)]
        return [
            {"who": self.cleaned_data[who], "link": self.cleaned_data.get(link) or ""}
            for who, link in named
            if self.cleaned_data.get(who)
        ]

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
        if told.get("kind") == Kind.OFFER and not told.get("solution") and "solution" in told:
            self.add_error("solution", word("web.solution.needed"))
        for number in range(1, REFERENCES + 1):
            if told.get(f"reference_{number}_link") and not told.get(f"reference_{number}"):
                self.add_error(f"reference_{number}", word("web.solution.reference_nameless"))
        is_business = self.organisation.kind == OrganisationKind.BUSINESS
        if is_business and told.get("kind") == Kind.OFFER and not any(map(self._is_outside, self.references)):
            self.add_error("reference_1", word("web.solution.outside_needed"))
        return told

    def _is_outside(self, reference: dict[str, str]) -> bool:
        """Somebody else than who offers, with an address that is not their own."""
        own = urlsplit(self.organisation.website).hostname or ""
        host = urlsplit(reference["link"]).hostname or ""
        is_named = fold(reference["who"]) != fold(self.organisation.name)
        return is_named and bool(host) and not (own and _domain(own) == _domain(host))


def start_references(references: list[dict[str, str]]) -> dict[str, str]:
    """The places of the form for references, filled."""
    told: dict[str, str] = {}
    for number, one in enumerate(references[:REFERENCES], start=1):
        told |= {f"reference_{number}": one["who"], f"reference_{number}_link": one["link"]}
    return told


def _domain(host: str) -> str:
    return host.lower().removeprefix("www.")


class ReportForm(forms.Form):
    """Why a listing does not belong on the board."""

    reason = forms.ChoiceField(
        label=word("web.report.reason"), choices=[(value, word(f"web.report.reason.{value}")) for value in ReportReason.values]
    )
    text = forms.CharField(
        label=word("web.report.text"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class AnswerForm(forms.Form):
    """What a person writes to the team of a listing."""

    text = forms.CharField(
        label=word("web.answer.text"), help_text=word("web.answer.text_help"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip


class HideForm(forms.Form):
    """Why a listing is hidden; its team reads it."""

    reason = forms.CharField(label=word("web.report.hide_reason"), help_text=word("web.report.hide_reason_help"), max_length=400)


class ReplyForm(forms.Form):
    """What the team of a hidden listing says."""

    text = forms.CharField(label=word("web.report.reply"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
