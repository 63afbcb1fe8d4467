"""Letters: a few plain lines in the reader's language, as text and as simple HTML, with at most one address to open."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from citytandem.web.shell.language import current_speech, to_django
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from citytandem.findings import Fact
    from citytandem.words import Language

log = logging.getLogger(__name__)


def send_letter(key: str, *, to: str, language: Language | str, address: str = "", **facts: Fact) -> bool:
    """Send the letter kept in the words under ``mail.<key>``: subject, text, after, and button where there is an address.

    Returns whether it could be handed over; a mail server that is away must not stop what the person does.
    """
    return _hand_over(_write(key, to=to, language=language, address=address, facts=facts))


def send_letter_beside(key: str, *, to: str, language: Language | str, address: str = "", **facts: Fact) -> None:
    """Send a letter without waiting for the mail server: the time an answer takes must not tell which addresses we know."""
    letter = _write(key, to=to, language=language, address=address, facts=facts)
    if settings.LETTERS_BESIDE:
        Thread(target=_hand_over, args=(letter,)).start()
    else:
        _hand_over(letter)


def _hand_over(letter: EmailMultiAlternatives) -> bool:
    try:
        letter.send()
    except OSError:
        log.exception("A letter could not be handed over.")
        return False
    return True


def _write(key: str, *, to: str, language: Language | str, address: str, facts: dict[str, Fact]) -> EmailMultiAlternatives:
    with translation.override(to_django(language)):  # type: ignore[arg-type]
        return _write_now(key, to=to, address=address, facts=facts)


def _write_now(key: str, *, to: str, address: str, facts: dict[str, Fact]) -> EmailMultiAlternatives:
    speech = current_speech()
    parts = {
        part: speech.fill(LABELS[f"mail.{key}.{part}"], facts)
        for part in ("subject", "text", "after", "button")
        if f"mail.{key}.{part}" in LABELS
    }
    told = {**parts, "address": address, "language": speech.language}
    letter = EmailMultiAlternatives(
        subject=" ".join(parts["subject"].split()),
        body=render_to_string("accounts/letter.txt", told),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
    )
    letter.attach_alternative(render_to_string("accounts/letter.html", told), "text/html")
    return letter
