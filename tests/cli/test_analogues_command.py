"""Does the command answer with lags, fit and stability, or refuse honestly with the nearest named?"""

import json

import pytest

from citytandem import past_analogues
from citytandem.cli.run import run
from citytandem.findings import CannotCompute, Code


def test_a_region_with_analogues_is_answered_with_lag_fit_stability_and_cases(capsys):
    run(["analogues", "山西", "--window", "2000-2022", "--json", "--lang", "en"])
    told = json.loads(capsys.readouterr().out)
    rows = told["answer"]["analogues"]

    assert told["status"] == "partial"
    assert {"DEA5", "UKL"} <= {row["region"] for row in rows}
    assert all(row["low_lag"] <= row["lag"] <= row["high_lag"] and row["fit"] <= told["answer"]["limit"] for row in rows)
    assert all(0 <= row["stability"] <= 1 for row in rows)
    assert all(case["source"] and case["mark"] in "SKP" for case in told["answer"]["cases"])


def test_hebei_is_refused_with_the_nearest_named_and_the_plain_alternative(capsys):
    run(["analogues", "Hebei", "--window", "2000-2022", "--json", "--lang", "en"])
    told = json.loads(capsys.readouterr().out)

    assert told["status"] == "refused"
    assert told["answer"]["analogues"] == []
    assert told["answer"]["peaks"]
    assert told["findings"][0]["code"] == Code.ANALOGUE_NOTHING_FITS
    assert "Hebei" in told["findings"][0]["message"]


def test_the_terminal_shows_what_failed_and_the_marks(capsys):
    run(["analogues", "Shanxi", "--window", "2000-2022", "--lang", "en"])
    shown = capsys.readouterr().out

    assert "What failed" in shown
    assert "S read in its source" in shown


def test_the_back_test_asks_for_a_folder():
    with pytest.raises(CannotCompute) as refused:
        past_analogues.write_section(None)

    assert refused.value.finding.code == Code.REGION_FILES_MISSING
