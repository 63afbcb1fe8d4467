"""A newcomer follows the README and the tutorial, and every command does what the page says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / "docs" / "tutorials" / "first-city.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ citytandem (.+)$", TEXT, re.MULTILINE)
OF_THE_README = [line.strip() for line in re.findall(r"^\./dev ((?!test|serve)[^#\n]+)", README, re.MULTILINE)]
PYTHON = re.findall(r"```python\n(.+?)```", TEXT + README, re.DOTALL)
REFUSED = {"benchmark Essen --json"}


@pytest.mark.parametrize("command", dict.fromkeys([*COMMANDS, *OF_THE_README]))
def test_a_command_of_the_pages_works(command, tmp_path):
    program = [sys.executable, "-c", "from citytandem.cli import main; main()", *shlex.split(command)]
    shown = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)

    assert shown.returncode == (1 if command in REFUSED else 0), shown.stderr
    assert shown.stdout.strip()


@pytest.mark.parametrize("program", PYTHON)
def test_the_python_of_the_pages_works(program, tmp_path):
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )

    assert shown.returncode == 0, shown.stderr


def test_the_tutorial_shows_every_verb_of_a_climate_officer():
    verbs = {command.split()[0] for command in COMMANDS}

    assert verbs == {"cities", "balance", "benchmark", "advise", "partners", "briefing"}
