"""What a team may fill in about its city: named fields, nothing else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from citytandem.web.profiles.models import Said, TargetKind
from citytandem.web.shell.language import word
from citytandem.web.shell.links import HttpsField
from citytandem.words import language_of

FIRST_YEAR = 1990
LAST_YEAR = 2100
LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]


class VersionForm(forms.Form):
    """A form that names the version it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AnswerForm(VersionForm):
    """How far one measure is; a page holds many, and none of them must be answered."""

    use_required_attribute = False
    said = forms.ChoiceField(
        choices=[(value, word(f"web.profile.said.{value}")) for value in Said.values],
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )
    year = forms.IntegerField(label=word("web.profile.year"), required=False, min_value=FIRST_YEAR, show_hidden_initial=True)
    evidence = HttpsField(label=word("web.profile.evidence"), required=False, show_hidden_initial=True)
    remark = forms.CharField(
        label=word("web.profile.remark"),
        help_text=word("web.profile.remark_help"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        show_hidden_initial=True,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["said"].error_messages["required"] = word("web.profile.said_first")

    def has_changed(self) -> bool:
        """Whether this person changed anything since they opened the page; that others did meanwhile does not count."""
        return bool({*self.changed_data} - {"version"})

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and year > timezone.now().year:
            raise forms.ValidationError(word("web.profile.year_ahead"))
        return year


class CommentForm(forms.Form):
    """A word among the team."""

    text = forms.CharField(label=word("web.profile.comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectionForm(VersionForm):
    """What the city may do, and by which law."""

    level = forms.TypedChoiceField(
        label=word("web.powers.level"), coerce=int, choices=[(level, word(f"web.powers.level.{level}")) for level in range(4)]
    )
    law = forms.CharField(label=word("web.powers.law"), help_text=word("web.powers.law_help"), max_length=200, required=False)
    law_date = forms.RegexField(
        label=word("web.powers.law_date"),
        help_text=word("web.powers.law_date_help"),
        regex=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        required=False,
        max_length=10,
        error_messages={"invalid": word("web.powers.law_date_help")},
    )
    reason = forms.CharField(
        label=word("web.powers.reason"),
        help_text=word("web.powers.reason_help"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = HttpsField(label=word("web.powers.link"), required=False)


class TargetForm(VersionForm):
    """What is to be reached, by when."""

    kind = forms.ChoiceField(
        label=word("web.target.kind"), choices=[(value, word(f"web.target.kind.{value}")) for value in TargetKind.values]
    )
    target_year = forms.IntegerField(label=word("web.target.year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    base_year = forms.IntegerField(label=word("web.target.base"), min_value=FIRST_YEAR - 30, max_value=LAST_YEAR, required=False)
    share_percent = forms.FloatField(
        label=word("web.target.share"), help_text=word("web.target.share_help"), min_value=0, max_value=200, required=False
    )
    absolute_t = forms.FloatField(
        label=word("web.target.absolute"), help_text=word("web.target.absolute_help"), min_value=0, max_value=1e10, required=False
    )
    scope = forms.CharField(label=word("web.target.scope"), help_text=word("web.target.scope_help"), max_length=400)
    link = HttpsField(label=word("web.target.link"))
    review = forms.DateField(
        label=word("web.target.review"),
        help_text=word("web.target.review_help"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        kind, base, year = told.get("kind"), told.get("base_year"), told.get("target_year")
        if kind == TargetKind.SHARE and told.get("share_percent") is None and "share_percent" in told:
            self.add_error("share_percent", word("web.target.share_needed"))
        if kind == TargetKind.SHARE and base is None and "base_year" in told:
            self.add_error("base_year", word("web.target.base_needed"))
        if kind == TargetKind.ABSOLUTE and told.get("absolute_t") is None and "absolute_t" in told:
            self.add_error("absolute_t", word("web.target.absolute_needed"))
        if base is not None and year is not None and base >= year:
            self.add_error("base_year", word("web.target.base_before"))
        return told


class PublishForm(forms.Form):
    """What was looked at, and a word about it."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=word("web.publish.note"), help_text=word("web.publish.note_help"), max_length=400, required=False
    )


class ReplyForm(forms.Form):
    """What the city says to a statement about it."""

    text = forms.CharField(label=word("web.reply.text"), max_length=1500, widget=forms.Textarea(attrs={"rows": 5}))
    link = HttpsField(label=word("web.reply.link"), required=False)
    language = forms.ChoiceField(label=word("web.reply.language"), choices=LANGUAGES)


class ReminderForm(forms.Form):
    """Whether letters about what is due are welcome."""

    wanted = forms.BooleanField(label=word("web.reminders.wanted"), required=False)
