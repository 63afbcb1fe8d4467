"""How far a city has come, with unknown left unknown."""

import polars as pl
import pytest

from citytandem.science.action.profile import bound_done, draw_profile, fold_stages
from citytandem.science.assessment.framework import ACTIVITY, pick_framework
from citytandem.sources.facts import load_facts
from citytandem.tables import Stage
from citytandem.tables.results_action import MeasureStage, Profile

FACTS = load_facts()


def items(*rows, city="DE-00000001"):
    """Rows of measure, stage, and whatever differs from the usual."""
    told = {
        "city": city,
        "title": "Titel",
        "year": 2020,
        "evidence": "status report",
        "mapping": "invented",
        "mark": "P",
        "source": "s",
    }
    return Stage.validate(
        pl.DataFrame([{**told, "item": str(n), "measure": m, "stage": s, **more} for n, (m, s, more) in enumerate(rows)]),
        cast=True,
    )


def test_several_items_keep_their_range_and_their_lower_median():
    row = fold_stages(items(("B02", 1, {}), ("B02", 2, {}), ("B02", 3, {}), ("B02", 4, {}))).row(0, named=True)

    assert (row["stage_low"], row["stage"], row["stage_high"]) == (1, 2, 4)
    assert (row["items"], row["rated"]) == (4, 4)


def test_only_the_newest_assessment_counts():
    row = fold_stages(items(("B02", 4, {"year": 2013}), ("B02", 1, {"year": 2018}))).row(0, named=True)

    assert (row["stage"], row["items"]) == (1, 1)


def test_a_recalled_item_is_never_the_one_to_ask_about():
    row = fold_stages(items(("B02", 4, {"mark": "K"}), ("B02", 3, {"title": "Sanierung"}))).row(0, named=True)

    assert (row["lead_stage"], row["lead_item"]) == (3, "Sanierung")


def test_unrated_items_move_nothing():
    alone = fold_stages(items(("B02", 2, {}))).row(0, named=True)
    beside = fold_stages(items(("B02", 2, {}), ("B02", None, {}))).row(0, named=True)

    assert [alone[name] for name in ("stage", "stage_low", "stage_high")] == [
        beside[name] for name in ("stage", "stage_low", "stage_high")
    ]
    assert (beside["items"], beside["rated"]) == (2, 1)


def profile_of(stages):
    weights = [1.0, 3.0]
    criteria = pl.DataFrame({"criterion": ["a", "b"], "category": ["energy"] * 2, "weight_low": weights, "weight_high": weights})
    under = pl.DataFrame({"criterion": ["a", "a", "b"], "measure": ["B01", "B02", "B03"]})
    return draw_profile(fold_stages(stages), criteria=criteria, criterion_measures=under)


def value_of(profile, row):
    return profile.filter(pl.col("row") == row).row(0, named=True)


def test_unknown_is_left_out_above_and_below_the_line():
    row = value_of(profile_of(items(("B01", 4, {}))), "a")

    assert (row["stage"], row["known"], row["measures"], row["coverage"]) == (4.0, 1, 2, 0.5)


def test_a_row_of_unknowns_has_no_stage():
    profile = profile_of(items(("B01", 4, {}), ("B03", None, {})))

    assert value_of(profile, "b")["stage"] is None
    assert value_of(profile, "all")["stage"] == 4.0


def test_a_field_weighs_its_known_rows():
    profile = profile_of(items(("B01", 4, {}), ("B03", 0, {})))

    assert value_of(profile, "all")["stage"] == pytest.approx(1.0)


def test_zero_is_not_unknown():
    known, unknown = (value_of(profile_of(items(("B01", 4, {}), ("B02", stage, {}))), "a")["stage"] for stage in (0, None))

    assert (known, unknown) == (2.0, 4.0)


def test_the_real_framework_gives_every_measure_one_row():
    every = fold_stages(items(*((measure, 2, {}) for measure in FACTS.measure["measure"])))
    activity = pick_framework(FACTS, ACTIVITY)
    profile = draw_profile(every, criteria=activity.criterion, criterion_measures=activity.criterion_measure)

    assert MeasureStage.is_valid(every)
    assert Profile.is_valid(profile)
    assert profile.filter(pl.col("row") == "all")["known"].sum() == FACTS.measure.height
    assert profile.filter(pl.col("measures") > 0)["stage"].unique().to_list() == [2.0]


def done(stages, measure):
    frame = bound_done(fold_stages(stages), measures=FACTS.measure, implemented=FACTS.implemented_share)
    return frame.filter(pl.col("measure") == measure).select("implemented_low", "implemented_high").row(0)


def test_an_unknown_stage_acts_neither_as_zero_nor_as_a_half():
    assert done(items(("B02", None, {})), "B02") == (0.0, 0.95)
    assert done(items(("T15", 1, {})), "B02") == (0.0, 0.95)


def test_items_bound_what_is_done():
    assert done(items(("B02", 1, {}), ("B02", 3, {})), "B02") == (0.05, 0.6)


def test_mostly_unrated_items_leave_the_widest_range():
    assert done(items(("B02", 4, {}), ("B02", None, {}), ("B02", None, {})), "B02") == (0.0, 0.95)
