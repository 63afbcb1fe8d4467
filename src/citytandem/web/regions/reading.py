"""Which regions does this site know? The shipped ones, and those of a folder the operator named; read once, kept by signature."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings
from django.core.cache import caches

from citytandem.findings import CannotCompute, Finding
from citytandem.sources.regional import CHINESE
from citytandem.sources.regions_europe import FILE
from citytandem.transition import TABLES, Atlas, read_regions

if TYPE_CHECKING:
    from citytandem.science.transition.trajectories import Paths

LOOK_AGAIN_SECONDS = 60.0
"""So long the folder is not looked at again: files of years of data change rarely."""
_looked: tuple[float, str] = (0.0, "")
_lock = threading.Lock()


@dataclass(frozen=True)
class Known:
    """Regions as this site knows them; ``signature`` changes with every file of the folder, and is empty without one.

    ``missing`` says why the folder could not be read; then the shipped figures stand alone.
    """

    atlas: Atlas
    signature: str
    missing: Finding | None = None

    def __hash__(self) -> int:
        return hash(self.signature)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and other.signature == self.signature

    def table(self, name: str) -> pl.DataFrame:
        """One of its tables."""
        return self.atlas.tables[name]

    @property
    def regions(self) -> frozenset[str]:
        """Keys of all regions that are no country."""
        frame = self.table("region").filter(pl.col("kind").cast(pl.String) != "country")
        return frozenset(frame["region"])


def folder() -> Path | None:
    """The folder the operator named; None without one."""
    return Path(settings.REGIONS_RAW) if settings.REGIONS_RAW else None


def sign_folder() -> str:
    """One short text for all files of regions in the folder: names, sizes and times; empty without a folder."""
    global _looked  # noqa: PLW0603 - the one look of a process
    raw = folder()
    if raw is None:
        return ""
    now = time.monotonic()
    looked_at, told = _looked
    if told.startswith(f"{raw}\n") and now - looked_at < LOOK_AGAIN_SECONDS:
        return told.rpartition("\n")[2]
    found = [path for pattern in (FILE, *CHINESE) for path in sorted(raw.glob(f"**/{pattern}"))]
    stats = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in found]
    signature = hashlib.sha256("\n".join(stats).encode()).hexdigest()[:16]
    _looked = (now, f"{raw}\n{signature}")
    return signature


def read_known() -> Known:
    """The regions; files are read once for every state they are in."""
    with _lock:  # several seconds of work are done once, not by every request that waits
        return _read(str(folder() or ""), sign_folder())


@lru_cache(maxsize=2)
def _read(raw: str, signature: str) -> Known:
    if not raw:
        return Known(read_regions(), "")
    key = f"regions-tables-{signature}"
    kept = caches["pages"].get(key)
    if kept is not None:
        tables, findings = kept
        return Known(Atlas(read_regions().tables | tables, findings), signature)
    try:
        atlas = read_regions(Path(raw))
    except CannotCompute as refused:
        return Known(read_regions(), signature, refused.finding)
    more = {name: atlas.tables[name] for name in TABLES if name in {"region", "region_series"}}
    caches["pages"].set(key, (more, atlas.findings))
    return Known(atlas, signature)


@lru_cache(maxsize=4)
def paths_of(known: Known) -> Paths:
    """The paths of all regions that have one."""
    return known.atlas.paths()
