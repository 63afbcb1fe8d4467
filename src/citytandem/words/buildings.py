"""The English words of pilot buildings: of the command, its tables and pictures, and what can go wrong."""

from citytandem.findings import Code
from citytandem.words.catalogue import translatable as _

BUILDING_SENTENCES: dict[Code, str] = {
    Code.BUILDING_UNKNOWN: _("We do not know a building called “{asked}”. Known, by the alphabet: {nearest}."),
    Code.BUILDING_NOT_LISTED: _(
        "{table}: the building “{building}” stands in no row of the buildings. Add it there, or correct the key."
    ),
    Code.BUILDING_ROW_TWICE: _("{table}: the row {key} is given twice. The first one counts; take the other out."),
    Code.BUILDING_AREAS_CLASH: _(
        "{building}: the treated floor area ({treated} m²) is larger than the gross floor area ({gross} m²), which cannot be. "
        "Every figure per m² hangs on it, so none is given. Check both areas and their conventions."
    ),
    Code.BUILDING_VALUE_IMPOSSIBLE: _(
        "{building}: {figure} of {value} {unit} cannot be (possible: {low} to {high}). It is no basis for a number. "
        "Check the unit, the decimal sign and the source."
    ),
    Code.BUILDING_VALUE_UNUSUAL: _("{building}: {figure} of {value} {unit} is unusual. It is kept; please look it up once more."),
    Code.BUILDING_UNIT_WRONG: _(
        "{building}: {figure} is given as {value} {unit}, but is counted in {expected} here. It was not converted by a guess; write it in {expected}."
    ),
    Code.BUILDING_YEARS_CLASH: _(
        "{building}: {first_year_of} ({early}) lies after {later_year_of} ({late}). Correct one of the years."
    ),
    Code.BUILDING_CONVENTIONS_MIXED: _(
        "{building}: {figure} is known by several conventions ({conventions}). They stand side by side and are never averaged or compared."
    ),
    Code.BUILDING_CARRIERS_DIFFER: _(
        "{building}: the carriers together ({together} {unit}) are more than the total ({total} {unit}). One of them is wrong, so no number is given. Check both."
    ),
    Code.BUILDING_CARRIERS_LACK: _(
        "{building}: the carriers together ({together} {unit}) are less than the total ({total} {unit}). A carrier may be missing; add it if you know it."
    ),
    Code.BUILDING_METERS_OVERLAP: _(
        "{building}, {meter}: two readings count the days from {day} twice. Nothing is worked out from them; correct the periods."
    ),
    Code.BUILDING_METERS_GAP: _(
        "{building}, {meter}: {days} days before {day} have no reading. They are left unknown, not filled in."
    ),
    Code.BUILDING_METERS_ESTIMATED: _(
        "{building}: {count} readings were estimated by the supplier. They are used; read ones would make the answer surer."
    ),
    Code.BUILDING_METERS_SHORT: _(
        "{building}: {periods} periods with {days} days can be used; {needed} periods over a whole year are needed, at temperatures that differ. "
        "So weather is not taken out. Add readings, or temperatures for them."
    ),
    Code.BUILDING_PERIODS_DIFFER: _(
        "{building}: {count} periods are not the same for all carriers and were left out. Give every carrier by calendar month."
    ),
    Code.BUILDING_WEATHER_MISSING: _(
        "{building}: for {count} periods the outdoor temperature is not known on every day, so they were left out. Add it to the weather."
    ),
    Code.BUILDING_WEATHER_NO_REFERENCE: _(
        "{building}: there is no year of reference weather, so the use as metered stands alone. Add a reference series to the weather: twelve monthly means do."
    ),
    Code.BUILDING_WEATHER_OUTSIDE: _(
        "{building}: reference weather goes beyond the temperatures metered ({low} to {high} °C). The model was not tried there; rely on it less."
    ),
    Code.BUILDING_FIT_WEAK: _(
        "{building}: the model misses the readings by {found} % (CV(RMSE)); up to {limit} % would be accepted. "
        "Use hangs on more than the weather, so no figure for reference weather is given."
    ),
    Code.BUILDING_WITHOUT_METERS: _(
        "{building}: no meter readings are known, so designed and measured cannot be compared. Give them with --meters."
    ),
    Code.BUILDING_WITHOUT_AREA: _(
        "{building}: no floor area with its convention is known, so metered energy cannot be put per m². Add an area and how it was counted."
    ),
    Code.BUILDING_WITHOUT_DESIGN: _(
        "{building}: the total final energy as designed is not known on a floor area that is. The measured figure stands alone; add the design value with its area."
    ),
    Code.BUILDING_WITHHELD: _(
        "{building}: its data are not sound, so findings are given and no number. Correct what is named, then ask again."
    ),
    Code.BUILDING_FEW_SIMILAR: _(
        "{building}: at most {count} buildings of the same climate zone and use publish the same figures; from {needed} on their range is shown."
    ),
    Code.BUILDING_FIGURE_RECALLED: _(
        "{building}: {count} figures are recalled and were not read in a source (mark K). They are shown, and used nowhere."
    ),
    Code.BUILDING_NOTHING_MEASURED: _(
        "{building}: nothing measured in use is published, as far as we know. Gaps are shown as gaps."
    ),
    Code.MARKUP_UNSAFE: _(
        "{file} declares a document type or entities, which can be used to harm a reader. It was not read. Save it without a DOCTYPE and try again."
    ),
    Code.BUILDINGSYNC_FOREIGN: _(
        "{file} is XML, but no BuildingSync: it begins with “{found}”. Export it as BuildingSync 2, or use the template."
    ),
    Code.BUILDINGSYNC_EMPTY: _("{file} holds no building with an ID. Export it with its buildings, or use the template."),
    Code.BUILDINGSYNC_LEFT_OUT: _(
        "{file}: {element} “{value}” was left out, because its unit, its period or its building cannot be told. The rest was read."
    ),
}

BUILDINGS: dict[str, str] = {
    "cli.help.buildings": _("Pilot buildings: their figures with sources, checks of your own, designed against measured."),
    "cli.help.buildings.list": _("List the pilot buildings, by the alphabet."),
    "cli.help.buildings.show": _("Show one building: its figures with marks and sources, limits, similar buildings."),
    "cli.help.buildings.check": _("Check files of buildings: rows, units, areas, values that cannot be."),
    "cli.help.buildings.compare": _("Compare a building's design with its meters, with weather taken out beside the reading."),
    "cli.option.building": _("Key of the building; citytandem buildings list shows them."),
    "cli.option.building_files": _("Files: CSV tables, a workbook, or BuildingSync XML; or a folder with them."),
    "cli.option.building_template": _("Write the tables to be filled in to this folder, and stop."),
    "cli.option.building_meters": _("Meter readings: CSV, a workbook, or BuildingSync XML."),
    "cli.option.building_weather": _("Outdoor temperatures of the same time, and of a reference year: CSV or a workbook."),
    "cli.option.building_records": _("Records and figures of your own buildings: CSV tables, a workbook, or BuildingSync XML."),
    "cli.option.building_out": _("Draw the model to this file: .svg, .png, .html or .json."),
    "cli.option.building_zone": _("Only this main climate zone."),
    "cli.option.building_use": _("Only this use."),
    "cli.buildings.title": _("{count} pilot buildings, by the alphabet; a dash is a figure nobody has published"),
    "cli.buildings.template": _("Tables to be filled in are in {folder}. Check them with: citytandem buildings check {folder}"),
    "cli.buildings.checked": _(
        "{buildings} buildings, {values} figures, {meters} meter readings and {weather} temperatures were read; {errors} errors, {warnings} warnings."
    ),
    "cli.buildings.compared": _(
        "{building}: designed {designed}, measured {measured}, in reference weather {reference} (90 %: {low} to {high}); kWh per m² and year, on {area}"
    ),
    "cli.buildings.fit": _("Model {kind} over {count} periods: R² {r_squared}, CV(RMSE) {cv_rmse} %, bias {bias} %"),
    "building.building": _("Building"),
    "building.zone": _("Climate zone"),
    "building.use": _("Use"),
    "building.phase": _("Phase"),
    "building.area": _("Floor area, m²"),
    "building.figures": _("Figures"),
    "building.figure": _("Figure"),
    "building.state": _("State"),
    "building.value": _("Value"),
    "building.unit": _("Unit"),
    "building.convention": _("Convention"),
    "building.mark": _("Mark"),
    "building.source": _("Source"),
    "building.limit": _("Limit"),
    "building.standard": _("Standard"),
    "building.verdict": _("Against it"),
    "building.similar": _("Similar buildings"),
    "building.low": _("From"),
    "building.middle": _("Middle"),
    "building.high": _("To"),
    "building.count": _("How many"),
    "building.term": _("Why"),
    "building.limits": _("Against standards"),
    "building.gap": _("Measured less designed, kWh per m² and year"),
    "building.zone.severe_cold": _("severe cold"),
    "building.zone.severe_cold_a": _("severe cold A"),
    "building.zone.severe_cold_b": _("severe cold B"),
    "building.zone.severe_cold_c": _("severe cold C"),
    "building.zone.cold": _("cold"),
    "building.zone.cold_a": _("cold A"),
    "building.zone.cold_b": _("cold B"),
    "building.zone.hot_summer_cold_winter": _("hot summer, cold winter"),
    "building.zone.hot_summer_cold_winter_a": _("hot summer, cold winter A"),
    "building.zone.hot_summer_cold_winter_b": _("hot summer, cold winter B"),
    "building.zone.hot_summer_warm_winter": _("hot summer, warm winter"),
    "building.zone.hot_summer_warm_winter_a": _("hot summer, warm winter A"),
    "building.zone.hot_summer_warm_winter_b": _("hot summer, warm winter B"),
    "building.zone.temperate": _("temperate"),
    "building.zone.temperate_a": _("temperate A"),
    "building.zone.temperate_b": _("temperate B"),
    "building.use.residential": _("housing"),
    "building.use.office": _("office"),
    "building.use.school": _("teaching"),
    "building.use.kindergarten": _("kindergarten"),
    "building.use.hotel": _("hotel"),
    "building.use.exhibition": _("exhibition"),
    "building.use.health": _("health"),
    "building.use.shop": _("shop"),
    "building.use.industry": _("industry"),
    "building.use.mixed": _("mixed use"),
    "building.use.other": _("other use"),
    "building.phase.planned": _("planned"),
    "building.phase.under_construction": _("under construction"),
    "building.phase.completed": _("completed"),
    "building.phase.not_stated": _("not stated"),
    "building.state.designed": _("designed"),
    "building.state.tested": _("tested"),
    "building.state.measured": _("measured"),
    "building.state.required": _("required"),
    "building.state.claimed": _("claimed"),
    "building.state.reference": _("of the reference"),
    "building.convention.phpp": _("passive-house planning package"),
    "building.convention.chinese_standard": _("Chinese standard"),
    "building.convention.metered": _("metered"),
    "building.convention.other": _("other"),
    "building.convention.not_stated": _("not stated"),
    "building.convention.area_chinese_built": _("Chinese built area"),
    "building.convention.area_phpp_treated": _("treated floor area (passive house)"),
    "building.convention.area_usable": _("usable floor area"),
    "building.convention.area_conditioned": _("conditioned floor area"),
    "building.convention.area_gross_external": _("gross external area"),
    "building.convention.area_not_stated": _("area not stated"),
    "building.figure.heating_demand": _("heating demand"),
    "building.figure.cooling_demand": _("cooling demand"),
    "building.figure.total_final": _("total final energy"),
    "building.figure.primary_energy": _("primary energy"),
    "building.figure.heating_load": _("heating load"),
    "building.figure.cooling_load": _("cooling load"),
    "building.figure.u_wall": _("U-value of walls"),
    "building.figure.u_roof": _("U-value of the roof"),
    "building.figure.u_floor": _("U-value of the floor"),
    "building.figure.u_window": _("U-value of windows"),
    "building.figure.g_value": _("solar gain of glazing"),
    "building.figure.n50": _("airtightness n50"),
    "building.figure.heat_recovery": _("heat recovery of ventilation"),
    "building.figure.ventilation_rate": _("air changes by ventilation"),
    "building.figure.room_height": _("room height"),
    "building.figure.photovoltaics": _("photovoltaics"),
    "building.figure.cost": _("cost"),
    "building.figure.extra_cost": _("extra cost"),
    "building.figure.saving": _("saving"),
    "building.figure.heat_share_of_requirement": _("heat demand as a share of the requirement"),
    "building.figure.indoor_temperature": _("indoor temperature"),
    "building.figure.indoor_co2": _("indoor CO₂"),
    "building.figure.indoor_pm25": _("indoor PM2.5"),
    "building.figure.occupants": _("people in the building"),
    "building.figure.electricity": _("electricity"),
    "building.figure.district_heat": _("district heat"),
    "building.figure.district_cooling": _("district cooling"),
    "building.figure.natural_gas": _("natural gas"),
    "building.figure.lpg": _("liquefied gas"),
    "building.figure.heating_oil": _("heating oil"),
    "building.figure.coal": _("coal"),
    "building.figure.biomass": _("biomass"),
    "building.figure.other": _("other energy"),
    "building.figure.gross_area_m2": _("gross floor area"),
    "building.figure.treated_area_m2": _("treated floor area"),
    "building.year.year_planned": _("year of the plan"),
    "building.year.year_completed": _("year of completion"),
    "building.year.year_certified": _("year of the certificate"),
    "building.verdict.kept": _("kept"),
    "building.verdict.not_kept": _("not kept"),
    "building.verdict.other_convention": _("worked out otherwise, not compared"),
    "building.term.weather": _("weather of the years metered"),
    "building.term.setpoint": _("kept warmer or cooler than designed"),
    "building.term.airtightness": _("airtightness"),
    "building.term.heat_recovery": _("heat recovery"),
    "building.term.unexplained": _("not explained"),
    "chart.changepoint.title": _("Energy use and outdoor temperature: {building}"),
    "chart.changepoint.description": _("Each dot is a period; the line is the fitted model {kind}. In kWh a day."),
    "chart.changepoint.temperature": _("Mean outdoor temperature, °C"),
    "chart.changepoint.metered": _("Metered"),
    "chart.changepoint.fitted": _("Fitted"),
    "chart.changepoint.unit": _("kWh a day"),
    "chart.changepoint.starts": _("From"),
    "chart.changepoint.ends": _("Until before"),
    "chart.designed.title": _("Designed and measured: {building}"),
    "chart.designed.description": _(
        "Figures by state in kWh per m² and year; where there is none, the place is left empty and says so."
    ),
    "chart.designed.unit": _("kWh/m²a"),
    "chart.designed.row": _("{figure}: {state}"),
    "chart.designed.row_by": _("{figure}: {state}, {convention}"),
    "chart.designed.gap": _("not published"),
}
