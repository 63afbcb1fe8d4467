"""Any file of figures becomes a balance by a mapping that is proposed, corrected, saved and used again."""

import datetime as dt
import gzip

import polars as pl
import pytest

from citytandem.findings import Code
from citytandem.sources.anysheet import Proposal, answer, load_mapping, read_sheet, save_mapping
from citytandem.sources.anysheet.words import NEARLY, read_words, table
from citytandem.sources.crosswalks import read_rows
from citytandem.tables.balance import CARRIERS, NOTATION, SCOPES, SECTORS
from tests.sources import awkward_files as files
from tests.sources import forms

CITY = "DE-08221000"
NAMED = {"city": CITY}


def read(raw, name, **answers):
    found = read_sheet(raw, name=name, answers=NAMED | {key.replace("__", "."): value for key, value in answers.items()})
    assert not isinstance(found, Proposal), [question.key for question in found.questions]
    return found


def lines(reading, **wanted):
    frame = reading.tables["line"].with_columns(pl.col(pl.Enum).cast(pl.String))
    return frame.filter(*(pl.col(name) == value for name, value in wanted.items())).drop("source")


def asked(raw, name):
    return {question.key for question in read_sheet(raw, name=name).questions}


def codes(reading):
    return [finding.code for finding in reading.findings]


def test_a_german_table_with_decimal_commas_and_merged_headings_needs_no_correction():
    merged = [("B3:D3", "Endenergie [MWh]"), ("E3:G3", "THG-Emissionen [t CO2e]")]
    rows = [
        [None if (at, place) in {(2, 1), (2, 4)} else cell for place, cell in enumerate(row)]
        for at, row in enumerate(files.BISKO)
    ]
    raw = files.workbook(rows, merged=merged)
    reading = read(raw, "bisko.xlsx")
    gas = lines(reading, sector="households", carrier="natural_gas")

    assert asked(raw, "bisko.xlsx") == {"city"}
    assert gas.select("activity_mwh", "emissions_t").row(0) == (30100.0, 7434.7)
    assert reading.tables["balance"].select("year", "reported_t").row(0) == (2019, 38443.1)
    assert reading.tables["control"]["fits"].all()


def test_a_note_of_no_data_is_no_zero():
    reading = read(files.workbook(files.BISKO), "bisko.xlsx")
    oil = lines(reading, carrier="heating_oil")

    assert oil.select("sector", "activity_mwh", "notation").rows() == [
        ("households", 8200.0, None), ("services", None, "NE"), ("industry_energy", 1250.0, None), ("municipal", None, "NE"),
    ]  # fmt: skip


def test_a_japanese_table_in_shift_jis_is_read_by_fiscal_years_and_eras():
    raw = files.JAPANESE.encode("cp932")
    reading = read(raw, "部門別.csv")
    balances = reading.tables["balance"].sort("year")

    assert asked(raw, "部門別.csv") == {"city"}
    assert balances["year"].to_list() == [2013, 2018, 2019]
    assert balances["period_start"].to_list()[0] == dt.date(2013, 4, 1)
    assert lines(reading, sector="households")["emissions_t"].to_list() == [720900.0, 600400.0, 580200.0]
    assert lines(reading, notation="NE")["sector"].to_list() == ["agriculture_energy"]
    assert balances["reported_t"].to_list() == [3128800.0, 2619400.0, 2558500.0]


def test_a_chinese_table_in_gb18030_counts_in_ten_thousand_tonnes():
    raw = files.CHINESE.encode("gb18030")
    reading = read(raw, "排放.csv")

    assert asked(raw, "排放.csv") == {"city"}
    assert lines(reading, sector="transport")["emissions_t"].to_list() == [2104000.0, 2556000.0, 2319000.0]
    assert set(lines(reading)["sector"]) == {"industry_energy", "transport", "households", "services"}
    assert reading.tables["control"]["fits"].all()
    assert next(finding.facts["encoding"] for finding in reading.findings) == "GB18030"


def test_a_danish_table_with_semicolons_holds_sector_and_carrier():
    reading = read(files.DANISH.encode("cp1252"), "klimaregnskab 2020.csv")
    heat = lines(reading, sector="households", carrier="district_heat")

    assert reading.tables["balance"]["year"].to_list() == [2020]
    assert heat["emissions_t"].to_list() == [18100.9]
    assert heat["activity_mwh"].to_list() == pytest.approx([620.0 / 3.6 * 1000])
    assert lines(reading, sector="agriculture")["emissions_t"].to_list() == [41200.0]
    assert reading.tables["control"]["fits"].all()


def test_an_american_table_asks_what_mt_means_and_keeps_the_higher_heating_value_as_published():
    raw = files.workbook(files.AMERICAN, name="Inventory")
    proposal = read_sheet(raw, name="inventory.xlsx")
    question = next(question for question in proposal.questions if question.key == "unit.emissions")
    reading = read(raw, "inventory.xlsx", unit__emissions="t")

    assert asked(raw, "inventory.xlsx") == {"city", "unit.emissions"}
    assert question.finding.code == Code.SHEET_UNIT_ASKED
    assert question.suggestion == "t"
    assert proposal.mapping.heating_value == "higher"
    assert Code.SHEET_HEATING_VALUE in codes(reading)
    assert lines(reading, sector="households", carrier="natural_gas")["activity_mwh"].to_list() == pytest.approx(
        [615449.0], rel=1e-3
    )
    assert lines(reading, sector="waste").select("emissions_t", "grade").row(0) == (21400.0, "L")


@pytest.mark.parametrize(
    ("raw", "name", "answers", "expected"),
    [
        (files.workbook(files.TWO_TABLES), "werke.xlsx", {}, {("households", 2020): 930.0, ("transport", 2019): 905.0}),
        (
            files.workbook(files.SECTIONS), "sampleton.xlsx", {"fiscal_year_start": "4", "word.Landfill gas and such": "waste"},
            {("waste", 2018): 30000.0, ("rail", 2019): 12000.0, ("households", 2018): 410200.0},
        ),
        (files.LONG_MIXED.encode("utf-16"), "lang.tsv", {}, {("transport", 2020): 61030.7}),
    ],
)  # fmt: skip
def test_three_layouts_not_seen_before_need_at_most_two_corrections(raw, name, answers, expected):
    reading = read(raw, name, **{key.replace(".", "__"): value for key, value in answers.items()})
    found = lines(reading).join(reading.tables["balance"].select("balance", "year"), on="balance")
    values = {(row["sector"], row["year"]): row["emissions_t"] for row in found.iter_rows(named=True)}

    assert len(answers) <= 2
    assert asked(raw, name) - {"city"} <= set(answers)
    assert {key: values[key] for key in expected} == pytest.approx(expected)


def test_energy_and_emissions_side_by_side_meet_in_one_line():
    reading = read(files.workbook(files.TWO_TABLES), "werke.xlsx")

    assert lines(reading).height == 9
    assert lines(reading, balance=f"{CITY}.2018.own-sheet", sector="households").select("activity_mwh", "emissions_t").row(0) == (
        4100.0, 1000.0,
    )  # fmt: skip


def test_parts_named_of_which_are_never_added():
    answers = {"fiscal_year_start": "4", "word__Landfill gas and such": "waste"}
    reading = read(files.workbook(files.SECTIONS), "sampleton.xlsx", **answers)
    grand = reading.tables["control"].filter(pl.col("label") == "Total")

    assert reading.tables["memo"]["item"].to_list() == ["Buildings: of which electricity"] * 2
    assert grand["fits"].all()


def test_targets_and_other_subjects_give_no_line():
    reading = read(files.LONG_MIXED.encode("utf-16"), "lang.tsv")

    assert {"El-biler mål 2030", "Personbyler"} == {
        finding.facts["label"] for finding in reading.findings if finding.code in {Code.SHEET_ROW_PLANNED, Code.SHEET_ROW_OTHER}
    }


@pytest.mark.parametrize(("sign", "value"), [(".", 1.953), (",", 1953.0)])
def test_a_figure_that_can_mean_two_things_is_asked(sign, value):
    raw = b"year;category;t CO2\n1987;Haushalte;1.953\n1988;Haushalte;171\n"
    reading = read(raw, "x.csv", decimal=sign)

    assert "decimal" in asked(raw, "x.csv")
    assert lines(reading)["emissions_t"].to_list() == [value, 171.0]


def test_figures_without_a_unit_are_asked_and_never_guessed():
    raw = b"Jahr,Sektor,CO2\n2019,Verkehr,120\n2019,Haushalte,80\n"
    mapping = read_sheet(raw, name="x.csv").mapping
    reading = read_sheet(raw, name="x.csv", mapping=mapping)

    assert "unit.emissions" in asked(raw, "x.csv")
    assert "line" not in reading.tables
    assert codes(reading).count(Code.UNIT_UNKNOWN) == 2


def test_a_mapping_is_saved_read_and_used_on_the_file_of_next_year():
    raw = b"Sektor [kt CO2];2018;2019\nVerkehr;10;11\n"
    mapping = answer(read_sheet(raw, name="bilanz.csv"), NAMED).mapping
    saved, findings = load_mapping(save_mapping(mapping))
    later = read_sheet(b"Sektor [kt CO2];2018;2019;2020\nVerkehr;10;11;12,5\n", name="bilanz.csv", mapping=saved)

    assert not findings
    assert saved == mapping
    assert save_mapping(saved) == save_mapping(mapping)
    assert later.tables["line"]["emissions_t"].to_list() == [10000.0, 11000.0, 12500.0]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("version = 1\nfiscal_year_start = 14\n", "fiscal_year_start"),
        ('version = 1\ncity = "Heidelberg"\n', "city"),
        ("version = 9\n", "version"),
        ('version = 1\n[[word]]\ntext = "Haushalte"\nsector = "homes"\n', "sector"),
        ('version = 1\n[[table]]\nsheet = ""\nnumber = 1\n[[table.column]]\nheading = "x"\nrole = "money"\n', "role"),
        ("version = 1\nsurprise = 1\n", "surprise"),
        ("version = = 1\n", "TOML"),
        ("version = 1\n[[table]]\nuse = true\n", "sheet"),
    ],
)  # fmt: skip
def test_a_broken_mapping_names_its_line_and_is_not_used(text, key):
    mapping, findings = load_mapping(text)

    assert mapping is None
    assert findings[0].code == Code.MAPPING_INVALID
    assert findings[0].facts["key"] == key
    assert findings[0].facts["line"] >= 1


def test_a_total_that_its_parts_miss_is_stated_and_not_repaired():
    raw = b"Sector;t CO2e 2020\nHouseholds;100\nTransport;50\nTotal;170\n"
    reading = read(raw, "x.csv")
    finding = next(finding for finding in reading.findings if finding.code == Code.SHEET_TOTAL_DIFFERS)

    assert finding.row == 4
    assert finding.facts["difference"] == -20.0
    assert reading.tables["balance"]["reported_t"].to_list() == [170.0]
    assert sorted(lines(reading)["emissions_t"]) == [50.0, 100.0]


def test_what_cannot_be_true_stays_unknown_and_the_rest_of_the_file_is_kept():
    cells = ["-5", "1e300", "NaN", "5 GWh", "12 kt", "0", "NO", "n/a", "many", "7"]
    rows = "".join(f"Haushalte {at};{cell}\n" for at, cell in enumerate(cells))
    reading = read(f"Sektor;t CO2e 2020\n{rows}".encode(), "x.csv")
    by_row = {finding.row: finding.code for finding in reading.findings if finding.row and finding.row > 1}

    assert lines(reading)["emissions_t"].to_list() == [12000.0, 0.0, None, None, 7.0]
    assert by_row[2] == Code.SHEET_NEGATIVE
    assert by_row[3] == Code.CELL_OUT_OF_RANGE
    assert by_row[4] == by_row[10] == Code.CELL_NO_NUMBER
    assert Code.SHEET_UNITS_MIXED in codes(reading)


def test_a_row_given_twice_counts_once():
    reading = read(b"Sector;t CO2e 2020\nTransport;50\nTransport;50\nTransport;60\n", "x.csv")

    assert lines(reading)["emissions_t"].to_list() == [50.0]
    assert [finding.row for finding in reading.findings if finding.code == Code.SHEET_ROW_REPEATED] == [3, 4]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (files.workbook(files.BISKO), "bisko.xlsx"), (files.JAPANESE.encode("cp932"), "a.csv"),
        (files.CHINESE.encode("gb18030"), "b.csv"),
        (files.DANISH.encode(), "c 2020.csv"), (files.workbook(files.AMERICAN), "d.xlsx"),
        (files.workbook(files.SECTIONS), "e.xlsx"), (files.LONG_MIXED.encode("utf-16"), "f.tsv"),
    ],
)  # fmt: skip
def test_no_row_of_a_file_is_lost(raw, name):
    reading = read(raw, name, unit__emissions="t", fiscal_year_start="4")
    fates = reading.tables["row"]
    named = {finding.row for finding in reading.findings}

    assert set(fates["fate"]) <= {"line", "total", "memo", "heading", "note", "finding"}
    assert set(fates.filter(pl.col("fate") == "finding")["row"]) <= named
    assert fates["row"].n_unique() == fates.height


def test_every_word_of_the_table_leads_to_a_key_of_ours():
    allowed = {
        "sector": SECTORS, "carrier": CARRIERS, "scope": SCOPES, "notation": NOTATION,
        "measure": ("emissions", "energy", "factor", "population"), "heating": ("higher", "lower"),
    }  # fmt: skip
    wrong = [row for row in read_rows("sheet_words") if row["kind"] in allowed and row["key"] not in allowed[row["kind"]]]

    assert wrong == []
    assert {row["language"] for row in read_rows("sheet_words")} == {"en", "de", "ja", "zh-Hans", "da"}


def test_a_word_nearly_right_is_proposed_with_less_confidence():
    nearly = read_words("Fernwärmee")

    assert nearly.get("carrier") == "district_heat"
    assert nearly.reason == "nearly"
    assert nearly.confidence < NEARLY / 100
    assert read_words("Quantenheizung").found == {}
    assert "fernwarme" in table("carrier")


KLIMAWATCH = {
    "bonn": {"unit.emissions": "kt"},
    "muenchen": {"unit.emissions": "kt"},
    "duesseldorf": {"unit.emissions": "kt", "decimal": ","},
}


@pytest.mark.parametrize(("file", "answers"), KLIMAWATCH.items())
def test_real_german_series_need_one_or_two_answers(raw_data, file, answers):
    raw = (raw_data / "de-klimawatch-cities" / f"{file}.csv").read_bytes()
    reading = read_sheet(raw, name=f"{file}.csv", answers=NAMED | answers)

    assert asked(raw, f"{file}.csv") == {"city", *answers}
    assert reading.tables["control"]["fits"].sum() >= 0.8 * reading.tables["control"].height


def test_the_long_table_of_muenster_needs_no_correction_and_its_totals_add_up(raw_data):
    raw = (raw_data / "de-karlsruhe-muenster-detail" / "muenster_klimadata_long.csv").read_bytes()
    reading = read_sheet(raw, name="muenster.csv", answers={})
    totals = reading.tables["control"].filter(pl.col("label") == "CO2-Emissionen - Gesamt")

    assert asked(raw, "muenster.csv") == set()
    assert totals.height >= 10
    assert totals["fits"].all()


def test_the_wide_table_of_karlsruhe_asks_for_the_units_its_totals_lack(raw_data):
    raw = (raw_data / "de-karlsruhe-muenster-detail" / "karlsruhe_ksk_kennzahlen_2010_2023.csv").read_bytes()
    reading = read_sheet(raw, name="karlsruhe.csv", answers=NAMED | {"unit.emissions": "t", "unit.energy": "GWh"})
    homes = lines(reading, balance=f"{CITY}.2022.own-sheet", sector="households")

    assert asked(raw, "karlsruhe.csv") == {"city", "unit.emissions", "unit.energy"}
    assert homes.select("activity_mwh", "emissions_t").row(0) == (1874000.0, 497834.0)


def test_a_real_list_of_municipalities_without_emissions_is_said_to_hold_none(raw_data):
    proposal = read_sheet((raw_data / "dk-municipal-ghg" / "kommuner.csv").read_bytes(), name="kommuner.csv", answers=NAMED)

    assert [finding.code for finding in proposal.findings] == [Code.SHEET_WITHOUT_TABLE]


def test_every_total_of_the_japanese_estimates_adds_up(raw_data):
    packed = (raw_data / "jp-municipal-co2" / "jp_municipal_co2_1990_2019.csv.gz").read_bytes()
    rows = gzip.decompress(packed).decode().splitlines()
    raw = "\n".join([rows[0], *(row for row in rows[1:] if row.startswith("2019,14,"))]).encode()
    reading = read_sheet(raw, name="jp.csv", answers={"unit.value": "kt", "country": "JP", "fiscal_year_start": "4"})

    assert asked(raw, "jp.csv") == {"unit.value", "fiscal_year_start"}
    assert reading.tables["control"].height > 100
    assert reading.tables["control"]["fits"].all()


PEOPLE_IN_A_COLUMN = (
    "Jahr;Sektor;CO2-Emissionen [t];Einwohner\n2019;Haushalte;1000;5000\n2019;Verkehr;2000;5000\n"
    "2020;Haushalte;900;5100\n2020;Verkehr;1800;5200\n"
)
PEOPLE_IN_A_ROW = "Sektor;Einheit;2019;2020\nHaushalte;t CO2;1000;900\nVerkehr;t CO2;2000;1800\nEinwohner;;5000;5100\n"


def people_of(text):
    reading = read_sheet(text.encode(), name="people.csv", answers={"city": "DE-05113000"})
    return dict(reading.tables["balance"].select("year", "population").iter_rows()), [one.code for one in reading.findings]


def test_people_in_a_row_go_into_the_header_of_the_balance():
    assert people_of(PEOPLE_IN_A_ROW) == ({2019: 5000.0, 2020: 5100.0}, [])


def test_two_figures_of_people_for_one_year_leave_it_unknown():
    assert people_of(PEOPLE_IN_A_COLUMN) == ({2019: 5000.0, 2020: None}, [Code.ROW_GIVEN_TWICE])


def test_people_counted_in_thousands_are_asked_for_and_not_guessed():
    people, codes = people_of(PEOPLE_IN_A_ROW.replace("Einwohner", "Einwohner (Tsd.)"))

    assert people == {2019: None, 2020: None}
    assert set(codes) == {Code.UNIT_UNKNOWN}


def test_a_column_of_units_of_energy_does_not_undo_the_unit_over_the_emissions():
    text = (
        "Sub-sector,Scope,Fuel,Notation key,Activity data,Units,Emissions (t CO2e)\n"
        "Residential buildings,1,natural gas,,2000,MWh,404\nResidential buildings,2,electricity,,1000,MWh,300\n"
        "On-road transportation,1,diesel,,3000,MWh,801\n"
    )
    reading = read_sheet(text.encode(), name="inventory 2019.csv", answers={"city": "DE-05113000"})

    assert reading.tables["line"]["emissions_t"].to_list() == [404.0, 300.0, 801.0]


def test_a_table_of_the_covenant_in_a_workbook_nobody_knows_is_read_after_one_correction():
    raw = forms.workbook({"BEI 2010": forms.secap_energy()})
    answers = {"city": "DE-05113000", "word.Industry": "total"}
    reading = read_sheet(raw, name="secap 2010.xlsx", answers=answers)

    assert reading.tables["line"]["activity_mwh"].sum() == 9250.0
    assert {*reading.tables["line"]["sector"]} == {"municipal", "households", "industry_energy", "road", "rail"}
