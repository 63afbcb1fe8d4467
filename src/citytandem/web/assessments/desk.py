"""What lies on a desk from assessments: forms to fill in, seats to give, differences to settle, replies that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from citytandem.charts.framework_names import name_framework
from citytandem.web.accounts.access import person_of
from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.assessments.frameworks import framework_of
from citytandem.web.assessments.models import State
from citytandem.web.assessments.queries import assessments_about, assessments_of, is_settled, seats_of
from citytandem.web.assessments.settling import may_reply
from citytandem.web.live import atlas_of_everybody
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.assessments.models import Assessment


def remind_of_assessments(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """What an organisation has to do: as who runs an assessment, and as the city that was judged."""
    items = []
    for own in assessments_of(organisation).exclude(state=State.CLOSED):
        items += _remind_runner(own, organisation)
    for one in assessments_about(organisation):
        if one.reply_until is not None and may_reply(one) and one.reply_until >= on:
            items.append(_item("assessment_reply", one, url=reverse("assessment", args=[one.pk]), due=one.reply_until))
        elif is_settled(one) and one.offered and not one.consented:
            items.append(_item("assessment_consent", one, url=reverse("assessment", args=[one.pk]), pile=Pile.MISSING))
    return items


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:
    """The same for today, and the forms this person is asked to fill in, whoever asks."""
    waiting = seats_of(person_of(request)).filter(handed_in=None, assessment__state__in=[State.ANSWERING, State.RECONCILING])
    forms = [_item("assessor_form", seat.assessment, url=reverse("assessor_form", args=[seat.pk])) for seat in waiting]
    return forms + remind_of_assessments(organisation, on=timezone.now().date())


def _remind_runner(own: Assessment, organisation: Organisation) -> list[DeskItem]:
    if own.state == State.ANSWERING and not own.seats.exists():
        room = reverse("assessment_room", args=[organisation.pk, own.pk])
        return [_item("assessment_seats", own, url=room, pile=Pile.MISSING)]
    if own.state == State.RECONCILING:
        return [_item("assessment_settle", own, url=reverse("assessment_differences", args=[own.pk]))]
    waits = own.replies.filter(answered=None).first()
    return [_item("assessment_answer", own, url=reverse("assessment_answer", args=[own.pk, waits.pk]))] if waits else []


def _item(what: str, own: Assessment, *, url: str, due: date | None = None, pile: Pile = Pile.DUE) -> DeskItem:
    speech = current_speech()
    city = call_city(atlas_of_everybody(), own.city, language=speech.language)
    facts = {"framework": name_framework(framework_of(own), speech), "city": city, "organisation": own.organisation.name}
    title, text = (str(word(f"desk.{what}.{part}", **facts)) for part in ("title", "text"))
    return DeskItem(title=title, text=text, url=url, due=due, pile=pile)


PROVIDERS = [show_on_desk]
REMINDERS = [remind_of_assessments]
