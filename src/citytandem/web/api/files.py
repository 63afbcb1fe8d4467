"""A file of a release on its way out: whole, or the part a reader of Parquet asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse, HttpResponseBase

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def read_range(request: HttpRequest) -> tuple[int | None, int | None] | None:
    """First and last byte of a ``Range`` header; None where the whole file is wanted or nothing can be made of it."""
    hit = _RANGE.fullmatch(request.headers.get("Range", ""))
    if hit is None or "If-Range" in request.headers or not (hit[1] or hit[2]):
        return None
    return (int(hit[1]) if hit[1] else None, int(hit[2]) if hit[2] else None)


def send_file(file: Path, *, kind: str, wanted: tuple[int | None, int | None] | None) -> HttpResponseBase:
    """A file as it lies on disk, so that its hash is the one its release states; or the bytes from first to last."""
    size = file.stat().st_size
    response: HttpResponseBase
    if wanted is None:
        response = FileResponse(file.open("rb"), content_type=kind, as_attachment=True, filename=file.name)
    else:
        first, last = _place(wanted, size=size)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}, content_type=kind)
        with file.open("rb") as opened:
            opened.seek(first)
            response = HttpResponse(opened.read(last - first + 1), status=206, content_type=kind)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Encoding"] = "identity"  # it is packed already, and a part of a packed file must stay that part
    return response


def _place(wanted: tuple[int | None, int | None], *, size: int) -> tuple[int, int]:
    """First and last byte inside the file; ``(None, 100)`` means the last hundred."""
    first, last = wanted
    if first is None:
        return max(0, size - (last or 0)), size - 1
    return first, size - 1 if last is None else min(last, size - 1)
