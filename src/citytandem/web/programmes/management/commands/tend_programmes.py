"""Closes calls whose deadline is over, and forgets contacts whose day has come; to be run once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from citytandem.web.programmes.actions import close_overdue, forget_contacts
from citytandem.words import Speech


class Command(BaseCommand):
    """``python -m django tend_programmes``."""

    help = "Close calls whose deadline is over, and forget contacts whose day has come."

    def handle(self, *_: Any, **__: Any) -> None:
        self.stdout.write(Speech("en").sentence("programmes.tended", closed=close_overdue(), forgotten=forget_contacts()))
