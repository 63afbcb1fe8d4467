"""What a coordinator decides before a matching: the form and its limits, what weighs how much, pins and bans with reasons."""

from __future__ import annotations

from typing import Any

from django import forms

from citytandem.web.programmes.matching import SCALES
from citytandem.web.programmes.models import Form, RuleKind
from citytandem.web.shell.language import word

COUNTRIES = [(one, word(f"web.studio.countries.{one}")) for one in ("any", "different", "same")]
WEIGHTS = ("mutual", "surplus", "possible", "wish", "tie", "language", "hour")
"""What can be weighed, each less, as proposed, or more."""
WORDS = [(one, word(f"web.studio.weight.{one}")) for one in SCALES]


class SettingsForm(forms.Form):
    """The decisions of one run."""

    form = forms.ChoiceField(
        label=word("web.programme.form"), choices=[(one, word(f"web.programme.form.{one}")) for one in Form.values]
    )
    size_low = forms.IntegerField(label=word("web.studio.size_low"), min_value=3, max_value=8, initial=3)
    size_high = forms.IntegerField(
        label=word("web.studio.size_high"), help_text=word("web.studio.size_help"), min_value=3, max_value=8, initial=5
    )
    countries = forms.ChoiceField(label=word("web.studio.countries"), choices=COUNTRIES, initial="any")
    per_country_limit = forms.IntegerField(
        label=word("web.studio.per_country_limit"), help_text=word("web.studio.per_country_limit_help"), min_value=1,
        max_value=500, required=False,
    )  # fmt: skip
    ties_first = forms.BooleanField(label=word("web.studio.ties_first"), required=False, initial=True)
    everyone = forms.BooleanField(label=word("web.studio.everyone"), required=False, initial=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in WEIGHTS:
            label = word(f"web.studio.weigh.{one}")
            self.fields[f"weight_{one}"] = forms.ChoiceField(label=label, choices=WORDS, initial="as_proposed")

    @property
    def asked(self) -> dict[str, Any]:
        """The decisions as a run keeps them."""
        told = self.cleaned_data
        names = ("form", "size_low", "size_high", "countries", "per_country_limit", "ties_first", "everyone")
        return {name: told[name] for name in names} | {"weights": {one: told[f"weight_{one}"] for one in WEIGHTS}}

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("size_low") and told.get("size_high") and told["size_low"] > told["size_high"]:
            self.add_error("size_high", word("web.studio.size_turned"))
        return told


def start_from(asked: dict[str, Any]) -> dict[str, Any]:
    """What the form shows first: what the last run was asked."""
    return {**asked, **{f"weight_{name}": value for name, value in asked.get("weights", {}).items()}}


class RuleForm(forms.Form):
    """Two who must be, or must not be, together, and why."""

    one = forms.ChoiceField(label=word("web.studio.rule.one"))
    kind = forms.ChoiceField(
        label=word("web.studio.rule.kind"), choices=[(one, word(f"web.studio.rule.kind.{one}")) for one in RuleKind.values]
    )
    other = forms.ChoiceField(label=word("web.studio.rule.other"))
    reason = forms.CharField(label=word("web.studio.rule.reason"), max_length=300)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("one", "other"):
            self.fields[name].choices = [("", word("web.studio.choose")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("one") and told.get("one") == told.get("other"):
            self.add_error("other", word("web.studio.rule.two"))
        return told


class MoveForm(forms.Form):
    """A city and its new partner, chosen by hand."""

    one = forms.ChoiceField(label=word("web.studio.move.one"))
    kind = forms.ChoiceField(
        label=word("web.studio.move.kind"), choices=[(one, word(f"web.studio.move.kind.{one}")) for one in RuleKind.values]
    )
    other = forms.ChoiceField(label=word("web.studio.move.other"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("one", "other"):
            self.fields[name].choices = [("", word("web.studio.choose")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("one") and told.get("one") == told.get("other"):
            self.add_error("other", word("web.studio.rule.two"))
        return told
