"""The English sentence for each finding code: what, where, why it matters, what to do."""

from citytandem.findings import Code
from citytandem.words.agendas import AGENDA_SENTENCES
from citytandem.words.assessment import ASSESSMENT_SENTENCES
from citytandem.words.buildings import BUILDING_SENTENCES
from citytandem.words.catalogue import translatable as _
from citytandem.words.matching import MATCHING_SENTENCES
from citytandem.words.registry import REGISTRY_SENTENCES
from citytandem.words.tours import TOUR_SENTENCES
from citytandem.words.transition import TRANSITION_SENTENCES

SENTENCES: dict[Code, str] = {
    **BUILDING_SENTENCES,
    **MATCHING_SENTENCES,
    **REGISTRY_SENTENCES,
    **TOUR_SENTENCES,
    **AGENDA_SENTENCES,
    **TRANSITION_SENTENCES,
    **ASSESSMENT_SENTENCES,
    Code.CITY_UNKNOWN: _("We do not know a city called “{asked}”. Nearest names: {nearest}."),
    Code.CITY_AMBIGUOUS: _("“{asked}” can be several cities: {choices}. Please give the id."),
    Code.CITY_WITHOUT_BALANCE: _(
        "There is no emission balance for {city} in this release, so it cannot be compared. "
        "Import the city's own balance, or choose a city that has one. "
        "For a first estimate learned from other cities, run: citytandem estimate “{city}”."
    ),
    Code.COUNTRY_WITHOUT_TOTAL: _(
        "The carbon dioxide per person of {country} around {year} is not in this release, so nothing can be estimated for {city}. "
        "Choose a year between 1990 and 2021, or import the city's own balance."
    ),
    Code.ESTIMATE_IS_NO_BALANCE: _(
        "This is a first estimate for {city}, learned from other cities. It is no balance, nobody is compared with it, "
        "and it cannot show what the city has done. The city's own balance replaces it: import it as soon as you have one."
    ),
    Code.ESTIMATE_BESIDE_BALANCE: _(
        "{city} has balances of its own ({years}). They were not used here; rely on them: citytandem balance “{city}”."
    ),
    Code.ESTIMATE_FROM_NATIONAL_TOTAL: _(
        "Too few cities of {country} like this one publish {outcome} (cities with any balance: {found}). The estimate comes from "
        "the carbon dioxide per person of the country, and from how far cities of {countries} countries lie from theirs. "
        "The interval is wide; a few published balances from {country} would narrow it."
    ),
    Code.ESTIMATE_NOT_POSSIBLE: _(
        "Not known, and not estimated: {outcome}. At least {needed} cities of the same part of {country} would have to publish it. "
        "Import a balance that separates it."
    ),
    Code.ESTIMATE_OUTSIDE_RANGE: _(
        "The cities of {country} from which this was learned have between {least} and {most} inhabitants; {city} lies outside. "
        "The interval may be too narrow, so take the figures as a rough hint."
    ),
    Code.ESTIMATE_WITHOUT_CARRIERS: _(
        "Not split by energy carrier: {outcome}. Too few published balances of {country} separate carriers, and no split of the "
        "whole country is known here. Meter readings of the network operators are the quickest way to know them."
    ),
    Code.ESTIMATE_CARRIERS_AS_COUNTRY: _(
        "Energy carriers of {outcome} are split as in all of {country} ({year}), so they tell little about this city. "
        "Meter readings of the network operators are the quickest way to know better."
    ),
    Code.ESTIMATE_WITH_CONTEXT: _(
        "Local facts of {city} that moved this estimate: {context}. Other local facts in the folder were tried and did not help."
    ),
    Code.ESTIMATE_WITHOUT_CONTEXT: _(
        "No local facts of {city} were used, such as its flats with district heat. If you have a folder with them, "
        "name it with --context, and the estimate may get better."
    ),
    Code.ESTIMATE_CONTEXT_NOT_KNOWN: _(
        "The folder with local facts says nothing that helps for {city}, so the estimate is made without it. "
        "Check whether the municipality is inside under its official code."
    ),
    Code.CONTEXT_UNREADABLE: _(
        "The folder “{file}” could not be read as local facts ({reason}). It needs the tables ags_master, population_2021, area_2021, "
        "buildings_2021, flats_2021 and industry_facilites_2021. Estimates also work without it."
    ),
    Code.CITY_WITHOUT_POPULATION: _(
        "The population of {city} in {year} is not known, so nothing can be shown per person. Add it to the balance."
    ),
    Code.YEAR_WITHOUT_BALANCE: _("{city} has no balance for {year}. Years with a balance: {years}."),
    Code.ROW_BREAKS_RULE: _("Row {row} of {where}: {column} breaks the rule “{rule}” (value: {value}). Please check this row."),
    Code.COLUMN_MISSING: _(
        "{where} lacks the column {column}, without which it cannot be read. Add the column or map another to it."
    ),
    Code.FILE_MISSING: _("The file {file} is missing from {where}. Get the complete package again."),
    Code.FILE_UNREADABLE: _("The file {file} cannot be read ({problem}). Get the file again or save it anew."),
    Code.FILE_CHANGED: _("The file {file} is not the one its package describes: its hash differs. Get the package again."),
    Code.RELEASE_INCOMPLETE: _("The release in {where} lacks the table {table}. Get the complete package again."),
    Code.REFERENCE_DANGLING: _("Row {row} of {where}: {column} names {value}, which is not in the table {table}."),
    Code.FACTOR_OUT_OF_BOUNDS: _(
        "Row {row} of {where}: {value} kg CO2e per MWh cannot be true for {carrier}; true factors lie between {low} and {high}. "
        "Please check the unit, the heating value and the source."
    ),
    Code.RAW_DATA_MISSING: _(
        "The raw data set {dataset} is not in {where}. The release is built from it; put it there and run again."
    ),
    Code.EXTRA_MISSING: _("This needs an addition that is not installed. Install it with: pip install 'citytandem[{extra}]'."),
    Code.BACKUP_UNREADABLE: _(
        "The file {file} cannot be restored: {part} is missing, damaged or was changed. Nothing here was touched. Take an older backup."
    ),
    Code.RESTORE_NOT_EMPTY: _(
        "This site holds people already, so {file} was not restored over them. Start with an empty home, or say --replace to take away what is here."
    ),
    Code.DEMO_IS_LOCAL: _(
        "The demo has invented people whose passwords are printed, so it is only shown to this machine, not on {host}. "
        "Leave --host out, or leave --demo out and invite real people."
    ),
    Code.FILE_TOO_LARGE: _(
        "The file {file} is not opened, because its {part} counts {size} and at most {limit} can be read safely. "
        "Save only the sheets or rows that are needed, or split the file, and try again."
    ),
    Code.FILE_CUT_OFF: _(
        "The file {file} ends too early. The rows up to there are kept, but later ones are missing. Get the complete file and read it again."
    ),
    Code.ENCODING_GUESSED: _(
        "{where} is not written in UTF-8; from row {row} on it was read as {encoding}, so names may look wrong. "
        "Figures are not touched. Save the file as UTF-8 to be sure."
    ),
    Code.ROW_HAS_OTHER_WIDTH: _(
        "Row {row} of {where} has {found} cells instead of {expected}, so some of them may stand under the wrong heading. "
        "Please look for a missing or extra separator in this row."
    ),
    Code.SHEET_MISSING: _(
        "{where} lacks the sheet {sheet}, so what it would hold stays unknown. Add the sheet under this name, or use the original form."
    ),
    Code.ROW_GIVEN_TWICE: _(
        "Row {row} of {where} gives {key} again. Both are kept apart, the later one with a number behind its id, so that nothing is counted "
        "twice. Delete the row that is wrong."
    ),
    Code.CELL_NO_NUMBER: _(
        "Row {row} of {where}, column {column}: “{value}” is not a number that can be read without doubt. The cell stays unknown and the rest "
        "of the row is kept. Write the number alone, with a point for decimals and without words or currency."
    ),
    Code.CELL_OUT_OF_RANGE: _(
        "Row {row} of {where}, column {column}: {value} lies outside {low} to {high}, where it could be true. The cell stays unknown and the rest "
        "of the row is kept. Please check the sign, the unit and the decimal mark."
    ),
    Code.FORMULA_WITHOUT_VALUE: _(
        "Row {row} of {where}, column {column} holds a formula without a saved result, or with an error, so the cell stays unknown. "
        "Open the file in a spreadsheet program, let it calculate, and save it again."
    ),
    Code.NOTATION_UNKNOWN: _(
        "Row {row} of {where}, column {column}: “{value}” is neither a number nor a notation key (NO, NE, IE, C). It is kept as not estimated, "
        "never as zero. Write one of the four keys or the number."
    ),
    Code.CATEGORY_UNKNOWN: _(
        "Row {row} of {where}, column {column}: we do not know what “{value}” belongs to. The row is kept beside the total and not added. "
        "Check the spelling, or map it to one of our sectors."
    ),
    Code.UNIT_UNKNOWN: _(
        "Row {row} of {where}, column {column}: the unit “{value}” is not known here, so the amount is not converted; emissions are kept. "
        "Write a usual unit such as MWh, GJ, m3 or t."
    ),
    Code.UNIT_AMBIGUOUS: _(
        "Row {row} of {where}, column {column}: the unit “{value}” can mean metric tonnes or megatonnes, a factor of a million, so the amount is "
        "left unknown. Write t, kt or Mt."
    ),
    Code.CITY_NOT_MATCHED: _(
        "{where}: we do not know which city “{name}” ({country}) is. Its rows are kept under the provisional id {city} and are not joined to "
        "anything yet. Give the id of the city to join them."
    ),
    Code.CITY_NOT_STATED: _(
        "{where} does not say which city it is about, so its figures cannot be placed. Name the city when you read the file."
    ),
    Code.YEAR_NOT_STATED: _(
        "Row {row} of {where} does not say for which year its figures are, so they cannot be kept. Give the year of the emissions."
    ),
    Code.PERIOD_UNCLEAR: _(
        "Row {row} of {where}: “{value}” does not say clearly from when to when the year ran. It is taken as {start} to {end}. "
        "Give the first and last day to be sure."
    ),
    Code.VALUE_IMPLAUSIBLE: _(
        "Row {row} of {where}: {value} t for {population} people is {per_head} t per person, about a thousand times away from what is usual. "
        "The value is kept as published. Please check whether it was meant in another unit."
    ),
    Code.SHEET_QUOTE_OPEN: _(
        "{where}: a quotation mark opened in row {row} is never closed, which would swallow the rest of the file. From there on each line was read as a row of its own, so nothing is lost. Please delete the mark or close it."
    ),
    Code.SHEET_WITHOUT_TABLE: _(
        "{where} (sheets: {sheet}) holds no table in which we recognise emissions or energy with a heading over each column, so nothing was read. Name the columns in a mapping, or put headings with units over the figures."
    ),
    Code.SHEET_UNIT_ASKED: _(
        "{where}, column “{column}”: which unit are these figures in? The file says “{unit}”. A wrong unit would be wrong by a thousand or a million, so we do not guess. Please choose t, kt, Mt, MWh, GWh or TJ."
    ),
    Code.SHEET_YEAR_ASKED: _(
        "{where} does not say for which year its figures are. Without the year they cannot be compared with anything. Please give it."
    ),
    Code.SHEET_DECIMAL_ASKED: _(
        "{where}: {count} figures such as “{example}” can mean thousands or decimals, and no other figure of the table tells which. Please say whether the comma or the point divides the decimals."
    ),
    Code.SHEET_PERIOD_ASKED: _(
        "{where} speaks of fiscal years but does not say in which month they begin. Weather and activity differ with it. Please give the first month; until then calendar years are taken."
    ),
    Code.SHEET_WORD_UNKNOWN: _(
        "{where}: we do not know what “{word}” stands for. Its rows are kept beside the total and not added. Please say which sector or energy carrier it is, or that it can be left out."
    ),
    Code.SHEET_COLUMN_NEW: _(
        "{where}: the column “{column}” is not in the mapping, so it was left out. If it matters, add it to the mapping; otherwise nothing needs to be done."
    ),
    Code.SHEET_TABLE_LEFT_OUT: _(
        "{where}: the table in rows {first} to {last} was left out, because the mapping does not use it. If it holds emissions or energy, set use = true for it in the mapping."
    ),
    Code.SHEET_ROW_WITHOUT_VALUE: _(
        "Row {row} of {where} (“{label}”) names no figure in any column that is read, so it gives no line. If the figure is missing, write a notation key (NO, NE, IE, C) to say why."
    ),
    Code.SHEET_ROW_PLANNED: _(
        "Row {row} of {where} (“{label}”) is a target or projection. It is not taken as an emission that happened and gives no line. Nothing needs to be done."
    ),
    Code.SHEET_ROW_OTHER: _(
        "Row {row} of {where} (“{label}”) is about something other than emissions or final energy, so it gives no line of the balance. If that is wrong, correct the word in the mapping."
    ),
    Code.SHEET_ROW_REPEATED: _(
        "Row {row} of {where} gives “{label}” again ({value}); row {first} already gave {kept}. It is counted once, with the first value. Please delete the row that is wrong."
    ),
    Code.SHEET_TOTAL_DIFFERS: _(
        "Row {row} of {where}: “{label}” is published as {published} {unit}, but its parts add up to {parts} {unit}, a difference of {difference}. Both are kept as published and nothing is repaired. Please check which part is missing or counted twice."
    ),
    Code.SHEET_PARTS_BESIDE: _(
        "Row {row} of {where}: only {parts} of the {published} {unit} of “{label}” are broken down further. The whole is counted and its parts are kept beside it, so that nothing is counted twice."
    ),
    Code.SHEET_NEGATIVE: _(
        "Row {row} of {where}, column {column}: {value} is below zero, which emissions or energy of this kind cannot be. The cell stays unknown and the rest of the row is kept. Please check the sign; credits and sinks belong to waste, agriculture or land use."
    ),
    Code.SHEET_UNITS_MIXED: _(
        "Row {row} of {where}, column {column}: the cell says “{unit}” while its column is in another unit. The cell was read in its own unit. Please check that this is meant, and write one unit for the whole column."
    ),
    Code.SHEET_HEATING_VALUE: _(
        "{where} counts fuels by their higher heating value, up to a tenth more than by the lower one that most countries use. Energy is kept as published; convert it before comparing kWh of fuels with other cities."
    ),
    Code.SHEET_NUMBER_UNCLEAR: _(
        "Row {row} of {where}, column {column}: “{value}” can mean thousands or decimals. The cell stays unknown and the rest of the row is kept. Give the decimal sign in the mapping."
    ),
    Code.SHEET_VALUE_SLIP: _(
        "Row {row} of {where}: “{label}” is {value} {unit}, about a thousand times away from its other years (around {typical}). It is kept as published. Please check its unit and whether a mark for thousands was read as a decimal point."
    ),
    Code.MAPPING_INVALID: _(
        "{where}, line {line}: {key} = “{value}” cannot be used. Allowed: {allowed}. Please correct this line; nothing was read with the mapping."
    ),
    Code.IMPORT_QUESTIONS_OPEN: _(
        "{file} is not read yet, because nobody should guess what is still open ({count}): {keys}. "
        "Answer each with --answer KEY=VALUE, or correct the saved mapping and give it with --map."
    ),
    Code.IMPORT_SEVERAL_CITIES: _(
        "{where} names several cities ({cities}), so it is not read as {city} alone. Leave out --city, or keep only the rows of one city."
    ),
    Code.IMPORT_BALANCE_TWICE: _(
        "{where} brings the balance {balance}, which {other} has brought already. The first is kept, so that nothing is counted twice. "
        "Import only the file that holds."
    ),
    Code.IMPORT_NOTHING: _(
        "No balance and no target could be read from {files}, so there is nothing to import. The findings above say why and what would cure it."
    ),
    Code.IMPORT_OTHER_CITIES: _(
        "The file also speaks of other cities ({count}). Only the rows about {city} are kept: what others emit is theirs to say."
    ),
    Code.IMPORT_STOPPED: _(
        "Reading {file} took more time or memory than a balance needs ({seconds} seconds at most), so it was stopped. Nothing was kept. Take the sheets with the balance into a file of their own and bring that."
    ),
    Code.IMPORT_NOT_SOUND: _(
        "Nothing was written to {where}: what was found ({count}) has to be cured first, so that nothing partial is published. "
        "Correct the file and import it again, or look at what could be read with --draft."
    ),
    Code.IMPORT_FOLDER_TAKEN: _(
        "The folder {folder} holds other files and is left as it is. Choose another folder with --out."
    ),
    Code.EXPORT_LINES_LEFT_OUT: _(
        "The form has no place for {count} lines of {balance}, together {tonnes} t, such as “{example}”: their publisher does not separate "
        "them as the form asks. They are left out and the total is given as published. Use --format package or csv to keep every line."
    ),
    Code.EXPORT_NEEDS_FOLDER: _("The format {format} is written as a folder of files, and {out} is a file. Name a folder with --out."),
    Code.ACTIVITY_WITHOUT_FACTOR: _(
        "{where}: there is no factor for {carrier} in {country} in {year}, so {rows} rows of energy have no emissions. "
        "The city, year and sector they belong to stay unknown; the sum of the other rows is kept beside. Add this factor and run again."
    ),
    Code.ACTIVITY_WITHOUT_AMOUNT: _(
        "{where}: {rows} rows state no amount of energy. The city, year and sector they belong to stay unknown, because nothing is guessed; "
        "the sum of the other rows is kept beside. Add the amounts, or zero where nothing was used."
    ),
    Code.MORE_FINDINGS: _(
        "{where}: there are {count} more findings of the kind “{kind}”. Mend the first ones and read the file again."
    ),
    Code.POWERS_UNKNOWN: _(
        "What {city} may decide is not assessed: there are no powers for this kind of local government ({tier}, {country}). "
        "So only asking others is certain, and the split of emissions stays open. Fill in the powers of {city}, and both can be told."
    ),
    Code.TIER_ASSUMED: _(
        "Which kind of local government {city} is, is not recorded. The powers shown are those of the usual kind in {country}; "
        "please check them against your own."
    ),
    Code.DIRECT_SHARE_IMPLAUSIBLE: _(
        "By these powers {city} would decide directly over {share} of its emissions, more than the {limit} that is plausible "
        "for a local government. Please check the powers and the sectors of the balance."
    ),
    Code.STAGES_UNKNOWN: _(
        "How far {city} has come with its measures is not known here, so every figure is as wide as it can be. "
        "Fill in the activity profile; it takes about twenty minutes."
    ),
    Code.STAGES_PARTLY_KNOWN: _(
        "The stages of {known} of {measures} measures are known for {city}. The others are left as wide as they can be; "
        "fill in the rest of the activity profile to narrow them."
    ),
    Code.EFFECT_NOT_KNOWN: _(
        "{count} measures carry no number, because nobody has published an effect that fits this balance. "
        "They are listed apart and may still matter: many make others possible."
    ),
    Code.ADDRESSED_NOT_SEPARATED: _(
        "The balance of {city} does not separate what {count} measures act on, so their figures begin at zero. "
        "A balance by sector and energy carrier would narrow them."
    ),
    Code.RECALLED_IS_NO_EVIDENCE: _(
        "{count} measures rest on recalled or proposed figures (marks K and P). They are shown for orientation and are no evidence."
    ),
    Code.GREEN_TARIFF_WITHOUT_CREDIT: _(
        "Green tariffs are given no credit, because this balance counts electricity with the factor of the grid. "
        "Own generation and less use do count."
    ),
    Code.MEASURES_NOT_VISIBLE: _(
        "The balance of {city} is allocated from larger totals, so a local measure cannot be seen in it. "
        "Count the measures themselves, or draw up a balance from local data."
    ),
    Code.ONLY_A_TOTAL: _(
        "Only the total of {city} is published, so no measure can be sized. A balance by sector would make that possible."
    ),
    Code.COST_NOT_KNOWN: _(
        "{count} measures were left out of the portfolio because their cost or staff need is not known. Add your own figures to include them."
    ),
    Code.NO_LEAD_KNOWN: _(
        "No city we know is provably further than {city} in a comparable field, nor the other way round, so we propose no partner. "
        "Stages of measures, or a balance by sector, would change that."
    ),
    Code.FEW_PARTNERS: _(
        "Only {count} partners can be proposed with reasons. More would come with more published stages and comparable balances."
    ),
    Code.LEADS_ARE_TOPICS: _(
        "{count} of these proposals rest on lower emissions in a sector, not on measures seen. Take them as topics for a first talk."
    ),
    Code.PARTNER_BOTH_LEARN: _("{partner} has something to show on {gets}, you on {gives}."),
    Code.PARTNER_WE_LEARN: _("{partner} has something to show on {gets}."),
    Code.PARTNER_THEY_LEARN: _("{partner} could learn from you about {gives}."),
    Code.TIE_BOTH_LEARN: _("{partner} has something to show on {gets}, you on {gives}. You are linked already ({tie})."),
    Code.TIE_WE_LEARN: _("{partner} has something to show on {gets}. You are linked already ({tie})."),
    Code.TIE_THEY_LEARN: _("{partner} could learn from you about {gives}. You are linked already ({tie})."),
    Code.MATCH_RULES_CONFLICT: _(
        "These {count} rules cannot all be kept: {rules}. Give up one of them, and the others can be kept together."
    ),
    Code.MATCH_SIZE: _("A cluster has three to eight members; {low} to {high} was asked for. Choose a size within these."),
    Code.MATCH_NOBODY: _("{participant} does not take part in this matching, so nothing can be changed for it. Check the key."),
    Code.MATCH_LEFT_OUT: _(
        "{count} of {total} participants stay without a group. Each is listed with the reason; a rule given up or one more place "
        "may help."
    ),
    Code.MATCH_BLOCKING: _(
        "In {count} cases two who are not together would both learn more from each other than now. Show them the reasons, or set "
        "the pair by hand and see what it costs."
    ),
    Code.MATCH_NOT_PROVEN: _(
        "The groups make {value} points together; whether up to {bound} are possible could not be settled in the time given. "
        "Allow more time, or match fewer participants at once."
    ),
    Code.API_NOTHING_HERE: _("There is nothing at {address}. The addresses there are stand at /api/ and in /api/v1/openapi.json."),
    Code.API_METHOD_NOT_ALLOWED: _("{address} cannot be asked with {method}. Choices: {choices}."),
    Code.API_PARAMETER_INVALID: _("“{asked}” does not fit the parameter {option}. Which values do is described at /api/ and in /api/v1/openapi.json."),
    Code.LETTER_PLACEHOLDER_UNKNOWN: _("The letter says {placeholder}, and nothing stands behind it: guests would read it as typed. These are known: {known}."),
    Code.LETTER_WITHOUT_TEXT: _("The letter has no subject or no text yet. Please write both; guests get them as typed."),
    Code.LETTERS_TOO_MANY: _("These letters would be {count} today, and {limit} a day may leave an organisation. Please send the rest tomorrow, or to fewer guests."),
    Code.API_TOO_MANY_REQUESTS: _("More than {limit} requests in a minute came from you. Please go on in {seconds} seconds; whole tables are quicker to get as files of a release."),
    Code.API_TOKEN_NEEDED: _("This needs a token with the scope {scope}. Make one on the page of your account and send it as “Authorization: Bearer …”."),
    Code.API_TOKEN_INVALID: _("This token is not known, has ended or was taken back. Make a new one on the page of your account."),
    Code.API_SCOPE_MISSING: _("This token does not have the scope {scope}. Make one that has it on the page of your account."),
    Code.API_ROLE_MISSING: _("Your role in this organisation does not allow this. Its administrator can give you another one."),
    Code.RELEASE_NOT_SECURE: _("{url} is not read, because nobody could tell whether it was changed on its way. Use an address that begins with https://."),
    Code.RELEASE_NOT_REACHED: _("{url} could not be read: {problem}. Check the address and your connection, then try again."),
    Code.UNKNOWN_CHOICE: _("“{asked}” is not a choice for {option}. Choices: {choices}."),
    Code.PEER_CANNOT_BE_ADDED: _(
        "{city} has no balance within {window} years of {year}, so it cannot be added to the peers. The others are compared; "
        "ask for an earlier year to have {city} among them."
    ),
    Code.NO_TRUE_PEERS: _(
        "We find {found} cities with a balance near {year} that are built like {city}, and need {needed}. Nothing is compared, because "
        "cities built differently would mislead. Allow more countries or networks, lower the weight of “{variable}”, or add cities yourself."
    ),
    Code.PEERS_CANNOT_BE_COUNTED: _("{asked} peers cannot be used. Choose between {low} and {high}."),
    Code.NOT_COMPARABLE: _("The balance of {city} cannot be compared with that of {other} for this question: {aspect}."),
    Code.TOO_FEW_COMPARABLE_PEERS: _(
        "Only {found} of the peers publish “{outcome}” in a way that can be compared; {needed} are needed. "
        "This part is left out. Other parts are answered; another question or more peers may help."
    ),
    Code.SECTOR_NOT_SEPARATED: _(
        "The balance of {city} for {year} does not state “{missing}” on its own, so “{outcome}” is not known. Import a balance that separates it."
    ),
    Code.TOO_FEW_YEARS: _(
        "There are {found} years with comparable figures for “{outcome}”; a trend needs {needed}. Add balances of more years made the same way."
    ),
    Code.METHOD_BREAK: _(
        "The method of the balances changes in {years}, so the trend of “{outcome}” may show the method and not the city. "
        "Recalculate the older years by the newer method to be sure."
    ),
    Code.TOP_DOWN_CANNOT_CREDIT: _(
        "These figures are allocated from larger totals ({own} and {theirs}). They can be compared, but the effect of a local measure cannot show in them."
    ),
    Code.ENERGY_NOT_KNOWN: _(
        "The balance of {city} for {year} does not state energy use, so the difference cannot be split into use, carriers and factors. "
        "Add energy in MWh to the balance."
    ),
    Code.COUNTRY_LIMIT: _(
        "No more than {limit} peers come from one country, so that cities can learn across borders. You can lift this limit."
    ),
    Code.GATE_NEEDS_CITIES: _(
        "{found} different cities were named, and between {low} and {high} can stand side by side. Name two for a pair, or a few for a group."
    ),
    Code.GATE_NEEDS_YEARS: _(
        "{found} years were named for {cities} cities. Name one year for all of them, one for each, or none: then years close together are taken."
    ),
    Code.GATE_YEAR: _("The years differ: {own} and {theirs}."),
    Code.GATE_SCOPE: _("One balance books electricity where it is used, the other may not: {own} and {theirs}."),
    Code.GATE_SECTORS: _("Sectors that are not stated on their own: {own} here, {theirs} there."),
    Code.GATE_GWP: _("The warming potentials of the gases differ: {own} and {theirs}."),
    Code.GATE_UPSTREAM: _("Emissions from producing fuels and power plants: inside is {own} here and {theirs} there."),
    Code.GATE_ELECTRICITY: _("The electricity factors are not the same, or not stated: {own} and {theirs}."),
    Code.GATE_BOUNDARY: _("The areas counted differ: {own} and {theirs}."),
    Code.GATE_PERIOD: _("The months counted differ: {own} and {theirs}."),
    Code.GATE_WEATHER: _("Only one balance corrects heat for the weather: {own} and {theirs}."),
    Code.GATE_GASES: _("One balance counts carbon dioxide alone, the other more gases: {own} and {theirs}."),
    Code.FACTOR_NOT_PINNED: _(
        "{count} emission factors fit {key}, so its energy would be counted more than once. Name the one publication that is to be used."
    ),
    Code.BRIDGE_WITHOUT_TOTAL: _(
        "The balance {balance} states neither a total nor a sum that can be made from its lines, so no bridge can begin or end there. "
        "Choose another publication: {choices}."
    ),
    Code.BRIDGE_END_UNKNOWN: _(
        "“{asked}” is neither a method, nor a variant of the core, nor another publication of {city}. Possible: {choices}."
    ),
    Code.BRIDGE_NEEDS_SAME_YEAR: _(
        "The two balances are of different periods, {own} and {theirs}, so part of the difference is change over time. "
        "Two balances of the same year would show how much."
    ),
    Code.BRIDGE_PERIOD_BY_TREND: _(
        "The two balances are of different periods, {own} and {theirs}. How much “{sector}” changed in between is read off other years of the same "
        "publications, with an interval as wide as these years vary. Two balances of the same year would be surer."
    ),
    Code.BRIDGE_NEEDS_KWH: _(
        "How much changes in “{sector}” cannot be told from tonnes alone. The electricity and heat used, in kWh, would show it."
    ),
    Code.BRIDGE_NEEDS_FACTOR: _(
        "For {mwh} MWh of electricity the factor of the publisher is not stated, so they are not converted. Ask for that factor."
    ),
    Code.BRIDGE_NEEDS_STATEMENT: _(
        "What each side does about “{step}” is not stated, or differs without figures that show how much: {own} and {theirs}. "
        "A statement of the publisher would tell."
    ),
    Code.BRIDGE_NOT_SEPARATED: _(
        "“{sector}” may be inside a line that also holds other sectors, so it cannot be taken out. A balance that separates it would show how much it is."
    ),
    Code.BRIDGE_SECTOR_MISSING: _(
        "“{sector}” is counted at the end of the bridge, and the balance does not state it. Without a figure for it the total at the end is too low."
    ),
    Code.BRIDGE_NOT_ESTIMATED: _(
        "“{sector}” is not estimated or kept confidential on one side (notation key NE or C), so nothing stands against the figure of the other side."
    ),
    Code.BRIDGE_INCLUDED_ELSEWHERE: _(
        "“{sector}” stands inside another line on one side (notation key IE), without saying which. Ask the publisher where."
    ),
    Code.BRIDGE_TOTAL_NOT_ITEMISED: _(
        "The published total holds more or less than its lines: {own} t at one end, {theirs} t at the other. Ask what the total holds beside them."
    ),
    Code.BRIDGE_PARTS_DIFFER: _(
        "Both count “{sector}” and come to different figures. With the energy in kWh on both sides the difference splits into factor and activity."
    ),
    Code.BRIDGE_RECALLED: _(
        "That {count} of the steps have the cause they are named after rests on what is recalled about the methods, not on what was read in their "
        "publications. Their sizes are those of the published lines."
    ),
    Code.GRID_REGION_OPEN: _(
        "The state of {city} is shared by several regions of the grid ({choices}), and nothing we have says in which of them the city lies. "
        "The electricity is therefore shown with the national factor only. Your utility can tell you the region."
    ),
    Code.RECONCILE_OPEN: _(
        "No part that could be left out, no other electricity factor, and no two of them together make up the difference of {difference} t. "
        "Compare the energy line by line with the publisher; scaling everything would hide the cause."
    ),
    Code.RECONCILE_SEVERAL: _(
        "{count} explanations fit the difference of {difference} t equally well, so the total alone cannot decide. Ask the publisher which applies."
    ),
}
