"""Six years of CDP data and the targets are read through one mapping file."""

import polars as pl
import pytest

from citytandem.sources import cdp, cdp_targets
from citytandem.sources.crosswalks import read_toml
from citytandem.sources.delimited import read_header
from tests.sources import forms

FILES = {
    "2016": "2016_Citywide_GHG_Emissions.csv",
    "2017": "2017_Cities_Community_Wide_Emissions.csv",
    "2018": "2018_City-wide_Emissions.csv",
    "2019": "2019_City-wide_Emissions.csv",
    "2020": "2020_City-Wide_Emissions.csv",
    "2021": "2021_City-wide_Emissions.csv",
}


@pytest.fixture(scope="module")
def early():
    return cdp.read(forms.CDP_2016.encode())


@pytest.fixture(scope="module")
def late():
    return cdp.read(forms.CDP_2020.encode())


def test_scopes_are_lines_that_add_up_to_the_published_total(early):
    first = early.tables["balance"].row(0, named=True)
    rows = early.tables["line"].filter(pl.col("balance") == first["balance"])

    assert rows["emissions_t"].sum() == first["reported_t"] == 600_000
    assert (first["method"], first["year"], first["source"]) == ("gpc_basic", 2014, "cdp-2016")


def test_scopes_that_miss_the_total_are_remarked(early):
    assert [remark.row for remark in early.remarks if remark.code == "scopes_miss_total"] == [3]


def test_a_year_that_ends_in_march_is_a_fiscal_year(early):
    row = early.tables["balance"].row(1, named=True)

    assert (row["year"], str(row["period_start"]), str(row["period_end"])) == (2013, "2013-04-01", "2014-03-31")
    assert (row["method"], row["gwp"], row["boundary"]) == ("bisko", "co2_only", "urban_area")


def test_a_total_a_thousand_times_too_small_is_named_and_kept(early):
    (finding,) = [finding for finding in early.findings if finding.code == "value_implausible"]

    assert (finding.row, finding.facts["value"]) == (3, 17755)
    assert early.tables["balance"]["reported_t"].to_list()[1] == 17755


def test_generation_and_scope_three_stand_beside_the_total(late):
    memo = dict(late.tables["memo"].select("item", "emissions_t").iter_rows())
    line = dict(late.tables["line"].select("item", "emissions_t").iter_rows())

    assert memo == {"Outside the boundary": 30_000, "Generation for the grid": 50_000}
    assert sorted(line.values()) == [200_000, 400_000]


def test_a_city_without_figures_is_counted_not_invented(late):
    assert late.tables["balance"].height == 1
    assert [remark.before for remark in late.remarks if remark.code == "no_figure_reported"] == ["1 of 2 rows"]


def test_targets_of_one_kind_and_year_stay_apart():
    reading = cdp_targets.read(forms.CDP_TARGETS.encode())
    rows = reading.tables["target"].select("kind", "target_year", "reduction").rows()
    kind = "base_year_emissions_absolute_target"

    assert rows == [(kind, 2030, 0.4), (f"{kind}.transport", 2030, 0.2), (f"{kind}.transport.2", 2030, 0.25)]
    assert [finding.row for finding in reading.findings if finding.code == "year_not_stated"] == [6]


@pytest.mark.parametrize(("year", "name"), FILES.items())
def test_the_mapping_names_columns_that_each_real_year_has(raw_data, year, name):
    header = set(read_header(forms.read_real(raw_data, f"cdp-citywide-emissions/{name}")))
    part = read_toml("cdp_columns")[year]
    part = read_toml("cdp_columns")[str(part["like"])] if "like" in part else part
    missing = [column for names in part.values() for column in names if cdp.heading(column) not in header]

    assert missing == []


@pytest.mark.parametrize(
    ("year", "city", "value"),
    [
        ("2016", "Yokohama", 21_950_000),
        ("2016", "Hamburg", 17_755),
        ("2017", "Copenhagen", 1_449_000),
        ("2018", "Heidelberg", 967_417),
    ],
)
def test_known_figures_are_read_from_the_real_years(raw_data, year, city, value):
    reading = cdp.read(forms.read_real(raw_data, f"cdp-citywide-emissions/{FILES[year]}"))
    ids = reading.tables["name"].filter(pl.col("name").str.contains(city))["city"]
    rows = reading.tables["balance"].filter(pl.col("city").is_in(ids.implode()))

    assert rows["source"].unique().to_list() == [f"cdp-{year}"]
    assert rows["reported_t"].drop_nulls().to_list() == [pytest.approx(value, rel=0.02)]


def test_every_row_of_the_real_years_is_a_balance_or_counted(raw_data):
    lost = {}
    for year, name in FILES.items():
        raw = forms.read_real(raw_data, f"cdp-citywide-emissions/{name}")
        reading = cdp.read(raw, where=name)
        silent = sum(int(remark.before.split()[0]) for remark in reading.remarks if remark.code == "no_figure_reported")
        rows = [int(remark.before.split()[-2]) for remark in reading.remarks if remark.code == "no_figure_reported"]
        undated = sum(finding.code == "year_not_stated" for finding in reading.findings)
        lost[year] = (rows[0] if rows else reading.tables["balance"].height) - reading.tables["balance"].height - silent - undated

    assert lost == dict.fromkeys(FILES, 0)
