"""The tables of a search: cities found by name, measures with their titles, and what each code says."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.catalogue import Measure


class FoundCity(dy.Schema):
    """One row per city that fits a search, alphabetical, with what we know of it."""

    city = base.city(primary_key=True)
    name = base.text("Name in Latin letters", nullable=False)
    country = dy.String(regex=base.COUNTRY, nullable=False, description="ISO 3166-1 alpha-2 code of the country")
    state = base.text("State, prefecture or region", nullable=True)
    tier = base.key("Kind of local government; null where unknown", nullable=True)
    population = base.quantity("people", "Newest population known", low=0, high=1e8, nullable=True)
    population_year = base.year("Year of that population", nullable=True)
    balances = dy.Int64(min=0, max=100_000, nullable=False, description="Balances we have", metadata={"unit": "count"})
    first_year = base.year("First year with a balance", nullable=True)
    last_year = base.year("Last year with a balance", nullable=True)
    stages = dy.Int64(min=0, max=100_000, nullable=False, description="Stages it has published", metadata={"unit": "count"})


class NamedMeasure(Measure):
    """One row per measure of the catalogue, with its title in the language asked for."""

    title = base.text("Title in the language asked for; null where it has none yet", nullable=True)


class CodeSentence(dy.Schema):
    """One row per code of a finding: its sentence in each language, with the names of its facts in braces."""

    code = base.key("Code of the finding", primary_key=True)
    en = base.text("English", nullable=False)
    de = base.text("German", nullable=False)
    ja = base.text("Japanese", nullable=False)
    zh_hans = base.text("Chinese, simplified", nullable=False)
    da = base.text("Danish", nullable=False)
