"""What does an assessor fill in? An empty form of a framework, and the meaning of its levels."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.science.assessment.framework import Framework

FORM = ("city", "criterion", "level", "evidence", "note", "category", "title")
MEANINGS = ("criterion", "title", "level", "meaning", "evidence")


def write_form(
    framework: Framework, *, title: Callable[[str], str], category: Callable[[str], str], city: str | None = None
) -> bytes:
    """An empty form: one row per criterion, in the order of the framework.

    Parameters
    ----------
    framework
        The framework.
    title, category
        Give the title of a criterion and of a category by its key.
    city
        Whom it is about, if that is known.
    """
    rows = [
        [city or "", row["criterion"], "", "", "", category(row["category"]), title(row["criterion"])]
        for row in framework.criterion.iter_rows(named=True)
    ]
    return _write(FORM, rows)


def write_levels(
    framework: Framework, *, title: Callable[[str], str], tell: Callable[[str, int], tuple[str, str | None]]
) -> bytes:
    """What each level of each criterion means, and the evidence it asks for.

    Parameters
    ----------
    framework
        The framework.
    title
        Gives the title of a criterion by its key.
    tell
        Gives meaning and evidence of a level of a criterion.
    """
    rows = []
    for criterion in framework.criterion["criterion"].to_list():
        for level in framework.levels_of(criterion)["level"].to_list():
            meaning, evidence = tell(criterion, level)
            rows.append([criterion, title(criterion), str(level), meaning, evidence or ""])
    return _write(MEANINGS, rows)


def _write(head: tuple[str, ...], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
