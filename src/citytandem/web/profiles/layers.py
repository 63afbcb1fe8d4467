"""What cities have published of themselves, as rows that lie over the release."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.tables import OVER_RELEASE, RELEASE
from citytandem.web.accounts.queries import organisation_of_city
from citytandem.web.merging import Layer
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.profiles.models import ProfileVersion, Said
from citytandem.web.profiles.publishing import fingerprint
from citytandem.web.profiles.queries import content_of
from citytandem.words import language_of

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.merging import Viewer

LICENCE = "CC BY 4.0"
MAPPINGS = ("the city's own answer", "not a task of this city, by its own answer")


def find_layers(viewer: Viewer, *, on: dt.date, token: str) -> list[Layer]:  # noqa: ARG001 - everybody sees the same
    """The newest version of each city that it has not withdrawn."""
    return list(_read_published(token))


def find_preview(request: HttpRequest) -> list[Layer]:
    """What the team of the city in the address says now, for those who may read it: ``?preview=profile``."""
    match = request.resolver_match
    city = str(match.kwargs.get("city", "")) if match else ""
    if request.GET.get("preview") != "profile" or not city:
        return []
    organisation = organisation_of_city(city)
    if organisation is None or not request.user.has_perm("organisation.view", organisation):
        return []
    request._profile_preview = organisation  # type: ignore[attr-defined]  # noqa: SLF001 - told on the page
    language = getattr(request.user, "language", "en")
    return [_as_layer(organisation, content_of(organisation), language=language, year=None)]


@lru_cache(maxsize=1)
def _read_published(token: str) -> tuple[Layer, ...]:  # noqa: ARG001 - what the answer is kept under
    rows = ProfileVersion.objects.filter(withdrawn=None).select_related("organisation").order_by("organisation_id", "number")
    newest = {row.organisation_id: row for row in rows if row.organisation.city}
    return tuple(
        _as_layer(row.organisation, row.content, language=row.language, year=row.published.year) for row in newest.values()
    )


def _as_layer(organisation: Organisation, content: dict[str, Any], *, language: str, year: int | None) -> Layer:
    told = {
        "city": organisation.city,
        "name": organisation.name,
        "website": organisation.website,
        "language": language,
        "year": year,
    }
    return Layer(f"profiles:{fingerprint({**told, **content})}", partial(write_rows, told, content))


def write_rows(told: dict[str, Any], content: dict[str, Any]) -> dict[str, pl.DataFrame]:
    """The rows of a content as tables of a release.

    An answer with a link was read in its source (S); one without is recalled (K) and never evidence for others. That
    nobody knows is no row, so what the release knows stays; that it is another's task is a row without a stage.
    """
    city, source = told["city"], f"self-check-{told['city']}"
    titles = title_measures(language_of(told["language"]) or "en")
    own = {"city": city, "source": source}
    tables = {
        "stage": [
            {
                **own,
                "measure": one["measure"],
                "item": "self-check",
                "title": titles.get(one["measure"], one["measure"]),
                "stage": int(one["said"]) if one["said"].isdecimal() else None,
                "year": one["year"],
                "evidence": _join(one["remark"], one["evidence"]) or "no document is named",
                "mapping": MAPPINGS[one["said"] == Said.NOT_OURS],
                "mark": "S" if one["evidence"] else "K",
            }
            for one in content["stages"]
            if one["said"] != Said.UNKNOWN
        ],
        "target": [
            {
                **own,
                "kind": one["kind"],
                "target_year": one["target_year"],
                "baseline_year": one["base_year"],
                "reduction": None if one["share_percent"] is None else one["share_percent"] / 100,
                "status": _join(_write_tonnes(one["absolute_t"]), one["scope"], one["link"]) or None,
            }
            for one in content["targets"]
        ],
        "power_correction": [
            {
                **own,
                "asset": one["asset"],
                "dimension": one["dimension"],
                "level": one["level"],
                "reason": _join(one["reason"], one["link"]),
                "law": one["law"] or None,
                "date": one["law_date"] or None,
            }
            for one in content["corrections"]
        ],
        "source": [
            {
                "source": source,
                "title": "What the city says of its measures, powers and targets",
                "publisher": told["name"],
                "year": str(told["year"]) if told["year"] else None,
                "licence": LICENCE,
                "attribution": told["name"],
                "url": told["website"] or None,
                "sha256": None,
            }
        ],
    }
    schemas = {**RELEASE, **OVER_RELEASE}
    return {name: pl.DataFrame(rows, schema=schemas[name].create_empty().schema) for name, rows in tables.items()}


def _join(*parts: str) -> str:
    return " · ".join(" ".join(part.split()) for part in parts if part)


def _write_tonnes(tonnes: float | None) -> str:
    return "" if tonnes is None else f"{tonnes:,.0f} t CO2e".replace(",", " ")
