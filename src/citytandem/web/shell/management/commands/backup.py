"""Writes the whole site into one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from citytandem.web.shell.backup import write_backup
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """``python -m django backup FILE``."""

    help = "Write the whole site into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        held = write_backup(options["file"])
        self.stdout.write(current_speech().sentence("web.backup.written", file=str(options["file"]), **held))
