"""Where does every row come from, and how can the whole be had and made again? Sources and releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.urls import reverse

from citytandem.atlas import once_per_atlas
from citytandem.tables import RELEASE
from citytandem.tables.facts import FACTS
from citytandem.web.insights.method.sheets import MethodPage, Says, Sheet

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.web.insights.method.sheets import Asked


def write_sources(asked: Asked) -> MethodPage:
    """Every publication, and which tables rest on it."""
    speech, rows = asked.speech, list_sources(asked.atlas)
    columns = (
        Says("source", "chart.key"),
        Says("title", "web.method.name", to="url"),
        Says("publisher", "web.method.publisher"),
        Says("year", "chart.year"),
        Says("licence", "web.method.licence"),
        Says("attribution", "web.method.attribution"),
        Says("tables", "web.method.tables"),
        Says("rows", "web.method.rows", kind="number"),
    )
    sheet = Sheet("sources", speech.label("web.method.sources.title"), rows, columns)
    return MethodPage(
        "sources",
        speech.label("web.method.sources.title"),
        speech.sentence("web.method.sources.answer", count=rows.height, unused=rows.filter(pl.col("rows") == 0).height),
        (sheet,),
        notes=(speech.label("web.method.sources.words"),),
    )


@once_per_atlas()
def list_sources(atlas: Atlas) -> pl.DataFrame:
    """Publications of the release and of the facts, each once, with the tables whose rows name them."""
    wanted = ["source", "title", "publisher", "year", "licence", "attribution", "url"]
    both = pl.concat([atlas.source.select(wanted), atlas.facts.source.select(wanted)], how="vertical_relaxed")
    counted = [
        _count(getattr(holder, name), name)
        for holder, names in ((atlas, RELEASE), (atlas.facts, FACTS))
        for name in names
        if name != "source" and "source" in getattr(holder, name).columns
    ]
    used = pl.concat(counted).group_by("source").agg(tables=pl.col("table").unique().sort(), rows=pl.col("rows").sum())
    found = both.unique("source", keep="first").join(used, on="source", how="left").sort("source")
    return found.with_columns(pl.col("tables").list.join(", "), pl.col("rows").fill_null(0))


def _count(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """How many rows of a table name each source; a row that names several counts for each."""
    keys = frame.select(pl.col("source").cast(pl.String).str.split("+")).explode("source").drop_nulls()
    return keys.group_by("source").agg(rows=pl.len()).with_columns(table=pl.lit(table))


def write_releases(asked: Asked) -> MethodPage:
    """The release everything is read from: its hash, its tables, its licences, and how to have and make it again."""
    speech, atlas = asked.speech, asked.atlas
    made, described = atlas.provenance(), atlas.descriptor
    resources = described.get("resources", [])
    address = f"/api/v1/releases/{described.get('name', '')}/datapackage.json"
    facts = (
        (speech.label("web.method.releases.name"), made.release, ""),
        (speech.label("web.method.releases.sha256"), made.release_sha256, ""),
        (speech.label("web.method.releases.code"), f"citytandem {made.code_version}", ""),
        (speech.label("web.method.releases.package"), address, address),
    )
    return MethodPage(
        "releases",
        speech.label("web.method.releases.title"),
        speech.sentence(
            "web.method.releases.answer",
            release=made.release,
            tables=len(resources),
            rows=speech.number(sum(one["rows"] for one in resources), digits=0),
        ),
        (_tables(asked), _columns(asked), _licences(asked), _raw(asked)),
        facts=facts,
        notes=(speech.label("web.method.releases.again"), speech.label("web.method.english")),
        links=((speech.label("web.method.releases.notes"), reverse("method_page", args=["sources"])),),
    )


def _tables(asked: Asked) -> Sheet:
    described = asked.atlas.descriptor
    name = described.get("name", "")
    rows = [
        {
            "table": one["name"],
            "rows": one["rows"],
            "bytes": one["bytes"],
            "description": one["description"],
            "sha256": one["hash"].removeprefix("sha256:"),
            "file": f"/api/v1/releases/{name}/{one['path']}",
        }
        for one in described.get("resources", [])
    ]
    columns = (
        Says("table", "web.method.table", to="file"),
        Says("rows", "web.method.rows", kind="number"),
        Says("bytes", "web.method.bytes", kind="number"),
        Says("description", "web.method.meaning", kind="english"),
        Says("sha256", "web.method.releases.sha256"),
    )
    return Sheet("tables", asked.speech.label("web.method.releases.tables"), pl.DataFrame(rows), columns)


def _columns(asked: Asked) -> Sheet:
    rows = [
        {
            "table": table,
            "column": name,
            "type": type(column).__name__.rstrip("0123456789").lower(),
            "unit": (column.metadata or {}).get("unit"),
            "may_be_unknown": bool(column.nullable),
            "description": column.description,
        }
        for table, schema in RELEASE.items()
        for name, column in schema.columns().items()
    ]
    columns = (
        Says("table", "web.method.table"),
        Says("column", "web.method.column"),
        Says("type", "web.method.type", kind="english"),
        Says("unit", "chart.unit", kind="english"),
        Says("may_be_unknown", "web.method.nullable", kind="yes_no"),
        Says("description", "web.method.meaning", kind="english"),
    )
    return Sheet(
        "columns", asked.speech.label("web.method.releases.columns"), pl.DataFrame(rows, infer_schema_length=None), columns
    )


def _licences(asked: Asked) -> Sheet:
    listed = list_sources(asked.atlas).group_by("licence").agg(sources=pl.len()).sort("licence")
    columns = (Says("licence", "web.method.licence", kind="english"), Says("sources", "web.method.sources.count", kind="number"))
    return Sheet("licences", asked.speech.label("web.method.releases.licences"), listed, columns)


def _raw(asked: Asked) -> Sheet:
    raw = asked.atlas.descriptor.get("raw", {})
    rows = pl.DataFrame({"file": list(raw), "sha256": list(raw.values())}, schema={"file": pl.String, "sha256": pl.String})
    columns = (Says("file", "web.method.file"), Says("sha256", "web.method.releases.sha256"))
    return Sheet("raw", asked.speech.label("web.method.releases.raw"), rows, columns)
