"""Pages everyone may open: the regions, one region with what stands beside it, its tables and its briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from citytandem.briefing.write_pdf import render_pdf
from citytandem.science.transition.trajectories import EVERY_TRAIT, TRAITS
from citytandem.verbs import SEED
from citytandem.web.events.queries import ORGANISERS
from citytandem.web.live import atlas_of
from citytandem.web.regions.asking import look_at, paths_near
from citytandem.web.regions.choices import VIEWS, read_choices
from citytandem.web.regions.freshness import sign_content
from citytandem.web.regions.listing import choose_regions, draw_regions, list_regions
from citytandem.web.regions.papers import compose_briefing
from citytandem.web.regions.reading import paths_of, read_known
from citytandem.web.regions.sections import write_sections
from citytandem.web.regions.sections.analogues import answer_in_short
from citytandem.web.shell.caching import kept_by
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.sheets import answer_csv

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.charts.chart import Twin
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.regions.asking import View

LONGEST_NAME = 100


@require_safe
@kept_by(sign_content)
def show_regions(request: HttpRequest) -> HttpResponse:
    """Every region, on a map and by country."""
    known, speech = read_known(), current_speech()
    every = list_regions(known, speech=speech)
    asked = {"q": request.GET.get("q", "").strip()[:LONGEST_NAME], "country": request.GET.get("country", "")}
    countries = dict(sorted({(one.country_code, one.country) for one in every}, key=lambda pair: pair[1]))
    asked["country"] = asked["country"] if asked["country"] in countries else ""
    shown = choose_regions(every, text=asked["q"], country=asked["country"])
    placed = set(known.table("region").drop_nulls("latitude")["region"])
    told = {
        "regions": shown, "countries": countries.items(), "asked": asked, "count": len(shown),
        "compared": sum(one.has_path for one in shown), "without_place": sum(one.key not in placed for one in shown),
        "map": draw_regions(known, frozenset(one.key for one in shown)), "missing": known.missing,
    }  # fmt: skip
    return render(request, "regions/regions.html", told)


@require_safe
@kept_by(sign_content)
def show_region(request: HttpRequest, *, region: str) -> HttpResponse:
    """One region: whose past resembles it, how it went there, what was tried, what differs, what to ask and whom."""
    view = _look(request, region)
    speech = view.speech
    chosen = set(view.choices.traits or TRAITS)
    told: dict[str, Any] = {
        "view": view, "answer": answer_in_short(view), "sections": write_sections(view, atlas=atlas_of(request)),
        "traits": [(trait, speech.label(f"trait.{trait}"), trait in chosen) for trait in EVERY_TRAIT],
        "candidates": _list_candidates(view), "views": list(VIEWS), "query": view.choices.query,
        "about": _describe(view), "hosts": _list_hosts(view),
        "near": [(one, view.names[one]) for one in paths_near(view.known, region)],
        "teams": _teams_of(request), "missing": view.known.missing,
    }  # fmt: skip
    return render(request, "regions/region.html", told)


@require_safe
@kept_by(sign_content)
def send_region_sheet(request: HttpRequest, *, region: str, sheet: str) -> HttpResponse:
    """One table of the page as a file; every digit, and the keys of its sources."""
    view = _look(request, region)
    tables: dict[str, Twin] = {}
    for section in write_sections(view, atlas=atlas_of(request)):
        tables |= section.tables
    if sheet not in tables:
        raise Http404
    frame = tables[sheet].data
    return answer_csv(frame.columns, rows=frame.iter_rows(), name=f"{region}-{sheet}")


@require_safe
@kept_by(sign_content)
def send_region_briefing(request: HttpRequest, *, region: str) -> HttpResponse:
    """The same questions on paper."""
    view = _look(request, region)
    document = compose_briefing(view, write_sections(view, atlas=atlas_of(request)))
    return HttpResponse(render_pdf(document), content_type="application/pdf")


def _look(request: HttpRequest, region: str) -> View:
    """The region as this request asks to see it.

    Raises
    ------
    Http404
        No region has this key.
    CannotCompute
        A choice of the address is none.
    """
    known = read_known()
    if region not in known.regions:
        raise Http404
    choices = read_choices(request.GET, known=known, region=region)
    return look_at(known, region=region, choices=choices, provenance=atlas_of(request).provenance(SEED), speech=current_speech())


def _describe(view: View) -> dict[str, Any]:
    """What the region is: kind, country, what it lies in, what its borders leave out."""
    frame = view.known.table("region")
    row: dict[str, Any] = frame.row(frame["region"].index_of(view.region) or 0, named=True)
    upper = row["part_of"] if row["part_of"] in view.known.regions else None
    return {**row, "upper": upper, "upper_name": view.names.get(row["part_of"] or "", "")}


def _list_candidates(view: View) -> list[tuple[str, str, bool]]:
    """Regions that can be set beside, by name; those set beside now are ticked."""
    told = set(view.known.table("region_phase")["region"]) | set(paths_of(view.known).regions)
    chosen = set(view.choices.beside or view.others)
    found = [(one, view.names[one], one in chosen) for one in view.known.regions & told if one != view.region]
    return sorted(found, key=lambda one: one[1].casefold())


def _list_hosts(view: View) -> list[tuple[str, str]]:
    """Regions a delegation may go to: those beside, as they are told."""
    return [(one, view.names[one]) for one in dict.fromkeys([*view.others, *view.told])]


def _teams_of(request: HttpRequest) -> list[Organisation]:
    """The person's teams that may draft an event."""
    if not request.user.is_authenticated:
        return []
    memberships = request.user.memberships.select_related("organisation").order_by("organisation__name")
    teams = [one.organisation for one in memberships if one.organisation.kind in ORGANISERS]
    return [team for team in teams if request.user.has_perm("organisation.edit", team)]
