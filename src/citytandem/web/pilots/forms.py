"""What may be written about a pilot programme and its cities: named fields, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from citytandem.findings import CannotCompute
from citytandem.gazetteer import find_city
from citytandem.web.live import atlas_of_everybody
from citytandem.web.pilots import storage
from citytandem.web.pilots.frame import criteria_of, frame_keys, known_cities, levels_of, name_criterion, name_frame, name_level
from citytandem.web.pilots.models import Graveness, Milestone, Outcome, Stage, Visit
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.links import HttpsField
from citytandem.words import language_of

if TYPE_CHECKING:
    from citytandem.web.pilots.models import PilotCity, PilotProgramme

LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
MOST_MONTHS = 240


def a_day(name: str, *, required: bool = True, helped: bool = False) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    more: dict[str, Any] = {"help_text": word(f"web.pilot.form.{name}_help")} if helped else {}
    return forms.DateField(label=word(f"web.pilot.form.{name}"), widget=widget, required=required, **more)


def a_text(name: str, *, longest: int, rows: int = 4, required: bool = False, helped: bool = False) -> forms.CharField:
    """A field for a few sentences."""
    more: dict[str, Any] = {"help_text": word(f"web.pilot.form.{name}_help")} if helped else {}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=word(f"web.pilot.form.{name}"), max_length=longest, widget=widget, required=required, **more)


def a_line(name: str, *, longest: int, required: bool = True, helped: bool = False) -> forms.CharField:
    """A field for one line."""
    more: dict[str, Any] = {"help_text": word(f"web.pilot.form.{name}_help")} if helped else {}
    return forms.CharField(label=word(f"web.pilot.form.{name}"), max_length=longest, required=required, **more)


def a_choice(name: str, values: Any = (), *, required: bool = True, prefix: str = "") -> forms.ChoiceField:
    """A field to choose from keys; those without a prefix are filled in later."""
    choices = [(value, word(f"{prefix}.{value}")) for value in values]
    return forms.ChoiceField(label=word(f"web.pilot.form.{name}"), choices=choices, required=required)


class ProgrammeForm(VersionForm):
    """What a programme is."""

    title = a_line("title", longest=160)
    language = forms.ChoiceField(label=word("web.pilot.form.language"), choices=LANGUAGES)
    framework = a_choice("framework")
    text = a_text("text", longest=4000, rows=6, helped=True)
    starts = a_day("starts")
    ends = a_day("ends", required=False)
    months_valid = forms.IntegerField(
        label=word("web.pilot.form.months_valid"), min_value=1, max_value=MOST_MONTHS, initial=36,
        help_text=word("web.pilot.form.months_valid_help"),
    )  # fmt: skip
    website = HttpsField(label=word("web.pilot.form.website"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speech = current_speech()
        self.fields["framework"].choices = [(key, name_frame(key, speech=speech)) for key in frame_keys()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("starts") and told.get("ends") and told["ends"] <= told["starts"]:
            self.add_error("ends", word("web.pilot.ends_first"))
        return told


class InProgramme(VersionForm):
    """A form about a programme: only its own stages, visits and criteria to choose from."""

    def __init__(self, *args: Any, programme: PilotProgramme, pilot: PilotCity | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.programme, self.pilot = programme, pilot
        rows = {
            "stage": Stage.objects.filter(programme=programme),
            "visit": Visit.objects.filter(pilot=pilot),
            "milestone": Milestone.objects.filter(pilot=pilot),
        }
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows[name]
        if "criterion" in self.fields:
            speech, key = current_speech(), programme.framework
            named = [(one, name_criterion(key, criterion=one, speech=speech)) for one in criteria_of(key)]
            self.fields["criterion"].choices = [("", word("web.pilot.form.no_criterion")), *named]  # type: ignore[attr-defined]


class StageForm(InProgramme):
    """A stage, and what is demanded for it."""

    order = forms.IntegerField(label=word("web.pilot.form.order"), min_value=1, max_value=99)
    title = a_line("stage_title", longest=120)
    demanded = a_text("demanded", longest=2000, helped=True)


class CityForm(InProgramme):
    """Which city is taken in: a known pilot city, one of the atlas, or another place by its name."""

    known_as = a_choice("known_as", required=False)
    city = a_line("city", longest=120, required=False, helped=True)
    place = a_line("place", longest=120, required=False, helped=True)
    country = a_line("country", longest=2, required=False, helped=True)
    contact_organisation = a_line("contact_organisation", longest=200, required=False)
    contact_name = a_line("contact_name", longest=120, required=False)
    contact_email = forms.EmailField(
        label=word("web.pilot.form.contact_email"), required=False, help_text=word("web.pilot.form.contact_email_help")
    )
    joined = a_day("joined")
    left = a_day("left", required=False)
    left_because = a_line("left_because", longest=400, required=False)
    is_shown = forms.BooleanField(label=word("web.pilot.form.is_shown"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {row["pilot_city"]: row for row in known_cities(self.programme.framework).iter_rows(named=True)}
        is_chinese = current_speech().language == "zh-Hans"
        named = [
            (key, row["local_name"] or row["name"] if is_chinese else f"{row['name']} ({row['province']})")
            for key, row in self.known.items()
        ]
        self.fields["known_as"].choices = [("", word("web.pilot.form.not_known")), *named]  # type: ignore[attr-defined]

    def clean_contact_email(self) -> str:
        return str(self.cleaned_data["contact_email"]).lower()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        told["within"] = ""
        row = self.known.get(told.get("known_as", ""))
        if row is not None:
            told["city"], told["within"], told["country"] = row["city"] or "", row["within"] or "", row["country"]
            told["place"] = "" if row["city"] else " ".join(filter(None, (row["name"], row["local_name"])))
        elif told.get("city"):
            told["city"], told["place"] = self._find(told["city"]), ""
            told["country"] = told["city"].partition("-")[0]
        elif not told.get("place"):
            self.add_error("city", word("web.pilot.which_city"))
        if told.get("left") and told.get("joined") and told["left"] < told["joined"]:
            self.add_error("left", word("web.pilot.left_first"))
        self._refuse_twice(told)
        return told

    def _find(self, asked: str) -> str:
        try:
            return find_city(atlas_of_everybody(), asked)
        except CannotCompute:
            self.add_error("city", word("web.pilot.city_not_found"))
            return ""

    def _refuse_twice(self, told: dict[str, Any]) -> None:
        others = self.programme.cities.exclude(pk=self.pilot.pk) if self.pilot else self.programme.cities.all()
        if told.get("city") and others.filter(city=told["city"]).exists():
            self.add_error("city", word("web.pilot.city_twice"))


class MilestoneForm(InProgramme):
    """What a city is to have by when."""

    title = a_line("milestone_title", longest=200)
    stage = forms.ModelChoiceField(Stage.objects.none(), label=word("web.pilot.form.stage"), required=False)
    demanded = a_line("evidence_demanded", longest=600, required=False)
    planned = a_day("planned", required=False)
    due = a_day("due")
    reached = a_day("reached", required=False)
    shown_by = a_line("shown_by", longest=600, required=False, helped=True)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("reached") and not told.get("shown_by"):
            self.add_error("shown_by", word("web.pilot.shown_by_missing"))
        return told


class VisitForm(InProgramme):
    """That assessors were there, and what they wrote down."""

    on = a_day("visited")
    assessors = a_line("assessors", longest=300, helped=True)
    language = forms.ChoiceField(label=word("web.pilot.form.language"), choices=LANGUAGES)
    protocol = a_text("protocol", longest=8000, rows=10)


class FindingForm(InProgramme):
    """What was found, and what is recommended."""

    visit = forms.ModelChoiceField(Visit.objects.none(), label=word("web.pilot.form.visit"), required=False)
    graveness = a_choice("graveness", Graveness.values, prefix="pilot_graveness")
    criterion = a_choice("criterion", required=False)
    text = a_text("finding", longest=1000, required=True)
    recommendation = a_text("recommendation", longest=1000)
    due = a_day("due", required=False)


class EvidenceForm(InProgramme):
    """A file, and what it is to show."""

    file = forms.FileField(label=word("web.pilot.form.file"), allow_empty_file=True)
    title = a_line("file_title", longest=200, required=False)
    milestone = forms.ModelChoiceField(Milestone.objects.none(), label=word("web.pilot.form.milestone"), required=False)
    criterion = a_choice("criterion", required=False)

    def __init__(self, *args: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.too_large = too_large
        megabytes = storage.MOST_BYTES // 2**20
        self.fields["file"].help_text = word("web.pilot.form.file_help", megabytes=megabytes)
        self.fields["file"].required = not too_large

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if self.too_large or file.size > storage.MOST_BYTES:
            raise forms.ValidationError(word("web.pilot.file_too_large", megabytes=storage.MOST_BYTES // 2**20))
        raw = file.read()
        if not raw:
            raise forms.ValidationError(word("web.pilot.file_empty"))
        if storage.find_kind(file.name or "", raw=raw) is None:
            raise forms.ValidationError(word("web.pilot.file_kind"))
        return file.name, raw


class AnswerForm(VersionForm):
    """What a city says to a finding."""

    answer = a_text("answer", longest=4000, required=True)


class ReasonForm(VersionForm):
    """Why something is settled or taken back."""

    because = a_line("because", longest=600)


class MoveForm(InProgramme):
    """Which stage a city reached, and when."""

    stage = forms.ModelChoiceField(Stage.objects.none(), label=word("web.pilot.form.stage"))
    on = a_day("on")


class DecideForm(InProgramme):
    """What the office decides, and the terms of a certificate where there is one."""

    outcome = a_choice("outcome")
    reasons = a_text("reasons", longest=4000, required=True, helped=True)
    on = a_day("on")
    level = a_choice("level", required=False)
    valid_from = a_day("valid_from", required=False)
    valid_until = a_day("valid_until", required=False, helped=True)
    conditions = a_text("conditions", longest=2000)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speech, key = current_speech(), self.programme.framework
        named = [(str(one), name_level(key, level=one, speech=speech)) for one in levels_of(key)]
        chosen = [(one, word(f"pilot_outcome.{one}")) for one in Outcome.values]
        self.fields["outcome"].choices = [("", word("web.pilot.form.choose")), *chosen]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", word("web.pilot.form.no_level")), *named]  # type: ignore[attr-defined]

    def clean_level(self) -> int | None:
        chosen = self.cleaned_data["level"]
        return int(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = told.get("valid_from") or told.get("on"), told.get("valid_until")
        if begins and ends and ends <= begins:
            self.add_error("valid_until", word("web.pilot.ends_first"))
        return told
