"""What a guest says for themselves: wishes, meetings, and the secret address of their own calendar."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from citytandem.web.agendas.models import Feed, MeetingRequest, Origin, Said, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.web.agendas.models import Session
    from citytandem.web.events.models import Registration

MOST_WISHES = 8


@transaction.atomic
def write_wishes(*, registration: Registration, sessions: Sequence[Session]) -> None:
    """Keep what somebody wishes to see, the first wish first; what they wished before is forgotten."""
    registration.wishes.all().delete()
    Wish.objects.bulk_create(
        Wish(registration=registration, session=one, turn=turn) for turn, one in enumerate(sessions[:MOST_WISHES], start=1)
    )


@transaction.atomic
def ask_meeting(
    *, by: Registration, other: Registration, note: str = "", worth: int = 5, origin: Origin = Origin.ASKED
) -> MeetingRequest:
    """Ask somebody for a talk of one's own; that one asks is one's yes. A pair that is known already stays as it is,
    but for the yes.
    """
    first, second = sorted((by, other), key=lambda one: one.pk)
    own, _ = MeetingRequest.objects.select_for_update().get_or_create(
        one=first, other=second, defaults={"event": by.event, "note": note, "worth": worth, "origin": origin}
    )
    return answer_meeting(meeting=own, by=by, says=Said.YES)


@transaction.atomic
def answer_meeting(*, meeting: MeetingRequest, by: Registration, says: Said) -> MeetingRequest:
    """Say yes or no to a meeting; either side may think again until the agenda is made."""
    own = MeetingRequest.objects.select_for_update().get(pk=meeting.pk)
    setattr(own, "one_says" if own.one_id == by.pk else "other_says", says)
    own.save()
    return own


def open_feed(*, registration: Registration) -> str:
    """Make a new secret address for somebody's calendar and close the one before; the secret is told once, here."""
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(registration=registration, defaults={"token_sha256": hash_token(token)})
    return token


def close_feed(*, registration: Registration) -> None:
    """Close somebody's secret address."""
    Feed.objects.filter(registration=registration).delete()


def hash_token(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
