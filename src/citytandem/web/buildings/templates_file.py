"""The empty tables to be filled in, as a workbook or as CSV files, with what each column means."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import dataframely as dy

from citytandem.buildings import write_template
from citytandem.sources.building_files import DEFAULTS, TABLES
from citytandem.tables.building import INDICATORS

if TYPE_CHECKING:
    from citytandem.words import Speech

MADE = (1980, 1, 1, 0, 0, 0)


def write_book(speech: Speech) -> bytes:
    """A workbook with a sheet for each table and one that explains the columns in the language of ``speech``."""
    import xlsxwriter  # slow import

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    strong, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, schema in TABLES.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, (column, kind) in enumerate(schema.columns().items()):
            is_day = isinstance(kind, dy.Date)
            sheet.set_column(place, place, max(12, len(column) + 2), day if is_day else None)
            sheet.write_string(0, place, column, strong)
            if isinstance(kind, dy.Enum) and sum(len(one) + 1 for one in kind.categories) < 255:
                sheet.data_validation(1, place, 1_000, place, {"validate": "list", "source": list(kind.categories)})
    about = book.add_worksheet("about")
    about.set_column(0, 1, 22)
    about.set_column(2, 3, 60)
    for at, row in enumerate([("table", "column", "meaning", "choices"), *list_columns(speech)]):
        for place, cell in enumerate(row):
            about.write_string(at, place, cell, strong if at == 0 else None)
    book.close()
    return stream.getvalue()


def list_columns(speech: Speech) -> list[tuple[str, str, str, str]]:
    """Every column of every table: what it means, and what may stand in it."""
    return [
        (table, name, speech.label(f"web.building.column.{name}"), _list_choices(table, name=name, kind=kind))
        for table, schema in TABLES.items()
        for name, kind in schema.columns().items()
    ]


def pack_tables() -> bytes:
    """The CSV files in one archive; the same each time."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in write_template().items():
            target.writestr(zipfile.ZipInfo(name, date_time=MADE), text)
    return archive.getvalue()


def _list_choices(table: str, *, name: str, kind: dy.Column) -> str:
    if name == "unit":
        return ", ".join(dict.fromkeys(unit for unit, *_ in INDICATORS.values()))
    if isinstance(kind, dy.Enum):
        return ", ".join(kind.categories)
    if isinstance(kind, dy.Date):
        return "2026-01-31"
    return DEFAULTS[table].get(name, "")
