"""What guests say of themselves, a page for each kind: who they are, what they need, how they come, what they agree to."""

from __future__ import annotations

from typing import Any

from django import forms

from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.events.fields import LANGUAGES, CityField, list_countries, list_languages
from citytandem.web.events.forms import ROLES
from citytandem.web.shell.language import word

ACCESS = ("wheelchair", "hearing", "seeing", "rest", "other")
MODES = ("train", "coach", "car", "ship", "flight")
CONSENTS = ("participant_list", "photos", "contact_after")


class PersonForm(forms.Form):
    """Who comes, for whom, as what."""

    name = forms.CharField(label=word("event.guest.name"), max_length=120)
    role = forms.ChoiceField(label=word("event.guest.role"), choices=[(one, word(f"event.role.{one}")) for one in ROLES])
    organisation_name = forms.CharField(label=word("event.guest.organisation"), max_length=160, required=False)
    organisation_kind = forms.ChoiceField(
        label=word("event.guest.organisation_kind"),
        choices=[("", "–"), *((one, word(f"organisation_kind.{one}")) for one in OrganisationKind.values)],
        required=False,
    )
    country = forms.ChoiceField(label=word("event.guest.country"))
    language = forms.ChoiceField(label=word("event.guest.language"), choices=LANGUAGES)
    companion = forms.CharField(
        label=word("event.guest.companion"), help_text=word("event.guest.companion_help"), max_length=120, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = [("", "–"), *list_countries()]  # type: ignore[attr-defined]


class NeedsForm(forms.Form):
    """What a guest understands, eats and needs."""

    languages = forms.MultipleChoiceField(
        label=word("event.guest.languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    diet = forms.CharField(
        label=word("event.guest.diet"), help_text=word("event.guest.diet_help"), max_length=120, required=False
    )
    access = forms.MultipleChoiceField(
        label=word("event.guest.access"),
        choices=[(one, word(f"event.access.{one}")) for one in ACCESS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    access_text = forms.CharField(
        label=word("event.guest.access_text"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["languages"].choices = list_languages()  # type: ignore[attr-defined]


class TravelForm(forms.Form):
    """From where and how a guest comes, and whether a letter for a visa is needed."""

    departure = CityField(label=word("event.guest.departure"), required=False)
    mode = forms.ChoiceField(
        label=word("event.guest.mode"), choices=[("", "–"), *((one, word(f"event.mode.{one}")) for one in MODES)], required=False
    )
    visa_letter = forms.BooleanField(
        label=word("event.guest.visa_letter"), help_text=word("event.guest.visa_help"), required=False
    )
    passport_name = forms.CharField(label=word("event.guest.passport_name"), max_length=120, required=False)
    nationality = forms.ChoiceField(label=word("event.guest.nationality"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["nationality"].choices = [("", "–"), *list_countries()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("visa_letter") and not told.get("passport_name"):
            self.add_error("passport_name", word("event.problem.passport_name"))
        if not told.get("visa_letter"):  # what is not needed is not kept
            told["passport_name"], told["nationality"] = "", ""
        return told


class ConsentForm(forms.Form):
    """What a guest agrees to, each for itself."""

    consents = forms.MultipleChoiceField(
        label=word("event.guest.consents"),
        choices=[(one, word(f"event.consent.{one}")) for one in CONSENTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FollowForm(forms.Form):
    """What became of it, three or twelve months later."""

    begun = forms.CharField(
        label=word("event.follow.begun"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    still_open = forms.CharField(
        label=word("event.follow.still_open"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    in_touch = forms.CharField(
        label=word("event.follow.in_touch"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


PARTS: dict[str, type[forms.Form]] = {"person": PersonForm, "needs": NeedsForm, "travel": TravelForm, "consents": ConsentForm}
"""The pages of a registration, in order."""
