"""What a person installs holds everything it needs, and starts without loading it all."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from itertools import chain

import pytest

from tests.walls.code import ROOT, parsed

HEAVY = ("polars", "numpy", "scipy", "numba", "pandas", "pint", "altair", "pyarrow", "dataframely")
LARGEST_BYTES = 24_000_000


def test_every_library_the_code_imports_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    listed = [project["project"]["dependencies"], *extras.values(), *groups.values()]
    declared = {canonical(re.match(r"[\w.-]+", line)[0]) for lines in listed for line in lines}
    distributions = packages_distributions()
    imported = {name for tree in parsed("src").values() for name in _libraries(tree)}
    undeclared = {name for name in imported if not {canonical(found) for found in distributions.get(name, [name])} & declared}

    assert sorted(undeclared) == []


def test_every_declared_library_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    everything = chain(project["project"]["dependencies"], *extras.values(), *groups.values())
    to_run = [*project["project"]["dependencies"], *extras["report"], *extras["web"]]

    assert _names(everything) <= _pinned("test")
    assert _names(to_run) <= _pinned("run") <= _pinned("test")
    assert _names(groups["setup"]) <= _pinned("setup")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names and sizes of the files of a wheel built now."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True, capture_output=True
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return {found.filename: found.compress_size for found in archive.infolist()}


@pytest.mark.parametrize("language", ["de", "ja", "zh_Hans", "da"])
def test_the_wheel_speaks_every_language(wheel, language):
    assert wheel[f"citytandem/locale/{language}/LC_MESSAGES/citytandem.mo"] > 0


@pytest.mark.parametrize("ending", ["py.typed", ".csv", ".toml", ".parquet", "datapackage.json", ".typ"])
def test_the_wheel_holds_every_kind_of_file_the_house_reads(wheel, ending):
    in_the_tree = {
        str(file.relative_to(ROOT / "src")) for file in (ROOT / "src" / "citytandem").rglob(f"*{ending}") if file.is_file()
    }

    assert in_the_tree
    assert in_the_tree <= wheel.keys()


def test_the_wheel_holds_no_compiled_python_and_is_not_too_large(wheel):
    assert [name for name in wheel if name.endswith((".pyc", ".so"))] == []
    assert sum(wheel.values()) < LARGEST_BYTES


def test_licence_and_notice_travel_with_the_wheel(wheel):
    assert {name.rsplit("/", 1)[-1] for name in wheel if "/licenses/" in name} == {"LICENSE", "NOTICE"}


@pytest.mark.parametrize("words", [["--help"], ["benchmark", "--help"]])
def test_help_loads_no_heavy_library(words):
    program = (
        "import sys\n"
        "from citytandem.cli.run import run\n"
        f"assert run({words!r}) == 0\n"
        f"print('loaded:', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.splitlines()[-1] == "loaded: []"


def _names(lines):
    return {canonical(re.match(r"[\w.-]+", line)[0]) for line in lines}


def _pinned(lock):
    text = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    return _names(re.findall(r"^[\w.-]+(?===)", text, re.MULTILINE))


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _libraries(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        else:
            continue
        yield from (top for name in names if (top := name.split(".")[0]) not in {*sys.stdlib_module_names, "citytandem"})


@pytest.mark.xdist_group("alone")
def test_a_group_of_tests_stays_on_one_worker(request):
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("one process alone runs all tests")

    assert request.node.nodeid.endswith("@alone")
