"""What the participants of a programme could learn from each other, pair by pair: evidence, topics, and their own words."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.results_partners import LEAD_KINDS

WAYS = ("learns", "offers")
ASKED_KINDS = ("measure", "field")
MET_BY = ("stage", "sector", "offer")
STRENGTHS = ("evidence", "topic", "weak", "declared")


def _share(description: str, *, nullable: bool = False) -> dy.Float64:
    return base.quantity("fraction", description, low=0, high=1, nullable=nullable)


class Declared(dy.Schema):
    """One row per participant and subject it wants to learn, or says others can learn from it."""

    participant = base.key("Key of the participant", primary_key=True)
    way = dy.Enum(WAYS, primary_key=True, description="learns or offers")
    kind = dy.Enum(ASKED_KINDS, primary_key=True, description="A measure of the catalogue, or a whole field of action")
    subject = base.key("Key of the measure or field", primary_key=True)


class Lead(dy.Schema):
    """One row per learning city, giving city and subject: what the published figures say the one could learn from the other."""

    learner = base.city("City that would learn", primary_key=True)
    giver = base.city("City that would give", primary_key=True)
    kind = dy.Enum(LEAD_KINDS, primary_key=True, description="stage: a measure done; sector: lower emissions, a topic only")
    subject = base.key("Measure or outcome", primary_key=True)
    strength = dy.Enum(STRENGTHS, nullable=False, description="evidence, topic, or weak where data were allocated")
    need_low = _share("Share of the learner's open need, at least; null unknown or a topic", nullable=True)
    need_high = _share("The same at most", nullable=True)
    lead_low = _share("How much further the giver is, at least; null for topics", nullable=True)
    lead_high = _share("The same at most", nullable=True)
    transfer = _share("Likeness times the learner's route; null unknown or a topic", nullable=True)
    stage = dy.Int8(min=0, max=4, nullable=True, description="Stage of the giver", metadata={"unit": "stage"})
    item = base.text("The giver's own title of what was done", nullable=True)
    evidence = base.text("What its source says", nullable=True)
    learner_t_per_head = base.quantity(
        "t CO2e / (people year)", "Learner's value; null for measures", low=-1e4, high=1e6, nullable=True
    )
    giver_t_per_head = base.quantity("t CO2e / (people year)", "Giver's value", low=-1e4, high=1e6, nullable=True)
    gap_t_per_head = base.quantity(
        "t CO2e / (people year)", "Difference that is there for certain", low=0, high=1e6, nullable=True
    )
    learner_year = base.year("Year of the learner's value; null for measures", nullable=True)
    giver_year = base.year("Year of the giver's value; null for measures", nullable=True)
    mark = dy.Enum(base.MARKS, nullable=True, description="How sure the statement is")
    source = base.text("Source of the statement", nullable=True)


class Met(dy.Schema):
    """One row per need a participant declares, giver, and way in which the giver meets it."""

    learner = base.key("Participant that asks", primary_key=True)
    giver = base.key("Participant that could help", primary_key=True)
    kind = dy.Enum(ASKED_KINDS, primary_key=True, description="What was asked for: a measure or a field")
    subject = base.key("Key of the measure or field asked for", primary_key=True)
    met_by = dy.Enum(MET_BY, primary_key=True, description="A published stage, a lead in a sector, or a declared offer")
    strength = dy.Enum(STRENGTHS, nullable=False, description="evidence for a published stage; declared for mere words")
    part_low = _share("How well the need is met, at least")
    part_high = _share("The same at most")
    measure = base.key("Measure that meets it; null for a topic or an offered field", nullable=True)
    stage = dy.Int8(min=0, max=4, nullable=True, description="Published stage of the giver", metadata={"unit": "stage"})
    source = base.text("Source of the stage; null for declarations", nullable=True)
