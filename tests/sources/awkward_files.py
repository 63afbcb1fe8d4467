"""Awkward files of five countries, made by hand: what a climate officer has in a drawer."""

import io

import xlsxwriter

BISKO = [
    ["Energie- und THG-Bilanz 2019 der Stadt Musterstadt (BISKO)"],
    [],
    ["Sektor", "Endenergie [MWh]", None, None, "THG-Emissionen [t CO2e]", None, None],
    [None, "Strom", "Erdgas", "Heizöl EL", "Strom", "Erdgas", "Summe"],
    ["Private Haushalte", "12.400,5", "30.100,0", "8.200,0", "5.927,4", "7.434,7", "13.362,1"],
    ["GHD", "9.800,0", "14.500,5", "k. A.", "4.684,4", "3.581,6", "8.266,0"],
    ["Industrie", "20.100,0", "25.000,0", "1.250,0", "9.607,8", "6.175,0", "15.782,8"],
    ["Kommunale Einrichtungen", "1.100,0", "2.050,0", "–", "525,8", "506,4", "1.032,2"],
    ["Gesamt", "43.400,5", "71.650,5", "9.450,0", "20.745,4", "17.697,7", "38.443,1"],
    [],
    ["* Quelle: Stadtwerke, witterungskorrigierte Werte liegen nicht vor"],
]

JAPANESE = """〇〇市の部門別CO2排出量
,,,,（単位：千t-CO2）
部門,内訳,2013年度,2018年度,令和元年度
産業部門,製造業,"1,204.5",980.1,955.2
,建設業・鉱業,40.2,38.1,37.7
,農林水産業,12.1,不詳,11.0
業務その他部門,,610.3,505.5,488.8
家庭部門,,720.9,600.4,580.2
運輸部門,自動車,455.5,420.0,410.9
,鉄道,30.3,25.1,24.8
廃棄物,,55.0,50.2,49.9
合計,,"3,128.8","2,619.4","2,558.5"
（注）四捨五入のため合計が一致しない場合がある。
"""

CHINESE = """某市分部门二氧化碳排放量,,,
单位：万吨,,,
部门,2015年,2018年,2020年
工业,1250.5,1198.2,1102.3
建筑业,35.2,36.8,33.1
交通运输,210.4,255.6,231.9
居民生活,180.1,195.5,201.2
服务业,95.8,110.3,104.7
合计,1772.0,1796.4,1673.2
"""

DANISH = """Klimaregnskab for Eksempel Kommune;;;;
Sektor;Energivare;Energiforbrug (TJ);Udledning (ton CO2e);Note
Husholdninger;El;410,5;12.450,2;
Husholdninger;Fjernvarme;620,0;18.100,9;
Husholdninger;Naturgas;150,25;8.550,0;
Handel og service;El;300,1;9.102,5;
Handel og service;Fjernvarme;210,0;6.130,0;
Vejtransport;Diesel;520,7;38.550,1;
Vejtransport;Benzin;310,2;22.480,6;
Landbrug;;;41.200,0;dyr og planteavl
I alt;;;156.564,3;
"""

AMERICAN = [
    ["City of Example: 2021 Community Greenhouse Gas Inventory"],
    ["Sector", "Fuel", "Energy Use (MMBtu, HHV)", "Emissions (MTCO2e)", "Data quality"],
    ["Residential", "Electricity", 1_250_000, 142_500, "H"],
    ["Residential", "Natural Gas", 2_100_000, 111_510, "H"],
    ["Commercial", "Electricity", 1_900_000, 216_600, "H"],
    ["Commercial", "Natural Gas", 1_400_000, 74_340, "M"],
    ["On-Road Transportation", "Gasoline", 2_500_000, 176_250, "M"],
    ["Solid Waste", None, None, 21_400, "L"],
    ["Total", None, 9_150_000, 742_600, None],
]

TWO_TABLES = [  # emissions and energy side by side, years down, no unit over the energy
    ["Stadtwerke Musterhausen", None, None, None, None, None, None, None, None],
    [None, None, None, None, None, None, None, None, None],
    ["Jahr", "Haushalte", "Gewerbe", "Verkehr", None, "Jahr", "Haushalte", "Gewerbe", "Verkehr"],
    [None, "t CO2", "t CO2", "t CO2", None, None, "GWh", "GWh", "GWh"],
    [2018, 1000.0, 800.0, 900.0, None, 2018, 4.1, 3.2, 3.6],
    [2019, 980.0, 790.0, 905.0, None, 2019, 4.0, 3.1, 3.7],
    [2020, 930.0, 700.0, 750.0, None, 2020, 3.9, 2.9, 3.0],
]

SECTIONS = [  # parts of the table headed by lines of their own, kt nowhere but in the title, "of which" inside
    ["Greenhouse gas emissions of Sampleton, thousand tonnes CO2e"],
    ["", "FY2018/19", "FY2019/20"],
    ["Buildings", None, None],
    ["Domestic", 410.2, 399.9],
    ["of which electricity", 120.1, 110.3],
    ["Commercial", 305.5, 290.1],
    ["Transport", None, None],
    ["Road", 350.0, 341.5],
    ["Railways", 12.1, 12.0],
    ["Sub-total transport", 362.1, 353.5],
    ["Landfill gas and such", 30.0, 29.0],
    ["Total", 1107.8, 1072.5],
]

LONG_MIXED = (
    "Kommune\tÅrstal\tPost\tEnhed\tVærdi\n"
    "Eksempelby\t2020\tHusholdninger - Fjernvarme\tMWh\t172.222,2\n"
    "Eksempelby\t2020\tHusholdninger - El\tMWh\t114.027,8\n"
    "Eksempelby\t2020\tTransport i alt\tton CO2\t61.030,7\n"
    "Eksempelby\t2020\tEl-biler mål 2030\tton CO2\t100,0\n"
    "Eksempelby\t2020\tPersonbyler\tkm\t9000\n"
)


def workbook(rows, *, merged=(), name="Bilanz", options=None):
    """The bytes of an xlsx with these rows on one sheet."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True, "nan_inf_to_errors": True, **(options or {})})
    sheet = book.add_worksheet(name)
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write(at, place, cell)
    for area, text in merged:
        sheet.merge_range(area, text)
    book.close()
    return raw.getvalue()
