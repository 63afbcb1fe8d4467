"""Public pages are made once for everyone: kept under what they are made from, so none is ever stale."""

from __future__ import annotations

import gzip
import hashlib
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone

from citytandem.web.live import token_of, version_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

CODE = version("citytandem")
"""Read once: asking the installed package at every request takes longer than most answers."""


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a public page for those who are not signed in: by release, code, what is published, the day (what is
    offered until a date ends by itself), address with its query, and htmx or not.

    The address holds the language. People who are signed in get their page made anew, since it bears their name.
    """
    return kept_by(lambda: "")(view)


def kept_by(sign: Callable[[], str]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The same for a page that is made from more than the atlas; ``sign`` gives another text whenever that has changed."""

    def keep(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in {"GET", "HEAD"} or request.user.is_authenticated:
                return view(request, *args, **kwargs)
            return _answer_kept(view, request, args=args, kwargs=kwargs, key=_key(request, sign()))

        return answer

    return keep


def _answer_kept(
    view: Callable[..., HttpResponse], request: HttpRequest, *, args: tuple[Any, ...], kwargs: dict[str, Any], key: str
) -> HttpResponse:
    if request.headers.get("If-None-Match") == f'"{key}"':
        return HttpResponseNotModified()
    body = caches["pages"].get(key)
    if body is None:
        made = view(request, *args, **kwargs)
        if made.status_code != 200:
            return made
        # kept as it travels: pressing a page together again for every reader would be most of the work
        body = (gzip.compress(made.content, compresslevel=6, mtime=0), made["Content-Type"])
        caches["pages"].set(key, body)
    response = _unpack(*body, packed="gzip" in request.headers.get("Accept-Encoding", ""))
    response["ETag"] = f'"{key}"'
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["Vary"] = "Accept-Encoding, Cookie, HX-Request"
    return response


def _unpack(body: bytes, content_type: str, *, packed: bool) -> HttpResponse:
    """A kept page as this reader takes it."""
    if not packed:
        return HttpResponse(gzip.decompress(body), content_type=content_type)
    response = HttpResponse(body, content_type=content_type)
    response["Content-Encoding"] = "gzip"
    return response


def _key(request: HttpRequest, signature: str) -> str:
    made_from = (CODE, version_of(request), token_of(request), f"{timezone.now():%Y-%m-%d}")
    parts = (*made_from, request.get_full_path(), request.headers.get("HX-Request", ""), *([signature] if signature else []))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]
