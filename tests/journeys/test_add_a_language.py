"""Somebody adds a language by the how-to page, on a copy of the house, and the site speaks it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-a-language.md").read_text(encoding="utf-8")
STEPS = re.findall(r"In `((?:src|tools)/[\w/.]+)`[^`]*?:\n\n```python\n(.+?)\n```", PAGE, re.DOTALL)
OPEN_A_PAGE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from django.test import Client
page = Client().get("/nb/")
print(page.status_code)
print(page.content.decode())
"""


@pytest.fixture
def house(tmp_path):
    """A copy of code and tools that can be changed."""
    left_out = shutil.ignore_patterns("__pycache__", "*.mo")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=left_out)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=left_out)
    return tmp_path


def test_every_step_of_the_page_works_and_the_site_speaks_the_language(house):
    assert len(STEPS) == 3
    for file, line in STEPS:
        _put_line(house / file, line)
    _run(house, "tools/words.py", may_be_incomplete=True)
    catalogue = house / "src/citytandem/locale/nb/LC_MESSAGES/citytandem.po"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(
        text.replace('msgid "Skip to the content"\nmsgstr ""', 'msgid "Skip to the content"\nmsgstr "Til innholdet"')
    )
    _run(house, "tools/words.py", may_be_incomplete=True)
    status, _, page = _run(house, "-c", OPEN_A_PAGE).partition("\n")

    assert status == "200"
    assert '<html lang="nb">' in page
    assert "Til innholdet" in page
    assert 'hreflang="nb"' in page
    assert "Norsk" in page


def _put_line(file: Path, line: str) -> None:
    """Put the line of the page in place of the one that names the same thing."""
    name = line.partition(" = ")[0]
    text, found = re.subn(rf"^{re.escape(name)} = .*$", lambda _: line, file.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert found == 1, f"{file} has {found} lines that name {name}"
    file.write_text(text, encoding="utf-8")


def _run(house: Path, *words: str, may_be_incomplete: bool = False) -> str:
    """Run Python in the copy; a catalogue that is not complete yet is no mistake here."""
    more = {
        "PYTHONPATH": str(house / "src"),
        "DJANGO_SETTINGS_MODULE": "citytandem.web.settings",
        "CITYTANDEM_HOME": str(house / "home"),
        "CITYTANDEM_HOSTS": "testserver",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CITYTANDEM_", "COV"))}
    done = subprocess.run([sys.executable, *words], cwd=house, env={**kept, **more}, capture_output=True, text=True, check=False)

    assert done.returncode == 0 or (may_be_incomplete and done.returncode == 1 and "Traceback" not in done.stderr), done.stderr[
        -2000:
    ]
    return done.stdout
