"""The page for those who run a site names every setting there is, and none that is not; its commands are there."""

import re

import pytest

from tests.walls.code import ROOT

PAGE = (ROOT / "docs" / "how-to" / "run-a-site.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\bCITYTANDEM_[A-Z_]+\b")
READ = re.compile(r"environ(?:\.get\(|\[)[\"'](CITYTANDEM_[A-Z_]+)")
OF_COMPOSE = {"CITYTANDEM_DOMAIN", "CITYTANDEM_DATABASE_PASSWORD"}
"""Asked for by compose.yaml, which makes the others of them."""


def _read_by_settings() -> set[str]:
    files = (ROOT / "src/citytandem/web/settings").glob("*.py")
    return {name for file in files for name in READ.findall(file.read_text(encoding="utf-8"))}


def test_every_setting_is_in_the_table_and_every_row_is_a_setting():
    rows = set(re.findall(r"^\| `(CITYTANDEM_[A-Z_]+)`", PAGE, re.MULTILINE))

    assert rows == _read_by_settings()


def test_the_page_names_no_variable_that_nobody_reads():
    assert set(VARIABLE.findall(PAGE)) - _read_by_settings() == set()


@pytest.mark.parametrize("file", ["compose.yaml", "env.example", "Containerfile"])
def test_what_containers_set_is_read_by_the_site(file):
    named = set(VARIABLE.findall((ROOT / file).read_text(encoding="utf-8")))

    assert named - _read_by_settings() - OF_COMPOSE == set()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python -m django (\w+)", PAGE))))
def test_every_command_of_the_page_exists(command):
    from django.core.management import get_commands

    assert command in get_commands()


def test_every_address_of_the_page_exists():
    from django.urls import resolve

    assert {resolve(address).url_name for address in re.findall(r"`(/health/[a-z/]*)`", PAGE)} == {
        "health",
        "readiness",
        "metrics",
    }
