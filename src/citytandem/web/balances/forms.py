"""Forms of the room of balances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from citytandem.sources.cells import as_number
from citytandem.web.balances.models import Licence, Visibility
from citytandem.web.balances.receiving import UPLOAD_BYTES
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELS = "web.balances.form"


def _choices(values: Iterable[str], *, prefix: str) -> list[tuple[str, Any]]:
    return [(value, word(f"{prefix}.{value}")) for value in values]


class BringForm(forms.Form):
    """A file, what to call it, and under which terms others may use its figures."""

    file = forms.FileField(label=word(f"{LABELS}.file"), allow_empty_file=True)
    title = forms.CharField(label=word(f"{LABELS}.title"), help_text=word(f"{LABELS}.title_help"), max_length=120, required=False)
    licence = forms.ChoiceField(
        label=word(f"{LABELS}.licence"),
        help_text=word(f"{LABELS}.licence_help"),
        choices=[("", word(f"{LABELS}.choose")), *_choices(Licence.values, prefix="web.balances.licence")],
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.fields["file"].help_text = word(f"{LABELS}.file_help", megabytes=UPLOAD_BYTES // 2**20)
        if too_large:
            self.fields["file"].required = False

    def clean_file(self) -> Any:
        if self.too_large:
            raise forms.ValidationError(word(f"{LABELS}.too_large", megabytes=UPLOAD_BYTES // 2**20))
        file = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(word(f"{LABELS}.empty"))
        return file


class SightForm(forms.Form):
    """What a set is called, who sees it, until when, and who after that."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=word(f"{LABELS}.title"), max_length=120)
    remark = forms.CharField(
        label=word(f"{LABELS}.remark"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    visibility = forms.ChoiceField(
        label=word(f"{LABELS}.visibility"), choices=_choices(Visibility.values, prefix="web.balances.visibility")
    )
    visible_until = forms.DateField(
        label=word(f"{LABELS}.until"),
        help_text=word(f"{LABELS}.until_help"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    visibility_after = forms.ChoiceField(
        label=word(f"{LABELS}.after"), choices=_choices(Visibility.values, prefix="web.balances.visibility")
    )


class CellForm(forms.Form):
    """One cell, what is read instead of it, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sheet = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120, strip=False)
    row = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    column = forms.TypedChoiceField(label=word(f"{LABELS}.cell"), coerce=int)
    after = forms.CharField(label=word(f"{LABELS}.value"), help_text=word(f"{LABELS}.value_help"), max_length=200, required=False)
    reason = forms.CharField(label=word(f"{LABELS}.reason"), help_text=word(f"{LABELS}.reason_help"), max_length=400)

    def __init__(self, *args: Any, cells: list[tuple[int, str]], is_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_text = is_text
        self.fields["column"].choices = cells  # type: ignore[attr-defined]

    def clean_after(self) -> str:
        """Text files keep their own way of writing numbers; in a workbook only what can mean one thing is taken."""
        after = str(self.cleaned_data["after"])
        digits = "".join(mark for mark in after if mark not in " \u00a0.,+-")
        if not self.is_text and digits.isdecimal() and as_number(after) is None:
            raise forms.ValidationError(word(f"{LABELS}.unclear_number"))
        return after


class RuleForm(forms.Form):
    """Whether a second person must publish."""

    four_eyes = forms.BooleanField(label=word(f"{LABELS}.four_eyes"), help_text=word(f"{LABELS}.four_eyes_help"), required=False)


class SaveMappingForm(forms.Form):
    """A name for how files of this layout are read."""

    name = forms.CharField(label=word(f"{LABELS}.mapping_name"), max_length=120)
