"""What is a framework made of, and which one was asked for?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.tables.assessment import WHOLE

if TYPE_CHECKING:
    from citytandem.tables.facts import Facts

ACTIVITY = "activity_2026"
"""The activity profile: its criteria are answered by the stages of measures."""
NO_TITLES = pl.DataFrame(schema={"category": pl.String, "criterion": pl.String, "language": pl.String, "title": pl.String})


@dataclass(frozen=True)
class Framework:
    """One framework: its head, and its tables without the rows of others.

    ``criterion`` is in the order of the framework. ``title`` is empty for a shipped framework, whose titles are words of ours.
    """

    framework: str
    version: str
    title: str
    kind: str
    languages: tuple[str, ...]
    complete: bool
    mark: str
    source: str
    category: pl.DataFrame
    criterion: pl.DataFrame
    level: pl.DataFrame
    criterion_measure: pl.DataFrame
    titles: pl.DataFrame
    is_shipped: bool

    def __repr__(self) -> str:
        return f"Framework({self.framework}: {self.category.height} categories, {self.criterion.height} criteria)"

    def key_of(self, criterion: str | None = None) -> str:
        """What a finding calls the framework or its criterion: a key of our words, or the title in a framework of one's own."""
        if self.is_shipped:
            return self.framework if criterion is None else f"{self.framework}.criterion.{criterion}"
        titles = dict(self.criterion.select("criterion", "title").iter_rows())
        return self.title if criterion is None else titles.get(criterion, criterion)

    def levels_of(self, criterion: str) -> pl.DataFrame:
        """The levels of a criterion: its own where it has some, else those of the framework."""
        own = self.level.filter(pl.col("criterion") == criterion)
        return (own if own.height else self.level.filter(pl.col("criterion") == WHOLE)).sort("level")


def pick_framework(facts: Facts, asked: str) -> Framework:
    """The shipped framework of a name.

    Parameters
    ----------
    facts
        The reference facts.
    asked
        Its key such as ``activity_2026``; without the version where only one version is shipped.

    Raises
    ------
    CannotCompute
        FRAMEWORK_UNKNOWN.

    Examples
    --------
    >>> from citytandem.sources.facts import load_facts
    >>> pick_framework(load_facts(), "sino_german")
    Framework(sino_german_2018: 6 categories, 21 criteria)
    """
    keys = facts.framework.get_column("framework").to_list()
    versions = [key for key in keys if key.rpartition("_")[0] == asked]
    key = asked if asked in keys else versions[0] if len(versions) == 1 else None
    if key is None:
        raise CannotCompute(Finding(Code.FRAMEWORK_UNKNOWN, {"asked": asked, "choices": ", ".join(sorted(keys))}))
    tables = {name: getattr(facts, name) for name in ("framework", "category", "criterion", "level", "criterion_measure")}
    return build_framework(tables, key=key, is_shipped=True)


def build_framework(tables: dict[str, pl.DataFrame], *, key: str, is_shipped: bool = False) -> Framework:
    """A framework from its tables.

    Parameters
    ----------
    tables
        ``framework``, ``category``, ``criterion`` and ``level``; ``criterion_measure`` and ``title`` where there are some.
    key
        Which framework of these tables.
    is_shipped
        Whether its titles are words of ours.
    """
    own = {name: frame.filter(pl.col("framework") == key) for name, frame in tables.items()}
    head = own["framework"].row(0, named=True)
    measures = own.get("criterion_measure")
    titles = own.get("title")
    return Framework(
        framework=key,
        version=head["version"],
        title=head["title"],
        kind=str(head["kind"]),
        languages=tuple((head["languages"] or "").split()),
        complete=head["complete"],
        mark=str(head["mark"]),
        source=head["source"],
        category=own["category"].sort("order"),
        criterion=own["criterion"].sort("order"),
        level=own["level"].sort("criterion", "level"),
        criterion_measure=pl.DataFrame(schema={"criterion": pl.String, "measure": pl.String}) if measures is None else measures,
        titles=NO_TITLES if titles is None else titles.with_columns(pl.col("language").cast(pl.String)),
        is_shipped=is_shipped,
    )
