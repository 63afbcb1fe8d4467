"""Papers of an event as PDF: badges, the list of the delegation, invitations, letters for visas, certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from citytandem.web.events.access import room
from citytandem.web.events.fields import name_languages
from citytandem.web.events.links import registration_of
from citytandem.web.events.models import Registration, Seat
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import SPEECHES, current_speech
from citytandem.web.shell.names import call_city
from citytandem.words import Speech, language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.briefing.papers.paper import Occasion, Person, Sender
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event

FOR_ALL = ("badges", "delegation")
FOR_ONE = ("invitation", "visa", "certificate")


@room("organisation.edit")
@never_cache
@require_GET
def show_event_paper(request: HttpRequest, *, organisation: Organisation, event: Event, paper: str) -> HttpResponse:  # noqa: ARG001 - the gate's form
    """A paper about all who are coming, in the language of the page."""
    from citytandem.briefing.papers.badges import Badges  # slow import
    from citytandem.briefing.papers.delegation import DelegationList  # slow import

    if paper not in FOR_ALL:
        raise Http404
    coming = event.registrations.filter(seat=Seat.COMING, forgotten=None).select_related("organisation").order_by("name", "pk")
    people = tuple(_person(one, request=request, speech=current_speech()) for one in coming)
    occasion = _occasion(event, request=request, speech=current_speech())
    made: object = (
        Badges(event=event.title, people=people)
        if paper == "badges"
        else DelegationList(occasion=occasion, name=event.title, people=people, contact=event.contact)
    )
    return _answer(made, speech=current_speech(), name=f"{paper}-{event.pk}")


@room("organisation.edit")
@never_cache
@require_GET
def show_guest_paper(
    request: HttpRequest,
    *,
    organisation: Organisation,  # noqa: ARG001 - the gate's form
    event: Event,
    registration: int,
    paper: str,
) -> HttpResponse:
    """A paper for one guest, in the guest's language."""
    own = event.registrations.select_related("event__organisation").filter(pk=registration, forgotten=None).first()
    if own is None or paper not in FOR_ONE:
        raise Http404
    return _write_for(own, paper=paper, request=request)


@never_cache
@require_GET
def show_seat_paper(request: HttpRequest, *, registration: int, paper: str) -> HttpResponse:
    """The same for the guest: the certificate of who was there, the invitation of who has a seat."""
    own = registration_of(request, number=registration)
    if own is None or paper not in {"invitation", "certificate"}:
        raise Http404
    return _write_for(own, paper=paper, request=request)


def _write_for(own: Registration, *, paper: str, request: HttpRequest) -> HttpResponse:
    if not is_due(own, paper=paper):
        raise Http404
    language = language_of(own.language) or "en"
    speech = SPEECHES.setdefault(language, Speech(language))
    return _answer(_compose(own, paper=paper, request=request, speech=speech), speech=speech, name=f"{paper}-{own.pk}")


def is_due(own: Registration, *, paper: str) -> bool:
    """Does this paper say something true of this guest?"""
    if paper == "certificate":
        return own.attended is True
    if paper == "visa":
        return own.seat == Seat.COMING and own.visa_letter and bool(own.passport_name)
    return own.seat in {Seat.INVITED, Seat.COMING}


def _compose(own: Registration, *, paper: str, request: HttpRequest, speech: Speech) -> object:
    from citytandem.briefing.papers.certificate import Certificate  # slow import
    from citytandem.briefing.papers.letters import Invitation, VisaLetter  # slow import

    event, today = own.event, timezone.now().date()
    sender, guest = _sender(event), _person(own, request=request, speech=speech)
    occasion = _occasion(event, request=request, speech=speech)
    if paper == "certificate":
        return Certificate(sender=sender, guest=guest, occasion=occasion, dated=today)
    if paper == "visa":
        named = _person(own, request=request, speech=speech, name=own.passport_name)
        return VisaLetter(
            sender=sender, guest=named, occasion=occasion, dated=today, embassy=(), arrives=event.starts, leaves=event.ends,
            nationality=own.nationality, reference=f"{event.pk}/{own.pk}",
        )  # fmt: skip
    until = event.register_until
    return Invitation(
        sender=sender, guest=guest, occasion=occasion, dated=today, purpose=event.text, reply_by=until.date() if until else None
    )


def _person(own: Registration, *, request: HttpRequest, speech: Speech, name: str = "") -> Person:
    from citytandem.briefing.papers.paper import Person  # slow import

    team = own.organisation
    city = call_city(atlas_of(request), team.city, language=speech.language) if team is not None and team.city else ""
    return Person(
        name=name or own.name,
        organisation=own.organisation_name,
        office=speech.label(f"event.role.{own.role}"),
        city=city,
        languages=tuple(name_languages(own.languages)),
        is_invented=own.is_invented,
    )


def _sender(event: Event) -> Sender:
    from citytandem.briefing.papers.paper import Sender  # slow import

    return Sender(organisation=event.organisation.name, contact=event.contact)


def _occasion(event: Event, *, request: HttpRequest, speech: Speech) -> Occasion:
    from citytandem.briefing.papers.paper import Occasion  # slow import

    city = call_city(atlas_of(request), event.city, language=speech.language) if event.city else ""
    place = ", ".join(part for part in (event.place, city) if part) or speech.label("event.online")
    return Occasion(title=event.title, place=place, starts=event.starts, ends=event.ends)


def _answer(made: object, *, speech: Speech, name: str) -> HttpResponse:
    from citytandem.briefing.papers.write import write_paper  # slow import

    answer = HttpResponse(write_paper(made, speech), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
