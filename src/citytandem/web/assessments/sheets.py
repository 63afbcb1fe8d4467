"""What people take home of a framework: the empty form as text or workbook, and its tables as files."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

from citytandem.charts.framework_names import name_category, name_criterion, tell_level
from citytandem.science.assessment.framework import NO_TITLES
from citytandem.sinks.assessment import write_form, write_levels
from citytandem.sources.frameworks import TABLES
from citytandem.web.shell.sheets import FORMULA

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from citytandem.science.assessment.framework import Framework
    from citytandem.words import Speech

STAMP = (2026, 1, 1, 0, 0, 0)
"""Inside an archive: the same tables make the same file."""


def form_as_csv(framework: Framework, *, speech: Speech, city: str = "") -> bytes:
    """The empty form."""
    return write_form(
        framework,
        title=lambda key: _plain(name_criterion(framework, key, speech=speech)),
        category=lambda key: _plain(name_category(framework, key, speech=speech)),
        city=city,
    )


def form_as_workbook(framework: Framework, *, speech: Speech, city: str = "") -> bytes:
    """The empty form as the first sheet, the meaning of its levels as the second."""
    import xlsxwriter  # slow import

    levels = write_levels(
        framework,
        title=lambda key: name_criterion(framework, key, speech=speech),
        tell=lambda key, level: tell_level(framework, key, level=level, speech=speech),
    )
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, raw in (("answers", form_as_csv(framework, speech=speech, city=city)), ("levels", levels)):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(csv.reader(io.StringIO(raw.decode("utf-8-sig")))):
            sheet.write_row(at, 0, row)
        sheet.set_column(0, 6, 18)
    book.close()
    return stream.getvalue()


def pack_tables(framework: Framework) -> bytes:
    """The tables of a framework as the files from which one's own begins; ``citytandem assess`` reads the folder."""
    head = {name: getattr(framework, name) for name in ("framework", "version", "title", "kind", "mark", "source")}
    head |= {"languages": " ".join(framework.languages), "complete": str(framework.complete).lower()}
    files = {"framework.csv": _write(list(head), [list(head.values())])}
    tables = {
        "category": framework.category,
        "criterion": framework.criterion,
        "level": framework.level,
        "criterion_measure": framework.criterion_measure,
        "title": framework.titles,
    }
    for name, frame in tables.items():
        if frame.height and frame is not NO_TITLES:
            files[f"{name}.csv"] = _write_frame(frame, columns=[key for key in TABLES[name].columns() if key in frame.columns])
    return pack(files)


def pack(files: dict[str, bytes]) -> bytes:
    """Some files as one archive; the same files give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, STAMP), raw)
    return stream.getvalue()


def _write_frame(frame: pl.DataFrame, *, columns: list[str]) -> bytes:
    return _write(columns, frame.select(columns).rows())


def _write(head: list[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode()


def _plain(text: str) -> str:
    """A title no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
