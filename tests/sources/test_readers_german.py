"""Readers of German city series: what the checks find is noted with a rule, and views stay apart."""

import json

import polars as pl
import pytest

from citytandem.findings import Code
from citytandem.sources import city_measures, climate_city_contract, karlsruhe, klimawatch, leipzig, muenster
from citytandem.sources.validate import validate
from citytandem.tables import Balance, Line

CODES = dict.fromkeys(klimawatch.CITIES.values(), "DE-00000001")


def _series(rows: list[str]) -> bytes:
    return ("year,category,type,co2,note\n" + "\n".join(rows) + "\n").encode()


def _bonn(*changes: tuple[str, str]) -> bytes:
    rows = []
    for year in range(2010, 2015):
        rows += [f"{year},Private Haushalte,real,1000,", f"{year},Verkehr,real,500,", f"{year},Gesamt,real,1500,"]
    text = "\n".join(rows)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return _series([text, "2014,Einwohner,Einwohner,300000,", "2030,Gesamt,geplant,700,"])


def _rules(reading) -> list[str]:
    return [remark.rule for remark in reading.remarks]


def test_a_clean_series_gives_kilotonnes_in_tonnes_and_its_population():
    reading = klimawatch.read({"bonn": _bonn()}, codes=CODES)
    lines, broken = validate(reading.tables["line"], Line, where="line")
    _, wrong = validate(reading.tables["balance"], Balance, where="balance")

    assert broken + wrong == []
    assert lines.filter(pl.col("balance").str.contains(".2014.", literal=True))["emissions_t"].sum() == 1_500_000
    assert reading.tables["balance"].sort("year")["population"].to_list()[-1] == 300_000
    assert _rules(reading) == ["plans_are_not_balances"]


def test_a_thousands_mark_read_as_decimal_is_mended_where_the_total_confirms_it():
    reading = klimawatch.read(
        {"bonn": _bonn(("2010,Private Haushalte,real,1000", "2010,Private Haushalte,real,1.000"))}, codes=CODES
    )
    slip = next(remark for remark in reading.remarks if remark.code == "unit_slip")
    mended = reading.tables["line"].filter(pl.col("balance").str.contains(".2010.") & (pl.col("sector") == "households"))

    assert (slip.rule, slip.row, slip.before, slip.after) == (
        "thousands_mark_confirmed_by_total", 2, "Private Haushalte: 1.0 kt", "1000 kt",
    )  # fmt: skip
    assert mended["emissions_t"].to_list() == [1_000_000.0]


def test_a_slip_no_total_confirms_is_left_out():
    changed = _bonn(("2010,Private Haushalte,real,1000", "2010,Private Haushalte,real,1.7"))
    reading = klimawatch.read({"bonn": changed}, codes=CODES)

    assert "unit_slip_left_out" in _rules(reading)


def test_a_total_given_twice_counts_once():
    reading = klimawatch.read(
        {"bonn": _bonn(("2011,Gesamt,real,1500,", "2011,Gesamt,real,1500,\n2011,Gesamt,real,1500,"))}, codes=CODES
    )

    assert "keep_first_of_repeats" in _rules(reading)
    assert reading.tables["balance"].height == 5


def test_a_gap_between_parts_and_total_is_shown_and_nothing_is_scaled():
    reading = klimawatch.read({"bonn": _bonn(("2012,Gesamt,real,1500", "2012,Gesamt,real,1600"))}, codes=CODES)
    gap = next(remark for remark in reading.remarks if remark.code == "parts_miss_total")

    assert (gap.year, gap.after) == (2012, "gap -100.000 kt shown")
    assert reading.tables["balance"].filter(pl.col("year") == 2012)["reported_t"].item() == 1_600_000


def test_a_broken_cell_is_named_by_row_and_column():
    reading = klimawatch.read({"bonn": _bonn(("2011,Verkehr,real,500", "2011,Verkehr,real,fünf"))}, codes=CODES)

    assert [(found.where, found.row, found.facts["column"]) for found in reading.findings] == [("bonn.csv", 6, "co2")]


def _karlsruhe(*years: str) -> bytes:
    names = "Jahr,Einwohnerzahl*,gesamt,Erdgas,Strom,Private Haushalte,Verkehr,gesamt,Erdgas,Strom,Private Haushalte,Verkehr"
    carriers, sectors = "MB-|Energieverbrauch nach Energieträgern", "MB-|Energieverbrauch nach Sektoren"
    gases, users = "MB-|CO2-Emissionen nach Energieträgern", "MB-|CO2-Emissionen Energieverbrauch nach Sektoren"
    topics = [
        "Topic",
        "Basics-|Grunddaten",
        "Basics-|Energieverbrauch",
        carriers,
        carriers,
        sectors,
        sectors,
        "MB-|CO2-Emissionen",
    ]
    topics += [gases, gases, users, users]
    units = "Einheit,Anzahl,,GWh,GWh,GWh,GWh,,t,t,t,t"
    return "\n".join([names, ",".join(topics), units, *years]).encode()


def test_repeated_headings_are_told_apart_by_their_topic():
    reading = karlsruhe.read(_karlsruhe("2022,1000,30,10,20,18,12,900,200,700,500,400"), city="DE-00000001")
    lines, broken = validate(reading.tables["line"], Line, where="line")
    gas = lines.filter(pl.col("carrier") == "natural_gas")

    assert broken == []
    assert gas.select("view", "activity_mwh", "emissions_t").row(0) == ("carrier", 10_000.0, 200.0)
    assert lines.filter(pl.col("view") == "sector")["emissions_t"].sum() == 900
    assert "column_by_topic_and_name" in _rules(reading)


def test_a_year_with_population_only_makes_no_balance():
    reading = karlsruhe.read(
        _karlsruhe("2023,1010,,,,,,,,,,", "2022,1000,30,10,20,18,12,900,200,700,500,400"), city="DE-00000001"
    )

    assert reading.tables["balance"]["year"].to_list() == [2022]
    assert sorted(reading.tables["population"]["year"].to_list()) == [2022, 2023]
    assert "year_without_total_left_out" in _rules(reading)


def test_a_cell_of_karlsruhe_that_is_no_number_is_named():
    reading = karlsruhe.read(_karlsruhe("2022,1000,30,zehn,20,18,12,900,200,700,500,400"), city="DE-00000001")

    assert [(found.row, found.facts["value"]) for found in reading.findings] == [(4, "zehn")]


def test_a_table_without_topics_is_not_guessed_at():
    assert [found.code for found in karlsruhe.read(b"a,b\n1,2\n3,4\n5,6\n", city="DE-00000001").findings] == [
        Code.FILE_UNREADABLE
    ]


def test_muenster_keeps_its_views_and_its_two_publications_apart():
    files = {
        "tonnen": b"ZEIT,CO2-Emissionen - Gesamt (inkl. Verkehr),CO2-Emissionen - Industrie,CO2-Emissionen - Verkehr\n"
        b"2021,300,100,200\n",
        "anwendungen": "ZEIT,CO2-Emissionen Anwendung - Verkehr,CO2-Emissionen Anwendung - Wärme,"
        "CO2-Emissionen Anwendung -Strom\n"
        "2021,0.2,0.06,0.04\n".encode(),
        "sektoren": b"ZEIT,CO2-Emissionen - Industrie - Erdgas,CO2-Emissionen - Industrie - Strom,CO2-Emissionen - Summe -Summe\n"
        b"2021,60,39,299\n",
        "endenergie": b"ZEIT,Endenergieverbrauch nach Sektoren  - Industrie\n2021,1.5\n",
    }
    reading = muenster.read(files, city="DE-05515000")
    lines, broken = validate(reading.tables["line"], Line, where="line")
    sums = lines.group_by("balance", pl.col("view").cast(pl.String)).agg(pl.col("emissions_t").sum())

    assert broken == []
    assert set(sums.rows()) == {
        ("DE-05515000.2021.muenster-klima", "sector", 300.0),
        ("DE-05515000.2021.muenster-klima", "application", 300.0),
        ("DE-05515000.2021.muenster-klima-cross", "sector", 99.0),
    }
    assert lines["activity_mwh"].sum() == 1500


def test_leipzig_makes_a_balance_only_where_the_population_is_known():
    data = [{"Sektor": "Verkehr", "Werte": [{"Jahr": 2018, "Wert": 1.5}, {"Jahr": 2019, "Wert": 1.4}]}]
    reading = leipzig.read(json.dumps({"Daten": data}).encode(), city="DE-14713000", population={2019: 1000.0})

    assert reading.tables["balance"]["year"].to_list() == [2019]
    assert reading.tables["line"]["emissions_t"].to_list() == [1400.0]
    assert _rules(reading) == ["per_head_times_population"]


CONTRACT = """city,table_no,table,row,c1,c2,c3,c4,c5,c6,c7,c8
Heidelberg,1,A-1.1: Final energy use by source sectors,1,Base year,2019,,,,,,
Heidelberg,1,A-1.1: Final energy use by source sectors,2,Residential buildings,"1,000",200,0,"1,200",,,
Heidelberg,2,A-1.1: Final energy use by energy carrier,1,Buildings,600,700,-,"1,300",,,
Heidelberg,2,A-1.1: Final energy use by energy carrier,2,Electricity,-,700,-,700,,,
Heidelberg,2,A-1.1: Final energy use by energy carrier,3,Natural gas,600,-,-,600,,,
Heidelberg,3,A-1.2: Emission factors applied,1,Stationary energy,Natural gas (g/kWh),202,,,,,
Heidelberg,5,A-1.4a: GHG emissions by source sector (from economic model inputs),1,Buildings & Heating,300,,,300,,,
Heidelberg,5,A-1.4a: GHG emissions by source sector (from economic model inputs),2,Electricity,,400,,400,,,
Heidelberg,5,A-1.4a: GHG emissions by source sector (from economic model inputs),3,Total,300,400,0,701,,,
Heidelberg,6,A-1.4b: GHG emissions by source sector (from economic case),1,Electricity,,999,,999,,,
"""


def test_a_contract_keeps_sector_carrier_and_use_as_views_with_factors():
    reading = climate_city_contract.read(CONTRACT.encode(), codes={"Heidelberg": "DE-08221000"})
    lines, broken = validate(reading.tables["line"], Line, where="line")
    gas = lines.filter(pl.col("carrier") == "natural_gas")

    assert broken == []
    assert reading.tables["balance"].select("reported_t", "upstream").row(0) == (701.0, "no")
    assert lines["emissions_t"].sum() == 700  # the projection of table A-1.4b is not read
    assert gas.select("activity_mwh", "factor_kg_per_mwh").row(0) == (600.0, 202.0)
    assert [remark.before for remark in reading.remarks] == ["1200 MWh by sector, 1300 MWh by carrier"]


def test_status_reports_of_muenster_are_not_counted_as_measures():
    raw = (
        "assessment,id,title,text,priority,potential,parent\n"
        "orange,B,Bauen,Bauen,4,2,\n#01873B,B1,Siegel,Siegel,4,2,B\nwhite,B1-Plan,geplant,x,4,2,B1\n"
        '#AE1B1B,B1-13,Sachstand 2013,x,4,2,B1\n,B1-1718,Sachstand 2017,"lief „weiter" so",4,2,B1\n'
    )
    reading = city_measures.read_muenster(raw.encode())

    assert reading.tables["measure"]["item"].to_list() == ["B1"]
    assert reading.tables["report"].select("item", "year", "colour").rows() == [("B1", 2013, "red"), ("B1", 2018, None)]


@pytest.mark.parametrize("value", ["0", "NA", ""])
def test_an_indicator_of_karlsruhe_without_a_count_is_unknown(value):
    head = '"Maßnahmen_ID";"Maßnahmen_Bez";"Kennzahl";"Maßeinheit";"Jahr";"Wert"'
    raw = f'{head}\n"E1";"LED";"Anteil";"%";"2022";68\n"E1";"LED";"Anteil";"%";"2023";{value}\n'

    assert city_measures.read_karlsruhe(raw.encode()).tables["indicator"]["year"].to_list() == [2022.0]
