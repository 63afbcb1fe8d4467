"""The English sentence for each finding code: what, where, why it matters, what to do."""

from citytandem.findings import Code
from citytandem.words.catalogue import translatable as _

SENTENCES: dict[Code, str] = {
    Code.CITY_UNKNOWN: _("We do not know a city called “{asked}”. Nearest names: {nearest}."),
    Code.CITY_AMBIGUOUS: _("“{asked}” can be several cities: {choices}. Please give the id."),
    Code.CITY_WITHOUT_BALANCE: _(
        "There is no emission balance for {city} in this release, so it cannot be compared. "
        "Import the city's own balance, or choose a city that has one."
    ),
    Code.CITY_WITHOUT_POPULATION: _(
        "The population of {city} in {year} is not known, so nothing can be shown per person. Add it to the balance."
    ),
    Code.YEAR_WITHOUT_BALANCE: _("{city} has no balance for {year}. Years with a balance: {years}."),
    Code.ROW_BREAKS_RULE: _("Row {row} of {where}: {column} breaks the rule “{rule}” (value: {value}). Please check this row."),
    Code.COLUMN_MISSING: _("{where} lacks the column {column}, without which it cannot be read. Add the column or map another to it."),
    Code.FILE_MISSING: _("The file {file} is missing from {where}. Get the complete package again."),
    Code.FILE_UNREADABLE: _("The file {file} cannot be read ({problem}). Get the file again or save it anew."),
    Code.FILE_CHANGED: _("The file {file} is not the one its package describes: its hash differs. Get the package again."),
    Code.RELEASE_INCOMPLETE: _("The release in {where} lacks the table {table}. Get the complete package again."),
    Code.REFERENCE_DANGLING: _("Row {row} of {where}: {column} names {value}, which is not in the table {table}."),
    Code.RAW_DATA_MISSING: _("The raw data set {dataset} is not in {where}. The release is built from it; put it there and run again."),
    Code.EXTRA_MISSING: _("This needs an addition that is not installed. Install it with: pip install 'citytandem[{extra}]'."),
    Code.UNKNOWN_CHOICE: _("“{asked}” is not a choice for {option}. Choices: {choices}."),
}
