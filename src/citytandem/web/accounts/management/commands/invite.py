"""Invites somebody from the terminal and prints the address: the way in for the very first person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from citytandem.atlas import load
from citytandem.web.accounts.actions import create_organisation
from citytandem.web.accounts.invitations import OPEN_DAYS, address_of, invite
from citytandem.web.accounts.models import Kind, Organisation, Role
from citytandem.web.accounts.queries import organisation_of_city, roles_in
from citytandem.web.shell.names import call_city
from citytandem.words import LANGUAGES, Speech, language_of

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from citytandem.words import Language

SPEECH = Speech("en")


class Command(BaseCommand):
    """``python -m django invite EMAIL --operator`` or ``--organisation DE-08221000 --role admin``."""

    help = "Invite somebody and print the address that lets them in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--operator", action="store_true")
        place.add_argument("--organisation")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMIN)
        parser.add_argument("--language", default="en")
        parser.add_argument("--address", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as problem:
            raise CommandError(SPEECH.sentence("invite.bad_email", email=options["email"])) from problem
        language = language_of(options["language"])
        if language is None:
            raise CommandError(SPEECH.sentence("invite.bad_language", languages=", ".join(LANGUAGES)))
        organisation = None if options["operator"] else _find_or_open(options["organisation"], language=language)
        role = "" if organisation is None else options["role"]
        if organisation is not None and role not in roles_in(organisation):
            raise CommandError(SPEECH.sentence("invite.bad_role", roles=", ".join(roles_in(organisation))))
        invited = invite(by=None, email=options["email"], organisation=organisation, role=role, language=language)
        self.stdout.write(SPEECH.sentence("invite.open_this", days=OPEN_DAYS))
        self.stdout.write(options["address"].rstrip("/") + address_of(invited.token, language=language))


def _find_or_open(asked: str, *, language: Language) -> Organisation:
    """The organisation with this number, or of this city of the atlas; a city's is opened if it has none yet."""
    found = Organisation.objects.filter(pk=asked).first() if asked.isdecimal() else organisation_of_city(asked)
    if found is not None:
        return found
    atlas = load()
    if atlas.city.filter(city=asked).is_empty():
        raise CommandError(SPEECH.sentence("invite.no_organisation", asked=asked))
    return create_organisation(by=None, kind=Kind.CITY, name=call_city(atlas, asked, language=language), city=asked)
