"""Tags of assessments: the published results of a city, beside what it does."""

from __future__ import annotations

from typing import Any

from django import template

from citytandem.charts.framework_names import name_framework
from citytandem.web.assessments.frameworks import framework_of
from citytandem.web.assessments.queries import published_assessments
from citytandem.web.shell.language import current_speech

register = template.Library()


@register.inclusion_tag("assessments/beside_city.html")
def results_of(city: str) -> dict[str, Any]:
    """Results that who ran them and the city agreed to publish, newest first; nothing where there is none."""
    speech = current_speech()
    return {
        "rows": [{"row": one, "title": name_framework(framework_of(one), speech)} for one in published_assessments(city=city)]
    }
