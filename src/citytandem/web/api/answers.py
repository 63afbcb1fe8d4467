"""How does an answer leave the interface? As JSON in the one shape of the house, or one of its tables as CSV or Parquet."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpResponse

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.replies import answered, spoken
from citytandem.tables.records import as_plain
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import HttpRequest

    from citytandem.tables.provenance import Provenance
    from citytandem.web.api.parameters import Bare, Paged

TYPES = {"json": "application/json", "csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
STATUS = {
    Code.CITY_UNKNOWN: 404,
    Code.REGION_UNKNOWN: 404,
    Code.FRAMEWORK_UNKNOWN: 404,
    Code.BUILDING_UNKNOWN: 404,
    Code.API_NOTHING_HERE: 404,
    Code.API_METHOD_NOT_ALLOWED: 405,
    Code.API_TOKEN_NEEDED: 401,
    Code.API_TOKEN_INVALID: 401,
    Code.API_SCOPE_MISSING: 403,
    Code.API_ROLE_MISSING: 403,
    Code.API_TOO_MANY_REQUESTS: 429,
    Code.FILE_TOO_LARGE: 413,
}
"""How HTTP says a refusal; 422 where the question itself has no honest answer."""


@dataclass(frozen=True)
class Answer:
    """What is told: as a whole for JSON, and table by table for everything else.

    Parameters
    ----------
    whole
        Plain values.
    tables
        Frames by name; a table inside a record is named with a dot, such as ``peers.peer``.
    provenance
        Release, code and seed.
    findings
        What a reader should know.
    status
        Complete or partial where the answer itself says so; else told from the findings.
    """

    whole: dict[str, Any]
    tables: Mapping[str, pl.DataFrame]
    provenance: Provenance
    findings: Sequence[Finding] = ()
    status: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


def tell_record(found: Any) -> Answer:
    """The answer of a verb, as the terminal gives it with ``--json``."""
    return Answer(as_plain(found), dict(_tables_of(found)), found.provenance, found.findings, getattr(found, "status", None))


def tell_list(request: HttpRequest, frame: pl.DataFrame, *, name: str, asked: Paged, provenance: Provenance) -> Answer:
    """One page of a long table, with the addresses of the pages beside it."""
    shown = frame.slice(asked.offset, asked.limit)
    paging = {"total": frame.height, "limit": asked.limit, "offset": asked.offset}
    whole = {name: as_plain(shown), **paging, "provenance": provenance.as_dict()}
    links = _link_pages(request, total=frame.height, limit=asked.limit, offset=asked.offset)
    return Answer(whole, {name: shown}, provenance, headers={"Link": links, "X-Total-Count": str(frame.height)})


def respond(request: HttpRequest, answer: Answer, *, asked: Bare, status: int = 200) -> HttpResponse:
    """The answer in the form that was asked for: ``format`` in the address, else what the client accepts."""
    form = choose_format(request, asked)
    if form == "json":
        told = answered(answer.whole, answer.findings, speech=current_speech())
        response = write_json(told | ({"status": answer.status} if answer.status else {}), status=status)
    else:
        name, frame = _choose_table(answer, asked)
        response = HttpResponse(write_table(frame, form), content_type=TYPES[form])
        response["Content-Disposition"] = f'attachment; filename="{name.replace(".", "-")}.{form}"'
    for header, value in (answer.headers | _describe(answer.provenance)).items():
        if value:
            response[header] = value
    return response


def choose_format(request: HttpRequest, asked: Bare) -> str:
    """json, csv or parquet."""
    given = getattr(asked, "format", None)
    if given is None:
        accepted = request.get_preferred_type(list(TYPES.values()))
        return next((form for form, kind in TYPES.items() if kind == accepted), "json")
    if given not in TYPES:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": given, "option": "format", "choices": ", ".join(TYPES)}))
    return given


def refuse(findings: Iterable[Finding], *, status: int | None = None) -> HttpResponse:
    """The answer when there is none: why, and what would cure it, in the language asked for."""
    told = spoken(findings, current_speech())
    known = STATUS.get(Code(told[0]["code"]), 422)
    response = write_json({"status": "refused", "answer": None, "findings": told}, status=status or known)
    response["Cache-Control"] = "no-store"
    if told[0]["code"] == Code.API_TOO_MANY_REQUESTS:
        response["Retry-After"] = str(told[0]["facts"]["seconds"])
    return response


def write_json(told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Plain values as JSON in UTF-8; numbers that are not finite never come so far."""
    body = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return HttpResponse(body, content_type=TYPES["json"], status=status)


def write_table(frame: pl.DataFrame, form: str) -> bytes:
    """A table as a file: CSV in UTF-8 with unknown as an empty cell and lists with commas, or Parquet."""
    target = io.BytesIO()
    if form == "csv":
        lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
        flat = frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join(", ") for name in lists)
        flat.write_csv(target, line_terminator="\n")
    else:
        frame.write_parquet(target, compression="zstd")
    return target.getvalue()


def _describe(provenance: Provenance) -> dict[str, str]:
    names = {"release": "Release", "release_sha256": "Release-SHA256", "code_version": "Code-Version", "seed": "Seed"}
    plain = provenance.as_dict()
    return {f"CityTandem-{header}": str(plain[name]) for name, header in names.items() if plain[name] is not None}


def _tables_of(found: Any, prefix: str = "") -> Iterable[tuple[str, pl.DataFrame]]:
    for one in fields(found):
        value = getattr(found, one.name)
        if isinstance(value, pl.DataFrame) and value.width:
            yield f"{prefix}{one.name}", value
        elif is_dataclass(value) and not isinstance(value, type):
            yield from _tables_of(value, f"{prefix}{one.name}.")


def _choose_table(answer: Answer, asked: Bare) -> tuple[str, pl.DataFrame]:
    names = list(answer.tables)
    name = getattr(asked, "table", None) or (names[0] if len(names) == 1 else "")
    if name not in answer.tables:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": name, "option": "table", "choices": ", ".join(names)}))
    return name, answer.tables[name]


def _link_pages(request: HttpRequest, *, total: int, limit: int, offset: int) -> str:
    last = max(0, (total - 1) // limit * limit)
    pages = {"first": 0, "prev": max(0, offset - limit) if offset else None, "next": offset + limit, "last": last}
    pages["next"] = pages["next"] if offset + limit < total else None
    kept = [(name, value) for name, value in _pairs(request) if name not in {"limit", "offset"}]
    return ", ".join(
        f'<{request.path}?{urlencode([*kept, ("limit", limit), ("offset", start)])}>; rel="{name}"'
        for name, start in pages.items()
        if start is not None
    )


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name in request.GET for value in request.GET.getlist(name)]
