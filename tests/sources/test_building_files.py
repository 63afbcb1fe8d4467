"""Files of buildings are read with findings by row and column; hostile and foreign XML is refused in bounded time."""

import datetime as dt
import gzip
import io

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from citytandem.findings import Code
from citytandem.sources import markup
from citytandem.sources.building_files import TABLES, read_buildings
from citytandem.sources.buildingsync import read_buildingsync

BUILDINGS = b"building,name,city,gross_area_m2,gross_convention\nhouse,House,Weihai,1200,chinese_built\n"
VALUES = "building;indicator;value;unit;area_convention\nhouse;heating_demand;54;MJ/m2a;usable\nhouse;u_wall;0,2;W/m²K;\n"
SYNC = b"""<?xml version="1.0" encoding="UTF-8"?>
<auc:BuildingSync xmlns:auc="http://buildingsync.net/schemas/bedes-auc/2019" version="2.4.0"><auc:Facilities>
<auc:Facility ID="F"><auc:Sites><auc:Site ID="S"><auc:Buildings><auc:Building ID="B-1">
 <auc:PremisesName>Small office</auc:PremisesName>
 <auc:Address><auc:City>Denver</auc:City><auc:State>CO</auc:State></auc:Address>
 <auc:OccupancyClassification>Office</auc:OccupancyClassification><auc:FloorsAboveGrade>2</auc:FloorsAboveGrade>
 <auc:FloorAreas>
  <auc:FloorArea><auc:FloorAreaType>Gross</auc:FloorAreaType><auc:FloorAreaValue>5500</auc:FloorAreaValue></auc:FloorArea>
  <auc:FloorArea><auc:FloorAreaType>Conditioned</auc:FloorAreaType><auc:FloorAreaValue>5000</auc:FloorAreaValue></auc:FloorArea>
 </auc:FloorAreas><auc:YearOfConstruction>2000</auc:YearOfConstruction>
</auc:Building></auc:Buildings></auc:Site></auc:Sites>
<auc:Reports><auc:Report ID="R"><auc:Scenarios><auc:Scenario ID="Measured">
 <auc:ScenarioType><auc:CurrentBuilding/></auc:ScenarioType>
 <auc:ResourceUses>
  <auc:ResourceUse ID="Elec"><auc:EnergyResource>Electricity</auc:EnergyResource>
   <auc:ResourceUnits>kWh</auc:ResourceUnits></auc:ResourceUse>
  <auc:ResourceUse ID="Gas"><auc:EnergyResource>Natural gas</auc:EnergyResource>
   <auc:ResourceUnits>kBtu</auc:ResourceUnits></auc:ResourceUse>
  <auc:ResourceUse ID="Water"><auc:EnergyResource>Water</auc:EnergyResource>
   <auc:ResourceUnits>Gallons</auc:ResourceUnits></auc:ResourceUse>
 </auc:ResourceUses>
 <auc:TimeSeriesData>
  <auc:TimeSeries ID="1"><auc:ReadingType>Total</auc:ReadingType><auc:StartTimestamp>2019-01-01T00:00:00</auc:StartTimestamp>
   <auc:IntervalFrequency>Month</auc:IntervalFrequency><auc:IntervalReading>900</auc:IntervalReading>
   <auc:ResourceUseID IDref="Elec"/></auc:TimeSeries>
  <auc:TimeSeries ID="2"><auc:ReadingType>Total</auc:ReadingType><auc:StartTimestamp>2019-01-01T00:00:00</auc:StartTimestamp>
   <auc:EndTimestamp>2019-01-31T23:59:00</auc:EndTimestamp><auc:IntervalReading>1000</auc:IntervalReading>
   <auc:ResourceUseID IDref="Gas"/></auc:TimeSeries>
  <auc:TimeSeries ID="3"><auc:ReadingType>Average</auc:ReadingType>
   <auc:TimeSeriesReadingQuantity>Dry Bulb Temperature</auc:TimeSeriesReadingQuantity>
   <auc:StartTimestamp>2019-01-01T00:00:00</auc:StartTimestamp><auc:EndTimestamp>2019-02-01T00:00:00-07:00</auc:EndTimestamp>
   <auc:IntervalReading>32</auc:IntervalReading></auc:TimeSeries>
  <auc:TimeSeries ID="4"><auc:ReadingType>Total</auc:ReadingType><auc:StartTimestamp>soon</auc:StartTimestamp>
   <auc:IntervalReading>5</auc:IntervalReading><auc:ResourceUseID IDref="Elec"/></auc:TimeSeries>
 </auc:TimeSeriesData>
 <auc:AllResourceTotals><auc:AllResourceTotal ID="T"><auc:EndUse>All end uses</auc:EndUse>
  <auc:SiteEnergyUseIntensity>50</auc:SiteEnergyUseIntensity></auc:AllResourceTotal></auc:AllResourceTotals>
</auc:Scenario></auc:Scenarios></auc:Report></auc:Reports></auc:Facility></auc:Facilities></auc:BuildingSync>"""
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><BuildingSync>&c;</BuildingSync>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><BuildingSync>&x;</BuildingSync>"""
REMOTE = b"""<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://localhost/a.dtd"><BuildingSync/>"""


def test_tables_of_text_are_read_with_their_units():
    read, findings = read_buildings({"buildings.csv": BUILDINGS, "values.csv": VALUES.replace("0,2", "0.2").encode()})

    assert findings == []
    assert read["buildings"]["gross_area_m2"].to_list() == [1200.0]
    assert read["values"]["value"].to_list() == pytest.approx([15.0, 0.2])
    assert read["values"]["unit"].to_list() == ["kWh/m2a", "W/m2K"]
    assert read["values"]["note"].to_list() == ["54 MJ/m2a", None]


def test_what_breaks_a_rule_is_named_by_file_row_and_column():
    read, findings = read_buildings({"buildings.csv": BUILDINGS, "values.csv": VALUES.encode()})

    assert [(one.code, one.where, one.row, one.facts["column"]) for one in findings] == [
        (Code.ROW_BREAKS_RULE, "values.csv", 3, "value")
    ]
    assert read["values"].height == 1


def test_a_workbook_is_read_like_its_tables():
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        meters = book.add_worksheet("meters")
        for at, row in enumerate(
            [["building", "carrier", "starts", "ends", "energy_kwh"], ["house", "electricity", "2025-01-01", "2025-02-01", 310]]
        ):
            meters.write_row(at, 0, row)
    read, findings = read_buildings({"mine.xlsx": packed.getvalue()})

    assert findings == []
    assert read["meters"].select("starts", "energy_kwh", "kind").row(0) == (dt.date(2025, 1, 1), 310.0, "read")


def test_a_missing_column_and_an_empty_set_of_files_are_told():
    _, lacking = read_buildings({"meters.csv": b"building,carrier\nhouse,electricity\n"})
    _, nothing = read_buildings({"other.csv": b"a,b\n1,2\n"})

    assert {finding.facts["column"] for finding in lacking} == {"starts", "ends", "energy_kwh"}
    assert [finding.code for finding in nothing] == [Code.SHEET_MISSING]


def test_a_row_given_twice_counts_once():
    twice = BUILDINGS + BUILDINGS.split(b"\n")[1] + b"\n"
    read, findings = read_buildings({"buildings.csv": twice})

    assert read["buildings"].height <= 1
    assert findings != []


@pytest.mark.parametrize("prefixed", [True, False])
def test_buildingsync_is_read_in_our_units(prefixed):
    content = SYNC if prefixed else SYNC.replace(b"auc:", b"").replace(b"xmlns:auc", b"xmlns")
    read, findings = read_buildings({"audit.xml": content})
    (row,) = read["buildings"].to_dicts()
    meters = dict(read["meters"].select(pl.col("carrier").cast(pl.String), "energy_kwh").iter_rows())

    assert (row["building"], row["name"], row["city"], row["use"], row["floors"]) == (
        "B-1",
        "Small office",
        "Denver",
        "office",
        2,
    )
    assert row["gross_area_m2"] == pytest.approx(510.967, abs=1e-3)
    assert row["treated_convention"] == "conditioned"
    assert meters == pytest.approx({"electricity": 900.0, "natural_gas": 293.07107})
    assert read["meters"]["ends"].unique().to_list() == [dt.date(2019, 2, 1)]
    assert read["weather"].select("ends", "temperature_mean").row(0) == (dt.date(2019, 2, 1), 0.0)
    assert read["values"]["value"].item() == pytest.approx(157.73, abs=0.01)
    assert [finding.code for finding in findings] == [Code.BUILDINGSYNC_LEFT_OUT] * 2


def test_a_gzipped_file_is_read_too():
    read, _ = read_buildings({"audit.xml.gz": gzip.compress(SYNC)})

    assert read["buildings"].height == 1


@pytest.mark.parametrize("hostile", [LAUGHS, OUTSIDE, REMOTE])
def test_document_types_and_entities_are_refused(hostile):
    read, findings = read_buildingsync(hostile, where="audit.xml")

    assert read == {}
    assert [finding.code for finding in findings] == [Code.MARKUP_UNSAFE]


def test_files_beyond_the_limits_are_refused(monkeypatch):
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 50)
    many = b"<BuildingSync>" + b"<a/>" * 60 + b"</BuildingSync>"
    deep = b"<a>" * 101 + b"</a>" * 101
    monkeypatch.setattr(markup, "MOST_BYTES", 10_000)
    large = b"<a>" + b" " * 20_000 + b"</a>"
    packed = gzip.compress(large)
    codes = [read_buildingsync(content, where="audit.xml")[1][0].code for content in (many, large, packed)]
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 1000)

    assert codes == [Code.FILE_TOO_LARGE] * 3
    assert read_buildingsync(deep, where="audit.xml")[1][0].facts["part"] == "depth"


def test_other_xml_and_a_file_without_buildings_are_told():
    codes = {
        read_buildingsync(content, where="a.xml")[1][0].code
        for content in (b"<gml/>", b"<BuildingSync/>", b"<BuildingSync>", b"", b"\xff\xfe\x00")
    }

    assert codes == {Code.BUILDINGSYNC_FOREIGN, Code.BUILDINGSYNC_EMPTY, Code.FILE_UNREADABLE}


@given(st.binary(max_size=400), st.sampled_from(["audit.xml", "values.csv", "meters.csv", "mine.xlsx"]))
def test_no_bytes_make_the_reader_fail(content, name):
    read, findings = read_buildings({name: content})

    assert set(read) == set(TABLES)
    assert findings or all(frame.is_empty() for frame in read.values())


@given(st.integers(0, len(SYNC) - 1), st.binary(min_size=1, max_size=3))
def test_a_damaged_file_is_read_or_told(at, damage):
    read, findings = read_buildings({"audit.xml": SYNC[:at] + damage + SYNC[at + len(damage) :]})

    assert findings or read["buildings"].height
