"""The first page: which city?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from citytandem.web.shell.caching import kept

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@kept
def show_home(request: HttpRequest) -> HttpResponse:
    """The search field and what this is for."""
    return render(request, "insights/home.html")
