"""Every table that crosses a boundary, defined once as a class."""

from citytandem.tables.action import Stage
from citytandem.tables.balance import Balance, Line
from citytandem.tables.city import City, Identifier, Name, Structure
from citytandem.tables.links import Membership, Target, Tie
from citytandem.tables.reference import Factor, Note, Series, Source

RELEASE = {
    "city": City,
    "name": Name,
    "identifier": Identifier,
    "structure": Structure,
    "balance": Balance,
    "line": Line,
    "stage": Stage,
    "tie": Tie,
    "membership": Membership,
    "target": Target,
    "series": Series,
    "factor": Factor,
    "note": Note,
    "source": Source,
}
"""The tables of a release, by file name."""

__all__ = [
    "RELEASE",
    "Balance",
    "City",
    "Factor",
    "Identifier",
    "Line",
    "Membership",
    "Name",
    "Note",
    "Series",
    "Source",
    "Stage",
    "Structure",
    "Target",
    "Tie",
]
