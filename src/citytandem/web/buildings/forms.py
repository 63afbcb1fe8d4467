"""Forms of buildings: files, single rows of each table made from its schema, and the consent to publish."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import dataframely as dy
from django import forms

from citytandem.sources.building_files import TABLES
from citytandem.tables.building import INDICATORS
from citytandem.web.balances.models import Licence
from citytandem.web.buildings.reading import LONGEST, LONGEST_TEXT, MOST_BYTES, MOST_FILES
from citytandem.web.buildings.telling import label_of, write_unit
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from collections.abc import Mapping

F = "web.building.form"
NOT_ASKED = ("building", "mark", "zone_mark", "size_mark", "size_source", "unit")
"""Columns that no form asks for: the key stays, units hang on the figure, and an owner's word is marked as such."""
NO_PERIOD = "not_stated"
LONG = ("note", "technique", "partners", "certificates")


class SeveralFiles(forms.FileField):
    """Some files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        several = data if isinstance(data, list) else [data] if data else []
        if not several and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(SeveralFiles, self).clean(one, initial) for one in several]


class SeveralFilesInput(forms.ClearableFileInput):
    """The input for them."""

    allow_multiple_selected = True


class BringForm(forms.Form):
    """Tables of buildings, as CSV files, a workbook or BuildingSync XML."""

    tables = SeveralFiles(label=word(f"{F}.files"), widget=SeveralFilesInput(attrs={"multiple": True}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["tables"].help_text = word(f"{F}.files_help", count=MOST_FILES, megabytes=MOST_BYTES // 1_000_000)

    def clean_tables(self) -> list[Any]:
        several: list[Any] = self.cleaned_data["tables"]
        if len(several) > MOST_FILES or sum(one.size for one in several) > MOST_BYTES:
            raise forms.ValidationError(word(f"{F}.files_large", count=MOST_FILES, megabytes=MOST_BYTES // 1_000_000))
        if len({one.name for one in several}) < len(several):
            raise forms.ValidationError(word(f"{F}.files_twice"))
        return several


class RowForm(forms.Form):
    """One row of a table of a building. What nobody knows is left empty and counts as unknown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, table: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.table = table
        for name, column in TABLES[table].columns().items():
            if name not in NOT_ASKED:
                self.fields[name] = _make_field(name, column)

    def row(self, before: Mapping[str, Any] | None, *, building: str) -> dict[str, Any]:
        """The row as it is kept: what was filled in, and of the old row what no form asks for."""
        told = {name: _keep(self.cleaned_data[name]) for name in self.fields if name != "version"}
        columns = TABLES[self.table].column_names()
        row: dict[str, Any] = {name: (before or {}).get(name) for name in columns} | told
        if "building" in columns:
            row["building"] = building
        if "unit" in columns:
            row["unit"] = INDICATORS[row["indicator"]][0]
        if "period" in columns:
            row["period"] = row["period"] or NO_PERIOD
        if "mark" in columns:
            row["mark"] = row["mark"] or "P"
        return row


class PublishForm(forms.Form):
    """Under whose name, under which terms, and the consent."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    owner_name = forms.CharField(label=word(f"{F}.owner"), help_text=word(f"{F}.owner_help"), max_length=200)
    licence = forms.ChoiceField(
        label=word("web.balances.form.licence"),
        choices=[(value, word(f"web.balances.licence.{value}")) for value in Licence.values],
    )
    consent = forms.BooleanField(label=word(f"{F}.consent"), help_text=word(f"{F}.consent_help"))


def _keep(value: Any) -> Any:
    """A cell as it is kept: empty is unknown, days are text."""
    return value.isoformat() if isinstance(value, dt.date) else None if value == "" else value


def start_row(row: Mapping[str, Any], *, version: int) -> dict[str, Any]:
    """What the form of a row begins with."""
    return {**row, "period": "" if row.get("period") == NO_PERIOD else row.get("period"), "version": version}


def _make_field(name: str, column: dy.Column) -> forms.Field:
    told: dict[str, Any] = {"label": word(f"web.building.column.{name}"), "required": not column.nullable}
    if isinstance(column, dy.Enum):
        empty = [("", word(f"{F}.unknown"))] if column.nullable else []
        return forms.ChoiceField(choices=[*empty, *((key, _name(name, key)) for key in column.categories)], **told)
    if isinstance(column, dy.Date):
        help_text = word(f"{F}.ends_help") if name == "ends" else ""
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text=help_text, **told)
    if column.dtype.is_integer():
        return forms.IntegerField(**told, **_bounds(column))
    if column.dtype.is_numeric():
        return forms.FloatField(widget=forms.NumberInput(attrs={"step": "any"}), **told, **_bounds(column))
    if name == "source":
        told |= {"help_text": word(f"{F}.source_help"), "initial": "own"}
    if name == "period":
        told |= {"help_text": word(f"{F}.period_help"), "required": False}
    if name == "country":
        told |= {"help_text": word(f"{F}.country_help"), "initial": "CN"}
    widget = forms.Textarea(attrs={"rows": 3}) if name in LONG else forms.TextInput()
    return forms.CharField(max_length=LONGEST.get(name, LONGEST_TEXT), widget=widget, **told)


def _bounds(column: Any) -> dict[str, Any]:
    return {"min_value": column.min, "max_value": column.max}


def _name(name: str, key: str) -> Any:
    if name == "grade":
        return key
    return _with_unit(key) if name == "indicator" else word(label_of(name, key))


def _with_unit(key: str) -> str:
    speech = current_speech()
    told = {"figure": speech.label(f"building.figure.{key}"), "unit": write_unit(INDICATORS[key][0], speech=speech)}
    return speech.sentence("web.building.figure_with_unit", **told)
