"""The pages everybody may read: which pilot programmes there are, one of them, its portfolio, one city, one certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from citytandem.web.insights.world_map import draw_dots
from citytandem.web.lessons.models import Shown
from citytandem.web.live import atlas_of
from citytandem.web.pilots.frame import frame_keys, known_cities, name_category, name_frame, name_level
from citytandem.web.pilots.models import Lesson
from citytandem.web.pilots.numbering import clean_number, is_well_formed
from citytandem.web.pilots.papers import write_certificate
from citytandem.web.pilots.pictures import draw_spread, draw_ways
from citytandem.web.pilots.portfolio import gather_portfolio
from citytandem.web.pilots.queries import certificates_seen, cities_shown, name_pilot, programmes_seen, state_of, today
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.names import call_city
from citytandem.web.shell.sheets import answer_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from citytandem.web.pilots.models import Certificate, PilotCity, PilotProgramme
    from citytandem.web.pilots.portfolio import Portfolio

NAMED = 25
"""How many pilot cities the agency counts; a later page of it counts 27."""


@require_GET
def show_programmes(request: HttpRequest) -> HttpResponse:
    """The programmes on this site, the check of a certificate's number, and the real pilot cities that are known."""
    found = list(programmes_seen())
    known = [(key, _tell_known(request, key)) for key in frame_keys()]
    told = {
        "programmes": [(one, name_frame(one.framework, speech=current_speech()), cities_shown(one).count()) for one in found],
        "known": [(name_frame(key, speech=current_speech()), rows) for key, rows in known if rows],
        "counted": NAMED,
        "map": draw_dots({"members": _spots(request, [row["city"] or row["within"] for _, rows in known for row in rows])}),
    }
    return render(request, "pilots/programmes.html", told)


@require_GET
def show_programme(request: HttpRequest, *, programme: int) -> HttpResponse:
    """One programme: what it is, where its cities are, how many came how far, which certificates hold, what was learned."""
    own = get_object_or_404(programmes_seen(), pk=programme)
    pilots = list(cities_shown(own))
    portfolio = _gather(request, own, pilots=pilots, everybody=True)
    on = today()
    told = {
        "programme": own,
        "frame": name_frame(own.framework, speech=current_speech()),
        "portfolio": portfolio,
        "stages": [(stage, portfolio.reached[stage.pk], portfolio.here[stage.pk]) for stage in own.stages.all()],
        "ways": [(way, [(one, state_of(one, on=on)) for one in way.certificates]) for way in portfolio.ways],
        "valid": sum(any(state_of(one, on=on) == "valid" for one in way.certificates) for way in portfolio.ways),
        "map": draw_dots({"members": _spots(request, [one.city or one.within for one in pilots])}) if pilots else "",
        "lessons": _lessons_of(pilots),
        "runs_it": request.user.is_authenticated and request.user.has_perm("organisation.view", own.organisation),
    }
    return render(request, "pilots/programme.html", told)


@require_GET
def show_portfolio(request: HttpRequest, *, programme: int) -> HttpResponse:
    """The spread of levels by category over results that may be shown, and the own way of each city."""
    own = get_object_or_404(programmes_seen(), pk=programme)
    told = tell_portfolio(request, own, pilots=list(cities_shown(own)), everybody=True)
    return render(request, "pilots/portfolio.html", told | {"programme": own})


@require_GET
def export_portfolio(request: HttpRequest, *, programme: int) -> HttpResponse:
    """The same as a table to keep: one row per city, result and category, by name."""
    own = get_object_or_404(programmes_seen(), pk=programme)
    speech = current_speech()
    portfolio = _gather(request, own, pilots=list(cities_shown(own)), everybody=True)
    heads = [speech.label(f"web.pilot.csv.{name}") for name in ("city", "day", "category", "level", "low", "high", "outcome")]
    rows = (
        (
            way.name, judged.on.isoformat(), name_category(own.framework, category=category, speech=speech),
            *(_plain(number) for number in (span.level, span.low, span.high)), span.outcome,
        )
        for way in portfolio.ways
        for judged in way.judged
        for category, span in judged.spans.items()
    )  # fmt: skip
    return answer_csv(heads, rows=rows, name=f"portfolio-{own.pk}")


@require_GET
def show_city(request: HttpRequest, *, programme: int, pilot: int) -> HttpResponse:
    """The way of one city: stages, milestones it reached, certificates; nothing that is still being discussed."""
    own = get_object_or_404(programmes_seen(), pk=programme)
    city = get_object_or_404(cities_shown(own), pk=pilot)
    portfolio = _gather(request, own, pilots=[city], everybody=True)
    on, way = today(), portfolio.ways[0]
    told = {
        "programme": own,
        "pilot": city,
        "way": way,
        "picture": draw_ways([way], on=on, speech=current_speech()),
        "milestones": city.milestones.exclude(reached=None).select_related("stage").order_by("reached"),
        "certificates": [(one, state_of(one, on=on)) for one in way.certificates],
        "judged": [(one, _name_spans(own, one.spans)) for one in way.judged],
        "lessons": _lessons_of([city]),
    }
    return render(request, "pilots/public_city.html", told)


@require_GET
def find_certificate(request: HttpRequest) -> HttpResponse:
    """Look up a number; a mistyped one is told apart from one that was never given."""
    number = clean_number(request.GET.get("number", ""))
    if certificates_seen().filter(number=number).exists():
        return redirect("pilot_certificate", number)
    told = {"number": number[:40], "is_mistyped": bool(number) and not is_well_formed(number)}
    return render(request, "pilots/certificate_find.html", told)


@require_GET
def show_certificate(request: HttpRequest, *, number: str) -> HttpResponse:
    """One certificate: whose, by which framework, whether it holds today."""
    own = get_object_or_404(certificates_seen(), number=number)
    speech, programme = current_speech(), own.pilot.programme
    told = {
        "certificate": own,
        "programme": programme,
        "state": state_of(own, on=today()),
        "name": _name(request, own),
        "frame": name_frame(programme.framework, speech=speech),
        "level": name_level(programme.framework, level=own.level, speech=speech),
    }
    return render(request, "pilots/certificate.html", told)


@require_GET
def print_certificate(request: HttpRequest, *, number: str) -> HttpResponse:
    """The certificate on paper, in the language of the address."""
    own = get_object_or_404(certificates_seen(), number=number)
    address = request.build_absolute_uri(reverse("pilot_certificate", args=[number]))
    paper = write_certificate(own, city=_name(request, own), address=address, on=today(), speech=current_speech())
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="certificate-{own.number}.pdf"'
    return answer


def tell_portfolio(
    request: HttpRequest, programme: PilotProgramme, *, pilots: Sequence[PilotCity], everybody: bool
) -> dict[str, Any]:
    """What the page of a portfolio shows, for everybody or for the office."""
    if not pilots and everybody and not programme.stages.exists():
        raise Http404
    speech, on = current_speech(), today()
    portfolio = _gather(request, programme, pilots=pilots, everybody=everybody)
    names = [(one, name_category(programme.framework, category=one, speech=speech)) for one in portfolio.categories]
    table = [
        (way.name, way.judged[-1].on, [way.judged[-1].spans.get(category) for category, _ in names])
        for way in portfolio.ways
        if way.judged
    ]
    return {
        "portfolio": portfolio,
        "frame": name_frame(programme.framework, speech=speech),
        "everybody": everybody,
        "categories": names,
        "table": table,
        "spread": draw_spread(portfolio, framework=programme.framework, speech=speech) if portfolio.judged else "",
        "picture": draw_ways(portfolio.ways, on=on, speech=speech) if portfolio.ways else "",
        "ways": [(way, [(one, state_of(one, on=on)) for one in way.certificates]) for way in portfolio.ways],
        "stages": [(stage, portfolio.reached[stage.pk], portfolio.here[stage.pk]) for stage in programme.stages.all()],
    }


def _gather(request: HttpRequest, programme: PilotProgramme, *, pilots: Sequence[PilotCity], everybody: bool) -> Portfolio:
    language = current_speech().language
    return gather_portfolio(programme, pilots=pilots, atlas=atlas_of(request), language=language, everybody=everybody)


def _name(request: HttpRequest, own: Certificate) -> str:
    return name_pilot(own.pilot, atlas=atlas_of(request), language=current_speech().language)


def _name_spans(programme: PilotProgramme, spans: dict[str, Any]) -> list[tuple[str, Any]]:
    speech = current_speech()
    return [(name_category(programme.framework, category=key, speech=speech), span) for key, span in spans.items()]


def _lessons_of(pilots: Sequence[PilotCity]) -> list[Any]:
    rows = Lesson.objects.filter(pilot__in=pilots, case__state=Shown.PUBLISHED).select_related("case", "case__organisation")
    return list(rows.order_by("case__policy"))


def _spots(request: HttpRequest, cities: Sequence[str | None]) -> pl.DataFrame:
    known = atlas_of(request).city
    return known.filter(pl.col("city").is_in([one for one in cities if one])).select("latitude", "longitude")


def _tell_known(request: HttpRequest, framework: str) -> list[dict[str, Any]]:
    """The real pilot cities of a framework: named as the reader names them, each with what its source says."""
    rows = known_cities(framework).to_dicts()
    language, atlas = current_speech().language, atlas_of(request)
    for row in rows:
        own = row["local_name"] if language == "zh-Hans" and row["local_name"] else row["name"]
        row["told"] = own
        row["step"] = str(row["step"])
        row["within_name"] = call_city(atlas, row["within"], language=language) if row["within"] else ""
    return rows


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"
