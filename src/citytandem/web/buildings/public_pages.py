"""Pilot buildings as everybody sees them: the list with its map, and the page, table and paper of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from citytandem.web.buildings.comparing import add_metered, draw_states, write_comparison
from citytandem.web.buildings.listing import choose_buildings, list_choices, locate_buildings, read_filters, write_cards
from citytandem.web.buildings.papers import write_paper
from citytandem.web.buildings.queries import measured_of, visible_buildings
from citytandem.web.buildings.sheet import write_page
from citytandem.web.buildings.telling import cite, tell_place, tell_standard, tell_year, tell_years
from citytandem.web.buildings.templates_file import pack_tables, write_book
from citytandem.web.insights.world_map import draw_dots
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.sheets import answer_csv

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from citytandem.web.buildings.queries import Measured, Shown
    from citytandem.web.buildings.sheet import BuildingPage
    from citytandem.words import Speech

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST_COLUMNS = (
    "building", "name", "country", "province", "city", "zone", "zone_mark", "use", "works", "phase", "floors", "gross_area_m2",
    "gross_convention", "treated_area_m2", "treated_convention", "year_planned", "year_completed", "year_certified", "standard",
    "standard_class", "mark", "source",
)  # fmt: skip
VALUE_COLUMNS = (
    "building", "indicator", "state", "convention", "area_convention", "period", "value", "unit", "grade", "note", "mark",
    "source",
)  # fmt: skip


@require_safe
@kept
def show_buildings(request: HttpRequest) -> HttpResponse:
    """The list by name, as cards, on the map and as a table; the address narrows it down."""
    shown, speech, atlas = visible_buildings(request), current_speech(), atlas_of(request)
    filters = read_filters(request.GET, shown)
    chosen = choose_buildings(shown, filters)
    cards = write_cards(chosen, shown=shown, speech=speech)
    places, lost = locate_buildings(atlas, chosen)
    real = [card for card in cards if not (card.owner and card.owner.is_invented)]
    told = {
        "filters": filters, "choices": list_choices(shown), "cards": cards, "count": len(real),
        "invented": len(cards) - len(real), "every": shown.buildings.height,
        "with_figures": sum(bool(card.figures) for card in real), "with_measured": sum(bool(card.measured) for card in real),
        "map": draw_dots({"known": places}) if places.height else "", "lost": lost,
    }  # fmt: skip
    return render(request, "buildings/buildings.html", told)


@require_safe
def send_buildings(request: HttpRequest) -> HttpResponse:
    """The list as a table for a program, narrowed down as the page is."""
    shown, speech = visible_buildings(request), current_speech()
    chosen = choose_buildings(shown, read_filters(request.GET, shown))
    rows = []
    for row in chosen.to_dicts():
        owner = shown.owners.get(row["building"])
        cited = cite(row["source"], owner=owner, speech=speech)
        rows.append(
            [*(row[name] for name in LIST_COLUMNS), cited.url, owner.name if owner else "", bool(owner and owner.is_invented)]
        )
    return answer_csv([*LIST_COLUMNS, "source_url", "owner", "is_invented"], rows=rows, name="pilot-buildings")


@require_safe
@kept
def show_building(request: HttpRequest, *, building: str) -> HttpResponse:
    """One building, and what it is held against."""
    shown = visible_buildings(request)
    return render(request, "buildings/building.html", describe_building(building, shown=shown, measured=measured_of(building)))


@require_safe
def send_building(request: HttpRequest, *, building: str) -> HttpResponse:
    """The figures of one building as a table for a program."""
    shown = visible_buildings(request)
    return answer_figures(building, shown=shown)


@require_safe
def send_paper(request: HttpRequest, *, building: str) -> HttpResponse:
    """The sheet of one building as a PDF."""
    return answer_paper(building, shown=visible_buildings(request), measured=measured_of(building))


@require_safe
def send_template(request: HttpRequest, *, form: str) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """The empty tables to be filled in, as a workbook or as CSV files."""
    if form == "xlsx":
        answer = HttpResponse(write_book(current_speech()), content_type=BOOK)
    elif form == "zip":
        answer = HttpResponse(pack_tables(), content_type="application/zip")
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="buildings-template.{form}"'
    return answer


def describe_building(key: str, *, shown: Shown, measured: Measured) -> dict[str, Any]:
    """What a page says of a building.

    Raises
    ------
    Http404
        Nobody here knows it.
    """
    speech = current_speech()
    page = _find(key, shown=shown, speech=speech)
    compared = write_comparison(key, name=page.row["name"], shown=shown, measured=measured, speech=speech)
    return {
        "page": add_metered(page, compared, speech=speech), "compared": compared, "answer": write_answer(page, speech=speech),
        "place": tell_place(page.row, speech=speech), "year": tell_year(page.row, speech=speech),
        "years": tell_years(page.row, speech=speech),
        "standard": tell_standard(page.row),
        "states": draw_states(page, compared, speech=speech),
    }  # fmt: skip


def answer_figures(key: str, *, shown: Shown) -> HttpResponse:
    """Every figure of a building, with keys and every digit; its readings are on its page.

    Raises
    ------
    Http404
        Nobody here knows it.
    """
    page = _find(key, shown=shown, speech=current_speech())
    values = page.sheet.values.cast({pl.Enum: pl.String}).to_dicts()
    owner = page.owner
    rows = [
        [*(row[name] for name in VALUE_COLUMNS), cite(row["source"], owner=owner, speech=current_speech()).url] for row in values
    ]
    return answer_csv([*VALUE_COLUMNS, "source_url"], rows=rows, name=_name_file(key))


def answer_paper(key: str, *, shown: Shown, measured: Measured) -> HttpResponse:
    """The PDF of a building.

    Raises
    ------
    Http404
        Nobody here knows it.
    """
    speech = current_speech()
    page = _find(key, shown=shown, speech=speech)
    compared = write_comparison(key, name=page.row["name"], shown=shown, measured=measured, speech=speech)
    pdf = write_paper(
        add_metered(page, compared, speech=speech), answer=write_answer(page, speech=speech), compared=compared, speech=speech
    )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{_name_file(key)}.pdf"'
    return answer


def write_answer(page: BuildingPage, *, speech: Speech) -> str:
    """What is known of a building in one sentence."""
    told: dict[str, Any] = {
        "use": speech.label(f"building.use.{page.row['use']}"), "city": page.row["city"], "count": page.known,
        "measured": page.measured,
    }  # fmt: skip
    state = "none" if not page.known else "measured" if page.measured else "unmeasured"
    kind = "owner" if page.owner else "published"
    return speech.sentence(f"web.building.known.{kind}_{state}", **told)


def _find(key: str, *, shown: Shown, speech: Speech) -> BuildingPage:
    page = write_page(key, shown=shown, speech=speech)
    if page is None:
        raise Http404
    return page


def _name_file(key: str) -> str:
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "-" for sign in key)
    return f"building-{plain}"
