"""The kinds of rows a tandem's work is made of: what is written, in which form, beside what it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from citytandem.web.agreements import forms
from citytandem.web.agreements.models import Agreement, Decision, Minutes, Module, Question, Review, Task, Transfer, Written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from citytandem.web.programmes.models import Tandem


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row. ``under`` names the row it belongs to, where that is not the tandem itself."""

    model: type[Any]
    form: type[forms.TandemForm]
    under: str = "tandem"

    @property
    def names(self) -> list[str]:
        """The fields people fill in."""
        return [name for name in self.form.base_fields if name != "version"]

    @property
    def to_tandem(self) -> str:
        """The way from a row to its tandem, as a look-up."""
        return "tandem" if self.under == "tandem" else f"{self.under}__tandem"


KINDS = {
    "module": Kind(Module, forms.ModuleForm),
    "task": Kind(Task, forms.TaskForm),
    "question": Kind(Question, forms.QuestionForm),
    "minutes": Kind(Minutes, forms.MinutesForm),
    "decision": Kind(Decision, forms.DecisionForm, under="minutes"),
    "transfer": Kind(Transfer, forms.TransferForm),
    "review": Kind(Review, forms.ReviewForm, under="agreement"),
}
PARENTS: dict[str, type[Written]] = {"minutes": Minutes, "agreement": Agreement}


def kind_of(name: str) -> Kind:
    """The kind in an address."""
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def find_row(kind: Kind, tandem: Tandem, *, number: int) -> Written:
    """A row of this very tandem."""
    return get_object_or_404(rows_of(kind, tandem), pk=number)


def rows_of(kind: Kind, tandem: Tandem) -> QuerySet[Any]:
    """All rows of a kind of a tandem."""
    return kind.model._default_manager.filter(**{kind.to_tandem: tandem})  # noqa: SLF001 - Django's name


def new_row(kind: Kind, tandem: Tandem, *, asked: Mapping[str, str]) -> Any:
    """An empty row beside what it stands under, which the address names: ``?minutes=3``."""
    if kind.under == "tandem":
        return kind.model(tandem=tandem)
    number = asked.get(kind.under, "")
    if not number.isdecimal():
        raise Http404
    parent = get_object_or_404(PARENTS[kind.under], pk=int(number), tandem=tandem)
    return kind.model(**{kind.under: parent})
