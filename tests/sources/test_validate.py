"""Good rows are kept; each bad one is named by row, column and rule."""

import polars as pl

from citytandem.findings import Code
from citytandem.sources.validate import cast_numbers, validate
from citytandem.tables import Source, Target

GOOD = {"city": "DE-08221000", "kind": "net_zero", "target_year": "2040", "source": "net-zero-tracker"}
NOTHING = {"baseline_year": None, "reduction": None, "status": None}


def _targets(*rows: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame([GOOD | NOTHING | row for row in rows], infer_schema_length=None)


def test_good_rows_come_through_in_the_types_of_the_table():
    good, findings = validate(_targets({}), Target, where="target.csv")

    assert findings == []
    assert good.schema["target_year"] == pl.Int16
    assert good.columns == Target.column_names()


def test_a_bad_row_is_named_and_the_rest_kept():
    table = _targets({}, {"city": "Heidelberg"}, {"target_year": "2050"}, {"target_year": "soon"})

    good, findings = validate(table, Target, where="target.csv")

    assert good["target_year"].to_list() == [2040, 2050]
    assert [(found.row, found.facts["column"]) for found in findings] == [(3, "city"), (5, "target_year")]
    assert {found.code for found in findings} == {Code.ROW_BREAKS_RULE}
    assert findings[0].facts["value"] == "Heidelberg"
    assert findings[0].where == "target.csv"


def test_rows_are_counted_from_where_the_caller_says():
    _, findings = validate(_targets({"city": "?"}), Target, where="target.parquet", first_row=1)

    assert findings[0].row == 1


def test_a_key_given_twice_is_found():
    good, findings = validate(_targets({}, {}), Target, where="target.csv")

    assert good.height == 0
    assert [found.facts["rule"] for found in findings] == ["primary_key", "primary_key"]


def test_missing_columns_are_all_named():
    good, findings = validate(pl.DataFrame({"source": ["a"]}), Source, where="source.csv")

    assert good.height == 0
    assert {found.facts["column"] for found in findings} >= {"title", "licence", "sha256"}
    assert {found.code for found in findings} == {Code.COLUMN_MISSING}


def test_text_that_is_no_number_becomes_unknown_and_is_named():
    table = pl.DataFrame({"t": ["1.5", "", "n/a", None, " 2 "]})

    numbers, findings = cast_numbers(table, ["t"], where="file.csv")

    assert numbers["t"].to_list() == [1.5, None, None, None, 2.0]
    assert [(found.row, found.facts["value"]) for found in findings] == [(4, "n/a")]
