"""How is a release read from another machine? Its files are fetched once, checked against their hashes, and kept."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.sources.package import DESCRIPTOR

DESCRIPTOR_BYTES = 16 * 2**20
FILE_BYTES = 4 * 2**30
RELEASE_BYTES = 16 * 2**30
"""A description, a table and a release larger than these are not fetched."""
PATIENCE_SECONDS = 60
HERE = {"localhost", "127.0.0.1", "::1"}
_STEP = 2**20
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}\.parquet")


def read_address(named: Path | str) -> str:
    """The address of a release as a person or a path writes it, with two slashes in front and one at the end.

    >>> read_address("https:/example.org/api/v1/releases/reference-2026.1")
    'https://example.org/api/v1/releases/reference-2026.1/'
    """
    kind, _, rest = str(named).partition(":")
    return f"{kind}://{rest.strip('/')}/"


def address_beside(address: str, release: str) -> str:
    """The address of another release in the same place.

    >>> address_beside("https://example.org/api/v1/releases/published-by-cities/", "reference-2026.1")
    'https://example.org/api/v1/releases/reference-2026.1/'
    """
    return urljoin(address, f"../{quote(release, safe='')}/")


def fetch_release(address: str, *, kept: Path | None = None) -> Path:
    """Fetch a release and give the folder in which it is kept.

    A file that is there already with the right hash is not fetched again.

    Parameters
    ----------
    address
        Where its ``datapackage.json`` lies, with a slash at the end. Only https, and http on this machine.
    kept
        Where releases are kept: ``CITYTANDEM_CACHE``, else ``.cache/citytandem`` in the home of the person.

    Raises
    ------
    CannotCompute
        RELEASE_NOT_SECURE, RELEASE_NOT_REACHED, FILE_UNREADABLE, FILE_TOO_LARGE or FILE_CHANGED.
    """
    raw = _fetch_small(urljoin(address, DESCRIPTOR))
    resources = _read_resources(raw, address=address)
    folder = (kept or _find_cache()) / "releases" / hashlib.sha256(raw).hexdigest()[:40]
    folder.mkdir(parents=True, exist_ok=True)
    for one in resources:
        target = folder / one["path"]
        if not (target.is_file() and _hash_of(target) == one["hash"]):
            _fetch_file(urljoin(address, one["path"]), target=target, resource=one)
    _put(raw, folder / DESCRIPTOR)
    return folder


def _find_cache() -> Path:
    return Path(os.environ.get("CITYTANDEM_CACHE") or Path.home() / ".cache" / "citytandem").expanduser()


def _read_resources(raw: bytes, *, address: str) -> list[dict[str, Any]]:
    """What the description lists; a name that could lead out of the folder makes the whole unreadable."""
    try:
        listed = [{name: one[name] for name in ("name", "path", "hash", "bytes")} for one in json.loads(raw)["resources"]]
        sound = all(
            _PLAIN_NAME.fullmatch(one["path"]) and one["path"] == f"{one['name']}.parquet" and int(one["bytes"]) >= 0
            for one in listed
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _unreadable(address, problem=repr(error)[:200]) from error
    if not sound or not listed:
        raise _unreadable(address, problem="resources")
    total = sum(int(one["bytes"]) for one in listed)
    _bound(DESCRIPTOR, total, limit=RELEASE_BYTES)
    for one in listed:
        _bound(one["path"], int(one["bytes"]), limit=FILE_BYTES)
    return listed


def _fetch_small(address: str) -> bytes:
    with _open(address) as answer:
        raw = _read(answer, DESCRIPTOR_BYTES + 1, address=address)
    _bound(DESCRIPTOR, len(raw), limit=DESCRIPTOR_BYTES)
    return raw


def _fetch_file(address: str, *, target: Path, resource: dict[str, Any]) -> None:
    """Fetch one file beside its place, and put it there only when it is whole and the one described."""
    digest, size = hashlib.sha256(), 0
    with _open(address) as answer, tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half:
        try:
            while piece := _read(answer, _STEP, address=address):
                size += len(piece)
                if size > int(resource["bytes"]):
                    break
                digest.update(piece)
                half.write(piece)
            half.close()
            found = f"sha256:{digest.hexdigest()}"
            if size != int(resource["bytes"]) or found != resource["hash"]:
                facts = {"file": target.name, "expected": str(resource["hash"]), "found": found}
                raise CannotCompute(Finding(Code.FILE_CHANGED, facts, where=address))
            Path(half.name).replace(target)
        finally:
            Path(half.name).unlink(missing_ok=True)


def _put(raw: bytes, target: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half:
        half.write(raw)
    Path(half.name).replace(target)


class _SafeRedirect(HTTPRedirectHandler):
    """Follows only where we would have gone ourselves."""

    def redirect_request(self, *asked: Any, **more: Any) -> Any:
        if not _is_safe(str(asked[-1])):  # the address it leads to comes last, the answer that says so second
            asked[1].close()
        _demand_safe(str(asked[-1]))
        return super().redirect_request(*asked, **more)


def _open(address: str) -> Any:
    _demand_safe(address)
    try:
        asked = Request(address, headers={"User-Agent": "citytandem"})  # noqa: S310 - the kind of address was just checked
        return build_opener(_SafeRedirect).open(asked, timeout=PATIENCE_SECONDS)
    except (URLError, HTTPException, OSError, ValueError) as error:
        if isinstance(error, HTTPError):
            error.close()
        raise _not_reached(address, error) from error


def _read(answer: Any, size: int, *, address: str) -> bytes:
    try:
        return bytes(answer.read(size))
    except (HTTPException, OSError) as error:
        raise _not_reached(address, error) from error


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)


def _demand_safe(address: str) -> None:
    if not _is_safe(address):
        raise CannotCompute(Finding(Code.RELEASE_NOT_SECURE, {"url": address[:300]}))


def _bound(file: str, size: int, *, limit: int) -> None:
    if size > limit:
        raise CannotCompute(Finding(Code.FILE_TOO_LARGE, {"file": file, "part": "bytes", "size": size, "limit": limit}))


def _unreadable(address: str, *, problem: str) -> CannotCompute:
    return CannotCompute(Finding(Code.FILE_UNREADABLE, {"file": DESCRIPTOR, "problem": problem}, where=address))


def _not_reached(address: str, error: Exception) -> CannotCompute:
    problem = str(getattr(error, "reason", None) or error)[:200]
    return CannotCompute(Finding(Code.RELEASE_NOT_REACHED, {"url": address[:300], "problem": problem}))


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
