"""Forms of a guest: wishes in order, and asking somebody for a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from citytandem.web.agendas.guest_actions import MOST_WISHES
from citytandem.web.agendas.models import Kind, Session
from citytandem.web.agendas.queries import guests_of, sessions_of
from citytandem.web.events.models import Registration
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from collections.abc import Iterator

CHOSEN = (Kind.TALK, Kind.WORKSHOP, Kind.DIALOGUE, Kind.EXCURSION)
"""Kinds one can wish for; plenaries and breaks are for all."""
LISTED = "participant_list"


class WishForm(forms.Form):
    """First wish, second wish, and so on; a field left empty is passed over."""

    def __init__(self, *args: Any, registration: Registration, **options: Any) -> None:
        super().__init__(*args, **options)
        speech = current_speech()
        self.sessions = list(sessions_of(registration.event).filter(kind__in=CHOSEN))
        known = {one.turn: one.session_id for one in registration.wishes.all()}
        choices = [("", "–"), *((str(one.pk), one.title_in(speech.language)) for one in self.sessions)]
        for turn in range(1, MOST_WISHES + 1):
            label = speech.sentence("web.agenda.wish", turn=turn)
            field = forms.ChoiceField(label=label, choices=choices, required=False, initial=str(known.get(turn, "")))
            self.fields[f"wish_{turn}"] = field

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        keys = list(self._keys())
        if len(keys) != len(set(keys)):
            raise forms.ValidationError(word("web.agenda.wish_twice"))
        return told

    def _keys(self) -> Iterator[str]:
        for turn in range(1, MOST_WISHES + 1):
            if key := self.cleaned_data.get(f"wish_{turn}"):
                yield key

    @property
    def chosen(self) -> list[Session]:
        """The sessions that were chosen, in order."""
        by_key = {str(one.pk): one for one in self.sessions}
        return [by_key[key] for key in self._keys()]


class AskForm(forms.Form):
    """Whom I would like to meet: of those who agreed to stand on the list of participants."""

    other = forms.ModelChoiceField(Registration.objects.none(), label=word("web.agenda.ask_whom"))
    note = forms.CharField(label=word("web.agenda.ask_note"), max_length=400, required=False)

    def __init__(self, *args: Any, registration: Registration, **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [one.pk for one in guests_of(registration.event).exclude(pk=registration.pk) if LISTED in one.consents]
        self.fields["other"].queryset = guests_of(registration.event).filter(pk__in=listed)  # type: ignore[attr-defined]
