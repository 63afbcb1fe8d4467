"""Readers of world sets: one figure per city, targets, twins; joined elsewhere, never guessed."""

import polars as pl

from citytandem.sources import nangini, net_zero_tracker, twin_towns, wikidata
from citytandem.sources.validate import validate
from citytandem.tables import Balance, Line, Membership, Target


def _row(**cells: str) -> dict[str, str]:
    blank = dict.fromkeys([*nangini._NUMBERS, *nangini._TEXT], "")
    base = {"City name": "Testville, TX", "Country": "USA", "Year of emission": "2014", "Population (CDP)": "100000",
            "Population year (CDP)": "2014", "Emissions protocol": "Other", "Scope-1 GHG emissions units": "tCO2-eq"}  # fmt: skip
    return blank | base | cells


def _read(*rows: dict[str, str]):
    raw = pl.DataFrame(list(rows)).write_csv().encode()
    places = nangini.read_places(raw, countries={"USA": "US"})
    named = places.tables["row"].with_columns(pl.Series("city", [f"US-G10{number}" for number in range(len(rows))]))
    return places, nangini.read(named)


SCOPE_1, SCOPE_2, TOTAL = "Scope-1 GHG emissions [tCO2 or tCO2-eq]", "Scope-2 (CDP) [tCO2-eq]", "Total emissions (CDP) [tCO2-eq]"


def test_scopes_are_lines_and_a_total_alone_is_one_line():
    places, reading = _read(_row(**{SCOPE_1: "600000", SCOPE_2: "400000", TOTAL: "1000000"}), _row(**{TOTAL: "900000"}))
    lines, broken = validate(reading.tables["line"], Line, where="line")
    _, wrong = validate(reading.tables["balance"], Balance, where="balance")

    assert broken + wrong + list(places.findings) == []
    assert places.tables["row"]["name"].to_list() == ["Testville", "Testville"]
    assert sorted(lines.select("balance", pl.col("scope").cast(pl.String), "emissions_t").rows()) == [
        ("US-G100.2014.nangini", "1", 600000.0),
        ("US-G100.2014.nangini", "2", 400000.0),
        ("US-G101.2014.nangini", "1+2", 900000.0),
    ]


def test_scopes_far_from_the_total_are_not_carried_as_its_parts():
    _, reading = _read(_row(**{SCOPE_1: "6354", TOTAL: "538836"}))

    assert reading.tables["line"].select("item", "emissions_t").rows() == [("total", 538836.0)]
    assert [remark.rule for remark in reading.remarks] == ["total_carried_where_scopes_are_far_from_it"]


def test_a_total_in_kilotonnes_is_found_by_heads_and_the_reported_total_not_carried():
    _, reading = _read(_row(**{TOTAL: "900"}))

    assert reading.tables["line"]["emissions_t"].to_list() == [900_000.0]
    assert reading.tables["balance"]["reported_t"].to_list() == [None]
    assert [(remark.rule, remark.before, remark.row) for remark in reading.remarks] == [
        ("kilotonnes_read_as_tonnes_per_head_check", "900 t", 2)
    ]


def test_areas_that_disagree_are_left_unknown():
    _, reading = _read(_row(**{"City area (CDP) [km2]": "5947", "City area (others) [km2]": "0.23", TOTAL: "900000"}))

    assert reading.tables["area"].height == 0
    assert [remark.code for remark in reading.remarks] == ["areas_disagree"]


def test_a_number_that_is_none_is_named_by_row_and_column():
    places, _ = _read(_row(**{TOTAL: "NO; IE"}))

    assert [(found.row, found.facts["column"], found.facts["value"]) for found in places.findings] == [(2, TOTAL, "NO; IE")]


def test_targets_need_a_year_and_a_kind():
    head = [*net_zero_tracker._COLUMNS, *(f"{end}{part}" for end in net_zero_tracker._ENDS for part in net_zero_tracker._PARTS)]
    base = dict.fromkeys(head, "") | {"id_code": "CIT-1", "name": "Austin, TX", "country": "USA", "actor_type": "City",
                                      "race_to_zero_member": "Yes", "end_target": "Net zero", "end_target_year": "2040.0",
                                      "interim_target": "Emissions reduction target", "interim_target_year": "2030.0",
                                      "interim_target_percentage_reduction": "50.0"}  # fmt: skip
    rows = [base, base | {"id_code": "CIT-2", "end_target": "No target", "interim_target": "", "race_to_zero_member": "No"}]
    places = net_zero_tracker.read_places(pl.DataFrame(rows).write_csv().encode(), countries={"USA": "US"})
    named = places.tables["row"].with_columns(pl.Series("city", ["US-G101", "US-G102"]))
    reading = net_zero_tracker.read(named)
    targets, broken = validate(reading.tables["target"], Target, where="target")
    members, wrong = validate(reading.tables["membership"], Membership, where="membership")

    assert broken + wrong == []
    assert places.tables["row"].select("name", "state_asked").row(0) == ("Austin", "TX")
    assert sorted(targets.select("kind", "target_year", "reduction").rows()) == [
        ("emissions_reduction", 2030, 0.5),
        ("net_zero", 2040, None),
    ]
    assert members["city"].to_list() == ["US-G101"]


def test_twin_names_carry_their_state_and_country():
    raw = b"country,city,sister,reciprocal,sister_country\n"
    raw += b'Bulgaria,Plovdiv,"Columbia, South Carolina",True,\nMauritius,Port Louis,Jaipur,False,India\n'
    pairs = twin_towns.read_wikipedia(
        raw, countries={"Bulgaria": "BG", "United States": "US", "India": "IN"}, states={"South Carolina": "SC"}
    ).tables["pair"]

    assert pairs.select("other_name", "other_country", "other_state_asked", "reciprocal").rows() == [
        ("Columbia", "US", "SC", True),
        ("Jaipur", "IN", None, False),
    ]
    assert pairs["country"].to_list() == ["BG", None]


def test_impossible_years_of_wikidata_fall_away():
    reading = wikidata.read(
        population=b"item,locode,population,populationYear\nhttp://w/Q1,DEAAA,100,2015\nhttp://w/Q1,DEAAA,90,-549\n",
        area=b"city,locode,area\nhttp://w/Q1,DEAAA,12.5\n",
    )

    assert reading.tables["people"].select("item", "year").rows() == [("Q1", 2015.0)]
    assert reading.tables["area"]["km2"].to_list() == [12.5]
