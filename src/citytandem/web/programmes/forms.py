"""What a coordinator writes of a programme: named fields, nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone

from citytandem.gazetteer import fold
from citytandem.narration import name_country
from citytandem.tables.catalogue import FIELDS
from citytandem.web.programmes.models import Actor, Form, Programme
from citytandem.web.programmes.zones import NoSuchTime, list_zones, set_deadline
from citytandem.web.shell.language import current_speech, word
from citytandem.words import language_of

LANGUAGES = [(language_of(code) or code, name) for code, name in settings.LANGUAGES]
TOPICS = [(value, word(f"field.{value}")) for value in FIELDS]
FORMS = [(value, word(f"web.programme.form.{value}")) for value in Form.values]
ACTORS = [(value, word(f"actor.{value}")) for value in Actor.values]
END_OF_DAY = dt.time(23, 59)
DEFAULT_WEEKS = 8
KEEP_YEARS = 2


def choose_countries(codes: list[str]) -> list[tuple[str, str]]:
    """Countries with their names in the language of the page, in the order of its alphabet."""
    speech = current_speech()
    return sorted(((code, name_country(code, speech)) for code in codes), key=lambda pair: fold(pair[1]))


class ProgrammeForm(forms.Form):
    """What a call says: what it is, whom it asks, until when on whose clock."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    title = forms.CharField(label=word("web.programme.title"), max_length=160)
    form = forms.ChoiceField(label=word("web.programme.form"), choices=FORMS)
    text = forms.CharField(
        label=word("web.programme.text"),
        help_text=word("web.programme.text_help"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(label=word("web.programme.language"), choices=LANGUAGES)
    topics = forms.MultipleChoiceField(
        label=word("web.programme.topics"), help_text=word("web.programme.empty_for_all"), choices=TOPICS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    months = forms.IntegerField(label=word("web.programme.months"), min_value=1, max_value=60)
    opens = forms.DateField(label=word("web.programme.opens"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    closes_day = forms.DateField(
        label=word("web.programme.closes_day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    closes_time = forms.TimeField(
        label=word("web.programme.closes_time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    zone = forms.ChoiceField(label=word("web.programme.zone"), help_text=word("web.programme.zone_help"))
    actors = forms.MultipleChoiceField(
        label=word("web.programme.actors"), help_text=word("web.programme.empty_for_all"), choices=ACTORS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    countries = forms.MultipleChoiceField(
        label=word("web.programme.countries"), help_text=word("web.programme.empty_for_all"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip
    population_low = forms.IntegerField(label=word("web.programme.population_low"), min_value=0, max_value=10**8, required=False)
    population_high = forms.IntegerField(
        label=word("web.programme.population_high"), min_value=0, max_value=10**8, required=False
    )
    members_only = forms.BooleanField(label=word("web.programme.members_only"), required=False)
    answer_days = forms.IntegerField(
        label=word("web.programme.answer_days"), help_text=word("web.programme.answer_days_help"), min_value=3, max_value=120
    )
    keep_until = forms.DateField(
        label=word("web.programme.keep_until"), help_text=word("web.programme.keep_until_help"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, countries: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["countries"].choices = choose_countries(countries)  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in list_zones()]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, as a programme keeps it."""
        told, apart = dict(self.cleaned_data), ("version", "opens", "closes_day", "closes_time")
        kept = {name: value for name, value in told.items() if name not in apart}
        return {**kept, "opens": set_deadline(told["opens"], time=dt.time(0), zone=told["zone"]), "closes": told["closes"]}

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if {"closes_day", "closes_time", "zone", "opens"} <= told.keys():
            self._clean_deadline(told)
        low, high = told.get("population_low"), told.get("population_high")
        if low is not None and high is not None and low > high:
            self.add_error("population_high", word("web.programme.population_turned"))
        if told.get("keep_until") and told.get("closes_day") and told["keep_until"] <= told["closes_day"]:
            self.add_error("keep_until", word("web.programme.keep_too_short"))
        return told

    def _clean_deadline(self, told: dict[str, Any]) -> None:
        try:
            told["closes"] = set_deadline(told["closes_day"], time=told["closes_time"], zone=told["zone"])
        except NoSuchTime:
            self.add_error("closes_time", word("web.programme.no_such_time"))
            return
        if told["closes_day"] < told["opens"]:
            self.add_error("closes_day", word("web.programme.closes_too_early"))


def start_of(programme: Programme | None, *, form: str) -> dict[str, Any]:
    """What the form shows first: the programme as it stands, or the template of a form."""
    if programme is None:
        today = timezone.now().date()
        return {
            "version": 0, "form": form, "language": current_speech().language, "months": 18 if form != Form.MENTORING else 12,
            "title": word(f"web.programme.template.{form}.title"), "text": word(f"web.programme.template.{form}.text"),
            "opens": today, "closes_day": today + dt.timedelta(weeks=DEFAULT_WEEKS), "closes_time": END_OF_DAY, "zone": "UTC",
            "answer_days": 21, "keep_until": today.replace(day=1, year=today.year + KEEP_YEARS + 1),
        }  # fmt: skip
    names = (
        "version", "title", "form", "text", "language", "topics", "months", "zone", "actors", "countries", "population_low",
        "population_high", "members_only", "answer_days", "keep_until",
    )  # fmt: skip
    local = ZoneInfo(programme.zone)
    closes = programme.closes.astimezone(local)
    more = {"opens": programme.opens.astimezone(local).date(), "closes_day": closes.date(), "closes_time": closes.time()}
    return {name: getattr(programme, name) for name in names} | more
