"""The page of recounted totals says what the published figures say."""

import pytest

from citytandem.findings import CannotCompute, Code
from citytandem.recounts import PUBLICATIONS, recount_all, report


@pytest.fixture(scope="module")
def counted(raw_data):
    missing = [one.file for one in PUBLICATIONS if not (raw_data / one.file).is_file()]
    if missing:
        pytest.skip(f"the raw data set {missing[0]} is not on this machine")
    return recount_all(raw_data)


def test_only_the_dashboard_of_c40_has_totals_its_lines_do_not_give(counted):
    wrong = counted.filter(counted["verdict"] == "differs")

    assert wrong["publication"].unique().to_list() == ["C40 dashboard"]
    assert wrong.group_by("figure").len().sort("figure").rows() == [("BASIC", 1), ("BASIC+", 1), ("BASIC+S3", 13)]


def test_every_difference_is_listed_with_its_size(counted):
    page = report(counted)
    wrong = counted.filter(counted["verdict"] == "differs")

    assert wrong.height <= 30
    assert all(f"{abs(size):,.0f} | " in page for size in wrong["difference_t"])


def test_the_page_of_totals_says_what_the_command_would_write(counted, repository):
    assert report(counted) == (repository / "docs" / "explanation" / "totals.md").read_text(encoding="utf-8")


def test_without_the_files_the_recount_is_refused(tmp_path):
    with pytest.raises(CannotCompute) as refused:
        recount_all(tmp_path)

    assert refused.value.finding.code is Code.RAW_DATA_MISSING
