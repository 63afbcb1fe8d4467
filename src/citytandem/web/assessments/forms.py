"""What may be filled in about an assessment: named fields, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from citytandem.web.assessments.actions import Given
from citytandem.web.assessments.frameworks import FILES, LARGEST_FILE, OWN
from citytandem.web.assessments.models import Choice, OwnFramework
from citytandem.web.events.fields import CityField
from citytandem.web.shell.language import word
from citytandem.web.tours.fields import SeveralFiles, SeveralFilesInput
from citytandem.words import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.web.accounts.models import Organisation, User
    from citytandem.web.assessments.models import FormAnswer
    from citytandem.web.assessments.shown import ShownCategory, ShownCriterion, ShownFramework

LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
L = "web.assessment.field"
NOT_APPLICABLE = "n"
LEVELS = [(str(level), str(level)) for level in range(5)]
LONGEST_REPLY_DAYS = 180


def a_text(name: str, *, longest: int = 2000, required: bool = True, rows: int = 4) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=word(f"{L}.{name}"), max_length=longest, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


def an_evidence() -> forms.CharField:
    """An address, or the name of a paper."""
    return forms.CharField(label=word(f"{L}.evidence"), max_length=500, required=False)


def a_file() -> forms.FileField:
    """A file shown as evidence."""
    return forms.FileField(label=word(f"{L}.file"), required=False, widget=forms.FileInput)


class FrameworkForm(forms.Form):
    """The files of a framework of one's own."""

    tables = SeveralFiles(
        label=word(f"{L}.tables"), help_text=word(f"{L}.tables_help"), widget=SeveralFilesInput(attrs={"multiple": True})
    )

    def clean_tables(self) -> list[Any]:
        several: list[Any] = self.cleaned_data["tables"]
        if any(one.size > LARGEST_FILE for one in several):
            raise forms.ValidationError(word(f"{L}.tables_large"))
        strange = [one.name for one in several if one.name not in FILES]
        if strange:
            raise forms.ValidationError(str(word(f"{L}.tables_strange", files=", ".join(strange))))
        return several

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if "tables" in told:
            told["files"] = {one.name: one.read() for one in told["tables"]}
            try:
                for raw in told["files"].values():
                    raw.decode("utf-8-sig")
            except UnicodeDecodeError as refused:
                raise forms.ValidationError(str(word(f"{L}.tables_utf8"))) from refused
        return told


class OpenForm(forms.Form):
    """By which framework which city is judged."""

    framework = forms.ChoiceField(label=word(f"{L}.framework"))
    city = CityField(label=word(f"{L}.city"))

    def __init__(
        self, *args: Any, shipped: Sequence[ShownFramework], own: Sequence[OwnFramework], city: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices = [(one.framework.framework, f"{one.title} ({one.framework.version})") for one in shipped]
        choices += [(f"{OWN}{one.pk}", str(one)) for one in own if one.retired is None]
        self.fields["framework"].choices = choices  # type: ignore[attr-defined]
        self.fields["city"].initial = city


class InviteForm(forms.Form):
    """Somebody of the organisation, or anybody by their address."""

    person: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=word(f"{L}.person"), queryset=None, required=False, empty_label=word(f"{L}.somebody_else")
    )
    email = forms.EmailField(label=word(f"{L}.email"), help_text=word(f"{L}.email_help"), required=False)
    language = forms.ChoiceField(label=word(f"{L}.letter_language"), choices=LANGUAGES)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        from citytandem.web.accounts.models import User  # app ready

        people = User.objects.filter(memberships__organisation=organisation, is_active=True).order_by("name", "pk")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if bool(told.get("person")) == bool(told.get("email")) and not self.errors:
            raise forms.ValidationError(word(f"{L}.one_of_both"))
        return told


class PartForm(forms.Form):
    """One category of the form of an assessor."""

    use_required_attribute = False

    def __init__(self, *args: Any, category: ShownCategory, known: Mapping[str, FormAnswer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.category, self.known = category, known
        for at, criterion in enumerate(category.criteria):
            self._add(at, criterion, known.get(criterion.key))

    def _add(self, at: int, criterion: ShownCriterion, stood: FormAnswer | None) -> None:
        choices = [("", word(f"{L}.level_unknown")), (NOT_APPLICABLE, word(f"{L}.level_not_applicable"))]
        choices += [(str(one.level), f"{one.level} – {one.meaning}") for one in criterion.levels]
        said = "" if stood is None or (stood.level is None and stood.applies) else str(stood.level)
        if stood is not None and not stood.applies:
            said = NOT_APPLICABLE
        self.fields[f"level-{at}"] = forms.ChoiceField(
            label=criterion.title, choices=choices, required=False, widget=forms.RadioSelect, initial=said
        )
        self.fields[f"evidence-{at}"] = an_evidence()
        self.fields[f"file-{at}"] = a_file()
        self.fields[f"without-{at}"] = forms.BooleanField(label=word(f"{L}.without_file"), required=False)
        self.fields[f"note-{at}"] = a_text("note", required=False, rows=2)
        if stood is not None:
            self.fields[f"evidence-{at}"].initial, self.fields[f"note-{at}"].initial = stood.evidence, stood.note

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields by criterion, for a template."""
        names = ("level", "evidence", "file", "without", "note")
        return [
            {"criterion": one, "stood": self.known.get(one.key), **{name: self[f"{name}-{at}"] for name in names}}
            for at, one in enumerate(self.category.criteria)
        ]

    def tell(self) -> dict[str, tuple[Given, Any]]:
        """What is filled in, and the file sent with it; a criterion nobody has touched is left out."""
        told = {}
        for at, one in enumerate(self.category.criteria):
            level, evidence, file, without, note = (
                self.cleaned_data[f"{name}-{at}"] for name in ("level", "evidence", "file", "without", "note")
            )
            if not any((level, evidence, file, note)) and one.key not in self.known:
                continue
            told[one.key] = (
                Given(
                    level=int(level) if level in dict(LEVELS) else None, applies=level != NOT_APPLICABLE, evidence=evidence,
                    note=note, file=("", "") if without else None,
                ),
                file,
            )  # fmt: skip
        return told


class FilledForm(forms.Form):
    """A form somebody filled in as a table."""

    file = forms.FileField(label=word(f"{L}.filled"), help_text=word(f"{L}.filled_help"))


class ReasonForm(forms.Form):
    """Why something is done."""

    because = forms.CharField(label=word(f"{L}.because"), max_length=400)


class DecideForm(forms.Form):
    """Whose level stands, and why."""

    choice = forms.ChoiceField(
        label=word(f"{L}.choice"), choices=[(one, word(f"assessment_choice.{one}")) for one in Choice.values]
    )
    level = forms.TypedChoiceField(
        label=word(f"{L}.other_level"), choices=[("", "–"), *LEVELS], coerce=int, empty_value=None, required=False
    )
    evidence = an_evidence()
    reason = a_text("reason", rows=3)

    def __init__(self, *args: Any, levels: tuple[int | None, int | None] = (None, None), **options: Any) -> None:
        super().__init__(*args, **options)
        has: dict[str, int | None] = {"first": levels[0], "second": levels[1]}
        choices = [
            (one, word(f"assessment_choice_level.{one}", level=has[one]) if one in has else word(f"assessment_choice.{one}"))
            for one in Choice.values
            if one not in has or has[one] is not None
        ]
        self.fields["choice"].choices = [("", word(f"{L}.choose")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("choice") == Choice.OTHER and told.get("level") is None:
            self.add_error("level", word(f"{L}.level_needed"))
        return told


class FinishForm(forms.Form):
    """How long the city has to reply."""

    days = forms.IntegerField(
        label=word(f"{L}.days"), help_text=word(f"{L}.days_help"), min_value=7, max_value=LONGEST_REPLY_DAYS
    )


class ReplyForm(forms.Form):
    """What the city says to its result."""

    criterion = forms.ChoiceField(label=word(f"{L}.criterion"), required=False)
    language = forms.ChoiceField(label=word(f"{L}.language"), choices=LANGUAGES)
    text = a_text("reply", longest=3000, rows=6)
    evidence = an_evidence()
    file = a_file()

    def __init__(self, *args: Any, titles: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["criterion"].choices = [("", word(f"{L}.whole")), *titles.items()]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the assessors answer; with a level where the reply has moved them."""

    answer = a_text("answer", longest=3000, rows=5)
    level = forms.ChoiceField(
        label=word(f"{L}.new_level"), required=False,
        choices=[("", word(f"{L}.level_stays")), *LEVELS, (NOT_APPLICABLE, word(f"{L}.level_not_applicable"))],
    )  # fmt: skip
