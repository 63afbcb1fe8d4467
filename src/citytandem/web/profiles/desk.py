"""What lies on a city's desk from this room: an unfinished self-check, old stages, targets to review, words not yet published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.accounts.models import Kind
from citytandem.web.profiles.catalogue import field_of
from citytandem.web.profiles.models import StageAnswer, Target
from citytandem.web.profiles.publishing import fingerprint
from citytandem.web.profiles.queries import KEYS, add_up, content_of, find_progress, version_seen
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

STALE_YEARS = 2
SOON_DAYS = 30


def remind_of_profile(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """What is due, missing or unfinished in what the city says of itself, on a day."""
    if organisation.kind != Kind.CITY:
        return []
    found = (_check(organisation), _stale(organisation, on=on), _unpublished(organisation))
    return [*(item for item in found if item), *_reviews(organisation, on=on)]


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:  # noqa: ARG001 - the desk's form
    """The same for today."""
    return remind_of_profile(organisation, on=timezone.now().date())


def _check(organisation: Organisation) -> DeskItem | None:
    """An unfinished self-check: due once it was begun, else missing."""
    progress = find_progress(organisation)
    whole = add_up(progress)
    if not whole.remaining:
        return None
    is_begun = StageAnswer.objects.filter(organisation=organisation).exists()
    field = next(field for field, one in progress.items() if one.remaining)
    return DeskItem(
        title=str(word("desk.check.title", remaining=whole.remaining)),
        text=str(word("desk.check.text", minutes=whole.minutes)),
        url=reverse("profile_field", args=[organisation.pk, field]) if is_begun else reverse("profile", args=[organisation.pk]),
        pile=Pile.DUE if is_begun else Pile.MISSING,
    )


def _stale(organisation: Organisation, *, on: date) -> DeskItem | None:
    """Stages of more than two years ago: by the year they are about, else by the day they were said."""
    rows = StageAnswer.objects.filter(organisation=organisation).values_list("measure", "year", "changed")
    old = [measure for measure, year, changed in rows if on.year - (year or changed.year) > STALE_YEARS]
    if not old:
        return None
    return DeskItem(
        title=str(word("desk.stale.title", count=len(old))),
        text=str(word("desk.stale.text")),
        url=reverse("profile_field", args=[organisation.pk, field_of(old[0])]),
        pile=Pile.DUE,
    )


def _reviews(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """Targets whose review is near or over."""
    rows = Target.objects.filter(organisation=organisation, review__isnull=False).order_by("review")
    return [
        DeskItem(
            title=str(word("desk.review.title", year=str(target.target_year))),
            text=str(word("desk.review.overdue" if target.review < on else "desk.review.text")),
            url=reverse("profile_target", args=[organisation.pk, target.pk]),
            due=target.review,
            pile=Pile.DUE,
        )
        for target in rows
        if target.review is not None and (target.review - on).days <= SOON_DAYS
    ]


def _unpublished(organisation: Organisation) -> DeskItem | None:
    content, seen = content_of(organisation), version_seen(organisation)
    if not any(content[what] for what in KEYS) or (seen and seen.sha256 == fingerprint(content)):
        return None
    return DeskItem(
        title=str(word("desk.unpublished.title")),
        text=str(word("desk.unpublished.text")),
        url=reverse("profile_publish", args=[organisation.pk]),
        pile=Pile.DRAFT,
    )


PROVIDERS = [show_on_desk]
REMINDERS = [remind_of_profile]
