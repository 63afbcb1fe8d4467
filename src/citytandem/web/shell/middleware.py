"""A question without an honest answer gets a page with the reason and the cure, never a stack trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render

from citytandem.findings import CannotCompute, Code

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

NOT_FOUND = {Code.CITY_UNKNOWN}


class RefusalMiddleware:
    """Turns a refusal that reaches the top into its page: 404 for what we do not know, 422 for what cannot be answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, CannotCompute):
            return None
        status = 404 if problem.finding.code in NOT_FOUND else 422
        return render(request, "shell/refused.html", {"refusal": problem.finding}, status=status)


class PrivateMiddleware:
    """What somebody gets who is signed in bears their name: no cache keeps it, not even that of a shared computer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response
