"""Are the files of regions read as published, with what is missing told and never made up?"""

import polars as pl
import pytest

from citytandem.findings import CannotCompute, Code
from citytandem.sources import regions_china, regions_europe
from citytandem.sources.facts import load_facts
from citytandem.sources.regional import join_tables, read_folder
from citytandem.tables.series import Region, RegionSeries

SHARES = (
    "year,province,gdp_100m_cny_current,share_primary_pct,share_secondary_pct,share_tertiary_pct\n"
    "1990,天津市,310.95,0.0,0.0,0.0\n1991,天津市,342.65,8.5,57.4,31.0\n1992,月球,1,1,1,98\n1993,中国,35673.2,19.3,46.2,34.5\n"
)
YEARLY = (
    "\ufeff数据库：分省年度数据 \r\n时间：2022年 \r\n"
    "地区\t,地区生产总值 (亿元) \t,工业增加值 (亿元) \t,人均地区生产总值 (元/人) \t,\r\n"
    "河北省\t,43198.3\t,14123.7\t,58109\t,\r\n注：1. 修订。\r\n数据来源：国家统计局\r\n"
)


@pytest.fixture(scope="module")
def folder(raw_data):
    return read_folder(raw_data)


def value(frame, region, indicator, year):
    found = frame.filter(
        (pl.col("region") == region) & (pl.col("indicator").cast(pl.String) == indicator) & (pl.col("year") == year)
    )
    return found["value"].to_list()


def test_shares_that_are_all_zero_are_missing_and_sums_that_are_off_are_told():
    frame, findings = regions_china.read_shares(SHARES.encode(), where="shares.csv")

    assert value(frame, "CN-120000", "gdp_share_secondary", 1990) == []
    assert value(frame, "CN-120000", "gdp", 1990) == [310.95]
    assert value(frame, "CN-120000", "gdp_share_secondary", 1991) == [57.4]
    assert value(frame, "nation-CN", "gdp_share_tertiary", 1993) == [34.5]
    assert [finding.code for finding in findings] == [Code.REGION_SHARES_MISSING, Code.REGION_SHARES_OFF, Code.CATEGORY_UNKNOWN]
    assert (findings[0].row, findings[1].facts["total"]) == (2, 96.9)


def test_an_export_of_the_bureau_is_read_past_its_mark_tabs_preamble_and_notes():
    frame, findings = regions_china.read_yearly(YEARLY.encode(), where="2022.csv")

    assert frame.select("region", "year", "value").rows() == [
        ("CN-130000", 2022, 43198.3),
        ("CN-130000", 2022, 14123.7),
        ("CN-130000", 2022, 58109.0),
    ]
    assert findings == []


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", "地区,x\n".encode()])
@pytest.mark.parametrize("name", ["read_shares", "read_yearly", "read_employment", "read_steel", "read_air"])
def test_a_file_that_is_none_of_these_gives_no_row(raw, name):
    frame, _ = getattr(regions_china, name)(raw, where="odd.csv")

    assert frame.is_empty()


def test_a_workbook_that_is_another_gives_a_finding():
    tables, findings = regions_europe.read(b"no workbook", where="odd.xlsx")

    assert tables["region_series"].is_empty()
    assert findings


def test_a_folder_without_files_of_regions_is_refused(tmp_path):
    with pytest.raises(CannotCompute) as refused:
        read_folder(tmp_path)

    assert refused.value.finding.code == Code.REGION_FILES_MISSING


def test_the_files_meet_their_schemas(folder):
    tables, _ = folder

    assert Region.validate(tables["region"]).height > 180
    assert RegionSeries.validate(tables["region_series"]).height > 20_000


def test_figures_are_those_of_the_publishers(folder):
    series = folder[0]["region_series"]

    assert value(series, "DEA5", "employment_share_industry", 1900) == pytest.approx([63], abs=0.5)
    assert value(series, "DEA5", "employment_share_industry", 2015) == pytest.approx([28], abs=0.5)
    assert value(series, "CN-130000", "gdp_share_secondary", 1952) == pytest.approx([18.8], abs=0.05)
    assert value(series, "CN-130000", "gdp_share_secondary", 2022) == pytest.approx([40.2], abs=0.05)
    assert value(series, "CN-130000", "steel_co2", 2019) == pytest.approx([413.5], abs=0.1)
    assert value(series, "CN-110000", "steel_co2", 2015)[0] < 0.1
    assert value(series, "CN-110000", "so2", 2017) == [8.0]


def test_shares_of_tianjin_in_1990_are_missing_with_a_finding(folder):
    tables, findings = folder
    told = [finding.facts["region"] for finding in findings if finding.code == Code.REGION_SHARES_MISSING]

    assert "CN-120000" in told
    assert value(tables["region_series"], "CN-120000", "gdp_share_secondary", 1990) == []


def test_what_ships_is_what_the_files_say(folder):
    facts = load_facts()
    keys = ["region", "indicator", "definition", "source", "year"]
    both = facts.region_series.join(folder[0]["region_series"], on=keys, suffix="_read")
    joined = join_tables({"region": facts.region, "region_series": facts.region_series}, folder[0])

    assert both.height > 1900
    assert (both["value"] - both["value_read"]).abs().max() < 0.0051
    assert joined["region_series"].select(keys).is_duplicated().sum() == 0
    assert joined["region"].filter(pl.col("region") == "DEA5")["name_de"].to_list() == ["Regierungsbezirk Arnsberg"]
