"""Rooms stay small: files, functions, and what must be given by position."""

import ast
import re

from tests.walls.code import ROOT, functions, parsed

FOLDERS = ("src", "tests", "benchmarks", "tools", "docs")
LINES_OF_A_FILE = 500
LINES_OF_A_FUNCTION = 60
GIVEN_BY_POSITION = 2
CALLED_BY_OTHERS = ("/cli/", "/kernels/compiled/", "/accounts/adapter.py")  # typer by name, numba and allauth by position
# The rooms above science load what a question needs when it is asked; `import citytandem` stays light
START_LIGHT = re.compile(r"src/citytandem/(?:briefing/.+|\w+)\.py")
LATE_REASONS = ("slow import", "optional dependency", "app ready")


def test_no_file_is_longer_than_500_lines():
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for folder in FOLDERS for path in parsed(folder)}

    assert {path: length for path, length in lengths.items() if length > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_60_lines():
    too_long = {
        f"{path}:{function.name}": length
        for folder in FOLDERS
        for path, tree in parsed(folder).items()
        for function in functions(tree)
        if (length := function.end_lineno - function.body[0].lineno + 1 - _docstring_lines(function)) > LINES_OF_A_FUNCTION
    }

    assert too_long == {}


def test_a_public_function_takes_at_most_two_arguments_by_position():
    too_many = [
        f"{path}:{function.name}"
        for path, tree in parsed("src").items()
        if not any(folder in path for folder in CALLED_BY_OTHERS)
        for function in functions(tree)
        if not function.name.startswith("_")
        and len([name for name in _positional(function) if name not in {"self", "cls"}]) > GIVEN_BY_POSITION
    ]

    assert too_many == []


def test_a_late_import_says_why_it_is_late():
    silent = [
        f"{path}:{node.lineno}"
        for path, tree in parsed("src").items()
        if "/cli/" not in path
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not (START_LIGHT.fullmatch(path) and _is_ours(node))
        and not _has_reason(path, node)
    ]

    assert silent == []


def test_every_module_says_what_it_answers():
    silent = [
        path for folder in ("src", "tests", "benchmarks") for path, tree in parsed(folder).items() if not ast.get_docstring(tree)
    ]

    assert silent == []


def test_every_public_function_of_science_says_what_it_takes_and_gives():
    silent = [
        f"{path}:{node.name}"
        for path, tree in parsed("src/citytandem/science").items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []


def _is_ours(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").startswith("citytandem")


def _docstring_lines(function: ast.FunctionDef) -> int:
    return len((ast.get_docstring(function, clean=False) or "").splitlines())


def _positional(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def _has_reason(path: str, node: ast.stmt) -> bool:
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return any(reason in line.partition("#")[2] for line in lines[node.lineno - 1 : node.end_lineno] for reason in LATE_REASONS)
