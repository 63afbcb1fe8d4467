"""Do all contests run, with equal answers, at a tiny size? Nothing here depends on how fast they are."""

from __future__ import annotations

import importlib

import pytest

from benchmarks.race import OURS, Contest, run
from benchmarks.report import write

pytest.importorskip("sklearn", reason="the group `bench` is not installed")
pytest.importorskip("numba", reason="the extra `bulk` is not installed")


@pytest.mark.parametrize(
    "job",
    [
        "lmdi",
        "neighbours",
        "frontier",
        "draws",
        "compile",
        "growth",
        "workbook",
        "city",
        "start",
        "matching",
        "agenda",
        "analogues",
    ],
)
def test_every_contest_ends_with_equal_answers(job):
    if job == "workbook":
        pytest.importorskip("openpyxl", reason="the group `bench` is not installed")
    if job == "agenda":
        pytest.importorskip("conference_scheduler", reason="the group `bench` is not installed")
    contests = importlib.import_module(f"benchmarks.{job}").contests(0.01 if job != "growth" else 0.001)
    if not contests:
        pytest.skip("the raw data sets or the peer are not there; see CITYTANDEM_RAW and CITYTANDEM_AEON")
    results = [result for contest in contests for result in run(contest, rounds=1)]

    assert len(results) >= 2
    assert all(result.ratio > 0.0 for result in results)


def test_different_answers_stop_the_contest():
    def agree(ours, theirs, name):
        assert ours == theirs, name

    contest = Contest("adding", "two numbers", {OURS: lambda: 4, "a peer": lambda: 5}, agree, "equal")

    with pytest.raises(AssertionError, match="a peer"):
        run(contest, rounds=1)


def test_the_report_states_every_entrant_and_promise(tmp_path):
    contest = Contest("adding", "two numbers", {OURS: lambda: 4, "a peer": lambda: 4}, lambda *_: None, "equal", {"a peer": 1e9})
    write(run(contest, rounds=3), tmp_path / "results.md", rounds=3)
    text = (tmp_path / "results.md").read_text(encoding="utf-8")

    assert "## adding: two numbers" in text
    assert "| a peer |" in text
    assert "| 1e+09 | no |" in text
