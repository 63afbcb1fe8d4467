"""Wherever a finding is made, it carries the facts its sentence needs."""

import ast
import string
from pathlib import Path

from citytandem.findings import Code
from citytandem.words import SENTENCES

CODE = Path(__file__).parents[2] / "src" / "citytandem"
OF_EVERY_FINDING = {"row", "where"}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def made_findings():
    """Each call Finding(Code.X, {...}) in the code whose facts are written out, with the keys given."""
    for file in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                named = {keyword.arg: keyword.value for keyword in node.keywords}
                code = node.args[0] if node.args else named.get("code")
                facts = node.args[1] if len(node.args) > 1 else named.get("facts")
                if not isinstance(code, ast.Attribute):
                    continue
                if facts is None:
                    yield file, node.lineno, code.attr, set()
                elif isinstance(facts, ast.Dict) and all(isinstance(key, ast.Constant) for key in facts.keys):
                    yield file, node.lineno, code.attr, {key.value for key in facts.keys}


def test_findings_are_found_in_the_code():
    assert len(list(made_findings())) > 10


def test_every_finding_carries_the_facts_its_sentence_needs():
    lacking = [
        f"{file.relative_to(CODE)}:{line} {code} lacks {sorted(missing)}"
        for file, line, code, given in made_findings()
        if (missing := placeholders(SENTENCES[Code[code]]) - given - OF_EVERY_FINDING)
    ]

    assert lacking == []
