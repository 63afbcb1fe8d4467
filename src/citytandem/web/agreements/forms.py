"""What may be written about a tandem's work: named fields, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from citytandem.web.accounts.models import Organisation
from citytandem.web.agreements.instruments import HIGHEST, items_at
from citytandem.web.agreements.models import AgreementKind, DecisionState, Minutes, Module, Question
from citytandem.web.events.models import Event
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.links import HttpsField
from citytandem.words import language_of

if TYPE_CHECKING:
    from citytandem.web.programmes.models import Tandem

LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
MOST_YEARS = (1990, 2100)


def a_day(name: str, *, required: bool = True, **more: Any) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=word(f"web.agreement.{name}"), widget=widget, required=required, **more)


def a_text(name: str, *, rows: int = 4, longest: int = 2000, required: bool = False, helped: bool = False) -> forms.CharField:
    """A field for a few sentences."""
    more: dict[str, Any] = {"help_text": word(f"web.agreement.{name}_help")} if helped else {}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=word(f"web.agreement.{name}"), max_length=longest, widget=widget, required=required, **more)


def a_line(name: str, *, longest: int, required: bool = True) -> forms.CharField:
    """A field for one line."""
    return forms.CharField(label=word(f"web.agreement.{name}"), max_length=longest, required=required)


def a_measure(*, required: bool = False) -> forms.ChoiceField:
    """A field for a measure; its choices are set in the language of the page."""
    return forms.ChoiceField(label=word("web.agreement.measure"), required=required)


def a_language() -> forms.ChoiceField:
    """The language in which a text is written."""
    return forms.ChoiceField(label=word("web.agreement.language"), choices=LANGUAGES)


class TandemForm(VersionForm):
    """A form about a tandem: measures in the reader's language, only its own sides and rows to choose from."""

    def __init__(self, *args: Any, tandem: Tandem, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = {
            "organisation": Organisation.objects.filter(sides__tandem=tandem).order_by("name"),
            "event": Event.objects.filter(tandem=tandem),
            "module": Module.objects.filter(tandem=tandem),
            "question": Question.objects.filter(tandem=tandem),
            "answered_in": Minutes.objects.filter(tandem=tandem),
        }
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows[name]
            if name == "measure":
                titles = sorted(title_measures(current_speech().language).items())
                field.choices = [("", word("web.agreement.no_measure")), *((key, f"{key} {title}") for key, title in titles)]  # type: ignore[attr-defined]


class AgreementForm(TandemForm):
    """The words of an agreement, without its themes."""

    kind = forms.ChoiceField(
        label=word("web.agreement.kind"), choices=[(value, word(f"agreement_kind.{value}")) for value in AgreementKind.values]
    )
    language = a_language()
    purpose = a_text("purpose", required=True, helped=True)
    starts = a_day("starts")
    ends = a_day("ends", required=False, help_text=word("web.agreement.ends_help"))
    contributions = a_text("contributions", helped=True)
    costs = a_text("costs", helped=True)
    data_sharing = a_text("data_sharing", helped=True)
    working = a_text("working", helped=True)
    leaving = a_text("leaving", helped=True)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = told.get("starts"), told.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", word("web.agreement.ends_first"))
        return told


class ThemeForm(TandemForm):
    """One theme, with the figure it starts from; all of it may stay empty where there are fewer than three."""

    title = a_line("theme", longest=160, required=False)
    measure = a_measure()
    indicator = a_line("indicator", longest=200, required=False)
    baseline = forms.FloatField(label=word("web.agreement.baseline"), required=False)
    unit = a_line("unit", longest=40, required=False)
    year = forms.IntegerField(label=word("web.agreement.year"), required=False, min_value=MOST_YEARS[0], max_value=MOST_YEARS[1])
    source = HttpsField(label=word("web.agreement.source"), required=False)
    aim = a_line("aim", longest=300, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("baseline") is not None and not (told.get("unit") and told.get("year")):
            self.add_error("baseline", word("web.agreement.baseline_alone"))
        if not told.get("title") and any(told.get(name) for name in ("indicator", "aim", "measure")):
            self.add_error("title", word("web.agreement.theme_without_title"))
        return told


class SignForm(VersionForm):
    """Who signed, in which office, when."""

    name = a_line("signed_by", longest=120)
    office = a_line("office", longest=120)
    on = a_day("signed_on")


class EndForm(VersionForm):
    """Why it ends."""

    because = a_line("because", longest=400)


class RenewForm(VersionForm):
    """From when to when the renewed one runs."""

    starts = a_day("starts")
    ends = a_day("ends", required=False)


class ReviewForm(TandemForm):
    """A look at how it goes: when it is due, when it was held, what was found."""

    due = a_day("due")
    held = a_day("held", required=False)
    found = a_text("found")


class ModuleForm(TandemForm):
    """A part of the way."""

    title = a_line("title_field", longest=120)
    starts = a_day("starts")
    ends = a_day("ends")


class TaskForm(TandemForm):
    """Who does what until when."""

    title = a_line("task", longest=200)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=word("web.agreement.owner"))
    module = forms.ModelChoiceField(Module.objects.none(), label=word("web.agreement.module"), required=False)
    due = a_day("due")
    done = a_day("done", required=False)


class QuestionForm(TandemForm):
    """What one side asks the other, and the answer once there is one."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=word("web.agreement.asked_by"))
    text = a_line("question", longest=600)
    measure = a_measure()
    language = a_language()
    asked = a_day("asked")
    answer = a_text("answer", longest=4000)
    answered = a_day("answered", required=False)
    answered_in = forms.ModelChoiceField(Minutes.objects.none(), label=word("web.agreement.answered_in"), required=False)


class MinutesForm(TandemForm):
    """What was said at a meeting."""

    title = a_line("title_field", longest=160)
    held = a_day("held")
    event = forms.ModelChoiceField(Event.objects.none(), label=word("web.agreement.event"), required=False)
    language = a_language()
    people = forms.IntegerField(label=word("web.agreement.people"), required=False, min_value=0, max_value=5000)
    text = a_text("minutes_text", rows=10, longest=8000)


class DecisionForm(TandemForm):
    """What one side decided."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=word("web.agreement.decided_by"))
    text = a_line("decision", longest=600)
    question = forms.ModelChoiceField(Question.objects.none(), label=word("web.agreement.back_to"), required=False)
    measure = a_measure()
    due = a_day("due", required=False)
    state = forms.ChoiceField(
        label=word("web.agreement.decision_state"),
        choices=[(value, word(f"decision_state.{value}")) for value in DecisionState.values],
    )


class TransferForm(TandemForm):
    """What one side began because of the other."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=word("web.agreement.learner"))
    measure = a_measure(required=True)
    begun = a_day("begun")
    stage_before = forms.IntegerField(label=word("web.agreement.stage_before"), required=False, min_value=0, max_value=4)
    note = a_line("note", longest=400, required=False)


class PlanForm(TandemForm):
    """The parts of a replication plan."""

    seen = a_text("seen", rows=6, longest=6000)
    conditions = a_text("conditions", rows=6, longest=6000)
    steps = a_text("steps", rows=6, longest=6000)
    means = a_text("means", longest=3000)
    open_questions = a_text("open_questions", longest=3000)


class LearningForm(forms.Form):
    """The items of one moment, each from 0 to 4; what is left out stays unanswered."""

    def __init__(self, *args: Any, moment: str, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", word("learning.level.none_said")), *((str(n), word(f"learning.level.{n}")) for n in range(HIGHEST + 1))]
        for item in items_at(moment):
            self.fields[item.key] = forms.ChoiceField(
                label=word(f"learning.item.{item.key}"), choices=choices, required=False, widget=forms.RadioSelect
            )

    @property
    def levels(self) -> dict[str, int]:
        """What was answered."""
        return {name: int(value) for name, value in self.cleaned_data.items() if value != ""}
