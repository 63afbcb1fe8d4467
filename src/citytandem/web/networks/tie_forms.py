"""Forms of ties and of what is recorded on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from citytandem.web.networks.forms import CityField, VersionedForm, choices_of, day_field, source_field
from citytandem.web.networks.models import Meeting, MeetingForm, MeetingState, Question, TieKind, Transfer, TransferStage
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from citytandem.web.networks.models import Tie

FIRST_YEAR = 1000


class TieForm(VersionedForm):
    """Kind, year and source of a tie."""

    kind = forms.ChoiceField(label=word("web.network.tie_kind"), choices=choices_of(TieKind.values, prefix="tie"))
    since = forms.IntegerField(
        label=word("web.tie.year"), help_text=word("web.tie.year_help"), min_value=FIRST_YEAR, max_value=2200, required=False
    )
    source = source_field()

    def clean_since(self) -> int | None:
        year: int | None = self.cleaned_data["since"]
        if year and year > timezone.now().year:
            raise forms.ValidationError(word("web.tie.year_ahead"))
        return year


class NewTieForm(TieForm):
    """A tie of a city to another."""

    other = CityField(label=word("web.network.tie_other"))
    field_order: tuple[str, ...] = ("other",)


class PairForm(NewTieForm):
    """A tie between two cities of a network."""

    city = CityField(label=word("web.network.tie_city"))
    field_order = ("city", "other")


class EntryForm(VersionedForm):
    """What every entry asks: may the networks of both cities read the words?"""

    is_shared = forms.BooleanField(label=word("web.tie.shared"), help_text=word("web.tie.shared_help"), required=False)

    def __init__(self, *args: Any, sides: dict[str, str], measures: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_choices(sides=list(sides.items()), measures=list(measures.items()))

    def offer_choices(self, *, sides: list[tuple[str, str]], measures: list[tuple[str, str]]) -> None:
        """Fill choices that hang on the tie."""

    def past(self, name: str) -> Any:
        """A day that is over or today.

        Raises
        ------
        ValidationError
            It lies ahead.
        """
        day = self.cleaned_data[name]
        if day and day > timezone.now().date():
            raise forms.ValidationError(word("web.tie.day_ahead"))
        return day


class MeetingEntry(EntryForm):
    """A contact, planned or held."""

    day = day_field("day", required=True)
    form = forms.ChoiceField(label=word("web.tie.form"), choices=choices_of(MeetingForm.values, prefix="web.tie.form"))
    state = forms.ChoiceField(label=word("web.tie.state"), choices=choices_of(MeetingState.values, prefix="web.tie.meeting"))
    subject = forms.CharField(label=word("web.tie.subject"), max_length=200)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("state") == MeetingState.HELD and told.get("day") and told["day"] > timezone.now().date():
            self.add_error("day", str(word("web.tie.day_ahead")))
        return told


class QuestionEntry(EntryForm):
    """A question and, once it is there, its answer."""

    asked_by = forms.ChoiceField(label=word("web.tie.asked_by"))
    asked = day_field("asked", required=True)
    text = forms.CharField(label=word("web.tie.question"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    answered = day_field("answered")
    answer = forms.CharField(
        label=word("web.tie.answer"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def offer_choices(self, *, sides: list[tuple[str, str]], measures: list[tuple[str, str]]) -> None:  # noqa: ARG002 - the form of entries
        self.fields["asked_by"].choices = sides  # type: ignore[attr-defined]

    def clean_asked(self) -> Any:
        return self.past("asked")

    def clean_answered(self) -> Any:
        return self.past("answered")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        asked, answered = told.get("asked"), told.get("answered")
        if told.get("answer") and not answered and "answered" in told:
            told["answered"] = timezone.now().date()
        if asked and answered and answered < asked:
            self.add_error("answered", str(word("web.tie.answered_before")))
        return told


class TransferEntry(EntryForm):
    """A measure taken over from the other city."""

    measure = forms.ChoiceField(label=word("web.listing.measure"))
    learner = forms.ChoiceField(label=word("web.tie.learner"))
    begun = day_field("begun", required=True)
    stage = forms.ChoiceField(label=word("web.tie.stage"), choices=choices_of(TransferStage.values, prefix="web.tie.stage"))
    remark = forms.CharField(
        label=word("web.tie.remark"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def offer_choices(self, *, sides: list[tuple[str, str]], measures: list[tuple[str, str]]) -> None:
        self.fields["learner"].choices = sides  # type: ignore[attr-defined]
        self.fields["measure"].choices = [(key, f"{key} {title}") for key, title in measures]  # type: ignore[attr-defined]

    def clean_begun(self) -> Any:
        return self.past("begun")


KINDS: dict[str, tuple[Any, type[EntryForm]]] = {
    "meeting": (Meeting, MeetingEntry),
    "question": (Question, QuestionEntry),
    "transfer": (Transfer, TransferEntry),
}
"""What can be recorded on a tie: name in the address, table, form."""


def start_tie(tie: Tie) -> dict[str, Any]:
    """What the form of a tie begins with."""
    return {"version": tie.version, "kind": tie.kind, "since": tie.since, "source": tie.source}
