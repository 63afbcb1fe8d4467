"""What do answers about frameworks and assessments look like? Models for OpenAPI, derived from the classes of the tables."""

from __future__ import annotations

from citytandem import tables
from citytandem.tables import assessment, results_assessment
from citytandem.web.api.shapes import FindingRow, Provenance, Spec, answer_of, list_of

_HEAD: Spec = {
    "framework": str, "version": str, "title": str, "kind": str, "languages": list[str], "complete": bool, "mark": str,
    "source": str, "category": assessment.Category, "criterion": assessment.Criterion, "level": assessment.Level,
    "criterion_measure": assessment.CriterionMeasure, "titles": list[dict[str, str]], "is_shipped": bool,
}  # fmt: skip

FRAMEWORKS = list_of("frameworks", results_assessment.NamedFramework)
FRAMEWORK = answer_of(
    "Framework",
    {
        "framework": results_assessment.NamedFramework, "categories": results_assessment.NamedCategory,
        "criteria": results_assessment.NamedCriterion, "levels": assessment.Level, "measures": assessment.CriterionMeasure,
        "source": tables.Source, "provenance": Provenance,
    },
)  # fmt: skip
ASSESSMENT = answer_of(
    "Assessment",
    {
        "framework": _HEAD, "subjects": list[str], "answers": assessment.Answer,
        "scored": {
            "criteria": assessment.ScoredCriterion, "categories": assessment.ScoredCategory,
            "outcomes": assessment.SubjectOutcome,
        },
        "compared": None, "beside": None, "findings": list[FindingRow], "provenance": Provenance,
    },
)  # fmt: skip
