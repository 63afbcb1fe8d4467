"""Cases that everybody may read: what was tried, what failed, and what would have to hold elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from citytandem.tables.series import PHASES
from citytandem.web.accounts.queries import organisations_of
from citytandem.web.lessons.models import Checklist, Round, Shown
from citytandem.web.lessons.places import PHASE_CHOICES, regions_in
from citytandem.web.lessons.queries import ToldCase, find_case, published_cases
from citytandem.web.live import atlas_of
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.names import call_city
from citytandem.web.shell.sheets import answer_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

MOST_ALIKE = 6
COLUMNS = (
    "case", "region", "city", "region_type", "phase", "title", "first_year", "last_year", "policy", "instrument", "actors",
    "happened", "failed", "transfer", "evidence", "measures", "mark", "source", "source_url", "organisation", "language",
)  # fmt: skip


@require_GET
def show_cases(request: HttpRequest) -> HttpResponse:
    """All cases by what was tried, narrowed by region, phase, measure, and whether something failed."""
    every = published_cases()
    shown = _narrow(request, every)
    chosen = {name: request.GET.get(name, "") for name in ("region", "phase", "measure", "failed")}
    titles, regions = title_measures(current_speech().language), regions_in(current_speech().language)
    held = {measure for one in every for measure in one.measures}
    places = {one.region for one in every}
    told = {
        "cases": [_place(request, one, regions=regions) for one in shown], "chosen": chosen,
        "failed_count": sum(bool(one.failed) for one in shown), "places": len({one.region or one.city for one in shown}),
        "regions": [(key, name) for key, name in regions.items() if key in places],
        "phases": [(key, name) for key, name in PHASE_CHOICES if any(one.phase == key for one in every)],
        "measures": [(key, titles.get(key, key)) for key in sorted(held)],
        "rounds": Round.objects.filter(state=Shown.PUBLISHED).count(), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "lessons/cases.html", told)


@require_GET
def send_cases(request: HttpRequest) -> HttpResponse:
    """The same cases as a table; empty for unknown."""
    rows = (
        (
            one.key, one.region, one.city, one.region_type, one.phase, one.title, one.first_year, one.last_year or "", one.policy,
            one.instrument, one.actors, one.happened, one.failed, "\n".join(one.conditions), one.evidence, ";".join(one.measures),
            one.mark, one.source, one.source_url, one.organisation, one.language,
        )
        for one in _narrow(request, published_cases())
    )  # fmt: skip
    return answer_csv(COLUMNS, rows=rows, name="cases")


@require_GET
def show_case(request: HttpRequest, *, case: str) -> HttpResponse:
    """One case, what would have to hold at home, and others from the same kind of phase."""
    own = find_case(case)
    if own is None:
        raise Http404
    regions = regions_in(current_speech().language)
    alike = [
        one
        for one in published_cases()
        if one.phase == own.phase and (one.region, one.city) != (own.region, own.city) and one.key != own.key
    ]
    teams = organisations_of(request.user) if request.user.is_authenticated else []
    told = {
        **_place(request, own, regions=regions),
        "measures": [(key, title_measures(current_speech().language).get(key, key)) for key in own.measures],
        "alike": [_place(request, one, regions=regions) for one in alike[:MOST_ALIKE]],
        "checklists": Checklist.objects.filter(case_key=own.key, state=Shown.PUBLISHED).select_related("organisation"),
        "teams": [one for one in teams if request.user.has_perm("organisation.edit", one)],
    }
    return render(request, "lessons/case.html", told)


def _narrow(request: HttpRequest, cases: Sequence[ToldCase]) -> list[ToldCase]:
    asked = request.GET
    region, phase, measure = asked.get("region", ""), asked.get("phase", ""), asked.get("measure", "")
    return [
        one
        for one in cases
        if (not region or one.region == region)
        and (phase not in PHASES or one.phase == phase)
        and (not measure or measure in one.measures)
        and (asked.get("failed") != "yes" or one.failed)
    ]


def _place(request: HttpRequest, one: ToldCase, *, regions: dict[str, str]) -> dict[str, Any]:
    """A case with the name of where it was."""
    city = call_city(atlas_of(request), one.city, language=current_speech().language) if one.city else ""
    return {"one": one, "where": regions.get(one.region, one.region) or city, "city_name": city}
