"""The publishers' own sets are read like any file a person brings: nothing is raised, good rows stay, ids are ours."""

import json
import random

import pytest

from citytandem.sources.publishers import PUBLISHED, fits
from citytandem.sources.registry import recognise
from tests.sources import forms

SEED = 20261122
ROUNDS = 40
DAMAGE = (b"", b"1e300", b"-", b'"', b"\xff\xfe", b"\x00", b",,", b"\n", b"NaN", b"{")
SMALL = {
    "japan_municipal": (
        "fiscal_year,pref_code,pref,muni_code,muni,manufacturing,construction_mining,agri_forest_fish,commercial,residential,"
        "passenger_car,freight_truck,rail,domestic_shipping,municipal_waste,total\n"
        "2019,1,北海道,01100,札幌市,100.5,2,1,300,400,150,90,10,,20,1073.5\n"
        "2019,1,北海道,01202,函館市,50,1,1,30,40,15,9,1,2,2,151\n"
    ),
    "metropolitan_council": (
        "emissions_year,geog_name,ctu_class,sector,category,sector_alt,source,value_emissions,ctu_id_fips,ctu_id_gnis,ctu_population\n"
        "2020,Afton,CITY,Transportation,Buses,Transportation,Diesel fueled vehicles,370.3,00316,02393887,2861\n"
        "2020,Afton,CITY,Residential,Building energy,Residential,Building energy,-12,00316,02393887,2861\n"
    ),
    "klimawatch": (
        "year,category,type,co2,note\n2018,Verkehr,real,500,\n2018,Private Haushalte,real,700,\n2018,Gesamt,real,1200,\n"
    ),
    "danish_accounts": json.dumps({
        "kommuner": [{
            "kommuneKode": "0101", "kommuneNavn": "København", "years": [2022, 2023], "samletUdledning": [1000.0, 900.0],
            "udledningPrCapita": [1.6, 1.4],
            "sektorer": {name: [200.0, 180.0] for name in ("energi", "transport", "landbrug", "affald", "industri")},
        }]
    }),
}  # fmt: skip
NAMES = {"klimawatch": "bonn.csv"}


@pytest.mark.parametrize(("form", "text"), SMALL.items())
def test_a_set_is_known_by_what_it_holds_and_read(form, text):
    name = NAMES.get(form, "renamed.txt")
    reading = PUBLISHED[form](text.encode(), where=name)

    assert recognise(text.encode(), name) == form
    assert reading.tables["balance"].height > 0
    assert reading.tables["line"].height > 0
    assert set(reading.tables["source"]["sha256"].drop_nulls()) != set()


def test_a_file_of_klimawatch_that_was_renamed_is_a_sheet_like_any_other():
    assert fits(["year", "category", "type", "co2", "note"], name="ours.csv") is None


def test_an_impossible_sign_is_left_out_by_its_named_rule():
    reading = PUBLISHED["metropolitan_council"](SMALL["metropolitan_council"].encode())

    assert [remark.rule for remark in reading.remarks] == ["impossible_sign_left_out"]
    assert reading.tables["line"]["emissions_t"].to_list() == [370.3]
    assert reading.findings == ()


def test_an_empty_cell_gives_no_line_and_no_zero():
    reading = PUBLISHED["japan_municipal"](SMALL["japan_municipal"].encode())

    assert reading.tables["line"].height == 19


@pytest.mark.parametrize(("form", "text"), SMALL.items())
def test_a_damaged_file_gives_findings_and_raises_nothing(form, text):
    dice = random.Random(SEED)  # noqa: S311 a seeded dice, no secret
    for _ in range(ROUNDS):
        raw = bytearray(text.encode())
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(raw))
            raw[at : at + dice.randint(0, 5)] = dice.choice(DAMAGE)
        reading = PUBLISHED[form](bytes(raw), where=NAMES.get(form, "damaged.csv"))

        assert reading.findings or "balance" in reading.tables


def test_nangini_leads_to_cities_we_know(raw_data):
    raw = forms.read_real(raw_data, "nangini-343-cities/D_FINAL.csv")
    reading = PUBLISHED["nangini"](raw, resolve=lambda name, **_: "DK-0101" if name == "Copenhagen" else None)

    assert reading.tables["balance"].filter(reading.tables["balance"]["city"] == "DK-0101").height == 1
    assert reading.tables["balance"].height > 300
