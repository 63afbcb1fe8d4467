"""Assessment frameworks, the answers given to them, and what is scored from these."""

from typing import Any

import dataframely as dy

from citytandem.tables import _base as base

KINDS = ("activity_profile", "management", "objectives", "indicator_list")
ROLES = ("compensating", "knock_out")
ANSWERED_BY = ("indicator", "question")
APPLIES_TO = ("city", "district", "building")
WHOLE = "all"
"""All criteria of a framework, all rows of a category, or a criterion itself instead of one of its measures."""
STATUSES = ("answered", "partly", "unproven", "unknown", "not_applicable")
OUTCOMES = ("failed", "open", "met", "none")
"""What knock-outs say together; the first that occurs counts, and nothing makes up for it."""
WEIGHTINGS = ("linear", "quadratic")
AGREEMENT_STATUSES = ("known", "too_few", "no_spread")
DIFFERENCES = ("level", "only_first", "only_second", "applies")
BASES = ("agreed", "decided", "open")
PILOT_STEPS = ("intends", "selected", "certified")


def a_level(description: str, **more: Any) -> dy.Float64:
    """A level between 0 and 4; a mean of several can lie between two whole ones."""
    return base.quantity("level", description, low=0, high=4, **more)


def a_whole_level(description: str, **more: Any) -> dy.Int8:
    """A level as it is given: 0, 1, 2, 3 or 4."""
    return dy.Int8(min=0, max=4, description=description, metadata={"unit": "level"}, **more)


def a_count(description: str, **more: Any) -> dy.Int32:
    """How many."""
    return dy.Int32(min=0, description=description, metadata={"unit": "count"}, **more)


def a_subject() -> dy.String:
    """City, district or building that is judged; a city of the release by its id."""
    return base.text("City, district or building that is judged: an id, or a name as the file gives it", primary_key=True)


class Framework(dy.Schema):
    """One row per framework: a tree of criteria against which cities, districts or buildings are judged."""

    framework = base.key("Name of the framework, with its version", primary_key=True)
    version = base.text("Version", nullable=False)
    title = base.text("The framework in plain English", nullable=False)
    kind = dy.Enum(KINDS, nullable=False, description="What it judges: activities, management, objectives, or indicators kept")
    languages = base.text("Languages its publisher issues it in, separated by spaces; null where not known", nullable=True)
    complete = dy.Bool(nullable=False, description="Whether every criterion of the publisher is listed here")
    mark = base.mark()
    source = base.source()


class Category(dy.Schema):
    """One row per framework and category."""

    framework = base.key("Name of the framework", primary_key=True)
    category = base.key("Key of the category", primary_key=True)
    order = dy.Int16(nullable=False, min=1, max=999, description="Place in the framework", metadata={"unit": "count"})
    title = base.text("The category in plain English", nullable=False)
    mark = base.mark()
    source = base.source()


class PilotCity(dy.Schema):
    """One row per pilot city of a framework whose name was found; a source may count more than it names."""

    pilot_city = base.key("Key of the pilot city", primary_key=True)
    framework = base.key("Name of the framework it is a pilot of", primary_key=True)
    name = base.text("Name in Latin letters", nullable=False)
    local_name = base.text("Name in its own script", nullable=True)
    local_name_mark = dy.Enum(base.MARKS, nullable=True, description="How sure the name in its own script is")
    country = dy.String(regex=base.COUNTRY, nullable=False, description="Country, two letters")
    province = base.text("Province or state", nullable=True)
    city = base.city("The same city in a release; null where it is not held there", nullable=True)
    within = base.city("City of a release it is a part of, where it is not held itself", nullable=True)
    place_mark = dy.Enum(base.MARKS, nullable=True, description="How sure the link to the release is")
    step = dy.Enum(PILOT_STEPS, nullable=False, description="The last step the source tells of")
    year_selected = base.year("Year in which it was chosen", nullable=True)
    year_certified = base.year("Year of the certificate", nullable=True)
    day_certified = dy.Date(nullable=True, description="Day of the certificate")
    note = base.text("Remarks", nullable=True)
    mark = base.mark()
    source = base.source()


class Criterion(dy.Schema):
    """One row per framework and criterion: what is judged, how it weighs, and whether it can be made up for."""

    framework = base.key("Name of the framework", primary_key=True)
    criterion = base.key("Key of the criterion", primary_key=True)
    category = base.key("Category it belongs to", nullable=False)
    order = dy.Int16(nullable=False, min=1, max=999, description="Place in the framework", metadata={"unit": "count"})
    title = base.text("The criterion in plain English", nullable=False)
    kind = dy.Enum(ANSWERED_BY, nullable=False, description="Answered from our tables, or asked of an assessor")
    role = dy.Enum(ROLES, nullable=False, description="Whether another criterion can make up for it")
    threshold = a_whole_level("Level a knock-out asks for; null for a compensating criterion", nullable=True)
    weight_low = base.quantity("1", "Weight inside its category, at least", low=0, high=10, nullable=False)
    weight_high = base.quantity("1", "Weight inside its category, at most", low=0, high=10, nullable=False)
    weighing_mark = dy.Enum(base.MARKS, nullable=False, description="How sure role, threshold and weights are: S, K or P")
    evidence = base.text("Evidence it asks for beside that of the level; null where it asks for none", nullable=True)
    applies_to = dy.Enum(APPLIES_TO, nullable=False, description="What it can be asked of")
    mark = base.mark()
    source = base.source()

    @dy.rule()
    def weights_are_in_order(cls):  # type: ignore[no-untyped-def]
        return (cls.weight_low.col <= cls.weight_high.col) & (cls.weight_high.col > 0)

    @dy.rule()
    def only_a_knock_out_has_a_threshold(cls):  # type: ignore[no-untyped-def]
        return (cls.role.col == "knock_out") == cls.threshold.col.is_not_null()


class CriterionMeasure(dy.Schema):
    """One row per criterion and measure that counts under it."""

    framework = base.key("Name of the framework", primary_key=True)
    criterion = base.key("Criterion the measure counts under", primary_key=True)
    measure = base.key("Measure of our catalogue", primary_key=True)
    mark = base.mark()
    source = base.source()


class Level(dy.Schema):
    """One row per framework, criterion and level: what the level means and which evidence it asks for."""

    framework = base.key("Name of the framework", primary_key=True)
    criterion = base.key("Criterion with levels of its own; all where the framework's levels are meant", primary_key=True)
    level = a_whole_level("Level", primary_key=True)
    meaning = base.text("What the level means", nullable=False)
    evidence = base.text("Evidence it asks for; null where it asks for none", nullable=True)
    mark = base.mark()
    source = base.source()


class Title(dy.Schema):
    """One row per framework, category, criterion and language: what it is called in a framework of one's own."""

    framework = base.key("Name of the framework", primary_key=True)
    category = base.key("Category; all for the framework itself", primary_key=True)
    criterion = base.key("Criterion; all for the category itself", primary_key=True)
    language = dy.Enum(("en", "de", "ja", "zh-Hans", "da"), primary_key=True, description="Language")
    title = base.text("What it is called", nullable=False)
    mark = base.mark()


class Answer(dy.Schema):
    """One row per subject, criterion and part: the level one assessor gives."""

    subject = a_subject()
    criterion = base.key("Criterion", primary_key=True)
    part = base.key("A measure that counts under the criterion; all for the criterion itself", primary_key=True)
    level = a_whole_level("Level given; null when unknown", nullable=True)
    level_low = a_whole_level("Where only a range is known: at least", nullable=True)
    level_high = a_whole_level("Where only a range is known: at most", nullable=True)
    applies = dy.Bool(nullable=False, description="False where the criterion does not apply to the subject")
    evidence = base.text("Evidence shown; null when none is", nullable=True)
    note = base.text("What the assessor adds", nullable=True)

    @dy.rule()
    def a_range_is_in_order(cls):  # type: ignore[no-untyped-def]
        low, level, high = cls.level_low.col, cls.level.col, cls.level_high.col
        return (low <= high).fill_null(value=True) & (low <= level).fill_null(value=True) & (level <= high).fill_null(value=True)


class Decision(dy.Schema):
    """One row per subject and criterion on which two assessors settled, with their reason."""

    subject = a_subject()
    criterion = base.key("Criterion", primary_key=True)
    level = a_whole_level("Level settled on; null where the criterion does not apply", nullable=True)
    applies = dy.Bool(nullable=False, description="False where the criterion does not apply to the subject")
    evidence = base.text("Evidence it rests on", nullable=True)
    reason = base.text("Why this level", nullable=False)


class ScoredCriterion(dy.Schema):
    """One row per subject and criterion: its level with what is not known kept open."""

    subject = a_subject()
    category = base.key("Category", primary_key=True)
    criterion = base.key("Criterion", primary_key=True)
    status = dy.Enum(STATUSES, nullable=False, description="How much of it is known")
    level = a_level("Level known; null when none is", nullable=True)
    low = a_level("At least, with what is unknown at 0", nullable=True)
    high = a_level("At most, with what is unknown at 4", nullable=True)
    claimed = a_level("Level as given, before evidence was asked for", nullable=True)
    known = a_count("Parts with a level", nullable=False)
    parts = a_count("Parts asked for; a criterion without measures is one part", nullable=False)
    threshold = a_whole_level("Level a knock-out asks for", nullable=True)
    outcome = dy.Enum(OUTCOMES, nullable=False, description="What a knock-out says; none for a compensating criterion")


class ScoredCategory(dy.Schema):
    """One row per subject and category: the weighted mean of its criteria, beside what its knock-outs say."""

    subject = a_subject()
    category = base.key("Category", primary_key=True)
    outcome = dy.Enum(OUTCOMES, nullable=False, description="What its knock-outs say; no mean makes up for it")
    level = a_level("Weighted mean over known criteria, each weight in the middle of its range; null when none", nullable=True)
    low = a_level("At least, over weights drawn and with what is unknown at 0", nullable=True)
    high = a_level("At most, over weights drawn and with what is unknown at 4", nullable=True)
    known = a_count("Parts with a level", nullable=False)
    parts = a_count("Parts that apply", nullable=False)
    coverage = base.quantity("fraction", "Known parts as a share of those that apply; null when none applies", low=0, high=1)


class SubjectOutcome(dy.Schema):
    """One row per subject: what all its knock-outs say together. There is no total."""

    subject = a_subject()
    outcome = dy.Enum(OUTCOMES, nullable=False, description="The gravest outcome of its knock-outs")
    failed = dy.List(dy.String(nullable=False), nullable=False, description="Knock-outs that failed")
    open = dy.List(dy.String(nullable=False), nullable=False, description="Knock-outs not known well enough to say")
    known = a_count("Parts with a level", nullable=False)
    parts = a_count("Parts that apply", nullable=False)
    coverage = base.quantity("fraction", "Known parts as a share of those that apply; null when none applies", low=0, high=1)


class Agreement(dy.Schema):
    """One row per category and weighting: how far two assessors agree beyond chance."""

    category = base.key("Category; all for the whole framework", primary_key=True)
    weighting = dy.Enum(WEIGHTINGS, primary_key=True, description="How a disagreement grows with its distance")
    status = dy.Enum(AGREEMENT_STATUSES, nullable=False, description="Whether kappa can be told, and why not")
    pairs = a_count("Criteria to which both gave a level", nullable=False)
    same = a_count("Criteria to which both gave the same level", nullable=False)
    kappa = base.quantity("1", "Weighted kappa; null when it cannot be told", low=-1, high=1, nullable=True)
    low = base.quantity("1", "Lower end of its 95 % interval; null below ten pairs", low=-1, high=1, nullable=True)
    high = base.quantity("1", "Upper end of its 95 % interval; null below ten pairs", low=-1, high=1, nullable=True)
    observed = base.quantity("fraction", "Weighted agreement observed", low=0, high=1, nullable=True)
    expected = base.quantity("fraction", "Weighted agreement expected by chance", low=0, high=1, nullable=True)


class ToReconcile(dy.Schema):
    """One row per subject and criterion on which two assessors do not say the same."""

    subject = a_subject()
    category = base.key("Category", primary_key=True)
    criterion = base.key("Criterion", primary_key=True)
    role = dy.Enum(ROLES, nullable=False, description="Whether another criterion can make up for it")
    differs_in = dy.Enum(DIFFERENCES, nullable=False, description="In what they differ")
    first = a_whole_level("Level of the first", nullable=True)
    second = a_whole_level("Level of the second", nullable=True)
    distance = a_whole_level("Levels between the two; null where only one gave a level", nullable=True)
    first_evidence = base.text("Evidence the first names", nullable=True)
    second_evidence = base.text("Evidence the second names", nullable=True)


class Beside(dy.Schema):
    """One row per subject, category and criterion: how a city sees itself beside how others see it."""

    subject = a_subject()
    category = base.key("Category", primary_key=True)
    criterion = base.key("Criterion; all for the category itself", primary_key=True)
    own = a_level("Level by the city itself", nullable=True)
    own_low = a_level("At least", nullable=True)
    own_high = a_level("At most", nullable=True)
    outside = a_level("Level seen from outside", nullable=True)
    outside_low = a_level("At least", nullable=True)
    outside_high = a_level("At most", nullable=True)
    difference = base.quantity("level", "Own minus outside; null where one is unknown", low=-4, high=4, nullable=True)
    overlap = dy.Bool(nullable=True, description="Whether the two intervals meet; null where one is not given")
