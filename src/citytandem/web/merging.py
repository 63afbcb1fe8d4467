"""Lays what cities publish over the reference release: one package of all layers, written once for all processes."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings

from citytandem.atlas import Atlas, load
from citytandem.findings import CannotCompute
from citytandem.sinks import package
from citytandem.sources.package import lay_over
from citytandem.tables import OVER_RELEASE, RELEASE
from citytandem.web.halves import HALF, make_half, put_in_place, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

CODE = version("citytandem")
"""Read once: asking the installed package at every request takes longer than most answers."""

TABLES = {**RELEASE, **OVER_RELEASE}
"""Tables of a package that lies over the release."""
SPEAKING = ("balance", "stage", "target", "power_correction")
"""Those in which cities speak of themselves."""


@dataclass(frozen=True)
class Viewer:
    """What a person may see beyond the public: sets of their own organisations, and of networks they share."""

    organisations: frozenset[int] = frozenset()
    networks: frozenset[str] = frozenset()

    @property
    def is_anyone(self) -> bool:
        """Somebody who sees what everybody sees."""
        return not self.organisations


@dataclass(frozen=True)
class Layer:
    """Rows that lie over the release for those who may see them.

    An app adds layers by a module ``layers`` of its own with a function ``find_layers(viewer, *, on, token)``;
    whoever changes what it gives calls :func:`citytandem.web.live.bump` in the same transaction. A function
    ``find_preview(request)`` beside it gives layers of a draft to those who may look at it with ``?preview=``.

    Parameters
    ----------
    key
        Another text whenever the rows are others.
    read
        Gives tables of a release by name. The rows of a balance take the place of all rows it had beneath.
    """

    key: str
    read: Callable[[], Mapping[str, pl.DataFrame]] = field(compare=False)


def name_of(layers: Sequence[Layer]) -> str:
    """The name of the package of these layers; with other code or another release beneath it is another one."""
    parts = [CODE, load().sha256, *(layer.key for layer in layers)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def live_folder() -> Path:
    """Where the packages of all layers lie."""
    folder = Path(settings.HOME) / "live"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def open_merged(layers: Sequence[Layer]) -> Atlas:
    """The atlas with all layers over the reference release; written down if no process has done so before.

    Its own tables are read at once, so that the folder may be deleted while the atlas still answers.
    """
    if not layers:
        return load()
    place = live_folder() / name_of(layers)
    for attempt in (1, 2, 3):
        if not place.is_dir():
            _write(place, layers)
        try:
            atlas = load(place, over=load())
            for table in TABLES:
                getattr(atlas, table)
        except (CannotCompute, OSError):
            if attempt == 3:
                raise
            shutil.rmtree(place, ignore_errors=True)  # deleted under our hands, or damaged: it is made anew
        else:
            return atlas
    raise AssertionError  # never reached


def _write(place: Path, layers: Sequence[Layer]) -> None:
    tables = merge(layers)
    half = make_half(place)
    try:
        names = ", ".join(sorted({city for name in SPEAKING for city in tables[name]["city"]}))
        heading = package.Heading(
            name="published-by-cities",
            version=place.name[:12],
            title=f"What cities have published: {names}",
            more={"over": {"name": load().release, "sha256": load().sha256}},
        )
        package.write(tables, half, schemas=TABLES, heading=heading)
        put_in_place(half, place)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def merge(layers: Sequence[Layer]) -> dict[str, pl.DataFrame]:
    """All layers as one set of tables; where two speak of the same row, the later one counts."""
    merged: dict[str, pl.DataFrame] = {name: schema.create_empty() for name, schema in TABLES.items()}
    sources = [merged["source"]]
    for layer in layers:
        own = layer.read()
        if "balance" in own:
            merged["line"] = merged["line"].join(own["balance"], on="balance", how="anti", maintain_order="left")
        for name, rows in own.items():
            if name == "source":
                sources.append(rows.select(merged[name].columns).cast(merged[name].schema))
            elif name in merged and rows.height:
                merged[name] = _over(rows.select(merged[name].columns), merged[name], table=name)
    merged["source"] = _join_sources(pl.concat(sources))
    return merged


def _over(rows: pl.DataFrame, beneath: pl.DataFrame, *, table: str) -> pl.DataFrame:
    typed = rows.cast(beneath.schema)
    if table != "note":
        return lay_over(typed, beneath, table=table)
    both = pl.concat([beneath, typed]).drop("note")
    numbered = both.with_row_index("note", offset=1).with_columns(pl.col("note").cast(beneath.schema["note"]))
    return numbered.select(beneath.columns)


def _join_sources(source: pl.DataFrame) -> pl.DataFrame:
    """One row per publication; where a city brought several files, it names them all."""

    def together(name: str) -> pl.Expr:
        return pl.col(name).drop_nulls().unique(maintain_order=True).str.join("; ").replace("", None).alias(name)

    texts = ("title", "publisher", "year", "licence", "attribution")
    one = pl.when(pl.col("sha256").n_unique() == 1).then(pl.col("sha256").first()).alias("sha256")
    joined = source.group_by("source", maintain_order=True).agg(*(together(name) for name in texts), pl.col("url").last(), one)
    return joined.select(source.columns).cast(source.schema)


def drop_live(*, but: Collection[str] = ()) -> None:
    """Delete the packages of former states of the site; whoever needs one makes it anew."""
    for folder in live_folder().iterdir():
        if folder.name not in but and not folder.name.endswith(HALF):
            shutil.rmtree(folder, ignore_errors=True)


def sweep_live() -> int:
    """Take away packages that were left half written."""
    return sweep([live_folder()])
