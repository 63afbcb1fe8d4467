"""The English words of assessments: of the command, its tables and chart, and what can go wrong."""

from citytandem.findings import Code
from citytandem.words.catalogue import translatable as _

ASSESSMENT_SENTENCES: dict[Code, str] = {
    Code.FRAMEWORK_UNKNOWN: _(
        "There is no framework called “{asked}”. There are: {choices}. For one of your own, give the folder with its files."
    ),
    Code.FRAMEWORK_NOT_SOUND: _(
        "The framework in {folder} cannot be used: {count} things are wrong with it, so levels could mean something else than its "
        "authors say. Correct these and try again:"
    ),
    Code.FRAMEWORK_LISTS_A_PART: _(
        "{framework}: only a part of the publisher's criteria is openly known and listed here. What follows is no judgement by the "
        "publisher, and says nothing about the rest."
    ),
    Code.FRAMEWORK_RECALLED: _(
        "{framework}: {count} criteria are recalled and not re-read (mark K). Check them with the publisher before you rely on them."
    ),
    Code.ANSWERS_MISSING: _(
        "Nobody has answered {framework} yet: its criteria are questions to an assessor. Take the empty form with --template, fill it "
        "in, and give it with --answers."
    ),
    Code.ANSWER_CRITERION_UNKNOWN: _(
        "{where}, row {row}: {framework} has no criterion “{value}”. The row was left out. Nearest: {nearest}."
    ),
    Code.ANSWER_PART_UNKNOWN: _(
        "{where}, row {row}: the measure “{value}” does not count under the criterion {criterion}. The row was left out; "
        "leave the column {column} empty to answer the criterion itself."
    ),
    Code.ANSWER_LEVEL_UNKNOWN: _(
        "{where}, row {row}: “{value}” in the column {column} is no level. It takes 0, 1, 2, 3 or 4, is empty where nothing is known, "
        "or says n/a where the criterion does not apply. The criterion {criterion} stays unknown."
    ),
    Code.ANSWER_SUBJECT_MISSING: _(
        "{where}, row {row}: the column {column} does not say which city is meant. The row was left out. Fill it in, or name one city "
        "for the whole file."
    ),
    Code.ANSWER_TWICE: _(
        "{where}, row {row}: {criterion} of {subject} is answered a second time. The first answer counts; take one of the two out."
    ),
    Code.ANSWER_WITHOUT_EVIDENCE: _(
        "{where}, row {row}: level {level} of {criterion} asks for evidence, and none is named. Until it is, the level stays unknown, "
        "at most {level}. What is asked for stands beside the levels of the framework."
    ),
    Code.ANSWERS_PARTLY_GIVEN: _(
        "{subject}: {known} of {parts} answers are known. What is unknown is left out of the levels and widens their intervals."
    ),
    Code.KNOCK_OUT_FAILED: _(
        "{subject} does not meet “{criterion}”: it asks for level {threshold}, and {high} is the most that can be shown. "
        "Nothing else makes up for it."
    ),
    Code.KNOCK_OUT_OPEN: _(
        "{subject}: whether “{criterion}” is met is open. It asks for level {threshold}; between {low} and {high} is known. "
        "An answer with its evidence would settle it."
    ),
    Code.ASSESSORS_DIFFER: _(
        "The two assessors do not say the same on {count} of {pairs} criteria. Talk these through; until then their range stands."
    ),
}

ASSESSMENT: dict[str, str] = {
    "cli.help.assess": _(
        "How far a city is by a framework of criteria: levels with intervals, knock-outs, two assessors side by side."
    ),
    "cli.option.framework": _("A framework, for example activity_2026 or sino_german, or the folder with one of your own."),
    "cli.option.assess_city": _("City judged; if left out, every city of the answers."),
    "cli.option.assess_answers": _("Answers of an assessor, as CSV or XLSX."),
    "cli.option.assess_second": _("Answers of a second assessor, to see where the two agree."),
    "cli.option.assess_outside": _("The first file is the city's own view, the second one from outside."),
    "cli.option.assess_template": _("Write an empty form and the meaning of its levels into this folder."),
    "cli.option.assess_list": _("List the frameworks there are."),
    "cli.option.assess_out": _("Draw the levels as SVG, PNG or a page with its table."),
    "assess.question": _("How far is {subject} by “{framework}”?"),
    "assess.outcome.failed": _("{subject} does not meet {count} of the conditions that nothing makes up for: {criteria}."),
    "assess.outcome.open": _("Whether {subject} meets all conditions is open: {criteria}."),
    "assess.outcome.met": _("{subject} meets every condition that nothing makes up for."),
    "assess.outcome.none": _("The framework has no conditions; it shows levels by category."),
    "assess.known": _("{known} of {parts} answers are known."),
    "assess.categories": _("Levels by category"),
    "assess.criteria": _("Levels by criterion"),
    "assess.category": _("Category"),
    "assess.criterion": _("Criterion"),
    "assess.level": _("Level"),
    "assess.interval": _("Interval"),
    "assess.low": _("At least"),
    "assess.high": _("At most"),
    "assess.coverage": _("Known"),
    "assess.condition": _("Conditions"),
    "assess.status": _("Status"),
    "assess.threshold": _("Asked for"),
    "assess.how": _(
        "A category is the weighted mean of what is known in it; its interval holds every weight of the ranges and every level that is "
        "still possible. Categories are not added up, and cities are not compared by them."
    ),
    # Translators: how much of a criterion is known
    "assess_status.answered": _("known"),
    "assess_status.partly": _("known in part"),
    "assess_status.unproven": _("evidence missing"),
    "assess_status.unknown": _("unknown"),
    "assess_status.not_applicable": _("does not apply"),
    # Translators: a condition of a framework that nothing else makes up for
    "assess_outcome.failed": _("not met"),
    "assess_outcome.open": _("open"),
    "assess_outcome.met": _("met"),
    "assess_outcome.none": _("no condition"),
    "assess.agreement": _("How far the two assessors agree"),
    "assess.agreement.note": _("Kappa is agreement beyond chance: 1 is full agreement, 0 what chance alone would give."),
    "assess.whole": _("Whole framework"),
    "assess.pairs": _("Answered by both"),
    "assess.same": _("Same level"),
    "assess.kappa.linear": _("Kappa, linear"),
    "assess.kappa.quadratic": _("Kappa, quadratic"),
    "assess_agreement.too_few": _("too few answers"),
    "assess_agreement.no_spread": _("all on one level"),
    "assess.reconcile": _("To talk through"),
    "assess.reconcile.none": _("The two assessors say the same on every criterion."),
    "assess.first": _("First"),
    "assess.second": _("Second"),
    "assess.differs": _("What differs"),
    "assess_difference.level": _("the level"),
    "assess_difference.only_first": _("only the first knows"),
    "assess_difference.only_second": _("only the second knows"),
    "assess_difference.applies": _("whether it applies"),
    "assess.beside": _("The city's own view beside one from outside"),
    "assess.own": _("Own"),
    "assess.outside": _("Outside"),
    "assess.difference": _("Difference"),
    "assess.frameworks": _("Frameworks"),
    "assess.key": _("Key"),
    "assess.title": _("Title"),
    "assess.version": _("Version"),
    "assess.count": _("Criteria"),
    "assess.complete": _("Complete"),
    "assess.complete.yes": _("yes"),
    "assess.complete.no": _("in part"),
    "assess.mark": _("Mark"),
    "assess.source": _("Source"),
    "assess.template.written": _("An empty form and the meaning of the levels are in {folder}."),
    # Translators: the scale of levels, in brackets behind “Level”
    "unit.level": _("0–4"),
    "chart.assessment.title": _("{framework}: levels of {subject} by category"),
    "chart.assessment.description": _(
        "For each category a dot at the mean level of what is known, on a band from the least to the most that is still possible."
    ),
    "chart.assessment.known": _("Level known"),
    "chart.assessment.possible": _("Still possible"),
}
