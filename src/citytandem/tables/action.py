"""Measures, their evidence, powers, and the stages cities have reached."""

import dataframely as dy

from citytandem.tables import _base as base

ROUTES = ("do", "rule", "pay", "shape", "ask")
DIMENSIONS = ("own", "rule", "budget", "vision")
EVIDENCE_KINDS = ("measured", "evaluated", "modelled", "expert", "regulation text")


class Stage(dy.Schema):
    """One row per published item of a city's plan that maps to a measure, with the stage it has reached."""

    city = base.city(primary_key=True)
    measure = base.key("Measure of our catalogue", primary_key=True)
    item = base.text("The city's own item: its number or id", primary_key=True)
    title = base.text("The city's own title of the item, in its language", nullable=False)
    stage = dy.Int8(
        nullable=True,
        min=0,
        max=4,
        description="0 none, 1 decided, 2 pilot, 3 rollout, 4 complete and monitored; null unknown",
        metadata={"unit": "stage"},
    )
    year = base.year("Year of the assessment; null where the source gives none", nullable=True)
    evidence = base.text("What in the source says so", nullable=False)
    mapping = base.text("Rule that maps the source's rating to the stage and the item to the measure", nullable=False)
    mark = base.mark()
    source = base.source()
