"""The first page: which city?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.shortcuts import render

from citytandem.atlas import once_per_atlas
from citytandem.web.insights.directory import list_cities
from citytandem.web.insights.world_map import draw_dots
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.atlas import Atlas

EXAMPLE = "DE-08221000"
GRAIN = 4
"""Pixels in which one quiet dot stands for all cities of which no balance is known."""


@kept
def show_home(request: HttpRequest) -> HttpResponse:
    """The search field, the cities we know on a map, and what this is for."""
    atlas = atlas_of(request)
    cities = list_cities(atlas)
    return render(request, "insights/home.html", {
        "is_home": True, "example": EXAMPLE, "map": draw_world(atlas), "count": cities.height,
        "known": cities.filter(pl.col("balances") > 0).height,
    })  # fmt: skip


@once_per_atlas()
def draw_world(atlas: Atlas) -> str:
    """All cities; those with a balance stand out."""
    cities = list_cities(atlas)
    has_balance = pl.col("balances") > 0
    return draw_dots({"some": cities.filter(~has_balance), "known": cities.filter(has_balance)}, grain={"some": GRAIN})
