"""Which rows of a table can be trusted, and what is wrong with the others, row by row?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import dataframely as dy
import polars as pl

from citytandem.findings import Code, Fact, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_AT_MOST = 200


def validate(
    frame: pl.DataFrame, schema: type[dy.Schema], *, where: str, first_row: int = 2
) -> tuple[pl.DataFrame, list[Finding]]:
    """Split a frame into the rows that keep the schema and findings about the rest.

    Parameters
    ----------
    frame
        The table as read; columns may still be text.
    schema
        The table class it should follow.
    where
        File or table the findings should name.
    first_row
        Row number of the first row as a person would count it; 2 below a header.

    Returns
    -------
    The good rows in the schema's columns and types, and findings with row, column and rule.
    """
    missing = [column for column in schema.column_names() if column not in frame.columns]
    if missing:
        return schema.create_empty(), [_column_missing(column, where) for column in missing]
    numbered = frame.with_row_index("row_of_file", offset=first_row)
    good, failure = _numbered(schema).filter(numbered, cast=True)
    kept = good.drop("row_of_file").select(schema.column_names())
    return kept, list(_findings(failure, where))


def cast_numbers(
    frame: pl.DataFrame, columns: Iterable[str], *, where: str, first_row: int = 2
) -> tuple[pl.DataFrame, list[Finding]]:
    """Turn text columns into numbers; what is no number becomes unknown and is reported.

    Returns
    -------
    The frame with float columns, and one finding per cell that is neither empty nor a number.
    """
    findings = []
    for column in columns:
        if column not in frame.columns:
            findings.append(_column_missing(column, where))
            frame = frame.with_columns(pl.lit(None, pl.Float64).alias(column))
            continue
        if frame.schema[column].is_numeric():
            continue
        text = frame[column].cast(pl.String).str.strip_chars()
        number = text.cast(pl.Float64, strict=False)
        wrong = (number.is_null() & text.is_not_null() & (text != "")).arg_true().to_list()
        findings += [
            row_breaks_rule(where, row=at + first_row, column=column, rule="is a number", value=text[at]) for at in wrong
        ]
        frame = frame.with_columns(number.alias(column))
    return frame, findings


def row_breaks_rule(where: str, *, row: int | None, column: str, rule: str, value: object) -> Finding:
    """One cell or row that breaks a rule of its table."""
    facts: dict[str, Fact] = {"column": column, "rule": rule, "value": None if value is None else str(value)[:80]}
    return Finding(Code.ROW_BREAKS_RULE, facts=facts, row=row, where=where)


def _column_missing(column: str, where: str) -> Finding:
    return Finding(Code.COLUMN_MISSING, facts={"column": column}, where=where, severity=Severity.ERROR)


@cache
def _numbered(schema: type[dy.Schema]) -> type[dy.Schema]:
    # a filter drops columns the schema does not know, so the row number has to be one of them
    space = {"row_of_file": dy.UInt32(nullable=True), "__module__": schema.__module__}
    return type(schema.__name__, (schema,), space)


def _findings(failure: Any, where: str) -> Iterable[Finding]:
    details = failure.details()
    rules = [column for column in details.columns if column in failure.counts()]
    for number, row in enumerate(details.iter_rows(named=True)):
        if number >= _AT_MOST:
            return
        for rule in rules:
            if row[rule] == "invalid":
                column, _, kind = rule.partition("|")
                named = column if kind else ", ".join(_key_columns(details, rule))
                value = row.get(column) if kind else None
                yield row_breaks_rule(where, row=row["row_of_file"], column=named, rule=kind or rule, value=value)


def _key_columns(details: pl.DataFrame, rule: str) -> list[str]:
    return ["all columns"] if rule not in details.columns else [rule.replace("_", " ")]
