"""Invented frameworks and answers for tests of the assessment engine."""

import polars as pl

from citytandem.science.assessment.framework import build_framework
from citytandem.tables.assessment import Answer, Category, Criterion, Level
from citytandem.tables.assessment import Framework as FrameworkTable

OURS = {"framework": "invented_1", "mark": "P", "source": "citytandem-2026"}


def invent_framework(*, knock_out_at=2, spread=(0.5, 2.0)):
    """Two categories: ``a`` with a knock-out and two others, ``b`` with two; levels above 1 ask for evidence."""
    categories = [OURS | {"category": key, "order": place, "title": key} for place, key in enumerate("ab", start=1)]
    plain = {"kind": "question", "role": "compensating", "threshold": None, "evidence": None, "applies_to": "city"}
    plain |= {"weight_low": spread[0], "weight_high": spread[1], "weighing_mark": "P"}
    criteria = [
        OURS | plain | {"criterion": key, "category": key[0], "order": place, "title": key.upper()}
        for place, key in enumerate(("a1", "a2", "a3", "b1", "b2"), start=1)
    ]
    criteria[0] |= {"role": "knock_out", "threshold": knock_out_at}
    levels = [
        OURS | {"criterion": "all", "level": level, "meaning": f"level {level}", "evidence": "a paper" if level > 1 else None}
        for level in range(5)
    ]
    head = OURS | {"version": "1", "title": "Invented", "kind": "objectives", "languages": "en", "complete": True}
    tables = {
        "framework": FrameworkTable.validate(pl.DataFrame([head]), cast=True),
        "category": Category.validate(pl.DataFrame(categories), cast=True),
        "criterion": Criterion.validate(pl.DataFrame(criteria, infer_schema_length=None), cast=True),
        "level": Level.validate(pl.DataFrame(levels, infer_schema_length=None), cast=True),
    }
    return build_framework(tables, key="invented_1")


def answers(given, *, subject="X", evidence="a paper"):
    """Answers by criterion: a level, None for unknown, "n/a", a pair for a range, or ``(level, evidence)`` as a dict."""
    rows = []
    for criterion, value in given.items():
        row = {"subject": subject, "criterion": criterion, "part": "all", "level": None, "level_low": None, "level_high": None}
        row |= {"applies": value != "n/a", "evidence": evidence, "note": None}
        if isinstance(value, tuple):
            row |= {"level_low": value[0], "level_high": value[1]}
        elif isinstance(value, dict):
            row |= value
        elif value != "n/a":
            row["level"] = value
        rows.append(row)
    schema = {name: column.dtype for name, column in Answer.columns().items()}
    return Answer.validate(pl.DataFrame(rows, schema=schema), cast=True)
