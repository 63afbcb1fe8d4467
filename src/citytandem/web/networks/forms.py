"""Forms of a network's registry: named fields, nothing else; a city is named as people name it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from citytandem.atlas import load
from citytandem.findings import CannotCompute
from citytandem.gazetteer import find_city
from citytandem.narration import tell
from citytandem.web.networks.models import BodyKind
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.web.networks.models import MemberClass

CITIES_OF_A_BODY = 300


def choices_of(values: Iterable[str], *, prefix: str) -> list[tuple[str, Any]]:
    """Choices whose labels are words."""
    return [(value, word(f"{prefix}.{value}")) for value in values]


def find_named(text: str) -> str:
    """The id of a city as a person names it.

    Raises
    ------
    ValidationError
        Nobody of that name is known, or several are; it says which are near.
    """
    try:
        return find_city(load(), text)
    except CannotCompute as refusal:
        raise forms.ValidationError(tell(refusal.finding, speech=current_speech(), name_city=str)) from refusal


class CityField(forms.CharField):
    """One city; its value is the id."""

    def __init__(self, **options: Any) -> None:
        more = {"label": word("web.registry.city"), "help_text": word("web.registry.city_help"), "max_length": 120}
        super().__init__(**{**more, **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return find_named(text) if text else ""


class CitiesField(forms.CharField):
    """Some cities, one a line; its value is a list of ids."""

    def __init__(self, **options: Any) -> None:
        more = {"max_length": 20_000, "required": False, "widget": forms.Textarea(attrs={"rows": 6})}
        super().__init__(**{**more, **options})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > CITIES_OF_A_BODY:
            raise forms.ValidationError(word("web.registry.too_many_cities", count=CITIES_OF_A_BODY))
        return sorted({find_named(line) for line in lines})


def day_field(name: str, *, required: bool = False) -> forms.DateField:
    """A day, with its label and hint from the words."""
    return forms.DateField(
        label=word(f"web.registry.{name}"),
        help_text=word(f"web.registry.{name}_help"),
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def source_field() -> forms.CharField:
    """Where a row comes from; nothing is recorded without."""
    return forms.CharField(label=word("web.registry.source"), help_text=word("web.registry.source_help"), max_length=300)


class VersionedForm(forms.Form):
    """A form that says from which state of its row it was made; the days of it begin before they end."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = told.get("since"), told.get("until")
        if since and until and hasattr(since, "day") and until < since:
            self.add_error("until", str(word("web.registry.ends_before")))
        return told


class MemberForm(VersionedForm):
    """A membership: class, days, how many tandems the city can carry, and from where this is known."""

    member_class: forms.ModelChoiceField[MemberClass] = forms.ModelChoiceField(
        label=word("web.registry.class"), queryset=None, required=False, empty_label=word("web.registry.no_class")
    )
    since = day_field("since", required=True)
    until = day_field("until")
    capacity = forms.IntegerField(
        label=word("web.registry.capacity"),
        help_text=word("web.registry.capacity_help"),
        min_value=0,
        max_value=50,
        required=False,
    )
    source = source_field()

    def __init__(self, *args: Any, classes: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member_class"].queryset = classes  # type: ignore[attr-defined]


class NewMemberForm(MemberForm):
    """A membership of a city that is still to be named."""

    city = CityField()
    field_order = ("city",)


class ClassForm(VersionedForm):
    """A class of members."""

    title = forms.CharField(label=word("web.registry.title"), max_length=120)
    text = forms.CharField(
        label=word("web.registry.class_text"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = source_field()


class OfficeForm(VersionedForm):
    """An office and one holder of it."""

    title = forms.CharField(label=word("web.registry.office_title"), max_length=120)
    city = CityField(required=False)
    holder = forms.CharField(
        label=word("web.registry.holder"), help_text=word("web.registry.holder_help"), max_length=160, required=False
    )
    since = day_field("since")
    until = day_field("until")
    source = source_field()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if "city" in told and not told["city"] and not told.get("holder"):
            self.add_error("holder", str(word("web.registry.holder_needed")))
        return told


class BodyForm(VersionedForm):
    """A body and the cities in it."""

    kind = forms.ChoiceField(
        label=word("web.registry.body_kind"), choices=choices_of(BodyKind.values, prefix="web.registry.body")
    )
    title = forms.CharField(label=word("web.registry.title"), max_length=160)
    text = forms.CharField(
        label=word("web.registry.body_text"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cities = CitiesField(label=word("web.registry.body_cities"), help_text=word("web.registry.body_cities_help"))
    since = day_field("since")
    until = day_field("until")
    source = source_field()


def start_member(classes: Iterable[MemberClass]) -> dict[str, Any]:
    """What a form for a new membership begins with."""
    return {"since": timezone.now().date(), "version": 0, "member_class": next(iter(classes), None)}
