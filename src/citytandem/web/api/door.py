"""What happens to every question before and after its answer: unknown names, what the client already has, what is kept."""

from __future__ import annotations

import hashlib
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import get_language

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.web.api.answers import choose_format
from citytandem.web.live import version_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.web.api.parameters import Bare

CODE = version("citytandem")
"""Read once: a process does not change its code."""

KEPT_SECONDS = 24 * 3600
KEPT_BYTES = 1_000_000


def answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer a question that only reads: the same question about the same release has the same answer, and the same ETag."""
    return answering_from(lambda: "")(view)


def answering_from(state: Callable[[], str]) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """The same for an answer that hangs on something beside the release, such as a folder of the site.

    Parameters
    ----------
    state
        Gives another text whenever that has changed.
    """

    def wrap(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, **given: Any) -> HttpResponseBase:
            asked: Bare = given["asked"]
            refuse_unknown_names(request, type(asked))
            tag = tag_of(request, asked, state=state())
            known = parse_etags(request.headers.get("If-None-Match", ""))
            if f'"{tag}"' in {one.removeprefix("W/") for one in known}:
                return _seal(HttpResponseNotModified(), request, tag=tag)
            return _seal(_keep(request, lambda: view(request, **given), tag=tag), request, tag=tag)

        return answer

    return wrap


def as_of_now(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer anew each time: what is taken back is not told for another moment."""

    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponse:
        refuse_unknown_names(request, type(given["asked"]))
        response = view(request, **given)
        response["Cache-Control"] = "no-cache"
        return response

    return answer


def tag_of(request: HttpRequest, asked: Bare, *, state: str = "") -> str:
    """What an answer depends on, as one short text: release and layers, code, address, language and form."""
    parts = (
        *([state] if state else []),
        CODE,
        version_of(request),
        request.get_full_path(),
        str(get_language()),
        choose_format(request, asked),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def refuse_unknown_names(request: HttpRequest, asked: type[Bare]) -> None:
    """A name that means nothing here is refused: whoever mistypes one would else get the answer to another question."""
    names = {field.alias or name for name, field in asked.model_fields.items()}
    for name in request.GET:
        if name not in names:
            facts = {"asked": name[:80], "option": "parameter", "choices": ", ".join(sorted(names))}
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))


def _keep(request: HttpRequest, make: Callable[[], HttpResponseBase], *, tag: str) -> HttpResponseBase:
    """The answer everybody gets is kept for a day; what a person alone may see is made anew."""
    if request.user.is_authenticated or request.method != "GET":
        return make()
    kept = cache.get(f"api:{tag}")
    if kept is not None:
        body, headers = kept
        return HttpResponse(body, headers=headers)
    made = make()
    if made.status_code == 200 and isinstance(made, HttpResponse) and len(made.content) <= KEPT_BYTES:
        cache.set(f"api:{tag}", (made.content, dict(made.headers)), KEPT_SECONDS)
    return made


def _seal(response: HttpResponseBase, request: HttpRequest, *, tag: str) -> HttpResponseBase:
    if response.status_code in {200, 206, 304}:
        response["ETag"] = f'"{tag}"'
        who = "private" if request.user.is_authenticated else "public"
        response["Cache-Control"] = f"{who}, max-age=0, must-revalidate"
    return response
