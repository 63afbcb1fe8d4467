"""Everything under /api/v1/ speaks the language of programs: tokens, limits, languages, and refusals that are never a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.web.api.answers import refuse, write_json
from citytandem.web.api.limits import count_request
from citytandem.web.api.tokens import Scope, find_token
from citytandem.web.shell.language import to_django
from citytandem.words import LANGUAGES, language_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.web.api.models import Token

PREFIX = "/api/v1/"
READS = {"GET", "HEAD", "OPTIONS"}
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, X-Total-Count, CityTandem-Release, CityTandem-Release-SHA256, "
    "CityTandem-Code-Version, CityTandem-Seed, Content-Disposition, Content-Range, Accept-Ranges",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
}


class ApiMiddleware:
    """Stands around the interface. A session of the site means nothing here, so no other page can act in its name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.user = AnonymousUser()
        language = language_of(request.GET.get("lang", ""))
        with override(to_django(language) if language else get_language()):
            response = self._answer(request)
            response["Content-Language"] = language_of(get_language() or "en") or "en"
        return _finish(request, response)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return HttpResponse(status=204, headers=PREFLIGHT)
        try:
            _admit(request)
            _check_language(request)
        except CannotCompute as refusal:
            return refuse([refusal.finding])
        if request.method == "HEAD":
            return self._answer_without_body(request)
        return _as_refusal(request, self.get_response(request))

    def _answer_without_body(self, request: HttpRequest) -> HttpResponse:
        """What GET would say, without saying it: for those who look how large a file is."""
        request.method = "GET"
        full = _as_refusal(request, self.get_response(request))
        request.method = "HEAD"
        headers = dict(full.headers)
        headers.setdefault("Content-Length", "0" if full.streaming else str(len(full.content)))
        full.close()
        return HttpResponse(status=full.status_code, headers=headers)


def _admit(request: HttpRequest) -> None:
    """Count the request and find out in whose name it is made; a token that is none counts for its address."""
    given = request.headers.get("Authorization", "")
    token = find_token(given)
    count_request(request, token)
    request.token = token  # type: ignore[attr-defined]
    if given and token is None:
        raise CannotCompute(Finding(Code.API_TOKEN_INVALID))
    if token is not None and Scope.READ in token.scope_list:
        request.user = token.user


def token_of(request: HttpRequest) -> Token | None:
    """The token a request was made with."""
    found: Token | None = getattr(request, "token", None)
    return found


def _check_language(request: HttpRequest) -> None:
    asked = request.GET.get("lang")
    if asked is not None and language_of(asked) is None:
        facts = {"asked": asked[:40], "option": "lang", "choices": ", ".join(LANGUAGES)}
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))


def _as_refusal(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What Django itself says in HTML or plain text, said as everything else here."""
    if response.status_code < 400 or response.get("Content-Type", "").startswith("application/json"):
        return response
    address = request.path[:120]
    if response.status_code == 404:
        return refuse([Finding(Code.API_NOTHING_HERE, {"address": address})])
    if response.status_code == 405:
        facts = {"address": address, "method": request.method, "choices": response.get("Allow", "GET")}
        told = refuse([Finding(Code.API_METHOD_NOT_ALLOWED, facts)])
        told["Allow"] = response.get("Allow", "GET")
        return told
    return write_json({"status": "failed", "answer": None, "findings": []}, status=response.status_code)


def _finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept", "Accept-Language", "Authorization"])
    if request.method in READS and "Authorization" not in request.headers:
        for name, value in OPEN.items():
            response[name] = value
    if response.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response
