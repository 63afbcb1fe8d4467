"""By which rules are balances drawn up? Every method described as data, alone and side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.urls import reverse

from citytandem.narration import name_country
from citytandem.science.balance.bridge_target import STEP_OF, target_of_core
from citytandem.tables.method import CHOICES
from citytandem.web.insights.method.sheets import MethodPage, Says, Sheet, link_sources, say_key, show_mark, show_source

if TYPE_CHECKING:
    from citytandem.tables.method import Method
    from citytandem.web.insights.method.sheets import Asked
    from citytandem.words import Speech

LISTS = {"sectors": "sector", "optional_sectors": "sector", "unseparated": "sector", "scopes": "", "gases": ""}


def write_methods(asked: Asked) -> MethodPage:
    """All methods side by side, each statement with its mark."""
    speech, methods = asked.speech, asked.atlas.facts.methods
    used = _count_cities(asked)
    rows = [
        {
            "method": key,
            "title": method.title,
            "country": method.country or None,
            "cities": used.get(key, 0),
            "method_address": reverse("method_item", args=["methods", key]),
            **{choice: getattr(method, choice) for choice in CHOICES},
            **{f"{choice}_mark": method.mark_of(choice) for choice in CHOICES},
            **{f"{choice}_said": _say_marked(method, choice, speech=speech) for choice in CHOICES},
        }
        for key, method in methods.items()
    ]
    columns = (
        Says("title", "web.method.name", to="method_address"),
        Says("country", "chart.country", kind="country"),
        Says("cities", "web.method.cities", kind="number"),
        *(Says(f"{choice}_said", f"choice.{choice}") for choice in CHOICES),
    )
    sheet = Sheet("compared", speech.label("web.method.methods.compared"), pl.DataFrame(rows, infer_schema_length=None), columns)
    return MethodPage(
        "methods",
        speech.label("web.method.methods.title"),
        speech.sentence("web.method.methods.answer", count=len(methods)),
        (sheet,),
        notes=(speech.label("web.method.marks"),),
    )


def write_method(asked: Asked) -> MethodPage | None:
    """One method: what is inside and by which rules, who uses it, where that is said, and how it leads to the core."""
    method, speech = asked.atlas.facts.methods.get(asked.item), asked.speech
    if method is None:
        return None
    users = _list_users(asked)
    count = sum(users["cities"].to_list())
    unknown = [choice for choice in CHOICES if getattr(method, choice) == "unknown"]
    notes = [speech.sentence("web.method.method.unknown", choices=speech.join(speech.label(f"choice.{one}") for one in unknown))]
    return MethodPage(
        "method",
        method.title,
        speech.sentence("web.method.method.answer", title=method.title, cities=count, countries=users["country"].n_unique()),
        (
            _list_rules(asked, method),
            _list_users_sheet(asked, users),
            _list_steps(asked, method),
            _list_method_sources(asked, method),
        ),
        facts=(
            (speech.label("chart.country"), _place(method, speech=speech), ""),
            (speech.label("web.method.edition"), method.edition or speech.label("said.unknown"), ""),
        ),
        notes=tuple(notes) if unknown else (),
        english=method.notes,
        is_searched=False,
    )


def _place(method: Method, *, speech: Speech) -> str:
    return speech.label("web.method.world") if method.country == "WORLD" else name_country(method.country, speech)


def _say_marked(method: Method, choice: str, *, speech: Speech) -> str:
    value, mark = getattr(method, choice), method.mark_of(choice)
    said = say_key(value, prefix=_prefix(choice), speech=speech)
    return f"{said} ({mark})" if mark and value != "unknown" else said


def _prefix(choice: str) -> str:
    return "gwp" if choice == "gwp" else "chosen"


def _list_rules(asked: Asked, method: Method) -> Sheet:
    speech = asked.speech
    told = [
        (field, say_key(getattr(method, field), prefix=prefix, speech=speech), getattr(method, field))
        for field, prefix in LISTS.items()
    ]
    told += [
        (choice, say_key(getattr(method, choice), prefix=_prefix(choice), speech=speech), (getattr(method, choice),))
        for choice in CHOICES
    ]
    rows = pl.DataFrame(
        [
            {
                "rule": field,
                "said": said,
                "value": ";".join(value),
                "mark": method.mark_of(field),
                "source": next((one.source for one in method.sources if field in one.covers), None),
            }
            for field, said, value in told
        ],
        infer_schema_length=None,
        schema_overrides={"mark": pl.String, "source": pl.String},
    )
    columns = (Says("rule", "web.method.rule", prefix="choice"), Says("said", "web.method.said"), show_mark(), show_source())
    return Sheet("rules", speech.label("web.method.method.rules"), link_sources(rows), columns)


def _list_users(asked: Asked) -> pl.DataFrame:
    """Countries whose cities publish balances under the method: how many cities, balances, and which years."""
    atlas = asked.atlas
    own = atlas.balance.filter(pl.col("method") == asked.item).join(atlas.city.select("city", "country"), on="city", how="left")
    return (
        own.group_by("country")
        .agg(cities=pl.col("city").n_unique(), balances=pl.len(), first_year=pl.col("year").min(), last_year=pl.col("year").max())
        .sort("country")
    )


def _list_users_sheet(asked: Asked, users: pl.DataFrame) -> Sheet:
    columns = (
        Says("country", "chart.country", kind="country"),
        Says("cities", "web.method.cities", kind="number"),
        Says("balances", "web.method.balances", kind="number"),
        Says("first_year", "web.method.first_year", kind="year"),
        Says("last_year", "web.method.last_year", kind="year"),
    )
    return Sheet("users", asked.speech.label("web.method.method.users"), users, columns)


def _list_steps(asked: Asked, method: Method) -> Sheet:
    """The named steps of the bridge from a complete balance of this method to the core."""
    speech, core = asked.speech, target_of_core(asked.atlas.facts.sector)
    outside = [sector for sector in method.sectors if sector not in core.sectors]
    rules = {
        "electricity_view": ("electricity", core.electricity),
        "upstream": ("upstream", core.upstream),
        "chp_allocation": ("chp", core.chp),
        "gwp_set": ("gwp", core.gwp),
        "booking": ("booking", core.booking),
    }
    rows = [
        {"step": step, "why": _why(getattr(method, choice), end), "sectors": None, "says": getattr(method, choice), "core": end}
        for step, (choice, end) in rules.items()
    ]
    steps = list(dict.fromkeys(STEP_OF.get(sector, "coverage") for sector in outside))
    for step in steps:
        of_step = [sector for sector in outside if STEP_OF.get(sector, "coverage") == step]
        rows.append({"step": step, "why": "needed", "sectors": ";".join(of_step), "says": None, "core": None})
    columns = (
        Says("step", "web.method.bridge.step", prefix="step"),
        Says("why", "web.method.bridge.why", prefix="bridging"),
        Says("says", "web.method.bridge.says", prefix="chosen"),
        Says("core", "web.method.bridge.core", prefix="chosen"),
        Says("sectors", "web.method.bridge.left_out", prefix="sector"),
    )
    frame = pl.DataFrame(rows, infer_schema_length=None, schema_overrides={"sectors": pl.String})
    note = speech.label("web.method.method.bridge_note")
    return Sheet("bridge", speech.label("web.method.method.bridge"), frame, columns, note=note)


def _why(own: str, end: str) -> str:
    if end in {"any", own}:
        return "not_needed"
    return "unknown" if own == "unknown" else "needed"


def _list_method_sources(asked: Asked, method: Method) -> Sheet:
    known = {row["source"]: row for row in asked.atlas.facts.source.iter_rows(named=True)}
    rows = pl.DataFrame(
        [
            {
                "source": one.source,
                "title": known.get(one.source, {}).get("title"),
                "mark": one.mark,
                "covers": ";".join(one.covers),
                "url": known.get(one.source, {}).get("url"),
            }
            for one in method.sources
        ],
        infer_schema_length=None,
    )
    columns = (
        show_source(),
        Says("title", "web.method.name", to="url"),
        show_mark(),
        Says("covers", "web.method.method.covers", prefix="choice"),
    )
    return Sheet("sources", asked.speech.label("web.method.sources.title"), link_sources(rows), columns)


def _count_cities(asked: Asked) -> dict[str, int]:
    counted = asked.atlas.balance.group_by("method").agg(cities=pl.col("city").n_unique())
    return dict(counted.iter_rows())
