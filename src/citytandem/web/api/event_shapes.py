"""What do answers about events look like? Models for OpenAPI."""

from __future__ import annotations

from pydantic import BaseModel

from citytandem.web.api.shapes import STRICT, Provenance, answer_of


class EventRow(BaseModel):
    """One event everybody may know of; times are told in its zone."""

    model_config = STRICT
    event: int
    title: str
    kind: str
    state: str
    organisation: str
    city: str
    place: str
    zone: str
    starts: str
    ends: str
    is_invented: bool
    edition: int | None
    page: str


class AgendaRow(BaseModel):
    """One session of a published agenda. ``sequence`` rises with each change of time, place, title or state."""

    model_config = STRICT
    session: int
    kind: str
    topic: str
    title: str
    titles: dict[str, str]
    text: str
    starts: str
    ends: str
    room: str
    place: str
    languages: list[str]
    interpreted_into: list[str]
    speakers: list[str]
    state: str
    sequence: int
    page: str


_PAGE = {"total": int, "limit": int, "offset": int, "provenance": Provenance}
EVENTS = answer_of("EventsList", {"events": list[EventRow], **_PAGE})
AGENDA = answer_of("Agenda", {"event": EventRow, "edition": int, "sessions": list[AgendaRow], "provenance": Provenance})
