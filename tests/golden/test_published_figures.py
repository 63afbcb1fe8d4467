"""Totals as their publishers print them, reproduced from the release to the digit."""

import polars as pl
import pytest

from citytandem import atlas

COPENHAGEN = {2018: 1701882.1, 2019: 1496319.7, 2020: 1167241.1, 2021: 1007543.5, 2022: 1009857.5, 2023: 867436.9}
"""Energi- og CO2-regnskabet, t CO2e."""


@pytest.fixture(scope="module")
def reference() -> atlas.Atlas:
    return atlas.load()


def _sum(reference: atlas.Atlas, *, balance: str, view: str = "sector") -> float:
    lines = reference.line.filter((pl.col("balance") == balance) & (pl.col("view").cast(pl.String) == view))

    assert lines.height > 0, balance

    return float(lines["emissions_t"].sum())


def _reported(reference: atlas.Atlas, *, balance: str) -> float:
    return float(reference.balance.filter(pl.col("balance") == balance)["reported_t"].item())


@pytest.mark.parametrize(("year", "published"), COPENHAGEN.items())
def test_copenhagen_adds_up_to_the_danish_account(reference, year, published):
    balance = f"DK-0101.{year}.energistyrelsen"

    assert _reported(reference, balance=balance) == published
    assert _sum(reference, balance=balance) == pytest.approx(published, abs=0.15)  # parts are rounded to 0.1 t


def test_heidelberg_2019_is_918279_tonnes(reference):
    balance = "DE-08221000.2019.climate-city-contract"

    assert _reported(reference, balance=balance) == 918_279
    assert _sum(reference, balance=balance, view="application") == 918_278  # the document's parts, one tonne short


def test_mannheim_2020_is_2602242_tonnes(reference):
    balance = "DE-08222000.2020.climate-city-contract"

    assert _reported(reference, balance=balance) == 2_602_242
    assert _sum(reference, balance=balance) == 2_602_242


def test_muenster_2021_by_sector_is_1816224_tonnes(reference):
    balance = "DE-05515000.2021.muenster-klima"

    assert _reported(reference, balance=balance) == 1_816_224.03
    assert _sum(reference, balance=balance) == pytest.approx(1_816_224.03, abs=0.03)
    assert _sum(reference, balance=balance, view="application") == pytest.approx(1_816_220, abs=11)  # published in 10 t


def test_muenster_2021_by_sector_and_carrier_is_1816201_tonnes(reference):
    balance = "DE-05515000.2021.muenster-klima-cross"

    assert _reported(reference, balance=balance) == 1_816_201.01
    assert _sum(reference, balance=balance) == pytest.approx(1_816_201.01, abs=0.06)


def test_karlsruhe_2022_is_2062205_tonnes_by_sector_and_by_carrier(reference):
    balance = "DE-08212000.2022.karlsruhe-ksk"

    assert _reported(reference, balance=balance) == 2_062_205
    assert _sum(reference, balance=balance) == pytest.approx(2_062_205, abs=3)
    assert _sum(reference, balance=balance, view="carrier") == pytest.approx(2_062_205, abs=3)


def test_karlsruhe_2022_uses_7248_gigawatt_hours(reference):
    lines = reference.line.filter((pl.col("balance") == "DE-08212000.2022.karlsruhe-ksk") & (pl.col("view") == "carrier"))

    assert lines["activity_mwh"].sum() == 7_248_000


@pytest.mark.parametrize(("year", "published"), [(1990, 17_858_907), (2013, 23_594_359), (2019, 19_308_200)])
def test_yokohama_adds_up_to_the_ministrys_estimate(reference, year, published):
    balance = f"JP-14100.{year}.moe-japan"

    assert _reported(reference, balance=balance) == published
    assert _sum(reference, balance=balance) == pytest.approx(published, abs=3)  # parts are rounded to whole tonnes


@pytest.mark.parametrize(("year", "published"), [(2005, 6_508_293.231), (2022, 5_129_580.340)])
def test_minneapolis_adds_up_to_its_sources_without_sinks(reference, year, published):
    lines = reference.line.filter(
        (pl.col("balance") == f"US-2743000.{year}.metropolitan-council") & (pl.col("sector") != "land_use")
    )

    assert lines["emissions_t"].sum() == pytest.approx(published, abs=0.01)


def test_japan_adds_up_to_the_national_sum_of_the_allocation(reference):
    own = reference.balance.filter((pl.col("source") == "moe-japan") & (pl.col("year") == 2013))

    assert own.height == 1741
    assert own["reported_t"].sum() / 1e6 == pytest.approx(1230.2, abs=0.05)
