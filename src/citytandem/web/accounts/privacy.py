"""Data protection: what is kept about people, why, and how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render

from citytandem.web.shell.caching import kept

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

KEPT = ("account", "sign_in", "role", "invitation", "record", "content", "session", "limits", "token", "requests", "guest")
"""What is kept; the words say of each what it is, why it is kept and how long: ``privacy.<kept>.what``, ``.why``, ``.long``."""


@kept
def show_privacy(request: HttpRequest) -> HttpResponse:
    """Open to everybody, before anybody signs in."""
    rows = [{part: f"privacy.{name}.{part}" for part in ("what", "why", "long")} for name in KEPT]
    return render(request, "accounts/privacy.html", {"rows": rows, "contact": settings.CONTACT})
