"""A person at a terminal: answers, refusals and exit codes, in their language."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from citytandem.atlas import REFERENCE


def citytandem(*words, language="en", **environment):
    """Run the command line as a person would; the answer has code, output and errors."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-c", "from citytandem.cli import main; main()", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**clean, "CITYTANDEM_LANG": language, "PYTHONUTF8": "1", "COLUMNS": "110", **environment},
        check=False,
    )


def answer_of(done):
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "true peers"), ("de", "Vergleichsstädte"), ("ja", "都市"), ("zh", "城市"), ("da", "byer")],
)
def test_help_is_in_the_language_of_the_person(language, words):
    done = citytandem("--help", language=language)

    assert done.returncode == 0
    assert words in done.stdout


def test_a_city_is_found_by_its_name_in_another_script():
    found = answer_of(citytandem("cities", "横浜", "--json"))["answer"]["cities"]

    assert "JP-14100" in [city["city"] for city in found]


def test_cities_are_listed_by_name_and_never_by_size():
    found = answer_of(citytandem("cities", "frankfurt", "--json"))["answer"]["cities"]

    assert [city["name"] for city in found] == sorted(city["name"] for city in found)


def test_an_unknown_city_is_refused_with_the_nearest_names():
    done = citytandem("benchmark", "Heidelbreg")

    assert done.returncode == 1
    assert "Heidelberg" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_refusal_in_json_carries_code_message_and_facts():
    done = citytandem("benchmark", "Xqzzw", "--json", language="de")

    answer = answer_of(done)
    assert done.returncode == 1
    assert answer["status"] == "refused"
    assert [sorted(finding) for finding in answer["findings"]] == [["code", "facts", "message", "row", "severity", "where"]]
    assert answer["findings"][0]["code"] == "city_unknown"


def test_bad_use_ends_with_two():
    assert citytandem("benchmark").returncode == 2
    assert citytandem("benchmark", "Bonn", "--peers", "3").returncode == 2
    assert citytandem("no-such-verb").returncode == 2


def test_a_folder_that_is_no_release_is_named(tmp_path):
    done = citytandem("balance", "Bonn", "--data", str(tmp_path))

    assert done.returncode == 1
    assert "datapackage.json" in done.stderr


def test_a_broken_file_of_a_release_is_named(tmp_path):
    broken = tmp_path / "release"
    shutil.copytree(REFERENCE, broken)
    (broken / "line.parquet").write_bytes(b"not a table")

    done = citytandem("balance", "Bonn", "--data", str(broken))

    assert done.returncode == 1
    assert "line.parquet" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_shipped_release_is_sound():
    done = citytandem("package", "check")

    assert done.returncode == 0, done.stdout


def test_help_needs_no_engine():
    code = (
        "import sys, contextlib\n"
        "from citytandem.cli.run import run\n"
        "with contextlib.suppress(SystemExit): run(['--help'])\n"
        "print([name for name in ('polars', 'numpy', 'dataframely', 'rich') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"
