"""Letters to many: checked, kept once for each form they are sent from, and put into the outbox guest by guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from citytandem.findings import Code, Finding
from citytandem.web.accounts.actions import record
from citytandem.web.events.actions import hold_event, name_event
from citytandem.web.events.models import Mailing, SentLetter
from citytandem.web.events.post import LETTERS_A_DAY, check_text, queue_letter, recipients, sent_today

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User
    from citytandem.web.events.models import Event


class NotReady(Exception):
    """The letter cannot go like this; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__([str(one.code) for one in findings])
        self.findings = findings


@transaction.atomic
def send_to_all(
    *, user: User | None, event: Event, letter: str, key: str, subject: str = "", text: str = "", again: bool = False
) -> int:
    """Put a letter into the outbox for everybody it concerns; returns how many.

    Parameters
    ----------
    key
        Made with the form: the same form sent twice puts nothing into the outbox the second time.
    again
        Also to those who got this letter before.

    Raises
    ------
    NotReady
        The text has an unknown placeholder or is empty, or too many letters would leave today.
    """
    own = hold_event(event)
    found = check_text(subject, text) if letter == "own" else []
    guests = list(recipients(own, letter=letter))
    if not again and letter != "own":
        had = set(SentLetter.objects.filter(event=own, letter=letter).values_list("registration_id", flat=True))
        guests = [one for one in guests if one.pk not in had]
    if not found and sent_today(own) + len(guests) > LETTERS_A_DAY:
        found = [Finding(Code.LETTERS_TOO_MANY, {"count": sent_today(own) + len(guests), "limit": LETTERS_A_DAY})]
    if found:
        raise NotReady(found)
    mailing, is_new = Mailing.objects.get_or_create(
        key=key, defaults={"event": own, "letter": letter, "subject": subject, "text": text, "created_by": user}
    )
    if not is_new:
        return 0
    for guest in guests:
        queue_letter(guest, letter=letter, key=f"mailing:{mailing.pk}:{guest.pk}", mailing=mailing)
    record(
        user=user, action="event.letters_sent", organisation=own.organisation, subject=name_event(own),
        after={"letter": letter, "count": len(guests), "mailing": mailing.pk},
    )  # fmt: skip
    return len(guests)
