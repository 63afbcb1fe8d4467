"""Pages about the site itself: its health, and what is shown when something is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def show_health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - every view gets one
    """Says that the site answers and reaches its database."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's form
    return render(request, "shell/told.html", {"told": "not_found"}, status=404)


def show_no_right(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's form
    return render(request, "shell/told.html", {"told": "no_right"}, status=403)


def show_our_fault(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/told.html", {"told": "our_fault"}, status=500)
