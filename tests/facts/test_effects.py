"""Effects are built from evidence by the stated rule, whatever the rows and their order."""

import dataclasses

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citytandem.science.action.depth import EFFECT_PARTS, effects, gather_effects
from citytandem.sources.facts import load_facts
from citytandem.tables.action import EVIDENCE_KINDS
from citytandem.tables.catalogue import Effect

FACTS = load_facts()
MEASURE = "B01"
BASES = ("heat", "power", "trips", "cost")
CLOSE = 1e-12


@dataclasses.dataclass(frozen=True)
class Row:
    low: float | None
    central: float | None
    high: float | None
    base: str
    kind: str
    mark: str
    self_reported: bool = False
    part: str = "depth"


def evidence(rows: list[Row]) -> pl.DataFrame:
    columns = {field.name: [getattr(row, field.name) for row in rows] for field in dataclasses.fields(Row)}
    numbers = [f"{MEASURE}-{at:02d}" for at in range(1, len(rows) + 1)]
    types = dict.fromkeys(("low", "central", "high"), pl.Float64) | {"base": pl.String, "kind": pl.String, "mark": pl.String}
    return pl.DataFrame(columns | {"evidence": numbers, "measure": [MEASURE] * len(rows)}, schema_overrides=types)


BASE_TABLE = pl.DataFrame(
    {
        "base": BASES,
        "group": ["own-heat", "own-power", "trips", "cost"],
        "level": ["reached", "reached", "stock", "all_causes"],
        "territorial": ["yes", "yes", "yes", "unknown"],
    }
)


def depth(rows: list[Row]) -> dict[str, object]:
    answer = effects(evidence(rows), [MEASURE], base=BASE_TABLE, width=FACTS.width)
    return answer.filter(pl.col("part").cast(pl.String) == "depth").to_dicts()[0]


shares = st.floats(min_value=0, max_value=1, allow_nan=False)


@st.composite
def a_row(draw: st.DrawFn, marks: tuple[str, ...] = ("S", "K", "P")) -> Row:
    low, central, high = sorted((draw(shares), draw(shares), draw(shares)))
    shown = draw(st.sampled_from(["all", "range", "central", "upper"]))
    return Row(
        low=low if shown in ("all", "range") else None,
        central=central if shown in ("all", "central") else None,
        high=high if shown in ("all", "range", "upper") else None,
        base=draw(st.sampled_from(BASES)),
        kind=draw(st.sampled_from(EVIDENCE_KINDS)),
        mark=draw(st.sampled_from(marks)),
        self_reported=draw(st.booleans()),
    )


some_rows = st.lists(a_row(), min_size=1, max_size=6)


def span(answer: dict[str, object]) -> float:
    return float(answer["high"]) - float(answer["low"] or 0.0)


UPPER_END, BESIDE = Row(None, None, 1.0, "power", "measured", "K"), Row(1.0, 1.0, 1.0, "power", "measured", "K")


@settings(max_examples=40)
@given(rows=some_rows, weak=a_row(marks=("K", "P")))
@example(rows=[UPPER_END], weak=BESIDE)
def test_a_recalled_or_proposed_row_never_narrows_a_range(rows, weak):
    assert span(depth([*rows, weak])) >= span(depth(rows)) - CLOSE


@settings(max_examples=40)
@given(rows=some_rows, weak=a_row(marks=("K", "P")))
def test_a_recalled_row_changes_nothing_where_a_source_was_read(rows, weak):
    read = [*rows, Row(0.1, None, 0.2, "heat", "measured", "S")]

    assert depth([*read, weak]) == depth(read)


@settings(max_examples=40)
@given(rows=some_rows, data=st.data())
def test_the_order_of_rows_does_not_matter(rows, data):
    mixed = data.draw(st.permutations(evidence(rows).to_dicts()))
    shuffled = pl.DataFrame(mixed, schema=evidence(rows).schema)
    first = effects(evidence(rows), [MEASURE], base=BASE_TABLE, width=FACTS.width)
    second = effects(shuffled, [MEASURE], base=BASE_TABLE, width=FACTS.width)

    assert first.to_dicts() == second.to_dicts()


@settings(max_examples=40)
@given(rows=some_rows)
def test_bases_are_never_mixed(rows):
    chosen = depth(rows)["rows"]
    bases = {rows[int(row.split("-")[1]) - 1].base for row in chosen}

    assert len(bases) == 1


@settings(max_examples=40)
@given(rows=some_rows)
def test_evidence_rests_on_rows_read_in_their_source_alone(rows):
    answer = depth(rows)
    marks = {rows[int(row.split("-")[1]) - 1].mark for row in answer["rows"]}

    assert answer["is_evidence"] == (marks == {"S"})
    assert answer["is_evidence"] == any(row.mark == "S" for row in rows)


@settings(max_examples=40)
@given(rows=some_rows)
def test_no_middle_is_invented(rows):
    answer = depth(rows)
    given_by_a_row = {row.central for row in rows}

    assert answer["central"] is None or (answer["central"] in given_by_a_row and answer["n_rows"] == 1)


@settings(max_examples=40)
@given(rows=some_rows)
def test_a_range_is_never_narrower_than_what_its_rows_say(rows):
    answer = depth(rows)
    used = [rows[int(row.split("-")[1]) - 1] for row in answer["rows"]]
    highest = max(value for row in used for value in (row.high, row.central, row.low) if value is not None)

    assert answer["high"] >= min(highest, 1.0) - CLOSE
    assert 0 <= (answer["low"] or 0.0) <= answer["high"] <= 1


def test_weaker_kinds_and_marks_widen_more():
    read = span(depth([Row(None, 0.2, None, "heat", "measured", "S")]))
    judged = span(depth([Row(None, 0.2, None, "heat", "expert", "S")]))
    recalled = span(depth([Row(None, 0.2, None, "heat", "expert", "K")]))

    assert read < judged < recalled


def test_a_base_of_territorial_emissions_comes_first():
    answer = depth([Row(None, 0.5, None, "cost", "measured", "S"), Row(None, 0.2, None, "heat", "expert", "S")])

    assert answer["group"] == "own-heat"


def test_a_check_from_outside_comes_before_the_word_of_the_provider():
    provider = Row(None, 0.12, None, "heat", "evaluated", "S", self_reported=True)
    answer = depth([provider, Row(None, 0.007, None, "power", "evaluated", "S")])

    assert answer["group"] == "own-power"


def test_measured_comes_before_modelled():
    answer = depth([Row(None, 0.5, None, "heat", "modelled", "S"), Row(None, 0.2, None, "power", "measured", "S")])

    assert answer["group"] == "own-power"


def test_a_fall_that_holds_all_causes_gives_an_upper_end_only():
    answer = depth([Row(None, 0.4, None, "cost", "measured", "S")])

    assert (answer["low"], answer["central"]) == (None, None)
    assert answer["width_reason"] == "only_upper_end"


def test_a_part_without_any_row_stays_unknown():
    answer = effects(evidence([Row(0.1, None, 0.2, "heat", "measured", "S")]), [MEASURE], base=BASE_TABLE, width=FACTS.width)
    reach = answer.filter(pl.col("part").cast(pl.String) == "reach").to_dicts()[0]

    assert answer.height == len(EFFECT_PARTS)
    assert (reach["low"], reach["high"], reach["n_rows"], reach["width_reason"]) == (None, None, 0, "unknown")


def all_effects() -> pl.DataFrame:
    return effects(FACTS.evidence, FACTS.measure["measure"], base=FACTS.evidence_base, width=FACTS.width)


def test_effects_of_the_catalogue_keep_their_schema():
    assert Effect.validate(all_effects()).height == FACTS.measure.height * len(EFFECT_PARTS)


def test_no_recalled_value_of_the_catalogue_is_shown_as_evidence():
    recalled = set(FACTS.evidence.filter(pl.col("mark").cast(pl.String) != "S")["evidence"])
    shown = all_effects().filter(pl.col("is_evidence"))["rows"].explode().to_list()

    assert recalled & set(shown) == set()


def test_the_independent_evaluation_of_travel_marketing_is_preferred():
    chosen = all_effects().filter((pl.col("measure") == "T10") & (pl.col("part").cast(pl.String) == "depth"))

    assert chosen["rows"].to_list() == [["T10-03"]]


def test_one_range_per_measure_lies_between_nothing_and_all():
    folded = gather_effects(all_effects(), FACTS.measure)
    known = folded.filter(pl.col("depth_high").is_not_null())

    assert folded.height == FACTS.measure.height
    assert known.filter(~(pl.col("depth_low").is_between(0, pl.col("depth_high")) & (pl.col("depth_high") <= 1))).height == 0
    assert known.filter(pl.col("depth_high") > pl.col("unreached_depth_high") + CLOSE).height == 0


def test_an_unknown_reach_of_others_means_anything_from_nothing_to_all():
    folded = gather_effects(all_effects(), FACTS.measure).filter(~pl.col("reach_known") & pl.col("depth_high").is_not_null())

    assert folded["depth_low"].unique().to_list() == [0.0]
    assert (folded["depth_high"] == folded["unreached_depth_high"]).all()


@pytest.mark.parametrize("measure", ["S01", "E15", "W04"])
def test_a_measure_without_any_figure_has_no_range(measure):
    folded = gather_effects(all_effects(), FACTS.measure).filter(pl.col("measure") == measure)

    assert folded.select("depth_low", "depth_central", "depth_high").row(0) == (None, None, None)
    assert folded["evidence_rows"].to_list() == [[]]


def test_a_recalled_reach_makes_the_whole_range_a_planning_range():
    read = Row(0.1, None, 0.2, "heat", "measured", "S")
    reach = Row(0.5, None, 0.6, "heat", "expert", "K", part="reach")
    others_decide = FACTS.measure.filter(pl.col("measure") == MEASURE).with_columns(
        pl.lit("information").cast(FACTS.measure.schema["mode"]).alias("mode")
    )
    answer = effects(evidence([read, reach]), [MEASURE], base=BASE_TABLE, width=FACTS.width)
    folded = gather_effects(answer, others_decide).to_dicts()[0]

    assert (folded["is_evidence"], folded["evidence_mark"], folded["evidence_kind"]) == (False, "K", "expert")
    assert folded["evidence_rows"] == ["B01-01", "B01-02"]
