"""Which formats can be read, and which of them is this file? One look-up for whoever brings a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from citytandem.sources import (
    cdp,
    cdp_targets,
    ceads,
    ciris,
    covenant,
    ecrf,
    gpc_activity,
    gpc_c40,
    gpc_csv,
    guard,
    japan_prefecture,
    publishers,
    secap,
)
from citytandem.sources.delimited import read_header
from citytandem.sources.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from citytandem.sources.city_match import Resolve
    from citytandem.sources.reading import Reading
    from citytandem.sources.workbook import Sheet


class Reader(Protocol):
    """Reads one format: bytes in, tables and findings out.

    Whatever the bytes are, it answers with a Reading and never with an exception; a cell it cannot use is a finding
    with sheet, row and column, and the rest of the row is kept. ``line`` holds what the published total holds;
    ``memo`` has the same columns and holds what stands beside it, never to be added. Cities that ``resolve`` does
    not know get a provisional id, with a row in ``city``.
    """

    def __call__(self, raw: bytes, *, where: str = ..., resolve: Resolve = ...) -> Reading:
        """Read a file; ``where`` is its name, as findings show it."""


FORMATS: dict[str, Reader] = {
    "c40_gpc": gpc_c40.read,
    "ecrf": ecrf.read,
    "gpc_csv": gpc_csv.read,
    "gpc_activity": gpc_activity.read,
    "cdp": cdp.read,
    "cdp_targets": cdp_targets.read,
    "covenant": covenant.read,
    "ceads": ceads.read,
    "ciris": ciris.read,
    "secap": secap.read,
    "japan_prefecture": japan_prefecture.read,
}
"""The readers of formats that people bring themselves, by name."""

NAMELESS: dict[str, Callable[..., Reading]] = {
    "gpc_csv": lambda raw, *, where, resolve, city, year: gpc_csv.read(raw, where=where, resolve=resolve, city=city, year=year),
    "ciris": lambda raw, *, where, resolve, city, year: ciris.read(raw, where=where, resolve=resolve, city=city, year=year),
    "secap": lambda raw, *, where, resolve, city, year: secap.read(raw, where=where, resolve=resolve, city=city, year=year),
    "gpc_activity": lambda raw, *, where, resolve, city, year: gpc_activity.read(  # noqa: ARG005 the years are in the file
        raw, where=where, resolve=resolve, city=city or ""
    ),
}
"""Readers of formats that do not name their city, called with the one the person names, and the year."""

_WORKBOOKS: dict[str, Callable[[Mapping[str, Sheet]], bool]] = {
    "c40_gpc": gpc_c40.fits,
    "ciris": ciris.fits,
    "ecrf": ecrf.fits,
    "ceads": ceads.fits,
    "secap": secap.fits,
    "japan_prefecture": japan_prefecture.fits,
}
_TABLES: dict[str, Callable[[Sequence[str]], bool]] = {
    "gpc_csv": gpc_csv.fits,
    "gpc_activity": gpc_activity.fits,
    "cdp": cdp.fits,
    "cdp_targets": cdp_targets.fits,
    "covenant": covenant.fits,
    "ceads": ceads.fits_header,
}


def recognise(raw: bytes, name: str) -> str | None:
    r"""Tell the format of a file from its content; None if it is none of ours, or cannot be opened.

    Parameters
    ----------
    raw
        The file as it came, gzipped or not.
    name
        Its name. It does not decide: people rename files.

    Returns
    -------
    A key of :data:`FORMATS` or of :data:`citytandem.sources.publishers.PUBLISHED`.

    Examples
    --------
    >>> recognise(b"emissions_id,actor_id,year,total_emissions\n", "renamed.txt")
    'covenant'
    >>> recognise(b"a,b\n1,2\n", "other.csv") is None
    True
    """
    if guard.is_zip(raw):
        sheets, _ = read_workbook(raw, where=name)
        return next((key for key, fits in _WORKBOOKS.items() if fits(sheets)), None)
    content, _ = guard.unpack(raw, where=name)
    if publishers.is_danish_account(content):
        return "danish_accounts"
    header = read_header(raw)
    known = next((key for key, fits in _TABLES.items() if fits(header)), None) if header else None
    return known or publishers.fits(header, name=name)
