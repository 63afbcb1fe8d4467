"""What a person says of a new token."""

from __future__ import annotations

from django import forms

from citytandem.web.api.tokens import DAYS, Scope
from citytandem.web.shell.language import word


class TokenForm(forms.Form):
    """Its name, what it may be used for, and how long."""

    name = forms.CharField(label=word("web.tokens.name"), help_text=word("web.tokens.name_help"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=word("web.tokens.scopes"),
        choices=[(scope.value, word(f"web.tokens.scope.{scope.value}")) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ.value],
    )
    days = forms.TypedChoiceField(
        label=word("web.tokens.days"), choices=[(days, word(f"web.tokens.days.{days}")) for days in DAYS], coerce=int, initial=90
    )
