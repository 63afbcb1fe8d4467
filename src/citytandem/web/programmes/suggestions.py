"""What could a team tick? Measures its city's advice and record suggest first, then all others by field of action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.core.cache import cache

from citytandem.findings import CannotCompute
from citytandem.science.action.profile import LEAD_STAGE
from citytandem.verbs import advise
from citytandem.web.profiles.catalogue import list_screens, published_stages

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.web.programmes.application_forms import ApplicationForm, Asked

SUGGESTED = 6


def lay_out(form: ApplicationForm, name: str, *, first: list[str]) -> dict[str, Any]:
    """The measures of a question as boxes: what the atlas suggests, what is ticked, and the others by field of action."""
    bound, chosen = form[name], set(form[name].value() or ())
    titles = form.asked.measures
    near = [one for one in dict.fromkeys([*first, *sorted(chosen)]) if one in titles]
    groups = [
        (screen.field, [(one, titles[one], one in chosen) for one in screen.measures if one in titles and one not in near])
        for screen in list_screens()
    ]
    return {
        "field": bound, "text": form["learns" if name == "learns_measures" else "offers"], "name": name,
        "first": [(one, titles[one], one in chosen) for one in near], "has_suggestions": bool(first),
        "groups": [(field, boxes) for field, boxes in groups if boxes],
    }  # fmt: skip


def suggest(asked: Asked) -> list[tuple[str, list[str]]]:
    """What the atlas would tick: measures that would still help most, and measures done with evidence."""
    city = asked.organisation.city
    done = [measure for measure, one in published_stages(city).items() if one.stage >= LEAD_STAGE] if city else []
    return [("learns_measures", suggest_measures(asked.atlas, city)), ("offers_measures", done[:SUGGESTED])]


def suggest_measures(atlas: Atlas, city: str) -> list[str]:
    """Measures of the city's advice that would still save most, a few; none where the atlas knows too little."""
    if not city:
        return []
    key = f"suggested-{atlas.sha256[:16]}-{city}"
    known: list[str] | None = cache.get(key)
    if known is None:
        try:
            found = advise(atlas, city=city).advice
        except CannotCompute:
            known = []
        else:
            sized = (
                found.filter(pl.col("remaining_high_t").is_not_null()) if "remaining_high_t" in found.columns else found.head(0)
            )
            known = sized.sort("remaining_high_t", descending=True)["measure"].head(SUGGESTED).to_list() if sized.height else []
        cache.set(key, known)
    return known
