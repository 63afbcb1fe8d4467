"""Brings the tables up to date and gathers the files browsers ask for; fills the demo if wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import translation

from citytandem.web.shell.language import current_speech
from citytandem.words import LANGUAGES

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """``python -m django prepare_site``: what ``citytandem serve`` does before it serves."""

    help = "Bring the site up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Fill the demo with invented people.")
        parser.add_argument("--lang", choices=LANGUAGES, default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        translation.activate(options["lang"].lower())
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if options["demo"]:
            call_command("load_demo")
        elif not get_user_model().objects.exists():
            self.stdout.write(current_speech().label("cli.serve.first"))
