"""What a search for partner cities holds: the partners, and what each side gives and gets."""

import dataframely as dy

from citytandem.tables import _base as base
from citytandem.tables.links import TIE_KINDS

DIRECTIONS = ("gets", "gives")
LEAD_KINDS = ("stage", "sector")
STRENGTHS = ("evidence", "topic", "weak")
RECIPROCITY = ("both", "gets_only", "gives_only")


class Partner(dy.Schema):
    """One row per proposed partner. Existing ties first, then those where both sides learn, then the most alike."""

    partner = base.city("City to ask", primary_key=True)
    sentence = base.key("Code of the sentence that says why", nullable=False)
    reciprocity = dy.Enum(RECIPROCITY, nullable=False, description="Do both sides learn, or one?")
    benefit_in_low = base.quantity(
        "fraction", "Our open need the partner could help with, at least; null where no published measure stands behind it",
        low=0, high=1, nullable=True,
    )  # fmt: skip
    benefit_in_high = base.quantity("fraction", "The same at most", low=0, high=1, nullable=True)
    benefit_out_low = base.quantity(
        "fraction", "The partner's open need we could help with, at least; null where no published measure stands behind it",
        low=0, high=1, nullable=True,
    )  # fmt: skip
    benefit_out_high = base.quantity("fraction", "The same at most", low=0, high=1, nullable=True)
    mutual_low = base.quantity(
        "fraction", "The smaller of both directions, at least; null where either is not known", low=0, high=1, nullable=True
    )
    mutual_high = base.quantity("fraction", "The smaller of both directions, at most", low=0, high=1, nullable=True)
    topics_in = dy.List(dy.String(), nullable=False, description="Outcomes in which the partner is ahead: topics, not effects")
    topics_out = dy.List(dy.String(), nullable=False, description="Outcomes in which we are ahead")
    similarity = base.quantity("fraction", "How alike the cities are; null where it cannot be told", low=0, high=1, nullable=True)
    differs = dy.List(dy.String(), nullable=False, description="Structure variables in which they differ most")
    tie = dy.Enum(TIE_KINDS, nullable=True, description="Existing tie; null for none known")
    tie_since = base.year("Year the tie began; null unknown", nullable=True)
    networks = dy.List(dy.String(), nullable=False, description="Networks both are members of")
    languages = dy.List(dy.String(), nullable=False, description="Official languages both countries share")
    distance_km = base.quantity("km", "Great-circle distance", low=0, high=20100, nullable=True)
    timezone_hours = base.quantity("hour", "Hours between the clocks on the day of the release", low=0, high=26, nullable=True)


class Exchange(dy.Schema):
    """One row per partner, direction and subject: what one side could learn from the other, and why we say so."""

    partner = base.city("City to ask", primary_key=True)
    direction = dy.Enum(DIRECTIONS, primary_key=True, description="gets: we learn; gives: the partner learns")
    kind = dy.Enum(LEAD_KINDS, primary_key=True, description="stage: a measure done; sector: lower emissions, a topic only")
    subject = base.key("Measure or outcome", primary_key=True)
    strength = dy.Enum(STRENGTHS, nullable=False, description="evidence, topic, or weak where data were allocated")
    need_low = base.quantity(
        "fraction", "Share of the learner's open need, at least; null for topics", low=0, high=1, nullable=True
    )
    need_high = base.quantity("fraction", "The same at most", low=0, high=1, nullable=True)
    lead_low = base.quantity("fraction", "How much further the giver is, at least; null for topics", low=0, high=1, nullable=True)
    lead_high = base.quantity("fraction", "The same at most", low=0, high=1, nullable=True)
    transfer = base.quantity("fraction", "Likeness times the learner's route; null for topics", low=0, high=1, nullable=True)
    stage = dy.Int8(min=0, max=4, nullable=True, description="Stage of the giver; null for topics", metadata={"unit": "stage"})
    item = base.text("The giver's own title of what was done", nullable=True)
    evidence = base.text("What its source says", nullable=True)
    learner_t_per_head = base.quantity(
        "t CO2e / (people year)", "Learner's value; null for measures", low=-1e4, high=1e6, nullable=True
    )
    giver_t_per_head = base.quantity(
        "t CO2e / (people year)", "Giver's value; null for measures", low=-1e4, high=1e6, nullable=True
    )
    gap_t_per_head = base.quantity(
        "t CO2e / (people year)", "Difference that is there for certain: low end of its 90 % interval",
        low=0, high=1e6, nullable=True,
    )  # fmt: skip
    mark = dy.Enum(base.MARKS, nullable=True, description="How sure the statement is")
    source = base.text("Source of the statement", nullable=True)
