"""The repository speaks of the project: no place of one machine, no host of a registry, no data at run time from elsewhere."""

import re
import subprocess
import tomllib

import polars as pl
import pytest

from tests.walls.code import ROOT, SOURCE, functions, parsed
from tools.notice import write_notice

THIS_FILE = "tests/walls/test_repository.py"
A_PLACE_OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|Users|tmp)/[\w.-]+")
A_HOST_OF_A_REGISTRY = re.compile(
    r"py" r"pi\.org|python" r"hosted|npm" r"js\.(?:org|com)|deb\." r"debian|index-url", re.IGNORECASE
)
MAY_NAME_RAW_DATA = ("src/citytandem/release/", "src/citytandem/cli/")


@pytest.fixture(scope="module")
def texts():
    """Every committed text file by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout of the repository, so there is nothing committed to read")
    files = [path for path in listed.stdout.split("\0") if path and path != THIS_FILE and (ROOT / path).is_file()]
    return {path: content for path in files if (content := _read(path)) is not None}


def test_no_file_names_a_place_of_one_machine(texts):
    assert {path: found[0] for path, text in texts.items() if (found := A_PLACE_OF_ONE_MACHINE.findall(text))} == {}


def test_no_file_names_a_host_of_a_registry(texts):
    assert {path: found[0] for path, text in texts.items() if (found := A_HOST_OF_A_REGISTRY.findall(text))} == {}


def test_versions_are_pinned_with_hashes(texts):
    locks = {path: text for path, text in texts.items() if path.startswith("locks/")}
    loose = [
        f"{path}: {line}"
        for path, text in locks.items()
        for line in text.splitlines()
        if re.match(r"[a-z0-9]", line) and not line.endswith("\\")
    ]

    assert {"locks/run.txt", "locks/test.txt", "locks/setup.txt"} <= locks.keys()
    assert loose == []


def test_only_the_builder_of_a_release_knows_of_raw_data():
    knowing = [
        path
        for path in parsed("src")
        if not path.startswith(MAY_NAME_RAW_DATA) and "shared/" in (ROOT / path).read_text(encoding="utf-8")
    ]

    assert knowing == []


def test_every_picture_and_link_of_the_readme_exists(texts):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", texts["README.md"])

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_all_files_name_the_same_version(texts):
    version = tomllib.loads(texts["pyproject.toml"])["project"]["version"]

    assert f"\nversion: {version}\n" in texts["CITATION.cff"]
    assert f"\nsoftwareVersion: {version}\n" in texts["publiccode.yml"]
    assert f"\n## [{version}]" in texts["CHANGELOG.md"]


def test_the_notice_names_every_publisher_of_shipped_data(texts):
    assert texts["NOTICE"] == write_notice()


def test_every_rule_that_handled_data_is_told_among_the_surprises(texts):
    rules = pl.read_parquet(SOURCE / "data" / "reference" / "note.parquet")["rule"].unique().sort()

    assert [rule for rule in rules if rule not in texts["docs/surprises.md"]] == []


def test_every_test_the_documentation_names_exists(texts):
    named = {name for path, text in texts.items() if path.startswith("docs/") for name in re.findall(r"`(test_\w+)`", text)}
    written = {function.name for tree in parsed("tests").values() for function in functions(tree)}

    assert sorted(named - written) == []


def test_the_page_of_floors_names_every_room(texts):
    rooms = {child.removesuffix(".py") for path in parsed("src") if not (child := path.split("/")[2]).startswith("_")}

    assert sorted(room for room in rooms if room not in texts["docs/explanation/architecture.md"]) == []


def test_every_decision_has_the_same_parts(texts):
    parts = ["Context", "Choice", "Consequence", "Look again when"]
    decisions = {path: text for path, text in texts.items() if path.startswith("docs/decisions/")}

    assert decisions
    assert {path: re.findall(r"^## (.+)$", text, re.MULTILINE) for path, text in decisions.items()} == dict.fromkeys(
        decisions, parts
    )


def _read(path):
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
