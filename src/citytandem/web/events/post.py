"""Letters to guests: which there are, to whom each goes, how one is written, and the outbox from which they leave.

A letter is first a row of the outbox, kept in the transaction of whatever caused it; the background worker takes each row
once. A row that was begun and no further is never sent again by itself: nobody knows whether the guest has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from citytandem.findings import Code, Finding
from citytandem.web.events.links import address_of
from citytandem.web.events.models import Delivery, Event, Registration, Seat, SentLetter
from citytandem.web.events.times import tell_days, tell_moment
from citytandem.web.shell.language import current_speech, to_django
from citytandem.words import language_of
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from citytandem.web.events.models import Mailing

LETTERS: dict[str, Q] = {
    "invitation": Q(seat=Seat.INVITED),
    "confirmation": Q(seat=Seat.COMING),
    "waiting": Q(seat=Seat.WAITING),
    "promotion": Q(seat=Seat.COMING),
    "reminder": Q(seat=Seat.COMING),
    "visa": Q(seat=Seat.COMING, visa_letter=True),
    "cancellation": Q(seat__in=[Seat.INVITED, Seat.ASKED, Seat.COMING, Seat.WAITING]),
    "thanks": Q(seat=Seat.COMING) & ~Q(attended=False),
    "after_3": Q(seat=Seat.COMING) & ~Q(attended=False),
    "after_12": Q(seat=Seat.COMING) & ~Q(attended=False),
    "own": Q(seat=Seat.COMING),
}
"""The letters, and who gets each. The words of the house's own are ``mail.event_<letter>``; ``own`` is written by hand."""
AFTER = {"after_3": 3, "after_12": 12}
"""Letters that ask so many months later; only those get them who agreed to be written to."""
PLACEHOLDERS = ("name", "event", "organisation", "place", "when", "deadline", "contact", "link")
LETTERS_A_DAY = 3000
"""So many letters may leave an organisation in a day, so that no mail server takes it for a sender of junk."""
PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")
LONGEST_ERROR = 120


@dataclass(frozen=True)
class Draft:
    """A letter as one guest would get it."""

    subject: str
    text: str
    button: str
    after: str
    address: str


def recipients(event: Event, *, letter: str) -> QuerySet[Registration]:
    """Whom a letter goes to: those it concerns, who have an address, are not forgotten, and agreed where it needs that."""
    found = event.registrations.filter(LETTERS[letter], forgotten=None).filter(~Q(email="") | Q(user__isnull=False))
    rows = found.select_related("user", "event", "event__organisation").order_by("name", "pk")
    if letter not in AFTER:
        return rows
    agreed = [one.pk for one in rows if "contact_after" in one.consents]  # lists in JSON are not searched alike everywhere
    return rows.filter(pk__in=agreed)


def check_text(subject: str, text: str) -> list[Finding]:
    """What is wrong with a letter written by hand: nothing in it, or a placeholder behind which nothing stands."""
    if not subject.strip() or not text.strip():
        return [Finding(Code.LETTER_WITHOUT_TEXT, where="text")]
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    unknown = dict.fromkeys(name for part in (subject, text) for name in PLACEHOLDER.findall(part) if name not in PLACEHOLDERS)
    return [
        Finding(Code.LETTER_PLACEHOLDER_UNKNOWN, {"placeholder": f"{{{name}}}", "known": known}, where="text") for name in unknown
    ]


def fill(text: str, *, facts: Mapping[str, str]) -> str:
    """A text with its placeholders filled, each once: what is filled in is never looked at again.

    >>> fill("Dear {name}, {other}", facts={"name": "{other} {name.__class__}"})
    'Dear {other} {name.__class__}, {other}'
    """
    return PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), text)


def queue_letter(own: Registration, *, letter: str, key: str, mailing: Mailing | None = None) -> SentLetter:
    """Put a letter into the outbox; the same key goes in once."""
    row, _ = SentLetter.objects.get_or_create(
        key=key, defaults={"event": own.event, "registration": own, "letter": letter, "mailing": mailing}
    )
    return row


def sent_today(event: Event) -> int:
    """How many letters the organisation of an event has put into its outbox since midnight UTC."""
    start = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return SentLetter.objects.filter(event__organisation=event.organisation_id, created__gte=start).count()


def draft_letter(
    own: Registration, *, letter: str, site: str, subject: str = "", text: str = "", is_preview: bool = False
) -> Draft:
    """A letter in the language of the guest; the organisers' own text is taken as typed, with placeholders filled.

    A preview does not tell the personal link: it opens what the guest alone may change.
    """
    with translation.override(to_django(language_of(own.language) or "en")):
        facts = _facts_of(own, site=site) | ({"link": f"{site}/…"} if is_preview else {})
        speech = current_speech()
        if letter == "own":
            button, after = speech.label("mail.event_own.button"), speech.label("mail.event_own.after")
            return Draft(one_line(fill(subject, facts=facts)), fill(text, facts=facts), button, after, facts["link"])
        parts = {
            part: speech.fill(LABELS[f"mail.event_{letter}.{part}"], dict(facts))
            for part in ("subject", "text", "button", "after")
        }
        return Draft(one_line(parts["subject"]), parts["text"], parts["button"], parts["after"], facts["link"])


def send(row: SentLetter, *, site: str) -> bool:
    """Send one letter of the outbox, if nobody else has begun it; returns whether the mail server took it."""
    begun = SentLetter.objects.filter(pk=row.pk, state=Delivery.WAITING).update(state=Delivery.BEGUN)
    if begun != 1:
        return False
    own = row.registration
    error = "gone" if own is None or own.forgotten or not address_to(own) else ""
    if own is not None and not error:
        try:
            _write(own, row=row, site=site).send()
        except Exception as problem:  # noqa: BLE001 - whatever a mail server says; it must not stop the letters of others
            error = type(problem).__name__[:LONGEST_ERROR]
    state = Delivery.FAILED if error else Delivery.DELIVERED
    SentLetter.objects.filter(pk=row.pk).update(state=state, error=error, done=timezone.now())
    return not error


def address_to(own: Registration) -> str:
    """Where letters to a guest go: the address of their account, else the one they were invited under."""
    return own.user.email if own.user is not None else own.email


def one_line(text: str) -> str:
    """A text without breaks, as a header needs it."""
    return " ".join(text.split())


def _write(own: Registration, *, row: SentLetter, site: str) -> EmailMultiAlternatives:
    mailing = row.mailing
    subject, text = (mailing.subject, mailing.text) if mailing else ("", "")
    draft = draft_letter(own, letter=row.letter, site=site, subject=subject, text=text)
    language = language_of(own.language) or "en"
    with translation.override(to_django(language)):
        told = {"draft": draft, "language": language}
        message = EmailMultiAlternatives(
            subject=draft.subject,
            body=render_to_string("events/letter.txt", told),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address_to(own)],
        )
        message.attach_alternative(render_to_string("events/letter.html", told), "text/html")
    return message


def _facts_of(own: Registration, *, site: str) -> dict[str, str]:
    event, speech = own.event, current_speech()
    until = event.register_until
    return {
        "name": own.name,
        "event": event.title,
        "organisation": event.organisation.name,
        "place": event.place or speech.label("event.online"),
        "when": tell_days(event, language=speech.language),
        "deadline": tell_moment(until, zone=event.zone, language=speech.language) if until else "–",
        "contact": event.contact or "–",
        "link": f"{site.rstrip('/')}{address_of(own)}",
    }
