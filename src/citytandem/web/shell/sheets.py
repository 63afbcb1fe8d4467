"""Tables people take home: comma-separated, in UTF-8, and no cell a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answer_csv(heads: Sequence[str], *, rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """A table as a file to keep; ``name`` is the file's, plain ASCII and without an ending."""
    text = StringIO()
    sheet = csv.writer(text)
    sheet.writerow(heads)
    sheet.writerows([_harmless(cell) for cell in row] for row in rows)
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _harmless(cell: object) -> object:
    """A cell no spreadsheet takes for a formula; numbers stay numbers, also below zero."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
