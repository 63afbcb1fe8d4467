"""The open data behind every answer: releases as folders anybody can load, table by table, as Parquet or CSV."""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.
# ruff: noqa: ARG001 - what is asked is read at the door

from pathlib import Path
from typing import Annotated, Any

import polars as pl
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Path as InPath
from ninja import Query, Router

from citytandem.atlas import Atlas, load
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.sources.package import DESCRIPTOR
from citytandem.web.api import shapes
from citytandem.web.api.answers import TYPES, Answer, respond, write_table
from citytandem.web.api.describe import described, described_file
from citytandem.web.api.door import answering
from citytandem.web.api.files import read_range, send_file
from citytandem.web.api.parameters import Bare, say_path
from citytandem.web.live import atlas_of, forget

router = Router(tags=["releases"])
ReleaseName = Annotated[str, InPath(max_length=120, description=say_path("release"))]
TableName = Annotated[str, InPath(max_length=60, description=say_path("release_table"))]


@router.get("/releases", **described("list_releases", shapes.RELEASES))
@answering
def list_releases(request: HttpRequest, *, asked: Query[Bare]) -> HttpResponse:
    found = [_tell(atlas, base=request.path.rstrip("/")) for atlas in _open_releases(request).values()]
    atlas = atlas_of(request)
    whole = {"releases": found, "provenance": atlas.provenance().as_dict()}
    return respond(request, Answer(whole, {}, atlas.provenance()), asked=asked)


@router.get("/releases/{release}/datapackage.json", **described_file("show_release", "json"))
@answering
def show_release(request: HttpRequest, *, release: ReleaseName, asked: Query[Bare]) -> HttpResponseBase:
    body = (_find(request, release).folder / DESCRIPTOR).read_bytes()
    return HttpResponse(body, content_type=TYPES["json"])


@router.get("/releases/{release}/{table}.parquet", **described_file("read_parquet", "parquet"))
@answering
def read_parquet(request: HttpRequest, *, release: ReleaseName, table: TableName, asked: Query[Bare]) -> HttpResponseBase:
    file = _find_file(request, _find(request, release), table)
    return send_file(file, kind=TYPES["parquet"], wanted=read_range(request))


@router.get("/releases/{release}/{table}.csv", **described_file("read_csv", "csv"))
@answering
def read_csv(request: HttpRequest, *, release: ReleaseName, table: TableName, asked: Query[Bare]) -> HttpResponseBase:
    frame = pl.read_parquet(_find_file(request, _find(request, release), table))
    response = HttpResponse(write_table(frame, "csv"), content_type=TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return response


def _open_releases(request: HttpRequest) -> dict[str, Atlas]:
    """The releases a person may read, by name: the reference release, and what cities published over it."""
    shown = atlas_of(request)
    if not shown.folder.is_dir():  # taken away while its tables stayed in memory
        forget()
        del request._atlas  # type: ignore[attr-defined]  # noqa: SLF001 - asked anew
        shown = atlas_of(request)
    both = [load(), shown] if shown.beneath is not None else [load()]
    return {str(atlas.descriptor["name"]): atlas for atlas in both}


def _find(request: HttpRequest, release: str) -> Atlas:
    known = _open_releases(request)
    if release not in known:
        raise CannotCompute(Finding(Code.API_NOTHING_HERE, {"address": request.path[:200]}))
    return known[release]


def _find_file(request: HttpRequest, atlas: Atlas, table: str) -> Path:
    """The file of a table the release itself lists; nothing else in its folder is ever opened."""
    if table not in {one["name"] for one in atlas.descriptor["resources"]}:
        raise CannotCompute(Finding(Code.API_NOTHING_HERE, {"address": request.path[:200]}))
    return atlas.folder / f"{table}.parquet"


def _tell(atlas: Atlas, *, base: str) -> dict[str, Any]:
    told = atlas.descriptor
    here = f"{base}/{told['name']}"
    over = told.get("over")
    return {
        **{name: told[name] for name in ("title", "version", "sha256")},
        "release": told["name"],
        "over": over["name"] if over else None,
        "descriptor": f"{here}/{DESCRIPTOR}",
        "tables": [
            {
                "table": one["name"],
                **{name: one[name] for name in ("rows", "bytes", "hash")},
                **{form: f"{here}/{one['name']}.{form}" for form in ("parquet", "csv")},
            }
            for one in told["resources"]
        ],
    }
