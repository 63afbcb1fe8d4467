"""The tables of a look at frameworks: each with its name in the language asked for."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.assessment import Category, Criterion, Framework


class NamedFramework(Framework):
    """One row per framework, by its key, with its name in the language asked for."""

    called = base.text("Name in the language asked for", nullable=False)
    criteria = dy.Int64(min=0, max=10_000, nullable=False, description="Criteria listed here", metadata={"unit": "count"})


class NamedCategory(Category):
    """One row per category, in the order of the framework, with its name in the language asked for."""

    called = base.text("Name in the language asked for", nullable=False)


class NamedCriterion(Criterion):
    """One row per criterion, in the order of the framework, with its name in the language asked for."""

    called = base.text("Name in the language asked for", nullable=False)
