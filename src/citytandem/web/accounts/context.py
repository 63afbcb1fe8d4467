"""What every template knows of the person: ``my_organisations``, asked of the database only where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject

from citytandem.web.accounts.queries import organisations_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def describe_person(request: HttpRequest) -> dict[str, Any]:
    """The organisations this person acts for, by name."""
    return {"my_organisations": SimpleLazyObject(lambda: list(organisations_of(request.user)))}
