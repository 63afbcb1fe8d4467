"""Every code has its sentence, and every sentence is complete in every language."""

import ast
import string
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from citytandem.findings import Code
from citytandem.words import LANGUAGES, SENTENCES
from citytandem.words.catalogue import LOCALE
from citytandem.words.labels import LABELS
from tests.walls.code import parsed

OTHERS = [language for language in LANGUAGES if language != "en"]


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    assert SENTENCES.keys() == set(Code)


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_lacks_its_translation(language):
    translated = _catalogue(language)

    assert [message for message in _messages() if not translated.get(message)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_fuzzy(language):
    with _file(language).open("rb") as text:
        fuzzy = [message.id for message in read_po(text) if message.id and message.fuzzy]

    assert fuzzy == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_placeholders_of_the_english(language):
    translated = _catalogue(language)
    differing = [
        message for message in _messages() if _placeholders(translated.get(message) or message) != _placeholders(message)
    ]

    assert differing == []


def test_no_key_has_two_texts():
    said = Counter(
        key.value
        for path, tree in parsed("src").items()
        if path.startswith("src/citytandem/words/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    )

    assert [key for key, times in said.items() if times > 1] == []


def test_every_code_is_used():
    at_work = {
        node.attr
        for path, tree in parsed("src").items()
        if not path.endswith("words/sentences.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code"
    }

    assert [code.name for code in Code if code.name not in at_work] == []


def _messages() -> list[str]:
    return sorted({*SENTENCES.values(), *LABELS.values()})


def _placeholders(message: str) -> set[str]:
    return {name.split("[")[0].split(".")[0] for _, name, _, _ in string.Formatter().parse(message) if name}


def _catalogue(language: str) -> dict[str, str]:
    with _file(language).open("rb") as text:
        return {str(message.id): str(message.string) for message in read_po(text) if message.id}


def _file(language: str) -> Path:
    return LOCALE / language.replace("-", "_") / "LC_MESSAGES" / "citytandem.po"
