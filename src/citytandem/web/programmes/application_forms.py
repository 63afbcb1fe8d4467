"""What a team writes in an application: two questions, then only what the matching needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from citytandem.cards import name_language
from citytandem.findings import CannotCompute
from citytandem.gazetteer import find_city
from citytandem.narration import tell
from citytandem.web.programmes.eligibility import ACTORS_OF
from citytandem.web.programmes.forms import LANGUAGES, choose_countries
from citytandem.web.programmes.models import Part
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citytandem.atlas import Atlas
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Application, Programme
    from citytandem.words import Speech

WISHES = VETOES = 3
CONTACTS = 2
LARGEST_CAPACITY = 8
SPOKEN = ("en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "pl", "cs", "uk", "tr", "ar", "zh", "ja", "ko")
"""Languages in which teams may say they can work."""


@dataclass(frozen=True)
class Asked:
    """What the form needs to know of the call and of the team that fills it in."""

    programme: Programme
    organisation: Organisation
    atlas: Atlas
    measures: Mapping[str, str]
    countries: list[str]
    is_sent: bool = False


def name_languages() -> list[tuple[str, str]]:
    """Languages to work in, with their names in the language of the page."""
    return [(code, name_language(code, current_speech())) for code in SPOKEN]


def say_languages(codes: Iterable[str], speech: Speech) -> str:
    """Languages by their names in the language of the reader."""
    return speech.join(name_language(code, speech) for code in codes)


class ApplicationForm(forms.Form):
    """Two questions first. A draft may leave anything open; what was sent may not."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    learns = forms.CharField(
        label=word("web.application.learns"), help_text=word("web.application.learns_help"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    offers = forms.CharField(
        label=word("web.application.offers"), help_text=word("web.application.offers_help"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    text_language = forms.ChoiceField(label=word("web.application.text_language"), choices=LANGUAGES)
    learns_measures = forms.MultipleChoiceField(required=False, label=word("web.application.learns_measures"))
    offers_measures = forms.MultipleChoiceField(required=False, label=word("web.application.offers_measures"))
    actor = forms.ChoiceField(label=word("web.application.actor"))
    part = forms.ChoiceField(
        label=word("web.application.part"), choices=[(one, word(f"web.application.part.{one}")) for one in Part.values],
        initial=Part.BOTH, required=False,
    )  # fmt: skip
    country = forms.ChoiceField(label=word("web.application.country"), required=False)
    languages = forms.MultipleChoiceField(
        label=word("web.application.languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(
        label=word("web.application.capacity"), help_text=word("web.application.capacity_help"), min_value=1,
        max_value=LARGEST_CAPACITY, initial=1,
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Asked, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        actors = ACTORS_OF.get(asked.organisation.kind, ())
        allowed = [one for one in actors if not asked.programme.actors or one in asked.programme.actors] or actors
        self.default_actor = allowed[0] if allowed else ""
        self._choose("actor", [(one, word(f"actor.{one}")) for one in allowed])
        self._choose("languages", name_languages())
        self._choose("country", [("", word("web.application.no_country")), *choose_countries(asked.countries)])
        for name in ("learns_measures", "offers_measures"):
            self._choose(name, list(asked.measures.items()))
        if asked.organisation.city:
            del self.fields["country"]
        if asked.programme.form != "mentoring":
            del self.fields["part"]
        self._add_lines()

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _add_lines(self) -> None:
        """A line for each wish, each veto and each contact."""
        for kind, count in (("wish", WISHES), ("veto", VETOES)):
            for number in range(1, count + 1):
                label = (
                    word(f"web.application.{kind}_{number}") if kind == "wish" else word("web.application.veto", number=number)
                )
                self.fields[f"{kind}_{number}"] = forms.CharField(label=label, max_length=120, required=False)
        for number in range(1, CONTACTS + 1):
            for part, field in (("name", forms.CharField), ("email", forms.EmailField), ("task", forms.CharField)):
                self.fields[f"contact_{number}_{part}"] = field(
                    label=word(f"web.application.contact_{part}", number=number), max_length=120, required=False
                )

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, as an application keeps it."""
        names = (
            "learns", "offers", "text_language", "learns_measures", "offers_measures", "actor", "country", "languages",
            "capacity",
        )  # fmt: skip
        kept = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        kept["part"] = self.cleaned_data.get("part") or Part.BOTH
        return kept | {"wishes": self._cities("wish", WISHES), "vetoes": self._cities("veto", VETOES)}

    @property
    def contacts(self) -> list[dict[str, str]]:
        """The people named, at most two."""
        rows = [
            {part: self.cleaned_data[f"contact_{number}_{part}"] for part in ("name", "email", "task")}
            for number in range(1, CONTACTS + 1)
        ]
        return [row for row in rows if row["email"]]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for kind, count in (("wish", WISHES), ("veto", VETOES)):
            for number in range(1, count + 1):
                self._find(f"{kind}_{number}", told)
        both = {told.get(f"wish_{n}") for n in range(1, WISHES + 1)} & {told.get(f"veto_{n}") for n in range(1, VETOES + 1)}
        if both - {"", None}:
            self.add_error("veto_1", word("web.application.wish_and_veto"))
        for number in range(1, CONTACTS + 1):
            named, mailed = told.get(f"contact_{number}_name"), told.get(f"contact_{number}_email")
            if bool(named) != bool(mailed) and f"contact_{number}_email" not in self.errors:
                self.add_error(f"contact_{number}_email", word("web.application.contact_half"))
        if self.asked.is_sent:
            for name in ("learns", "offers", "languages", "contact_1_email"):
                if name in told and not told[name]:
                    self.add_error(name, word("web.application.needed_when_sent"))
        return told

    def _find(self, name: str, told: dict[str, Any]) -> None:
        """The id of the city somebody typed, in any language."""
        text = (told.get(name) or "").strip()
        if not text:
            return
        atlas, speech = self.asked.atlas, current_speech()
        try:
            told[name] = find_city(atlas, text)
        except CannotCompute as stop:
            said = tell(stop.finding, speech=speech, name_city=lambda city: call_city(atlas, city, language=speech.language))
            self.add_error(name, said)
            return
        if told[name] == self.asked.organisation.city:
            self.add_error(name, word("web.application.not_yourself"))

    def _cities(self, kind: str, count: int) -> list[str]:
        found = [self.cleaned_data.get(f"{kind}_{number}") for number in range(1, count + 1)]
        return list(dict.fromkeys(city for city in found if city))


def start_of(application: Application | None, *, asked: Asked) -> dict[str, Any]:
    """What the form shows first."""
    speech = current_speech()
    if application is None:
        return {"version": 0, "text_language": speech.language, "languages": [speech.language[:2]], "capacity": 1}
    names = (
        "version", "learns", "offers", "text_language", "learns_measures", "offers_measures", "actor", "part", "country",
        "languages", "capacity",
    )  # fmt: skip
    start = {name: getattr(application, name) for name in names}
    for kind, cities in (("wish", application.wishes), ("veto", application.vetoes)):
        for number, city in enumerate(cities, start=1):
            start[f"{kind}_{number}"] = write_city(asked.atlas, city)
    for number, one in enumerate(application.contacts.all()[:CONTACTS], start=1):
        start |= {f"contact_{number}_name": one.name, f"contact_{number}_email": one.email, f"contact_{number}_task": one.task}
    return start


def write_city(atlas: Atlas, city: str) -> str:
    """What a field says of a city that was chosen: its name, or its id where the name would ask back."""
    name = call_city(atlas, city, language=current_speech().language)
    try:
        return name if find_city(atlas, name) == city else city
    except CannotCompute:
        return city


class ReasonForm(forms.Form):
    """A decision with its version, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(max_length=400, required=False)
    reply = forms.CharField(max_length=1000, required=False)
