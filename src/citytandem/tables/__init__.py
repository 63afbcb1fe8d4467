"""Every table that crosses a boundary, defined once as a class."""

from citytandem.tables.action import Stage
from citytandem.tables.balance import Balance, Line
from citytandem.tables.city import City, Identifier, Name, Structure
from citytandem.tables.links import Membership, Target, Tie
from citytandem.tables.powers import PowerCorrection
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

OVER_RELEASE = {"power_correction": PowerCorrection}
"""Tables that only a package which lies over a release may have: what cities say themselves."""

__all__ = [
    "OVER_RELEASE",
    "RELEASE",
    "Balance",
    "City",
    "Factor",
    "Identifier",
    "Line",
    "Membership",
    "Name",
    "Note",
    "PowerCorrection",
    "Series",
    "Source",
    "Stage",
    "Structure",
    "Target",
    "Tie",
]
