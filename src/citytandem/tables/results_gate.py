"""The sheet of the gate: which balances stand side by side, and what may be compared, pair by pair and as a group."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.results_benchmark import ASPECTS, GATE, OUTCOMES

VARIANTS = ("core_no_industry", "core", "core_waste", "full")
"""What a sheet is about: the variants of our core, and the total as published."""


class ComparedBalance(dy.Schema):
    """One row per city, in the order asked for: the balance that stands for it."""

    city = base.city("The city", primary_key=True)
    balance = base.key("Its balance", nullable=False)
    year = base.year("Year of the balance", nullable=False)
    method = base.key("Method of the balance", nullable=False)
    top_down = dy.Bool(nullable=False, description="Allocated from larger totals? Then it never credits a measure")
    period_start = dy.Date(nullable=False, description="First day counted")
    period_end = dy.Date(nullable=False, description="Last day counted")
    source = base.source()


class GatePair(dy.Schema):
    """One row per pair of cities and variant: its one status, which is that of its weakest aspect."""

    city = base.city("One city of the pair, the one named first", primary_key=True)
    other = base.city("The other city", primary_key=True)
    outcome = dy.Enum(OUTCOMES, primary_key=True, description="Variant that is compared")
    status = dy.Enum(GATE, nullable=False, description="comparable, comparable after named steps, or not comparable")
    steps = dy.Int16(nullable=False, min=0, max=len(ASPECTS), description="Named steps needed", metadata={"unit": "count"})
    obstacles = dy.Int16(nullable=False, min=0, max=len(ASPECTS), description="Aspects that stop it", metadata={"unit": "count"})
    credits_measures = dy.Bool(nullable=False, description="Could a measure show? Never in a top-down balance")


class GateAspect(dy.Schema):
    """One row per pair, variant and aspect: what was looked at, what both say, and the step that would cure it."""

    city = base.city("One city of the pair, the one named first", primary_key=True)
    other = base.city("The other city", primary_key=True)
    outcome = dy.Enum(OUTCOMES, primary_key=True, description="Variant that is compared")
    aspect = dy.Enum(ASPECTS, primary_key=True, description="What was looked at")
    status = dy.Enum(GATE, nullable=False, description="comparable, comparable after a step, or not comparable")
    code = base.key("Code of the reason; null where there is nothing to say", nullable=True)
    own = base.text("What the balance of the first city says", nullable=True)
    theirs = base.text("What the balance of the other city says", nullable=True)
    cure = base.key("Label of the step that would cure it", nullable=True)


class GateGroup(dy.Schema):
    """One row per variant: what holds for the whole group. The group has the status of its weakest pair."""

    outcome = dy.Enum(OUTCOMES, primary_key=True, description="Variant that is compared")
    status = dy.Enum(GATE, nullable=False, description="comparable, comparable after named steps, or not comparable")
    pairs = dy.Int16(nullable=False, min=1, description="Pairs in the group", metadata={"unit": "count"})
    comparable = dy.Int16(nullable=False, min=0, description="Pairs comparable as they are", metadata={"unit": "count"})
    after_step = dy.Int16(nullable=False, min=0, description="Pairs comparable after named steps", metadata={"unit": "count"})
    not_comparable = dy.Int16(nullable=False, min=0, description="Pairs that are not comparable", metadata={"unit": "count"})
    together = base.text("Cities of the largest part without an obstacle, with commas; null where no two", nullable=True)
