"""Totals and targets of the Covenant of Mayors are known by UN/LOCODE."""

import polars as pl

from citytandem.sources import covenant
from citytandem.sources.city_match import resolve_from
from citytandem.sources.crosswalks import read_rows
from tests.sources import forms


def resolve(name, *, country, locode):
    return {"DEHEI": "DE-08221000"}.get(locode)


def test_a_city_is_found_by_its_locode():
    reading = covenant.read(forms.COVENANT.encode(), resolve=resolve)

    assert reading.tables["balance"]["city"].to_list()[0] == "DE-08221000"
    assert reading.tables["line"]["emissions_t"].to_list() == [1_157_000, 60_455]


def test_a_target_in_another_unit_keeps_its_year_and_loses_its_size():
    reading = covenant.read(forms.COVENANT_TARGETS.encode(), resolve=resolve)

    assert reading.tables["target"]["reduction"].to_list() == [0.21, None]
    assert [finding.row for finding in reading.findings if finding.code == "unit_unknown"] == [3]


def test_every_real_total_and_target_is_kept(raw_data):
    totals = covenant.read(forms.read_real(raw_data, "eu-covenant-of-mayors/EmissionsAgg.csv"))
    targets = covenant.read(forms.read_real(raw_data, "eu-covenant-of-mayors/Target.csv"))

    assert (totals.tables["balance"].height, targets.tables["target"].height) == (1463, 1394)


CITY = pl.DataFrame(
    [("DE-05113000", "Essen"), ("DE-08221000", "Heidelberg"), ("AT-G100", "Bregenz")],
    schema=["city", "name"],
    orient="row",
).with_columns(pl.lit(None, pl.String).alias("state"), pl.lit("place").alias("boundary"))
CODES = pl.DataFrame({"city": ["DE-08221000"], "scheme": ["locode"], "value": ["DEHEI"]})
DIRECTORY = resolve_from(city=CITY, name=CITY.select("city", "name"), identifier=CODES)


def covenant_of(*codes):
    rows = "".join(f"x:{code},{code},2010,1000,d\n" for code in codes)
    return covenant.read(f"emissions_id,actor_id,year,total_emissions,datasource_id\n{rows}".encode(), resolve=DIRECTORY)


def test_a_city_without_a_known_code_is_found_by_the_name_of_the_code():
    assert covenant_of("AT BRZ", "DE HEI").tables["balance"]["city"].to_list() == ["AT-G100", "DE-08221000"]


def test_two_codes_of_one_name_are_joined_to_nobody_and_both_are_named():
    reading = covenant_of("DE ESS", "DE ONU")
    told = [finding.facts["asked"] for finding in reading.findings if finding.code == "city_ambiguous"]

    assert told[:2] == ["Essen (DEESS)", "Essen (DEONU)"]
    assert "DE-05113000" not in reading.tables["balance"]["city"].to_list()
    assert reading.tables["balance"].height == 2


def test_names_of_codes_are_given_once_and_say_where_they_come_from():
    rows = read_rows("locode_names")

    assert len({row["locode"] for row in rows}) == len(rows)
    assert {(row["mark"], row["source"]) for row in rows} == {("S", "unece-locode")}
    assert all(len(row["locode"]) == 5 and row["name"] for row in rows)


def test_nearly_three_hundred_real_totals_find_their_city(raw_data):
    from citytandem import load

    atlas = load()
    directory = resolve_from(city=atlas.city, name=atlas.name, identifier=atlas.identifier)
    reading = covenant.read(forms.read_real(raw_data, "eu-covenant-of-mayors/EmissionsAgg.csv"), resolve=directory)
    known = set(atlas.city["city"])
    found = [city for city in reading.tables["balance"]["city"] if city in known]

    assert len(found) == len(set(found)) >= 280
    assert sum(finding.code == "city_ambiguous" for finding in reading.findings) >= 20
