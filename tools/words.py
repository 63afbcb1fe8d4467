"""Brings the catalogues up to date with the words in the code, and compiles them.

Run ``python tools/words.py``: messages are collected from the code, merged into each
``.po`` file (a changed English sentence loses its translation rather than keeping a wrong
one), and compiled. What is still untranslated is listed, and the exit code is 1 then.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CODE = ROOT / "src" / "citytandem"
LOCALE = CODE / "locale"
LANGUAGES = ("de", "ja", "zh_Hans", "da")
BEGAN = datetime(2026, 11, 22, tzinfo=UTC)
KEYWORDS = {"_": None, "translatable": None}


def collect() -> Catalog:
    """Every marked message of the code, in the order of files and lines."""
    catalogue = Catalog(domain="citytandem", project="CityTandem", copyright_holder="The CityTandem contributors")
    where = [("**/words/*.py", "python"), ("**/words/web/*.py", "python")]
    found = extract_from_dir(CODE, method_map=where, keywords=KEYWORDS, comment_tags=["Translators:"])
    for file, _line, message, comments, _context in sorted(found, key=lambda hit: (hit[0], hit[1])):
        flags = ["python-brace-format"] if "{" in str(message) else []
        catalogue.add(message, locations=[(file, 0)], auto_comments=comments, flags=flags)
    return catalogue


def update(language: str, template: Catalog) -> Catalog:
    """The catalogue of one language with today's messages."""
    file = LOCALE / language / "LC_MESSAGES" / "citytandem.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=language, domain="citytandem")
    else:
        catalogue = Catalog(locale=language, domain="citytandem", project="CityTandem", fuzzy=False)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    sign(catalogue, language)
    with file.open("wb") as stream:
        write_po(stream, catalogue, width=110, no_location=True, omit_header=False, sort_output=False)
    with file.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalogue)
    return catalogue


def sign(catalogue: Catalog, language: str) -> None:
    """Give the file a header that does not change from run to run."""
    catalogue.header_comment = f"# The words of CityTandem: {language}. Licence: Apache-2.0."
    catalogue.version = "1"
    catalogue.creation_date = catalogue.revision_date = BEGAN
    catalogue.last_translator = catalogue.language_team = "The CityTandem contributors"
    catalogue.msgid_bugs_address = "see CONTRIBUTING.md"


def main() -> int:
    """Update all languages; 1 if a message lacks its translation."""
    template = collect()
    missing = 0
    for language in LANGUAGES:
        catalogue = update(language, template)
        untold = [message.id for message in catalogue if message.id and not message.string]
        missing += len(untold)
        print(f"{language}: {len(catalogue)} messages, {len(untold)} untranslated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
