"""What was tried elsewhere, what happened and what failed? Cases of the house, and those teams have published."""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from citytandem import transition
from citytandem.gazetteer import find_city
from citytandem.web.api import case_shapes
from citytandem.web.api.answers import respond, tell_list
from citytandem.web.api.describe import described
from citytandem.web.api.door import as_of_now
from citytandem.web.api.parameters import CasesAsked, check_choice
from citytandem.web.lessons.queries import ToldCase, published_cases
from citytandem.web.live import atlas_of
from citytandem.web.regions.reading import read_known

router = Router(tags=["regions"])
SCHEMA: dict[str, Any] = {
    "first_year": pl.Int64(),
    "last_year": pl.Int64(),
    "conditions": pl.List(pl.String()),
    "measures": pl.List(pl.String()),
    "is_invented": pl.Boolean(),
}


@router.get("/cases", **described("list_cases", case_shapes.CASES))
@as_of_now
def list_cases(request: HttpRequest, *, asked: Query[CasesAsked]) -> HttpResponse:
    atlas = atlas_of(request)
    check_choice(asked.measure, option="measure", choices=sorted(atlas.facts.measure["measure"]))
    region = transition.find_region(read_known().atlas, asked.region) if asked.region else None
    city = find_city(atlas, asked.city) if asked.city else None
    rows = [_tell(request, one) for one in published_cases(region=region, city=city, measure=asked.measure)]
    frame = pl.DataFrame(rows, schema={name: SCHEMA.get(name, pl.String()) for name in case_shapes.ToldCase.model_fields})
    return respond(request, tell_list(request, frame, name="cases", asked=asked, provenance=atlas.provenance()), asked=asked)


def _tell(request: HttpRequest, one: ToldCase) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in case_shapes.ToldCase.model_fields if hasattr(one, name)}
    for name in ("region", "city", "actors", "failed", "source", "source_url", "organisation"):
        told[name] = told[name] or None
    lists = {"conditions": list(one.conditions), "measures": list(one.measures)}
    page = f"{request.scheme}://{request.get_host()}" + reverse("lesson_case", args=[one.key])
    return told | lists | {"case": one.key, "page": page}
