"""The sentences about lists a network brings."""

from citytandem.findings import Code
from citytandem.words.catalogue import translatable as _

REGISTRY_SENTENCES: dict[Code, str] = {
    Code.REGISTRY_CELL: _("Row {row}: “{value}” in the column {column} cannot be read; it takes {wanted}. The row was left out."),
    Code.REGISTRY_THERE: _("Row {row}: {city} is recorded already, so the row changed nothing."),
    Code.REGISTRY_OVERLAP: _(
        "Row {row}: the days of {city} overlap with a membership that is recorded. End that one first, or correct the day. The row was left out."
    ),
    Code.REGISTRY_NOT_OF_NETWORK: _(
        "Row {row}: {city} and {other} are not both members whose ties this network may record. Their teams confirm the membership first. "
        "The row was left out."
    ),
    Code.REGISTRY_STOPPED: _(
        "Reading {file} took more time or memory than a list needs ({seconds} seconds at most), so it was stopped and nothing was recorded. "
        "Take the list into a file of its own and bring that."
    ),
}
