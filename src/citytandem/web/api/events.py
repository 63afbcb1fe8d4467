"""Which events are there, and what is their agenda? Only what everybody may see, as it is now."""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

from typing import Annotated, Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path as InPath
from ninja import Query, Router

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.web.agendas.calendars import session_address
from citytandem.web.agendas.entries import Entry, read_entries
from citytandem.web.agendas.queries import published_plan
from citytandem.web.agendas.showing import name_speakers
from citytandem.web.api import event_shapes
from citytandem.web.api.answers import Answer, respond, tell_list
from citytandem.web.api.describe import described
from citytandem.web.api.door import as_of_now
from citytandem.web.api.parameters import Asked, Paged, say_path
from citytandem.web.events.models import Event
from citytandem.web.events.queries import events_seen
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech

router = Router(tags=["events"])
EventNumber = Annotated[int, InPath(ge=1, le=2**53, description=say_path("event"))]
LISTS = pl.List(pl.String())


@router.get("/events", **described("list_events", event_shapes.EVENTS))
@as_of_now
def list_events(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    rows = [_tell_event(request, one) for one in events_seen().order_by("starts", "pk")]
    schema = {"event": pl.Int64(), "is_invented": pl.Boolean(), "edition": pl.Int64()}
    names = event_shapes.EventRow.model_fields
    frame = pl.DataFrame(rows, schema={name: schema.get(name, pl.String()) for name in names})
    provenance = atlas_of(request).provenance()
    return respond(request, tell_list(request, frame, name="events", asked=asked, provenance=provenance), asked=asked)


@router.get("/events/{event}/agenda", **described("show_agenda", event_shapes.AGENDA))
@as_of_now
def show_agenda(request: HttpRequest, *, event: EventNumber, asked: Query[Asked]) -> HttpResponse:
    own = events_seen().filter(pk=event).first()
    plan = published_plan(own) if own else None
    if own is None or plan is None:
        raise CannotCompute(Finding(Code.API_NOTHING_HERE, {"address": request.path[:200]}))
    speakers = name_speakers(own)
    rows = [_tell_entry(request, one, event=own, speakers=speakers.get(one.session, [])) for one in read_entries(plan.agenda)]
    provenance = atlas_of(request).provenance()
    told = {"event": _tell_event(request, own), "edition": plan.edition, "sessions": rows, "provenance": provenance.as_dict()}
    flat = [{name: value for name, value in row.items() if name != "titles"} for row in rows]
    schema = dict.fromkeys(("languages", "interpreted_into", "speakers"), LISTS)
    frame = pl.DataFrame(flat, schema_overrides=schema)
    return respond(request, Answer(told, {"sessions": frame}, provenance), asked=asked)


def _tell_event(request: HttpRequest, one: Event) -> dict[str, Any]:
    plan = published_plan(one)
    return {
        "event": one.pk,
        "title": one.title,
        "kind": one.kind,
        "state": one.state,
        "organisation": one.organisation.name,
        "city": one.city,
        "place": one.place,
        "zone": one.zone,
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat(),
        "is_invented": one.is_invented,
        "edition": plan.edition if plan else None,
        "page": _base(request) + reverse("event", args=[one.pk]),
    }


def _tell_entry(request: HttpRequest, one: Entry, *, event: Event, speakers: list[str]) -> dict[str, Any]:
    speech = current_speech()
    return {
        "session": one.session,
        "kind": one.kind,
        "topic": one.topic,
        "title": one.title_in(speech.language),
        "titles": one.titles,
        "text": one.text_in(speech.language),
        "starts": one.begins_there.isoformat(),
        "ends": one.ends_there.isoformat(),
        "room": one.room_name,
        "place": one.place,
        "languages": one.languages,
        "interpreted_into": one.interpreted_into,
        "speakers": speakers,
        "state": one.state,
        "sequence": one.sequence,
        "page": session_address(event, one.session, base=_base(request), speech=speech),
    }


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
