"""What organisers fill in: named fields, nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from citytandem.tables.catalogue import FIELDS
from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.events.fields import LANGUAGES, CityField, list_countries, list_languages
from citytandem.web.events.formats import FORMATS
from citytandem.web.events.models import ItemKind, Kind, Share
from citytandem.web.events.times import all_zones
from citytandem.web.programmes.models import Actor
from citytandem.web.shell.language import word

DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
HOUR: dict[str, Any] = {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}
TOPICS = [("", word("event.field.any_topic")), *((value, word(f"field.{value}")) for value in FIELDS)]
ROLES = [*Actor.values, "interpreter", "speaker", "host"]
"""What somebody can be at an event: the actors of the programmes, and three who make it work."""
LONGEST_DAYS = 60
GROUPS = {
    "what": ("title", "kind", "topic", "text", "questions", "output", "language"),
    "when": ("starts", "begins_at", "ends", "ends_at", "zone", "city", "place", "languages"),
    "register": ("until_day", "is_open_to_all", "is_decided_by_hand", "contact"),
}


class NewEventForm(forms.Form):
    """The one step to a drafted event."""

    layout = forms.ChoiceField(
        label=word("event.field.layout"),
        choices=[(key, word(f"event.format.{key}")) for key in FORMATS],
        widget=forms.RadioSelect,
    )
    starts = forms.DateField(label=word("event.field.starts"), **DAY)

    def clean_starts(self) -> Any:
        day = self.cleaned_data["starts"]
        if day < timezone.now().date():
            raise forms.ValidationError(word("event.problem.past"))
        return day


class EventForm(forms.Form):
    """What it is about, where and when, and how one registers."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(label=word("event.field.title"), max_length=160)
    kind = forms.ChoiceField(label=word("event.field.kind"), choices=[(one, word(f"event.kind.{one}")) for one in Kind.values])
    topic = forms.ChoiceField(label=word("event.field.topic"), choices=TOPICS, required=False)
    text = forms.CharField(label=word("event.field.text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    questions = forms.CharField(
        label=word("event.field.questions"),
        help_text=word("event.field.questions_help"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    output = forms.CharField(
        label=word("event.field.output"), help_text=word("event.field.output_help"), max_length=300, required=False
    )
    language = forms.ChoiceField(label=word("event.field.language"), choices=LANGUAGES)
    languages = forms.MultipleChoiceField(label=word("event.field.languages"), widget=forms.CheckboxSelectMultiple)
    city = CityField(label=word("event.field.city"), required=False)
    place = forms.CharField(
        label=word("event.field.place"), help_text=word("event.field.place_help"), max_length=200, required=False
    )
    zone = forms.ChoiceField(label=word("event.field.zone"), help_text=word("event.field.zone_help"))
    starts = forms.DateField(label=word("event.field.starts"), **DAY)
    begins_at = forms.TimeField(label=word("event.field.begins_at"), required=False, **HOUR)
    ends = forms.DateField(label=word("event.field.ends"), **DAY)
    ends_at = forms.TimeField(label=word("event.field.ends_at"), required=False, **HOUR)
    until_day = forms.DateField(
        label=word("event.field.until_day"), help_text=word("event.field.until_help"), required=False, **DAY
    )
    is_open_to_all = forms.BooleanField(label=word("event.field.is_open_to_all"), required=False)
    is_decided_by_hand = forms.BooleanField(label=word("event.field.is_decided_by_hand"), required=False)
    contact = forms.CharField(
        label=word("event.field.contact"), help_text=word("event.field.contact_help"), max_length=160, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["languages"].choices = list_languages()  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in sorted(all_zones())]  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(group, [self[name] for name in names]) for group, names in GROUPS.items()]

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, as an event keeps it: registration ends with the day, on the clock of the event."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "until_day"}}
        day = self.cleaned_data["until_day"]
        told["register_until"] = (
            datetime.combine(day, datetime.max.time().replace(microsecond=0), ZoneInfo(told["zone"])) if day else None
        )
        return told

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = told.get("starts"), told.get("ends")
        if first and last and last < first:
            self.add_error("ends", word("event.problem.ends_first"))
        if first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("ends", word("event.problem.too_long"))
        if first and first == last and told.get("begins_at") and told.get("ends_at") and told["ends_at"] <= told["begins_at"]:
            self.add_error("ends_at", word("event.problem.ends_first"))
        if last and told.get("until_day") and told["until_day"] > last:
            self.add_error("until_day", word("event.problem.until_after"))
        return told


class ItemForm(forms.Form):
    """One part of the outline."""

    title = forms.CharField(label=word("event.item.title"), max_length=160)
    day = forms.IntegerField(label=word("event.item.day"), min_value=1, max_value=LONGEST_DAYS, initial=1)
    kind = forms.ChoiceField(
        label=word("event.item.kind"), choices=[(one, word(f"event.item_kind.{one}")) for one in ItemKind.values]
    )
    minutes = forms.IntegerField(label=word("event.item.minutes"), min_value=5, max_value=720, initial=60)
    topic = forms.ChoiceField(label=word("event.item.topic"), choices=TOPICS, required=False)


class InviteForm(forms.Form):
    """Guests to invite, one a line."""

    guests = forms.CharField(
        label=word("event.invite.guests"), help_text=word("event.invite.help"), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    language = forms.ChoiceField(label=word("event.invite.language"), choices=LANGUAGES)
    role = forms.ChoiceField(label=word("event.guest.role"), choices=[(one, word(f"event.role.{one}")) for one in ROLES])

    def clean_guests(self) -> list[tuple[str, str]]:
        rows, wrong = [], []
        for number, line in enumerate(self.cleaned_data["guests"].splitlines(), start=1):
            name, _, address = line.strip().rpartition(",") if "," in line else line.strip().rpartition(" ")
            if not line.strip():
                continue
            try:
                rows.append(
                    (" ".join(name.split())[:120] or address.partition("@")[0], forms.EmailField().clean(address.strip()))
                )
            except forms.ValidationError:
                wrong.append(number)
        if wrong:
            raise forms.ValidationError(word("event.invite.wrong", lines=", ".join(map(str, wrong))))
        return rows


class SeatsForm(forms.Form):
    """How many seats there are."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seats = forms.IntegerField(label=word("event.field.seats"), min_value=1, max_value=20_000)


class ShareForm(forms.Form):
    """A fair share; without seats it is taken away."""

    share = forms.ChoiceField(
        label=word("event.share.share"), choices=[(one, word(f"event.share.{one}")) for one in Share.values]
    )
    value = forms.CharField(
        label=word("event.share.value"), help_text=word("event.share.value_help"), max_length=20, required=False
    )
    seats = forms.IntegerField(label=word("event.share.seats"), min_value=0, max_value=20_000, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        known = {
            Share.COUNTRY: {code for code, _ in list_countries()},
            Share.ORGANISATION_KIND: set(OrganisationKind.values),
            Share.ACTOR: set(ROLES),
        }
        value = told.get("value", "").strip()
        told["value"] = value.upper() if told.get("share") == Share.COUNTRY else value
        if value and told.get("share") and told["value"] not in known[told["share"]]:
            self.add_error("value", word("event.problem.share_value"))
        return told


class LineForm(forms.Form):
    """One line of the budget."""

    what = forms.CharField(label=word("event.budget.what"), max_length=160)
    amount = forms.DecimalField(label=word("event.budget.amount"), min_value=0, max_digits=12, decimal_places=2)
    currency = forms.RegexField(label=word("event.budget.currency"), regex=r"^[A-Z]{3}$", max_length=3, initial="EUR")
    payer = forms.CharField(label=word("event.budget.payer"), max_length=160, required=False)
    is_spent = forms.BooleanField(label=word("event.budget.is_spent"), required=False)
    is_per_person = forms.BooleanField(label=word("event.budget.is_per_person"), required=False)


class TaskForm(forms.Form):
    """What is to be done, by whom, until when."""

    title = forms.CharField(label=word("event.task.title"), max_length=200)
    owner = forms.TypedChoiceField(label=word("event.task.owner"), coerce=int, empty_value=None, required=False)
    due = forms.DateField(label=word("event.task.due"), required=False, **DAY)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [("", word("event.task.nobody")), *people]  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """A letter; subject and text are only asked for where it is the organisers' own."""

    key = forms.RegexField(widget=forms.HiddenInput, regex=r"^[0-9a-f]{32}$")
    subject = forms.CharField(label=word("event.letter.subject"), max_length=160, required=False)
    text = forms.CharField(
        label=word("event.letter.text"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    again = forms.BooleanField(label=word("event.letter.again"), required=False)
