"""Forms of the agenda: named fields, and choices that hold only what belongs to this event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms

from citytandem.cards import name_language
from citytandem.web.agendas.actions import Day
from citytandem.web.agendas.choices import KINDS, LANGUAGES, THINGS, TOPICS, languages_of
from citytandem.web.agendas.models import Promise, Room, Slot
from citytandem.web.agendas.queries import guests_of
from citytandem.web.events.models import Registration
from citytandem.web.shell.language import current_speech, word
from citytandem.words import LANGUAGES as TAGS

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.agendas.models import Session
    from citytandem.web.events.models import Event

F = "web.agenda.form"
LONGEST_BYTES = 1_000_000
CLOCK = {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}


def _several(label: str, *, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=word(f"{F}.{label}"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class RoomForm(forms.ModelForm):
    """A room; its name is its own within the event."""

    equipment = _several("equipment", choices=THINGS)

    class Meta:
        model = Room
        fields = ("name", "seats", "accessible", "equipment", "place")
        labels = {name: word(f"{F}.room_{name}") for name in ("name", "seats", "accessible", "place")}

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        self.event = event
        self.fields["seats"].min_value = 1  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if self.event.rooms.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(word(f"{F}.room_known"))
        return name


class SlotsForm(forms.Form):
    """How the slots of the event's days lie."""

    days = forms.MultipleChoiceField(label=word(f"{F}.days"), widget=forms.CheckboxSelectMultiple)
    begins = forms.TimeField(label=word(f"{F}.begins"), initial="09:00", **CLOCK)  # type: ignore[arg-type]
    ends = forms.TimeField(label=word(f"{F}.ends"), initial="17:00", **CLOCK)  # type: ignore[arg-type]
    minutes = forms.IntegerField(label=word(f"{F}.minutes"), min_value=10, max_value=240, initial=60)
    pause = forms.IntegerField(label=word(f"{F}.pause"), min_value=0, max_value=120, initial=15)
    rest_from = forms.TimeField(label=word(f"{F}.rest_from"), initial="12:30", required=False, **CLOCK)  # type: ignore[arg-type]
    rest_until = forms.TimeField(label=word(f"{F}.rest_until"), initial="13:30", required=False, **CLOCK)  # type: ignore[arg-type]

    def __init__(self, *args: Any, days: list[dt.date], **options: Any) -> None:
        super().__init__(*args, **options)
        told = [(one.isoformat(), one.isoformat()) for one in days]
        self.fields["days"].choices = told  # type: ignore[attr-defined]
        self.fields["days"].initial = [value for value, _ in told]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("begins") and told.get("ends") and told["begins"] >= told["ends"]:
            self.add_error("ends", word(f"{F}.ends_before"))
        if bool(told.get("rest_from")) != bool(told.get("rest_until")):
            self.add_error("rest_until", word(f"{F}.rest_half"))
        elif told.get("rest_from") and told["rest_from"] >= told["rest_until"]:
            self.add_error("rest_until", word(f"{F}.ends_before"))
        return told

    @property
    def day(self) -> Day:
        """What was said about one day."""
        names = ("begins", "ends", "minutes", "pause", "rest_from", "rest_until")
        return Day(**{name: self.cleaned_data[name] for name in names})


class SessionForm(forms.Form):
    """A session in every language of the event."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    kind = forms.ChoiceField(label=word(f"{F}.kind"), choices=KINDS)
    topic = forms.ChoiceField(label=word(f"{F}.topic"), choices=TOPICS, required=False)
    slots = forms.IntegerField(label=word(f"{F}.slots"), help_text=word(f"{F}.slots_help"), min_value=1, max_value=12, initial=1)
    seats = forms.IntegerField(
        label=word(f"{F}.seats"), help_text=word(f"{F}.seats_help"), min_value=1, max_value=100_000, required=False
    )
    speakers = _several("speakers", choices=[])
    languages = _several("languages", choices=LANGUAGES)
    interpreted_into = _several("interpreted_into", choices=LANGUAGES)
    needs = _several("needs", choices=THINGS)
    accessible = forms.BooleanField(label=word(f"{F}.accessible"), required=False, initial=True)
    parallel_group = forms.CharField(
        label=word(f"{F}.parallel_group"), help_text=word(f"{F}.parallel_help"), max_length=40, required=False
    )
    place = forms.CharField(label=word(f"{F}.place"), help_text=word(f"{F}.place_help"), max_length=160, required=False)
    travel_min = forms.IntegerField(label=word(f"{F}.travel_min"), min_value=0, max_value=600, required=False)
    fixed_slot = forms.ModelChoiceField(Slot.objects.none(), label=word(f"{F}.fixed_slot"), required=False)
    fixed_room = forms.ModelChoiceField(Room.objects.none(), label=word(f"{F}.fixed_room"), required=False)
    is_cancelled = forms.BooleanField(label=word(f"{F}.cancelled"), help_text=word(f"{F}.cancelled_help"), required=False)

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        self.guests = {str(one.pk): one for one in guests_of(event)}
        self.fields["speakers"].choices = [(key, one.name) for key, one in self.guests.items()]  # type: ignore[attr-defined]
        self.fields["fixed_slot"].queryset = event.slots.select_related("event")  # type: ignore[attr-defined]
        self.fields["fixed_room"].queryset = event.rooms.all()  # type: ignore[attr-defined]
        self.tags = languages_of(event)
        for tag in reversed(self.tags):
            self._add_language(tag, needed=tag == self.tags[0])

    def _add_language(self, tag: str, *, needed: bool) -> None:
        named = name_language(tag, current_speech())
        title = forms.CharField(label=word(f"{F}.title", language=named), max_length=160, required=needed)
        text = forms.CharField(
            label=word(f"{F}.text", language=named),
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields = {f"title_{tag}": title, f"text_{tag}": text, **self.fields}

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, as a session keeps it."""
        plain = {name: self.cleaned_data[name] for name in SESSION_NAMES}
        said = {
            part: {tag: text for tag in self.tags if (text := self.cleaned_data[f"{name}_{tag}"])}
            for part, name in (("titles", "title"), ("texts", "text"))
        }
        return plain | said

    @property
    def chosen_speakers(self) -> list[Any]:
        """The guests who were ticked."""
        return [self.guests[key] for key in self.cleaned_data["speakers"]]


SESSION_NAMES = (
    "kind", "topic", "slots", "seats", "languages", "interpreted_into", "needs", "accessible", "parallel_group", "place",
    "travel_min", "fixed_slot", "fixed_room", "is_cancelled",
)  # fmt: skip


def start_session(session: Session) -> dict[str, Any]:
    """A session as its form shows it first."""
    said = {f"title_{tag}": text for tag, text in session.titles.items()} | {
        f"text_{tag}": text for tag, text in session.texts.items()
    }
    speakers = [str(pk) for pk in session.speakers.values_list("registration", flat=True)]
    plain = {name: getattr(session, name) for name in SESSION_NAMES}
    return {**plain, **said, "version": session.version, "speakers": speakers}


class ImportForm(forms.Form):
    """A sheet of sessions."""

    file = forms.FileField(label=word(f"{F}.sheet"), help_text=word(f"{F}.sheet_help"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LONGEST_BYTES:
            raise forms.ValidationError(word(f"{F}.sheet_large"))
        return file


class MoveForm(forms.Form):
    """Where a session should stand: a cell of the grid, or a slot and a room chosen from lists."""

    session = forms.IntegerField(min_value=1)
    cell = forms.CharField(max_length=40, required=False)
    slot = forms.ModelChoiceField(Slot.objects.none(), required=False)
    room = forms.ModelChoiceField(Room.objects.none(), required=False)

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        self.event = event
        self.fields["slot"].queryset = event.slots.all()  # type: ignore[attr-defined]
        self.fields["room"].queryset = event.rooms.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("cell"):
            told["slot"], told["room"] = self._read_cell(told["cell"])
        if told.get("slot") is None or not self.event.sessions.filter(pk=told.get("session") or 0).exists():
            raise forms.ValidationError("nowhere")
        return told

    def _read_cell(self, cell: str) -> tuple[Slot | None, Room | None]:
        moment, _, column = cell.partition(".")
        if not (moment.isascii() and moment.isdecimal() and column.isascii() and column.isdecimal() and len(moment) < 12):
            return None, None
        starts = datetime.fromtimestamp(int(moment), tz=UTC)
        room = self.event.rooms.filter(pk=int(column)).first() if column != "0" else None
        return self.event.slots.filter(starts=starts).first(), room

    @property
    def values(self) -> dict[str, Any]:
        """Numbers of the session, the slot and the room."""
        told = self.cleaned_data
        return {"session": told["session"], "slot": told["slot"].pk, "room": told["room"].pk if told["room"] else None}


class InterpreterForm(forms.Form):
    """Somebody interprets between two languages or more."""

    person = forms.ModelChoiceField(Registration.objects.none(), label=word(f"{F}.person"))
    between = _several("between", choices=LANGUAGES, help_text=word(f"{F}.between_help"))

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = guests_of(event)  # type: ignore[attr-defined]

    @property
    def pairs(self) -> list[list[str]]:
        """Every two of the languages that were ticked."""
        told = [tag for tag in TAGS if tag in self.cleaned_data["between"]]
        return [[first, second] for place, first in enumerate(told) for second in told[place + 1 :]]


class AbsenceForm(forms.Form):
    """Who or what is not there, and when."""

    who = forms.ChoiceField(label=word(f"{F}.who"))
    slots = forms.ModelMultipleChoiceField(Slot.objects.none(), label=word(f"{F}.when"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=word(f"{F}.reason"), help_text=word(f"{F}.reason_help"), max_length=200, required=False)

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        self.event = event
        self.parts: dict[str, Any] = {f"p{one.pk}": one for one in guests_of(event)} | {
            f"r{one.pk}": one for one in event.rooms.all()
        }
        self.fields["who"].choices = [(key, str(one)) for key, one in self.parts.items()]  # type: ignore[attr-defined]
        self.fields["slots"].queryset = event.slots.select_related("event")  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """Who, when and why, as the action takes it."""
        part = self.parts[self.cleaned_data["who"]]
        which = "room" if isinstance(part, Room) else "registration"
        return {which: part, "slots": list(self.cleaned_data["slots"]), "reason": self.cleaned_data["reason"]}


class PromiseForm(forms.ModelForm):
    """What is promised to the guests."""

    class Meta:
        model = Promise
        fields = ("tables", "slots_in_a_row", "interpreter_slots")
        labels = {name: word(f"{F}.{name}") for name in fields}
        help_texts = {name: word(f"{F}.{name}_help") for name in fields}


class SolveForm(forms.Form):
    """How long the solver may look for something better."""

    seconds = forms.TypedChoiceField(label=word(f"{F}.seconds"), coerce=int, initial=20)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speech = current_speech()
        told = [(value, speech.sentence(f"{F}.seconds_of", seconds=value)) for value in (5, 20, 60)]
        self.fields["seconds"].choices = told  # type: ignore[attr-defined]
