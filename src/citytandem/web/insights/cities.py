"""Finding a city: by name in any language, or in a list by country, network and what is known; never by a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from django.http import Http404
from django.shortcuts import redirect, render

from citytandem.atlas import once_per_atlas
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city, fold, names_in
from citytandem.narration import name_country, name_method
from citytandem.web.insights.directory import OWN_LANGUAGES, list_cities, measure_km, own_names, pick_cities, show_state
from citytandem.web.insights.finder import Found, find
from citytandem.web.insights.world_map import draw_dots
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from citytandem.atlas import Atlas
    from citytandem.words import Speech

A_PAGE, FEW, MANY = 50, 8, 60
"""Cities on a page of the list, among suggestions, and among the answers to a search."""
LONGEST = 100
TYPED = ("q", "more", "near", "city")
"""Fields into which somebody may type a city."""


@dataclass(frozen=True, slots=True)
class Row:
    """One city of a list, as it is printed."""

    city: str
    name: str
    own_name: str
    own_language: str
    country: str
    state: str
    people: int | None
    years: str
    methods: str
    has_stages: bool
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cities are listed, and from where their distance is counted; in the order of the alphabet if from nowhere."""

    country: str = ""
    network: str = ""
    balance: bool = False
    stages: bool = False
    near: str = ""

    @property
    def is_any(self) -> bool:
        """Is anything left out?"""
        return bool(self.country or self.network or self.balance or self.stages)


def show_cities(request: HttpRequest) -> HttpResponse:
    """The list, or the answer to what was typed."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    return _answer_search(request, text) if text else _show_list(request)


def suggest_cities(request: HttpRequest) -> HttpResponse:
    """A few cities while somebody types: as links, or as options of a field."""
    text, atlas = next((request.GET[name] for name in TYPED if name in request.GET), "").strip()[:LONGEST], atlas_of(request)
    found = find(atlas, text, limit=FEW) if text else Found()
    kind = "options" if request.GET.get("as") == "options" else "suggestions"
    response = render(request, f"insights/cities_{kind}.html", {"q": text, **_tell_found(atlas, found)})
    response["Cache-Control"] = "private, max-age=60"
    return response


def _answer_search(request: HttpRequest, text: str) -> HttpResponse:
    atlas = atlas_of(request)
    found = find(atlas, text, limit=MANY)
    if len(found.exact) == 1:
        return redirect("city", city=found.exact[0])
    status = 200 if found.count or found.meant else 404
    return render(request, "insights/cities_found.html", {"q": text, **_tell_found(atlas, found)}, status=status)


def _tell_found(atlas: Atlas, found: Found) -> dict[str, Any]:
    speech = current_speech()
    return {
        "found": found,
        "rows": write_rows(atlas, pick_cities(atlas, found.shown), speech=speech),
        "meant": write_rows(atlas, pick_cities(atlas, found.meant), speech=speech),
    }


@kept
def _show_list(request: HttpRequest) -> HttpResponse:
    atlas, speech = atlas_of(request), current_speech()
    filters = read_filters(request, atlas)
    cities = choose_cities(atlas, filters)
    pages = max(1, -(-cities.height // A_PAGE))
    page = _read_page(request.GET.get("page", "1"), pages=pages)
    known = pl.col("balances") > 0
    layers = {"some": cities.filter(~known), "known": cities.filter(known)}
    return render(request, "insights/cities.html", {
        "filters": filters, "count": cities.height, "known": layers["known"].height,
        "rows": write_rows(atlas, cities.slice((page - 1) * A_PAGE, A_PAGE), speech=speech),
        "page": page, "pages": pages, "before": page - 1, "after": page + 1 if page < pages else 0,
        "map": draw_dots(layers, grain={"some": 4 if cities.height > MANY * A_PAGE else 1}) if cities.height else "",
        "countries": _name_countries(atlas, speech), "networks": name_networks(atlas),
        "near": call_city(atlas, filters.near, language=speech.language) if filters.near else "",
        "typed": _type_again(atlas, filters.near),
    })  # fmt: skip


def read_filters(request: HttpRequest, atlas: Atlas) -> Filters:
    """The filters of an address.

    Raises
    ------
    CannotCompute
        UNKNOWN_CHOICE, CITY_UNKNOWN or CITY_AMBIGUOUS.
    """
    asked = request.GET
    near = asked.get("near", "").strip()[:LONGEST]
    return Filters(
        country=_choose("country", asked.get("country", "").upper(), among=countries_of(atlas)),
        network=_choose("network", asked.get("network", ""), among=list(name_networks(atlas))),
        balance=bool(asked.get("balance")),
        stages=bool(asked.get("stages")),
        near=find_city(atlas, near) if near else "",
    )


def choose_cities(atlas: Atlas, filters: Filters) -> pl.DataFrame:
    """The cities that pass, alphabetical or by distance, with the distance as km."""
    cities = list_cities(atlas)
    if filters.country:
        cities = cities.filter(pl.col("country") == filters.country)
    if filters.network:
        cities = cities.filter(pl.col("networks").list.contains(filters.network))
    if filters.balance:
        cities = cities.filter(pl.col("balances") > 0)
    if filters.stages:
        cities = cities.filter(pl.col("stages") > 0)
    if not filters.near:
        return cities.with_columns(pl.lit(None, pl.Float64).alias("km"))
    here = pick_cities(atlas, [filters.near]).row(0, named=True)
    away = measure_km(cities, latitude=here["latitude"], longitude=here["longitude"])
    return cities.with_columns(away.alias("km")).sort("km", "key", "city", nulls_last=True)


def write_rows(atlas: Atlas, cities: pl.DataFrame, *, speech: Speech) -> list[Row]:
    """Rows of :func:`~citytandem.web.insights.directory.list_cities` as they are printed, in their order."""
    ids = cities["city"].to_list()
    spoken, own = names_in(atlas, ids, language=speech.language), own_names(atlas, ids)
    methods = {key: method.short for key, method in atlas.facts.methods.items()}
    return [
        Row(
            city=row["city"],
            name=spoken[row["city"]],
            own_name=own[row["city"]] if own[row["city"]] != spoken[row["city"]] else "",
            own_language=OWN_LANGUAGES.get(row["country"], ""),
            country=name_country(row["country"], speech),
            state=show_state(row["state"]),
            people=None if row["population"] is None else round(row["population"]),
            years=_write_years(row["first_year"], row["last_year"]),
            methods=speech.join(name_method(key, methods=methods, speech=speech) for key in row["methods"] or ()),
            has_stages=row["stages"] > 0,
            km=row.get("km"),
        )
        for row in cities.iter_rows(named=True)
    ]


@once_per_atlas()
def countries_of(atlas: Atlas) -> list[str]:
    """Countries in which we know a city."""
    return sorted(atlas.city["country"].unique().to_list())


@once_per_atlas()
def name_networks(atlas: Atlas) -> dict[str, str]:
    """Networks of which a member is known, by key, with their names."""
    names = dict(atlas.facts.network.select("network", "name").unique("network", keep="first").iter_rows())
    keys = sorted(str(key) for key in atlas.membership["network"].unique().to_list())
    return {key: str(names.get(key, key.replace("_", " ").title())) for key in keys}


def _name_countries(atlas: Atlas, speech: Speech) -> list[tuple[str, str]]:
    return sorted(((key, name_country(key, speech)) for key in countries_of(atlas)), key=lambda pair: fold(pair[1]))


def _type_again(atlas: Atlas, city: str) -> str:
    """What a field says of a city that was chosen in it: its name, or its id where others bear the name too."""
    if not city:
        return ""
    name = call_city(atlas, city, language="en")
    return name if len(find(atlas, name, limit=FEW).exact) == 1 else city


def _write_years(first: int | None, last: int | None) -> str:
    if first is None:
        return "–"
    return str(first) if first == last else f"{first}–{last}"


def _choose(name: str, asked: str, *, among: Sequence[str]) -> str:
    if asked and asked not in among:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": asked[:80], "option": name, "choices": ", ".join(among)}))
    return asked


def _read_page(text: str, *, pages: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= pages):
        raise Http404
    return int(text)
