"""What may be written about cases, topics, interviews and checklists: named fields, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils import timezone

from citytandem.atlas import load
from citytandem.findings import CannotCompute
from citytandem.gazetteer import find_city
from citytandem.web.agreements.access import AGREED
from citytandem.web.agreements.models import Agreement
from citytandem.web.lessons.models import Evidence, Hold, How, Interview, Level, Purpose, RegionType, Topic
from citytandem.web.lessons.places import PHASE_CHOICES, regions_in
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.programmes.models import Tandem
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.links import HttpsField
from citytandem.words import language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.lessons.models import Statement

LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
FIRST_YEAR, LAST_YEAR = 1850, 2100
MOST_LINES = 20
MOST_MEASURES = 6
EMPTY_LINES = 3
"""Empty lines at the end of a checklist, for conditions the learner sees alone."""


def a_line(name: str, *, longest: int, required: bool = True, helped: bool = False) -> forms.CharField:
    """A field for one line."""
    more: dict[str, Any] = {"help_text": word(f"web.lesson.{name}_help")} if helped else {}
    return forms.CharField(label=word(f"web.lesson.{name}"), max_length=longest, required=required, **more)


def a_text(name: str, *, longest: int = 3000, required: bool = False, helped: bool = False, rows: int = 4) -> forms.CharField:
    """A field for a few sentences."""
    more: dict[str, Any] = {"help_text": word(f"web.lesson.{name}_help")} if helped else {}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=word(f"web.lesson.{name}"), max_length=longest, required=required, widget=widget, **more)


def a_day(name: str, *, required: bool = True) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=word(f"web.lesson.{name}"), widget=widget, required=required)


def a_choice(name: str, values: Sequence[str], *, key: str = "", required: bool = True) -> forms.ChoiceField:
    """A field for one of a few."""
    choices = [(value, word(f"web.lesson.{key or name}.{value}")) for value in values]
    empty = [] if required else [("", word("web.lesson.not_said"))]
    return forms.ChoiceField(label=word(f"web.lesson.{name}"), choices=[*empty, *choices], required=required)


def a_language(name: str = "language", *, required: bool = True) -> forms.ChoiceField:
    """The language in which a text is written."""
    choices = LANGUAGES if required else [("", word("web.lesson.not_said")), *LANGUAGES]
    return forms.ChoiceField(label=word(f"web.lesson.{name}"), choices=choices, required=required)


class RegionForm(VersionForm):
    """A form with a region of the house, called in the language of the page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = regions_in(current_speech().language)
        self.fields["region"].choices = [("", word("web.lesson.no_region")), *named.items()]  # type: ignore[attr-defined]


class CaseForm(RegionForm):
    """A case, field by field as the cases of the house."""

    policy = a_line("policy", longest=200, helped=True)
    title = a_line("title_of", longest=160, helped=True)
    region = forms.ChoiceField(label=word("web.lesson.region"), required=False)
    city = a_line("city", longest=120, required=False, helped=True)
    region_type = a_choice("region_type", RegionType.values)
    phase = forms.ChoiceField(label=word("web.lesson.phase"), help_text=word("web.lesson.phase_help"), choices=PHASE_CHOICES)
    first_year = forms.IntegerField(label=word("web.lesson.first_year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = forms.IntegerField(
        label=word("web.lesson.last_year"), help_text=word("web.lesson.last_year_help"), required=False, min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )  # fmt: skip
    instrument = a_line("instrument", longest=120, helped=True)
    actors = a_line("actors", longest=300, required=False)
    happened = a_text("happened", required=True)
    failed = a_text("failed", helped=True)
    transfer = a_text("transfer", helped=True)
    evidence = a_choice("evidence", Evidence.values)
    measures = a_line("measures", longest=60, required=False, helped=True)
    mark = a_choice("mark", ["S", "K"])
    source = a_line("source", longest=300, required=False, helped=True)
    source_url = HttpsField(label=word("web.lesson.source_url"), required=False)
    language = a_language()
    tandem = forms.ModelChoiceField(
        Tandem.objects.none(), label=word("web.lesson.tandem"), required=False, empty_label=word("web.lesson.no_tandem")
    )
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(), label=word("web.lesson.agreement"), required=False, empty_label=word("web.lesson.no_agreement")
    )

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        tandems = tandems_of(organisation)
        for name, rows, label in (
            ("tandem", tandems, name_tandem),
            ("agreement", Agreement.objects.filter(tandem__in=tandems), lambda one: f"{name_tandem(one.tandem)} ({one.starts})"),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = label  # type: ignore[attr-defined]

    def clean_city(self) -> str:
        """The id of the city meant; its name may be written in any language."""
        asked = self.cleaned_data["city"].strip()
        if not asked:
            return ""
        try:
            return find_city(load(), asked)
        except CannotCompute as unknown:
            raise forms.ValidationError(current_speech().say(unknown.finding)) from unknown

    def clean_measures(self) -> list[str]:
        """Keys of measures, such as S01; separated by anything."""
        asked = self.cleaned_data["measures"].upper().replace(";", " ").replace(",", " ").split()
        unknown = [one for one in asked if one not in title_measures(current_speech().language)]
        if unknown:
            raise forms.ValidationError(word("web.lesson.measure_unknown", measure=unknown[0]))
        if len(asked) > MOST_MEASURES:
            raise forms.ValidationError(word("web.lesson.measures_many", most=MOST_MEASURES))
        return list(dict.fromkeys(asked))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = told.get("first_year"), told.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", word("web.lesson.last_first"))
        if not told.get("region") and not told.get("city") and "city" in told:
            self.add_error("region", word("web.lesson.place_needed"))
        if told.get("mark") == "S" and not told.get("source"):
            self.add_error("source", word("web.lesson.source_needed"))
        return told


class TopicForm(VersionForm):
    """A topic and what counts as it."""

    title = a_line("topic", longest=80)
    definition = a_text("definition", longest=600, required=True, helped=True, rows=3)

    def __init__(self, *args: Any, organisation: Organisation, own: Topic, **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = Topic.objects.filter(organisation=organisation).exclude(pk=own.pk)

    def clean_title(self) -> str:
        """A list names each topic once."""
        title: str = self.cleaned_data["title"].strip()
        if self.others.filter(title__iexact=title).exists():
            raise forms.ValidationError(word("web.lesson.topic_twice"))
        return title


class RoundForm(VersionForm):
    """What a round of interviews asks."""

    title = a_line("round_title", longest=160)
    question = a_line("question", longest=400, helped=True)
    language = a_language()


class InterviewForm(RegionForm):
    """Who was asked, and for each purpose what they allow."""

    name = a_line("expert_name", longest=120)
    function = a_line("function", longest=160, helped=True)
    belongs_to = a_line("belongs_to", longest=200, required=False)
    email = forms.EmailField(label=word("web.lesson.email"), help_text=word("web.lesson.email_help"), required=False)
    region = forms.ChoiceField(label=word("web.lesson.region_spoken_of"))
    region_type = a_choice("region_type", RegionType.values)
    language = a_language("spoken")
    held = a_day("held")

    def __init__(self, *args: Any, own: Interview, **options: Any) -> None:
        super().__init__(*args, **options)
        stands = {one.purpose: one for one in own.consents.all()} if own.pk else {}
        for purpose in Purpose.values:
            one = stands.get(purpose)
            level = a_choice("consent", Level.values, key="level", required=False)
            level.label = word(f"web.lesson.purpose.{purpose}")
            level.initial = one.level if one and not one.withdrawn else ""
            self.fields[f"{purpose}_level"] = level
            self.fields[f"{purpose}_given"] = a_day("consent_given", required=False)
            self.fields[f"{purpose}_given"].initial = one.given if one and not one.withdrawn else None
            self.fields[f"{purpose}_how"] = a_choice("consent_how", How.values, required=False)
            self.fields[f"{purpose}_how"].initial = one.how if one and not one.withdrawn else ""

    @property
    def told_of_person(self) -> dict[str, Any]:
        """What is said of the person and the interview."""
        return {name: value for name, value in self.values.items() if name in self.base_fields}

    @property
    def consents(self) -> dict[str, dict[str, Any]]:
        """What is allowed, by purpose; nothing for a purpose that was left open."""
        told = self.cleaned_data
        return {
            purpose: {part: told[f"{purpose}_{part}"] for part in ("level", "given", "how")} if told[f"{purpose}_level"] else {}
            for purpose in Purpose.values
        }

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for purpose in Purpose.values:
            for part in ("given", "how"):
                name = f"{purpose}_{part}"
                if told.get(f"{purpose}_level") and not told.get(name) and name not in self.errors:
                    self.add_error(name, word(f"web.lesson.consent_{part}_needed"))
            given = told.get(f"{purpose}_given")
            if given and given > timezone.now().date():
                self.add_error(f"{purpose}_given", word("web.lesson.day_ahead"))
        return told

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of the person, then those of each purpose."""
        own = [self[name] for name in self.fields if name in self.base_fields and name != "version"]
        asked = [(purpose, [self[f"{purpose}_{part}"] for part in ("level", "given", "how")]) for purpose in Purpose.values]
        return [("person", own), *asked]


class StatementForm(VersionForm):
    """What was said, word for word."""

    text = a_text("statement", required=True, helped=True)
    language = a_language()
    translation = a_text("translation")
    translation_language = a_language("translation_language", required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("translation") and not told.get("translation_language"):
            self.add_error("translation_language", word("web.lesson.translation_language_needed"))
        return told


class WithdrawForm(forms.Form):
    """What an expert takes back, and when."""

    purpose = a_choice("withdrawn_purpose", Purpose.values, key="purpose", required=False)
    on = a_day("withdrawn_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            ("", word("web.lesson.every_purpose")),
            *((value, word(f"web.lesson.purpose.{value}")) for value in Purpose.values),
        ]


class CodesForm(forms.Form):
    """The topics of each statement, for one coder."""

    def __init__(self, *args: Any, statements: Sequence[Statement], topics: Sequence[Topic], **options: Any) -> None:
        super().__init__(*args, **options)
        self.statements = list(statements)
        choices = [(str(one.pk), one.title) for one in topics]
        for one in self.statements:
            self.fields[f"s{one.pk}"] = forms.MultipleChoiceField(
                label=word("web.lesson.topics_of_statement"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    def lines(self) -> list[tuple[Statement, forms.BoundField]]:
        """Each statement with its topics."""
        return [(one, self[f"s{one.pk}"]) for one in self.statements]

    @property
    def codes(self) -> dict[int, set[int]]:
        """Topics by statement."""
        return {one.pk: {int(topic) for topic in self.cleaned_data[f"s{one.pk}"]} for one in self.statements}


class SettleForm(forms.Form):
    """What stands where two coders differ."""

    statement = forms.IntegerField(widget=forms.HiddenInput)
    topic = forms.IntegerField(widget=forms.HiddenInput)
    is_present = a_choice("settled", ["yes", "no"])
    reason = a_line("settled_because", longest=400, required=False)


class ChecklistForm(VersionForm):
    """The head of a checklist."""

    title = a_line("checklist_title", longest=200)
    language = a_language()
    tandem = forms.ModelChoiceField(
        Tandem.objects.none(), label=word("web.lesson.tandem"), required=False, empty_label=word("web.lesson.no_tandem")
    )

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tandem"].queryset = tandems_of(organisation)  # type: ignore[attr-defined]
        self.fields["tandem"].label_from_instance = name_tandem  # type: ignore[attr-defined]


class ConditionForm(forms.Form):
    """One line: does it hold at home, why, who could find out, by when. A line without a condition is left out."""

    text = a_line("condition", longest=500, required=False)
    holds = a_choice("holds", Hold.values)
    why = a_text("why", longest=1000, rows=2)
    who = a_line("who", longest=200, required=False)
    due = a_day("due", required=False)

    use_required_attribute = False


def make_lines(data: Any, *, start: Sequence[dict[str, Any]]) -> list[ConditionForm]:
    """A form for each line, and a few empty ones."""
    count = min(len(start) + EMPTY_LINES, MOST_LINES)
    lines = [*start, *({} for _ in range(count - len(start)))]
    # a sent form may hold more lines than stand now: somebody else took some away meanwhile
    while data and len(lines) < MOST_LINES and f"line-{len(lines) + 1}-text" in data:
        lines.append({})
    return [
        ConditionForm(data or None, prefix=f"line-{number}", initial={"holds": Hold.UNKNOWN, **line})
        for number, line in enumerate(lines, start=1)
    ]


def tandems_of(organisation: Organisation) -> Any:
    """Tandems an organisation takes part in, once they are agreed."""
    return Tandem.objects.filter(sides__organisation=organisation, state__in=AGREED).prefetch_related("sides__organisation")


def name_tandem(tandem: Tandem) -> str:
    """A tandem by its sides."""
    return " – ".join(sorted(side.organisation.name for side in tandem.sides.all()))
