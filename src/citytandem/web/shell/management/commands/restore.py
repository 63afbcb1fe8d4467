"""Makes this site the one in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from citytandem.web.shell.backup import restore_backup
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """``python -m django restore FILE``."""

    help = "Make this site the one in a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Take away what is here first.")

    def handle(self, *args: Any, **options: Any) -> None:
        held = restore_backup(options["file"], replace=options["replace"])
        self.stdout.write(current_speech().sentence("web.backup.restored", file=str(options["file"]), **held))
