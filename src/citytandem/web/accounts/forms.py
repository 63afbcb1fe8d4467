"""What people may fill in about themselves, their organisation and those they invite: named fields, nothing else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from citytandem.web.accounts.models import Kind, Organisation
from citytandem.web.accounts.queries import roles_in
from citytandem.web.shell.language import word
from citytandem.words import language_of

LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]


def choose_role(organisation: Organisation) -> list[tuple[str, Any]]:
    """The roles of an organisation with what each may do."""
    return [(role, word(f"role_may.{role}")) for role in roles_in(organisation)]


class InviteForm(forms.Form):
    """Whom to invite, as what, and in which language to write."""

    email = forms.EmailField(label=word("web.sign_in.email"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=word("web.people.role"))
    language = forms.ChoiceField(label=word("web.people.language_of_letter"), choices=LANGUAGES)

    def __init__(self, *args: Any, organisation: Organisation, roles: list[str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation
        choices = choose_role(organisation)
        self.fields["role"].choices = [pair for pair in choices if roles is None or pair[0] in roles]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if self.organisation.memberships.filter(user__email=email).exists():
            raise forms.ValidationError(word("web.people.is_in_already"))
        return email


class RoleForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(label=word("web.people.role"))

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [(role, word(f"role.{role}")) for role in roles_in(organisation)]  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """What an organisation is called, and where its own pages are."""

    name = forms.CharField(label=word("web.organisation.name"), max_length=200)
    website = forms.URLField(label=word("web.organisation.website"), required=False, assume_scheme="https", max_length=200)


class NewOrganisationForm(OrganisationForm):
    """A new organisation; its kind and its city stand in the address of the page."""

    network = forms.CharField(label=word("web.organisation.network"), required=False, max_length=60)
    field_order = ("name", "website", "network")

    def __init__(self, *args: Any, kind: Kind, networks: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        if kind == Kind.NETWORK:
            choices = [("", word("web.organisation.network_none")), *((key, key.replace("_", " ")) for key in networks)]
            self.fields["network"] = forms.ChoiceField(label=word("web.organisation.network"), required=False, choices=choices)
        else:
            del self.fields["network"]


class MeForm(forms.Form):
    """What a person is called, and in which language we write to them."""

    name = forms.CharField(
        label=word("web.me.name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=word("web.me.language"), choices=LANGUAGES)


class EraseForm(forms.Form):
    """Being sure."""

    sure = forms.BooleanField(label=word("web.erase.sure"))
