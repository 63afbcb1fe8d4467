"""Fills the demo with invented people and what they did; does nothing where they are there already."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from citytandem.web.demo.building import load_building
from citytandem.web.demo.life import load_life
from citytandem.web.demo.people import PEOPLE, load_people
from citytandem.web.demo.pilots import load_pilots
from citytandem.web.demo.work import load_demo
from citytandem.web.shell.language import current_speech


class Command(BaseCommand):
    """``python -m django load_demo``."""

    help = "Fill the demo with invented people."

    def handle(self, *args: Any, **options: Any) -> None:
        phrase = load_people()
        load_demo()
        load_life()
        load_building()
        load_pilots()
        if phrase is None:
            return
        speech = current_speech()
        self.stdout.write(speech.sentence("web.demo.people", phrase=phrase))
        for one in PEOPLE:
            self.stdout.write(f"  {one.email}  ({speech.label(f'role.{one.role}')})")
