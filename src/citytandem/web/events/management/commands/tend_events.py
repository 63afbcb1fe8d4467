"""What a day brings to events: reminders, questions after them, letters that still wait, and forgetting; run once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from citytandem.web.events.follow import tend_events

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``python -m django tend_events --address https://citytandem.example.org``."""

    help = "Send due letters of events, and forget guests whose time is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        done = tend_events(on=timezone.now().date(), site=options["address"])
        self.stdout.write(f"{done['letters']} {done['forgotten']}")
