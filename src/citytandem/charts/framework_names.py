"""What are a framework, its categories, criteria and levels called in a language? Our words, or those of its authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.tables.assessment import WHOLE
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from citytandem.science.assessment.framework import Framework
    from citytandem.words import Speech


def name_framework(framework: Framework, speech: Speech) -> str:
    """Its title."""
    return _name(framework, speech, key=f"framework.{framework.framework}", own=framework.title)


def name_category(framework: Framework, category: str, *, speech: Speech) -> str:
    """The title of a category."""
    titles = dict(framework.category.select("category", "title").iter_rows())
    key = f"framework.{framework.framework}.category.{category}"
    return _name(framework, speech, key=key, own=titles.get(category, category), category=category)


def name_criterion(framework: Framework, criterion: str, *, speech: Speech) -> str:
    """The title of a criterion."""
    titles = dict(framework.criterion.select("criterion", "title").iter_rows())
    key = f"framework.{framework.framework}.criterion.{criterion}"
    return _name(framework, speech, key=key, own=titles.get(criterion, criterion), criterion=criterion)


def tell_level(framework: Framework, criterion: str, *, level: int, speech: Speech) -> tuple[str, str | None]:
    """What a level of a criterion means, and the evidence it asks for; None where it asks for none.

    The evidence a criterion asks for by itself stands behind that of the level.
    """
    row = framework.levels_of(criterion).filter(pl.col("level") == level).row(0, named=True)
    of = f"{framework.framework}.level" + ("" if row["criterion"] == WHOLE else f".{criterion}")
    meaning = _say(framework, speech, key=f"framework.{of}.{level}", own=row["meaning"])
    asked = [_say(framework, speech, key=f"framework.{of}.{level}.evidence", own=row["evidence"])] if row["evidence"] else []
    more = framework.criterion.filter(pl.col("criterion") == criterion)["evidence"][0]
    if more and level:
        key = f"framework.{framework.framework}.criterion.{criterion}.evidence"
        asked.append(_say(framework, speech, key=key, own=more))
    return meaning, "; ".join(asked) or None


def _say(framework: Framework, speech: Speech, *, key: str, own: str) -> str:
    return speech.label(key) if framework.is_shipped and key in LABELS else own


def _name(framework: Framework, speech: Speech, *, key: str, own: str, category: str = WHOLE, criterion: str = WHOLE) -> str:
    """Our word for a shipped framework; else the title its authors give in this language, or their first one."""
    if framework.is_shipped:
        return _say(framework, speech, key=key, own=own)
    here = (pl.col("criterion") == criterion) & (pl.col("language") == speech.language)
    titles = framework.titles.filter(here if criterion != WHOLE else here & (pl.col("category") == category))
    return str(titles["title"][0]) if titles.height else own
