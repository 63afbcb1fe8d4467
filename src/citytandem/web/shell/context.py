"""What every template knows of the site and of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from citytandem.web.live import atlas_of, preview_of
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """The language as browsers want it, and the release everything on the page is read from."""
    atlas = atlas_of(request)
    return {
        "languages": settings.LANGUAGES,
        "html_language": current_speech().language,
        "release": atlas.release,
        "release_sha256": atlas.sha256[:12],
        "profile_preview": getattr(request, "_profile_preview", None),
        "previewed": preview_of(request),
    }
