"""A person takes a balance along as a workbook: in their language, numbers as numbers, sources beside."""

import pytest

import citytandem as ct
from citytandem import verbs
from citytandem.sinks import workbook
from citytandem.sources.workbook import read_workbook
from citytandem.words import LANGUAGES, Speech


@pytest.fixture(scope="module")
def answer():
    return verbs.balance(ct.load(), city="Minneapolis")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_opens_in_every_language(answer, language):
    speech = Speech(language)
    sheets, findings = read_workbook(workbook.write(answer, speech, city="Minneapolis"), where="b.xlsx")

    assert findings == []
    assert list(sheets) == [speech.label(f"workbook.{name}") for name in ("balance", "lines", "outcomes", "sources")]


def test_the_lines_are_those_of_the_answer(answer):
    sheets, _ = read_workbook(workbook.write(answer, Speech("en"), city="Minneapolis"), where="b.xlsx")
    head, *rows = sheets["Lines"]
    at = head.index("Emissions, t CO2e")

    assert [row[at] for row in rows] == [value if value is not None else "" for value in answer.line["emissions_t"]]


def test_every_publication_behind_a_figure_is_named(answer):
    sheets, _ = read_workbook(workbook.write(answer, Speech("en"), city="Minneapolis"), where="b.xlsx")
    named = {row[0] for row in sheets["Sources"][1:]}

    assert set(answer.line["source"]) <= named


def test_text_that_begins_like_a_formula_stays_text(answer):
    import dataclasses

    import polars as pl

    told = answer.line.with_columns(pl.lit("=1+1").alias("item"))
    raw = workbook.write(dataclasses.replace(answer, line=told), Speech("en"), city="=cmd()")
    sheets, findings = read_workbook(raw, where="b.xlsx")

    assert findings == []
    assert {row[sheets["Lines"][0].index("Name as published")] for row in sheets["Lines"][1:]} == {"=1+1"}
