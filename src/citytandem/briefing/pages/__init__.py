"""The pages of a briefing, one question each, in the order in which they are read."""

from citytandem.briefing.pages.balance import write_balance
from citytandem.briefing.pages.comparable import write_comparable
from citytandem.briefing.pages.measures import write_measures
from citytandem.briefing.pages.partners import write_partners
from citytandem.briefing.pages.position import write_position
from citytandem.briefing.pages.powers import write_powers
from citytandem.briefing.pages.profile import write_profile
from citytandem.briefing.pages.sources import write_sources

PAGES = (
    write_profile,
    write_balance,
    write_comparable,
    write_position,
    write_powers,
    write_measures,
    write_partners,
    write_sources,
)

__all__ = ["PAGES"]
