"""Which published sets does a person see, and in which order do they lie?"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from citytandem.sources.package import DESCRIPTOR, read_table
from citytandem.tables import RELEASE
from citytandem.web.balances import storage
from citytandem.web.balances.models import BalanceSet, State
from citytandem.web.balances.visibility import is_seen, visibility_on
from citytandem.web.live import networks_of
from citytandem.web.merging import Layer

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl

    from citytandem.web.merging import Viewer

log = logging.getLogger(__name__)
TABLES = ("balance", "line", "target", "structure", "note", "source")
"""Tables of a set that lie over the release: what a city says of itself; names and places stay the release's."""


@dataclass(frozen=True)
class _Published:
    """A published set, as much of it as tells who sees it."""

    organisation: int
    networks: frozenset[str]
    reading: str
    package_sha256: str
    visibility: str
    visible_until: dt.date | None
    visibility_after: str


def find_layers(viewer: Viewer, *, on: dt.date, token: str) -> list[Layer]:
    """The sets a person sees on a day, the one published last on top."""
    return [
        _as_layer(one.reading, one.package_sha256)
        for one in _read_published(token, on)
        if is_seen(visibility_on(one, on=on), viewer=viewer, organisation=one.organisation, networks=one.networks)
    ]


def layers_of_draft(draft: BalanceSet) -> list[Layer]:
    """A draft on top of everything, for those who look at a preview."""
    return [_as_layer(draft.reading, draft.package_sha256)]


@lru_cache(maxsize=2)
def _read_published(token: str, on: dt.date) -> list[_Published]:  # noqa: ARG001 - what the answer is kept under
    """Every published set; read again when something was published and on a new day, as memberships begin and end.
    So a request costs one look at a token.
    """
    rows = [row for row in BalanceSet.objects.filter(state=State.PUBLISHED).order_by("published", "pk") if _is_there(row)]
    networks = networks_of(on=on)
    return [
        _Published(
            row.organisation_id, networks.get(row.city, frozenset()), row.reading, row.package_sha256, row.visibility,
            row.visible_until, row.visibility_after,
        )
        for row in rows
    ]  # fmt: skip


def _is_there(row: BalanceSet) -> bool:
    """Is the package on the disk? One that was lost is told to those who run the site, and takes no other page down."""
    if (storage.readings_folder() / row.reading / "package" / DESCRIPTOR).is_file():
        return True
    log.error("the package of the published set %s is missing; restore the folder files/readings from a backup", row.pk)
    return False


def _as_layer(reading: str, sha256: str) -> Layer:
    return Layer(f"balances:{sha256}", partial(_read_tables, reading))


def _read_tables(reading: str) -> dict[str, pl.DataFrame]:
    folder = storage.readings_folder() / reading / "package"
    return {name: read_table(folder, name).select(RELEASE[name].column_names()) for name in TABLES}
