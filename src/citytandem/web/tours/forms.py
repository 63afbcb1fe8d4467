"""Forms of a tour: named fields, and choices that hold only what belongs to this event."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import WEEKDAYS

from citytandem.web.shell.language import word
from citytandem.web.tours import fields
from citytandem.web.tours.choices import ACCESS, CHOICES, LEG_MODES, MARKS, MODES, keep_topic, tell_topic
from citytandem.web.tours.fields import F
from citytandem.web.tours.models import Party, Stay
from citytandem.web.tours.queries import places_of
from citytandem.web.tours.sheets import MOST_BYTES, MOST_FILES

if TYPE_CHECKING:
    from citytandem.web.events.models import Event

SITE = ("name", "latitude", "longitude", "minutes", "group_limit", "cost_eur", "choice", "mark", "source")
STAY = ("name", "latitude", "longitude", "source")
TRUTHS = {"yes": True, "no": False, "": None}
LONGEST_DAYS = 60


class SiteForm(forms.Form):
    """A site; what nobody knows is left empty and counts as not known."""

    name = fields.text("name", longest=160)
    latitude = fields.degrees("latitude", most=90)
    longitude = fields.degrees("longitude", most=180)
    topics = fields.text("topics", longest=400, required=False, help_text=word(f"{F}.topics_help"))
    minutes = fields.whole("minutes", low=5, high=1440, initial=90)
    choice = forms.ChoiceField(label=word(f"{F}.choice"), choices=CHOICES, initial="open")
    accessible = forms.ChoiceField(label=word(f"{F}.accessible"), choices=ACCESS, required=False)
    group_limit = fields.whole("group_limit", low=1, high=10_000, required=False)
    cost_eur = fields.euro("cost_eur")
    mark = forms.ChoiceField(label=word(f"{F}.mark"), choices=MARKS, initial="P")
    source = fields.source()

    def clean_topics(self) -> list[str]:
        told = [part.strip() for part in self.cleaned_data["topics"].replace(",", ";").split(";")]
        if any(len(one) > 80 for one in told):
            raise forms.ValidationError(word(f"{F}.topic_long"))
        return list(dict.fromkeys(keep_topic(one) for one in told if one))[:12]

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, as a site keeps it."""
        told = self.cleaned_data
        return {name: told[name] for name in (*SITE, "topics")} | {"accessible": TRUTHS[told["accessible"]]}


def start_site(site: Any) -> dict[str, Any]:
    """What the form of a site begins with."""
    access = {value: key for key, value in TRUTHS.items()}
    return {name: getattr(site, name) for name in SITE} | {
        "topics": "; ".join(map(tell_topic, site.topics)), "accessible": access[site.accessible],
    }  # fmt: skip


class OpeningForm(forms.Form):
    """The hours of a site on some days of the event or of every week."""

    on = forms.MultipleChoiceField(label=word(f"{F}.on"), widget=forms.CheckboxSelectMultiple)
    opens = fields.clock("opens", initial="10:00")
    closes = fields.clock("closes", initial="17:00")
    mark = forms.ChoiceField(label=word(f"{F}.mark"), choices=MARKS, initial="P")
    source = fields.source()

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        days = [(day.isoformat(), day.isoformat()) for day in days_of(event)]
        weekdays = [(f"w{number}", word(f"{F}.every", day=str(name))) for number, name in WEEKDAYS.items()]
        self.fields["on"].choices = [*days, *weekdays]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("opens") and told.get("closes") and told["opens"] >= told["closes"]:
            self.add_error("closes", word(f"{F}.ends_before"))
        return told

    @property
    def values(self) -> dict[str, Any]:
        """Days, weekdays and hours, as the action takes them."""
        on = self.cleaned_data["on"]
        return {
            "days": [dt.date.fromisoformat(one) for one in on if not one.startswith("w")],
            "weekdays": [int(one[1:]) for one in on if one.startswith("w")],
            "hours": {name: self.cleaned_data[name] for name in ("opens", "closes", "mark", "source")},
        }


class StayForm(forms.Form):
    """A hotel or a station."""

    name = fields.text("stay_name", longest=160)
    latitude = fields.degrees("latitude", most=90)
    longitude = fields.degrees("longitude", most=180)
    source = fields.source()


class DayForm(forms.Form):
    """A day on the road."""

    day = forms.ChoiceField(label=word(f"{F}.day"))
    starts = fields.clock("starts", initial="09:00")
    ends = fields.clock("ends", initial="18:00")
    starts_at = forms.ModelChoiceField(Stay.objects.none(), label=word(f"{F}.starts_at"))
    ends_at = forms.ModelChoiceField(Stay.objects.none(), label=word(f"{F}.ends_at"))
    rest_minutes = fields.whole("rest_minutes", low=0, high=600, initial=60)
    rest_from = fields.clock("rest_from", initial="12:00", required=False)
    rest_to = fields.clock("rest_to", initial="14:30", required=False)
    night_eur = fields.euro("night_eur")

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].choices = [(day.isoformat(), day.isoformat()) for day in days_of(event)]  # type: ignore[attr-defined]
        for name in ("starts_at", "ends_at"):
            self.fields[name].queryset = event.tour_stays.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("starts") and told.get("ends") and told["starts"] >= told["ends"]:
            self.add_error("ends", word(f"{F}.ends_before"))
        if told.get("rest_minutes") and not (told.get("rest_from") and told.get("rest_to")):
            self.add_error("rest_from", word(f"{F}.rest_window"))
        elif told.get("rest_minutes") and told["rest_from"] > told["rest_to"]:
            self.add_error("rest_to", word(f"{F}.ends_before"))
        return told

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, the day as a date."""
        return {**self.cleaned_data, "day": dt.date.fromisoformat(self.cleaned_data["day"])}


class LegForm(forms.Form):
    """A way somebody looked up."""

    start = forms.ChoiceField(label=word(f"{F}.start"))
    end = forms.ChoiceField(label=word(f"{F}.end"))
    minutes = fields.whole("leg_minutes", low=0, high=1440)
    km = forms.FloatField(label=word(f"{F}.km"), min_value=0, max_value=20_000, required=False)
    mode = forms.ChoiceField(label=word(f"{F}.mode"), choices=LEG_MODES)
    cost_eur = fields.euro("leg_cost")
    source = fields.source()

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("start", "end"):
            self.fields[name].choices = list(places_of(event).items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("start") and told.get("start") == told.get("end"):
            self.add_error("end", word(f"{F}.same_place"))
        return told


class WishForm(forms.Form):
    """A topic and how much it is wished for."""

    topic = fields.text("topic", longest=80)
    weight = fields.whole("weight", low=1, high=100, initial=5, help_text=word(f"{F}.weight_help"))

    def clean_topic(self) -> str:
        return keep_topic(self.cleaned_data["topic"].strip())


class PartyForm(forms.ModelForm):
    """Who travels."""

    mode = forms.ChoiceField(label=word(f"{F}.party_mode"), choices=MODES, help_text=word(f"{F}.party_mode_help"))

    class Meta:
        model = Party
        fields = ("people", "step_free", "budget_eur", "mode")
        labels = {name: word(f"{F}.party_{name}") for name in ("people", "step_free", "budget_eur")}
        help_texts = {"budget_eur": word(f"{F}.budget_help"), "step_free": word(f"{F}.step_free_help")}


class ImportForm(forms.Form):
    """Tables of a tour, as CSV files or one workbook."""

    tables = fields.SeveralFiles(
        label=word(f"{F}.files"), help_text=word(f"{F}.files_help"), widget=fields.SeveralFilesInput(attrs={"multiple": True})
    )

    def clean_tables(self) -> list[Any]:
        several: list[Any] = self.cleaned_data["tables"]
        if len(several) > MOST_FILES or sum(one.size for one in several) > MOST_BYTES:
            raise forms.ValidationError(word(f"{F}.files_large"))
        return several


def days_of(event: Event) -> list[dt.date]:
    """The days of an event."""
    count = min((event.ends - event.starts).days + 1, LONGEST_DAYS)
    return [event.starts + dt.timedelta(days=number) for number in range(count)]
