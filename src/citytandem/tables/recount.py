"""What recounting published figures gives: each beside the sum of the lines of the same publication."""

import dataframely as dy

from citytandem.tables import _base as base

VERDICTS = ("agrees", "differs", "open")


class Recount(dy.Schema):
    """One row per published figure that the lines of the same publication should give again."""

    source = base.source()
    figure = base.text("The figure as its publisher names it", nullable=False)
    city = base.city("City it is about; null for the sum over all cities of the publication", nullable=True)
    year = base.year("Year it is about", nullable=False)
    item = base.text("Row of the publication, where the figure is about one row", nullable=True)
    published_t = base.quantity("t CO2e / year", "The figure as published", low=-1e12, high=1e12, nullable=False)
    lines_t = base.quantity(
        "t CO2e / year", "What the lines give; null where one of them is unknown", low=-1e12, high=1e12, nullable=True
    )
    n_lines = dy.Int32(min=0, max=10**7, nullable=False, description="Lines with a number", metadata={"unit": "count"})
    difference_t = base.quantity("t CO2e / year", "Published less recounted", low=-1e12, high=1e12, nullable=True)
    rounding_t = base.quantity("t CO2e / year", "The most that rounding alone can make of it", low=0, high=1e9, nullable=False)
    verdict = dy.Enum(VERDICTS, nullable=False, description="agrees within rounding, differs, or open because a line is unknown")
