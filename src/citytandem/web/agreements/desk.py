"""What lies on a desk from a tandem: to draft, to sign, to review, to answer, to do, to look back at after 3 and 12 months."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.agreements.access import AGREED
from citytandem.web.agreements.chain import find_meetings
from citytandem.web.agreements.drafting import add_months, names_of
from citytandem.web.agreements.learning import moments_open
from citytandem.web.agreements.models import (
    Agreement,
    AgreementState,
    LearningAnswer,
    Question,
    Review,
    Task,
    Transfer,
)
from citytandem.web.programmes.models import Tandem, TandemState
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

SOON = timedelta(days=14)
ENDS_SOON = timedelta(days=60)
PATIENCE = timedelta(days=14)
LOOK_BACK_MONTHS = (3, 12)
"""When a tandem is asked what became of its last meeting."""
LOOK_BACK_DAYS = 30


def remind_of_tandems(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """What the sides of running tandems have to do on a day; a network has none of this on its own desk."""
    own = Tandem.objects.filter(sides__organisation=organisation, state__in=AGREED).exclude(state=TandemState.ENDED)
    return [item for tandem in own.select_related("programme") for item in _look_at(tandem, organisation, on)]


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:
    """The same for today, and learning, which each person answers alone."""
    today = timezone.now().date()
    items = remind_of_tandems(organisation, on=today)
    for tandem in Tandem.objects.filter(sides__organisation=organisation, state__in=AGREED):
        for moment in moments_open(tandem, on=today):
            if not LearningAnswer.objects.filter(tandem=tandem, moment=moment, user=request.user.pk).exists():
                url = reverse("tandem_answer_learning", args=[organisation.pk, tandem.pk, moment])
                items.append(_item("tandem_learning_open", tandem=tandem, url=url, pile=Pile.MISSING))
    return items


def _look_at(tandem: Tandem, organisation: Organisation, on: date) -> list[DeskItem]:
    def item(what: str, page: str = "tandem_work", **more: Any) -> DeskItem:
        return _item(what, tandem=tandem, url=reverse(page, args=[organisation.pk, tandem.pk]), **more)

    found = []
    agreement = Agreement.objects.filter(tandem=tandem).order_by("-starts", "-pk").first()
    if agreement is None:
        found.append(item("agreement_missing", "tandem_agreement", pile=Pile.MISSING))
    elif agreement.state == AgreementState.SIGNING and not agreement.signatures.filter(organisation=organisation).exists():
        found.append(item("agreement_sign", "tandem_agreement"))
    elif agreement.state == AgreementState.SIGNED and agreement.ends and agreement.ends - on <= ENDS_SOON:
        found.append(item("agreement_ends", "tandem_agreement", due=agreement.ends))
    reviews = Review.objects.filter(agreement__tandem=tandem, held=None, due__lte=on + SOON)
    found += [item("tandem_review_due", "tandem_agreement", due=one.due) for one in reviews]
    tasks = Task.objects.filter(tandem=tandem, organisation=organisation, done=None, due__lte=on + SOON)
    found += [item("tandem_task_due", due=one.due, title=one.title) for one in tasks]
    waiting = Question.objects.filter(tandem=tandem, answered=None, asked__lte=on - PATIENCE).exclude(organisation=organisation)
    found += [item("tandem_question_open") for _ in waiting[:1]]
    return [*found, *([item("tandem_follow_up", "tandem_outcome")] if _is_time_to_look_back(tandem, on=on) else [])]


def _is_time_to_look_back(tandem: Tandem, *, on: date) -> bool:
    """Three and twelve months after the last meeting, for a month, unless something was written down since."""
    held = [meeting.day for meeting in find_meetings(tandem, today=on) if meeting.is_held]
    if not held:
        return False
    last = max(held)
    for months in LOOK_BACK_MONTHS:
        asked = add_months(last, months)
        if asked <= on < asked + timedelta(days=LOOK_BACK_DAYS):
            return not Transfer.objects.filter(tandem=tandem, changed__date__gte=asked).exists()
    return False


def _item(what: str, *, tandem: Tandem, url: str, due: date | None = None, pile: Pile = Pile.DUE, title: str = "") -> DeskItem:
    sides = current_speech().join(names_of(tandem))
    facts = {"title": title} if title else {"sides": sides}
    named, text = str(word(f"desk.{what}.title", **facts)), str(word(f"desk.{what}.text"))
    return DeskItem(title=named, text=text, url=url, due=due, pile=pile)


PROVIDERS = [show_on_desk]
REMINDERS = [remind_of_tandems]
