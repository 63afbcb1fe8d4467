"""Compiles the catalogues of words while the package is built, so that an install speaks five languages."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileWords(BuildHookInterface):  # type: ignore[type-arg]
    """Writes a .mo beside each .po, for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002 the interface's names
        """Compile before files are collected."""
        for words in Path(self.root, "src/citytandem/locale").glob("*/LC_MESSAGES/*.po"):
            with words.open("rb") as text, words.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
