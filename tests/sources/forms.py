"""Small files of our own in the layouts of publishers, for every format that can be read."""
# ruff: noqa: E501 the headings of publishers are long

import io

import xlsxwriter

from citytandem.sources.crosswalks import read_rows

REFERENCES = [row["ref"] for row in read_rows("gpc_sectors")]
TOTALS = ("BASIC", "BASIC+", "BASIC+S3", "Territorial")
ECRF_DETAIL = (
    "Inventory year", "GPC ref. no.", "CRF - Sector", "CRF - Sub-sector", "Scope", "Fuel type or activity", "Notation key",
    "Activity data - Amount", "Activity data - Unit", "Activity data - Data Quality", "Emission factor - Unit",
    "Emission factor - Total CO2e", "Emission factor - Data Quality", "GHGs (metric tonnes CO2e) - CO2",
    "GHGs (metric tonnes CO2e) - CH4", "GHGs (metric tonnes CO2e) - N2O", "GHGs (metric tonnes CO2e) - Total CO2e",
)  # fmt: skip


def workbook(sheets):
    """An xlsx of sheets by name, each a list of rows."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, column, cell, None, "")
                    else:
                        sheet.write(number, column, cell)
    return content.getvalue()


def c40(*cities):
    """The dashboard's sheet with one row per city: name, country, year, level, values by reference, totals."""
    head = ["City", "Country", "Boundary", "Year", "Year_calendar", "Level", "Population", "Area", "GDP", *REFERENCES, *TOTALS]
    rows = []
    for city in cities or (aarhaven(), aarhaven(year="April 2018 - March 2019", calendar=2018)):
        facts = [
            city["name"],
            city["country"],
            "City / Municipality",
            city["year"],
            city["calendar"],
            city["level"],
            100_000,
            50,
            city["gdp"],
        ]
        rows.append([*facts, *(city["values"].get(ref, "NO") for ref in REFERENCES), *city["totals"]])
    return workbook({"Cover": [["GHG"]], "Data": [head, *rows]})


def aarhaven(*, year=2019, calendar=2019, level="BASIC", values=None, totals=(60.0, 70.0, 70.0, 80.0), gdp=1e9):
    """An invented city: 60 t in BASIC, 10 t of process more in BASIC+, 30 t of power for the grid and 20 t of grid use."""
    given = {"I.1.1": 25.0, "I.1.2": 20.0, "II.1.1": 15.0, "IV.1": 10.0, "I.4.4": 30.0, "I.1.3": "NE"}
    return {
        "name": "Aarhaven", "country": "Denmark", "year": year, "calendar": calendar, "level": level, "values": given | (values or {}),
        "totals": totals, "gdp": gdp,
    }  # fmt: skip


def ecrf(*, details=None, level="", summary=None, facts=None):
    """A filled workbook in the layout of the Common Reporting Framework."""
    said = {
        "Name of city": "Aarhaven", "Country": "Denmark", "Inventory year": 2021, "Geographic boundary": "City / Municipality",
        "Heating degree days (HDD, °C)": 3100, "Cooling degree days (CDD, °C)": 20, "Land area (km2) within city boundary": 50,
        "Resident population within city boundary": 100_000, "GDP (US$) of economic activity within city  boundary": 5e9,
        "GPC reporting level": level, "Global Warming Potential ": "IPCC AR5", "Inventory tool used": "CIRIS",
        "Has the inventory been audited or verified by a third party?": "Yes", "Name of auditor/verifier": "Auditors of Aarhaven",
    } | (facts or {})  # fmt: skip
    first = [["Boundary" if number == 0 else "", label, value] for number, (label, value) in enumerate(said.items())]
    rows = details if details is not None else ecrf_details()
    sums = summary if summary is not None else ecrf_summary()
    return workbook({"eCRF_1": first, "eCRF_2": sums, "eCRF_3": [list(ECRF_DETAIL), *rows]})


def ecrf_details():
    """Two fuels of households, their electricity with its losses not estimated, roads, and a row nobody filled."""
    return [
        [2021, "I.1.1", "Stationary energy", "Residential Buildings", "Direct emissions", "natural gas", "", 1000, "MWh", "H",
         "kg CO2e/MWh", 202, "M", 201000, 600, 400, 202000],
        [2021, "I.1.1", "Stationary energy", "Residential Buildings", "Direct emissions", "heating oil", "", 500, "litres", "L",
         "", "", "", "", "", "", 1300],
        [2021, "I.1.2", "Stationary energy", "Residential Buildings", "Indirect emissions", "electricity", "", 2, "GWh", "H",
         "t CO2e/GWh", 150, "H", 300, "", "", ""],
        [2021, "I.1.3", "Stationary energy", "Residential Buildings", "Outside city boundary", "", "NE", *[""] * 10],
        ["Please select", "II.1.1", "Transportation", "On-road", "Direct emissions", "{{activity_type}}", "", "", "", "", "", "", "",
         "", "", "", 5000],
        ["Please select", "III.1.1", "Waste", "Solid waste disposal", "Direct emissions", "{{activity_type}}", "{{no_key}}",
         *["{{activity_amount}}"] * 10],
        ["", "I.4.4", "Generation of grid-supplied energy", "CHP generation", "Direct emissions", "", "", "", "", "", "", "", "", "",
         "", "", 9000],
    ]  # fmt: skip


def ecrf_summary():
    """Published sums: households agree with the details, roads do not."""
    head = ["Sectors and Sub-Sectors", "Direct Emissions", "", "Indirect emissions", "", "Outside", "", "Explain"]
    return [
        ["Please select", *[""] * 7],
        head,
        ["", *["Emissions in tCO2e", "Notation key"] * 3, ""],
        ["Stationary energy > Residential buildings", 203300, "", 300, "", "", "NE", ""],
        ["Stationary energy > Commercial buildings & facilities", "", "IE", "", "IE", "", "NE", ""],
        ["Transportation > On-road", 4000, "", "", "NO", "", "NE", ""],
        ["Transportation > Rail", "", "NO", "", "NO", "", "NO", ""],
        ["Waste > Solid waste disposal", 12, "", "", "NO", "", "NO", ""],
        ["AFOLU > Land use", -50, "", "", "NE", "", "NE", ""],
        ["Total Emissions (excluding generation of grid-supplied energy)", 207262, "", 300, "", 0, "", ""],
    ]


def ceads_cities():
    """City totals in megatonnes, named by province and city."""
    rows = [
        ["北京1997", "北京", 1997, 61.9],
        ["河北唐山2019", "河北唐山", 2019, 250.5],
        ["河北唐山2018", "河北唐山", 2018, 248.0],
    ]
    return workbook({"NOTE": [["Unit", "million tonnes"]], "emission vector": [["ID", "city", "year", "emission"], *rows]})


def prefectures(*, unit="1000tCO2"):
    """One year of two prefectures in thousand tonnes."""
    head = ["Pre_Num", "Pre_Name", "Ind_Num", "Ind_Name", "Coal Combustion", "Crude Oil Combustion", "Natural Gas Combustion",
            "Electricity Generation"]  # fmt: skip
    rows = [
        [1, "Hokkaido", 25, "Residential", 0, 6000.5, 470, 0],
        [1, "Hokkaido", 13, "Electricity, Gas, Heat Supply and Water", 0, 0, 0, 18000],
        [26, "Kyoto-fu", 10, "Manufacture of Iron  and Steel", 12, 3, 1, 0],
    ]
    return workbook({"2013": [[unit, "", "", "", 2013, 2013, 2013, 2013], head, *rows]})


GPC_CSV = (
    '"Inventory Reference","GPC Reference Number","Subsector name","Notation Key","Total Emissions","Total Emission Units","Activity type",'
    '"Activity Value","Activity Units","Emission Factor - CO2","Emission Factor - CH4","Emission Factor - N2O","Emission Factor - Unit",'
    '"CO2 Emissions","CH4 Emissions","N2O Emissions","Data source ID","Data source name"\n'
    '"a","I.1.1","Residential buildings",,"7780.4","t CO2e",,"12","MWh",,,,"kg/TJ","7734000","3800","42600","s","Source"\n'
    '"a","I.1.2","Residential buildings",,"3.02","kt CO2e",,,,,,,,"3020000",,,"s","Source"\n'
    '"a","I.1.3","Residential buildings","IE",,"t CO2e",,,,,,,,,,,"s","Source"\n'
    '"a","II.1.1","On-road",,"500","mt CO2e",,,,,,,,,,,"s","Source"\n'
    '"a","V.2","Land",,"-15","t CO2e",,,,,,,,"-15000",,,"s","Source"\n'
    '"a","V.2","Land",,"20","t CO2e",,,,,,,,"90000",,,"s","Source"\n'
    '"a","III.1.1","Waste","RN",,"t CO2e",,,,,,,,,,,"s","Source"\n'
)
GPC_ACTIVITY = (
    "supercategory,subcategory,gpc_ref,scope,activity,entity,amount,units,input_year,total_co2e_ef,total_mtco2e,fiscal_year\n"
    "Stationary Energy,residential,I.1.2,2,electricity,community,1000,MWh/year,2022,0.25,250,FY 2022\n"
    "Stationary Energy,residential,I.1.1,1,natural_gas,community,10000,therms/year,2022,0.0053,53,FY 2022\n"
    "Transportation,road,II.1.1,1,gasoline,community,1000,gallons/year,2022,0.009,10,FY 2022\n"
    "afolu,livestock,V.1,1,sheep_manure,community,40,animals,2022,0.1,4,FY 2022\n"
    "waste,NA,NA,NA,recycle,community,54,tonnes,2022,NA,NA,FY 2022\n"
    "waste,landfill,III.1.2,3,landfill,community,10,furlong,2022,0.5,5,FY 2022\n"
)
CDP_2016 = (
    "Account Number,City Name,Country,City Short Name,C40,Reporting Year,Measurement Year,Boundary,Primary Methodology,Methodology Details,"
    "Gases included,Total City-wide Emissions (metric tonnes CO2e),Total Scope 1 Emissions (metric tonnes CO2e),"
    "Total Scope 2 Emissions (metric tonnes CO2e),Current Population Year,Current Population,\u200bLand area (in square km)\n"
    "1,Kommune Aarhaven,Denmark,Aarhaven,,2016,12/31/2014 12:00:00 AM,Administrative boundary of a local government,"
    "Global Protocol for Community-Scale Greenhouse Gas Emissions,,CO2; CH4; N2O,600000,400000,200000,2015,100000,50\n"
    "2,Bigport,Germany,Bigport,,2016,03/31/2014 12:00:00 AM,A metropolitan area,Other: BISKO,,CO2,17755,10000,7000,2015,1762791,755\n"
    "3,Silence,USA,Silence,,2016,12/31/2014 12:00:00 AM,,,,,,,,2015,1000,1\n"
)
CDP_2020 = (
    "Year Reported to CDP,Account Number,Organization,City,Country,CDP Region,Access,City-wide emissions inventory,Accounting year,"
    "Administrative city boundary,Inventory boundary (compared to Administrative city boundary),Primary Protocol,Gases Included,"
    "Direct emissions (metric tonnes CO2e) for Total generation of grid-supplied energy,"
    "Direct emissions (metric tonnes CO2e) for Total emissions (excluding generation of grid-supplied energy),"
    "Indirect emissions from use of grid supplied energy (metric tonnes CO2e) for Total Emissions (excluding generation of grid-supplied energy),"
    "Emissions occurring outside city boundary (metric tonnes CO2e) for Total Emissions (excluding generation of grid-supplied energy),"
    "TOTAL Scope 1 Emissions (metric tonnes CO2e),TOTAL Scope 2 emissions (metric tonnes CO2e),TOTAL Scope 3 Emissions,"
    "TOTAL BASIC Emissions (GPC),TOTAL BASIC+ Emissions (GPC),Land area (in square km),Population,Population Year\n"
    "2020,1,Kommune Aarhaven,,Denmark,Europe,public,Yes,2018-04-01 - 2019-03-31,City / Municipality,"
    "Same – covers entire city and nothing else,Global Protocol for Community Greenhouse Gas Emissions Inventories (GPC),CO2,"
    "50000,400000,200000,30000,,,,,,50,100000,2019\n"
    "2020,2,Next,,Denmark,Europe,public,In progress,,,,,,,,,,,,,,,10,1000,2019\n"
)
CDP_TARGETS = (
    '"Year.Reported.to.CDP","Account.Number","Organization","City","Country","Type.of.target","Sector",'
    '"Target.boundary.relative.to.city.boundary","Base.year","Percentage.reduction.target","Target.year",'
    '"Percentage.of.target.achieved.so.far","name"\n'
    '2021,1,"Kommune","NA","Denmark","Base year emissions (absolute) target","All emissions sources included in city inventory","Same",'
    '2005,40,2030,10,"Aarhaven"\n'
    '2021,1,"Kommune","NA","Denmark","Base year emissions (absolute) target","Transport","Same",2005,20,2030,NA,"Aarhaven"\n'
    '2021,1,"Kommune","NA","Denmark","Base year emissions (absolute) target","Transport","Same",2010,25,2030,NA,"Aarhaven"\n'
    '2021,1,"Kommune","NA","Denmark","No target","NA","NA",NA,NA,NA,NA,"Aarhaven"\n'
    '2021,1,"Kommune","NA","Denmark","Fixed level target","Energy","Same",NA,NA,NA,NA,"Aarhaven"\n'
)
COVENANT = "emissions_id,actor_id,year,total_emissions,datasource_id\nx:DE HEI:2010,DE HEI,2010,1157000,d\nx:AT JDN:2015,AT JDN,2015,60455,d\n"
COVENANT_TARGETS = (
    "target_id,actor_id,target_type,baseline_year,target_year,target_value,target_unit,URL,datasource_id\n"
    "p,AT BRZ,Absolute emission reduction,2008,2020,21,percent,,d\n"
    "p,DE HEI,Absolute emission reduction,1990,2030,40,points,,d\n"
)
CEADS_PROVINCES = (
    "province,year,sector,fuel,unit,value\n"
    "Hebei,2019,Total,Scope 1 Total,Mt CO2,12.5\n"
    "Hebei,2019,Total,Raw Coal,Mt CO2,10\n"
    "Hebei,2019,Smelting and Pressing of Ferrous Metals,Raw Coal,Mt CO2,7\n"
    "Hebei,2019,Smelting and Pressing of Ferrous Metals,CleanedCoal,Mt CO2,1\n"
    "Hebei,2019,Urban,Natural Gas,Mt CO2,2\n"
    "Hebei,2019,Nonmetal Mineral Products,Process,Mt CO2,2\n"
)


SECAP_CARRIERS = (
    "Natural gas", "Liquid gas", "Heating oil", "Diesel", "Gasoline", "Lignite", "Coal", "Other fossil fuels", "Plant oil", "Biofuel",
    "Other biomass", "Solar thermal", "Geothermal",
)  # fmt: skip


def secap_row(label, *, electricity="", heat="", total="", **fuels):
    """A row of a table of the Covenant: its label, electricity, heat, the fuels by name, and the total."""
    given = {name.replace("_", " "): value for name, value in fuels.items()}
    return [label, electricity, heat, *(given.get(name.lower(), "") for name in SECAP_CARRIERS), total]


def secap_head(title):
    """The three rows above a table: what it holds, the groups of carriers, and the carriers."""
    groups = ["Sector", "Electricity", "Heat/cold", "Fossil fuels", *[""] * 7, "Renewable energies", *[""] * 4, "Total"]
    return [["", title], groups, ["", "", "", *SECAP_CARRIERS, ""]]


def secap_energy():
    """Final energy of three sectors with a subtotal, industry in two parts, and roads and rails of private transport."""
    return [
        ["A. Final energy consumption"],
        *secap_head("FINAL ENERGY CONSUMPTION [MWh]"),
        ["BUILDINGS, EQUIPMENT/FACILITIES AND INDUSTRIES"],
        secap_row("Municipal buildings, equipment/facilities", electricity=100, heat=50, natural_gas=200, total=350),
        secap_row("Residential buildings", electricity=1000, natural_gas=2000, other_biomass=400, coal=0, total=3400),
        secap_row("Industry", electricity=500, total=500),
        secap_row("Non-ETS", electricity=300, total=300),
        secap_row("ETS (not recommended)", electricity=200, total=200),
        secap_row("Subtotal", electricity=1600, heat=50, natural_gas=2200, other_biomass=400, total=4250),
        ["TRANSPORT"],
        secap_row("Private and commercial transport"),
        secap_row("Road", diesel=3000, gasoline=2000, total=5000),
        secap_row("Rail", electricity="NE"),
        secap_row(
            "TOTAL", electricity=1600, heat=50, natural_gas=2200, other_biomass=400, diesel=3000, gasoline=2000, total=9250
        ),
    ]


def secap_factors():
    """Factors in tonnes per MWh; electricity has a national and a local one."""
    head = ["Electricity", "", "Heat/cold", *SECAP_CARRIERS]
    values = {"Natural gas": 0.202, "Diesel": 0.267, "Gasoline": 0.249, "Coal": 0.354, "Other biomass": 0}
    return [
        ["", "CO2 emission factors [t/MWh]"],
        ["", *head],
        ["", "National", "Local"],
        ["Emission factor", 0.4, 0.3, 0.25, *(values.get(name, "") for name in SECAP_CARRIERS)],
    ]


def secap_production():
    """Electricity made in the municipality, and waste beside the tables."""
    return [
        ["B2. Local/distributed electricity production (Renewable energy only)", "Electricity production [MWh]"],
        ["Wind power", 70],
        ["Photovoltaics", "", 30],
        ["Non-energy related sectors", "CO2 equivalent emissions [t]"],
        ["Waste management", 44],
    ]


def secap_emissions(*, total=2155.0):
    """The sheet's own emissions: municipal buildings and households."""
    return [
        ["D. Emissions"],
        *secap_head("CO2 equivalent emissions [t]"),
        secap_row("Municipal buildings, equipment/facilities", electricity=30, heat=12.5, natural_gas=40.4, total=82.9),
        secap_row("Residential buildings", electricity=300, natural_gas=404, coal=0, total=704),
        secap_row("Private and commercial transport", total=""),
        secap_row("Road", diesel=801, gasoline=498, total=1299),
        ["Waste management", *[""] * 15, 69.1],
        secap_row("TOTAL", total=total),
    ]


def secap(*, baseline=None, monitoring=None, facts=None):
    """A filled template of the Covenant of Mayors: strategy, a baseline inventory and perhaps a monitoring one."""
    said = {"Local authority": "Aarhaven", "Country": "Denmark"} | (facts or {})
    inventory = [
        ["", "1) Inventory year", "", 2010],
        ["", "2) Number of inhabitants in the inventory year", "", 100_000],
        ["", "3) Emission factors", "", "IPCC"],
        ["", "4) Emission reporting unit", "", "tonnes CO2 equivalent"],
    ]
    first = baseline if baseline is not None else [*secap_energy(), [], *secap_production(), [], *secap_factors()]
    sheets = {"Strategy": [list(pair) for pair in said.items()], "BEI": [*inventory, [], *first]}
    if monitoring is not None:
        later = [["", "1) Inventory year", "", 2018], *inventory[1:]]
        sheets["MEI"] = [*later, [], *monitoring]
    return workbook(sheets)


CIRIS_HEAD = [
    ["", "", "", "", "", "Activity data", "", "", "Emission factor", "", "Total emissions (metric tonnes)", "", "", "", "Data quality"],
    ["", "GPC ref No.", "Activity", "Notation key", "", "Amount", "Units", "", "CO2", "CO2e", "CO2", "CH4", "CO2(b)", "Total CO2e",
     "Activity data quality"],
]  # fmt: skip


def ciris_row(reference="", *, activity="", key="", amount="", unit="", total="", quality=""):
    """A row of a sector sheet: a reference with its sum, or an entry beneath it."""
    return ["", reference, activity, key, "", amount, unit, "", "", "", "", "", "", total, quality]


def ciris(*, facts=None, households=None, form=None):
    """A workbook of C40's tool: a reference, its entries beneath it, and a key where there are none."""
    said = {"City name": "Aarhaven", "Country": "Denmark", "Inventory year": 2019, "Population": 100_000} | (facts or {})
    stationary = [
        *CIRIS_HEAD,
        ciris_row("I.1.1", total=604),
        *(households if households is not None else [
            ciris_row(activity="natural gas", amount=2000, unit="MWh", total=404, quality="High"),
            ciris_row(activity="heating oil", amount=70_000, unit="litres", total=200, quality="Low"),
        ]),
        ciris_row("I.1.2"),
        ciris_row(activity="electricity", amount=1, unit="GWh", total=300, quality="M"),
        ciris_row("I.1.3", key="NE"),
        ciris_row("I.4.4", total=9000),
    ]  # fmt: skip
    sheets = {
        "City information": [list(pair) for pair in said.items()],
        "Notation keys": [["NO", "Not occurring"]],
        "I Stationary Energy": stationary,
        "II Transportation": [*CIRIS_HEAD, ciris_row("II.1.1", total=801), ciris_row("II.1.2", key="IE"), ciris_row("II.1.3")],
        "III Waste": [*CIRIS_HEAD, ciris_row("III.1.1", key="NO"), ciris_row("III.1.2", total=44)],
        "Light_eCRF_1": form or [["nothing"]],
    }
    return workbook(sheets)


def samples():
    """One small file per format: the key of the format, the name of a file, its bytes."""
    return [
        ("c40_gpc", "c40.xlsx", c40()),
        ("ecrf", "ecrf.xlsx", ecrf()),
        ("gpc_csv", "inventory-BR_ACZ-2022.csv", GPC_CSV.encode()),
        ("gpc_activity", "activity.csv", GPC_ACTIVITY.encode()),
        ("cdp", "2016.csv", CDP_2016.encode()),
        ("cdp", "2020.csv", CDP_2020.encode()),
        ("cdp_targets", "targets.csv", CDP_TARGETS.encode()),
        ("covenant", "covenant.csv", COVENANT.encode()),
        ("covenant", "covenant_targets.csv", COVENANT_TARGETS.encode()),
        ("ceads", "cities.xlsx", ceads_cities()),
        ("ceads", "provinces.csv", CEADS_PROVINCES.encode()),
        ("japan_prefecture", "prefectures.xlsx", prefectures()),
        ("ciris", "ciris.xlsx", ciris()),
        ("secap", "secap.xlsx", secap(monitoring=[*secap_energy(), *secap_emissions()])),
    ]


REAL = {
    "c40-gpc-inventories/C40_GPC_Database.xlsx": "c40_gpc",
    "ecrf-template/ecrf_template.xlsx": "ecrf",
    "gpc-inventory-exports-brazil/inventory-BR_ACZ-2022.csv": "gpc_csv",
    "us-amherst-gpc-activity/ghg_emissions.csv": "gpc_activity",
    "cdp-citywide-emissions/2016_Citywide_GHG_Emissions.csv": "cdp",
    "cdp-citywide-emissions/2017_Cities_Community_Wide_Emissions.csv": "cdp",
    "cdp-citywide-emissions/2018_City-wide_Emissions.csv": "cdp",
    "cdp-citywide-emissions/2019_City-wide_Emissions.csv": "cdp",
    "cdp-citywide-emissions/2020_City-Wide_Emissions.csv": "cdp",
    "cdp-citywide-emissions/2021_City-wide_Emissions.csv": "cdp",
    "cdp-city-targets-2021/2021_Cities_Emissions_Reduction_Targets_clean_names.csv": "cdp_targets",
    "eu-covenant-of-mayors/EmissionsAgg.csv": "covenant",
    "eu-covenant-of-mayors/Target.csv": "covenant",
    "ceads-china-cities/Emission_Inventories_290_Chinese_Cities_1997-2019.xlsx": "ceads",
    "ceads-china-provinces/ceads_province_sector_fuel_1997_2019.csv.gz": "ceads",
    "jp-prefecture-inventories/Long2020_prefectural_CO2_2007-2015.xlsx": "japan_prefecture",
}
"""The real file of each format in the folder of raw data."""


def read_real(raw_data, name):
    """The bytes of a real file; the test is skipped where it is missing."""
    import pytest

    path = raw_data / name
    if not path.is_file():
        pytest.skip(f"the raw data set {name} is not on this machine")
    return path.read_bytes()
