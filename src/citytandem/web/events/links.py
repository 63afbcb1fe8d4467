"""Personal links: how a guest without an account comes to their own registration, and to nothing else.

The link of a registration is made from the secret of the site, so that every letter can name it, while the database keeps
its hash alone. Raising ``link_number`` ends every link sent before.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac

from citytandem.web.events.models import Registration
from citytandem.web.shell.language import to_django
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

OPENED = "guest"
"""Key of the session under which the registrations are kept whose links were opened in this browser."""


def token_of(own: Registration) -> str:
    """The token of the link that holds now."""
    return salted_hmac("citytandem.events.link", f"{own.pk}:{own.link_number}", algorithm="sha256").hexdigest()


def hash_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(own: Registration) -> str:
    """The path of the link, in the language of the guest."""
    with translation.override(to_django(language_of(own.language) or "en")):
        return reverse("open_guest", kwargs={"token": token_of(own)})


def find_by_token(token: str) -> Registration | None:
    """The registration a link opens, as long as it is kept."""
    return _alive(Registration.objects.filter(token_sha256=hash_token(token)).first())


def remember(request: HttpRequest, own: Registration) -> None:
    """Keep in this browser that the link was opened."""
    request.session[OPENED] = {**request.session.get(OPENED, {}), str(own.pk): own.token_sha256}


def registration_of(request: HttpRequest, *, number: int) -> Registration | None:
    """A registration for the person it is about: signed in, or with its link opened in this browser; else None."""
    rows = Registration.objects.select_related("event", "event__organisation", "organisation")
    own = _alive(rows.filter(pk=number).first())
    if own is None:
        return None
    if request.user.is_authenticated and own.user_id == request.user.pk:
        return own
    opened = request.session.get(OPENED, {}).get(str(number), "")
    return own if own.token_sha256 and constant_time_compare(opened, own.token_sha256) else None


def _alive(own: Registration | None) -> Registration | None:
    if own is None or own.forgotten or (own.keep_until and own.keep_until < timezone.now().date()):
        return None
    return own
