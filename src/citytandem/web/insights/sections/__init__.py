"""The seven questions of a city's pages, one file each, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.web.insights.sections.balance import write_balance
from citytandem.web.insights.sections.comparable import write_comparable
from citytandem.web.insights.sections.measures import write_measures
from citytandem.web.insights.sections.partners import write_partners
from citytandem.web.insights.sections.position import write_position
from citytandem.web.insights.sections.powers import write_powers
from citytandem.web.insights.sections.profile import write_profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.web.insights.figures import Section
    from citytandem.web.insights.view import View

SECTIONS: dict[str, Callable[[View], Section]] = {
    "profile": write_profile,
    "balance": write_balance,
    "comparable": write_comparable,
    "position": write_position,
    "powers": write_powers,
    "measures": write_measures,
    "partners": write_partners,
}

FIGURES: dict[str, str] = {
    "map": "profile",
    "peers": "profile",
    "structure": "profile",
    "ties": "profile",
    "targets": "profile",
    "sectors": "balance",
    "outcomes": "balance",
    "electricity": "balance",
    "flows": "balance",
    "quality": "balance",
    "estimate": "balance",
    "lines": "balance",
    "balances": "balance",
    "gate": "comparable",
    "reasons": "comparable",
    "bridge": "comparable",
    "strips": "position",
    "peer_values": "position",
    "trend": "position",
    "waterfall": "position",
    "rolemodels": "position",
    "scope": "powers",
    "powers": "powers",
    "routes": "powers",
    "measures": "measures",
    "axes": "measures",
    "measure_list": "measures",
    "done_by": "measures",
    "radar": "measures",
    "profile": "measures",
    "profile_rows": "measures",
    "portfolio": "measures",
    "partners": "partners",
}
"""Every figure a city's pages can have, and the question it belongs to."""

__all__ = ["FIGURES", "SECTIONS"]
