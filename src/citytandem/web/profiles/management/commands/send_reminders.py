"""Writes to people for whom something is due; run once a day, at most one letter a week goes to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from citytandem.web.profiles.reminders import send_reminders

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``python -m django send_reminders --address https://citytandem.example.org``."""

    help = "Write to people for whom something is due: one letter a week at most."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_reminders(address=options["address"])
        self.stdout.write(str(sent))
