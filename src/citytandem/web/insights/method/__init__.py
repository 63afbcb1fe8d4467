"""The pages on method: what every number rests on, as tables a reader can search and take along."""

from citytandem.web.insights.method.factors import write_factors
from citytandem.web.insights.method.glossary import write_words
from citytandem.web.insights.method.indicators import write_indicators
from citytandem.web.insights.method.measures import write_measures
from citytandem.web.insights.method.methods import write_methods
from citytandem.web.insights.method.powers import write_powers
from citytandem.web.insights.method.proofs import write_validation
from citytandem.web.insights.method.publications import write_releases, write_sources

PAGES = {
    "methods": write_methods,
    "factors": write_factors,
    "measures": write_measures,
    "powers": write_powers,
    "indicators": write_indicators,
    "sources": write_sources,
    "releases": write_releases,
    "validation": write_validation,
    "words": write_words,
}
"""The pages by their place in the address."""
