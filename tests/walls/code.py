"""The code as the walls see it: parsed files, and functions with their names."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "citytandem"


@cache
def parsed(folder: str) -> dict[str, ast.Module]:
    """Each Python file below a folder of the repository, by its path from there; without the migrations Django writes."""
    files = sorted(file for file in (ROOT / folder).rglob("*.py") if file.parent.name != "migrations")
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Every function of a file, methods and inner functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node
