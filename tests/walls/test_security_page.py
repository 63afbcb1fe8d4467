"""The page on security names tests; each of them exists."""

import ast
import re

import pytest

from tests.walls.code import ROOT

PAGE = (ROOT / "docs" / "explanation" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
CHAPTERS = {f"V{number}" for number in range(1, 18)}


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED}))
def test_every_test_the_page_names_exists(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

    assert [name for of, name in NAMED if of == file and name not in there] == []


def test_the_page_speaks_of_every_chapter_of_the_standard():
    assert CHAPTERS - set(re.findall(r"\bV\d+\b", PAGE)) == set()


def test_every_row_names_a_test_or_says_that_it_does_not_apply():
    rows = [line for line in PAGE.splitlines() if re.match(r"\| V\d", line)]

    assert len(rows) > 40
    assert [row for row in rows if "::" not in row and "Not used" not in row] == []
